"""What a trainer does, from plan to validation, and what is refused on the way."""

from __future__ import annotations

import uuid
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from cauce.audit.models import Entry
from cauce.kernel.problems import Problem
from cauce.records.activities import actions, queries
from cauce.records.activities.enums import EventState, Form, Presence
from cauce.records.activities.models import Event, Participation, Session
from cauce.records.people.actions import register as register_person
from cauce.records.programmes.actions import submit_month


def refused(call, *args, **kwargs):
    with pytest.raises(Problem) as caught, transaction.atomic():
        call(*args, **kwargs)
    return caught.value.code


def one(cast, event, **fields):
    fields = {"form": Form.INDIVIDUAL, "sectors": ["government"], "name": "Rosa Uc (simulada)"} | fields
    return actions.register(event, by=cast.trainer, **fields)


def count(cast, event, sector="government", **fields):
    return actions.register(event, by=cast.trainer, **{"form": Form.COUNT, "sector": sector, "quantity": 12} | fields)


def test_events_get_running_codes_of_their_office_and_year(plan, today):
    prefix = f"TIJ-E{today - timedelta(days=2):%y}-"
    assert [plan().code, plan().code] == [f"{prefix}0001", f"{prefix}0002"]
    assert refused(plan, code=f"{prefix}0001") == "activities.code_taken"


def test_a_double_click_plans_once_and_leaves_one_step(plan):
    capture = uuid.uuid4()
    assert plan(capture=capture).pk == plan(capture=capture).pk
    assert Event.objects.count() == Entry.objects.filter(table="activities.event").count() == 1


def test_only_the_permission_plans_or_attends(cast, plan, training):
    with pytest.raises(PermissionDenied):
        plan(by=cast.press)
    with pytest.raises(PermissionDenied):
        actions.register(training, by=cast.press, form=Form.COUNT, sector="cso", quantity=3)
    with pytest.raises(PermissionDenied):
        actions.hold(training, by=cast.ana)


def test_a_code_outside_the_missions_lists_is_refused(plan):
    assert refused(plan, type="seance") == "activities.unknown_code"
    assert refused(plan, topics=["trafficking", "astrology"]) == "activities.unknown_code"


def test_the_whole_road_from_plan_to_validation(cast, training, sessions):
    rosa = one(cast, training)
    assert rosa.presence == Presence.ENROLLED
    rosa = actions.mark(rosa, sessions[0], present=True, by=cast.trainer)
    assert rosa.presence == Presence.PRESENT and rosa.completed_on is None
    actions.hold(training, by=cast.trainer)
    rosa.refresh_from_db()
    assert rosa.completed_on == sessions[0].day
    actions.record_scores(rosa, pre=Decimal(40), post=Decimal(80), by=cast.trainer)
    evaluation = actions.evaluate(training, by=cast.trainer, respondents=1, content=Decimal("4.5"))
    assert (evaluation.tested, evaluation.pre_mean, evaluation.post_mean) == (1, 40, 80)
    training.refresh_from_db()
    actions.validate(training, by=cast.trainer)
    training.refresh_from_db()
    assert training.state == EventState.VALIDATED
    assert refused(one, cast, training) == "activities.validated"
    assert refused(actions.correct_event, training, {"title": "Otro"}, reason="x", by=cast.trainer) == (
        "activities.validated"
    )


def test_a_future_event_is_not_held(cast, plan, today):
    later = plan(starts_on=today + timedelta(days=3), ends_on=None)
    assert later.ends_on == later.starts_on
    assert refused(actions.hold, later, by=cast.trainer) == "activities.not_begun"


def test_a_cancelled_event_says_why_and_takes_nobody(cast, training):
    assert refused(actions.cancel, training, reason=" ", by=cast.trainer) == "activities.cancel_reason_missing"
    actions.cancel(training, reason="Alerta por huracán", by=cast.trainer)
    training.refresh_from_db()
    assert training.cancel_reason == "Alerta por huracán"
    assert refused(one, cast, training) == "activities.cancelled"
    assert refused(actions.hold, training, by=cast.trainer) == "records.no_such_step"


def test_several_sectors_leave_one_by_precedence(cast, training):
    assert one(cast, training, sectors=["cso", "shelter"]).sector == "shelter"


def test_a_list_and_a_count_of_one_sector_need_a_declaration(cast, training):
    one(cast, training)
    assert refused(count, cast, training) == "activities.count_beside_list"
    assert count(cast, training, "cso").quantity == 12
    assert refused(one, cast, training, sectors=["cso"]) == "activities.list_beside_count"
    count(cast, training, apart=True)
    assert queries.attendance_total(training) == 1 + 12 + 12


def test_somebody_on_the_list_of_an_event_without_sessions_was_there_unless_said_otherwise(cast, training):
    rosa = one(cast, training)
    assert rosa.presence == Presence.PRESENT
    assert one(cast, training, presence=Presence.ENROLLED).presence == Presence.ENROLLED
    assert actions.mark_absent(rosa, by=cast.trainer).presence == Presence.ABSENT
    assert actions.mark_present(rosa, by=cast.trainer).presence == Presence.PRESENT


def test_presence_at_an_event_with_sessions_is_said_session_by_session(cast, training, sessions):
    assert refused(actions.mark_present, one(cast, training), by=cast.trainer) == "activities.say_which_session"


def test_the_name_is_sealed_in_the_table(cast, training):
    one(cast, training)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM activities_participation")
        assert b"Rosa" not in bytes(cursor.fetchone()[0])
    assert Participation.objects.get().name == "Rosa Uc (simulada)"


def test_the_table_itself_refuses_a_count_with_a_position(cast, training):
    with pytest.raises(IntegrityError), transaction.atomic():
        Participation.objects.create(
            event=training, office_id="TIJ", form=Form.COUNT, sector="cso", quantity=2, position="Jefa"
        )


def test_two_sessions_marked_from_two_phones_are_both_kept(cast, training, sessions):
    rosa = one(cast, training)
    stale = Participation.objects.get(pk=rosa.pk)
    actions.mark(rosa, sessions[0], present=True, by=cast.trainer)
    actions.mark(stale, sessions[1], present=True, by=cast.trainer)
    assert sorted(Participation.objects.get().attended) == sorted(str(session.pk) for session in sessions)


def test_marking_twice_changes_nothing_and_unmarking_takes_it_back(cast, training, sessions):
    rosa = one(cast, training)
    actions.mark(rosa, sessions[0], present=True, by=cast.trainer)
    steps = Entry.objects.count()
    actions.mark(rosa, sessions[0], present=True, by=cast.trainer)
    assert Entry.objects.count() == steps
    assert actions.mark(rosa, sessions[0], present=False, by=cast.trainer).presence == Presence.ENROLLED


def test_somebody_who_never_came_is_absent_and_does_not_count(cast, training, sessions):
    rosa = one(cast, training, attended=[str(sessions[0].pk)])
    actions.mark_absent(rosa, by=cast.trainer)
    assert queries.attendance_total(training) == 0


def test_a_session_of_another_event_is_refused(cast, plan, training, sessions):
    rosa = one(cast, plan())
    assert refused(actions.mark, rosa, sessions[0], present=True, by=cast.trainer) == "activities.not_its_session"


def test_more_hours_take_a_completion_back(cast, training, sessions):
    rosa = one(cast, training, attended=[str(sessions[0].pk)])
    actions.hold(training, by=cast.trainer)
    training.refresh_from_db()
    rosa.refresh_from_db()
    assert rosa.completed
    actions.add_session(training, by=cast.trainer, day=training.ends_on, hours="4.0")
    rosa.refresh_from_db()
    assert not rosa.completed
    step = Entry.objects.filter(verb="uncomplete").get()
    assert step.record == str(rosa.pk) and sessions[0].day.isoformat() in step.dates


def test_a_void_session_gives_the_completion_back(cast, training, sessions):
    rosa = one(cast, training, attended=[str(sessions[0].pk)])
    extra = actions.add_session(training, by=cast.trainer, day=training.ends_on, hours="8.0")
    actions.hold(training, by=cast.trainer)
    rosa.refresh_from_db()
    assert not rosa.completed
    actions.void_session(Session.objects.get(pk=extra.pk), reason="No hubo", by=cast.trainer)
    rosa.refresh_from_db()
    assert rosa.completed


def test_correcting_dates_keeps_sessions_inside(cast, training, sessions):
    code = refused(
        actions.correct_event, training, {"ends_on": training.starts_on}, reason="Un solo día", by=cast.trainer
    )
    assert code == "activities.session_outside"


def test_correcting_a_participation_keeps_its_rules_and_its_history(cast, training):
    rosa = one(cast, training)
    count(cast, training, "cso")
    assert refused(actions.correct_participation, rosa, {"sector": "cso"}, reason="OSC", by=cast.trainer) == (
        "activities.list_beside_count"
    )
    actions.correct_participation(rosa, {"sector": "private"}, reason="Trabaja en una empresa", by=cast.trainer)
    assert Participation.objects.get(pk=rosa.pk).sector == "private"
    assert Entry.objects.filter(verb="correct", record=str(rosa.pk)).count() == 1


def test_a_labour_course_takes_a_registered_person_once(cast, plan):
    course = plan(type="labour_course", title="Electricidad (simulado)")
    person = register_person(
        by=cast.ana, given_names="Yesenia", first_surname="Ortiz (simulada)", sex="female", age=29,
        nationalities=["HND"], consents={"service": True, "statistics": True},
    )  # fmt: skip
    assert refused(one, cast, course, sectors=["public"]) == "activities.course_needs_person"
    taken = one(cast, course, sectors=["public"], name=None, person=person)
    assert Entry.objects.get(record=str(taken.pk)).concerns == [str(person.pk)]
    assert refused(one, cast, course, sectors=["public"], person=person) == "activities.person_twice"


def test_bulk_attendance_follows_the_same_rules_as_one_by_one(cast, training):
    rows = [
        Participation(event=training, office_id="TIJ", form=Form.INDIVIDUAL, sector="cso", name=f"N{n} (simulado)")
        for n in range(3)
    ]
    actions.register_many(rows, by=cast.trainer)
    assert Entry.objects.filter(table="activities.participation").count() == 3
    more = [
        Participation(event=training, office_id="TIJ", form=Form.INDIVIDUAL, sector="shelter"),
        Participation(event=training, office_id="TIJ", form=Form.COUNT, sector="shelter", quantity=4),
    ]
    assert refused(actions.register_many, more, by=cast.trainer) == "activities.count_beside_list"
    assert Participation.objects.count() == 3


def test_a_void_event_is_gone_from_sight(cast, training):
    actions.void_event(training, reason="Se registró dos veces", by=cast.trainer)
    assert not queries.events(cast.trainer).exists()


def test_a_stranger_sees_no_event_of_another_office(cast, training):
    assert not queries.events(cast.berta).exists()
    assert queries.events(cast.info).count() == 1


def test_a_month_that_was_handed_in_takes_no_new_event_and_no_attendance(cast, plan, today):
    before = (today.replace(day=1) - timedelta(days=40)).replace(day=10)
    old = plan(starts_on=before, ends_on=before)
    submit_month("TIJ", before.replace(day=1), by=cast.info)
    assert refused(plan, starts_on=before, ends_on=before) == "programmes.month_closed"
    assert refused(count, cast, old) == "programmes.month_closed"
    assert refused(actions.hold, old, by=cast.trainer) == "programmes.month_closed"
    actions.correct_event(old, {"title": "Otro título (simulado)"}, reason="Estaba mal escrito", by=cast.trainer)
