"""How pages behave under people's hands: keyboard, leaving fast, the lock, two clicks, two languages, codes."""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser import looking
from tests.browser.conftest import DESK, PHONE, Site, sign_in, sign_out
from tests.browser.pages import Opened
from tests.cast import PASSWORD

pytestmark = pytest.mark.browser

# The element that has the keyboard, whether one sees it, and whether it is the page's one solid button.
FOCUSED = """() => {
  const e = document.activeElement, look = getComputedStyle(e), box = e.getBoundingClientRect();
  const ringed = look.outlineStyle !== 'none' && parseFloat(look.outlineWidth) >= 2;
  const within = [...document.querySelectorAll(':focus-within')].some((each) => {
    const its = getComputedStyle(each);
    return each !== document.body && its.outlineStyle !== 'none' && parseFloat(its.outlineWidth) >= 2;
  });
  return {
    words: e.outerHTML.slice(0, 120),
    seen: (ringed || within) && box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    main: e.matches('main .primary'),
    end: e === document.body,
  };
}"""


@pytest.mark.parametrize(
    ("who", "name"),
    [("ana", "desk:home"), ("ana", "people:register"), ("ana", "protection:case"), ("ana", "protection:open"),
     ("trainer", "activities:event"), ("info", "capture:new"), ("info", "editions:edition"), ("monitor", "assistance:support_new")],
    ids=str,
)  # fmt: skip
def test_tab_reaches_the_main_action_and_focus_is_seen(opened, site, who, name):
    page = opened(who)
    page.goto(Opened(name, who).address(site.made))
    unseen, reached = [], False
    for _step in range(150):
        page.keyboard.press("Tab")
        focused = page.evaluate(FOCUSED)
        if focused["end"]:
            break
        if not focused["seen"]:
            unseen.append(focused["words"])
        if reached := reached or focused["main"]:
            break
    assert reached, "the keyboard does not reach the main action"
    assert unseen == []


def test_the_keyboard_jumps_over_the_navigation(opened):
    page = opened("ana")
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Saltar al contenido")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("main")).to_be_focused()


def neutral(route: Route) -> None:
    route.fulfill(content_type="text/html", body="<!doctype html><title>Otra página</title>")


@pytest.mark.parametrize("way", ["button", "keys"])
def test_quick_exit_leaves_nothing_behind(opened, site, way):
    page = opened()
    sign_in(page, "berta")
    page.route("https://www.wikipedia.org/**", neutral)
    page.goto("/personas/")
    if way == "button":
        page.get_by_role("link", name="Salir rápido").click()
    else:
        for _time in range(3):
            page.keyboard.press("Shift")
    expect(page).to_have_url("https://www.wikipedia.org/")
    page.go_back()
    expect(page).not_to_have_url(re.compile("/personas/"))
    page.goto("/personas/")
    expect(page.get_by_role("heading", name="Pantalla bloqueada")).to_be_visible()


def test_a_page_left_alone_warns_and_then_locks(opened, site):
    page = opened()
    sign_in(page, "ana")
    page.clock.install()
    address = Opened("protection:case", "ana").address(site.made)
    page.goto(address)
    warning = page.get_by_role("alertdialog", name="La pantalla se va a bloquear")
    page.clock.fast_forward("14:30")
    expect(warning).to_be_visible()
    page.get_by_role("button", name="Seguir aquí").click()
    expect(warning).to_be_hidden()
    page.clock.fast_forward("14:30")
    expect(warning).to_be_visible()
    page.clock.fast_forward("01:00")
    expect(page.get_by_role("heading", name="Pantalla bloqueada")).to_be_visible()
    assert looking_good(page) == []
    page.goto(address)
    expect(page.get_by_role("heading", name="Pantalla bloqueada")).to_be_visible()
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Continuar").click()
    expect(page).to_have_url(re.compile(re.escape(address)))


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_two_clicks_on_register_record_one_person(opened, scripts):
    name = "Gumersinda" if scripts else "Hermenegilda"
    page = opened("ana", java_script_enabled=scripts)
    page.goto("/personas/registrar/")
    main = page.get_by_role("main")
    main.get_by_label("Nombres").fill(name)
    main.get_by_label("Apellidos").fill("Tzuc")
    main.get_by_role("button", name="Buscar").click()
    page.get_by_role("button", name="Registrar a esta persona").click()
    main.get_by_role("radio", name="Mujer").check()
    for question in ("¿Acepta que guardemos sus datos", "¿Acepta que le contemos"):
        main.get_by_role("group", name=question).get_by_role("radio", name="Sí, acepta").check()
    main.get_by_role("button", name="Registrar persona").click(click_count=2, no_wait_after=True)
    expect(page.get_by_role("heading", name="Persona registrada", level=1)).to_be_visible()
    page.goto("/buscar/")
    page.get_by_role("main").get_by_role("searchbox").fill(f"{name} Tzuc")
    page.get_by_role("main").get_by_role("button", name="Buscar").click()
    expect(page.get_by_role("main").get_by_role("link", name=f"{name} Tzuc")).to_have_count(1)


def test_the_shell_works_in_english_and_goes_back_to_spanish(opened):
    page = opened("ana")
    page.goto("/personas/registrar/")
    page.locator("details.language summary").click()
    page.locator("details.language").get_by_role("button", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_url(re.compile("/personas/registrar/$"))
    assert looking_good(page) == []
    for address in ("/", "/proteccion/", "/cifras/", "/accesos/mi-cuenta/"):
        assert page.goto(address).status == 200
        assert looking_good(page) == []
    page.locator("details.language summary").click()
    page.locator("details.language").get_by_role("button", name="Español").click()
    expect(page.locator("html")).to_have_attribute("lang", "es")


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_pages_of_what_went_wrong_say_what_to_do(opened, complaints, size):
    for who in ("ana", ""):
        page = opened(who, size)
        assert page.goto("/no-existe/").status == 404
        assert looking_good(page) + looking.english(page) == []
    page = opened("ana", size)
    assert page.goto("/bitacora/").status == 403
    assert looking_good(page) + looking.english(page) == []
    assert all(said.startswith("Failed to load resource") for said in complaints)
    complaints.clear()


def test_one_time_codes_from_switching_on_to_signing_in(opened, site):
    page = opened()
    sign_in(page, "press")
    page.goto("/cuenta/codigos/")
    assert looking_good(page) + looking.english(page) == []
    page.get_by_role("main").get_by_role("link", name="Activar").click()
    expect(page.get_by_role("heading", name="Confirme que es usted")).to_be_visible()
    assert looking_good(page) + looking.english(page) == []
    page.get_by_label("Contraseña", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Confirmar").click()
    assert looking_good(page) + looking.english(page) == []
    secret = page.locator("main code").inner_text().strip()
    page.get_by_role("main").get_by_role("textbox").fill(code_of(secret))
    page.get_by_role("button", name="Activar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(re.compile("Códigos"))
    assert looking_good(page) + looking.english(page) == []
    page.goto("/cuenta/codigos/respaldo/")
    backup = page.locator("main code").first.inner_text()
    assert looking_good(page) + looking.english(page) == []
    sign_out(page)
    page.get_by_label("Usuario").fill("press")
    page.get_by_label("Contraseña", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    expect(page.get_by_role("heading", name="Código de un solo uso")).to_be_visible()
    assert looking_good(page) + looking.english(page) == []
    page.get_by_role("main").get_by_role("textbox").fill(backup)
    page.get_by_role("button", name="Entrar").click()
    expect(page.locator("#menu")).to_be_attached()
    page.goto("/cuenta/codigos/respaldo/nuevos/")
    assert looking_good(page) + looking.english(page) == []
    page.goto("/cuenta/codigos/desactivar/")
    assert looking_good(page) + looking.english(page) == []


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def looking_good(page: Page) -> list[str]:
    looking.inject_axe(page)
    return looking.axe(page) + looking.sticks_out(page)


PLANTED = {
    "axe": '<img src="data:," ><main><h1>Hoy</h1></main>',
    "sticks out": '<main><h1>Hoy</h1><p class="wide">Ancho</p></main>',
    "cut": '<main><h1 class="short">Una palabra larguísima</h1></main>',
    "English": '<main><h1>Hoy</h1><button title="Save">Guardar</button></main>',
    "at 200 %": '<main><h1>Hoy</h1><p class="grows">Crece</p></main>',
}


@pytest.mark.parametrize("fault", PLANTED)
def test_each_look_finds_its_planted_fault(browser: Browser, site: Site, fault):
    page = browser.new_page(viewport=PHONE)
    style = (
        ".wide { width: 500px } .short { width: 60px; overflow: hidden; white-space: nowrap } .grows { width: 15rem }"
    )
    page.set_content(f'<html lang="es"><head><title>Hoy</title><style>{style}</style></head><body>{PLANTED[fault]}')
    looking.inject_axe(page)
    found = looking.axe(page) + looking.sticks_out(page) + looking.english(page) + looking.at_double_size(page)
    page.close()
    assert found and all(each.startswith(fault) or fault in each for each in found), found
