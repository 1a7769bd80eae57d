"""Every page, at a desk and on a phone: accessible, whole, Spanish, light, and silent in the console."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page, expect

from tests.browser import looking
from tests.browser.conftest import DESK, PHONE, Complaints, signed_in
from tests.browser.pages import IN_STEPS, NO_PAGE, POSTED, RECORDS, WHO, Opened, addresses, pages

pytestmark = pytest.mark.browser
HEAVY = 100_000  # bytes transferred when the common files are already on the phone


class Visit:
    """One person's browser: a page kept open, what its console says, and the bytes it took."""

    def __init__(self, page: Page) -> None:
        self.page, self.complaints, self.bytes = page, Complaints(), 0
        self.complaints.listen(page)
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._count)

    def _count(self, event: dict) -> None:
        self.bytes += event["encodedDataLength"]


@pytest.fixture(scope="module")
def visit(browser, site):
    """``visit("ana")``: Ana's browser, signed in, with the common files already fetched."""
    visits: dict[str, Visit] = {}

    def of(who: str) -> Visit:
        if who not in visits:
            state = signed_in(browser, site, who) if who else None
            context = browser.new_context(
                base_url=site.address, viewport=DESK, locale="es-MX", storage_state=state, reduced_motion="reduce"
            )
            visits[who] = Visit(context.new_page())
            visits[who].page.goto("/" if who else "/cuenta/entrar/")
            if who == "admin":
                elevate(visits[who].page)
        return visits[who]

    yield of
    for each in visits.values():
        each.page.context.close()


def elevate(page: Page) -> None:
    """An administrator changes accounts only in an elevated session, with a reason."""
    page.goto("/accesos/elevar/")
    page.get_by_role("main").get_by_role("textbox").fill("Alta de la cuenta de una colega")
    page.get_by_role("button", name="Iniciar").click()
    expect(page.get_by_text("Sesión elevada", exact=True)).to_be_visible()


def test_every_address_has_its_page():
    known = addresses()
    named = {name for name, pattern in known.items() if pattern.pattern.converters}
    assert named - set(RECORDS) - POSTED - NO_PAGE == set(), "an address without a record in tests/browser/pages.py"
    assert (set(RECORDS) | set(WHO) | POSTED | NO_PAGE | IN_STEPS) - set(known) == set(), "a line without an address"


def dead_ends(page: Page) -> list[str]:
    """Links to addresses that only take what a form sends, or to none at all."""
    links = page.locator("a[href^='/']").evaluate_all("(all) => all.map((one) => one.getAttribute('href'))")
    found = []
    for link in sorted({link.partition("?")[0].partition("#")[0] for link in links}):
        try:
            if resolve(link).view_name in POSTED:
                found.append(f"a link to a form's address: {link}")
        except Resolver404:
            found.append(f"a link to nowhere: {link}")
    return found


@pytest.mark.parametrize("opened", pages(), ids=str)
def test_page(visit: Callable[[str], Visit], site, opened: Opened):
    one = visit(opened.who)
    one.page.set_viewport_size(DESK)
    one.complaints.clear()
    one.bytes = 0
    answer = one.page.goto(opened.address(site.made))
    assert answer is not None and answer.status == 200, answer and answer.status
    assert one.page.url.startswith(f"{site.address}{opened.address(site.made)}"), one.page.url
    found = [f"{one.bytes} bytes"] if one.bytes > HEAVY else []
    found += dead_ends(one.page)
    looking.inject_axe(one.page)
    found += looking.axe(one.page) + looking.sticks_out(one.page) + looking.english(one.page)
    found += looking.at_double_size(one.page)
    one.page.set_viewport_size(PHONE)
    found += [f"on a phone, {each}" for each in looking.axe(one.page) + looking.sticks_out(one.page)]
    said = site.said()
    if found := [*found, *one.complaints, *([said[-2000:]] if "Traceback" in said else [])]:
        pytest.fail("\n".join(found), pytrace=False)
