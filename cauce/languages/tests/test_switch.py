"""The language switch of the top bar."""

import pytest

pytestmark = pytest.mark.django_db


def test_who_switches_to_english_reads_english_from_then_on(cast):
    browser = cast.client("ana")
    assert "Cerrar sesión" in browser.get("/").content.decode()

    browser.post("/idioma/", {"language": "en", "next": "/"})

    page = browser.get("/").content.decode()
    assert "Sign out" in page
    assert "Cerrar sesión" not in page
    assert '<html lang="en"' in page


def test_the_switch_works_before_signing_in(client):
    client.post("/idioma/", {"language": "en", "next": "/cuenta/entrar/"})

    assert "Forgotten your password?" in client.get("/cuenta/entrar/").content.decode()


def test_the_sign_in_page_is_spanish_whatever_the_browser_prefers(client):
    assert '<html lang="es"' in client.get("/cuenta/entrar/").content.decode()
