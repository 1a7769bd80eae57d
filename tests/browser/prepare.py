"""A small installation for the browser, made by real actions: ``python -m tests.browser.prepare`` in its CAUCE_HOME.

Everybody in it is invented. What was made is listed in ``index.json`` of the home folder: a name
for each record a page is opened with.
"""

from __future__ import annotations

import json
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import django
from django.conf import settings

# More than the threshold under which a count of cases is withheld from the public.
ASSISTED = 24
NAMES = ("Rosa Elvira", "Marlon Josué", "Yesenia", "Wilner", "Dulce María", "Kevin Alexander", "Fabiola", "Óscar René")
SURNAMES = (("Canché", "Pech"), ("Mejía", "Lagos"), ("Jean-Baptiste", ""), ("Zelaya", "Núñez"), ("de la Cruz", "Tun"))
NATIONALITIES = ("HND", "GTM", "SLV", "HTI", "VEN", "MEX")
REASON = "Se capturó con un dato equivocado"


def main() -> None:
    django.setup()
    from cauce.cli.setup import prepare
    from cauce.facts.refresh import refresh
    from tests.cast import assemble

    prepare()
    made: dict[str, Any] = {}
    cast = assemble()
    _ground(cast, made)
    _people(cast, made)
    _cases(cast, made)
    _vaults(cast, made)
    _acts(cast, made)
    _activities(cast, made)
    _surveys(cast, made)
    _intake(cast, made)
    refresh()
    _editions(cast, made)
    refresh()
    made["account"] = cast.user("press").pk
    index = {name: str(getattr(each, "pk", each)) for name, each in made.items()}
    (Path(settings.HOME) / "index.json").write_text(json.dumps(index, indent=1))


def _today():
    from django.utils import timezone

    return timezone.localdate()


def _ground(cast: Any, made: dict[str, Any]) -> None:
    """Organisations, sites, services offered, donors, projects, responses, a month handed in."""
    from cauce.records.places import actions as places
    from cauce.records.programmes import actions as programmes

    by, today = cast.policy, _today()
    made["organisation"] = places.register_organisation(
        places.NewOrganisation(
            name="Clínica jurídica de la frontera (simulada)", kind="university", municipality="02004"
        ),
        by=by,
    )
    made["site"] = places.register_site(
        places.NewSite(
            name="Casa Luz (simulada)", kind="shelter", municipality="02004", organisation=made["organisation"].pk,
            capacity_regular=60, address="Calle Inventada 12, colonia Centro",
        ),
        by=by,
    )  # fmt: skip
    made["closed_site"] = places.close_site(
        places.register_site(places.NewSite(name="Casa Sombra (simulada)", kind="shelter", municipality="02004"), by=by),
        today, reason=REASON, by=by,
    )  # fmt: skip
    made["offer"] = places.offer_service(made["organisation"], "legal_advice", by=by, conditions="Con cita")
    made["donor"] = programmes.register_donor(
        by=by, name="Fondo de Prueba (simulado)", short_name="FDP", kind="government", country="CAN"
    )
    long_ago = today - timedelta(days=700)
    made["project"] = programmes.register_project(
        programmes.NewProject(
            code="CT.0001", name="Protección en la frontera (simulado)", donor=made["donor"].pk, start=long_ago,
            chapters=["protection"],
        ),
        by=by,
    )  # fmt: skip
    made["response"] = programmes.register_response(
        by=by, code="FRONTERA", name="Respuesta en la frontera", name_en="Response at the border", start=long_ago
    )
    last_month = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    programmes.submit_month("TIJ", last_month, by=cast.logistics)
    made["month"] = f"{last_month:%Y-%m}"


def _people(cast: Any, made: dict[str, Any]) -> None:
    from cauce.records.people import actions as people

    agreed = dict.fromkeys(("service", "internal_case", "referral", "statistics"), True)
    for number in range(ASSISTED):
        first, second = SURNAMES[number % 5]
        made[f"person_{number}"] = people.register(
            by=cast.ana, given_names=f"{NAMES[number % 8]} (simulada)", first_surname=first, second_surname=second,
            sex=("female", "male")[number % 2], age=19 + 3 * number, nationalities=[NATIONALITIES[number % 6]],
            consents=agreed,
        )  # fmt: skip
    person = made["person"] = made["person_0"]
    made["document"] = people.add_document(person, by=cast.ana, type="passport", number="E123456")
    made["group"] = people.create_group(person, by=cast.ana, label="Familia de Rosa (simulada)")
    people.join_group(made["person_1"], made["group"], by=cast.ana)
    people.set_contact(person, by=cast.ana, phone="+52 664 000 0000", channel="whatsapp", safe_hours="Por la tarde")
    made["decision"] = people.place_decision(
        person, "no_travel", "Espere la valoración antes de cualquier traslado.", by=cast.ana, call="Guardia de salud",
    )  # fmt: skip
    from cauce.records.people.models import Consent

    made["consent"] = Consent.objects.get(person=person, purpose="statistics")


def _cases(cast: Any, made: dict[str, Any]) -> None:
    """One assisted case for each person but the first, who has an open one in every state of work."""
    from cauce.records.protection import actions as protection

    needs = (["legal"], ["health", "lodging"], ["prenatal"], ["migration_advice", "psychosocial"])
    for number in range(ASSISTED):
        case = protection.open_case(
            by=cast.ana, person=made[f"person_{number}"], needs=needs[number % 4], channel="self",
            population="migrant", risk=("low", "medium", "high")[number % 3],
        )  # fmt: skip
        made.setdefault("case", case)
        made["last_case"] = case
        protection.serve(case, by=cast.ana, type="legal_advice", delivered_on=_today())
    protection.plan_next(made["case"], by=cast.ana, next_step="Llamar a la clínica", next_on=_today())
    made["service_of_case"] = protection.serve(
        made["case"], by=cast.ana, type="psychosocial", state="planned", planned_on=_today() + timedelta(days=3)
    )
    again = {"needs": ["legal"], "channel": "hotline", "population": "migrant"}
    made["identified"] = protection.open_case(
        by=cast.ana, person=made["person_2"], state="identified", identified_on=_today(), **again
    )
    made["paused"] = protection.open_case(by=cast.ana, person=made["person_3"], **again)
    protection.hold_case(made["paused"], by=cast.ana, reason="La persona viaja y vuelve la próxima semana")
    made["closed"] = protection.open_case(by=cast.ana, person=made["person_4"], **again)
    protection.close_case(made["closed"], by=cast.ana, closing="goal_met")


def _vaults(cast: Any, made: dict[str, Any]) -> None:
    from cauce.records.people import actions as people
    from cauce.records.protection import actions as protection

    case = {"needs": ["safety"], "channel": "shelter", "population": "migrant", "risk": "high"}
    survivor = people.register(by=cast.gbv, given_names="Ixchel (simulada)", first_surname="Balam", sex="female", age=27,
                               consents=dict.fromkeys(("service", "internal_case", "referral", "statistics"), True))  # fmt: skip
    made["gbv_case"] = protection.open_case(by=cast.gbv, person=survivor, categories=["gbv"], **case)
    made["incident"] = protection.record_incident(
        made["gbv_case"], by=cast.gbv, reported_on=_today(), type="physical_assault", account="En el camino"
    )
    protection.serve(made["gbv_case"], by=cast.gbv, type="safe_house", delivered_on=_today())
    made["trafficking_case"] = protection.open_case(by=cast.gbv, person=survivor, categories=["trafficking"], **case)
    protection.record_trafficking(
        made["trafficking_case"], by=cast.gbv, status="possible", decided_by="mission", decided_on=_today(),
        exploitation=["labour"],
    )  # fmt: skip
    child = people.register(by=cast.child, given_names="Beto (simulado)", first_surname="Ek", sex="male", age=14,
                            consents=dict.fromkeys(("service", "internal_case", "referral", "statistics"), True))  # fmt: skip
    made["child_case"] = protection.open_case(
        by=cast.child,
        person=child,
        uasc="unaccompanied",
        law_term="unaccompanied",
        **(case | {"needs": ["child_protection"]}),
    )
    protection.record_child(made["child_case"], by=cast.child, notified_on=_today(), care="shelter")
    made["survivor"] = survivor


def _acts(cast: Any, made: dict[str, Any]) -> None:
    """Services, referrals, procedures, items and deliveries to sites, in the states their pages stand for."""
    from cauce.records.assistance import actions as assistance
    from cauce.records.assistance.new import NewLine

    today, person, soon = _today(), made["person_1"], _today() + timedelta(days=2)
    made["service"] = assistance.record_service(
        by=cast.nurse, person=person, type="consultation", kinds=["medical"], delivered_on=today, site=made["site"]
    )
    made["planned_service"] = assistance.record_service(
        by=cast.ana, person=person, type="legal_advice", state="planned", planned_on=soon
    )
    sent = {"by": cast.ana, "person": person, "to": made["organisation"], "type": "legal_advice", "shared": ["folio"]}
    made["referral"] = assistance.refer(**sent)
    made["accepted_referral"] = assistance.accept_referral(assistance.refer(**sent), by=cast.ana)
    made["procedure"] = assistance.receive_procedure(by=cast.ana, person=person, type="curp", received_on=today)
    made["item"] = assistance.deliver_item(
        by=cast.monitor, person=person, item_class="hygiene", quantity=2, delivered_on=today, signed=True
    )
    made["planned_item"] = assistance.deliver_item(
        by=cast.monitor, person=person, item_class="food", state="planned", planned_on=soon
    )
    to_site = {"by": cast.logistics, "site": made["site"]}
    made["support"] = assistance.support_site(
        lines=[NewLine(item_class="food", quantity=40), NewLine(item_class="wash", quantity=3)], received_on=today,
        signed_by="Coordinación", **to_site,
    )  # fmt: skip
    made["line"] = made["support"].lines.first()
    made["planned_support"] = assistance.support_site(
        lines=[NewLine(item_class="hygiene", quantity=80)], state="planned", planned_on=soon, **to_site
    )
    made["sent_support"] = assistance.support_site(
        lines=[NewLine(item_class="medicine", quantity=5)], state="dispatched", dispatched_on=today, **to_site
    )


def _activities(cast: Any, made: dict[str, Any]) -> None:
    from cauce.records.activities import actions as activities
    from cauce.records.activities.enums import Form
    from cauce.records.places.models import Municipality

    by, today, tijuana = cast.trainer, _today(), Municipality.objects.get(code="02004")
    event = {"type": "training", "municipality": tijuana, "topics": ["trafficking"]}
    made["event"] = activities.plan(
        by=by, title="Identificación de la trata de personas (simulado)", starts_on=today - timedelta(days=1),
        ends_on=today, **event,
    )  # fmt: skip
    made["planned_event"] = activities.plan(
        by=by, title="Trabajo digno (simulado)", starts_on=today + timedelta(days=5), ends_on=today + timedelta(days=5),
        **event,
    )  # fmt: skip
    activities.plan(by=by, title="Nadie ha dicho si se hizo (simulado)", starts_on=today - timedelta(days=4),
                    ends_on=today - timedelta(days=4), **event)  # fmt: skip
    made["session"] = activities.add_session(made["event"], by=by, day=made["event"].starts_on, hours=Decimal("4.0"))
    made["participation"] = activities.register(
        made["event"],
        by=by,
        form=Form.INDIVIDUAL,
        name="Ana Pech (simulada)",
        sectors=["government"],
        sex="female",
        age=33,
    )
    activities.register(made["event"], by=by, form=Form.COUNT, sectors=["cso"], quantity=14)
    activities.mark(made["participation"], made["session"], present=True, by=by)
    made["event"].refresh_from_db()
    activities.hold(made["event"], by=by)
    made["event"].refresh_from_db()
    activities.evaluate(made["event"], by=by, respondents=12, content=Decimal("4.5"))


def _surveys(cast: Any, made: dict[str, Any]) -> None:
    from cauce.records.places.models import Municipality
    from cauce.records.surveys import actions as surveys
    from cauce.records.surveys.enums import RoundState

    tapachula, today = Municipality.objects.get(code="07089"), _today()
    where = {"by": cast.info, "municipality": tapachula}
    made["round"] = surveys.plan_round(
        starts_on=today - timedelta(days=9), ends_on=today, state=RoundState.COLLECTING, sample_planned=400, **where
    )
    made["planned_round"] = surveys.plan_round(
        starts_on=today + timedelta(days=9), ends_on=today + timedelta(days=20), **where
    )
    for number in range(14):
        made["interview"] = surveys.record_interview(
            date=today, nationality=NATIONALITIES[number % 6], sex=("female", "male")[number % 2], age=20 + number,
            location="Plaza inventada", **where,
        )  # fmt: skip


def _intake(cast: Any, made: dict[str, Any]) -> None:
    """A workbook that is good, and one whose dry run finds something to refuse in each row but one."""
    from cauce.capture import actions as capture
    from cauce.capture.run import run_batch

    header = "Fecha de registro,Nombres,Primer apellido,Sexo,Edad estimada,Consentimiento para servicios\n"
    day = f"{_today():%d/%m/%Y}"
    good = header + "".join(f"{day},Importada {n} (simulada),Dzul,Mujer,3{n},Sí\n" for n in range(3))
    bad = f"{header}{day},Irma (simulada),Dzul,Mujer,34,Sí\n31/02/2022,Leo,Dzul,Hombre,400,Sí\n{day},,,Nada,x,No\n"
    for name, text in (("batch", bad), ("done_batch", good)):
        batch = capture.receive(text.encode(), f"personas-{len(made)}.csv", by=cast.info)
        made[name] = run_batch(batch.pk, viewer=cast.info)
    batch = capture.confirm(made["done_batch"], by=cast.info)
    made["done_batch"] = run_batch(batch.pk, viewer=cast.info)


def _editions(cast: Any, made: dict[str, Any]) -> None:
    """This quarter's interviews are public, and the figures of this month wait as a draft."""
    from cauce.editions import actions as editions
    from cauce.kernel.periods import Period

    today = _today()
    quarter = Period.parse(f"{today.year}-Q{(today.month + 2) // 3}")
    edition = editions.draft("flow-monitoring", quarter, by=cast.info)
    edition = editions.approve(editions.request_review(edition, by=cast.info), by=cast.head)
    made["published"] = editions.publish(edition, by=cast.head)
    made["published_name"] = edition.name
    made["draft"] = editions.draft("en-cifras", Period.parse(f"{today:%Y-%m}"), by=cast.info)


if __name__ == "__main__":
    main()
