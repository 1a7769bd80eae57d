"""What a line of the file becomes. The dirt is the real file's; the lines are invented."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cauce.exchange import read
from cauce.records.surveys import lines
from cauce.records.surveys.columns import INTERVIEWS
from cauce.records.surveys.enums import REASONS
from cauce.records.surveys.mending import Catalogue

PLACES = Catalogue(
    {"07": "Chiapas", "08": "Chihuahua", "09": "Ciudad de México"},
    {"07089": "Tapachula", "08037": "Juárez"},
    {"ciudad juarez": "08037"},
)
HEADER = [column.key for column in INTERVIEWS.columns]
CLEAN = {
    "date": "2022-10-14", "month": "2022-10-01", "quarter": "2022-10-01", "country": "MEX", "nationality": "HND",
    "from": "GTM", "to": "USA", "sex": "Female", "age": "31", "n": "1", "adm1_code": "MX07", "adm1_name": "Chiapas",
    "adm2_code": "MX07089", "adm2_name": "Tapachula", "location": "Plaza inventada", "lon": "-90.1", "lat": "14.1",
    **{f"reason_{code}": "0" for code in REASONS}, "reason_economic": "1",
}  # fmt: skip


def rows_of(*changes):
    """Lines as they come out of a file with these cells."""
    cells = [[{**CLEAN, **change}.get(key, "") for key in HEADER] for change in changes]
    text = "\n".join(",".join(line) for line in [HEADER, *cells])
    reading = read(text.encode(), [INTERVIEWS], filename="encuesta.csv")
    assert not reading.problems
    return list(reading)


def judged(**change):
    (row,) = rows_of(change)
    assert not row.problems, [str(problem) for problem in row.problems]
    result = lines.Judge(office="TAP", places=PLACES).judge(row)
    return result, [mend.rule for mend in (*row.mended, *result.mends)]


@pytest.fixture(autouse=True)
def _database(db):
    """Offices and today's date come from Django; no line is written here."""


def test_a_clean_line_is_an_interview_without_mends():
    result, mends = judged()
    interview = result.interview
    assert mends == [] and result.problems == ()
    assert (interview.nationality, interview.origin, interview.destination) == ("HND", "GTM", "USA")
    assert (interview.municipality_id, interview.state, interview.sex, interview.age) == ("07089", "07", "female", 31)
    assert interview.reasons == ["economic"] and interview.group_size == 1


def test_coordinates_are_dropped():
    result, _mends = judged()
    assert "-90.1" not in str(vars(result.interview))


@pytest.mark.parametrize("answer", ["NS/NR", "ND", "Prefiere no responder", ""])
def test_answers_that_say_nothing_are_unknown_and_not_mended(answer):
    result, mends = judged(sex=answer)
    assert result.interview.sex == "unknown" and mends == []


@pytest.mark.parametrize(("answer", "sex"), [("Male", "male"), ("Otra designación", "other"), ("MUJER", "female")])
def test_sexes_are_read_in_both_languages(answer, sex):
    assert judged(sex=answer)[0].interview.sex == sex


def test_a_country_not_stated_is_empty_and_not_mended():
    result, mends = judged(**{"nationality": "OOO", "from": "OOO", "to": "OOO"})
    assert (result.interview.nationality, result.interview.origin, result.interview.destination) == ("", "", "")
    assert mends == []


def test_no_reason_marked_is_no_reason_stated():
    result, mends = judged(reason_economic="0")
    assert result.interview.reasons == [] and mends == []


def test_a_broken_name_is_mended_by_its_code():
    result, mends = judged(adm1_code="MX08", adm1_name="Chihuahua", adm2_code="MX08037", adm2_name="Ju7rez")
    assert mends == ["municipality_name"] and result.interview.municipality_id == "08037"


def test_a_city_given_by_its_state_keeps_the_state_alone():
    result, mends = judged(
        adm1_code="MX09", adm1_name="Distrito Federal", adm2_code="<Null>", adm2_name="<Null>",
        location="Ciudad de Mexico",
    )  # fmt: skip
    assert mends == ["empty_marker", "empty_marker", "state_name", "spelling"]
    assert (result.interview.state, result.interview.municipality_id) == ("09", None)
    assert result.interview.location == "Ciudad de México"


def test_a_point_that_was_decoded_wrongly_is_mended():
    result, mends = judged(location="DirecciÃ³n inventada")
    assert result.interview.location == "Dirección inventada" and mends == ["encoding"]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"month": "2022-11-01"}, "surveys.period_disagrees"),
        ({"quarter": "2022-07-01"}, "surveys.period_disagrees"),
        ({"country": "GTM"}, "surveys.other_country"),
        ({"date": "2091-10-14", "month": "", "quarter": ""}, "surveys.in_the_future"),
        ({"adm2_name": "Juárez"}, "surveys.place_disagrees"),
        ({"adm2_code": "MX08037"}, "surveys.place_elsewhere"),
    ],
)
def test_a_line_that_contradicts_itself_is_refused_with_its_reason(change, code):
    result, _mends = judged(**change)
    assert result.interview is None and [problem.code for problem in result.problems] == [code]
    assert all(problem.row for problem in result.problems)


@pytest.mark.parametrize(
    ("change", "field"),
    [({"age": "treinta"}, "age"), ({"sex": "X9"}, "sex"), ({"nationality": "QQQ"}, "nationality"),
     ({"date": "14/10/22"}, "date"), ({"n": "0"}, "n"), ({"reason_food": "quizá"}, "reason_food")],
)  # fmt: skip
def test_a_cell_that_cannot_be_read_refuses_the_line(change, field):
    (row,) = rows_of(change)
    assert [problem.field for problem in row.problems] == [field]


def test_the_fingerprint_is_of_what_a_line_says_and_not_of_how_it_was_typed():
    same, typed, other = rows_of({}, {"age": "31.0", "sex": "female"}, {"age": "32"})
    assert lines.fingerprint(same.values) == lines.fingerprint(typed.values) != lines.fingerprint(other.values)


dirt = st.fixed_dictionaries(
    {},
    optional={
        "sex": st.sampled_from(["NS/NR", "ND", "Male", "??"]),
        "age": st.sampled_from(["", "17", "130", "x"]),
        "adm2_name": st.sampled_from(["Tapachula", "Tapach7la", "<Null>", "Tijuana"]),
        "adm1_name": st.sampled_from(["Chiapas", "", "Chiapaz", "Sonora"]),
        "month": st.sampled_from(["2022-10-01", "2022-09-01", "<Null>"]),
        "location": st.sampled_from(["TAPACHULA", "Otro punto", "<Null>"]),
    },
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(st.lists(dirt, min_size=1, max_size=12))
def test_every_line_has_exactly_one_fate_whatever_the_dirt(changes):
    judge = lines.Judge(office="TAP", places=PLACES)
    fates = Counter()
    for row in rows_of(*changes):
        result = judge.judge(row) if not row.problems else None
        refused = bool(row.problems) or bool(result.problems)
        assert refused == (result is None or result.interview is None)
        fates["refused" if refused else "mended" if row.mended or result.mends else "accepted"] += 1
    assert fates.total() == len(changes)
