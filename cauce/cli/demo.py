"""``cauce demo``: the whole demonstration, from an empty folder to a printed edition and a running server."""

from __future__ import annotations

import shutil
import time
from datetime import date
from pathlib import Path
from typing import Annotated
from uuid import uuid4

import typer
from django.conf import settings
from django.db import connections
from django.utils.translation import gettext_lazy as _

from cauce.access import actions as access
from cauce.access import demo as accounts
from cauce.access.queries import viewer_of
from cauce.access.viewer import Viewer
from cauce.cli import imports, serve, setup
from cauce.cli.console import bar, say
from cauce.cli.people import acting
from cauce.editions import actions as editions
from cauce.editions import queries
from cauce.editions.build import build_outputs
from cauce.editions.enums import State
from cauce.editions.models import Edition
from cauce.facts.refresh import refresh
from cauce.kernel.periods import Period
from cauce.kernel.problems import Problem
from cauce.mission.package import current as current_mission
from cauce.records.models import Batch
from cauce.records.programmes import actions as programmes
from cauce.records.programmes.models import Response
from cauce.simulator import present
from cauce.simulator.present import editions as present_editions
from cauce.simulator.present import imports as present_imports
from cauce.simulator.year import WORKBOOKS, write_year, written

REPORT, YEAR = "en-cifras", "2022"
# What the mission answered in the simulated year (code, name, English name, first and last day).
RESPONSES = (
    ("covid19", "COVID-19", "COVID-19", date(2020, 3, 30), date(2023, 5, 9)),
    ("mpp", "Protocolos de Protección a Migrantes (MPP)", "Migrant Protection Protocols (MPP)", date(2021, 12, 6), date(2022, 8, 31)),
    ("title42", "Ampliación del Título 42", "Extension of Title 42", date(2022, 10, 12), date(2023, 5, 11)),
)  # fmt: skip


def demo(
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Terminar antes de servir")] = False,
    fresh: Annotated[bool, typer.Option("--fresh", help="Empezar de nuevo, con una demostración vacía")] = False,
    port: Annotated[int, typer.Option(help="Puerto en el que se sirve")] = 8000,
    out: Annotated[Path, typer.Option(help="Carpeta de la edición")] = Path("out/mexico-2022"),
) -> None:
    """Prepara la demostración: un año simulado, importado como lo haría una misión, y su edición impresa."""
    _check_demo()
    began = time.monotonic()
    if fresh:
        _begin_again()
    setup.prepare()
    _make_accounts()
    _register_responses()
    _load_year()
    _live_today()
    with bar("Hechos") as tell:
        refresh(lambda done, of, what: tell(done, of, what))
    edition = _publish()
    with bar("Otras ediciones"):
        present_editions.editions(loader())
    build_outputs(edition, out, progress=lambda _name: None)
    _say_where(edition, out)
    say(f"Listo en {time.monotonic() - began:.0f} s.")
    if no_serve:
        return
    _say_accounts()
    serve.serve(port=port)


def _check_demo() -> None:
    if not settings.CAUCE_DEMO:
        raise Problem(
            "cli.not_demo",
            _("Esta instalación no es una demostración, y no se llena con datos simulados."),
            fix=_("Use script/demo, que prepara una aparte."),
        )


def _begin_again() -> None:
    """Remove the demonstration's own folder; a real installation never comes here."""
    connections.close_all()
    home = Path(settings.HOME)
    if home.exists():
        shutil.rmtree(home)
    home.mkdir(parents=True, mode=0o700)


def _make_accounts() -> None:
    for each in accounts.ACCOUNTS:
        access.create_demo_user(
            username=each.username,
            full_name=each.full_name,
            office=each.office,
            roles=each.roles,
            password=accounts.PASSWORD,
        )


def _register_responses() -> None:
    """The three responses of the year, with the days they began and ended."""
    known = set(Response.objects.live().values_list("code", flat=True))
    for code, name, name_en, began, ended in RESPONSES:
        if code not in known:
            programmes.register_response(
                code=code, name=name, name_en=name_en, start=began, end=ended, by=loader(), capture=uuid4()
            )


def loader() -> Viewer:
    """Who loads the year: the information officer's rights with those of both vaults' specialists."""
    return viewer_of(
        id="demo",
        name="Carga de la demostración",
        office="MEX",
        roles=("information_officer", "gbv_specialist", "child_protection"),
        is_command=True,
    )


def _load_year() -> None:
    folder = Path(settings.HOME) / "workbooks"
    # Once written they stay: an import that was interrupted goes on with the very same file.
    paths = written(folder)
    if not paths:
        with bar("Libros simulados", len(WORKBOOKS)) as tell:
            paths = write_year(folder, Path(settings.MISSION), tell=lambda done, name: tell(done, None, name))
    viewer = loader()
    for path in paths:
        if Batch.objects.filter(filename=path.name, state=Batch.State.COMPLETE).exists():
            continue
        batch = imports.load(path, viewer)
        if batch.state != Batch.State.COMPLETE:
            imports.report(batch)
            raise Problem(
                "cli.demo_refused",
                _("El libro simulado %(name)s tiene filas que el sistema rechaza."),
                fix=_("Es un defecto del simulador: avise a quienes mantienen Cauce."),
                name=path.name,
            )


def _live_today() -> None:
    """The last weeks, as the colleagues' own work: what home pages show."""
    with bar("Semanas recientes", 2) as tell:
        present.work(loader())
        tell(1, None, "Archivos de las oficinas")
        present_imports.imports(Path(settings.HOME) / "workbooks" / "recientes", loader())


def _publish():
    """Luis prepares the edition and asks for review; Jimena approves it. Done once."""
    period = Period.parse(YEAR)
    declared = current_mission().reports[REPORT]
    key = editions.key_of(declared, period)
    published = queries.published().filter(key=key).first()
    if published is not None:
        return published
    luis, jimena = acting("luis"), acting("jimena")
    # One that was left half-way when the process died is taken to its end; a second one is not made.
    edition = Edition.objects.live().filter(key=key).order_by("sequence").first() or editions.draft(
        REPORT, period, by=luis
    )
    if edition.state == State.DRAFT:
        edition = editions.request_review(edition, by=luis)
    if edition.state == State.IN_REVIEW:
        edition = editions.approve(edition, by=jimena)
    return editions.publish(edition, by=jimena)


def _say_where(edition: object, out: Path) -> None:
    say(f"Edición publicada: {edition}")
    for path in sorted(out.iterdir()):
        say(f"  {path}")


def _say_accounts() -> None:
    say("\nCuentas de la demostración (contraseña de todas: «" + accounts.PASSWORD + "»):")
    for each in accounts.ACCOUNTS:
        say(f"  {each.username:<8} {each.full_name:<32} {each.role}")
    say("")


def add_to(app: typer.Typer) -> None:
    app.command()(demo)
