"""The fact store: the same rows whatever their order, all or nothing on disk, nothing lost with it."""

from __future__ import annotations

import os
import resource
import signal
import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from django.utils import translation

from cauce.facts import store as stores
from cauce.facts.store import FactStore
from cauce.kernel.facts import Fact
from cauce.kernel.periods import Period
from cauce.kernel.problems import Problem

KIND = "assistance.service"
MARCH = Period.month(2022, 3)


def fact(number: int, day: int = 5, **more: object) -> Fact:
    whole: dict[str, object] = {
        "kind": KIND,
        "date": date(2022, 3, day),
        "until": date(2022, 3, day),
        "subject": f"s{number}",
        "office": "TIJ",
        "source_room": "assistance",
        "source_id": str(number),
        "person": f"p{number}",
        **more,
    }
    return Fact(**whole)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> FactStore:
    return FactStore(tmp_path / "facts")


def test_what_was_written_is_read_in_one_order(store):
    rows = [fact(3, 9), fact(1, 9, topics=("b", "a", "b"), until=None), fact(2, 4, consented=False)]
    store.write_month(KIND, MARCH, rows)
    read = store.read_month(KIND, MARCH)
    assert [each.source_id for each in read] == ["2", "1", "3"]
    assert read[1] == replace(rows[1], topics=("a", "b"))
    assert read[0].consented is False


def test_the_hash_is_of_the_rows_not_of_their_order(store):
    rows = [fact(number, number) for number in range(1, 20)]
    first = store.write_month(KIND, MARCH, rows)
    assert store.write_month(KIND, MARCH, reversed(rows)) == first
    assert stores.content_hash(rows) == first
    assert store.write_month(KIND, MARCH, [*rows[1:], fact(1, 1, quantity=2)]) != first


@pytest.mark.parametrize(
    "change",
    [
        {"subject": "x"}, {"until": None}, {"within": "x"}, {"topics": ("x",)}, {"projects": ("x",)}, {"quantity": 0},
        {"consented": False}, {"source_id": "x"}, {"sex": "female"}, {"destination": "MEX"},
    ],
)  # fmt: skip
def test_every_column_is_in_the_hash(change):
    assert stores.content_hash([fact(1)]) != stores.content_hash([fact(1, **change)])


def test_a_value_cannot_pass_for_its_neighbour():
    assert stores.content_hash([fact(1, origin="A", outcome=None)]) != stores.content_hash(
        [fact(1, origin=None, outcome="A")]
    )


def test_the_hash_does_not_depend_on_the_bytes_of_the_file(store):
    rows = [fact(number) for number in range(50)]
    before = store.write_month(KIND, MARCH, rows)
    path = store.relation([KIND])[0]
    pq.write_table(pq.read_table(path), path, compression="snappy")
    assert store.check() == ()
    assert stores.content_hash(store.read_month(KIND, MARCH)) == before


def test_a_month_without_facts_has_no_file(store):
    store.write_month(KIND, MARCH, [fact(1)])
    empty = store.write_month(KIND, MARCH, [])
    assert empty == stores.content_hash([])
    assert store.months(KIND) == ()
    assert store.read_month(KIND, MARCH) == []
    assert store.kinds() == ()
    assert store.count(KIND, MARCH) == 0


def test_months_and_kinds_are_listed(store):
    store.write_month(KIND, MARCH, [fact(1), fact(2)])
    store.write_month(
        "assistance.item", Period.month(2021, 12), [fact(1, kind="assistance.item", date=date(2021, 12, 1))]
    )
    assert store.kinds() == ("assistance.item", KIND)
    assert store.months("assistance.item") == (Period.month(2021, 12),)
    assert store.months("outreach.reach") == ()
    assert store.count(KIND, MARCH) == 2


def months_of(paths: tuple[Path, ...]) -> list[str]:
    return [path.stem for path in paths]


def test_a_period_names_only_the_files_it_needs(store):
    for month in (1, 2, 3):
        store.write_month(KIND, Period.month(2022, month), [fact(1, date=date(2022, month, 2), until=None)])
    spring = Period(date(2022, 2, 20), date(2022, 3, 1))
    assert months_of(store.relation([KIND])) == ["2022-01", "2022-02", "2022-03"]
    assert months_of(store.relation([KIND], spring)) == ["2022-02", "2022-03"]
    # An interval that began earlier may still be open.
    assert months_of(store.relation([KIND], spring, overlapping=True)) == ["2022-01", "2022-02", "2022-03"]
    assert months_of(store.relation([KIND], Period.month(2022, 1), overlapping=True)) == ["2022-01"]
    assert len(store.read([KIND], spring)) == 2


def test_the_hash_of_a_period_changes_with_its_months_alone(store):
    store.write_month(KIND, MARCH, [fact(1)])
    before = store.content_hash([KIND], MARCH)
    store.write_month(KIND, Period.month(2022, 4), [fact(1, date=date(2022, 4, 1), until=None)])
    assert store.content_hash([KIND], MARCH) == before
    assert store.content_hash([KIND]) != before
    store.write_month(KIND, MARCH, [fact(1), fact(2)])
    assert store.content_hash([KIND], MARCH) != before
    assert store.content_hash([KIND, KIND]) == store.content_hash([KIND])


def test_where_a_person_has_facts(store):
    store.write_month(KIND, MARCH, [fact(1), fact(2)])
    store.write_month(KIND, Period.month(2022, 4), [fact(9, date=date(2022, 4, 1), until=None, person="p1")])
    store.write_month(KIND, Period.month(2022, 5), [fact(3, date=date(2022, 5, 1), until=None, person=None)])
    assert store.months_of_person("p1") == ((KIND, MARCH), (KIND, Period.month(2022, 4)))
    assert store.months_of_person("nobody") == ()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (fact(1, kind="assistance.item"), "of assistance.item among"),
        (fact(1, date=date(2022, 4, 1), until=None), "2022-04-01 among those of 2022-03"),
        (fact(1, 9, until=date(2022, 3, 1)), "ends before it begins"),
    ],
)
def test_a_fact_out_of_place_is_refused_and_nothing_is_written(store, wrong, said):
    store.write_month(KIND, MARCH, [fact(7)])
    with pytest.raises(ValueError, match=said):
        store.write_month(KIND, MARCH, [fact(2), wrong])
    assert [each.source_id for each in store.read_month(KIND, MARCH)] == ["7"]


def test_only_kinds_and_calendar_months_have_a_place(store):
    with pytest.raises(ValueError, match=r"room\.act"):
        store.write_month("../../etc", MARCH, [])
    with pytest.raises(ValueError, match="calendar month"):
        store.write_month(KIND, Period.year(2022), [])


@pytest.fixture
def nearly_full_disk():
    """No file may grow past a few kilobytes: what a full disk looks like to the writer."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    handler = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, handler)


def test_a_full_disk_leaves_the_month_as_it_was(store, nearly_full_disk):
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    store.write_month(KIND, MARCH, [fact(1)])
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    with pytest.raises(Problem) as failure:
        store.write_month(KIND, MARCH, [fact(number, subject=os.urandom(30).hex()) for number in range(5000)])
    with translation.override("es"):
        assert "No se pudieron guardar los hechos de assistance.service, 2022-03" in failure.value.sentence
        assert "los registros no se tocaron" in failure.value.advice
    assert [each.source_id for each in store.read_month(KIND, MARCH)] == ["1"]
    assert list(store.root.rglob("*.partial")) == []


def test_a_writer_that_is_killed_leaves_the_month_as_it_was(store):
    store.write_month(KIND, MARCH, [fact(1)])
    ready, tell = os.pipe()
    child = os.fork()
    if child == 0:  # pragma: no cover - runs in the child that is killed
        partial = store.root / KIND / ".2022-03.abc.partial"
        partial.write_bytes(b"PAR1 half of a file")
        os.write(tell, b"x")
        time.sleep(60)
        os._exit(0)
    os.read(ready, 1)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    assert [each.source_id for each in store.read_month(KIND, MARCH)] == ["1"]
    assert store.months(KIND) == (MARCH,)
    assert store.check() == ()


def test_what_a_dead_writer_left_is_swept_up(store):
    store.write_month(KIND, MARCH, [fact(1)])
    old, new = (store.root / KIND / f".2022-0{month}.x.partial" for month in (1, 2))
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (1, 1))
    store.write_month(KIND, MARCH, [fact(2)])
    assert not old.exists()
    assert new.exists()  # perhaps another process is writing it now


def test_facts_are_for_the_service_alone(store):
    store.write_month(KIND, MARCH, [fact(1)])
    path = store.relation([KIND])[0]
    assert path.stat().st_mode & 0o077 == 0
    assert path.parent.stat().st_mode & 0o077 == 0


def test_a_damaged_file_is_found_and_told(store):
    store.write_month(KIND, MARCH, [fact(1)])
    store.write_month(KIND, Period.month(2022, 4), [fact(2, date=date(2022, 4, 1), until=None)])
    damaged, forged = store.relation([KIND])
    damaged.write_bytes(b"not parquet at all")
    table = pq.read_table(forged)
    pq.write_table(table.set_column(table.schema.get_field_index("office"), "office", [["TAP"]]), forged)
    forged_schema = pq.read_schema(forged)
    assert forged_schema.metadata is not None
    assert store.check() == (damaged, forged)
    with pytest.raises(Problem) as failure:
        store.content_hash([KIND])
    assert failure.value.code == "facts.damaged"


def test_the_store_can_be_deleted_and_built_again(store):
    rows = [fact(1), fact(2)]
    before = store.write_month(KIND, MARCH, rows)
    store.remove()
    assert store.kinds() == ()
    assert store.write_month(KIND, MARCH, rows) == before


def test_the_installation_has_one_store(settings, tmp_path):
    settings.CAUCE_FACTS = tmp_path / "here"
    assert stores.current().root == tmp_path / "here"
    assert stores.current().kinds() == ()
    stores.current().remove()
