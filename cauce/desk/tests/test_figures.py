"""The explorer of figures: one number everywhere, its records one by one, and nothing that the gate withholds."""

from __future__ import annotations

import io
import re
from datetime import date

import openpyxl
import pytest

from cauce import mission
from cauce.desk.figures import reading, strip
from cauce.desk.figures.asked import Asked
from cauce.disclosure import Profile
from cauce.facts.refresh import refresh
from cauce.kernel.periods import Period
from cauce.records.assistance import actions as assistance
from cauce.records.protection import actions as protection
from cauce.ui.formatting import period_words

pytestmark = pytest.mark.django_db
CASES, PEOPLE, BIRTHS = "protection.cases", "assistance.people_direct", "protection.birth_certificates"
DAY = date(2022, 5, 4)
YEAR = "periodo=2022"


def number_of(page):
    """The one large number of a figure's page."""
    found = re.search(r'<span class="figure">([\d.]+)</span>', page)
    return int(found[1].replace(".", "")) if found else None


def rows_of(page):
    return page.split('class="rows behind"')[1].split("</ul>")[0].count("<li ")


@pytest.fixture
def assisted(cast, case):
    """``assisted(who=…, day=…, …)``: a case of 2022 with a delivered service."""

    def make(day=DAY, *, by=None, who=None, **changes):
        by = by or cast.ana
        found = case(who=who, by=by, identified_on=day, opened_on=day, **changes)
        protection.serve(found, by=by, type="legal_advice", delivered_on=day)
        return found

    return make


# ---- the list and one figure


def test_every_figure_stands_in_its_chapter_with_its_value(read, assisted):
    assisted(), assisted()
    shown = read("info", "desk:figures", query=YEAR)
    for definition in mission.current().figures.values():
        assert definition.label.get("es") in shown, definition.key
    assert re.search(r'figure-tile-value">2</span><span class="figure-tile-words"><b>Casos de protección', shown)


def test_a_figures_page_shows_value_unit_rule_and_breakdowns(read, assisted):
    assisted(), assisted(categories=["other_crime"])
    shown = read("info", "desk:figure", CASES, query=YEAR)
    assert number_of(shown) == 2 and 'figure-unit">casos' in shown
    for words in ("Qué cuenta.", "Por categoría principal", "Por oficina", "Por mes", "Otros delitos", "Tijuana"):
        assert words in shown, words
    assert "Cuenta por la fecha del hecho" in read("info", "desk:figure_rule", CASES)


def test_it_follows_what_was_just_written(read, cast, assisted):
    assert number_of(read("info", "desk:figure", CASES, query=YEAR)) == 0
    assisted()
    assert number_of(read("info", "desk:figure", CASES, query=YEAR)) == 1
    found = assisted()
    assert number_of(read("info", "desk:figure", CASES, query=YEAR)) == 2
    protection.void_case(found, by=cast.ana, reason="Se capturó dos veces")
    assert number_of(read("info", "desk:figure", CASES, query=YEAR)) == 1


def test_periods_offices_and_previous_periods_are_kept_in_the_address(read, assisted):
    assisted(), assisted(day=date(2021, 3, 2))
    shown = read("info", "desk:figure", CASES, query=YEAR)
    assert "periodo=2022" in shown and ">2021<" in shown
    assert number_of(read("info", "desk:figure", CASES, query="periodo=2022-Q2")) == 1
    assert number_of(read("info", "desk:figure", CASES, query="periodo=2022-06")) == 0
    assert number_of(read("info", "desk:figure", CASES, query="periodo=2022-05-01..2022-05-04")) == 1
    assert number_of(read("info", "desk:figure", CASES, query=f"{YEAR}&oficina=TAP")) == 0
    assert "oficina=TAP" in read("info", "desk:figures", query=f"{YEAR}&oficina=TAP")


@pytest.mark.parametrize(
    "query", ["periodo=banana", "periodo=2022-13", "periodo=9999-Q9", "oficina=ZZZ", "perfil=root", "page=x"]
)
def test_what_is_not_understood_is_answered_with_what_is_usual(read, query):
    shown = read("info", "desk:figure", CASES, query=query)
    assert ("no es un periodo" in shown) == query.startswith("periodo")


def test_an_unknown_figure_a_table_of_another_kind_and_an_unknown_cell_do_not_exist(read, assisted):
    assisted()
    read("info", "desk:figure", "protection.nothing", status=404)
    read("info", "desk:figure_table", CASES, "pdf", status=404)
    for cell in ("corte=nada&celda=x", "corte=category&celda=nada", "corte=category&celda="):
        read("info", "desk:figure_records", CASES, status=404, query=f"{YEAR}&{cell}")


def test_an_interval_is_typed_in_days_and_never_leads_elsewhere(cast, read):
    client = cast.client("info")
    typed = {"volver": "/cifras/", "desde": "31/03/2022", "hasta": "15/01/2022", "oficina": "TIJ"}
    answer = client.get("/cifras/intervalo/", typed)
    assert answer["Location"] == "/cifras/?oficina=TIJ&periodo=2022-01-15..2022-03-31"
    for elsewhere in ("https://example.org/", "//example.org", "javascript:1", ""):
        answer = client.get("/cifras/intervalo/", {**typed, "volver": elsewhere})
        assert answer["Location"].startswith("/cifras/?")
    assert client.get("/cifras/intervalo/", {"desde": "x"})["Location"].startswith("/cifras/?")


# ---- the gate


def test_a_small_count_is_withheld_outside_the_mission_and_never_zero(read, assisted):
    assisted(), assisted()
    shown = read("info", "desk:figure", CASES, query=f"{YEAR}&perfil=public")
    assert number_of(shown) is None and "withheld" in shown and "Vista previa" in shown
    assert "Registros detrás" not in shown
    table = read("info", "desk:figure_table", CASES, "csv", query=f"{YEAR}&perfil=public")
    assert "Se reserva" in table and ",2," not in table


def test_a_vaults_figure_is_withheld_inside_too_and_not_sliced_by_days(read, cast, person, today):
    for _each in range(3):
        child = person(by=cast.child, given_names="Niña", age=8)
        procedure = assistance.receive_procedure(by=cast.child, person=child, type="birth_certificate", received_on=DAY)
        for state in ("submitted", "issued"):
            assistance.advance_procedure(procedure, to=state, by=cast.child, on=DAY)
    assert number_of(read("info", "desk:figure", BIRTHS, query=YEAR)) is None
    assert "protección especial" in read("info", "desk:figure_records", BIRTHS, query=YEAR)
    by_days = read("info", "desk:figure", BIRTHS, query="periodo=2022-01-02..2022-12-30")
    assert number_of(by_days) is None and "Elija un año" in by_days
    assert "Elija un año" in read("info", "desk:figure_records", BIRTHS, query="periodo=2022-01-02..2022-12-30")


def test_by_free_days_no_breakdown_with_a_vaults_cells_is_shown(cast, assisted):
    assisted()
    refresh()
    definition = mission.current().figure(CASES)
    days = Asked(Period.parse("2022-05-01..2022-05-30"), None, Profile.INTERNAL, frozenset())
    assert "category" not in reading.cuts(definition, days)
    assert "category" in reading.cuts(definition, days.over(Period.parse("2022-05")))
    holder = Asked(days.period, None, Profile.INTERNAL, frozenset({"gbv", "trafficking", "child"}))
    assert "category" in reading.cuts(definition, holder)


def test_a_day_does_not_describe_the_one_reserved_case_of_it(read, cast, assisted, person):
    """Who sees that day's other cases would read the reserved one's sex, age and country from the cells."""
    assisted(by=cast.gbv, who=person(given_names="Zenaida (simulada)", sex="female", age=63, nationalities=["HTI"]),
             categories=["gbv"])  # fmt: skip
    day = f"periodo={DAY}..{DAY}&oficina=TIJ"
    for who in ("ana", "press", "info"):
        said = read(who, "desk:figure", CASES, query=day) + read(who, "desk:figure_table", CASES, "csv", query=day)
        assert "HTI" not in said and "60+" not in said
    read("info", "desk:figure_records", CASES, query=f"{day}&corte=nationality&celda=HTI", status=404)
    assert "HTI" in read("info", "desk:figure_table", CASES, "csv", query=YEAR)


# ---- the records


def test_as_many_records_as_the_figure_says_reserved_ones_last_and_bare(read, cast, assisted, person):
    open_ = [assisted(), assisted(day=date(2022, 2, 1))]
    hidden = assisted(
        by=cast.gbv, who=person(given_names="Zenaida (simulada)"), categories=["gbv"], day=date(2022, 9, 9)
    )
    shown = read("info", "desk:figure_records", CASES, query=YEAR)
    assert rows_of(shown) == 3 == number_of(read("info", "desk:figure", CASES, query=YEAR))
    rows = shown.split('class="rows behind"')[1].split("</ul>")[0].split("<li ")[1:]
    assert open_[0].code in rows[0] and open_[1].code in rows[1]
    assert "Registro reservado: cuenta 1, sin detalle" in rows[2]
    for leak in (hidden.code, str(hidden.pk), "Zenaida", hidden.person.folio, "9 sep", "<a", "chip"):
        assert leak not in rows[2], leak
    assert hidden.code not in shown
    preview = read("info", "desk:figure", CASES, query=YEAR)
    assert rows_of(preview) == 3 and hidden.code not in preview


def test_records_are_paged_and_every_one_is_on_some_page(read, assisted, person, monkeypatch):
    from cauce.desk.figures import behind

    monkeypatch.setattr(behind, "PER_PAGE", 2)
    codes = {assisted(day=date(2022, month, 1)).code for month in range(1, 6)}
    pages = [read("info", "desk:figure_records", CASES, query=f"{YEAR}&page={page}") for page in (1, 2, 3)]
    assert [rows_of(page) for page in pages] == [2, 2, 1]
    assert {code for code in codes for page in pages if code in page} == codes
    assert rows_of(read("info", "desk:figure_records", CASES, query=f"{YEAR}&page=99")) == 1


def test_a_cells_records_are_those_of_the_cell(read, cast, assisted, person):
    here, there = assisted(), assisted(by=cast.berta, who=person(by=cast.berta))
    shown = read("info", "desk:figure_records", CASES, query=f"{YEAR}&corte=office&celda=TAP")
    assert there.code in shown and here.code not in shown and "Oficina: Tapachula" in shown
    assert rows_of(shown) == 1


def test_records_are_for_who_may_see_them_and_only_inside(read, assisted):
    found = assisted()
    read("ana", "desk:figure_records", CASES, status=403)
    assert "Registros detrás" not in read("ana", "desk:figure", CASES, query=YEAR)
    assert "perfil interno" in read("info", "desk:figure_records", CASES, query=f"{YEAR}&perfil=public")
    read("info", "desk:figure_why", CASES, "protection", found.pk, status=404, query=f"{YEAR}&perfil=public")


def test_why_a_record_counts_is_said_in_words(read, cast, rosa, today):
    first, second = (
        assistance.record_service(by=cast.ana, person=rosa, type=kind, delivered_on=DAY)
        for kind in ("legal_advice", "education")
    )
    shown = read("info", "desk:figure_why", PEOPLE, "assistance", first.pk, query=YEAR)
    assert "Cuenta, junto con otros" in shown and f"/servicios/{second.pk}/" in shown
    assistance.void_service(second, by=cast.ana, reason="Se capturó dos veces")
    shown = read("info", "desk:figure_why", PEOPLE, "assistance", first.pk, query=YEAR)
    assert "es el único que sostiene" in shown
    later = read("info", "desk:figure_why", PEOPLE, "assistance", first.pk, query="periodo=2022-09")
    assert "No cuenta en esta cifra" in later and "fuera del periodo" in later
    planned = assistance.record_service(by=cast.ana, person=rosa, type="education", state="planned", planned_on=today)
    assert "No ha llegado al estado" in read("info", "desk:figure_why", PEOPLE, "assistance", planned.pk, query=YEAR)


def test_why_says_nothing_of_acts_the_viewer_may_not_see(read, cast, assisted, person):
    """Whether a hidden act carries the same person must not show in the words about a visible one."""
    zenaida, alone = person(given_names="Zenaida (simulada)"), person()
    assisted(by=cast.gbv, who=zenaida, categories=["gbv"])
    said = []
    for who in (zenaida, alone):
        act = assistance.record_service(by=cast.ana, person=who, type="education", delivered_on=DAY)
        page = read("info", "desk:figure_why", PEOPLE, "assistance", act.pk, query=YEAR)
        said.append(re.search(r"<p>([^<]*sostiene[^<]*)</p>", page)[1])
    assert said[0] == said[1]


def test_a_reserved_record_has_no_page_of_its_own_here(read, cast, assisted, person):
    hidden = assisted(by=cast.gbv, who=person(), categories=["gbv"])
    read("info", "desk:figure_why", CASES, "protection", hidden.pk, status=404, query=YEAR)


# ---- the table, the strip, the words


def test_the_table_holds_the_released_cells_and_no_formula(read, cast, assisted):
    assisted(), assisted(categories=["other_crime"])
    table = read("info", "desk:figure_table", CASES, "csv", query=YEAR)
    assert table.startswith("\ufeffCifra,Desglose") and "Total,protection.cases,2" in table
    assert "Oficina,Tijuana,TIJ,2" in table and "mayo 2022,2022-05,2" in table
    answer = cast.client("info").get("/cifras/protection.cases/tabla.xlsx?periodo=2022")
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    assert [sheet["E2"].value, sheet["C2"].value] == [2, "Total"]
    assert all(cell.data_type != "f" for row in sheet for cell in row)


def test_sums_that_must_hold_and_figures_never_added_are_named(read, cast, rosa):
    assistance.deliver_item(by=cast.ana, person=rosa, item_class="prenatal_kit", quantity=1, delivered_on=DAY)
    shown = read("info", "desk:figure", "protection.perinatal_people", query=YEAR)
    assert "Sumas que deben cumplirse" in shown and "Se cumple" in shown and "No se cumple" not in shown
    assert "Personas con asistencia directa" in read("info", "desk:figure", CASES, query=YEAR).split("No se suman")[1]


def test_who_refused_statistics_is_said_as_a_caution(read, assisted, person):
    refused = person(consents={"service": True, "internal_case": True, "statistics": False})
    assisted(who=refused), assisted()
    shown = read("info", "desk:figure", CASES, query=YEAR)
    assert number_of(shown) == 2 and "1 sin consentimiento para estadísticas cuentan aquí" in shown


def test_the_strip_of_today_carries_value_and_months(cast, assisted):
    assisted(), assisted()
    asked = Asked(Period.year(2022), None, Profile.INTERNAL, frozenset())
    cards = {card.label: card for card in strip.cards(asked, mission.current())}
    card = cards["Casos de protección asistidos"]
    assert card.value.value == 2 and card.spark.count("<rect") == 12 and card.compared.difference == 2


def test_periods_are_named_as_people_say_them():
    said = {text: period_words(Period.parse(text)) for text in ("2022", "2022-Q4", "2022-03", "2022-01-15..2022-03-31")}
    assert said["2022"] == "año 2022" and said["2022-03"] == "marzo de 2022"
    assert said["2022-Q4"] == "trimestre 4 de 2022 (oct–dic)"
    assert said["2022-01-15..2022-03-31"].replace("\xa0", " ") == "15 ene 2022 – 31 mar 2022"


@pytest.mark.parametrize("who", ["monitor", "nurse", "logistics", "focal", "admin"])
def test_figures_are_for_who_may_read_them(read, who):
    read(who, "desk:figures", status=403)
    read(who, "desk:figure", CASES, status=403)
