"""Each declared repair: what it mends, what it leaves alone, and what it refuses. All lines are invented."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cauce.exchange.wording import plain
from cauce.kernel.problems import Problem
from cauce.records.surveys import mending

NAMES = {
    "07089": "Tapachula", "02004": "Tijuana", "27017": "Tenosique", "08037": "Juárez", "19031": "Juárez",
    "07087": "Suchiate", "09015": "Cuauhtémoc",
}  # fmt: skip
STATES = {
    "07": "Chiapas", "02": "Baja California", "27": "Tabasco", "08": "Chihuahua", "19": "Nuevo León",
    "09": "Ciudad de México",
}  # fmt: skip
SAID = {"ciudad juarez": "08037", "cd juarez": "08037"}
CATALOGUE = mending.Catalogue(STATES, NAMES, SAID)
LABELS = dict.fromkeys(("adm1_code", "adm1_name", "adm2_code", "adm2_name"), "columna")


def read(adm1_code="", adm1_name="", adm2_code="", adm2_name=""):
    mender = mending.PlaceMender(CATALOGUE, LABELS)
    place, mends, problems = mender.read(
        {"adm1_code": adm1_code, "adm1_name": adm1_name, "adm2_code": adm2_code, "adm2_name": adm2_name}
    )
    return (place.state, place.municipality), [mend.rule for mend in mends], [each.code for each in problems]


@pytest.mark.parametrize("text", ["<Null>", " null ", "NaN", "None", "N/A", "-", "--"])
def test_words_for_nothing_are_nothing(text):
    assert mending.empty_marker(text)


@pytest.mark.parametrize("text", ["NS/NR", "Prefiere no responder", "ND", "0", "", "Nulvalle"])
def test_answers_are_not_markers(text):
    assert not mending.empty_marker(text)


spanish = st.text(alphabet=string.ascii_letters + "áéíóúñÁÉÍÓÚÑüÜ ", min_size=1, max_size=30)


@given(spanish)
def test_a_text_that_was_decoded_wrongly_comes_back_whole_or_not_at_all(text):
    try:
        damaged = text.encode("utf-8").decode("cp1252")
    except UnicodeDecodeError:
        return  # Windows-1252 has no letter for this byte: nobody could have seen such a text
    mended = mending.redecoded(damaged)
    assert mended in (text, None)
    if damaged == text:
        assert mended is None


@given(spanish)
def test_a_sound_text_is_left_alone(text):
    assert mending.redecoded(text) is None


def test_a_text_that_lost_letters_stays_damaged():
    assert mending.redecoded("JuÃ¡rez \ufffd") is None
    assert mending.redecoded("JuÃ¡rez") == "Juárez"


@pytest.mark.parametrize("name", ["Ju7rez", "JUARES", "Cd. Juárez", "Ciudad Juárez"])
def test_the_code_decides_between_spellings_of_its_name(name):
    assert mending.name_of_code(name, "08037", NAMES, SAID) == "Juárez"


@pytest.mark.parametrize("name", ["Juárez", "JUAREZ", " juárez "])
def test_a_name_that_agrees_is_not_mended(name):
    assert mending.name_of_code(name, "08037", NAMES, SAID) is None


@pytest.mark.parametrize("name", ["Tijuana", "Zacatecas", "x"])
def test_a_name_of_another_place_is_refused_not_mended(name):
    with pytest.raises(Problem) as caught:
        mending.name_of_code(name, "07089", NAMES, SAID)
    assert caught.value.code == "surveys.place_disagrees"


@given(st.sampled_from(sorted(NAMES)), st.sampled_from(sorted(NAMES)))
def test_no_catalogued_name_ever_passes_for_another_place(code, other):
    """Whatever two places: a name is its own code's, or it is refused."""
    if plain(NAMES[code]) == plain(NAMES[other]):
        assert mending.name_of_code(NAMES[other], code, NAMES, SAID) is None
    else:
        with pytest.raises(Problem):
            mending.name_of_code(NAMES[other], code, NAMES, SAID)


def test_a_name_alone_gives_a_code_only_within_its_state():
    assert mending.code_of_name("Juárez", "08", NAMES, SAID) == "08037"
    assert mending.code_of_name("Juárez", "19", NAMES, SAID) == "19031"
    assert mending.code_of_name("Juárez", "07", NAMES, SAID) is None
    assert mending.code_of_name("cd juarez", "08", NAMES, SAID) == "08037"


def test_spelling_changes_accents_and_case_and_nothing_else():
    known = {"ciudad de mexico": "Ciudad de México"}
    assert mending.spelled("Ciudad de Mexico", known) == "Ciudad de México"
    assert mending.spelled("Ciudad de México", known) is None
    assert mending.spelled("Oficina", known) is None


def test_a_line_with_clean_codes_and_names_is_not_mended():
    assert read("MX07", "Chiapas", "MX07089", "Tapachula") == (("07", "07089"), [], [])


def test_the_former_name_of_a_state_is_mended_by_its_code():
    assert read("MX09", "Distrito Federal") == (("09", ""), ["state_name"], [])


def test_a_broken_name_is_mended_by_its_code():
    assert read("MX08", "Chihuahua", "MX08037", "Ju7rez") == (("08", "08037"), ["municipality_name"], [])


def test_missing_codes_are_found_by_name_where_only_one_place_has_it():
    assert read(adm2_code="MX27017") == (("27", "27017"), ["place_code"], [])
    assert read("MX08", "", "", "Juárez") == (("08", "08037"), ["place_code"], [])
    assert read(adm1_name="Nuevo León", adm2_name="Juárez") == (("19", "19031"), ["place_code"] * 2, [])


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({"adm1_code": "MX07", "adm2_code": "MX08037"}, "surveys.place_elsewhere"),
        ({"adm1_code": "MX07", "adm2_code": "MX07089", "adm2_name": "Tijuana"}, "surveys.place_disagrees"),
        ({"adm1_code": "MX99"}, "surveys.no_such_code"),
        ({"adm1_code": "MX07", "adm2_code": "MX07999"}, "surveys.no_such_code"),
        ({"adm1_code": "MX07", "adm2_name": "Juárez"}, "surveys.no_such_municipality"),
        ({}, "surveys.place_missing"),
        ({"adm1_name": "Atlántida"}, "surveys.place_missing"),
    ],
)
def test_a_place_that_cannot_be_is_refused_with_its_reason(cells, code):
    _place, _mends, problems = read(**cells)
    assert problems == [code]


def test_every_rule_has_a_key_of_its_own_and_a_sentence():
    assert len(mending.RULES) == 6
    for key, rule in mending.RULES.items():
        assert rule.key == key and "%(column)s" in str(rule.sentence)


def test_a_mend_is_the_sentence_a_person_reads():
    mend = mending.Mend(mending.MUNICIPALITY, column="Municipio", raw="Ju7rez", meant="Juárez", code="MX08037")
    assert mend == "Municipio: «Ju7rez» se leyó «Juárez», que es el municipio de la clave MX08037."
    assert mend.rule == "municipality_name"
