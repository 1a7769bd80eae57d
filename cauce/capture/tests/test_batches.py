"""The life of an import, from the sealed file to its records, and back."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from cauce.audit import verification
from cauce.audit.models import Entry
from cauce.capture import actions, files, queries, report, run, worker
from cauce.capture.actions import leases
from cauce.capture.models import Finding
from cauce.capture.tests.kit import INTAKE, folios, ran, roster
from cauce.kernel.problems import Problem
from cauce.records.models import Batch
from cauce.records.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("intakes")]
BAD = [
    {"folio": "900001", "name": "", "day": "03/04/2022"},
    {"folio": "900002", "name": "Luz (simulada)", "age": "5.772", "day": "04/13/2022"},
]


def sent(cast, data: bytes, name="lista.csv") -> Batch:
    return actions.receive(data, name, by=cast.ana)


def checked(cast, data: bytes) -> Batch:
    return ran(sent(cast, data))


def written(cast, data: bytes) -> Batch:
    return ran(actions.confirm(checked(cast, data), by=cast.ana))


def test_a_good_file_goes_all_the_way(cast):
    batch = checked(cast, roster(600))
    assert (batch.state, batch.summary["counts"], folios()) == ("checked", {"accepted": 600}, [])
    batch = ran(actions.confirm(batch, by=cast.ana))
    assert (batch.state, batch.cursor, batch.total) == ("complete", 600, 600)
    assert Person.objects.visible_to(cast.ana).count() == 600
    assert verification.verify() == []


def test_records_appear_only_when_the_import_is_complete(cast, monkeypatch):
    batch = actions.confirm(checked(cast, roster(600)), by=cast.ana)
    seen = []
    ran(batch, progress=lambda what, done, total: seen.append((done, Person.objects.visible_to(cast.ana).count())))
    assert [done for done, _visible in seen] == [500, 600]
    assert {visible for _done, visible in seen} == {0}
    assert Person.objects.visible_to(cast.ana).count() == 600


def test_the_file_is_sealed_on_disk_and_gone_when_complete(cast, django_capture_on_commit_callbacks):
    batch = sent(cast, roster(3))
    stored = files.path_of(batch.pk)
    assert b"simulada" not in stored.read_bytes()
    assert stored.stat().st_mode & 0o077 == 0
    assert files.open_again(batch.pk) == roster(3)
    batch = actions.confirm(ran(batch), by=cast.ana)
    with django_capture_on_commit_callbacks(execute=True):
        ran(batch)
    assert not stored.exists()


def test_every_row_is_in_exactly_one_count(cast):
    twin = {"folio": "000001", "name": "Persona b (simulada)", "age": "1", "day": "03/04/2022"}
    mended = {"folio": "900009", "name": "Anita (simulada)", "age": "3", "day": "03/04/2022"}
    batch = checked(cast, roster(10, more=[*BAD, twin, mended, {"folio": "Nota: preliminar"}]))
    counts = batch.summary["counts"]
    # The reversed date of one refused row casts doubt on every 03/04 of its column.
    assert counts["refused"] + counts.get("accepted", 0) + counts.get("mended", 0) + counts["duplicate"] == 14
    assert counts["duplicate"] == 1
    assert batch.total == 14


def test_a_row_mended_by_a_declared_rule_is_counted_apart_and_imported(cast):
    mended = {"folio": "900009", "name": "Anita (simulada)", "age": "3", "day": "03/04/2022"}
    batch = checked(cast, roster(2, more=[mended]))
    assert batch.summary["counts"] == {"accepted": 2, "mended": 1}
    (found,) = queries.rows_found(cast.ana, batch, "mended")
    assert "Ana (simulada)" in found.said[0]
    ran(actions.confirm(batch, by=cast.ana))
    assert Person.objects.get(folio="900009").given_names == "Ana (simulada)"


def test_a_file_with_bad_rows_is_not_imported_unless_asked(cast):
    batch = checked(cast, roster(5, more=BAD[:1]))
    with pytest.raises(Problem) as caught:
        actions.confirm(batch, by=cast.ana)
    assert caught.value.code == "capture.not_all_good"
    batch = ran(actions.confirm(batch, by=cast.ana, only_good=True))
    assert (batch.state, len(folios())) == ("complete", 5)
    assert Finding.objects.filter(batch=batch, outcome="refused").count() == 1


def test_a_file_without_a_good_row_cannot_be_confirmed(cast):
    batch = checked(cast, roster(0, more=BAD[:1]))
    with pytest.raises(Problem) as caught:
        actions.confirm(batch, by=cast.ana, only_good=True)
    assert caught.value.code == "capture.nothing_good"


def test_the_errors_workbook_holds_the_refused_rows_as_they_came(cast):
    batch = checked(cast, roster(5, more=BAD[:1]))
    out = io.BytesIO()
    assert report.errors_workbook(out, batch, cast.ana) == 1
    page = openpyxl.load_workbook(io.BytesIO(out.getvalue())).active
    assert [cell.value for cell in page[2]][:1] == ["900001"]
    assert "Falta «Nombre»" in page["E2"].value
    assert page["F2"].value == 7


def test_every_sentence_names_its_column(cast):
    bad = {"folio": "900002", "name": "Luz (simulada)", "age": "5.772", "day": "31/02/2022"}
    (found,) = queries.rows_found(cast.ana, checked(cast, roster(0, more=[bad])), "refused")
    assert [sentence.split(":")[0] for sentence in found.said] == ["Edad", "Registro"]


def test_an_unreadable_file_is_refused_with_its_sentence_and_not_kept(cast, django_capture_on_commit_callbacks):
    batch = sent(cast, b"%PDF-1.7 nada", "acta.pdf")
    with django_capture_on_commit_callbacks(execute=True):
        batch = ran(batch)
    assert batch.state == "refused"
    assert "PDF" in queries.said_of_file(cast.ana, batch, "stop")[0]
    assert not files.path_of(batch.pk).exists()


def test_a_file_with_nothing_under_its_headers_is_refused_and_says_so(cast):
    batch = ran(sent(cast, b"Folio;Nombre;Edad;Registro\nTotal;;0;\n"))
    assert batch.state == "refused"
    said = queries.said_of_file(cast.ana, batch, "stop")
    assert "ninguna fila de datos" in said[0]
    assert "filas 2" in said[1]


def test_the_summary_holds_counts_and_codes_but_no_value(cast):
    batch = checked(cast, roster(2, more=BAD))
    assert "simulada" not in str(batch.summary)
    assert "5.772" not in str(batch.summary)
    assert batch.summary["sheets"][0]["codes"]["exchange.number_ambiguous"] == 1


def test_the_same_file_twice_names_the_import_that_holds_it(cast):
    sent(cast, roster(2), "enero.csv")
    with pytest.raises(Problem) as caught:
        sent(cast, roster(2), "otra.csv")
    assert caught.value.code == "capture.same_file"
    assert "enero.csv" in str(caught.value)


def test_another_office_is_told_no_more_than_that_the_file_was_sent(cast):
    sent(cast, roster(2), "enero.csv")
    with pytest.raises(Problem) as caught:
        actions.receive(roster(2), "x.csv", by=cast.berta)
    assert "enero.csv" not in str(caught.value)


def test_after_a_withdrawal_the_same_file_can_be_sent_again(cast):
    batch = written(cast, roster(2))
    actions.withdraw(batch, reason="Era el mes equivocado", by=cast.ana)
    assert Person.objects.visible_to(cast.ana).count() == 0
    again = written(cast, roster(2))
    assert again.state == "complete"
    assert Person.objects.visible_to(cast.ana).count() == 2


def test_a_withdrawal_takes_the_whole_import_back_and_says_why(cast):
    batch = written(cast, roster(3))
    batch = actions.withdraw(batch, reason="Archivo de prueba", by=cast.ana)
    assert (batch.state, batch.withdraw_reason, len(folios())) == ("withdrawn", "Archivo de prueba", 3)
    entry = Entry.objects.get(table="records.batch", verb="withdraw")
    assert (entry.record, entry.reason) == (str(batch.pk), "Archivo de prueba")
    with pytest.raises(Problem):
        actions.withdraw(written(cast, roster(1, start=50)), reason="  ", by=cast.ana)


def test_each_step_is_in_the_log(cast):
    batch = written(cast, roster(1))
    verbs = Entry.objects.filter(table="records.batch", record=str(batch.pk)).order_by("number")
    assert list(verbs.values_list("verb", flat=True)) == ["upload", "check", "confirm", "complete"]


def test_a_stopped_import_goes_on_where_it_was(cast):
    batch = actions.confirm(checked(cast, roster(600)), by=cast.ana)

    def stop(_what, done, _total):
        if done == 500:
            actions.stop(Batch.objects.get(pk=batch.pk), by=cast.ana)

    stopped = ran(batch, progress=stop)
    assert (stopped.state, stopped.cursor, stopped.leased_by, len(folios())) == ("writing", 500, "", 500)
    assert run.run_batch(batch.pk) is None, "nobody works on it while it is stopped"
    done = ran(actions.resume(stopped, by=cast.ana))
    assert (done.state, len(folios()), len(set(folios()))) == ("complete", 600, 600)


def test_an_import_withdrawn_while_it_is_written_stops(cast):
    batch = actions.confirm(checked(cast, roster(600)), by=cast.ana)

    def take_back(_what, done, _total):
        if done == 500:
            actions.withdraw(Batch.objects.get(pk=batch.pk), reason="Mejor no", by=cast.ana)

    assert ran(batch, progress=take_back).state == "withdrawn"
    assert len(folios()) == 500
    assert Person.objects.visible_to(cast.ana).count() == 0


def test_an_exception_in_the_middle_leaves_whole_chunks_and_can_be_resumed(cast, intakes, monkeypatch):
    batch = actions.confirm(checked(cast, roster(600)), by=cast.ana)
    calls = []

    def fail_once(rows, viewer, batch):
        INTAKE.write(rows, viewer, batch)
        calls.append(len(rows))
        if len(calls) == 2:
            raise OSError("something broke after the rows were written")

    from dataclasses import replace

    intakes[0] = replace(INTAKE, write=fail_once)
    with pytest.raises(OSError, match="something broke"):
        run.run_batch(batch.pk)
    batch.refresh_from_db()
    assert (batch.cursor, len(folios()), batch.summary["halt"], batch.leased_by) == (500, 500, "unexpected", "")
    assert worker.work_off() == 0, "an import that failed waits for a person"
    done = ran(actions.resume(batch, by=cast.ana))
    assert (done.state, len(folios())) == ("complete", 600)
    assert verification.verify() == []


def test_a_chunk_sent_twice_is_written_once(cast):
    batch = written(cast, roster(300))
    Batch.objects.filter(pk=batch.pk).update(state="writing", cursor=0)
    files.keep(batch.pk, roster(300))
    again = ran(batch)
    assert (again.state, len(folios())) == ("complete", 300)


def test_a_row_that_went_bad_since_the_dry_run_stops_the_import_until_somebody_decides(cast):
    batch = checked(cast, roster(300))
    other = Batch.objects.create(office_id="TIJ", filename="x", content_hash="x", by=cast.ana.id)
    Person.objects.all().delete()
    from cauce.records.people import actions as people
    from cauce.records.people.rules import NewPerson

    people.register_many([NewPerson(given_names="Otra (simulada)", nationalities=["HND"], folio="000007")], by=cast.ana)
    batch = ran(actions.confirm(batch, by=cast.ana))
    assert (batch.state, batch.stop_requested, batch.summary["halt"]) == ("writing", True, "late")
    (found,) = queries.rows_found(cast.ana, batch, "refused")
    assert found.number == 8
    assert "000007" in found.said[0]
    done = ran(actions.resume(batch, by=cast.ana, only_good=True))
    assert done.state == "complete"
    assert done.summary["counts"] == {"accepted": 299, "refused": 1}
    assert len(folios()) == 300
    assert other.state == "uploaded"


def test_two_processes_never_hold_the_same_import(cast, monkeypatch):
    batch = sent(cast, roster(2))
    first = leases.claim(batch.pk)
    assert first is not None
    monkeypatch.setattr(leases, "me", lambda: "elsewhere:1:1")
    assert leases.claim(batch.pk) is None
    Batch.objects.filter(pk=batch.pk).update(leased_until=timezone.now() - timedelta(seconds=1))
    second = leases.claim(batch.pk)
    assert second is not None
    with pytest.raises(leases.Interrupted):
        first.move("uploaded", cursor=1)
    second.move("uploaded", cursor=1)
    first.release()
    assert Batch.objects.get(pk=batch.pk).leased_by == "elsewhere:1:1"


def test_the_lease_of_a_dead_process_of_this_machine_is_taken_over_at_once(cast):
    import socket
    import subprocess
    import sys

    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    batch = sent(cast, roster(2))
    Batch.objects.filter(pk=batch.pk).update(
        leased_by=f"{socket.gethostname()[:30]}:{gone.pid}:1", leased_until=timezone.now() + timedelta(hours=1)
    )
    # The process that is started in its place goes on at once; it does not wait for the lease to run out.
    assert worker.work_off() == 1
    assert Batch.objects.get(pk=batch.pk).state == "checked"


def test_the_worker_works_off_what_waits(cast):
    one, two = sent(cast, roster(2)), sent(cast, roster(3, start=10))
    assert worker.work_off() == 2
    assert set(Batch.objects.values_list("state", flat=True)) == {"checked"}
    actions.confirm(Batch.objects.get(pk=one.pk), by=cast.ana)
    assert worker.work_off() == 1
    assert [Batch.objects.get(pk=each.pk).state for each in (one, two)] == ["complete", "checked"]


def test_who_may_not_import_is_refused(cast):
    for viewer in (cast.monitor, cast.press, cast.admin):
        with pytest.raises(PermissionDenied):
            actions.receive(roster(1), "x.csv", by=viewer)
    with pytest.raises(Problem) as caught:
        actions.receive(roster(1), "x.csv", by=cast.trainer)
    assert caught.value.code == "capture.no_sheet"


def test_only_who_sent_the_file_confirms_it_and_reads_its_rows(cast):
    batch = checked(cast, roster(2, more=BAD))
    with pytest.raises(Problem) as caught:
        actions.confirm(batch, by=cast.info, only_good=True)
    assert caught.value.code == "capture.not_yours"
    assert queries.rows_found(cast.info, batch).count() == 0
    assert queries.batch(cast.info, batch.pk) == batch
    assert queries.batch(cast.berta, batch.pk) is None


def test_rights_lost_in_between_stop_the_writing(cast):
    batch = actions.confirm(checked(cast, roster(2)), by=cast.ana)
    cast.user("ana").grants.update(ended_at=timezone.now(), ended_by="system")
    with pytest.raises(PermissionDenied):
        run.run_batch(batch.pk)
    batch.refresh_from_db()
    assert (batch.summary["halt"], folios()) == ("permission", [])


def test_a_full_disk_while_the_file_is_kept_leaves_nothing(cast, monkeypatch):
    def full(*_args, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(Problem) as caught:
        sent(cast, roster(2))
    assert caught.value.code == "capture.no_room"
    assert Batch.objects.count() == 0
    assert list(files.path_of(cast.user("ana").pk).parent.iterdir()) == []


def test_import_file_does_it_all(cast, tmp_path):
    path = tmp_path / "lista.csv"
    path.write_bytes(roster(600))
    steps = []
    batch = run.import_file(path, cast.ana, progress=lambda *step: steps.append(step))
    assert (batch.state, len(folios())) == ("complete", 600)
    assert steps == [("check", 500, 601), ("check", 600, 601), ("write", 500, 600), ("write", 600, 600)]
    with pytest.raises(Problem):
        run.import_file(path, cast.ana)


def test_import_file_stops_at_bad_rows_and_goes_on_when_told(cast, tmp_path):
    path = tmp_path / "lista.csv"
    path.write_bytes(roster(3, more=BAD[:1]))
    assert run.import_file(path, cast.ana).state == "checked"
    assert run.import_file(path, cast.ana, only_good=True).state == "complete"
    assert len(folios()) == 3
