"""Reads the tables of the specs into facts, and renders the specs as the methodology annex."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from datetime import date
from typing import Any

from cauce import mission
from cauce.disclosure.released import UNKNOWN
from cauce.figures.wording import explain
from cauce.kernel.facts import LIST_COLUMNS, Fact
from cauce.mission import Mission
from cauce.mission.definition import FigureDefinition
from tests.spec.figures import SPECS, Spec

WIDTH = 120


def rows(spec: Spec) -> Iterator[tuple[bool, dict[str, str]]]:
    """The lines of a spec's table: whether it counts, and its cells by column."""
    lines = [line for line in textwrap.dedent(spec.facts).splitlines() if line.strip()]
    names = [name.strip() for name in lines[0].replace("*", " ").split("|")]
    for line in lines[1:]:
        cells = [cell.strip() for cell in line.replace("*", " ", 1).split("|")]
        yield line.lstrip().startswith("*"), dict(zip(names, cells, strict=True))


def facts(spec: Spec, definition: FigureDefinition) -> list[Fact]:
    """The facts of a spec; what its table does not say is filled with something that does not count."""
    return [_fact(cells, number, definition) for number, (_counts, cells) in enumerate(rows(spec))]


def _fact(cells: dict[str, str], number: int, definition: FigureDefinition) -> Fact:
    day = date.fromisoformat(cells["date"])
    whole: dict[str, Any] = {
        "kind": definition.kinds[0],
        "subject": f"subject-{number}",
        "office": "TIJ",
        "source_room": "spec",
        "source_id": str(number),
        "until": day,
    }
    for name, cell in cells.items():
        value: Any = None if cell == "-" else cell
        if name in LIST_COLUMNS:
            value = tuple(part.strip() for part in cell.split(",")) if value else ()
        elif name == "date":
            value = day
        elif name == "quantity":
            value = int(cell)
        elif name == "consented":
            value = cell == "yes"
        whole[name] = value
    return Fact(**whole)


def render(which: Mission) -> str:
    """The methodology annex: every declared figure in words, with the examples that are its tests."""
    parts = [_HEAD]
    for figure in which.figures.values():
        parts.append(_section(figure, which))
        parts += [_example(spec) for spec in SPECS if spec.figure == figure.key]
    return "\n".join(parts)


_HEAD = """# Methodology: how each figure counts

Rendered from the definitions and from the specification tests (`tests/spec`); a test holds this page to them. In the
examples a line marked ● is what makes the figure grow: it counts, and is the first that carries its person, case or
place.
"""


def _section(figure: FigureDefinition, which: Mission) -> str:
    words = explain(figure, which, "en")
    lines = [
        f"## {figure.label.get('en')}",
        "",
        f"`{figure.key}` · version {figure.version} · counts: {figure.unit.value}",
        "",
    ]
    lines.append(f"Spanish: {figure.label.get('es')}.")
    lines.append("")
    lines += [f"- {sentence}" for sentence in words.sentences]
    if words.cuts:
        lines.append(f"- Broken down by: {', '.join(cut.lower() for cut in words.cuts)}.")
    for share in figure.shares:
        lines.append(f"- `{share.key}`: {share.label.get('en')}, in per cent; the parts add up to 100.")
    for rule in figure.must_hold:
        sign = "=" if rule.relation == "equal" else "≤"
        lines.append(
            f"- Must hold: {' + '.join(rule.left)} {sign} {' + '.join(rule.right)}. {rule.note.get('en')}".rstrip()
        )
    if figure.never_add:
        lines.append(f"- Never added to: {', '.join(figure.never_add)}.")
    return "\n".join(lines) + "\n"


def _example(spec: Spec) -> str:
    table = list(rows(spec))
    names = list(table[0][1])
    lines = [f"**{spec.title}.**", "", f"|   | {' | '.join(names)} |", "|---" * (len(names) + 1) + "|"]
    lines += [f"| {'●' if counts else ' '} | {' | '.join(cells.values())} |" for counts, cells in table]
    result = f"Over {spec.period}: **{spec.value}**"
    if spec.cut:
        cells = ", ".join(f"{code} {value}" for code, value in spec.cells)
        result += f"; by {spec.cut}: {cells}"
    if spec.left_out:
        result += f"; without consent, left out of the cut: {spec.left_out}"
    return "\n".join([*lines, "", f"{result}.", ""])


def code_of(codes: tuple[str | None, ...]) -> str:
    return "/".join(code or UNKNOWN for code in codes)


if __name__ == "__main__":
    import sys

    sys.stdout.write(render(mission.current()))
