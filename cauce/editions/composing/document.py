"""The whole document: cover, pages, method note, the mark of a demonstration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _

from cauce.editions import document as doc
from cauce.editions.composing.blocks import block_node
from cauce.editions.composing.geography import place_map
from cauce.editions.composing.look import Look, accent_of
from cauce.editions.values import Values
from cauce.kernel.periods import Period
from cauce.languages import dates
from cauce.ui import maps

CREDITS_ICONS = "Natural Earth · OCHA"


@dataclass(frozen=True, slots=True)
class Standing:
    """What an edition's print says of its own state; it may change while the values never do."""

    fingerprint: str
    published: date | None = None
    draft: bool = False
    withdrawn: bool = False
    address: str = ""


def compose(values: Values, standing: Standing) -> doc.Document:
    """The print document of frozen values; equal values and standing give equal documents."""
    about = values.about
    look = Look(values, about.language)
    with translation.override(about.language):
        return doc.Document(
            title=f"{about.title} {period_words(about.period, about.language)}",
            author=about.mission_name,
            keywords=(about.key, about.profile),
            language=about.language,
            region="MX" if about.language == "es" else "",
            paper=look.page["paper"],
            density=look.page["density"],
            running=f"{about.title} · {period_words(about.period, about.language)}",
            footer=_footer(values, standing),
            simulated=_mark(values, standing),
            words={"withheld": _("reservado"), "page": _("Página")},
            accents={
                **{key: accent_of(chapter["accent"]) for key, chapter in look.report["chapters"].items()},
                "coordination": accent_of(look.report["chapters"]["coordination"]["accent"]),
            },
            cover=_cover(look),
            pages=tuple(
                doc.Page(gap=page["gap"], children=tuple(_node(look, each, standing) for each in page["children"]))
                for page in look.page["pages"]
            ),
        )


def period_words(period: str, language: str) -> str:
    """``2022``, ``octubre a diciembre de 2022``, or the two days."""
    span = Period.parse(period)
    if span == Period.year(span.start.year):
        return str(span.start.year)
    months = list(span.months())
    if (months[0].start, months[-1].end) == (span.start, span.end):
        first, last = (dates.month_name(month.start.month, language) for month in (months[0], months[-1]))
        if first == last:
            return f"{first} {span.end.year}"
        return (
            f"{first}–{last} {span.end.year}"
            if span.start.year == span.end.year
            else (f"{first} {span.start.year}–{last} {span.end.year}")
        )
    first, last = (dates.format_day(day, language, "long") for day in (span.start, span.end))
    return f"{first} – {last}"


def _mark(values: Values, standing: Standing) -> str:
    if standing.withdrawn:
        return _("EDICIÓN RETIRADA")
    if standing.draft:
        return _("BORRADOR · DATOS SIMULADOS") if values.about.simulated else _("BORRADOR")
    return _("DATOS SIMULADOS") if values.about.simulated else ""


def _footer(values: Values, standing: Standing) -> str:
    about = values.about
    parts = [
        _("Edición %(name)s, n.º %(sequence)s") % {"name": about.name, "sequence": about.sequence},
        _("publicada el %(day)s") % {"day": dates.format_day(standing.published, about.language, "long")}
        if standing.published
        else _("sin publicar"),
        _("Huella %(fingerprint)s") % {"fingerprint": standing.fingerprint},
        _("Mapa: Natural Earth (dominio público). Pictogramas: OCHA. Los límites no implican reconocimiento oficial."),
    ]
    return " · ".join(parts)


def _cover(look: Look) -> doc.Cover:
    cover = look.page["cover"]
    period = period_words(look.values.about.period, look.values.about.language)
    return doc.Cover(
        **{name: cover[name].replace("{period}", period) for name in ("kicker", "top", "main", "lead")},
        height=cover["height"],
        overlap=46 if _overlapping(look) else 0,
        text_share=cover["text_share"],
        top_size=cover["top_size"],
        main_size=cover["main_size"],
        motif=_motif(look, cover),
    )


def _overlapping(look: Look) -> bool:
    """Only a strip of headline numbers climbs onto the cover."""
    first = look.page["pages"][0]["children"][:1]
    return bool(first) and first[0]["kind"] == "kpis"


def _motif(look: Look, cover: dict[str, Any]) -> doc.Motif:
    """The mission's map behind the title, with a dot for each place the edition names."""
    if not cover["motif"]:
        return doc.Motif()
    outline = maps.outline(cover["motif"])
    draw = maps.mexico_svg if cover["motif"] == "mexico" else maps.americas_svg
    places = [place for place in look.values.layout["places"].values() if place["lon"] is not None and place["office"]]
    points = [outline.project(place["lon"], place["lat"]) for place in places]
    south = sorted(points, key=lambda point: -point[1])[:1]
    north = sorted(points, key=lambda point: point[1])[:3] if len(points) > 3 else []
    paths = [
        doc.Path(start=start, end=end, bend=bend, accent="coordination")
        for start in south
        for end, bend in zip(north, (-0.1, 0.05, 0.12), strict=False)
    ]
    return doc.Motif(
        svg=draw(colours={"land": "#2E66CE", "neighbour": "none", "border": "#1D50B4"}),
        size=(outline.width, outline.height),
        zoom=cover["zoom"],
        left=cover["left"],
        top=cover["rise"],
        points=tuple(points),
        paths=tuple(paths),
    )


def _node(look: Look, node: dict[str, Any], standing: Standing) -> doc.Node:
    kind = node["kind"]
    if kind == "kpis":
        return doc.Kpis(
            stats=tuple(
                doc.Stat(
                    cell=look.cell(key, compact=True),
                    words=look.words(key),
                    icon=look.icon(key),
                    accent=look.accent(key),
                )
                for key in node["figures"]
            )
        )
    if kind == "block":
        return block_node(look, node)
    if kind == "map":
        return place_map(look, node)
    if kind in {"method", "note"}:
        return _note(look, node, standing)
    children = tuple(_node(look, child, standing) for child in node["children"])
    common = {"children": children, "stretch": node.get("stretch", 0)}
    if kind == "row":
        return doc.Row(columns=tuple(node["columns"]), gap=node.get("gap", 12), **common)
    if kind == "column":
        return doc.Column(gap=node.get("gap", 12), **common)
    chapter = look.report["chapters"][node["chapter"]]
    return doc.Chapter(
        title=node.get("title") or chapter["title"],
        accent=node["chapter"],
        icon=node.get("icon") or chapter["icon"],
        gap=node.get("gap", 12),
        **common,
    )


def _note(look: Look, node: dict[str, Any], standing: Standing) -> doc.Note:
    notes = [each for each in node["notes"] if each]
    title = node.get("title", "")
    if node["kind"] == "method":
        title = title or _("Cómo se cuenta")
        notes += _method(look.values, standing)
    return doc.Note(
        title=title, notes=tuple(notes), columns=node.get("text_columns", 1), stretch=node.get("stretch", 0)
    )


def _method(values: Values, standing: Standing) -> list[str]:
    """What every edition says of itself: its number, its data, what is withheld, what changed."""
    about = values.about
    frozen = datetime.fromisoformat(about.frozen_at)
    lines = [values.layout["report"]["notes"]] if values.layout["report"]["notes"] else []
    if any(figure.withheld for figure in values.figures) or any(cut.withheld for cut in values.breakdowns):
        lines.append(
            _("«Reservado» no es cero: el dato se omite para que nadie pueda ser reconocido en un número pequeño.")
        )
    if about.reason_class:
        lines.append(
            _("Sustituye a la edición %(before)s (%(kind)s): %(text)s")
            % {"before": about.supersedes, "kind": about.reason_class, "text": about.reason_text}
        )
    lines.append(
        _("Edición %(name)s, n.º %(sequence)s. Datos al %(day)s; hechos %(facts)s.")
        % {
            "name": about.name,
            "sequence": about.sequence,
            "day": dates.format_day(frozen.date(), about.language, "long"),
            "facts": about.facts_hash[:12],
        }
    )
    if standing.address:
        lines.append(_("Cada cifra con su definición: %(address)s") % {"address": standing.address})
    return lines
