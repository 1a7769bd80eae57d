"""Every URL × role → what is answered. A new address without a row fails; a missing right is a 403;
another's record is a 404; the signed-out are sent to sign in."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, get_resolver, include, path, reverse
from django.urls.resolvers import RegexPattern
from django.views.decorators.http import require_POST

from cauce.access.guard import requires
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


ALL = list(addresses())
ADDRESSES = dict(ALL)
ROLE_OF = {name: roles[0] for name, (_full, _office, roles) in MEMBERS.items() if name != "berta"}


def address(name: str) -> str:
    """The address with stand-ins for its parameters: ids of nothing, so allowed visitors get a 404."""
    return reverse(name, kwargs=SAMPLES.get(name) or dict.fromkeys(ADDRESSES[name].pattern.converters, NOBODY))


def unguarded(found: list[tuple[str, URLPattern]]) -> list[str]:
    """What is wrong with the guards of these addresses, one line each: no row, a second view under one name,
    other permissions than the row's, no reason for being public."""
    rows = set(MATRIX) | set(PUBLIC) | set(SIGNED_IN)
    wrong = [f"{name}: no row in tests/architecture/matrix.py" for name, _pattern in found if name not in rows]
    # A name is reversed to one of its addresses alone: a second one would never be visited.
    names = [name for name, _pattern in found]
    wrong += [f"{name}: two addresses" for name in sorted(set(names)) if names.count(name) > 1]
    for name, pattern in found:
        view = pattern.callback
        held = getattr(view, "permissions", None)
        ours = not view.__module__.startswith("allauth.")
        if name in MATRIX and (held is None or set(held) != set(MATRIX[name])):
            wrong.append(f"{name}: guarded by {held}")
        elif name in SIGNED_IN and ours and held != ():
            wrong.append(f"{name}: not for the signed-in alone")
        elif name in PUBLIC and ours and not getattr(view, "public", ""):
            wrong.append(f"{name}: does not say why it is public")
    return wrong


def test_every_address_has_a_row_and_is_guarded_as_it_says():
    assert unguarded(ALL) == []
    rows = set(MATRIX) | set(PUBLIC) | set(SIGNED_IN)
    assert rows - set(ADDRESSES) == set(), "a row without an address"


def _open(request: HttpRequest) -> HttpResponse:
    return HttpResponse("a record of somebody")


@pytest.mark.parametrize(
    "planted",
    [
        [path("plantada/", _open, name="planted")],
        [path("plantada/", _open)],
        [path("personas/", _open, name="people:people")],
        [path("personas/", requires("desk.home")(_open), name="people:people")],
        [path("personas/", require_POST(_open), name="access:lock")],
        [path("personas/", _open, name="editions:public")],
        [path("dentro/", include([path("plantada/", _open, name="planted")]))],
        [path("otra/", requires("people.view")(_open), name="people:people")] * 2,
    ],
    ids=["no row", "no name", "no guard", "another guard", "no sign-in", "no reason", "nested", "one name twice"],
)
def test_a_view_without_its_guard_is_seen(planted):
    assert unguarded(list(addresses(URLResolver(RegexPattern(""), planted)))) != []


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
