"""Rows of the sheets become entries, found by the names people write."""

from uuid import uuid4

import pytest

from cauce.kernel.privacy import Privacy
from cauce.records.models import Batch
from cauce.records.places import actions, queries
from cauce.records.places.columns import ORGANISATIONS, SITES, organisation_from, site_from
from cauce.records.places.models import Site
from cauce.records.places.tests.conftest import refused

pytestmark = pytest.mark.django_db

SITE = {
    "name": "Casa Norte (simulada)", "aliases": ["Norte"], "kind": "shelter", "municipality": "Juárez",
    "state": "08", "organisation": "red frontera (SIMULADA)", "capacity_regular": 20, "capacity_emergency": None,
    "accepts": ["men"], "address": "Calle 2", "opened": None, "closed": None,
}  # fmt: skip
ORGANISATION = {
    "name": "Universidad (simulada)", "aliases": [], "kind": "university", "legal_regime": "", "municipality": "",
    "state": "19", "contact_role": "Rectoría", "contact_line": "",
}  # fmt: skip


def test_the_rows_here_have_the_columns_of_the_sheets():
    assert set(SITE) == {column.key for column in SITES.columns}
    assert set(ORGANISATION) == {column.key for column in ORGANISATIONS.columns}


def test_a_row_becomes_a_site_of_its_organisation(operator, cast):
    new = site_from(SITE, queries.organisation_names(cast.logistics), capture=uuid4())
    [site] = actions.register_sites([new], by=cast.logistics)
    assert (site.municipality_id, site.organisation_id, site.protected) == ("08037", operator.pk, True)


def test_a_row_becomes_an_organisation(places, cast):
    [made] = actions.register_organisations([organisation_from(ORGANISATION, capture=uuid4())], by=cast.logistics)
    assert (made.state_id, made.municipality_id, made.legal_regime) == ("19", None, "particular")


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"state": ""}, "places.municipality_ambiguous"),
        ({"state": "07", "municipality": "Tijuana"}, "places.no_such_municipality"),
        ({"organisation": "Nadie"}, "places.name_unknown"),
    ],
)
def test_a_row_that_names_nothing_known_is_refused(operator, cast, changes, code):
    with refused(code):
        site_from(SITE | changes, queries.organisation_names(cast.logistics), capture=uuid4())


def test_the_address_column_leaves_in_no_export():
    assert SITES.column("address").privacy is Privacy.STRICTLY_CONFIDENTIAL


def test_a_dry_run_says_what_the_bulk_form_would_refuse_and_writes_nothing(operator, cast):
    names = queries.organisation_names(cast.logistics)
    rows = [SITE, SITE | {"name": "Otra (simulada)", "aliases": [], "capacity_emergency": 3}, SITE]
    new = [site_from(row, names, capture=uuid4()) for row in rows]
    problems = actions.site_problems(new, by=cast.logistics)
    assert [(each.row, each.code) for each in problems] == [(2, "places.emergency_below_regular"), (3, "places.exists")]
    organisations = [organisation_from(ORGANISATION, capture=uuid4())] * 2
    [problem] = actions.organisation_problems(organisations, by=cast.logistics)
    assert (problem.row, problem.code) == (2, "places.exists")
    assert not Site.objects.exists()


def test_the_sheets_of_one_file_find_what_its_earlier_sheets_brought(places, cast):
    batch = Batch(office_id="TIJ", filename="lugares.xlsx", content_hash="0" * 64, by=cast.logistics.id)
    batch.save()
    new = [organisation_from(ORGANISATION, capture=uuid4())]
    [made] = actions.register_organisations(new, by=cast.logistics, batch=batch)
    with refused("places.name_unknown"):
        queries.organisation_names(cast.logistics).find(made.name)
    assert queries.organisation_names(cast.logistics, batch).find(made.name) == made
    [site] = actions.register_sites(
        [
            site_from(
                SITE | {"organisation": made.name}, queries.organisation_names(cast.logistics, batch), capture=uuid4()
            )
        ],
        by=cast.logistics,
        batch=batch,
    )
    assert queries.site_names(cast.logistics, batch).find("norte") == site
    with refused("places.name_unknown"):
        queries.site_names(cast.logistics).find("norte")
