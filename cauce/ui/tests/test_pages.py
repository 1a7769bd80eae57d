"""Every part renders, inside the rules: no inline style or script, small, in Spanish, accessible by structure."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.template import engines
from django.template.loader import get_template, render_to_string
from django.test import RequestFactory
from django.utils import timezone

from cauce.ui import views
from cauce.ui.parts import Event, Progress, page_links
from cauce.ui.templatetags import ui
from cauce.ui.tests import gallery

TEMPLATES = Path(__file__).resolve().parent.parent / "templates"
STATIC = Path(__file__).resolve().parent.parent / "static"


@pytest.fixture(scope="module")
def page() -> str:
    return gallery.render()


class Reader(HTMLParser):
    """Collects what the checks ask for."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


def test_a_page_has_no_inline_style_script_or_handler(page):
    for tag, attrs in Reader(page).tags:
        assert tag != "style"
        assert tag != "script" or attrs.get("src")
        assert not {name for name in attrs if name == "style" or name.startswith("on")}, (tag, attrs)


def test_a_full_page_is_far_below_the_limit(page):
    assert len(page.encode()) < 60_000


def test_identifiers_are_unique_and_references_lead_somewhere(page):
    tags = Reader(page).tags
    ids = [attrs["id"] for _tag, attrs in tags if attrs.get("id")]
    assert len(ids) == len(set(ids))
    for _tag, attrs in tags:
        for name in ("aria-labelledby", "aria-describedby", "for", "list", "popovertarget"):
            for wanted in (attrs.get(name) or "").split():
                assert wanted in ids, (name, wanted)
        if (attrs.get("href") or "").startswith("#"):
            assert attrs["href"][1:] in ids


def test_every_icon_exists_in_the_sprite(page):
    sprite = (STATIC / "cauce" / "icons" / "icons.svg").read_text(encoding="utf-8")
    known = set(re.findall(r'id="([^"]+)"', sprite))
    used = set(re.findall(r"icons\.svg#([\w-]+)", page))
    named = {icon for path in TEMPLATES.rglob("*.html") for icon in re.findall(r'\{% icon "([^"]+)"', path.read_text())}
    assert used | named | set(ui.STRIP_ICONS.values()) <= known


def test_there_is_one_main_heading_and_one_solid_button_in_the_masthead(page):
    assert len(re.findall(r"<h1[ >]", page)) == 1
    masthead = page.split('class="masthead"')[1].split('class="columns-page"')[0]
    assert masthead.count("button primary") == 1


@pytest.mark.parametrize("name", [str(p.relative_to(TEMPLATES)) for p in sorted(TEMPLATES.rglob("*.html"))])
def test_every_template_compiles(name):
    assert get_template(name)


def render(text: str, **context) -> str:
    return engines["django"].from_string(text).render(context, gallery.request())


def test_a_reserved_event_shows_neither_icon_nor_accent_nor_link():
    hidden = Event(
        "Acto reservado", "11 jun", "o-gender-based-violence", "strengthening", "/x/", "detalle", reserved=True
    )
    html = ui.timeline([hidden])
    for leak in ("gender", "strengthening", "/x/", "detalle"):
        assert leak not in html


def test_due_says_overdue_today_and_later_in_words():
    today = timezone.localdate()
    assert "Vencida" in ui.due(today - timedelta(days=1))
    assert ">Hoy<" in ui.due(today)
    assert "due-later" in ui.due(today + timedelta(days=1))
    assert "Hecho" in ui.due(today - timedelta(days=1), done=True)
    assert "—" in ui.due(None)


def test_numbers_and_dates_follow_the_house_and_the_language():
    text = "{% number 5772 %}|{{ 17500000|number }}|{% percent 65 %}|{% day on %}|{% day on form='long' %}"
    on = date(2022, 6, 14)
    shown = re.sub(r"<[^>]+>", "", render(text, on=on)).replace("\u00a0", " ")
    assert shown == "5.772|17.500.000|65%|14 jun 2022|14 de junio de 2022"
    from django.utils import translation

    with translation.override("en"):
        shown = re.sub(r"<[^>]+>", "", render(text, on=on)).replace("\u00a0", " ")
    assert shown == "5,772|17,500,000|65%|14 Jun 2022|14 June 2022"


def test_withheld_is_words_and_never_zero():
    html = ui.withheld("menos de 11")
    assert "reservado, menos de 11" in html
    assert "0" not in re.sub(r"<[^>]+>|11", "", html)


@pytest.mark.parametrize(
    ("level", "word"), [("high", "Alto"), ("med", "Medio"), ("low", "Bajo"), (None, "Sin evaluar")]
)
def test_risk_has_a_word(level, word):
    assert word in ui.risk(level)


def test_progress_asks_again_only_while_running():
    running, done = Progress(1, 3, "Leyendo"), Progress(3, 3, "Listo", "done")
    assert 'hx-get="/p/"' in ui.progress(running, "/p/")
    assert "hx-get" not in ui.progress(done, "/p/")
    assert (running.percent, done.percent, Progress(0, 0, "").percent) == (33, 100, 0)


@pytest.mark.parametrize(
    ("number", "last", "links"),
    [(1, 1, [1]), (1, 4, [1, 2, None, 4]), (5, 9, [1, None, 4, 5, 6, None, 9]), (9, 9, [1, None, 8, 9])],
)
def test_pages_link_to_neighbours_and_ends(number, last, links):
    assert page_links(number, last) == links


def test_what_people_typed_is_escaped_in_every_part():
    bad = "<script>alert(1)</script>"
    html = render(
        "{% panel bad meta=bad %}{{ bad }}{% endpanel %}{% strip 'info' title=bad %}{{ bad }}{% endstrip %}"
        "{% chip bad %}{% reserved bad %}{% withheld bad %}{% crumbs bad '/' bad %}{% icon 'i-x' label=bad %}",
        bad=bad,
    )
    assert "<script" not in html


@pytest.mark.parametrize("status", [400, 403, 404])
@pytest.mark.parametrize("viewer", [None, gallery.Person()])
def test_error_pages_say_what_to_do_in_spanish(status, viewer):
    view = {400: views.bad_request, 403: views.forbidden, 404: views.not_found}[status]
    answer = view(gallery.request(viewer=viewer), Exception("people.register"))
    html = answer.content.decode()
    assert answer.status_code == status
    assert "Ir a Hoy" in html
    assert "people.register" not in html
    assert ('class="side"' in html) == (viewer is not None)


def test_the_page_of_a_fault_needs_nothing_that_may_be_broken():
    answer = views.server_error(RequestFactory().get("/"))
    assert answer.status_code == 500
    assert "lo registra una sola vez" in answer.content.decode()


@pytest.mark.parametrize("layout", ["ui/base.html", "ui/plain.html"])
def test_no_page_has_an_empty_heading(layout):
    html = render_to_string(layout, {}, gallery.request())
    assert re.search(r"<h1>\s*\S.*</h1>", html)


def test_an_expired_form_says_so():
    assert "caducó" in render_to_string("403_csrf.html")


def test_the_language_is_remembered_and_only_posting_changes_it(client):
    answer = client.post("/idioma/", {"language": "en", "next": "/cuenta/"})
    assert answer.status_code == 302
    assert client.cookies["cauce_language"].value == "en"
    assert client.get("/idioma/").status_code == 405


def test_the_switch_leads_to_no_other_site(client):
    assert client.post("/idioma/", {"language": "en", "next": "https://example.org/"}).headers["Location"] == "/"
