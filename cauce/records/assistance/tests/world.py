"""A small Tijuana: people who have said what they agree to, an organisation, a shelter, a response."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from django.utils import timezone

from cauce.kernel.problems import Problem, Problems
from cauce.records.people.actions import register
from cauce.records.places import actions as places
from cauce.records.places.actions import NewOrganisation, NewSite
from cauce.records.places.models import Municipality, State
from cauce.records.programmes import actions as programmes
from cauce.records.programmes.actions import NewProject

LONG_AGO = date(2021, 1, 1)
_numbers = itertools.count(1)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def tijuana(db):
    state = State.objects.create(
        code="02", iso="MX-BCN", curp="BC", pcode="MX02", official_name="Baja California", name="Baja California"
    )
    return Municipality.objects.create(code="02004", state=state, name="Tijuana")


@pytest.fixture
def clinic(cast, tijuana):
    return places.register_organisation(
        NewOrganisation(name="Clínica jurídica (simulada)", kind="university", municipality="02004"), by=cast.policy
    )


@pytest.fixture
def shelter(cast, tijuana, clinic):
    return places.register_site(
        NewSite(name="Casa Luz (simulada)", kind="shelter", municipality="02004", organisation=clinic.pk),
        by=cast.policy,
    )


@pytest.fixture
def project(cast):
    return programmes.register_project(
        NewProject(code="CT.1", name="Protección (simulado)", start=LONG_AGO, chapters=["protection"]), by=cast.policy
    )


@pytest.fixture
def mpp(cast):
    return programmes.register_response(code="MPP", name="MPP", start=LONG_AGO, by=cast.policy)


@pytest.fixture
def person(cast):
    """``person(**changes)``: an adult woman registered in Tijuana in 2021 who agreed to everything asked."""

    def make(**changes):
        by = changes.pop("by", cast.ana)
        fields = {
            "given_names": f"Rosa Elvira {next(_numbers)} (simulada)",
            "first_surname": "Canché",
            "sex": "female",
            "age": 30,
            "registered_on": LONG_AGO,
            "consents": {"service": True, "internal_case": True, "referral": True, "statistics": True},
        }
        return register(by=by, **(fields | changes))

    return make


@pytest.fixture
def rosa(person):
    return person()


def refused(code, call, /, *args, **fields):
    """The call is refused with this problem (among others)."""
    with pytest.raises((Problem, Problems)) as caught:
        call(*args, **fields)
    found = [caught.value] if isinstance(caught.value, Problem) else list(caught.value)
    assert code in [each.code for each in found], [each.code for each in found]
    return next(each for each in found if each.code == code)
