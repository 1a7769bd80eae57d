"""Every URL × role → what is answered. A new address without a row fails; a missing right is a 403;
another's record is a 404; the signed-out are sent to sign in."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from cauce.access.roles import ROLES
from tests.architecture.matrix import MATRIX, PUBLIC, SAMPLES, SIGNED_IN
from tests.cast import MEMBERS

NOBODY = UUID(int=0)


def addresses(resolver: URLResolver | None = None, namespace: str = "") -> Iterator[tuple[str, URLPattern]]:
    """Every named address of the house with its pattern."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            inner = f"{namespace}{each.namespace}:" if each.namespace else namespace
            yield from addresses(each, inner)
        else:
            yield f"{namespace}{each.name}", each


ADDRESSES = dict(addresses())
ROLE_OF = {name: roles[0] for name, (_full, _office, roles) in MEMBERS.items() if name != "berta"}


def address(name: str) -> str:
    """The address with stand-ins for its parameters: ids of nothing, so allowed visitors get a 404."""
    return reverse(name, kwargs=SAMPLES.get(name) or dict.fromkeys(ADDRESSES[name].pattern.converters, NOBODY))


def test_every_address_has_a_row():
    rows = set(MATRIX) | set(PUBLIC) | set(SIGNED_IN)
    assert set(ADDRESSES) - rows == set(), "an address without a row in tests/architecture/matrix.py"
    assert rows - set(ADDRESSES) == set(), "a row without an address"


def test_every_view_is_guarded_as_its_row_says():
    for name, permissions in MATRIX.items():
        assert set(getattr(ADDRESSES[name].callback, "permissions", ())) == set(permissions), name
    for name in PUBLIC:
        view = ADDRESSES[name].callback
        assert getattr(view, "public", "") or view.__module__.startswith("allauth."), (
            f"{name} does not say why it is public"
        )


def test_every_role_is_played_by_somebody():
    assert set(ROLE_OF.values()) == set(ROLES)


@pytest.mark.django_db
@pytest.mark.parametrize("member", ROLE_OF, ids=ROLE_OF.get)
def test_a_role_gets_in_where_its_permissions_say_and_nowhere_else(cast, member):
    client, may = cast.client(member), ROLES[ROLE_OF[member]].permissions
    wrong = []
    for name, permissions in MATRIX.items():
        status = client.get(address(name)).status_code
        allowed = bool(may & set(permissions))
        # 405: the address takes only POST; the guard stands before it, so a stranger still gets 403.
        if allowed != (status in {200, 302, 404, 405}) or (not allowed and status != 403):
            wrong.append(f"{name}: {status}, {'may' if allowed else 'may not'}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.django_db
def test_the_signed_out_are_sent_to_sign_in(client):
    wrong = []
    for name in (*MATRIX, *SIGNED_IN):
        answer = client.get(address(name))
        if answer.status_code not in {302, 405} or (answer.status_code == 302 and "/entrar/" not in answer["Location"]):
            wrong.append(f"{name}: {answer.status_code}")
    assert not wrong, "\n".join(wrong)
