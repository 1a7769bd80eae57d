"""The tags of the interface; built in, so templates load nothing. Listed in docs/reference/ui.md."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import format_html, format_html_join, mark_safe
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from cauce.ui import charts, formatting
from cauce.ui.forms import errors_of
from cauce.ui.parts import Crumb, Page, page_links

register = template.Library()

SPRITE = "cauce/icons/icons.svg"
LEVELS = {"low": 1, "medium": 2, "med": 2, "high": 3}
STRIP_ICONS = {
    "info": "i-info",
    "ok": "i-check",
    "error": "i-alert",
    "offline": "i-wifi-off",
    "consent": "i-check",
    "elevated": "i-key",
    "stop": "i-halt",
}


# Text, numbers, dates


@register.simple_tag(name="icon")
def icon_tag(name: str, label: str = "", size: str = "") -> SafeString:
    """An icon of the sprite. Without a label it is decoration and hidden from screen readers."""
    named = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    classes = f"icon icon-{size}" if size else "icon"
    return format_html('<svg class="{}" {}><use href="{}#{}"></use></svg>', classes, named, static(SPRITE), name)


@register.simple_tag(name="number")
def number_tag(value: Any, compact: bool = False, places: int | None = None) -> str:
    return formatting.number(value, compact=compact, places=places)


@register.filter(name="number")
def number_filter(value: Any) -> str:
    """Numbers in the house style, whole decimals without their zeros; anything else as it is."""
    if isinstance(value, Decimal):
        value = int(value) if value == value.to_integral_value() else float(value)
    return formatting.number(value) if value is None or isinstance(value, int | float) else str(value)


@register.simple_tag
def percent(value: Any, places: int = 0) -> str:
    return formatting.percent(value, places=places)


@register.simple_tag(name="day")
def day_tag(value: date | None, form: str = "medium") -> SafeString:
    return (
        format_html('<time datetime="{}">{}</time>', value.isoformat(), formatting.day(value, form))
        if value
        else _dash()
    )


@register.filter(name="day")
def day_filter(value: date | None, form: str = "medium") -> str:
    return formatting.day(value, form)


@register.simple_tag(name="moment")
def moment_tag(value: datetime | None) -> SafeString:
    return (
        format_html('<time datetime="{}">{}</time>', value.isoformat(), formatting.moment(value)) if value else _dash()
    )


@register.filter(name="moment")
def moment_filter(value: datetime | None) -> str:
    return formatting.moment(value)


def _dash() -> SafeString:
    return format_html("<span>{}</span>", formatting.day(None))


# Small parts


@register.simple_tag
def chip(text: Any, tone: str = "grey", icon: str = "") -> SafeString:
    """A state or category in words; the colour repeats it for those who see it."""
    mark = icon_tag(icon) if icon else mark_safe('<span class="dot" aria-hidden="true"></span>')
    return format_html('<span class="chip tone-{}">{}<span>{}</span></span>', tone, mark, text)


@register.simple_tag
def reserved(text: Any = "") -> SafeString:
    """Lock and words, always grey: the colour of a category would tell what is reserved."""
    return format_html('<span class="reserved">{}{}</span>', icon_tag("i-lock"), text or _("Reservada"))


@register.simple_tag
def withheld(reason: Any = "", inline: bool = False) -> SafeString:
    """A figure that may not be said: hatching, lock and words; never 0."""
    words = format_html("{}, {}", _("reservado"), reason) if reason else _("reservado")
    return format_html(
        '<span class="withheld{}">{}<span>{}</span></span>', " inline" if inline else "", icon_tag("i-lock"), words
    )


@register.simple_tag
def risk(level: Any) -> SafeString:
    """Three bars and a word, so that neither stands alone."""
    bars = LEVELS.get(str(level), 0)
    words = {1: _("Bajo"), 2: _("Medio"), 3: _("Alto")}
    names = {1: "low", 2: "medium", 3: "high"}
    return format_html(
        '<span class="risk risk-{}"><span class="risk-bars" aria-hidden="true"><i></i><i></i><i></i></span>{}</span>',
        names.get(bars, "none"),
        words.get(bars, _("Sin evaluar")),
    )


@register.simple_tag
def due(value: date | datetime | None, done: bool = False) -> SafeString:
    """When something is owed: overdue in red words, today in blue, later plain."""
    if value is None:
        return _dash()
    on = formatting.local(value).date() if isinstance(value, datetime) else value
    today, clock = timezone.localdate(), ""
    if isinstance(value, datetime):
        clock = f" {formatting.local(value):%H:%M}"
    when = formatting.day(on, "short" if on.year == today.year else "medium")
    if done:
        state, words = "done", _("Hecho %(day)s") % {"day": when}
    elif on < today:
        state, words = "overdue", _("Vencida %(day)s") % {"day": when}
    elif on == today:
        state, words = "today", _("Hoy") + clock
    else:
        state, words = "later", when + clock
    return format_html('<time class="due due-{}" datetime="{}">{}</time>', state, value.isoformat(), words)


@register.simple_block_tag
def panel(content: Any, title: Any = "", **options: Any) -> SafeString:
    """The white card; options: meta, icon, accent, url, link, flush, id, level, actions."""
    return _render("ui/parts/panel.html", {"content": content, "title": title, "level": 2, **options})


@register.simple_block_tag
def strip(content: Any, kind: str = "info", title: Any = "", id: str = "") -> SafeString:
    """A notice across the page. Errors and stops are announced at once."""
    return _render(
        "ui/parts/strip.html",
        {"content": content, "kind": kind, "title": title, "id": id, "icon": STRIP_ICONS.get(kind, "i-info")},
    )


@register.simple_block_tag
def empty(content: Any, title: Any = "", icon: str = "i-list") -> SafeString:
    """Nothing here yet: says so, and what to do about it."""
    return _render("ui/parts/empty.html", {"content": content, "title": title, "icon": icon})


@register.simple_tag
def crumbs(*pieces: Any) -> SafeString:
    """The way back: text and address by turns; the last text stands alone."""
    steps = [Crumb(pieces[i], pieces[i + 1] if i + 1 < len(pieces) else "") for i in range(0, len(pieces), 2)]
    return _render("ui/parts/crumbs.html", {"steps": steps})


# Parts with data


@register.simple_tag
def tiles(items: Sequence[Any]) -> SafeString:
    return _render("ui/parts/tiles.html", {"tiles": items})


@register.simple_tag
def definitions(items: Sequence[Any], wide: bool = False) -> SafeString:
    return _render("ui/parts/definitions.html", {"pairs": items, "wide": wide})


@register.simple_tag
def timeline(items: Sequence[Any]) -> SafeString:
    return _render("ui/parts/timeline.html", {"events": items})


@register.simple_tag
def tabs(items: Sequence[Any], label: Any = "") -> SafeString:
    return _render("ui/parts/tabs.html", {"tabs": items, "label": label})


@register.simple_tag
def steps(items: Sequence[Any]) -> SafeString:
    return _render("ui/parts/steps.html", {"steps": items})


@register.simple_tag
def progress(state: Any, url: str = "") -> SafeString:
    return _render("ui/parts/progress.html", {"progress": state, "url": url})


@register.simple_tag
def seen_by(readings: Sequence[Any], url: str = "", count: int | None = None) -> SafeString:
    return _render("ui/parts/seen_by.html", {"readings": readings, "url": url, "count": count})


@register.simple_tag
def match(item: Any) -> SafeString:
    return _render("ui/parts/match.html", {"match": item})


@register.simple_tag(takes_context=True)
def listing(context: Context, data: Any) -> SafeString:
    """A list with its filters, count, table and pages (``cauce.ui.tables.Listing``)."""
    return _render("ui/parts/listing.html", {"listing": data}, context)


@register.simple_tag(takes_context=True)
def pagination(context: Context, number: int, last: int) -> SafeString:
    """Links to the pages of a list; nothing when there is one page."""
    page = Page(number, last, page_links(number, last))
    return _render("ui/parts/pagination.html", {"page": page}, context)


@register.simple_tag
def donut(slices: Sequence[Any], total: Any = None, unit: Any = "", title: Any = "") -> SafeString:
    return charts.donut(slices, total=total, unit=unit, title=title)


@register.simple_tag
def bars(slices: Sequence[Any], title: Any = "") -> SafeString:
    return charts.bars(slices, title=title)


@register.simple_tag
def columns(slices: Sequence[Any], title: Any = "") -> SafeString:
    return charts.columns(slices, title=title)


@register.simple_tag
def share(slices: Sequence[Any], title: Any = "") -> SafeString:
    return charts.share(slices, title=title)


@register.simple_tag
def map_frame(svg: str, slices: Sequence[Any] = (), title: Any = "") -> SafeString:
    """A map made by ``cauce.ui.maps`` with its numbers beside it."""
    return charts.map_frame(svg, slices, title=title)


# Forms


@register.simple_tag
def field(bound: BoundField) -> SafeString:
    """One field with label, hint, error and control, whatever the form's own renderer is."""
    return _render("ui/forms/field.html", {"field": bound})


@register.simple_tag
def fields(form: BaseForm, *names: str) -> SafeString:
    """The named fields of a form, in that order; all visible ones without names."""
    wanted = [form[name] for name in names] or form.visible_fields()
    return format_html_join("", "{}", ((field(bound),) for bound in wanted))


@register.simple_tag
def hidden(form: BaseForm) -> SafeString:
    return format_html_join("", "{}", ((bound,) for bound in form.hidden_fields()))


@register.simple_tag
def error_summary(form: BaseForm) -> SafeString:
    """All errors of a form, each linked to its field; nothing when there are none."""
    return _render("ui/forms/summary.html", {"form": form}) if form.errors else SafeString("")


@register.filter
def errors(form: BaseForm) -> list[tuple[str, str, str]]:
    """(id, label, message) of every error of a form."""
    return errors_of(form)


# The shell


@register.simple_tag(takes_context=True)
def shell_navigation(context: Context) -> Any:
    """The navigation groups of the viewer; ``section`` in the context marks the current entry."""
    shell = context.get("shell")
    return shell.groups(context.get("section", "")) if shell else ()


@register.filter
def phone_links(groups: Any) -> list[Any]:
    """The first four entries that asked for the phone's bottom bar."""
    return [link for group in groups for link in group.links if link.phone][:4]


@register.filter
def item(mapping: Any, key: Any) -> Any:
    """``{{ mapping|item:key }}``; empty where it is missing."""
    return mapping.get(key, "") if hasattr(mapping, "get") else ""


def _render(name: str, values: dict[str, Any], context: Context | None = None) -> SafeString:
    """A part with nothing but its own values: parts never read the page's context by accident."""
    return template.loader.render_to_string(name, values, context.get("request") if context else None)
