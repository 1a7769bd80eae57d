"""Only what happened yields a fact, on the day it happened."""

from __future__ import annotations

from datetime import date

import pytest

from cauce import keys
from cauce.kernel.periods import Period
from cauce.records.assistance import actions, facts
from cauce.records.assistance.new import NewLine

pytestmark = pytest.mark.django_db
YEAR = Period.year(2022)
DAY = date(2022, 5, 4)
REASON = "Se capturó mal"


def test_services_that_were_delivered_and_no_others(cast, rosa, shelter, mpp, today):
    def serve(**changes):
        fields = {"by": cast.nurse, "person": rosa, "type": "consultation", "kinds": ["psychosocial", "medical"]}
        return actions.record_service(**(fields | changes))

    done = serve(delivered_on=DAY, site=shelter, response=mpp)
    serve(state="planned", planned_on=DAY)
    serve(state="no_show", closed_on=DAY)
    serve(state="cancelled", closed_on=DAY)
    serve(delivered_on=date(2021, 12, 31))
    actions.void_service(serve(delivered_on=DAY), by=cast.nurse, reason=REASON)
    [fact] = facts.service_facts(YEAR)
    assert (fact.kind, fact.date, fact.until, fact.category) == ("assistance.service", DAY, DAY, "consultation")
    assert fact.topics == ("medical", "psychosocial")
    assert fact.subject == keys.pseudonym(done.pk, "subject") and fact.source_id == str(done.pk)
    assert (fact.response, fact.site, fact.site_kind, fact.place) == ("MPP", str(shelter.pk), "shelter", "02004")
    assert fact.organisation is None


def test_a_test_says_its_result_and_an_office_stands_in_for_a_missing_site(cast, rosa):
    actions.record_service(by=cast.nurse, person=rosa, type="covid_test", outcome="inconclusive", delivered_on=DAY)
    [fact] = facts.service_facts(YEAR)
    assert (fact.outcome, fact.place, fact.state, fact.country) == ("inconclusive", "02004", "02", "MEX")


def test_referrals_count_when_delivered(cast, rosa, clinic, today):
    referral = actions.refer(by=cast.ana, person=rosa, to=clinic, type="education", shared=["folio"])
    period = Period(date(2000, 1, 1), today)
    assert list(facts.referral_facts(period)) == []
    actions.accept_referral(referral, by=cast.ana)
    assert list(facts.referral_facts(period)) == []
    actions.deliver_referral(referral, by=cast.ana)
    [fact] = facts.referral_facts(period)
    assert (fact.date, fact.category, fact.person) == (today, "education", keys.pseudonym(rosa.pk, "person"))


def test_items_carry_their_quantity(cast, rosa):
    actions.deliver_item(by=cast.monitor, person=rosa, item_class="postnatal_kit", quantity=2, delivered_on=DAY)
    actions.deliver_item(by=cast.monitor, person=rosa, item_class="food", state="not_delivered", closed_on=DAY)
    [fact] = facts.item_facts(YEAR)
    assert (fact.category, fact.quantity) == ("postnatal_kit", 2)


def test_a_certificate_counts_at_its_issue_with_the_age_of_that_day(cast, person):
    child = person(birth_date=date(2017, 6, 1), age=None)

    def apply(**changes):
        fields = {"by": cast.ana, "person": child, "type": "birth_certificate", "received_on": date(2021, 11, 1)}
        return actions.receive_procedure(**(fields | changes))

    apply()
    apply(state="submitted", submitted_on=date(2022, 1, 10))
    apply(state="refused", refused_on=DAY, refusal="late")
    apply(state="delivered", submitted_on=date(2022, 1, 10), issued_on=DAY, delivered_on=date(2023, 2, 1))
    [fact] = facts.certificate_facts(YEAR)
    assert (fact.date, fact.category, fact.age_band) == (DAY, "birth_certificate", "0-4")
    apply(state="issued", submitted_on=date(2022, 1, 10), issued_on=date(2022, 6, 1))
    assert [each.age_band for each in facts.certificate_facts(YEAR)] == ["0-4", "5-11"]


def test_a_delivery_to_a_site_is_one_row_an_item_class(cast, shelter, clinic):
    def support(**changes):
        fields = {
            "by": cast.logistics, "site": shelter, "sure": True,
            "lines": [NewLine(item_class="food", quantity=40), NewLine(item_class="nfi", quantity=5),
                      NewLine(item_class="food", quantity=2)],
        }  # fmt: skip
        return actions.support_site(**(fields | changes))

    received = support(received_on=DAY, signed_by="Coordinación")
    support(state="dispatched", dispatched_on=DAY)
    support(state="planned", planned_on=DAY)
    rows = list(facts.support_facts(YEAR))
    assert sorted((fact.category, fact.quantity) for fact in rows) == [("food", 42), ("nfi", 5)]
    assert {fact.subject for fact in rows} == {keys.pseudonym(received.pk, "subject")}
    assert {(fact.organisation, fact.organisation_kind, fact.site_kind, fact.person) for fact in rows} == {
        (str(clinic.pk), clinic.kind, "shelter", None)
    }
    line = received.lines.filter(quantity=40).get()
    actions.correct_line(line, by=cast.logistics, reason=REASON, quantity=38)
    assert max(fact.quantity for fact in facts.support_facts(YEAR)) == 40
    received.refresh_from_db()
    actions.void_support(received, by=cast.logistics, reason=REASON)
    assert list(facts.support_facts(YEAR)) == []


def test_reading_facts_takes_few_queries_however_many_there_are(cast, person, django_assert_max_num_queries):
    for _number in range(30):
        actions.record_service(by=cast.ana, person=person(), type="education", delivered_on=DAY)
    with django_assert_max_num_queries(6):
        assert len(list(facts.service_facts(YEAR))) == 30
