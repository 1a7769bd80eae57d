"""The gallery in a real Chromium, under the real security policy: accessible, fluid, and its few scripts do their work."""

from __future__ import annotations

import threading
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from cauce.ui import navigation, views
from cauce.ui.tests import gallery

pytestmark = pytest.mark.browser
CHROMIUM = "/usr/bin/chromium"
ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-sync",
]
POLICY = "default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; object-src 'none'"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}


class Handler(BaseHTTPRequestHandler):
    """Serves the gallery, the static files and a neutral page; counts what is posted."""

    def __init__(self, pages: dict[str, str], posts: list[str], *args) -> None:
        self.pages, self.posts = pages, posts
        super().__init__(*args)

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        if path.startswith("/static/") and (found := finders.find(path.removeprefix("/static/"))):
            file = Path(found)
            return self.answer(file.read_bytes(), KINDS.get(file.suffix, "text/plain"))
        return self.answer(
            self.pages.get(path, "<!doctype html><title>Otra</title>").encode(), "text/html; charset=utf-8"
        )

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.posts.append(self.path)
        self.answer(b"<!doctype html><title>Hecho</title>", "text/html; charset=utf-8")

    def answer(self, body: bytes, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args) -> None:
        """Quiet."""


@pytest.fixture(scope="module")
def browser():
    if not Path(CHROMIUM).exists():
        pytest.fail("Chromium is missing: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()


@pytest.fixture
def site(monkeypatch, settings):
    """(address, posts): the gallery with every address the shell looks for."""
    posts: list[str] = []
    pages: dict[str, str] = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, pages, posts))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    address = f"http://127.0.0.1:{server.server_port}"
    settings.CAUCE_QUICK_EXIT_URL = f"{address}/neutral/"
    settings.CAUCE_IDLE_MINUTES = 0.05  # three seconds: warning at 1.5, lock at 3
    monkeypatch.setattr(navigation, "address", lambda name: f"/{name.replace(':', '/')}/")
    pages["/galeria/"] = gallery.render(section="sample-protection")
    pages["/error/"] = views.not_found(gallery.request(viewer=None), Exception()).content.decode()
    yield address, posts
    server.shutdown()
    server.server_close()
    thread.join()


def opened(browser, site, width=1280, scheme="light", path="/galeria/", **options):
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, **options)
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.goto(f"{site[0]}{path}")
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_and_the_policy_stops_nothing(browser, site, settings, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    page = opened(browser, site, width, scheme)
    page.evaluate("() => document.getElementById('curtain').remove()")
    found = Axe().run(page).response["violations"]
    assert [f"{one['id']}: {node['html'][:200]}" for one in found for node in one["nodes"]] == []
    assert page.complaints == []


@pytest.mark.parametrize("width", [360, 1280])
def test_a_signed_out_page_fills_the_screen_in_order(browser, site, width):
    page = opened(browser, site, width, path="/error/")
    boxes = [page.locator(part).bounding_box() for part in (".plain-top", "main", ".plain-foot")]
    assert [box["y"] for box in boxes] == sorted(box["y"] for box in boxes)
    assert boxes[0]["width"] == width
    assert boxes[1]["x"] == pytest.approx((width - boxes[1]["width"]) / 2, abs=1)


@pytest.mark.parametrize("width", [320, 360, 640, 768, 899, 900, 1024, 1119, 1280, 1600])
def test_nothing_sticks_out_at_any_width(browser, site, width):
    page = opened(browser, site, width)
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0


def test_text_at_double_size_is_not_cut(browser, site):
    page = opened(browser, site, 1280)
    page.evaluate("() => { for (const sheet of document.styleSheets) sheet.insertRule(':root { font-size: 200% }'); }")
    assert page.evaluate("() => document.documentElement.scrollWidth - innerWidth") <= 0
    cut = page.evaluate(
        """() => [...document.querySelectorAll('.button, .chip, .tile-words, .side-label, .count, .step-words, th, h1, h2')]
        .filter((e) => e.offsetParent && !e.closest('.unseen') && e.scrollWidth > e.clientWidth + 2
                       && getComputedStyle(e).overflow === 'hidden').map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert cut == []


def test_on_a_phone_everything_tapped_is_large_enough(browser, site):
    page = opened(browser, site, 360, has_touch=True)
    small = page.evaluate(
        """() => [...document.querySelectorAll('.button, .exit, .back, .phone-nav > *, .choice, .tabs a, select, input:not([type=hidden], [type=radio], [type=checkbox], [type=date])')]
        .filter((e) => e.offsetParent && !e.closest('[hidden], .unseen')).map((e) => [e.getBoundingClientRect().height, e.outerHTML.slice(0, 90)])
        .filter(([height]) => height < 47.5)"""
    )
    assert small == []


def test_leaving_fast_locks_blanks_and_leaves_no_way_back(browser, site):
    page = opened(browser, site)
    before = page.evaluate("() => history.length")
    page.click("[data-exit]")
    page.wait_for_url("**/neutral/")
    assert page.evaluate("() => history.length") == before
    assert site[1] == ["/access/lock/"]


def test_three_shifts_leave_and_typing_capitals_does_not(browser, site):
    page = opened(browser, site)
    page.focus("#search")
    page.keyboard.type("ABC")
    for key in ("Shift", "a", "Shift", "Shift"):
        page.keyboard.press(key)
    assert page.url.endswith("/galeria/")
    page.keyboard.press("Shift")
    page.wait_for_url("**/neutral/")


def test_an_idle_screen_warns_and_one_may_stay(browser, site):
    page = opened(browser, site)
    page.wait_for_selector("#curtain:not([hidden])", timeout=4000)
    assert page.evaluate("() => document.activeElement.textContent") == "Seguir aquí"
    page.click("[data-stay]")
    assert page.is_hidden("#curtain")
    assert site[1] == []


def test_an_idle_screen_locks(browser, site):
    page = opened(browser, site)
    page.wait_for_url("**/access/lock/", timeout=8000)
    assert site[1] == ["/access/lock/"]


def test_slash_goes_to_the_search_but_not_while_typing(browser, site):
    page = opened(browser, site)
    page.keyboard.press("/")
    assert page.evaluate("() => document.activeElement.id") == "search"
    page.keyboard.press("/")
    assert page.input_value("#search") == "/"


def test_the_theme_is_kept(browser, site):
    page = opened(browser, site)
    page.click(".person summary")
    page.click(".top [data-theme-toggle]")
    assert page.evaluate("() => document.documentElement.dataset.theme") == "dark"
    page.reload()
    assert page.evaluate("() => getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_a_form_clicked_twice_is_sent_once(browser, site):
    page = opened(browser, site)
    page.evaluate("() => { const b = document.querySelector('form.form .button.primary'); b.click(); b.click(); }")
    page.wait_for_load_state()
    page.wait_for_function("() => document.title === 'Hecho'")
    assert site[1] == ["/galeria/"]


def test_without_script_the_menu_opens_and_forms_are_sent(browser, site):
    page = opened(browser, site, 360, java_script_enabled=False)
    page.click(".phone-nav button")
    assert page.is_visible("#menu .side-label >> nth=0")
    page.click(".side-close")
    page.click("form.form .button.primary")
    assert page.title() == "Hecho"


def test_the_first_stop_of_the_keyboard_leads_to_the_content(browser, site):
    page = opened(browser, site)
    page.evaluate("() => document.activeElement.blur()")
    page.evaluate("() => scrollTo(0, 0)")
    page.locator("body").press("Home")
    page.focus(".skip")
    assert page.evaluate("() => document.querySelector('a, button, input').className") == "skip"
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "contenido"
