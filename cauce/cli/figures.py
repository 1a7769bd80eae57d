"""``cauce figures``: the figures of a period in the terminal, through the same gate as everywhere."""

from __future__ import annotations

from typing import Annotated

import typer
from django.utils.translation import gettext_lazy as _

from cauce.cli.console import bar, say
from cauce.cli.ready import check_installed
from cauce.disclosure.profiles import Profile
from cauce.disclosure.release import release
from cauce.facts.refresh import rebuild as rebuild_facts
from cauce.facts.refresh import refresh
from cauce.kernel.periods import Period
from cauce.kernel.problems import Problem
from cauce.languages.numbers import format_number
from cauce.mission.package import current as current_mission
from cauce.ui.formatting import house_style

group = typer.Typer(help="Cifras de la misión.", no_args_is_help=True)


def period_of(text: str) -> Period:
    """A period as people write it; Problem with the accepted forms otherwise."""
    try:
        return Period.parse(text)
    except ValueError:
        raise Problem(
            "cli.period",
            _("«%(text)s» no es un periodo."),
            fix=_("Escriba 2022, 2022-Q4, 2022-03 o 2022-01-15..2022-03-31."),
            text=text,
        ) from None


@group.command("list")
def list_figures(
    period: Annotated[str, typer.Option(help="2022, 2022-Q4, 2022-03 o un intervalo")],
    profile: Annotated[Profile, typer.Option(help="Para quién")] = Profile.PUBLIC,
    office: Annotated[str | None, typer.Option(help="Solo una oficina")] = None,
) -> None:
    """Todas las cifras de un periodo, con sus porcentajes."""
    check_installed()
    when = period_of(period)
    refresh()
    for definition in current_mission().figures.values():
        released = release(definition, when, profile=profile, office=office)
        value = released.cell.value
        said = format_number(value, house_style(), lang="es") if value is not None else str(released.cell)
        say(f"{said:>14}  {definition.label}  [{definition.key}]")
        for share in released.shares:
            said = f"{share.cell.value}%" if share.cell.value is not None else str(share.cell)
            say(f"{said:>14}    {share.share.label}")


@group.command()
def rebuild() -> None:
    """Rehace los hechos desde los registros; no se pierde nada."""
    check_installed()
    with bar("Hechos") as tell:
        months = rebuild_facts(lambda done, of, what: tell(done, of, what))
    say(f"{months} meses de hechos escritos.")


def add_to(app: typer.Typer) -> None:
    app.add_typer(group, name="figures")
