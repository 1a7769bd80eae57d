"""The only writers of editions: draft, ask, return, approve, publish, withdraw."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import Viewer
from cauce.audit import log
from cauce.editions import printing, rules
from cauce.editions.archive import sealed_facts
from cauce.editions.composing import Standing, compose
from cauce.editions.enums import Profile, State
from cauce.editions.freezing import freeze
from cauce.editions.models import Edition, Frozen
from cauce.editions.recount import broken_shares, failed_sums
from cauce.editions.values import About
from cauce.kernel.periods import Period
from cauce.kernel.problems import Problem
from cauce.mission import package
from cauce.mission.report import Report, Span
from cauce.records import writing


def key_of(report: Report, period: Period) -> str:
    """``mexico-2022`` for the yearly report, ``flow-monitoring-2022-q4`` for the others."""
    name = package.current().key if report.span is Span.YEAR else report.key
    return f"{name}-{period}".lower().replace("..", "-")


def draft(
    report: str,
    period: Period,
    *,
    by: Viewer,
    profile: str = Profile.PUBLIC,
    language: str = "es",
    reason_class: str | None = None,
    reason_text: str | None = None,
    capture: UUID | None = None,
    simulated: bool | None = None,
) -> Edition:
    """Freeze a report over a period into a new draft.

    ``simulated`` marks every page; left out, the demonstration's setting decides. Sent twice with the
    same ``capture`` it is drafted once. Raises PermissionDenied, or
    ``Problem`` when the report is unknown, a sum does not hold, the page overflows, or the
    published edition it would follow needs a reason of change.
    """
    by.require("editions.draft")
    if capture and (existing := Edition.objects.filter(capture=capture).first()):
        return existing
    mission = package.current()
    if report not in mission.reports:
        raise Problem(
            "editions.no_report",
            _("La misión no tiene un informe «%(report)s»."),
            fix=_("Elija uno de la lista."),
            field="report",
            report=report,
        )
    declared = mission.reports[report]
    key = key_of(declared, period)
    before = _followed(key)
    rules.check_succession(before, reason_class, reason_text)
    about = About(
        name=key, key=key, sequence=1, report=report, title=declared.title.get(language), mission=mission.key,
        mission_name=mission.name.get(language), period=str(period), profile=profile, language=language,
        simulated=settings.CAUCE_DEMO if simulated is None else simulated, frozen_at="", facts_hash="", software="",
        supersedes=before.name if before else "", reason_class=reason_class or "", reason_text=reason_text or "",
    )  # fmt: skip
    sequence = 1 + max(Edition.objects.filter(key=key).values_list("sequence", flat=True), default=0)
    if sequence > 1:
        about = _numbered(about, sequence)
    frozen = freeze(mission, declared, period, about)
    rules.check_not_empty([figure.value for figure in frozen.values.figures], str(period))
    rules.check_sums([*failed_sums(frozen.values), *broken_shares(frozen.values)])
    # A page that overflows is said now, not on the day of publication.
    printing.pdf(compose(frozen.values, Standing(fingerprint="", draft=True)).to_json(), timezone.now())
    return _write(frozen, period, before, capture or uuid4(), by)


def _numbered(about: About, sequence: int) -> About:
    return replace(about, sequence=sequence, name=f"{about.key}-{sequence}")


def _followed(key: str) -> Edition | None:
    """The published edition a new draft of this key would supersede."""
    return Edition.objects.live().filter(key=key, state=State.PUBLISHED).first()


def _write(frozen, period: Period, before: Edition | None, capture: UUID, by: Viewer) -> Edition:
    about = frozen.values.about
    edition = Edition(
        capture=capture,
        office_id=by.office,
        key=about.key,
        sequence=about.sequence,
        report=about.report,
        title=about.title,
        mission=about.mission,
        start=period.start,
        end=period.end,
        profile=about.profile,
        language=about.language,
        supersedes=before,
        reason_class=about.reason_class or None,
        reason_text=about.reason_text or None,
        frozen_at=about.frozen_at,
        facts_hash=about.facts_hash,
        frozen_hash=frozen.values.hash,
        software=about.software,
        simulated=about.simulated,
    )
    # Facts are sealed before the transaction: what is written is either the whole edition or nothing.
    sealed = sealed_facts(frozen.facts)
    with transaction.atomic():
        written = writing.add(edition, by=by, verb="draft", reason=about.reason_text)
        if written.pk == edition.pk:
            Frozen.objects.create(edition=edition, payload=frozen.values.to_json(), facts=sealed)
    written.refresh_from_db()
    return written


def discard(edition: Edition, *, reason: str, by: Viewer) -> Edition:
    """Put a draft away; the row and the reason stay."""
    by.require("editions.draft")
    rules.check_reason(reason)
    if edition.state != State.DRAFT:
        raise Problem(
            "editions.not_a_draft",
            _("Solo se descarta un borrador."),
            fix=_("Una edición en revisión se devuelve primero; una publicada se retira."),
        )
    return writing.void(edition, reason=reason, by=by)


def request_review(edition: Edition, *, by: Viewer) -> Edition:
    by.require("editions.request")
    return _step(edition, State.IN_REVIEW, by, requested_at=timezone.now(), requested_by=by.id, returned_reason="")


def approve(edition: Edition, *, by: Viewer) -> Edition:
    """Approve what another person drafted and asked for; refuses one's own (rules, and the database)."""
    by.require("editions.approve")
    rules.check_other_person(edition, by.id)
    return _step(edition, State.APPROVED, by, approved_at=timezone.now(), approved_by=by.id)


def send_back(edition: Edition, *, reason: str, by: Viewer) -> Edition:
    """Return it to a draft with the reason; what was asked and approved before is undone."""
    by.require("editions.approve")
    rules.check_reason(reason)
    return _step(
        edition, State.DRAFT, by, reason=reason, requested_at=None, requested_by=None, approved_at=None,
        approved_by=None, returned_reason=reason.strip(),
    )  # fmt: skip


@transaction.atomic
def publish(edition: Edition, *, by: Viewer) -> Edition:
    """Make it public; the edition it follows becomes superseded in the same step and stays readable."""
    by.require("editions.publish")
    before = edition.supersedes
    if before is not None and before.state == State.PUBLISHED:
        _step(before, State.SUPERSEDED, by, reason=edition.reason_text or "")
    published = _step(edition, State.PUBLISHED, by, published_at=timezone.now(), published_by=by.id)
    log.seal_heads()
    return published


def withdraw(edition: Edition, *, reason: str, by: Viewer) -> Edition:
    """Take a published edition back; its page says that it was withdrawn and why."""
    by.require("editions.withdraw")
    rules.check_reason(reason)
    return _step(
        edition, State.WITHDRAWN, by, reason=reason, withdrawn_at=timezone.now(), withdrawn_by=by.id,
        withdrawn_reason=reason.strip(),
    )  # fmt: skip


def _step(edition: Edition, to: str, by: Viewer, *, reason: str = "", **also_set) -> Edition:
    return writing.transition(edition, "state", to, by=by, allowed=rules.TRANSITIONS, reason=reason, **also_set)
