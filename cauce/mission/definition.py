"""What a figure is: a frozen declaration of what is counted, when, and how it is cut and guarded.

Definitions are data (``missions/<mission>/figures/*.yaml``); ``cauce.mission.figures`` reads them,
``cauce.figures`` evaluates them, ``cauce.disclosure`` decides what of the result may be said.
The rules are design.md §4 and reference/counting-rules.md.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from typing import Any

from cauce.kernel.ages import AgeBand
from cauce.kernel.facts import LIST_COLUMNS, PERSONAL_COLUMNS, TEXT_COLUMNS
from cauce.kernel.units import Unit
from cauce.mission.texts import NO_TEXT, Texts
from cauce.mission.vocabulary import Vault

# Every kind of fact and whether it is an interval (design.md §3, reference/counting-rules.md).
KINDS = (
    "protection.case_assisted",
    "assistance.service", "assistance.referral", "assistance.item", "assistance.site_support",
    "assistance.certificate_issued",
    "accommodation.stay", "movements.leg", "returns.departure", "returns.office_coordinated",
    "activities.event", "activities.participation", "activities.completion",
    "outputs.product", "outputs.product_place",
    "partnerships.agreement", "partnerships.network", "partnerships.initiative", "partnerships.mechanism",
    "partnerships.commitment", "partnerships.joint_project", "partnerships.technical_assistance",
    "partnerships.volunteer_shift", "partnerships.consultation",
    "surveys.round", "surveys.interview",
    "outreach.campaign", "outreach.reach", "outreach.interaction", "outreach.message", "outreach.interview",
)  # fmt: skip

# Columns a rule may read. The source of a fact names a record and is never part of a rule.
FILTER_COLUMNS = tuple(sorted({*TEXT_COLUMNS, *LIST_COLUMNS} - {"kind", "source_room", "source_id", "office"}))
COUNT_COLUMNS = tuple(sorted(set(TEXT_COLUMNS) - {"kind", "source_room", "source_id"}))
# A breakdown never lists persons, subjects or records: that would be a list, not a table.
BREAKDOWN_COLUMNS = tuple(
    sorted({*TEXT_COLUMNS, *LIST_COLUMNS, "month"} - {"kind", "source_room", "source_id", "person", "subject"})
)
AGE_SETS = {
    "under_18": (AgeBand.INFANT.value, AgeBand.CHILD.value, AgeBand.ADOLESCENT.value),
    "adult": (AgeBand.ADULT.value, AgeBand.OLDER.value),
}


class How(StrEnum):
    """What one unit of the figure is."""

    ROWS = "rows"
    SUM = "sum"
    DISTINCT = "distinct"
    ELEMENTS = "elements"


class When(StrEnum):
    """How a fact falls in a period: by its date, or as an interval that shares a day with it."""

    WITHIN = "within"
    OVERLAPPING = "overlapping"


class Check(StrEnum):
    """What a filter asks of a column. A fact without a value passes only ``EMPTY``.

    ``EMPTY`` may name values that mean "not known": they are as good as none.
    """

    IN = "in"
    NOT_IN = "not_in"
    CONTAINS = "contains"
    LACKS = "lacks"
    PRESENT = "present"
    EMPTY = "empty"


class Percent(StrEnum):
    """Percentages of a breakdown: parts of a whole (sum 100), or each against the base."""

    NONE = "none"
    PARTS = "parts"
    BASE = "base"


class Order(StrEnum):
    LISTED = "listed"
    LARGEST = "largest"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Count:
    """``rows``; ``sum`` of quantity; ``distinct`` values of ``column``; ``elements`` of a list column."""

    how: How
    column: str | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """One condition on one column; a figure's filters must all hold.

    ``None`` among the values of ``IN`` or ``CONTAINS`` (never declared: a cell's records are found
    so) also takes what has no value.
    """

    column: str
    test: Check
    values: tuple[str | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """A kind of fact, with conditions that hold for that kind alone."""

    kind: str
    filters: tuple[Filter, ...] = ()


@dataclass(frozen=True, slots=True)
class Breakdown:
    """A declared cut of a figure.

    ``columns`` has one column, or two (a route: origin, destination). ``vocabulary`` names the code
    list that gives labels and order. ``others`` says whether small categories may be gathered.
    ``unknown`` False leaves facts without the attribute out of the table (its base says how many
    remain). ``vaults`` are the codes whose cells belong to a vault, ``unknown_codes`` those that
    mean "not known", ``listed_codes`` all in their order: these come from the code list.
    """

    key: str
    columns: tuple[str, ...]
    label: Texts
    vocabulary: str | None = None
    order: Order = Order.CODE
    others: bool = False
    unknown: bool = True
    percent: Percent = Percent.NONE
    base_label: Texts = NO_TEXT
    vaults: tuple[tuple[str, Vault], ...] = ()
    unknown_codes: tuple[str, ...] = ()
    listed_codes: tuple[str, ...] = ()

    @property
    def needs_consent(self) -> bool:
        """True when rows without consent for statistics stay out (design.md §3).

        So is a cut that has a vault's cells: leaving the rows out of those cells alone would let
        the difference to the total say how many survivors did not consent.
        """
        return bool(self.vaults) or any(column in PERSONAL_COLUMNS for column in self.columns)

    @property
    def is_list(self) -> bool:
        return any(column in LIST_COLUMNS for column in self.columns)

    def vault_of(self, codes: tuple[str | None, ...]) -> Vault | None:
        return dict(self.vaults).get(codes[0] or "") if len(self.columns) == 1 else None


@dataclass(frozen=True, slots=True)
class Share:
    """A percentage printed as a figure of its own: one cell of the parent's breakdown."""

    key: str
    code: str
    label: Texts
    sentence: Texts = NO_TEXT
    vault: Vault | None = None
    unit: Unit = Unit.PERCENT


@dataclass(frozen=True, slots=True)
class MustHold:
    """``left`` relation ``right``: the figures or sums that must agree before an edition may be approved."""

    left: tuple[str, ...]
    relation: str
    right: tuple[str, ...]
    note: Texts = NO_TEXT


@dataclass(frozen=True, slots=True)
class Disclosure:
    """How a figure is guarded: are its units people, is it a vault's, is it sensitive."""

    people: bool
    vault: Vault | None = None
    sensitive: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureDefinition:
    """One figure. Everything that decides its value, its texts and its guard."""

    key: str
    version: int
    owner: str
    chapter: str
    unit: Unit
    label: Texts
    sentence: Texts
    sources: tuple[Source, ...]
    count: Count
    when: When
    disclosure: Disclosure
    filters: tuple[Filter, ...] = ()
    breakdowns: tuple[Breakdown, ...] = ()
    shares_of: str | None = None
    shares: tuple[Share, ...] = ()
    must_hold: tuple[MustHold, ...] = ()
    never_add: tuple[str, ...] = ()
    notes: Texts = NO_TEXT
    changes: Texts = NO_TEXT
    # Count only what has consent for statistics: not declared, but how a cell's records are found.
    with_consent: bool = False
    # Where it stands, for messages; not part of what the figure is.
    place: str = field(default="", compare=False)

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(source.kind for source in self.sources)

    @property
    def consented_only(self) -> bool:
        """A vault's figure leaves out whoever gave no consent for statistics (design.md §3, R9)."""
        return self.with_consent or self.disclosure.vault is not None

    @property
    def keys(self) -> tuple[str, ...]:
        """The figure's key and those of its shares, in order."""
        return (self.key, *(share.key for share in self.shares))

    def breakdown(self, key: str) -> Breakdown:
        """A declared breakdown; KeyError names those there are."""
        for breakdown in self.breakdowns:
            if breakdown.key == key:
                return breakdown
        known = ", ".join(breakdown.key for breakdown in self.breakdowns) or "none"
        raise KeyError(f"{self.key} has no breakdown {key!r}; declared: {known}")

    def share(self, key: str) -> Share:
        for share in self.shares:
            if share.key == key:
                return share
        raise KeyError(f"{self.key} has no share {key!r}")

    @property
    def columns(self) -> frozenset[str]:
        """Every fact column its value, breakdowns and explanation read (an archive keeps only these)."""
        found = {"kind", "date", "until", "office", "consented", "quantity"}
        found |= {item.column for item in self._all_filters()}
        found |= {column for breakdown in self.breakdowns for column in breakdown.columns if column != "month"}
        if self.count.column:
            found.add(self.count.column)
        return frozenset(found)

    def _all_filters(self) -> Iterator[Filter]:
        yield from self.filters
        for source in self.sources:
            yield from source.filters

    def counting(self) -> dict[str, Any]:
        """What decides the value, as plain data: two definitions with the same counting give the same number."""
        parts = (
            "key",
            "version",
            "unit",
            "sources",
            "count",
            "when",
            "filters",
            "breakdowns",
            "shares_of",
            "shares",
            "with_consent",
        )
        whole = _plain(self)
        return {part: whole[part] for part in (*parts, "disclosure", "must_hold", "never_add")}

    @property
    def fingerprint(self) -> str:
        """A hash over everything in the definition, texts included."""
        return _digest({key: value for key, value in _plain(self).items() if key != "place"})

    def plain(self) -> dict[str, Any]:
        """The definition as data for JSON (an edition's archive); ``from_plain`` reads it back."""
        return {key: value for key, value in _plain(self).items() if key != "place"}


def from_plain(data: dict[str, Any]) -> FigureDefinition:
    """The definition written by ``plain``; KeyError, TypeError or ValueError when it is not one."""
    return FigureDefinition(
        **{
            **data,
            "unit": Unit(data["unit"]),
            "label": _texts(data["label"]),
            "sentence": _texts(data["sentence"]),
            "notes": _texts(data["notes"]),
            "changes": _texts(data["changes"]),
            "sources": tuple(Source(item["kind"], _filters(item["filters"])) for item in data["sources"]),
            "count": Count(How(data["count"]["how"]), data["count"]["column"]),
            "when": When(data["when"]),
            "disclosure": Disclosure(
                bool(data["disclosure"]["people"]),
                _vault(data["disclosure"]["vault"]),
                bool(data["disclosure"]["sensitive"]),
            ),
            "filters": _filters(data["filters"]),
            "breakdowns": tuple(_breakdown(item) for item in data["breakdowns"]),
            "shares": tuple(_share(item) for item in data["shares"]),
            "must_hold": tuple(
                MustHold(tuple(item["left"]), item["relation"], tuple(item["right"]), _texts(item["note"]))
                for item in data["must_hold"]
            ),
            "never_add": tuple(data["never_add"]),
        }
    )


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(asdict(value), ensure_ascii=False, sort_keys=True))


def _digest(data: Any) -> str:
    return hashlib.sha256(json.dumps(data, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def _texts(data: dict[str, Any]) -> Texts:
    return Texts(tuple((code, text) for code, text in data["by_language"]))


def _vault(value: str | None) -> Vault | None:
    return None if value is None else Vault(value)


def _filters(data: list[dict[str, Any]]) -> tuple[Filter, ...]:
    return tuple(Filter(item["column"], Check(item["test"]), tuple(item["values"])) for item in data)


def _breakdown(data: dict[str, Any]) -> Breakdown:
    return Breakdown(
        **{
            **data,
            "columns": tuple(data["columns"]),
            "label": _texts(data["label"]),
            "order": Order(data["order"]),
            "percent": Percent(data["percent"]),
            "base_label": _texts(data["base_label"]),
            "vaults": tuple((code, Vault(vault)) for code, vault in data["vaults"]),
            "unknown_codes": tuple(data["unknown_codes"]),
            "listed_codes": tuple(data["listed_codes"]),
        }
    )


def _share(data: dict[str, Any]) -> Share:
    return Share(
        **{
            **data,
            "label": _texts(data["label"]),
            "sentence": _texts(data["sentence"]),
            "vault": _vault(data["vault"]),
            "unit": Unit(data["unit"]),
        }
    )
