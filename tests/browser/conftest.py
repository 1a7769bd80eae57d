"""A real server and a real Chromium.

The installation is prepared once by real actions (``prepare.py``); each module is served its own
copy of it by ``cauce serve``, so that what one module writes another does not see.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.cast import PASSWORD

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = os.environ.get("CAUCE_CHROMIUM", "/usr/bin/chromium")
ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
expect.set_options(timeout=15_000)
LOG = "serve.log"
START = 90  # seconds a busy machine may take to serve the first page


def environment(home: Path) -> dict[str, str]:
    """Nothing of the machine's own Cauce reaches the installation under test."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("CAUCE_")}
    return own | {"CAUCE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "cauce.settings", "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="session")
def installation(tmp_path_factory) -> Path:
    """The prepared home folder; only ever copied. CAUCE_PREPARED names one to use again while writing a test."""
    if given := os.environ.get("CAUCE_PREPARED"):
        return Path(given)
    home = tmp_path_factory.mktemp("prepared")
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.prepare"], env=environment(home), cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr[-4000:]
    return home


@dataclass
class Site:
    """A served installation: its address, and the ids of its records by the names of ``prepare.py``."""

    address: str
    home: Path
    made: dict[str, str]
    states: dict[str, dict] = field(default_factory=dict)  # who has signed in → their cookies
    read: int = 0

    def said(self) -> str:
        """What the server has written to its log since this was last asked."""
        new = (self.home / LOG).read_bytes()[self.read :]
        self.read += len(new)
        return new.decode()


@pytest.fixture(scope="module")
def site(installation, tmp_path_factory) -> Iterator[Site]:
    """A copy of the installation, served by the command people use, until the module is done."""
    home = tmp_path_factory.mktemp("served") / "home"
    shutil.copytree(installation, home)
    port = free_port()
    log = home / LOG
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "cauce.cli", "serve", "--port", str(port), "--workers", "1"],
            env=environment(home), cwd=ROOT, stdout=output, stderr=subprocess.STDOUT,
        )  # fmt: skip
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{address}/cuenta/entrar/", server, log)
        yield Site(address, home, json.loads((home / "index.json").read_text()))
    finally:
        server.terminate()
        server.wait(timeout=20)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(url: str, server: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until:
        if server.poll() is not None:
            pytest.fail(f"The server ended: {log.read_text()[-3000:]}")
        try:
            urllib.request.urlopen(url, timeout=10).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(f"No answer in {START} s: {log.read_text()[-3000:]}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not Path(CHROMIUM).exists():
        pytest.fail("The browser tests need Chromium: apt-get install chromium, or set CAUCE_CHROMIUM.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGS)
        yield browser
        browser.close()


class Complaints(list[str]):
    """What a page says to the console: errors, exceptions, and what the security policy stopped."""

    def listen(self, page: Page) -> None:
        page.on("console", lambda said: self.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: self.append(str(error)))


@pytest.fixture
def complaints() -> Complaints:
    """What the console of all pages of a test said; a test that provokes something clears it."""
    return Complaints()


@pytest.fixture
def opened(browser, site, complaints) -> Iterator[Callable[..., Page]]:
    """``opened("ana", PHONE)``: a page of Ana's, signed in; ``opened()`` is a stranger's.

    What the console complains of, and errors in the server's log, fail the test.
    """
    contexts: list[BrowserContext] = []

    def make(who: str = "", size: dict = DESK, language: str = "es-MX", **options) -> Page:
        if who and who not in site.states:
            site.states[who] = signed_in(browser, site, who)
        context = browser.new_context(
            base_url=site.address, viewport=size, locale=language, storage_state=site.states.get(who) if who else None,
            timezone_id="America/Mexico_City", **options,
        )  # fmt: skip
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        complaints.listen(page)
        return page

    yield make
    for context in contexts:
        context.close()
    said = site.said()
    assert "Traceback" not in said, said[-3000:]
    assert not complaints, complaints


def sign_in(page: Page, who: str) -> None:
    """By hand, on the sign-in page."""
    page.goto("/cuenta/entrar/")
    page.get_by_label("Usuario").fill(who)
    page.get_by_label("Contraseña", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    expect(page.locator("#menu")).to_be_attached()


def sign_out(page: Page) -> None:
    """By hand, from the person's menu at the top."""
    page.locator("details.person summary").click()
    page.locator("details.person").get_by_role("button", name="Cerrar sesión").click()
    expect(page.get_by_role("button", name="Entrar")).to_be_visible()


def signed_in(browser: Browser, site: Site, who: str) -> dict:
    """Cookies of a signed-in person, kept for the other pages of the module."""
    context = browser.new_context(base_url=site.address, locale="es-MX")
    sign_in(context.new_page(), who)
    state = context.storage_state()
    context.close()
    return state
