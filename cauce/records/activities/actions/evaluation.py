"""What participants thought and learned (Kirkpatrick levels 1 and 2)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from cauce.access.viewer import Viewer
from cauce.records import writing
from cauce.records.activities import permissions, queries, rules
from cauce.records.activities.actions.events import dates_of
from cauce.records.activities.enums import EventState
from cauce.records.activities.models import Evaluation, Event


def evaluate(event: Event, *, by: Viewer, **fields: Any) -> Evaluation:
    """Write the evaluation of an event that was held, and move the event on.

    Means of the tests are taken from the scores noted person by person unless they are given.
    """
    permissions.check_edit(by)
    with transaction.atomic():
        evaluation = Evaluation(event=event, office_id=event.office_id, **fields)
        existing = Evaluation.objects.filter(capture=evaluation.capture).first()
        if existing is not None:
            return existing
        if not evaluation.tested and evaluation.pre_mean is None and evaluation.post_mean is None:
            evaluation.tested, evaluation.pre_mean, evaluation.post_mean = queries.test_means(event)
        rules.check_evaluation(evaluation)
        writing.transition(
            event, "state", EventState.EVALUATED, by=by, allowed=rules.TRANSITIONS, dates=dates_of(event)
        )
        return writing.add(evaluation, by=by, dates=dates_of(event))


def correct_evaluation(evaluation: Evaluation, changes: Mapping[str, Any], *, reason: str, by: Viewer) -> Evaluation:
    permissions.check_edit(by)
    rules.check_open(evaluation.event)
    trial = Evaluation(
        **{field.attname: getattr(evaluation, field.attname) for field in Evaluation._meta.concrete_fields}
    )
    for name, value in changes.items():
        setattr(trial, name, value)
    rules.check_evaluation(trial)
    return writing.correct(evaluation, changes, reason=reason, by=by, dates=dates_of(evaluation.event))
