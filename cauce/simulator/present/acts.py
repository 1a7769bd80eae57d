"""What was done for people and sites in the last days, and what waits: every act in every state it can be in."""

from __future__ import annotations

from cauce.records.assistance import actions
from cauce.records.assistance.models import Referral
from cauce.records.assistance.new import NewLine
from cauce.records.people.actions import withdraw_consent
from cauce.records.people.models import Consent
from cauce.records.places.models import Organisation, Site
from cauce.records.protection import actions as protection
from cauce.simulator.present.cases import Opened
from cauce.simulator.present.cast import Cast
from cauce.simulator.present.people import Known

_SHARED = ("folio", "age", "need")


def acts(cast: Cast, known: Known, opened: Opened) -> None:
    _services(cast, known, opened)
    _consultations(cast, known)
    _referrals(cast, known, opened)
    _reserved_referrals(cast, known, opened)
    _procedures(cast, known)
    _items(cast, known)
    _supports(cast)


def _services(cast: Cast, known: Known, opened: Opened) -> None:
    """Of cases and of no case: done today, planned, missed, called off, corrected, recorded by mistake."""
    ana = cast["ana"]
    for number, case in enumerate(opened.ana[:6]):
        kind = ("legal_advice", "migration_advice", "information")[number % 3]
        protection.serve(case, by=ana, type=kind, delivered_on=cast.day(-number))
    for case, day in zip(opened.ana[3:8], (0, 0, -1, 1, 4), strict=True):
        protection.serve(case, by=ana, type="legal_advice", state="planned", planned_on=cast.day(day))
    missed, off = (
        protection.serve(case, by=ana, type="migration_advice", state="planned", planned_on=cast.day(-1))
        for case in opened.ana[1:3]
    )
    actions.cancel_service(missed, by=ana, reason="No llegó a la cita (simulado)", no_show=True)
    actions.cancel_service(off, by=ana, reason="La persona pidió otra fecha (simulado)")
    elsa = cast["elsa"]
    for person in known.adults[2:5]:
        given = actions.record_service(by=elsa, person=person, type="information", delivered_on=cast.today)
    actions.correct_service(given, by=elsa, reason="Fue ayer por la tarde (simulado)", delivered_on=cast.day(-1))
    twice = actions.record_service(by=elsa, person=known.adults[2], type="lodging", delivered_on=cast.day(-1))
    actions.void_service(twice, by=elsa, reason="Se registró dos veces (simulado)")
    for case in (*opened.marta[:2], opened.marta[3]):
        protection.serve(case, by=cast["marta"], type="psychosocial", delivered_on=cast.day(-1))
    for case in opened.ines[:2]:
        protection.serve(case, by=cast["ines"], type="child_protection", delivered_on=cast.today)
    for number, person in enumerate(known.centre):
        planned = (
            {"state": "planned", "planned_on": cast.day(number - 1)}
            if number % 2
            else {"delivered_on": cast.day(-number)}
        )
        actions.record_service(by=cast["raul"], person=person, type="information", **planned)


def _consultations(cast: Cast, known: Known) -> None:
    """Nora's round of today: seen, waiting, and one from yesterday that nobody noted."""
    nora = cast["nora"]
    site = Site.objects.live().filter(kind="shelter", municipality="02004", closed=None).order_by("name").first()
    for number, person in enumerate((*known.adults[:4], *known.children[:2])):
        kinds = (["medical"], ["psychosocial"], ["medical", "nutrition"])[number % 3]
        actions.record_service(
            by=nora, person=person, type="consultation", kinds=kinds, delivered_on=cast.today, site=site
        )
    for day, person in zip((-1, 0, 0, 0, 2), known.adults[6:11], strict=True):
        actions.record_service(
            by=nora, person=person, type="consultation", kinds=["medical"], state="planned", planned_on=cast.day(day),
            site=site,
        )  # fmt: skip
    actions.record_service(
        by=nora, person=known.adults[4], type="covid_test", delivered_on=cast.day(-2), outcome="negative", site=site
    )
    for number, (person, day) in enumerate(zip(known.adults[2:5], (0, -2, 3), strict=True)):
        actions.refer(
            by=nora, person=person, to=_receiver("Centro de salud", "02004"), type="psychosocial", shared=_SHARED,
            urgency="urgent" if number == 0 else "routine", sent_on=cast.day(-4 + number), follow_up_on=cast.day(day),
        )  # fmt: skip


def _receiver(start: str, place: str) -> Organisation:
    return Organisation.objects.live().get(name__startswith=start, municipality=place)


def _referrals(cast: Cast, known: Known, opened: Opened) -> None:
    """A referral in each state, and three whose answer is to be asked for."""
    ana, clinic = cast["ana"], _receiver("Clínica jurídica", "02004")
    days = {"sent": (-1, 0, 2), "accepted": (None,), "delivered": (None,), "declined": (None,), "not_delivered": (None,),
            "revoked": (None,)}  # fmt: skip
    cases = iter(opened.ana)
    for state, follow_ups in days.items():
        for follow_up in follow_ups:
            referral = protection.refer(
                next(cases), by=ana, to=clinic, type="legal_advice", shared=_SHARED, sent_on=cast.day(-6),
                follow_up_on=None if follow_up is None else cast.day(follow_up),
            )  # fmt: skip
            _bring(cast, referral, state)
    # Without consent it waits as a draft for somebody else's approval; withdrawn, it goes nowhere.
    unasked = known.adults[14]
    withdraw_consent(
        Consent.objects.live().get(person=unasked, purpose="referral"), reason="Lo pensará (simulado)", by=ana
    )
    actions.refer(
        by=ana, person=unasked, to=_receiver("Centro de salud", "02004"), type="psychosocial", shared=("folio", "need"),
        urgency="immediate", override_reason="Riesgo para su vida; no puede responder (simulado)",
    )  # fmt: skip
    twice = actions.refer(by=ana, person=known.adults[12], to=clinic, type="legal_advice", shared=_SHARED)
    actions.void_referral(twice, by=ana, reason="Se registró dos veces (simulado)")
    mind_changed = known.adults[15]
    actions.refer(by=ana, person=mind_changed, to=clinic, type="legal_advice", shared=_SHARED, sent_on=cast.day(-3))
    withdraw_consent(
        Consent.objects.live().get(person=mind_changed, purpose="referral"), reason="Ya no quiere (simulado)", by=ana
    )


def _bring(cast: Cast, referral: Referral, state: str) -> None:
    """Along the steps of a referral to its state."""
    ana = cast["ana"]
    if state == "declined":
        actions.decline_referral(referral, by=ana, closing="no_capacity", on=cast.day(-3))
    elif state == "revoked":
        actions.revoke_referral(referral, by=ana, reason="Se canalizó a otra organización (simulado)")
    elif state != "sent":
        accepted = actions.accept_referral(referral, by=ana, on=cast.day(-4))
        if state == "delivered":
            actions.deliver_referral(accepted, by=ana, on=cast.day(-1))
        elif state == "not_delivered":
            actions.fail_referral(accepted, by=ana, closing="person_declined", on=cast.day(-1))


def _reserved_referrals(cast: Cast, known: Known, opened: Opened) -> None:
    """Of cases behind a vault, and of who returns home."""
    for case, day in zip(opened.marta, (0, 2, -1, 3), strict=True):
        protection.refer(
            case, by=cast["marta"], to=_receiver("Fiscalía", "02004"), type="police", shared=("folio",), urgency="urgent",
            sent_on=cast.day(-2), follow_up_on=cast.day(day),
        )  # fmt: skip
    for case, day in zip(opened.ines, (0, 1, -1, 4), strict=True):
        protection.refer(
            case, by=cast["ines"], to=_receiver("Procuraduría", "07089"), type="child_protection", shared=_SHARED,
            sent_on=cast.day(-1), follow_up_on=cast.day(day),
        )  # fmt: skip
    for person, day in zip(known.centre[:3], (0, -1, 2), strict=True):
        actions.refer(
            by=cast["raul"], person=person, to=_receiver("Clínica jurídica", "09015"), type="legal_advice", shared=_SHARED,
            sent_on=max(cast.day(-2), person.registered_on), follow_up_on=cast.day(day),
        )  # fmt: skip


def _procedures(cast: Cast, known: Known) -> None:
    """Documents of identity, each as far as it has come."""
    steps = {
        "received": (), "incomplete": ("incomplete",), "submitted": ("submitted",), "issued": ("submitted", "issued"),
        "delivered": ("submitted", "issued", "delivered"), "refused": ("refused",),
    }  # fmt: skip
    told = {
        "incomplete": {"missing": "Constancia de nacimiento del hospital (simulado)"},
        "issued": {"number": "SIM-ACTA-0001"},
        "refused": {"refusal": "missing_papers"},
    }
    for username, people in (
        ("ana", (*known.children, *known.adults)),
        ("ines", (*known.south, *known.south)),
        ("luis", known.centre),
    ):
        by = cast[username]
        for person, (state, path) in zip(people, steps.items(), strict=False):
            received = max(cast.day(-5), person.registered_on)
            kind = "birth_certificate" if state in ("received", "issued") else "curp"
            procedure = actions.receive_procedure(by=by, person=person, type=kind, received_on=received)
            for step in path:
                procedure = actions.advance_procedure(procedure, step, by=by, on=cast.today, **told.get(step, {}))


def _items(cast: Cast, known: Known) -> None:
    """Handed over, waiting to be, and not collected."""
    elsa = cast["elsa"]
    for number, person in enumerate(known.adults[:6]):
        kind = ("hygiene", "food", "nfi")[number % 3]
        actions.deliver_item(by=elsa, person=person, item_class=kind, delivered_on=cast.day(-(number % 3)), signed=True)
    for person, day in zip(known.adults[6:10], (0, 0, 1, 3), strict=True):
        waiting = actions.deliver_item(
            by=elsa, person=person, item_class="hygiene", state="planned", planned_on=cast.day(day)
        )
    for person in known.centre[:2]:
        actions.deliver_item(by=cast["luis"], person=person, item_class="nfi", delivered_on=cast.today, signed=True)
    actions.not_handed_over(waiting, by=elsa, reason="Salió de la ciudad (simulado)")


def _supports(cast: Cast) -> None:
    """Deliveries to shelters: planned, on their way, received and then corrected, called off."""
    lalo = cast["lalo"]
    sites = Site.objects.live().filter(kind="shelter", municipality="02004", closed=None).order_by("name")[:7]
    for number, site in enumerate(sites):
        lines = [NewLine(item_class=("food", "hygiene", "nfi")[number % 3], quantity=40 + 20 * number, measure="cajas")]
        support = actions.support_site(
            by=lalo, site=site, lines=lines, state="planned", planned_on=cast.day((0, 1, -1, 3, -2, 2, 0)[number])
        )
        if number in (2, 4, 6):
            support = actions.dispatch_support(support, by=lalo, on=cast.day(-1))
        if number in (4, 6):
            support = actions.receive_support(
                support, by=lalo, signed_by="Coordinación del albergue", on=cast.today, note_number=f"SIM-{number:04d}"
            )
        if number == 6:
            actions.correct_line(
                support.lines.get(), by=lalo, reason="Llegaron dos cajas menos (simulado)", quantity=158
            )
        if number == 5:
            actions.cancel_support(support, by=lalo, reason="El albergue ya recibió de otra organización (simulado)")
