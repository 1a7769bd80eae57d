"""The pictures of the README and of docs/explanation/images, taken from the demonstration.

    script/demo --no-serve
    .venv/bin/python docs/screenshots.py            # or with other folders: --home var/demo --out out/mexico-2022

A copy of the demonstration is served and used by hand; the demonstration itself stays as it is. Look at
every picture at full size before you commit it.
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from cauce.access.demo import PASSWORD

ROOT = Path(__file__).resolve().parents[1]
IMAGES = ROOT / "docs" / "explanation" / "images"
CHROMIUM = os.environ.get("CAUCE_CHROMIUM", "/usr/bin/chromium")
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
SMALL, LARGE = 200_000, 400_000  # bytes a screenshot, and a printed page, may have

# A list as a shelter sends it: two good rows, and mistakes that the dry run explains.
ROSTER = """Fecha de registro,Nombres,Primer apellido,Segundo apellido,Sexo,Edad estimada,Nacionalidad,Consentimiento para servicios
04/11/2022,Keyla Sarahí (simulada),Maradiaga,Cruz,Mujer,24,Honduras,Sí
04/11/2022,Wislande (simulada),Joseph,,Mujer,31,Haití,Sí
31/11/2022,Brayan (simulado),Tejada,Solís,Hombre,19,El Salvador,Sí
05/11/2022,,,,Hombre,27,Guatemala,Sí
05/11/2022,Nohemí (simulada),Caal,Pop,Mujer,veinte,Guatemala,Sí
06/11/2022,Elías (simulado),Rojas,Parra,Hombre,42,Venesuela,Sí
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=ROOT / "var" / "demo", help="the demonstration's CAUCE_HOME")
    parser.add_argument("--out", type=Path, default=ROOT / "out" / "mexico-2022", help="its edition")
    parser.add_argument("--monitoring", type=Path, default=ROOT / "out" / "flow-monitoring", help="the other report")
    parser.add_argument("--images", type=Path, default=IMAGES)
    given = parser.parse_args()
    given.images.mkdir(parents=True, exist_ok=True)
    with served(given.home) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name, take in PICTURES.items():
            page = take(browser, address)
            save(page, given.images / f"{name}.png")
            page.context.close()
        browser.close()
    for folder, name in ((given.out, "infographic"), (given.monitoring, "flow-monitoring")):
        if (folder / "infographic.png").exists():
            reduce(folder / "infographic.png", given.images / f"{name}.png")


@contextmanager
def served(home: Path) -> Iterator[str]:
    """The address of a copy of the demonstration."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "demo"
        shutil.copytree(home, copy)
        server = subprocess.Popen(
            [sys.executable, "-m", "cauce.cli", "serve", "--port", str(port), "--workers", "1"],
            env=os.environ | {"CAUCE_HOME": str(copy), "CAUCE_DEMO": "1"}, cwd=ROOT,
        )  # fmt: skip
        address = f"http://127.0.0.1:{port}"
        try:
            for _try in range(300):
                try:
                    urllib.request.urlopen(address, timeout=10).close()
                    break
                except OSError:
                    time.sleep(0.2)
            yield address
        finally:
            server.terminate()
            server.wait()


def as_(browser: Browser, address: str, who: str, size: dict = DESK) -> Page:
    """A page of a signed-in colleague, past the greeting."""
    context = browser.new_context(
        base_url=address, viewport=size, locale="es-MX", timezone_id="America/Mexico_City", reduced_motion="reduce",
        device_scale_factor=2 if size is PHONE else 1,
    )  # fmt: skip
    page = context.new_page()
    page.goto("/cuenta/entrar/")
    page.get_by_label("Usuario").fill(who)
    page.get_by_label("Contraseña", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    page.locator("#menu").wait_for(state="attached")
    page.goto("/")
    return page


def home(browser: Browser, address: str) -> Page:
    return as_(browser, address, "ana")


def register(browser: Browser, address: str) -> Page:
    """Search before create: somebody resembles."""
    page = as_(browser, address, "ana", PHONE)
    page.goto("/personas/")
    # A reserved name stands for itself alone: the first person of the list who has one to show.
    name = page.locator("main .listing td.is-lead", has_text="(simulad").first.inner_text()
    words = [word for word in name.split() if "(simulad" not in word]
    page.goto("/personas/registrar/")
    main = page.get_by_role("main")
    main.get_by_label("Nombres").fill(words[0])
    main.get_by_label("Apellidos").fill(" ".join(words[-2:]))
    main.get_by_role("button", name="Buscar").click()
    page.get_by_role("heading", level=2).first.wait_for()
    return page


def case(browser: Browser, address: str) -> Page:
    """Of the cases that come first, the one of which most is to be told."""
    page = as_(browser, address, "ana")
    page.goto("/proteccion/")
    lengths = {}
    for link in page.locator("main .listing tbody td:first-child a").evaluate_all("(all) => all.map((a) => a.href)"):
        page.goto(link)
        lengths[link] = page.locator(".timeline .event").count()
    page.goto(max(lengths, key=lengths.__getitem__))
    return page


def attendance(browser: Browser, address: str) -> Page:
    """A list being taken: the newest event that is open and has somebody on its list."""
    page = as_(browser, address, "tere", PHONE)
    page.goto("/actividades/")
    links = page.locator("main .listing tbody td:first-child a").evaluate_all("(all) => all.map((a) => a.href)")
    for link in links:
        page.goto(f"{link}asistencia/")
        if page.locator(".attend button").count() > 3:
            break
    page.locator(".attend").first.scroll_into_view_if_needed()
    return page


def figure(browser: Browser, address: str) -> Page:
    page = as_(browser, address, "luis")
    page.goto("/cifras/protection.cases/?periodo=2022")
    return page


def edition(browser: Browser, address: str) -> Page:
    page = as_(browser, address, "jimena")
    page.goto("/ediciones/")
    page.get_by_role("link", name="México en cifras").first.click()
    page.locator(".ed-preview").first.wait_for()
    page.wait_for_function("() => [...document.images].every((each) => each.complete)")
    return page


def dry_run(browser: Browser, address: str) -> Page:
    page = as_(browser, address, "luis")
    page.goto("/captura/importaciones/nueva/")
    page.locator("input[type=file]").set_input_files(
        {"name": "albergue-noviembre.csv", "mimeType": "text/csv", "buffer": ROSTER.encode()}
    )
    page.get_by_role("main").locator("button.primary").click()
    page.get_by_text("Rechazad").first.wait_for(timeout=60_000)
    return page


def audit(browser: Browser, address: str) -> Page:
    page = as_(browser, address, "delia")
    page.goto("/bitacora/")
    return page


PICTURES = {
    "home": home, "register-phone": register, "attendance-phone": attendance, "case-file": case, "figures": figure,
    "edition-desk": edition, "import-dry-run": dry_run, "audit": audit,
}  # fmt: skip


def save(page: Page, path: Path) -> None:
    """What the screen shows, in as many colours as it needs."""
    page.mouse.move(0, 0)
    page.screenshot(path=path)
    with Image.open(path) as taken:
        write(taken.convert("RGB"), path, SMALL)


def reduce(source: Path, path: Path) -> None:
    """A printed page at reading size."""
    with Image.open(source) as page:
        image = page.convert("RGB")
    image.thumbnail((1400, 2000), Image.Resampling.LANCZOS)
    write(image, path, LARGE)


def write(image: Image.Image, path: Path, limit: int) -> None:
    """The most colours of a palette that stay under the limit; smaller when none do."""
    for colours in (256, 128, 64):
        image.quantize(colours, dither=Image.Dither.NONE).save(path, optimize=True)
        if path.stat().st_size <= limit:
            return
    write(image.resize((image.width * 4 // 5, image.height * 4 // 5), Image.Resampling.LANCZOS), path, limit)


if __name__ == "__main__":
    main()
