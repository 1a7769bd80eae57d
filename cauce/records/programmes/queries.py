"""Named reads of this room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cauce.access.models import Office
from cauce.access.viewer import Viewer
from cauce.exchange.wording import closest, plain
from cauce.kernel.periods import Period
from cauce.kernel.problems import Problem
from cauce.languages.dates import month_name
from cauce.records.programmes import rules
from cauce.records.programmes.enums import ClosingState
from cauce.records.programmes.models import Donor, MonthlyClosing, Project, Response
from cauce.ui.formatting import language


def projects(viewer: Viewer) -> QuerySet[Project]:
    return Project.objects.visible_to(viewer).select_related("donor", "office").order_by("code")


def project(viewer: Viewer, pk: UUID) -> Project:
    """One project; raises Project.DoesNotExist (a 404) when it is not to be seen."""
    return projects(viewer).get(pk=pk)


def narrow_projects(rows: QuerySet[Project], values: Mapping[str, Any]) -> QuerySet[Project]:
    """Filters of the list: ``q`` (code or name, accents ignored), ``donor``, ``chapter``, ``current``."""
    if text := values.get("q"):
        named = rows.order_by().values_list("pk", "code", "name")
        rows = rows.filter(pk__in=[pk for pk, code, name in named if plain(text) in plain(f"{code} {name}")])
    if donor := values.get("donor"):
        rows = rows.filter(donor=donor)
    if chapter := values.get("chapter"):
        listed = rows.order_by().values_list("pk", "chapters")  # SQLite cannot look into a JSON list
        rows = rows.filter(pk__in=[pk for pk, chapters in listed if chapter in chapters])
    if values.get("current"):
        rows = rows.filter(start__lte=timezone.localdate()).exclude(end__lt=timezone.localdate())
    return rows


def donors(viewer: Viewer) -> QuerySet[Donor]:
    return Donor.objects.visible_to(viewer).select_related("country", "office").order_by("name")


def donor(viewer: Viewer, pk: UUID) -> Donor:
    return donors(viewer).get(pk=pk)


def responses(viewer: Viewer) -> QuerySet[Response]:
    return Response.objects.visible_to(viewer).select_related("office").order_by("-start", "code")


def response(viewer: Viewer, pk: UUID) -> Response:
    return responses(viewer).get(pk=pk)


def project_choices(viewer: Viewer, day: date | None = None) -> list[tuple[str, str]]:
    """(id, "code name") for the forms of other rooms; with a day only the projects running then."""
    rows = projects(viewer)
    if day:
        rows = rows.filter(start__lte=day).exclude(end__lt=day)
    return [(str(each.pk), str(each)) for each in rows]


def response_choices(viewer: Viewer, day: date | None = None) -> list[tuple[str, str]]:
    rows = responses(viewer)
    if day:
        rows = rows.filter(start__lte=day).exclude(end__lt=day)
    return [(str(each.pk), str(each)) for each in rows]


class Codes:
    """Codes and names → entries, read once for a whole import. Ask it with ``find``."""

    def __init__(self, rows: QuerySet[Any], *, what: Any, field: str) -> None:
        self.what, self.field = what, field
        self.known: dict[str, Any] = {}
        for row in rows:
            self.known.setdefault(plain(row.name), row)
        for row in rows:
            self.known[plain(getattr(row, "code", "") or getattr(row, "short_name", "") or row.name)] = row

    def find(self, text: str) -> Any:
        """The entry with this code or name. Raises Problem with the nearest one."""
        if (found := self.known.get(plain(text))) is not None:
            return found
        guess = closest(text, self.known)
        raise Problem(
            "programmes.unknown",
            _("No hay %(what)s «%(value)s»."),
            fix=_("¿Quiso decir «%(guess)s»?") if guess else _("Regístrelo en Proyectos antes de importar."),
            field=self.field,
            what=self.what,
            value=text,
            guess=str(self.known[plain(guess)]) if guess else "",
        )


def project_codes(viewer: Viewer) -> Codes:
    return Codes(projects(viewer), what=_("un proyecto"), field="project")


def response_codes(viewer: Viewer) -> Codes:
    return Codes(responses(viewer), what=_("una respuesta"), field="response")


def donor_codes(viewer: Viewer) -> Codes:
    return Codes(donors(viewer), what=_("un donante"), field="donor")


# Months


def closed_months(office: str) -> frozenset[date]:
    """First days of the office's months that take no new records; read once for a whole import."""
    rows = MonthlyClosing.objects.live().filter(office=office).exclude(state=ClosingState.OPEN)
    return frozenset(rows.values_list("month", flat=True))


def check_open(office: str, day: date) -> None:
    """Raises Problem when the office's month of that day has been handed in."""
    rules.check_open(day, closed_months(office), office)


def closings(viewer: Viewer) -> QuerySet[MonthlyClosing]:
    return MonthlyClosing.objects.visible_to(viewer).select_related("office")


def closing(viewer: Viewer, office: str, month: date) -> MonthlyClosing | None:
    return closings(viewer).filter(office=office, month=month).first()


@dataclass(frozen=True, slots=True)
class Month:
    """A month of an office as the list shows it, also when nobody has handed it in yet."""

    office: Office
    month: date
    closing: MonthlyClosing | None

    @property
    def state(self) -> ClosingState:
        return ClosingState(self.closing.state) if self.closing else ClosingState.OPEN

    @property
    def label(self) -> str:
        return str(self.state.label)

    @property
    def over(self) -> bool:
        return Period.month(self.month.year, self.month.month).end < timezone.localdate()

    @property
    def key(self) -> str:
        """As it stands in an address: ``2022-05``."""
        return f"{self.month:%Y-%m}"

    @property
    def name(self) -> str:
        """As people say it: ``mayo 2022``."""
        return f"{month_name(self.month.month, language())} {self.month.year}"


def months(viewer: Viewer, year: int) -> list[Month]:
    """The months of a year begun so far, of every office the viewer sees, newest first."""
    offices = Office.objects.filter(open=True)
    if viewer.offices is not None:
        offices = offices.filter(pk__in=viewer.offices)
    known = {(each.office_id, each.month): each for each in closings(viewer).filter(month__year=year)}
    today = timezone.localdate()
    begun = [date(year, month, 1) for month in range(12, 0, -1) if date(year, month, 1) <= today]
    return [Month(office, month, known.get((office.pk, month))) for month in begun for office in offices]


def waiting(viewer: Viewer) -> int:
    """Months handed in that wait for validation: work, not a figure."""
    if not viewer.may("programmes.validate"):
        return 0
    return closings(viewer).filter(state__in=[ClosingState.SUBMITTED, ClosingState.VALIDATED]).count()
