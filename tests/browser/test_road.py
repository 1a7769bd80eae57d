"""The whole road, by hand: from a person at the desk to a printed figure (the acceptance test of the house)."""

from __future__ import annotations

import re
from datetime import date

import pytest
from playwright.sync_api import Page, expect

from cauce.editions.tests.pdfs import open_pdf
from cauce.editions.tests.pdfs import text as text_of
from tests.browser.conftest import PHONE, sign_in, sign_out

pytestmark = pytest.mark.browser
FIGURE = "Casos de protección asistidos"
NAME, FOLIO = "Zoila Marisol", re.compile(r"TIJ.*\d{6}$")


def test_from_a_record_to_a_printed_figure(opened):
    page = opened(size=PHONE)
    sign_in(page, "info")
    before = figure(page)
    sign_out_on_phone(page)

    page = opened()
    sign_in(page, "ana")
    register(page)
    case = open_case(page)
    serve(page)
    sign_out(page)

    sign_in(page, "info")
    assert figure(page) == before + 1
    assert case in records_behind(page)
    name = draft_edition(page, before + 1)
    sign_out(page)

    sign_in(page, "head")
    publish(page, name)
    sign_out(page)

    stranger = opened()
    see_it_printed(stranger, before + 1)


def figure(page: Page) -> int:
    """What the explorer says this year's cases are."""
    page.goto("/")
    if page.viewport_size == PHONE:
        page.get_by_role("button", name="Menú").click()
    page.get_by_role("navigation", name="Navegación principal").get_by_role("link", name="Cifras").click()
    page.get_by_role("link", name=FIGURE).first.click()
    expect(page.get_by_role("heading", name=FIGURE, level=1)).to_be_visible()
    return int(page.locator(".figure-line .figure").inner_text().replace(".", ""))


def register(page: Page) -> None:
    """Search first; nobody resembles; then the few fields and two answers."""
    page.goto("/")
    page.get_by_role("main").get_by_role("link", name="Registrar persona").click()
    form = page.get_by_role("main")
    form.get_by_label("Nombres").fill(NAME)
    form.get_by_label("Apellidos").fill("Xicoténcatl Huerta")
    form.get_by_label("Edad o fecha de nacimiento").fill("31")
    form.get_by_label("Nacionalidad").fill("honduras")
    form.get_by_role("button", name="Buscar").click()
    expect(page.get_by_text("Nadie se parece.")).to_be_visible()
    page.get_by_role("button", name="Registrar a esta persona").click()
    expect(form.get_by_label("Nombres")).to_have_value(NAME)
    form.get_by_role("radio", name="Mujer").check()
    for question in ("¿Acepta que guardemos sus datos", "¿Acepta que le contemos"):
        form.get_by_role("group", name=question).get_by_role("radio", name="Sí, acepta").check()
    form.get_by_role("button", name="Registrar persona").click()
    expect(page.get_by_role("heading", name="Persona registrada", level=1)).to_be_visible()
    expect(page.locator(".folio-big")).to_have_text(FOLIO)


def open_case(page: Page) -> str:
    """From the person just registered: needs, how she came, what it comes to. Gives the case's code."""
    page.get_by_role("main").get_by_role("link", name="Abrir caso").click()
    form = page.get_by_role("main")
    form.get_by_role("checkbox", name="Asesoría legal").check()
    form.get_by_role("radio", name="Medio").check()
    form.get_by_label("Cómo llegó").select_option("Albergue")
    form.get_by_label("Población").select_option("Persona migrante")
    form.get_by_role("button", name="Continuar").click()
    expect(page.get_by_role("heading", name="Revise antes de abrir", level=1)).to_be_visible()
    expect(form.get_by_text("Canalización general").first).to_be_visible()
    form.get_by_role("button", name="Abrir caso").click()
    expect(page.get_by_role("status")).to_contain_text("registrado")
    return page.get_by_role("heading", level=1).inner_text()


def serve(page: Page) -> None:
    page.get_by_role("main").get_by_role("link", name="Registrar servicio").click()
    form = page.get_by_role("main")
    form.get_by_label("Servicio", exact=True).select_option("Asesoría legal")
    form.get_by_role("button", name="Registrar servicio").click()
    expect(page.get_by_role("status")).to_contain_text("Servicio registrado en el caso.")
    expect(page.get_by_role("main")).to_contain_text("Asesoría legal")


def records_behind(page: Page) -> str:
    """All pages of the list behind the figure."""
    page.get_by_role("link", name="Abrir lista").click()
    expect(page.get_by_role("heading", name="Registros", level=2)).to_be_visible()
    return page.get_by_role("main").inner_text()


def draft_edition(page: Page, value: int) -> str:
    page.get_by_role("navigation", name="Navegación principal").get_by_role("link", name="Ediciones").click()
    page.get_by_role("main").get_by_role("link", name="Preparar edición").click()
    form = page.get_by_role("main")
    form.get_by_role("radio", name="México en cifras").check()
    form.get_by_label("Periodo").fill(str(date.today().year))
    form.get_by_role("button", name="Congelar borrador").click()
    row = page.get_by_role("row").filter(has_text=FIGURE).first
    expect(row).to_contain_text(str(value))
    page.get_by_role("button", name="Pedir revisión").click()
    expect(page.get_by_text("Usted la preparó o pidió su revisión")).to_be_visible()
    expect(page.get_by_role("button", name="Aprobar")).to_have_count(0)
    return page.url


def publish(page: Page, address: str) -> None:
    """The head of mission finds it waiting, approves, and publishes."""
    page.goto("/")
    page.get_by_role("navigation", name="Navegación principal").get_by_role("link", name="Ediciones").click()
    page.get_by_role("row").filter(has_text="En revisión").get_by_role("link", name="México en cifras").click()
    expect(page).to_have_url(address)
    page.get_by_role("button", name="Aprobar").click()
    page.get_by_role("button", name="Publicar").click()
    expect(page.get_by_role("button", name="Publicar")).to_have_count(0)


def see_it_printed(page: Page, value: int) -> None:
    """Anybody: the public page and the PDF say the number."""
    page.goto("/ediciones/publicadas/")
    page.get_by_role("link", name="México en cifras").click()
    expect(page.get_by_role("main")).to_contain_text(FIGURE)
    expect(page.get_by_role("main").get_by_text(str(value), exact=True).first).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF").first.click()
    said = text_of(open_pdf(download.value.path().read_bytes()))
    assert re.search(rf"\b{value}\b", said), said[:2000]


def sign_out_on_phone(page: Page) -> None:
    page.get_by_role("button", name="Menú").click()
    page.get_by_role("navigation", name="Navegación principal").get_by_role("button", name="Cerrar sesión").click()
    expect(page.get_by_role("button", name="Entrar")).to_be_visible()
