"""An edition's life: two people, a reason for every change, and nothing that was frozen changes."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from cauce.audit.models import Entry
from cauce.editions import actions, build, queries, rules
from cauce.editions.enums import State
from cauce.editions.models import Edition, Frozen
from cauce.editions.tests import invented
from cauce.kernel.periods import Period
from cauce.kernel.problems import Problem

YEAR = Period.year(2022)
pytestmark = pytest.mark.django_db


@pytest.fixture
def facts(db):
    invented.keep(invented.year())


@pytest.fixture
def draft(cast, facts) -> Edition:
    return actions.draft("en-cifras", YEAR, by=cast.info)


def published(draft: Edition, cast) -> Edition:
    actions.request_review(draft, by=cast.info)
    actions.approve(draft, by=cast.head)
    return actions.publish(draft, by=cast.head)


def test_a_draft_freezes_what_the_gate_released(draft):
    values = build.values_of(draft)
    assert values.figure("protection.cases").value == sum(invented.CASES.values())
    assert values.figure("capacity.participants").value == 100
    assert values.figure("shelters.other_institutions").value == 4
    assert draft.frozen_hash == values.hash
    assert draft.name == "mexico-2022"
    assert draft.state == State.DRAFT


def test_a_later_record_does_not_change_it(draft):
    before = draft.frozen.payload
    invented.keep(invented.year()[:40])
    assert Edition.objects.get(pk=draft.pk).frozen.payload == before


def test_sent_twice_it_is_drafted_once(cast, facts):
    capture = uuid4()
    one, other = (actions.draft("en-cifras", YEAR, by=cast.info, capture=capture) for _each in range(2))
    assert one.pk == other.pk
    assert Frozen.objects.count() == 1


def test_what_was_frozen_is_never_written_again(draft):
    with pytest.raises(TypeError):
        draft.frozen.save()
    with pytest.raises(TypeError):
        draft.frozen.delete()


def test_the_whole_road_to_publication_is_logged(cast, draft):
    edition = published(draft, cast)
    assert edition.state == State.PUBLISHED
    verbs = list(Entry.objects.filter(table="editions.edition", record=str(edition.pk)).values_list("verb", flat=True))
    assert verbs == ["draft", "in_review", "approved", "published"]


def test_nobody_approves_their_own(cast, draft):
    both = cast.info.__class__(
        **{**{name: getattr(cast.info, name) for name in cast.info.__slots__},
           "permissions": cast.info.permissions | {"editions.approve"}}
    )  # fmt: skip
    actions.request_review(draft, by=cast.info)
    with pytest.raises(Problem) as refused:
        actions.approve(draft, by=both)
    assert refused.value.code == "editions.own"


def test_the_database_refuses_it_too(cast, draft):
    actions.request_review(draft, by=cast.info)
    for own in ("requested_by", "recorded_by"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Edition.objects.filter(pk=draft.pk).update(
                approved_by=getattr(draft, own), approved_at=draft.requested_at, state=State.APPROVED
            )


@pytest.mark.parametrize("name", ["requested_at", "approved_by", "published_at", "withdrawn_by", "reason_class"])
def test_paired_facts_come_together_or_not_at_all(draft, name):
    value = {"requested_at": draft.recorded_at, "published_at": draft.recorded_at, "reason_class": "C"}.get(name, "x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Edition.objects.filter(pk=draft.pk).update(**{name: value})


def test_no_state_is_reached_without_its_signatures(draft):
    for state in (State.APPROVED, State.PUBLISHED, State.SUPERSEDED):
        with pytest.raises(IntegrityError), transaction.atomic():
            Edition.objects.filter(pk=draft.pk).update(state=state)


def test_steps_out_of_order_are_refused(cast, draft):
    with pytest.raises(Problem) as refused:
        actions.publish(draft, by=cast.head)
    assert refused.value.code == "records.no_such_step"


@pytest.mark.parametrize(
    ("who", "act"),
    [
        ("press", lambda edition, by: actions.draft("en-cifras", YEAR, by=by)),
        ("head", lambda edition, by: actions.request_review(edition, by=by)),
        ("info", lambda edition, by: actions.approve(edition, by=by)),
        ("press", lambda edition, by: actions.publish(edition, by=by)),
        ("info", lambda edition, by: actions.withdraw(edition, reason="ya no sirve", by=by)),
    ],
)
def test_who_may_not_is_refused(cast, draft, who, act):
    with pytest.raises(PermissionDenied):
        act(draft, getattr(cast, who))


def test_it_is_returned_with_the_reason_and_begins_again(cast, draft):
    actions.request_review(draft, by=cast.info)
    actions.send_back(draft, reason="Faltan las ferias de Mexicali.", by=cast.head)
    draft.refresh_from_db()
    assert draft.state == State.DRAFT
    assert draft.requested_by is None
    assert "Mexicali" in draft.returned_reason
    actions.request_review(draft, by=cast.info)
    assert draft.returned_reason == ""


def test_a_new_edition_needs_the_class_of_change_and_supersedes_the_old(cast, draft):
    first = published(draft, cast)
    with pytest.raises(Problem) as refused:
        actions.draft("en-cifras", YEAR, by=cast.info)
    assert refused.value.code == "editions.reason_of_change"
    second = actions.draft(
        "en-cifras", YEAR, by=cast.info, reason_class="C", reason_text="Se corrigió una feria contada dos veces."
    )
    assert second.name == "mexico-2022-2"
    published(second, cast)
    first.refresh_from_db()
    assert first.state == State.SUPERSEDED
    assert first.is_public
    assert "Sustituye a la edición mexico-2022 (C)" in build.document_of(second).to_json()


def test_a_withdrawn_edition_keeps_its_reason_and_is_not_public(cast, draft):
    edition = published(draft, cast)
    actions.withdraw(edition, reason="Contó dos veces una oficina.", by=cast.head)
    assert not edition.is_public
    assert edition.withdrawn_reason == "Contó dos veces una oficina."
    assert not rules.TRANSITIONS[edition.state]


def test_a_draft_is_discarded_with_its_reason_and_its_number_is_not_reused_silently(cast, draft):
    actions.discard(draft, reason="Periodo equivocado.", by=cast.info)
    assert not Edition.objects.visible_to(cast.info).exists()
    again = actions.draft("en-cifras", YEAR, by=cast.info)
    assert again.sequence == 2


def test_a_sum_that_does_not_hold_stops_the_draft(cast, db):
    facts = invented.year()
    kits = [fact for fact in facts if fact.kind == "assistance.item"]
    # More organisations of other services than sites: the part would be greater than the whole.
    support = next(
        fact for fact in facts if fact.kind == "assistance.site_support" and fact.site_kind == "other_service"
    )
    from dataclasses import replace

    many = [replace(support, organisation=f"o-{n}", source_id=f"x-{n}") for n in range(60)]
    invented.keep([*facts, *many])
    assert kits
    with pytest.raises(Problem) as stopped:
        actions.draft("en-cifras", YEAR, by=cast.info)
    assert stopped.value.code == "editions.sums"
    assert not Edition.objects.exists()


def test_an_unknown_report_is_said(cast):
    with pytest.raises(Problem) as refused:
        actions.draft("nada", YEAR, by=cast.info)
    assert refused.value.field == "report"


def test_the_table_of_turns_covers_every_state():
    assert set(rules.TRANSITIONS) == set(State) == set(rules.TURN)
    assert {to for steps in rules.TRANSITIONS.values() for to in steps} <= set(State)


def test_a_period_without_anything_is_not_drafted(cast, facts):
    with pytest.raises(Problem) as problem:
        actions.draft("en-cifras", Period.parse("2019"), by=cast.info)
    assert problem.value.code == "editions.empty" and "2019" in problem.value.sentence
    assert not Edition.objects.exists()


def test_the_year_answered_for_is_the_last_whole_one_in_force(cast, draft):
    assert queries.published_year() is None
    edition = published(draft, cast)
    assert queries.published_year() == 2022
    actions.withdraw(edition, by=cast.head, reason="Se publicó antes de tiempo")
    assert queries.published_year() is None
