"""The DTM's interviews as an import: every line has one fate, and the numbers add up to the file."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from cauce.capture import actions, run
from cauce.capture.intakes import registry, surveys
from cauce.capture.models import Finding
from cauce.kernel.periods import Period
from cauce.records.models import Batch
from cauce.records.places.actions import load_reference
from cauce.records.places.models import Municipality, State
from cauce.records.surveys import facts, queries
from cauce.records.surveys.actions import plan_round
from cauce.records.surveys.columns import INTERVIEWS
from cauce.records.surveys.enums import RoundState
from cauce.records.surveys.models import Interview

HEADER = [column.key for column in INTERVIEWS.columns]
CLEAN = {
    "date": "2022-10-14", "month": "2022-10-01", "quarter": "2022-10-01", "country": "MEX", "nationality": "HND",
    "from": "GTM", "to": "USA", "sex": "Female", "age": "31", "n": "1", "adm1_code": "MX07", "adm1_name": "Chiapas",
    "adm2_code": "MX07089", "adm2_name": "Tapachula", "location": "Plaza inventada", "reason_food": "1",
}  # fmt: skip
REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "dtm-fms-mexico.csv"


@pytest.fixture(autouse=True)
def _only_surveys(monkeypatch, db):
    monkeypatch.setattr(registry, "INTAKES", surveys.INTAKES)


@pytest.fixture
def places(db):
    """The few places the invented lines name."""
    for code, name in (("07", "Chiapas"), ("08", "Chihuahua"), ("02", "Baja California")):
        State.objects.create(code=code, iso=f"MX-{code}", curp=code, pcode=f"MX{code}", official_name=name, name=name)
    for code, name in (("07089", "Tapachula"), ("08037", "Juárez"), ("02004", "Tijuana")):
        Municipality.objects.create(code=code, state_id=code[:2], name=name)


def file_of(tmp_path, *changes, name="encuesta.csv"):
    lines = [",".join({**CLEAN, **change}.get(key, "") for key in HEADER) for change in changes]
    path = tmp_path / name
    path.write_text("\n".join([",".join(HEADER), *lines]) + "\n", "utf-8")
    return path


def counts(batch):
    return {name: number for name, number in batch.summary["counts"].items() if number}


DIRTY = [
    {},
    {"age": "32"},
    {"age": "32"},
    {"adm1_code": "MX08", "adm1_name": "Chihuahua", "adm2_code": "MX08037", "adm2_name": "Ju7rez"},
    {"age": "33", "sex": "NS/NR", "nationality": "OOO"},
    {"age": "34", "month": "2022-11-01"},
    {"age": "35", "adm2_name": "Tijuana"},
]


def test_every_line_is_accepted_mended_refused_or_a_duplicate(cast, places, tmp_path):
    path = file_of(tmp_path, *DIRTY)
    batch = run.import_file(path, cast.info)
    assert batch.state == Batch.State.CHECKED, "refused lines wait for somebody's word"
    assert counts(batch) == {"accepted": 3, "mended": 1, "refused": 2, "duplicate": 1}
    batch = run.import_file(path, cast.info, only_good=True)
    assert batch.state == Batch.State.COMPLETE and Interview.objects.live().count() == 4
    assert len(list(facts.interview_facts(Period.year(2022)))) == 4


def test_the_findings_say_what_was_mended_and_why_a_line_was_refused(cast, places, tmp_path):
    batch = run.import_file(file_of(tmp_path, *DIRTY), cast.info)
    said = {
        (finding.number, finding.outcome): " ".join(finding.said)
        for finding in Finding.objects.filter(batch=batch, number__gt=0)
    }
    assert "«Ju7rez» se leyó «Juárez»" in said[5, "mended"]
    assert "fila 3" in said[4, "duplicate"]
    assert "no es el de la fecha" in said[7, "refused"] and "Tijuana" in said[8, "refused"]


def test_the_same_lines_in_another_file_are_repeated_not_counted_again(cast, places, tmp_path):
    run.import_file(file_of(tmp_path, {}, {"age": "32"}), cast.info)
    again = run.import_file(file_of(tmp_path, {}, {"age": "40"}, name="otra.csv"), cast.info)
    assert counts(again) == {"accepted": 1, "duplicate": 1}
    assert Interview.objects.live().count() == 3


def test_a_withdrawn_import_may_come_again(cast, places, tmp_path):
    path = file_of(tmp_path, {}, {"age": "32"})
    actions.withdraw(run.import_file(path, cast.info), reason="Era otra versión", by=cast.info)
    assert not Interview.objects.live().exists()
    again = run.import_file(path, cast.info)
    assert counts(again) == {"accepted": 2} and Interview.objects.live().count() == 2


def test_interviews_belong_to_the_office_of_their_city(cast, places, tmp_path):
    run.import_file(file_of(tmp_path, {}), cast.info)
    assert Interview.objects.live().get().office_id == "TAP"
    assert queries.interviews(cast.berta).count() == 1


def test_imported_interviews_find_their_round(cast, places, tmp_path):
    run.import_file(file_of(tmp_path, {}), cast.info)
    assert Interview.objects.live().get().round is None
    run.import_file(_rounds(tmp_path), cast.info)
    run.import_file(file_of(tmp_path, {"age": "50"}, name="dos.csv"), cast.info)
    assert Interview.objects.live().get(age=50).round.code == "TAP-R22-001"


def _rounds(tmp_path, state="Cerrada"):
    path = tmp_path / "rondas.csv"
    path.write_text(
        "Clave;Instrumento;Municipio;Desde;Hasta;Estado\n"
        f"TAP-R22-001;Encuesta de monitoreo de flujos (FMS);Tapachula;01/10/2022;31/10/2022;{state}\n"
    )
    return path


def test_rounds_are_imported_and_counted(cast, places, tmp_path):
    batch = run.import_file(_rounds(tmp_path), cast.info)
    assert batch.state == Batch.State.COMPLETE, batch.summary
    (fact,) = facts.round_facts(Period.year(2022))
    assert fact.category == "flow_monitoring_survey" and fact.date == date(2022, 10, 1)


def test_a_round_with_a_code_in_use_is_refused(cast, places, tmp_path):
    plan_round(
        by=cast.info, code="TAP-R22-001", municipality_id="07089", starts_on=date(2022, 10, 1),
        ends_on=date(2022, 10, 31), state=RoundState.COLLECTING,
    )  # fmt: skip
    batch = run.import_file(_rounds(tmp_path), cast.info)
    assert counts(batch) == {"refused": 1}


@pytest.mark.skipif(not REAL.exists(), reason=f"the DTM's file does not lie beside the checkout ({REAL.name})")
def test_the_real_file_is_accounted_for_line_by_line(cast):
    """8,645 lines, 524 of them exact duplicates (the file's README); docs/explanation/dtm-data.md has the rest."""
    load_reference()
    batch = run.import_file(REAL, cast.info)
    assert batch.state == Batch.State.COMPLETE
    found = counts(batch)
    assert sum(found.values()) == 8645
    assert found == {"accepted": 6414, "mended": 1707, "duplicate": 524}
    interviews = Interview.objects.live()
    assert interviews.count() == 6414 + 1707
    assert interviews.filter(municipality=None, state="09").count() == 439
    quarter = list(facts.interview_facts(Period.parse("2022-Q4")))
    assert len(quarter) == 885 and {fact.place for fact in quarter} == {"07089", "27017"}
    assert sum(1 for fact in quarter if not fact.topics) <= 2
