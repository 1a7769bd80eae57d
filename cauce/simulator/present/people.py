"""Who came in the last weeks: families and companions, what they agreed to, what others must obey about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from cauce.records.people import actions
from cauce.records.people.models import Consent, Person
from cauce.records.people.rules import NewDocument
from cauce.simulator import names
from cauce.simulator.present.cast import Cast
from cauce.simulator.world import nationality_for

CORRECTED = "Mostró su acta de nacimiento (simulado)"
_AGREED = {"service": True, "internal_case": True, "referral": True, "statistics": True}
_LANGUAGES = {"HTI": ["ht", "fr"], "BRA": ["pt"], "GTM": ["es", "mam"]}


@dataclass
class Known:
    """People of the present by what they are here for; each list is of one office."""

    adults: list[Person] = field(default_factory=list)
    women: list[Person] = field(default_factory=list)
    children: list[Person] = field(default_factory=list)
    south: list[Person] = field(default_factory=list)
    centre: list[Person] = field(default_factory=list)


def people(cast: Cast) -> Known:
    known = Known()
    for number in range(16):
        known.adults.append(
            _register(cast, "elsa" if number % 3 else "ana", -14 + number % 14, sex="", age=19 + number * 2)
        )
    known.women += [
        _register(cast, "marta", -12 + 2 * number, sex="female", age=22 + 3 * number) for number in range(5)
    ]
    known.south += [_register(cast, "ines", -10 + 2 * number, sex="", age=9 + 2 * number) for number in range(4)]
    known.centre += [_register(cast, "raul", -8 + 2 * number, sex="", age=27 + 4 * number) for number in range(4)]
    _families(cast, known)
    _answers(cast, known)
    _decisions(cast, known)
    _mended(cast, known)
    return known


def _register(cast: Cast, username: str, day: int, *, sex: str, age: int, nationality: str = "") -> Person:
    """One person with a date of birth; some with a telephone, some with a document."""
    random, by = cast.random, cast[username]
    sex = sex or random.choice(("female", "male"))
    nationality = nationality or nationality_for(random, by.office)
    given, first, second = names.full(random, sex, nationality)
    registered = cast.day(day)
    birth = date(registered.year - age, random.randint(1, 12), random.randint(1, 28))
    if birth.replace(year=registered.year) > registered:
        birth = birth.replace(year=birth.year - 1)
    language = _LANGUAGES.get(nationality, ["es"])
    documents = []
    if age >= 18 and random.random() < 0.5:
        documents = [NewDocument(type="passport", number=f"SIM{random.randrange(10**6):06d}", issuer=nationality)]
    notice = actions.current_notice("ht" if "ht" in language else "es", by=by)
    return actions.register(
        by=by,
        given_names=given,
        first_surname=first,
        second_surname=second,
        sex=sex,
        birth_date=birth,
        nationalities=[nationality],
        languages=language,
        needs_interpreter="es" not in language,
        phone=f"+52 664 000 {random.randrange(10**4):04d}" if age >= 18 else "",
        channel="whatsapp" if age >= 18 else "",
        documents=documents,
        consents=_AGREED,
        consent={
            "mode": "written" if documents else "oral", "language": language[0], "notice": notice,
            "given_by": "self" if age >= 18 else "caregiver",
        },
        registered_on=registered,
    )  # fmt: skip


def _families(cast: Cast, known: Known) -> None:
    """Three families with their children, and two companions."""
    by = cast["elsa"]
    for number, size in enumerate((3, 2, 1)):
        head = known.adults[number]
        group = actions.create_group(head, by=by, label=f"Familia {number + 1} (simulada)")
        for child in range(size):
            young = _register(
                cast, "elsa", -6 + number, sex="", age=3 + 4 * child + number, nationality=head.nationality
            )
            known.children.append(actions.join_group(young, group, by=by))
    companions = actions.create_group(known.adults[5], by=by, label="Compañeros de viaje (simulado)")
    actions.join_group(known.adults[6], companions, by=by)


def _answers(cast: Cast, known: Known) -> None:
    """Consents that end within the week, a purpose refused, one taken back; a file two offices serve."""
    ana = cast["ana"]
    for number, person in enumerate(known.adults[3:6]):
        actions.record_consent(
            person, "follow_up", True, by=ana, given_on=cast.day(-2), expires_on=cast.day(1 + 2 * number)
        )
    actions.record_consent(known.adults[7], "research", False, by=ana)
    actions.record_consent(known.women[0], "story", True, by=cast["marta"], scope="Sin rostro ni nombre (simulado)")
    told = Consent.objects.live().get(person=known.women[0], purpose="story")
    actions.withdraw_consent(told, reason="Cambió de opinión (simulado)", by=cast["marta"])
    actions.receive(known.south[0], by=ana)
    actions.open_file(known.adults[0], by=ana)


def _decisions(cast: Cast, known: Known) -> None:
    """Holds in force, one that was lifted, one whose day has passed."""
    ana, nora, ines = cast["ana"], cast["nora"], cast["ines"]
    actions.place_decision(
        known.adults[2], "isolation", "Permanece en su habitación; lleve la comida a la puerta", by=nora,
        call="Nora, salud, ext. 204", starts_on=cast.day(-1), until=cast.day(4),
    )  # fmt: skip
    actions.place_decision(
        known.women[1], "no_contact", "No llame ni deje recado: avise a Marta", by=cast["marta"], call="Marta, ext. 210",
        grounds="Quien la agredió contesta el teléfono (simulado)",
    )  # fmt: skip
    actions.place_decision(
        known.south[1], "best_interests", "No se traslada ni se entrega sin la Procuraduría", by=ines,
        call="Inés, ext. 118", starts_on=cast.day(-5),
    )  # fmt: skip
    lifted = actions.place_decision(
        known.adults[8], "no_travel", "No viaja hasta el alta", by=nora, starts_on=cast.day(-7)
    )
    actions.lift(lifted, reason="El hospital dio el alta (simulado)", by=nora)
    actions.place_decision(
        known.adults[9], "no_contact", "No contactar durante la audiencia", by=ana, starts_on=cast.day(-6),
        until=cast.day(-4),
    )  # fmt: skip


def _mended(cast: Cast, known: Known) -> None:
    """A birth date corrected, somebody registered twice, a document noted by mistake."""
    ana, person = cast["ana"], known.adults[10]
    assert person.birth_date is not None
    actions.correct(
        person, {"birth_date": person.birth_date.replace(year=person.birth_date.year - 1)}, reason=CORRECTED, by=ana
    )
    twin = _register(cast, "elsa", 0, sex=person.sex, age=39, nationality=person.nationality)
    actions.void(twin, reason=f"Es la misma persona que {person.folio} (simulado)", by=ana)
    document = actions.add_document(
        person, by=ana, type="national_id", number="SIM-000000-X", issuer=person.nationality
    )
    actions.void_document(document, reason="Era el documento de su hermano (simulado)", by=ana)
    actions.add_document(person, by=ana, type="national_id", number="SIM-000417-M", issuer=person.nationality)
