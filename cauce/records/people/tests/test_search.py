"""Search before create: any order, any spelling, explained in sentences; nothing said that may not be said."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from hypothesis import given, settings
from hypothesis import strategies as st

from cauce.records.people import actions, queries
from cauce.records.people.likeness import compare, written
from cauce.records.people.names import tokens
from cauce.records.people.phonetics import phonetic

BORN = date(1993, 4, 2)


@pytest.fixture
def yesenia(cast):
    return actions.register(
        by=cast.ana, given_names="Yesenia", first_surname="Ortiz", second_surname="Mejía (simulada)", sex="female",
        birth_date=BORN, nationalities=["HND"], phone="+52 664 123 4567",
    )  # fmt: skip


def texts(match):
    return [text for _agrees, text in match.reasons]


def test_two_surnames_in_the_other_order_and_another_spelling(cast, yesenia):
    (match,) = queries.search("Yesenia Mejia Ortis", cast.ana, birth=BORN, nationality="HND")
    assert (match.person, match.label, match.title) == (yesenia, "Muy parecida", "Yesenia Ortiz Mejía (simulada)")
    assert texts(match) == [
        "Mismos apellidos, en otro orden", "Mismo nombre", "«Ortis» suena como «Ortiz»", "Misma fecha de nacimiento",
        "Misma nacionalidad",
    ]  # fmt: skip


def test_what_differs_is_said_and_the_likeness_is_less(cast):
    actions.register(
        by=cast.ana, given_names="Jesenia", first_surname="Mejía (simulada)", age=24, nationalities=["SLV"]
    )
    (match,) = queries.search("Yesenia Mejia Ortis", cast.ana, age=29, nationality="HND")
    assert match.label == "Parecida"
    assert "«Yesenia» suena como «Jesenia»" in texts(match)
    assert match.reasons[-1] == (False, "Difiere: edad 24, El Salvador, «Ortis» no está en su nombre")
    assert not any("%" in text for text in texts(match))


def test_one_surname_is_enough(cast, yesenia):
    assert [match.person for match in queries.search("ortiz yesenia", cast.ana)] == [yesenia]


@pytest.mark.parametrize("text", ["MX-TIJ-000001", "mx-tij-000001", "1", "664 123 4567", "52-664-1234567"])
def test_folio_and_phone_find_exactly(cast, yesenia, text):
    (match,) = queries.search(text, cast.ana)
    assert match.person == yesenia and match.label == "Muy parecida"


def test_another_office_learns_that_there_is_a_file_and_nothing_else(cast, yesenia):
    (match,) = queries.search("Yesenia Mejia Ortis", cast.berta, age=yesenia.age_on(date.today()), nationality="HND")
    said = " ".join([match.title, match.folio, *texts(match)])
    assert match.veiled and "Ortiz" not in said and "TIJ" not in said and "Tijuana" not in said
    assert not queries.search("Yesenia Reyes", cast.berta)
    assert queries.get(cast.berta, yesenia.pk) is None


def test_a_reserved_name_and_its_folio_are_never_tied_together(cast, yesenia):
    actions.reserve(yesenia, "gbv", by=cast.gbv)
    (by_name,) = queries.search("Yesenia Ortiz", cast.monitor)
    assert by_name.veiled and not by_name.folio
    (by_folio,) = queries.search(yesenia.folio, cast.monitor)
    assert by_folio.title == "Nombre reservado" and by_folio.folio == yesenia.folio
    assert queries.search("Yesenia Ortiz", cast.gbv)[0].title == "Yesenia Ortiz Mejía (simulada)"


def test_void_people_and_unfinished_imports_are_not_found(cast, yesenia):
    actions.void(yesenia, reason="Registrada dos veces", by=cast.ana)
    assert queries.search("Yesenia Ortiz", cast.ana) == []


def test_searching_needs_the_permission(cast):
    with pytest.raises(PermissionDenied):
        queries.search("Yesenia", cast.trainer)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ortiz", "Ortis"), ("Yesenia", "Jesenia"), ("Yessenia", "Llesenia"), ("Ximena", "Jimena"), ("Mejía", "Mexía"),
        ("Jiménez", "Gimenes"), ("Vásquez", "Basques"), ("Hernández", "Ernandes"), ("Quiroz", "Kiros"),
        ("Jhon", "Yon"), ("Jocelyn", "Yoselin"), ("Guadalupe", "Wadalupe"), ("Louis", "Luis"), ("Benoit", "Benwa"),
        ("Michelle", "Michel"), ("Zelaya", "Selalla"), ("Núñez", "Nunes"), ("Christian", "Cristian"),
        ("Kevin", "Quevin"), ("Ezequiel", "Exequiel"), ("Jacques", "Jak"), ("Daphnée", "Dafne"),
    ],
)  # fmt: skip
def test_spellings_of_one_name_sound_alike(one, other):
    assert phonetic(one) == phonetic(other)


@pytest.mark.parametrize(
    ("one", "other"), [("María", "Mario"), ("Ana", "Juana"), ("Luz", "Luis"), ("Rosa", "Roso"), ("José", "Josefa")]
)
def test_different_names_stay_different(one, other):
    assert phonetic(one) != phonetic(other)


NAMES = st.lists(
    st.sampled_from(["Ana", "María", "José", "Yesenia", "Wilner", "Ortiz", "Mejía", "Hernández", "Joseph", "Quiroz", "Zelaya", "Toussaint", "Núñez"]),
    min_size=2, max_size=4, unique=True,
)  # fmt: skip


@given(words=NAMES, data=st.data())
@settings(max_examples=60)
def test_a_name_meets_itself_in_every_order(words, data):
    stored = written([("given", words[0]), ("first", words[1]), ("second", " ".join(words[2:]))])
    order = data.draw(st.permutations(words))
    found = compare(order, stored)
    assert not found.unmatched and found.is_very_like


SWAPS = [("b", "v"), ("z", "s"), ("ll", "y"), ("qui", "ki"), ("gi", "ji"), ("ph", "f"), ("ou", "u"), ("th", "t")]


@given(
    before=st.sampled_from(["", "ma", "ri", "le", "ta"]), after=st.sampled_from(["a", "ero", "ina", "elo"]),
    swap=st.sampled_from(SWAPS),
)  # fmt: skip
def test_swapped_spellings_keep_the_sound(before, after, swap):
    one, other = (before + each + after for each in swap)
    assert phonetic(one) == phonetic(other)


@given(st.text(max_size=40))
def test_no_text_breaks_names_or_sounds(text):
    for token in tokens(text):
        assert phonetic(token)


def test_accents_case_marks_and_particles_do_not_matter():
    assert tokens("María de la Cruz (simulada)") == tokens("maria CRUZ") == ("MARIA", "CRUZ")
    assert all(tokens(" ".join(order)) for order in itertools.permutations(["de", "la", "O"]))
