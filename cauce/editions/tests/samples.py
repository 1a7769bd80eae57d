"""Invented frozen values for tests of what comes after disclosure: print, exports, archive."""

from __future__ import annotations

from django.conf import settings

from cauce.editions.layout import frozen_report, read_layout
from cauce.editions.values import About, BreakdownValue, CellValue, FigureValue, Sum, Values
from cauce.mission.package import Mission, load

FIGURES = {
    "protection.cases": 5772, "protection.cases.share.referral_general": 65, "protection.cases.share.child": 4,
    "protection.cases.share.prenatal": 3, "protection.cases.share.gbv": 5, "protection.cases.share.trafficking": 1,
    "protection.cases.share.other_crime": 22, "protection.perinatal_kits": 253, "protection.perinatal_people": 233,
    "protection.birth_registration_days": 3, "protection.birth_certificates": 195, "protection.fairs": 4,
    "protection.fair_participants": 770, "capacity.participants": 6137, "capacity.participants.share.government": 76,
    "capacity.participants.share.private": 5, "capacity.participants.share.cso": 10,
    "capacity.participants.share.shelter": 9, "capacity.topics": 11, "shelters.supported": 118,
    "shelters.other_institutions": 24, "assistance.people_direct": 9214,
}  # fmt: skip
# Cells of breakdowns: codes → (label, value, percent).
CUTS = {
    "protection.cases/category": {
        "referral_general": ("Canalización general", 3752, 65), "other_crime": ("Otros delitos", 1270, 22),
        "gbv": ("Violencia basada en género (VBG)", 289, 5), "child": ("Protección a la niñez", 231, 4),
        "prenatal": ("Cuidados prenatales", 173, 3), "trafficking": ("Trata de personas", 57, 1),
        "other": ("Otra", 0, 0),
    },
    "capacity.participants/sector": {
        "government": ("Gobierno", 4664, 76), "cso": ("Sociedad civil", 614, 10), "shelter": ("Albergues", 552, 9),
        "private": ("Sector privado", 307, 5),
    },
    "protection.fairs/municipality": {"02002": ("Mexicali", 3, None), "19039": ("Monterrey", 1, None)},
    "protection.birth_registration_days/municipality": {
        "07089": ("Tapachula", 2, None), "27017": ("Tenosique", 1, None)
    },
    "protection.cases/state": {
        "02": ("Baja California", 2410, 42), "07": ("Chiapas", 1466, 25), "08": ("Chihuahua", 902, 16),
        "09": ("Ciudad de México", 401, 7), "19": ("Nuevo León", 320, 6), "27": ("Tabasco", 211, 4),
        "others": ("Otras entidades", 62, 1),
    },
}  # fmt: skip
_TOPICS = (
    "Procesos y regularización migratoria", "Acceso a la justicia", "Reclutamiento ético",
    "Prevención de fraudes y estafas", "Trata de personas", "Tráfico ilícito de migrantes",
    "Prevención de la explotación y el abuso sexual (PEAS)", "Violencia basada en género", "Integración laboral",
    "Protección de niñez migrante", "Protección de datos",
)  # fmt: skip
CUTS["capacity.topics/topic"] = {f"topic_{index}": (words, 20 - index, None) for index, words in enumerate(_TOPICS)}
PLACES = {
    "02004": ("Tijuana", -117.02, 32.53), "02002": ("Mexicali", -115.47, 32.66), "08037": ("Juárez", -106.42, 31.69),
    "19039": ("Monterrey", -100.32, 25.67), "07089": ("Tapachula", -92.26, 14.91), "27017": ("Tenosique", -91.43, 17.47),
    "09015": ("Ciudad de México", -99.13, 19.43),
}  # fmt: skip
INTERVIEWS = {
    "surveys.interviews/city": {
        "07089": ("Tapachula", 640, 44), "27017": ("Tenosique", 402, 28), "02004": ("Tijuana", 300, 21),
        "08037": ("Ciudad Juárez", 102, 7),
    },
    "surveys.interviews/nationality": {
        "HND": ("Honduras", 410, 28), "HTI": ("Haití", 290, 20), "VEN": ("Venezuela", 260, 18),
        "GTM": ("Guatemala", 150, 10), "CUB": ("Cuba", 120, 8), "SLV": ("El Salvador", 90, 6), "COL": ("Colombia", 54, 4),
        "NIC": ("Nicaragua", 40, 3), "others": ("Otras", 30, 3),
    },
    "surveys.interviews/sex": {"female": ("Mujer", 520, 36), "male": ("Hombre", 924, 64)},
    "surveys.interviews/age_band": {
        "12-17": ("12 a 17", 31, 2), "18-59": ("18 a 59", 1378, 96), "60+": ("60 y más", 35, 2),
    },
    "surveys.interviews/reason": {
        "economic": ("Motivos económicos", 1040, 72), "insecurity": ("Inseguridad", 610, 42),
        "safety": ("Amenazas o temor por su seguridad", 402, 28), "family_reunification": ("Reunificación familiar", 190, 13),
        "political": ("Situación política", 160, 11), "services": ("Falta de servicios", 96, 7),
        "food": ("Falta de alimentos", 90, 6), "education": ("Educación", 61, 4), "conflict": ("Conflicto", 40, 3),
        "disaster": ("Desastres", 22, 2),
    },
    "surveys.interviews/route": {
        "HND/USA": ("Honduras/Estados Unidos", 330, 23), "HTI/USA": ("Haití/Estados Unidos", 150, 10),
        "VEN/USA": ("Venezuela/Estados Unidos", 240, 17), "HTI/MEX": ("Haití/México", 110, 8),
        "GTM/USA": ("Guatemala/Estados Unidos", 120, 8), "CUB/USA": ("Cuba/Estados Unidos", 96, 7),
        "SLV/USA": ("El Salvador/Estados Unidos", 70, 5), "COL/USA": ("Colombia/Estados Unidos", 41, 3),
        "HND/MEX": ("Honduras/México", 60, 4), "NIC/USA": ("Nicaragua/Estados Unidos", 33, 2),
        "VEN/CAN": ("Venezuela/Canadá", 12, 1), "others": ("Otras rutas", 182, 12),
    },
}  # fmt: skip


def mission() -> Mission:
    return load(settings.BASE / "missions" / "mexico")


def about(**changes) -> About:
    return About(
        **{
            "name": "mexico-2022", "key": "mexico-2022", "sequence": 1, "report": "en-cifras", "title": "México en cifras",
            "mission": "mexico", "mission_name": "Misión en México", "period": "2022", "profile": "public",
            "language": "es", "simulated": True, "frozen_at": "2023-01-15T10:30:00+00:00", "facts_hash": "3f9a12bc" * 8,
            "software": "0.1.0", **changes,
        }
    )  # fmt: skip


def _figure(key: str, value: int | None, language: str, withheld: str = "") -> FigureValue:
    home, share = mission().figure(key), mission().share(key)
    what = share or home
    return FigureValue(
        key=key,
        unit=what.unit.value,
        unit_label=what.unit.value,
        label=what.label.get(language),
        sentence=what.sentence.get(language) or home.sentence.get(language),
        chapter=home.chapter,
        chapter_label=mission().chapters[home.chapter].title.get(language),
        value=value,
        withheld=withheld,
        parent=home.key if share else "",
        code=share.code if share else "",
        notes=home.notes.get(language),
        version=home.version,
        definition=home.fingerprint,
    )


def _breakdown(name: str, cells: dict, language: str) -> BreakdownValue:
    figure, _slash, key = name.partition("/")
    cut = mission().figure(figure).breakdown(key)
    return BreakdownValue(
        figure=figure,
        key=key,
        label=cut.label.get(language),
        columns=cut.columns,
        percent=cut.percent.value,
        base=sum(value for _label, value, _percent in cells.values()),
        base_label=cut.base_label.get(language),
        cells=tuple(
            CellValue(codes=tuple(codes.split("/")), labels=tuple(label.split("/")), value=value, percent=percent)
            for codes, (label, value, percent) in cells.items()
        ),
    )


def build(report: str, figures: dict, cuts: dict, **changes) -> Values:
    """Frozen values over the mission's own definitions and layout, with the numbers given."""
    facts = about(report=report, **changes)
    declared = mission().reports[report]
    language = facts.language
    return Values(
        about=facts,
        figures=tuple(_figure(key, value, language) for key, value in figures.items()),
        breakdowns=tuple(_breakdown(name, cells, language) for name, cells in cuts.items()),
        sums=(
            Sum(
                left=("protection.perinatal_people",), relation="at_most", right=("protection.perinatal_kits",), text=""
            ),
        ),
        definitions=tuple(mission().figure(key).plain() for key in figures if key in mission().figures),
        layout={
            "report": frozen_report(mission(), declared, language),
            "print": read_layout(mission(), declared, language),
            "places": {
                code: {"name": name, "lon": lon, "lat": lat, "office": True}
                for code, (name, lon, lat) in PLACES.items()
            },
        },
    )


def en_cifras(**changes) -> Values:
    return build("en-cifras", FIGURES, CUTS, **changes)


def flow_monitoring(**changes) -> Values:
    return build(
        "flow-monitoring",
        {"surveys.interviews": 1444},
        INTERVIEWS,
        **{
            "name": "dtm-2022-q4", "key": "dtm-2022-q4", "period": "2022-Q4",
            "title": "Monitoreo de flujos migratorios", "simulated": False, **changes,
        },
    )  # fmt: skip
