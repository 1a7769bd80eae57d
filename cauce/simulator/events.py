"""Events of the year: trainings, fairs, registration drives, and those that do not count."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from cauce.simulator.names import full
from cauce.simulator.planner import Targets, at_least_one, numbers_for, split
from cauce.simulator.world import BY_CODE, OFFICES, YEAR, working_day

# A validated event is closed to attendance; the sheets of a year bring events that were held.
HELD = ("held", "evaluated")
_TITLES = {
    "regularisation": "Rutas de regularización migratoria",
    "access_to_justice": "Acceso a la justicia para personas migrantes",
    "ethical_recruitment": "Reclutamiento ético en el sector agrícola",
    "fraud_prevention": "Prevención de fraudes y estafas",
    "trafficking": "Detección de la trata de personas",
    "smuggling": "Tráfico ilícito de migrantes: marco y respuesta",
    "psea": "Prevención de la explotación y el abuso sexual",
    "gbv": "Atención inicial a sobrevivientes de violencia",
    "labour_integration": "Integración laboral de personas en movilidad",
    "migrant_children": "Ruta de protección de la niñez migrante",
    "data_protection": "Protección de datos en albergues",
}
_ORGANISATIONS = {
    "government": (
        "Instituto estatal de la mujer (simulado)",
        "Fiscalía estatal (simulada)",
        "DIF municipal (simulado)",
    ),
    "private": ("Cámara de comercio (simulada)", "Empresa maquiladora (simulada)"),
    "cso": ("Organización civil Puentes (simulada)", "Red de abogadas (simulada)"),
    "shelter": ("Casa Luz (simulada)", "Albergue El Camino (simulado)", "Casa del Puente (simulada)"),
}


@dataclass(slots=True)
class SimEvent:
    """An event with those who came: one by one, or counted at the door."""

    code: str
    type: str
    title: str
    office: str
    place: str
    starts_on: date
    ends_on: date
    state: str
    topics: tuple[str, ...] = ()
    modality: str = "in_person"
    # (sector, sex) → head count
    counts: dict[tuple[str, str], int] = field(default_factory=dict)
    # (sector, organisation, name, sex, attended)
    attendees: list[tuple[str, str, str, str, bool]] = field(default_factory=list)
    why: str = ""


class EventBook:
    """Writes the year's events."""

    def __init__(self, targets: Targets, random: Random) -> None:
        self.targets, self.random = targets, random
        self.events: list[SimEvent] = []
        self._numbers: Counter[str] = Counter()

    def write(self) -> None:
        self._trainings()
        self._fairs()
        self._drives()
        self._near_misses()

    def _event(
        self, kind: str, title: str, office: str, day: date, *, state: str = "held", days: int = 1, why: str = ""
    ) -> SimEvent:
        self._numbers[office] += 1
        event = SimEvent(
            code=f"{office}-{day.year % 100:02d}-E{self._numbers[office]:04d}",
            type=kind,
            title=title,
            office=office,
            place=BY_CODE[office].place,
            starts_on=day,
            ends_on=day + timedelta(days=days - 1),
            state=state,
            why=why,
        )
        self.events.append(event)
        return event

    # Trainings

    def _trainings(self) -> None:
        """Trainings with exactly the published participations, sectors and topics."""
        random = self.random
        total = self.targets["capacity.participants"]
        by_sector = numbers_for(total, self.targets.shares("capacity.participants"), random)
        topics = sorted(_TITLES)
        if self.targets["capacity.topics"] != len(topics):
            topics = topics[: self.targets["capacity.topics"]]
        count = max(len(topics), total // 34)
        trainings = [self._training(topics, number) for number in range(count)]
        for sector, people in by_sector.items():
            # Shelter trainings are small and few, government ones large: parts are uneven on purpose.
            for training, present in zip(
                trainings, split(people, [random.random() ** 2 + 0.05 for _ in trainings], random), strict=True
            ):
                self._take_part(training, sector, present)
        for training in trainings:
            if not training.counts and not training.attendees:
                training.state, training.why = "cancelled", "nobody came, cancelled"
                training.topics = training.topics or (topics[0],)
        self._keep_topics(trainings, topics)

    def _training(self, topics: list[str], number: int) -> SimEvent:
        random = self.random
        topic = topics[number % len(topics)]
        office = random.choices(OFFICES, weights=[office.weight + 6 for office in OFFICES])[0].code
        state = random.choices(HELD, weights=(70, 30))[0]
        event = self._event(
            "training", _TITLES[topic], office, working_day(random), state=state, days=random.choice((1, 1, 1, 2))
        )
        more = [each for each in topics if each != topic]
        event.topics = (
            topic,
            *random.sample(more, k=random.choices((0, 1, 2), weights=(60, 30, 10))[0] if len(more) > 1 else 0),
        )
        event.modality = random.choices(("in_person", "online", "mixed"), weights=(70, 22, 8))[0]
        return event

    def _keep_topics(self, trainings: list[SimEvent], topics: list[str]) -> None:
        """Every published topic is in a training that was held."""
        held = [training for training in trainings if training.state != "cancelled"]
        missing = set(topics) - {topic for training in held for topic in training.topics}
        for topic in sorted(missing):
            held[0].topics = (*held[0].topics, topic)

    def _take_part(self, event: SimEvent, sector: str, people: int) -> None:
        """Half the trainings have sign-in sheets, half a head count at the door."""
        random = self.random
        if not people:
            return
        if hash_of(event.code) % 2:
            women = round(people * random.uniform(0.35, 0.65))
            for sex, number in (("female", women), ("male", people - women)):
                if number:
                    event.counts[sector, sex] = event.counts.get((sector, sex), 0) + number
            return
        for _ in range(people):
            event.attendees.append(self._somebody(sector, True))

    def _somebody(self, sector: str, attended: bool) -> tuple[str, str, str, str, bool]:
        sex = self.random.choice(("female", "male"))
        given, first, second = full(self.random, sex, "MEX")
        organisation = self.random.choice(_ORGANISATIONS.get(sector, ("",)))
        return sector, organisation, " ".join(filter(None, (given, first, second))), sex, attended

    # Fairs and drives

    def _fairs(self) -> None:
        """Service fairs of the document: three in Mexicali, one in Monterrey, and who came."""
        fairs, people = self.targets["protection.fairs"], self.targets["protection.fair_participants"]
        offices = (["MXL"] * (fairs - 1) + ["MTY"])[:fairs]
        for office, present in zip(offices, at_least_one(people, fairs, self.random), strict=True):
            day = working_day(self.random, first=date(YEAR, 2, 1), last=date(YEAR, 11, 30))
            # The larger ones last two days: days are not fairs.
            fair = self._event(
                "service_fair", f"Feria de servicios y asistencia consular, {BY_CODE[office].city}", office, day,
                days=2 if office == offices[0] else 1,
            )  # fmt: skip
            women = round(present * self.random.uniform(0.5, 0.62))
            for sex, number in (("female", women), ("male", present - women)):
                if number:
                    fair.counts["public", sex] = number

    def _drives(self) -> None:
        """Registration drives: several days and places are inside one drive."""
        for number in range(self.targets["protection.birth_registration_days"]):
            office = ("TAP", "TIJ", "MXL", "TEN")[number % 4]
            day = working_day(self.random, first=date(YEAR, 3, 1), last=date(YEAR, 10, 31))
            drive = self._event(
                "registration_drive", f"Jornada de registro de nacimiento, {BY_CODE[office].city}", office, day, days=5
            )
            drive.counts["public", "female"] = self.random.randint(30, 60)
            drive.counts["public", "male"] = self.random.randint(20, 40)

    # What must not count

    def _near_misses(self) -> None:
        random = self.random
        for state, why in (("planned", "planned"), ("cancelled", "cancelled")):
            for kind, title in (
                ("training", "Búsqueda de personas desaparecidas"),
                ("service_fair", "Feria de servicios"),
                ("registration_drive", "Jornada de registro de nacimiento"),
            ):
                office = random.choice(OFFICES).code
                event = self._event(kind, title, office, working_day(random), state=state, why=why)
                event.topics = ("data_protection",) if kind == "training" else ()
        for kind, title in (("forum", "Foro regional"), ("entrepreneur_fair", "Feria para personas emprendedoras"),
                            ("information_session", "Sesión informativa"), ("labour_course", "Curso de competencias laborales")):  # fmt: skip
            for _ in range(3):
                event = self._event(
                    kind, title, random.choice(OFFICES).code, working_day(random), why="another type of event"
                )
                event.counts["public", "female"] = random.randint(8, 40)
                event.counts["public", "male"] = random.randint(8, 40)
                # A topic of no training: only what the figure says of the type keeps it out.
                event.topics = ("missing_persons",) if kind == "forum" else ()
        for kind in ("training", "service_fair", "registration_drive"):
            event = self._event(kind, "Edición anterior", "TIJ", date(YEAR - 1, 12, 9), why="held the year before")
            event.counts["government" if kind == "training" else "public", "female"] = 25
            event.topics = ("trafficking",) if kind == "training" else ()
        signed = [event for event in self.events if event.attendees and event.type == "training"]
        for event in random.sample(signed, k=min(30, len(signed))):
            event.attendees.append(self._somebody(event.attendees[0][0], False))


def hash_of(text: str) -> int:
    """A number that depends on the text alone (Python's own hash changes with each start)."""
    return sum((index + 3) * ord(letter) for index, letter in enumerate(text))
