"""Sites and organisations: registered once, corrected with reasons, addresses guarded."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from cauce.audit.models import Entry
from cauce.kernel.problems import Problem, Problems
from cauce.records.models import Correction
from cauce.records.places import actions, queries, rules
from cauce.records.places.actions import NewOrganisation, NewSite
from cauce.records.places.models import Organisation, ServiceOffered, Site
from cauce.records.places.tests.conftest import refused

pytestmark = pytest.mark.django_db
REASON = "Lo dijo la coordinación"


def _new(**changes):
    return NewSite(**{"name": "Hotel Paso (simulado)", "kind": "filter_hotel", "municipality": "02004", **changes})


def test_a_site_is_registered_with_its_audit_step(casa):
    entry = Entry.objects.get(table="places.site", record=str(casa.pk))
    assert (entry.verb, entry.office) == ("register", "TIJ")
    assert casa.protected and casa.is_open


def test_the_same_capture_registers_once(places, cast):
    new = _new(capture=uuid4())
    first = actions.register_site(new, by=cast.logistics)
    assert actions.register_site(new, by=cast.logistics).pk == first.pk
    assert Site.objects.count() == 1


@pytest.mark.parametrize("name", ["Casa Luz (simulada)", "CASA LUZ  (SIMULADA)", "albergue luz"])
def test_a_site_is_not_registered_twice_under_another_spelling(casa, cast, name):
    with pytest.raises(Problem) as caught:
        actions.register_site(_new(name=name), by=cast.logistics)
    assert caught.value.code == "places.exists" and "Casa Luz" in caught.value.sentence


def test_the_same_name_in_another_municipality_is_another_site(casa, cast):
    assert actions.register_site(_new(name="Casa Luz (simulada)", municipality="07089"), by=cast.logistics)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"name": " - "}, "places.name_missing"),
        ({"capacity_regular": 50, "capacity_emergency": 40}, "places.emergency_below_regular"),
        ({"opened": date(2022, 5, 1), "closed": date(2022, 4, 1)}, "places.closes_before_opening"),
        ({"opened": date(2999, 1, 1)}, "places.in_the_future"),
        ({"protected": False}, "places.shelter_is_protected"),
    ],
)
def test_what_cannot_be_is_refused(places, cast, changes, code):
    with pytest.raises(Problem) as caught:
        actions.register_site(_new(**changes), by=cast.logistics)
    assert caught.value.code == code and caught.value.advice
    assert not Site.objects.exists()


def test_the_bulk_form_refuses_all_rows_together_and_writes_nothing(casa, cast):
    rows = [_new(), _new(name="Casa Luz (simulada)"), _new(name="hotel paso (SIMULADO)"), _new(name="?")]
    with pytest.raises(Problems) as caught:
        actions.register_sites(rows, by=cast.logistics)
    assert [(problem.row, problem.code) for problem in caught.value] == [
        (2, "places.exists"),
        (3, "places.exists"),
        (4, "places.name_missing"),
    ]
    assert Site.objects.count() == 1


def test_the_bulk_form_leaves_one_audit_step_a_row(places, cast):
    made = actions.register_sites([_new(), _new(name="Casa Sol (simulada)", kind="shelter")], by=cast.logistics)
    assert Entry.objects.filter(table="places.site", verb="register").count() == len(made) == 2


def test_a_correction_keeps_the_old_value_and_checks_the_new(casa, cast):
    actions.correct_site(casa, {"capacity_regular": 45}, reason=REASON, by=cast.logistics)
    assert Correction.objects.get(record=str(casa.pk)).old == "40"
    with pytest.raises(Problem) as caught:
        actions.correct_site(casa, {"capacity_regular": 90}, reason=REASON, by=cast.logistics)
    assert caught.value.code == "places.emergency_below_regular"
    assert Site.objects.get(pk=casa.pk).capacity_regular == 45


def test_only_named_fields_are_corrected(casa, cast):
    with pytest.raises(ValueError, match="office_id"):
        actions.correct_site(casa, {"office_id": "TAP"}, reason=REASON, by=cast.logistics)


def test_editors_of_one_office_do_not_touch_the_entries_of_another(places, cast):
    far = actions.register_site(_new(office="TAP", municipality="07089"), by=cast.info)
    with pytest.raises(PermissionDenied):
        actions.correct_site(far, {"capacity_regular": 5}, reason=REASON, by=cast.logistics)
    with pytest.raises(PermissionDenied):
        actions.register_site(_new(name="Otro (simulado)"), by=cast.trainer)


def test_everybody_signed_in_sees_every_site(casa, cast):
    assert queries.site(cast.berta, casa.pk) == casa


def test_a_void_site_is_in_no_list(casa, cast):
    actions.void_entry(casa, reason=REASON, by=cast.logistics)
    with pytest.raises(Site.DoesNotExist):
        queries.site(cast.ana, casa.pk)


def test_a_closed_site_receives_nothing_later(casa, cast):
    actions.close_site(casa, date(2022, 6, 30), reason=REASON, by=cast.logistics)
    rules.check_receives_on(casa.name, casa.opened, casa.closed, date(2022, 6, 30))
    with refused("places.site_closed"):
        rules.check_receives_on(casa.name, casa.opened, casa.closed, date(2022, 7, 1))
    actions.reopen_site(casa, reason=REASON, by=cast.logistics)
    assert Site.objects.get(pk=casa.pk).is_open


def test_a_site_does_not_receive_before_it_opened():
    with refused("places.site_not_open_yet"):
        rules.check_receives_on("Casa", date(2022, 2, 1), None, date(2022, 1, 31))


def test_the_database_refuses_a_site_that_closes_before_it_opens(casa):
    with pytest.raises(IntegrityError), transaction.atomic():
        Site.objects.filter(pk=casa.pk).update(opened=timezone.localdate(), closed=date(2020, 1, 1))


# Addresses


def test_the_address_lies_sealed_in_the_table(casa):
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM places_site")
        assert b"Falsa" not in bytes(cursor.fetchone()[0])


def test_a_protected_address_needs_the_permission_and_leaves_a_step(casa, cast):
    with pytest.raises(PermissionDenied):
        actions.read_address(casa, by=cast.trainer)
    assert not Entry.objects.filter(verb="read").exists()
    assert actions.read_address(casa, by=cast.ana) == "Calle Falsa 123"
    entry = Entry.objects.get(verb="read")
    assert (entry.record, entry.actor) == (str(casa.pk), cast.ana.id)


def test_an_open_address_is_everybodys(places, cast):
    office = actions.register_site(
        _new(name="Oficina (simulada)", kind="office", address="Av. Uno 1"), by=cast.logistics
    )
    assert not office.protected
    assert actions.read_address(office, by=cast.trainer) == "Av. Uno 1"
    assert not Entry.objects.filter(verb="read").exists()


def test_lists_of_sites_never_open_an_address(casa, cast, django_assert_num_queries):
    ana = cast.ana
    with django_assert_num_queries(1) as captured:
        list(queries.sites(ana))
    assert '"places_site"."address"' not in captured.captured_queries[0]["sql"]


# Finding by name


@pytest.mark.parametrize("name", ["Casa Luz (simulada)", "casa luz simulada", "ALBERGUE LUZ", " Albergue  Luz "])
def test_an_import_finds_a_site_by_any_of_its_names(casa, cast, name):
    assert queries.site_by_name(cast.ana, name) == casa


def test_an_unknown_name_offers_the_nearest(casa, cast):
    with pytest.raises(Problem) as caught:
        queries.site_by_name(cast.ana, "Casa Lus (simulada)")
    assert caught.value.code == "places.name_unknown" and "Casa Luz (simulada)" in caught.value.advice


def test_two_sites_of_one_name_are_told_apart_by_municipality(casa, cast):
    other = actions.register_site(_new(name="Casa Luz (simulada)", municipality="07089"), by=cast.logistics)
    with pytest.raises(Problem) as caught:
        queries.site_by_name(cast.ana, "Casa Luz (simulada)")
    assert caught.value.code == "places.name_ambiguous" and "Tapachula" in caught.value.advice
    assert queries.site_by_name(cast.ana, "Casa Luz (simulada)", "07089") == other


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ({}, True),
        ({"q": "luz"}, True),
        ({"q": "albérgue"}, True),
        ({"q": "sol"}, False),
        ({"kind": "shelter", "state": "02", "municipality": "02004", "open": True}, True),
        ({"kind": "poe"}, False),
        ({"state": "07"}, False),
        ({"service": "food"}, True),
        ({"service": "legal"}, False),
    ],
)
def test_the_list_is_narrowed_by_its_filters(casa, cast, values, found):
    actions.offer_service(casa, "food", by=cast.logistics)
    assert (casa in queries.narrow_sites(queries.sites(cast.ana), values)) is found


# Organisations and services


@pytest.mark.parametrize(
    ("kind", "regime"),
    [
        ("gov_state", "sujeto_obligado"),
        ("local_search_commission", "sujeto_obligado"),
        ("un", "intl_org"),
        ("cso", "particular"),
    ],
)
def test_an_organisation_has_the_usual_regime_of_its_kind(places, cast, kind, regime):
    made = actions.register_organisation(NewOrganisation(name=f"Una {kind} (simulada)", kind=kind), by=cast.logistics)
    assert made.legal_regime == regime


def test_an_organisation_takes_its_state_from_its_municipality(operator):
    assert operator.state_id == "02"


def test_a_municipality_of_another_state_is_refused(places, cast):
    with refused("places.municipality_elsewhere"):
        actions.register_organisation(
            NewOrganisation(name="Nadie (simulada)", kind="cso", state="07", municipality="02004"), by=cast.logistics
        )


def test_an_organisation_is_registered_once_in_the_mission(operator, cast):
    with refused("places.exists"):
        actions.register_organisation(NewOrganisation(name="red FRONTERA (simulada)", kind="cso"), by=cast.policy)


def test_a_service_is_offered_once_and_can_end(casa, operator, cast):
    offer = actions.offer_service(casa, "food", by=cast.logistics, conditions="A las 14 h")
    actions.offer_service(operator, "food", by=cast.logistics)
    with refused("places.already_offered"):
        actions.offer_service(casa, "food", by=cast.logistics)
    assert set(queries.offers(cast.ana, "food").values_list("site", flat=True)) == {casa.pk, None}
    actions.end_service(offer, reason=REASON, by=cast.logistics)
    assert list(queries.offers(cast.ana, "food").values_list("site", flat=True)) == [None]
    actions.offer_service(casa, "food", by=cast.logistics)


def test_services_of_a_closed_site_are_not_offered_for_referral(casa, cast):
    actions.offer_service(casa, "food", by=cast.logistics)
    actions.close_site(casa, timezone.localdate() - timedelta(days=1), reason=REASON, by=cast.logistics)
    assert not queries.offers(cast.ana).exists()


def test_a_service_is_offered_by_exactly_one(casa, operator):
    with pytest.raises(IntegrityError), transaction.atomic():
        ServiceOffered.objects.create(
            office_id="TIJ", recorded_by="x", site=casa, organisation=operator, service="food"
        )
    assert Organisation.objects.count() == 1
