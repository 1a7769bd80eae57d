"""What a viewer asks of the figures: a period, an office, and for whom it would be released. All of it is in the URL."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from urllib.parse import urlencode

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cauce.access.queries import open_offices
from cauce.access.viewer import Viewer
from cauce.disclosure import Profile
from cauce.editions import queries as editions
from cauce.facts import store
from cauce.kernel.periods import Period
from cauce.ui.formatting import period_words
from cauce.ui.forms import plain

PROFILES = {
    Profile.INTERNAL: gettext_lazy("Interno"),
    Profile.PARTNER: gettext_lazy("Como la verían socios y donantes"),
    Profile.PUBLIC: gettext_lazy("Como la vería el público"),
}
LISTED_YEARS = 3  # years offered with their quarters and months; older ones as a year, or as an interval


@dataclass(frozen=True, slots=True)
class Asked:
    """``vaults`` are the viewer's own: they matter in the internal profile alone."""

    period: Period
    office: str | None
    profile: Profile
    vaults: frozenset[str]

    @classmethod
    def default(cls, viewer: Viewer) -> Asked:
        return cls(Period.year(latest_year()), None, Profile.INTERNAL, viewer.vaults)

    @property
    def query(self) -> str:
        """As it stands in an address: ``periodo=2022&oficina=TIJ&perfil=public``; what is usual is left out."""
        return urlencode(
            {
                "periodo": str(self.period),
                **({"oficina": self.office} if self.office else {}),
                **({"perfil": self.profile.value} if self.profile is not Profile.INTERNAL else {}),
            }
        )

    @property
    def is_internal(self) -> bool:
        return self.profile is Profile.INTERNAL

    @property
    def is_calendar(self) -> bool:
        """A year, a quarter or a month, not an interval of somebody's choice."""
        return ".." not in str(self.period)

    def over(self, period: Period) -> Asked:
        return replace(self, period=period)


def read(given: Mapping[str, str], viewer: Viewer) -> tuple[Asked, str]:
    """What the address asks for, and a sentence about what could not be understood ("" when all was)."""
    asked, said = Asked.default(viewer), ""
    if text := given.get("periodo", "").strip():
        try:
            asked = asked.over(Period.parse(text))
        except (ValueError, OverflowError):
            said = _("«%(text)s» no es un periodo. Elija uno de la lista; se muestra %(shown)s.") % {
                "text": text[:40],
                "shown": period_words(asked.period),
            }
    offices = {office.code for office in open_offices()}
    if (code := given.get("oficina", "")) in offices:
        asked = replace(asked, office=code)
    if (profile := given.get("perfil", "")) in set(Profile):
        asked = replace(asked, profile=Profile(profile))
    return asked, said


def interval(since: date | None, until: date | None) -> Period:
    """An interval of two days, in either order. Raises ValueError with a sentence when one is missing."""
    if since is None or until is None:
        raise ValueError(_("Escriba el primer y el último día del intervalo."))
    return Period(min(since, until), max(since, until))


def latest_year() -> int:
    """What opens first: the last year with facts, this year at the latest; this year when there are none.

    In the demonstration the year it published: its few recent weeks are there for the home pages.
    """
    if settings.CAUCE_DEMO and (answered := editions.published_year()) is not None:
        return answered
    today = timezone.localdate().year
    known = [year for year in years_with_facts() if year <= today]
    return max(known, default=today)


def years_with_facts() -> tuple[int, ...]:
    """Read from the folders' names; kept until a folder changes."""
    root = store.current().root
    try:
        folders = sorted((entry.name, entry.stat().st_mtime_ns) for entry in os.scandir(root) if entry.is_dir())
    except FileNotFoundError:
        return ()
    return _years(str(root), tuple(folders))


@lru_cache(maxsize=4)
def _years(_root: str, _folders: tuple[tuple[str, int], ...]) -> tuple[int, ...]:
    facts = store.current()
    return tuple(sorted({month.start.year for kind in facts.kinds() for month in facts.months(kind)}))


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    chosen: bool = False


def period_options(chosen: Period) -> list[tuple[str, list[Option]]]:
    """The periods to choose from, by group: years, then each recent year's quarters and months."""
    today = timezone.localdate()
    years = sorted({*years_with_facts(), today.year, chosen.start.year}, reverse=True)
    listed = {str(chosen)}
    groups = [(_("Años"), [str(Period.year(year)) for year in years])]
    for year in sorted({*years[:LISTED_YEARS], chosen.start.year}, reverse=True):
        within = [f"{year:04d}-Q{number}" for number in range(1, 5)] + [
            f"{year:04d}-{month:02d}" for month in range(1, 13)
        ]
        groups.append((str(year), [text for text in within if Period.parse(text).start <= today]))
    found = []
    for label, texts in groups:
        listed -= set(texts)
        found.append(
            (label, [Option(text, _capital(period_words(Period.parse(text))), text == str(chosen)) for text in texts])
        )
    if listed:
        found.insert(0, (_("Intervalo elegido"), [Option(str(chosen), period_words(chosen), True)]))
    return [group for group in found if group[1]]


def office_options(chosen: str | None) -> list[Option]:
    offices = [Option(office.code, office.name, office.code == chosen) for office in open_offices()]
    return [Option("", _("Todas"), chosen is None), *sorted(offices, key=lambda option: plain(option.label))]


def profile_options(chosen: Profile) -> list[Option]:
    return [Option(profile.value, str(label), profile is chosen) for profile, label in PROFILES.items()]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
