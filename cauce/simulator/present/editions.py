"""Editions beside the published year: superseded, withdrawn, approved, in review and a draft."""

from __future__ import annotations

from datetime import date

from cauce.access.viewer import Viewer
from cauce.editions import actions
from cauce.editions.enums import State
from cauce.editions.models import Edition
from cauce.kernel.periods import Period
from cauce.mission.package import current
from cauce.simulator.present.cast import Cast

_MONITORING = "flow-monitoring"
_SPRING, _SUMMER = "2022-Q2", "2022-Q3"


def editions(loader: Viewer) -> None:
    """Luis prepares, Jimena approves. Each edition is made once; one left half-way is taken to its end."""
    cast = Cast(loader)
    _bring(cast, _SPRING, 1, State.PUBLISHED)
    _bring(cast, _SPRING, 2, State.PUBLISHED, change=("R2", "Se sumaron las entrevistas que llegaron tarde (simulado)"))
    _bring(cast, _SUMMER, 1, State.WITHDRAWN)
    _bring(cast, _SUMMER, 2, State.IN_REVIEW)
    _bring(cast, _SPRING, 3, State.APPROVED, change=("C", "Se corrigió el nombre de un punto de entrevista (simulado)"))
    _bring(cast, _quarter(cast.today), 1, State.DRAFT)


def _quarter(day: date) -> str:
    return f"{day.year}-Q{(day.month + 2) // 3}"


def _bring(cast: Cast, quarter: str, sequence: int, to: str, *, change: tuple[str, str] | None = None) -> None:
    """One edition of the monitoring report along its steps."""
    period, luis, jimena = Period.parse(quarter), cast["luis"], cast["jimena"]
    key = actions.key_of(current().reports[_MONITORING], period)
    reason_class, reason_text = change or (None, None)
    edition = Edition.objects.live().filter(key=key, sequence=sequence).first() or actions.draft(
        _MONITORING, period, by=luis, reason_class=reason_class, reason_text=reason_text
    )
    if to == State.DRAFT:
        return
    if edition.state == State.DRAFT:
        edition = actions.request_review(edition, by=luis)
    if to == State.IN_REVIEW:
        return
    if edition.state == State.IN_REVIEW:
        edition = actions.approve(edition, by=jimena)
    if to == State.APPROVED:
        return
    if edition.state == State.APPROVED:
        edition = actions.publish(edition, by=jimena)
    if to == State.WITHDRAWN and edition.state == State.PUBLISHED:
        actions.withdraw(edition, by=jimena, reason="Se publicó antes de que terminara la revisión (simulado)")
