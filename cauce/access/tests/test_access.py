"""Roles add up, nobody has silent power, and a session left alone locks itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import SESSION_KEY
from django.db import IntegrityError, transaction
from django.urls import reverse

from cauce.access import actions, elevation, lock, queries
from cauce.access.catalogue import declared
from cauce.access.models import Elevation, Grant, Office, User
from cauce.access.roles import ROLES
from cauce.audit.models import Entry
from cauce.kernel.problems import Problem
from tests.cast import PASSWORD

pytestmark = pytest.mark.django_db


def elevated(cast):
    """Adán in an elevated session."""
    admin = cast.user("admin")
    started = actions.start_elevation(user=admin, session_key="s", reason="Alta de la nueva enfermera", by=cast.admin)
    return queries.viewer_for(admin, elevation=started)


def test_every_granted_permission_is_declared_and_every_declared_one_is_granted():
    granted = {permission for role in ROLES.values() for permission in role.permissions | role.elevated}
    assert granted - set(declared()) == set(), "granted to a role, but no room declares it"
    assert set(declared()) - granted == set(), "declared by a room, but no role has it"


def test_the_scope_of_a_role(cast):
    assert cast.ana.offices == frozenset({"TIJ"}) and not cast.ana.sees_office("TAP")
    assert cast.info.offices is None and cast.info.sees_office("TAP")
    assert cast.gbv.vaults == {"gbv", "trafficking"} and cast.info.vaults == frozenset()


def test_an_ended_grant_and_an_unknown_role_give_nothing(cast):
    ana = cast.user("ana")
    Grant.objects.create(user=ana, role="a_role_of_the_past", granted_by="system")
    actions.end_grant(user=ana, role="case_worker", by=elevated(cast))
    assert cast.ana.permissions == frozenset() and cast.ana.roles == ()


def test_an_administrator_has_no_power_until_the_session_is_elevated(cast):
    with pytest.raises(Exception, match=r"access\.grant"):
        actions.grant(user=cast.user("ana"), role="trainer", by=cast.admin)
    actions.grant(user=cast.user("ana"), role="trainer", by=elevated(cast))
    assert "activities.edit" in cast.ana.permissions
    verbs = list(Entry.objects.order_by("pk").values_list("verb", flat=True))
    assert verbs == ["elevate", "grant"]


def test_an_administrator_never_sees_people(cast):
    powers = ROLES["administrator"].permissions | ROLES["administrator"].elevated
    assert not {power for power in powers if power.startswith(("people.", "protection.", "assistance."))}


def test_an_elevation_needs_a_reason_and_a_role_that_has_something_to_elevate(cast):
    with pytest.raises(Problem) as problem:
        actions.start_elevation(user=cast.user("admin"), session_key="s", reason="  ", by=cast.admin)
    assert problem.value.code == "access.reason_missing"
    with pytest.raises(Problem) as problem:
        actions.start_elevation(user=cast.user("ana"), session_key="s", reason="porque quiero hacerlo", by=cast.ana)
    assert problem.value.code == "access.nothing_to_elevate"


def test_an_elevation_ends_by_itself(cast):
    client = cast.client("admin")
    client.post(reverse("access:elevate"), {"reason": "Alta de la nueva enfermera"})
    assert client.get(reverse("access:create_account")).status_code == 200
    started = Elevation.objects.get()
    started.until = started.started_at + timedelta(microseconds=1)
    started.save()
    assert client.get(reverse("access:create_account")).status_code == 403


def test_an_elevation_of_another_account_lends_nothing(cast):
    started = actions.start_elevation(user=cast.user("admin"), session_key="s", reason="Alta de cuentas", by=cast.admin)
    client = cast.client("focal")
    session = client.session
    session[elevation.SESSION_KEY] = started.pk
    session.save()
    assert client.get(reverse("access:create_account")).status_code == 403


@pytest.mark.parametrize("pair", [("information_officer", "head_of_mission"), ("administrator", "case_worker")])
def test_roles_that_answer_for_each_other_never_meet(cast, pair):
    first, second = pair
    with pytest.raises(Problem) as problem:
        actions.create_user(
            username="doble", full_name="X", office="TIJ", password=PASSWORD, roles=(first, second), by=elevated(cast)
        )
    assert problem.value.code == "access.roles_apart"
    assert not User.objects.filter(username="doble").exists()


def test_nobody_changes_their_own_roles(cast):
    with pytest.raises(Problem) as problem:
        actions.grant(user=cast.user("admin"), role="policy_officer", by=elevated(cast))
    assert problem.value.code == "access.oneself"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"username": "Ana R"}, "access.username"),
        ({"username": "ANA"}, "access.username"),
        ({"username": "ana"}, "access.username_taken"),
        ({"office": "XXX"}, "access.office_unknown"),
        ({"password": "corta"}, "access.weak_password"),
        ({"roles": ("nobody",)}, "access.role_unknown"),
    ],
)
def test_a_wrong_account_is_refused_with_the_reason(cast, changes, code):
    data = {"username": "nueva", "full_name": "Nueva", "office": "TIJ", "password": PASSWORD, "roles": ()} | changes
    with pytest.raises(Problem) as problem:
        actions.create_user(**data, by=elevated(cast))
    assert problem.value.code == code and problem.value.sentence


def test_the_first_administrator_is_made_once(db):
    Office.objects.create(code="MEX", name="Ciudad de México")
    made = {"full_name": "Adán", "office": "MEX", "password": PASSWORD}
    actions.create_first_administrator(username="adan", **made)
    with pytest.raises(Problem) as problem:
        actions.create_first_administrator(username="otra", **made)
    assert problem.value.code == "access.not_first"


def test_the_database_keeps_grants_and_elevations_straight(cast):
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.create(user=cast.user("ana"), role="case_worker", granted_by="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Grant.objects.filter(user=cast.user("ana")).update(ended_by="x")


def test_a_person_signs_in_with_the_password_and_nobody_can_register(client, cast):
    page = client.get(reverse("desk:home"))
    assert page.status_code == 302 and reverse("account_login") in page["Location"]
    answer = client.post(reverse("account_login"), {"login": "ana", "password": "equivocada de verdad"})
    assert answer.status_code == 200 and SESSION_KEY not in client.session
    client.post(reverse("account_login"), {"login": "ana", "password": PASSWORD})
    assert client.session[SESSION_KEY] == str(cast.user("ana").pk)
    assert client.get(reverse("account_signup")).status_code == 302


def test_a_closed_account_cannot_sign_in(client, cast):
    actions.close_user(user=cast.user("ana"), by=elevated(cast), reason="Terminó su contrato")
    client.post(reverse("account_login"), {"login": "ana", "password": PASSWORD})
    assert SESSION_KEY not in client.session


def test_a_new_account_must_choose_its_own_password_first(client, cast):
    actions.create_user(username="nueva", full_name="Nueva", office="TIJ", password=PASSWORD, by=elevated(cast))
    client.post(reverse("account_login"), {"login": "nueva", "password": PASSWORD})
    assert client.get(reverse("access:account"))["Location"] == reverse("account_change_password")
    own = "otra frase muy distinta 99"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": own, "password2": own})
    assert not User.objects.get(username="nueva").must_change_password
    assert client.get(reverse("access:account")).status_code == 200


def test_a_locked_session_shows_nothing_until_the_password_is_given(cast):
    client = cast.client("ana")
    assert client.get(reverse("access:account")).status_code == 200
    client.post(reverse("access:lock"))
    answer = client.get(reverse("access:account"))
    assert answer.status_code == 302 and reverse("access:unlock") in answer["Location"]
    assert client.get(reverse("access:account"), headers={"HX-Request": "true"})["HX-Redirect"] == reverse(
        "access:unlock"
    )
    assert client.post(reverse("access:unlock"), {"password": "no es esta"}).status_code == 422
    assert client.get(reverse("access:account")).status_code == 302
    client.post(reverse("access:unlock"), {"password": PASSWORD})
    assert client.get(reverse("access:account")).status_code == 200


def test_a_session_left_alone_locks_itself(cast, settings):
    client = cast.client("ana")
    client.get(reverse("access:account"))
    session = client.session
    session[lock.SEEN] -= settings.CAUCE_IDLE_MINUTES * 60 + 61
    session.save()
    assert client.get(reverse("access:account")).status_code == 302


def test_the_unlock_page_never_leads_to_another_house(cast):
    client = cast.client("ana")
    client.post(reverse("access:lock"))
    answer = client.post(reverse("access:unlock"), {"password": PASSWORD, "next": "https://otra.example/"})
    assert answer["Location"] == "/"


def test_the_administration_creates_an_account_on_the_screen(cast):
    client = cast.client("admin")
    client.post(reverse("access:elevate"), {"reason": "Alta de la nueva enfermera"})
    data = {
        "full_name": "Nina Cruz (simulada)",
        "username": "nina",
        "office": "TIJ",
        "password": PASSWORD,
        "roles": ["health"],
    }
    answer = client.post(reverse("access:create_account"), data)
    nina = User.objects.get(username="nina")
    assert answer["Location"] == reverse("access:account_page", args=[nina.pk])
    assert queries.roles_of(nina) == ("health",)
    answer = client.post(reverse("access:create_account"), data)
    assert answer.status_code == 422 and "Ya hay una cuenta" in answer.content.decode()


def test_no_browser_keeps_what_a_signed_in_person_was_shown(client, cast):
    """After signing out, "back" on a shared machine asks the server again."""
    signed_in = cast.client("ana")
    for name in ("desk:home", "people:people", "protection:cases", "access:account"):
        assert signed_in.get(reverse(name))["Cache-Control"] == "no-store"
    assert "no-store" not in client.get(reverse("editions:published")).get("Cache-Control", "")


def test_locking_keeps_the_page_to_go_back_to_and_nothing_else(cast):
    client = cast.client("ana")
    answer = client.post(reverse("access:lock"), {"next": "/personas/?f=1&next=https://otra.example/"})
    assert answer["Location"].endswith("?next=%2Fpersonas%2F%3Ff%3D1%26next%3Dhttps%3A%2F%2Fotra.example%2F")


def test_the_own_password_is_changed_with_the_old_one_and_never_reset(cast):
    client = cast.client("admin")
    client.post(reverse("access:elevate"), {"reason": "Alta de la nueva enfermera"})
    before = User.objects.get(pk=cast.user("admin").pk).password
    answer = client.post(
        reverse("access:reset_password", args=[cast.user("admin").pk]), {"password": "otra frase larga 99"}
    )
    assert answer.status_code == 422 and User.objects.get(pk=cast.user("admin").pk).password == before
