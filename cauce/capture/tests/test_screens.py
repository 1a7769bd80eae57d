"""The screens of the intake, as the people who use them meet them."""

from __future__ import annotations

import io

import openpyxl
import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cauce.audit.models import Entry
from cauce.capture import actions, run
from cauce.capture.tests.kit import ran, roster
from cauce.capture.tests.test_batches import BAD, checked, sent, written
from cauce.records.models import Batch

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("intakes")]


def at(name: str, batch: Batch | None = None) -> str:
    return reverse(f"capture:{name}", args=[batch.pk] if batch else [])


def text(answer) -> str:
    return answer.content.decode()


def test_uploading_a_file_leads_to_its_page_and_the_dry_run(cast):
    client = cast.client("ana")
    file = SimpleUploadedFile("lista.csv", roster(3))
    answer = client.post(at("new"), {"file": file, "sheets": ["roster"]})
    batch = Batch.objects.get()
    assert answer["Location"] == at("batch", batch)
    assert "Revisando fila por fila" in text(client.get(at("batch", batch)))
    ran(batch)
    page = text(client.get(at("batch", batch)))
    assert "Todo el archivo es bueno" in page
    client.post(at("confirm", batch))
    ran(batch)
    page = text(client.get(at("batch", batch)))
    assert "3 filas quedaron en los registros." in page
    assert "lista.csv" in text(client.get(at("batches")))


def test_the_form_says_what_is_missing_and_that_a_file_was_sent_before(cast):
    client = cast.client("ana")
    answer = client.post(at("new"), {})
    assert answer.status_code == 422
    assert "Elija un archivo." in text(answer)
    sent(cast, roster(2), "enero.csv")
    answer = client.post(at("new"), {"file": SimpleUploadedFile("x.csv", roster(2))})
    assert answer.status_code == 422
    assert "Este mismo archivo ya se envió" in text(answer)


def test_a_file_with_bad_rows_offers_the_good_ones_and_the_errors_workbook(cast):
    client = cast.client("ana")
    batch = checked(cast, roster(3, more=BAD[:1]))
    page = text(client.get(at("batch", batch)))
    assert "Importar las filas buenas (3)" in " ".join(page.split())
    assert "Falta «Nombre»" in page
    answer = client.get(at("errors", batch))
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert "Falta «Nombre»" in book.active["E2"].value
    assert Entry.objects.filter(table="records.batch", verb="export").count() == 1
    assert client.post(at("confirm", batch)).status_code == 409
    client.post(at("confirm", batch), {"only_good": "1"})
    assert ran(batch).state == "complete"


def test_progress_tells_the_page_to_load_itself_again_when_it_is_over(cast):
    client = cast.client("ana")
    batch = sent(cast, roster(3))
    answer = client.get(at("progress", batch))
    assert "hx-get" in text(answer)
    assert "HX-Refresh" not in answer
    ran(batch)
    assert client.get(at("progress", batch))["HX-Refresh"] == "true"


def test_stopping_and_going_on(cast):
    client = cast.client("ana")
    batch = sent(cast, roster(3))
    client.post(at("stop", batch))
    assert run.run_batch(batch.pk) is None
    assert "La importación está detenida" in text(client.get(at("batch", batch)))
    client.post(at("resume", batch))
    assert ran(batch).state == "checked"


def test_withdrawing_asks_why_and_says_what_happens(cast):
    client = cast.client("ana")
    batch = written(cast, roster(2))
    page = text(client.get(at("withdraw", batch)))
    assert "dejan de verse" in page
    assert client.post(at("withdraw", batch), {"reason": "x"}).status_code == 422
    client.post(at("withdraw", batch), {"reason": "Se subió el mes equivocado"})
    assert "Se subió el mes equivocado" in text(client.get(at("batch", batch)))


def test_an_unreadable_file_shows_why(cast):
    client = cast.client("ana")
    batch = ran(sent(cast, b"%PDF-1.7", "acta.pdf"))
    assert "es un PDF" in text(client.get(at("batch", batch)))


def test_another_office_finds_nothing(cast):
    batch = checked(cast, roster(2, more=BAD))
    client = cast.client("berta")
    for name in ("batch", "progress", "errors", "withdraw"):
        assert client.get(at(name, batch)).status_code == 404
    for name in ("confirm", "stop", "resume"):
        assert client.post(at(name, batch)).status_code == 404
    assert "lista.csv" not in text(client.get(at("batches")))


def test_who_did_not_send_the_file_sees_counts_but_no_rows(cast):
    batch = checked(cast, roster(2, more=BAD[:1]))
    client = cast.client("info")
    page = text(client.get(at("batch", batch)))
    assert "Las filas las ve solo quien subió el archivo." in page
    assert "Falta «Nombre»" not in page
    assert client.get(at("errors", batch)).status_code == 404
    assert client.post(at("confirm", batch), {"only_good": "1"}).status_code == 409


def test_an_empty_list_says_what_to_do(cast):
    assert "Descargue la plantilla" in text(cast.client("ana").get(at("batches")))


def test_the_template_is_the_sheet_asked_for(cast):
    answer = cast.client("ana").get(at("template") + "?sheet=roster")
    assert "plantilla-roster.xlsx" in answer["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert "Personas" in book.sheetnames


def test_without_a_sheet_of_ones_own_there_is_no_template(cast):
    assert cast.client("trainer").get(at("template")).status_code == 404
    assert "No hay hojas" in text(cast.client("trainer").get(at("new")))


def test_the_pages_ask_few_questions_of_the_database(cast, django_assert_max_num_queries):
    client = cast.client("ana")
    batch = checked(cast, roster(30, more=[{"folio": f"9{n:05}", "day": "03/04/2022"} for n in range(60)]))
    client.get(at("batches"))
    with django_assert_max_num_queries(16):
        client.get(at("batch", batch))
    with django_assert_max_num_queries(12):
        client.get(at("batches"))


def test_a_page_in_english_has_its_states_translated_or_in_spanish_never_as_codes(cast):
    batch = actions.confirm(checked(cast, roster(1)), by=cast.ana)
    page = text(cast.client("ana").get(at("batch", batch)))
    assert "writing" not in page


def test_an_upload_never_lies_on_the_disk_in_clear(cast, rf):
    """Not even while it arrives: a killed process would leave it there."""
    request = rf.post("/captura/nueva/", {"file": SimpleUploadedFile("x.csv", b"Ixchel,Balam\n" * 300_000)})
    request.user = cast.user("ana")
    file = request.FILES["file"]
    assert not hasattr(file, "temporary_file_path") and file.size == len(file.read()) == 3_900_000


def test_what_is_too_heavy_is_said_and_not_kept(cast, monkeypatch):
    monkeypatch.setattr("cauce.capture.arriving.MAX_BYTES", 1000)
    monkeypatch.setattr("cauce.capture.forms.MAX_BYTES", 1000)
    file = SimpleUploadedFile("personas.csv", b"x" * 5000)
    answer = cast.client("ana").post(reverse("capture:new"), {"file": file})
    assert answer.status_code == 422 and "100 MB" in answer.content.decode()


def test_what_a_stranger_sends_is_thrown_away(rf):
    request = rf.post("/cuenta/entrar/", {"login": "ana", "file": SimpleUploadedFile("x.csv", b"x" * 5000)})
    request.user = AnonymousUser()
    assert request.POST["login"] == "ana" and not request.FILES
