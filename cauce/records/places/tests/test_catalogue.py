"""The catalogue of places: complete, loaded twice without harm, and homonyms never guessed."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from cauce.kernel.problems import Problem
from cauce.records.places import actions, queries
from cauce.records.places.models import Country, Municipality, State
from cauce.records.places.tests.conftest import refused

# INEGI's count of municipalities by state.
PER_STATE = {
    "01": 11, "02": 7, "03": 5, "04": 13, "05": 38, "06": 10, "07": 124, "08": 67, "09": 16, "10": 39, "11": 46,
    "12": 85, "13": 84, "14": 125, "15": 125, "16": 113, "17": 36, "18": 20, "19": 51, "20": 570, "21": 217, "22": 18,
    "23": 11, "24": 59, "25": 20, "26": 72, "27": 17, "28": 43, "29": 60, "30": 212, "31": 106, "32": 58,
}  # fmt: skip
# domain.md §5
MISSION = {
    "02004": "Tijuana", "02002": "Mexicali", "02003": "Tecate", "02001": "Ensenada", "26043": "Nogales",
    "26055": "San Luis Río Colorado", "26002": "Agua Prieta", "08037": "Juárez", "08019": "Chihuahua",
    "08052": "Ojinaga", "05025": "Piedras Negras", "05002": "Acuña", "05030": "Saltillo", "28027": "Nuevo Laredo",
    "28032": "Reynosa", "28022": "Matamoros", "19039": "Monterrey", "07089": "Tapachula", "07087": "Suchiate",
    "07065": "Palenque", "27017": "Tenosique", "27004": "Centro", "30003": "Acayucan", "14039": "Guadalajara",
    "11007": "Celaya", "24028": "San Luis Potosí", "09015": "Cuauhtémoc",
}  # fmt: skip
# INEGI · ISO · CURP, with the traps: CH is Chihuahua, CS Chiapas; GR Guerrero, GT Guanajuato.
CODES = {
    "07": ("MX-CHP", "CS"),
    "08": ("MX-CHH", "CH"),
    "09": ("MX-CMX", "DF"),
    "11": ("MX-GUA", "GT"),
    "12": ("MX-GRO", "GR"),
    "15": ("MX-MEX", "MC"),
    "28": ("MX-TAM", "TS"),
    "30": ("MX-VER", "VZ"),
}


@pytest.fixture
def _places(db):
    actions.load_reference()


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_places")]


def test_loading_again_changes_nothing():
    before = list(Municipality.objects.values_list())
    assert actions.load_reference() == {"countries": 250, "states": 32, "municipalities": 2478}
    assert list(Municipality.objects.values_list()) == before


def test_every_state_has_all_its_municipalities():
    counts = {state.pk: state.municipalities.count() for state in State.objects.all()}
    assert counts == PER_STATE


def test_the_missions_municipalities_have_their_keys_and_a_point():
    found = Municipality.objects.in_bulk(MISSION)
    assert {code: place.name for code, place in found.items()} == MISSION
    assert all(place.lat is not None for place in found.values())


def test_states_keep_their_four_codes():
    for code, (iso, curp) in CODES.items():
        state = State.objects.get(pk=code)
        assert (state.iso, state.curp, state.pcode) == (iso, curp, f"MX{code}")
    assert Municipality.objects.get(pk="02004").pcode == "MX02004"


def test_a_municipality_cannot_lie_in_another_state():
    with pytest.raises(IntegrityError), transaction.atomic():
        Municipality.objects.create(code="02999", state_id="07", name="Ninguno")


def test_countries_have_names_in_five_languages():
    haiti = Country.objects.get(pk="HTI")
    names = {}
    for language in ("es", "en", "fr", "pt", "ht"):
        with translation.override(language):
            names[language] = haiti.name
    assert names == {"es": "Haití", "en": "Haiti", "fr": "Haïti", "pt": "Haiti", "ht": "Ayiti"}
    assert not haiti.ht_review and Country.objects.get(pk="SEN").ht_review


@pytest.mark.parametrize(
    "text", ["HND", "hn", "Honduras", "HONDURAS", " Ondiras "], ids=["alpha-3", "alpha-2", "name", "case", "creole"]
)
def test_a_country_is_found_however_it_is_written(text):
    assert queries.country_by_name(text).pk == "HND"


def test_an_unknown_country_suggests_the_nearest():
    with refused("places.no_such_country") as caught:
        queries.country_by_name("Ondura")
    assert "ondura" in caught.value.advice


@pytest.mark.parametrize(
    ("text", "state", "code"),
    [
        ("Tijuana", "", "02004"),
        ("tijuana", "", "02004"),
        ("Juárez, Chihuahua", "", "08037"),
        ("Juárez", "08", "08037"),
        ("Juarez", "Chihuahua", "08037"),
        ("Ciudad Juárez", "", "08037"),
        ("Villahermosa", "", "27004"),
        ("02004", "", "02004"),
        ("2004", "", "02004"),
        ("MX02004", "", "02004"),
        ("San Luis Rio Colorado", "", "26055"),
    ],
)
def test_a_municipality_is_found_as_people_write_it(text, state, code):
    assert queries.municipality_by_name(text, state).pk == code


@pytest.mark.parametrize(("name", "many"), [("Juárez", 5), ("Matamoros", 3), ("Nogales", 2)])
def test_homonyms_are_listed_not_guessed(name, many):
    with pytest.raises(Problem) as caught:
        queries.municipality_by_name(name)
    assert caught.value.code == "places.municipality_ambiguous"
    assert len(caught.value.params["several"].split("; ")) == many


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Tijuanna", "places.no_such_municipality"),
        ("Juárez, Narnia", "places.no_such_state"),
        ("99999", "places.no_such_municipality"),
    ],
)
def test_what_is_not_in_the_catalogue_is_refused_with_advice(text, code):
    with pytest.raises(Problem) as caught:
        queries.municipality_by_name(text)
    assert caught.value.code == code and caught.value.advice
