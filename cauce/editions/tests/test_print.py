"""The print: accessible, whole, reproducible, and nothing overflows."""

from __future__ import annotations

import itertools
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from cauce.editions import printing
from cauce.editions.composing import Standing, compose
from cauce.editions.document import Cell, cells
from cauce.editions.tests import pdfs, samples
from cauce.kernel.problems import Problem

MOMENT = datetime(2023, 1, 15, 10, 30, tzinfo=UTC)
STANDING = Standing(fingerprint="3f9a 12bc 77de 0a41 9b1c 55aa 0f3e d1c2", published=date(2023, 1, 20))
REPORTS = {
    "en-cifras": (samples.en_cifras, 1), "flow-monitoring": (samples.flow_monitoring, 2),
}  # fmt: skip


def printed(values, standing=STANDING, paper: str | None = None) -> bytes:
    data = compose(values, standing).to_json()
    return printing.pdf(printing.on_paper(data, paper) if paper else data, MOMENT)


@pytest.fixture(scope="module", params=REPORTS)
def report(request):
    make, pages = REPORTS[request.param]
    values = make()
    return values, pages, printed(values)


def test_it_is_tagged_titled_and_in_its_language(report):
    values, pages, data = report
    pdf = pdfs.open_pdf(data)
    assert len(pdf.pages) == pages
    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.Root.Lang).startswith("es")
    assert pdf.Root.ViewerPreferences.DisplayDocTitle
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert values.about.title in metadata["dc:title"]


def test_every_drawing_says_what_it_shows(report):
    _values, _pages, data = report
    pdf = pdfs.open_pdf(data)
    figures = [each for each in pdfs.elements(pdf) if str(each.S) == "/Figure"]
    assert figures
    assert all(len(str(each.Alt)) > 20 for each in figures)


def test_headings_begin_at_one_and_skip_no_level(report):
    levels = [int(tag[1]) for tag in pdfs.tags(pdfs.open_pdf(report[2])) if tag in {"H1", "H2", "H3", "H4"}]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))


def test_fonts_are_embedded_and_can_be_read(report):
    pdf = pdfs.open_pdf(report[2])
    assert pdfs.fonts(pdf)
    for font in pdfs.fonts(pdf):
        assert "/ToUnicode" in font
        descriptor = font.DescendantFonts[0].FontDescriptor
        assert any(key in descriptor for key in ("/FontFile2", "/FontFile3"))


def test_every_number_stands_unbroken_in_the_text(report):
    values, _pages, data = report
    text = pdfs.text(pdfs.open_pdf(data))
    for cell in cells(compose(values, STANDING)):
        assert cell.text in text, cell.key


def test_the_house_style_of_numbers_is_printed():
    text = pdfs.text(pdfs.open_pdf(printed(samples.en_cifras())))
    for number in ("5.772", "6.137", "65%", "22%", "253", "233", "195", "770"):
        assert number in text
    assert "Mexicali (3) y Monterrey (1)" in text
    assert "Incluye 24 instituciones" in text


def test_equal_editions_are_equal_bytes(report):
    values, _pages, data = report
    assert printed(values) == data


def test_it_prints_on_a4_as_well():
    pdf = pdfs.open_pdf(printed(samples.en_cifras(), paper="a4"))
    assert [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [595, 842]


def test_a_demonstration_and_a_draft_say_so_on_every_page():
    draft = Standing(fingerprint="", draft=True)
    text = pdfs.text(pdfs.open_pdf(printed(samples.flow_monitoring(simulated=True), draft)))
    assert text.count("BORRADOR · DATOS SIMULADOS") == 2
    assert "DATOS SIMULADOS" not in pdfs.text(pdfs.open_pdf(printed(samples.flow_monitoring())))


def test_it_prints_in_english_too():
    pdf = pdfs.open_pdf(printed(samples.en_cifras(language="en", title="Mexico in figures")))
    assert str(pdf.Root.Lang).startswith("en")
    assert "INSTITUTIONAL STRENGTHENING" in pdfs.text(pdf)


def test_a_withheld_breakdown_and_figure_are_said_and_not_zero():
    values = samples.en_cifras()
    why = "Se reserva: el conteo es pequeño."
    values = replace(
        values,
        figures=tuple(
            replace(each, value=None, withheld=why) if each.key == "protection.birth_certificates" else each
            for each in values.figures
        ),
        breakdowns=tuple(
            replace(each, cells=(), base=None, withheld=why) if each.figure == "protection.cases" else each
            for each in values.breakdowns
        ),
    )
    document = compose(values, STANDING)
    withheld = [cell for cell in cells(document) if cell.key == "protection.birth_certificates"]
    assert withheld
    assert all(cell.raw is None and cell.withheld == why for cell in withheld)
    text = pdfs.text(pdfs.open_pdf(printing.pdf(document.to_json(), MOMENT)))
    assert "195" not in text
    assert "pequeño" in text


def test_a_cell_is_a_number_or_withheld_and_never_both():
    with pytest.raises(ValueError, match="either"):
        Cell(key="a", raw=None)
    with pytest.raises(ValueError, match="either"):
        Cell(key="a", raw=0, withheld="por pequeño")


def test_a_page_that_overflows_stops_the_print_and_says_where():
    values = samples.en_cifras()
    layout = {**values.layout, "print": {**values.layout["print"], "density": 1.4}}
    with pytest.raises(Problem) as stopped:
        printed(replace(values, layout=layout))
    assert stopped.value.code == "editions.overflow"
    assert "mm" in stopped.value.sentence


def test_text_of_people_is_text_and_never_a_command():
    values = samples.flow_monitoring(title='#panic("no") *cifras*')
    assert '#panic("no") *cifras*' in pdfs.text(pdfs.open_pdf(printed(values)))


def test_png_has_one_image_a_page():
    pages = printing.png(compose(samples.flow_monitoring(), STANDING).to_json(), ppi=40)
    assert len(pages) == 2
    assert all(page.startswith(b"\x89PNG") for page in pages)


def test_two_previews_may_be_printed_at_once():
    document = compose(samples.flow_monitoring(), STANDING).to_json()
    with ThreadPoolExecutor(4) as workers:
        made = list(workers.map(lambda _number: printing.png(document, ppi=20), range(8)))
    assert all(pages == made[0] for pages in made)
