"""A page that shows every part, for tests and for looking at: ``python -m cauce.ui.tests.gallery FOLDER``."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from django import forms as django_forms
from django.template import engines
from django.test import RequestFactory
from django.utils import timezone

from cauce.ui import forms, navigation
from cauce.ui.parts import Event, Match, Pair, Progress, Reading, Slice, Step, Tab, Tile
from cauce.ui.tables import Column, Listing

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Person:
    """Whoever looks at the gallery."""

    name: str = "Ana Lucía Robles (simulada)"
    role_label: str = "Gestión de casos"
    office: str = "TIJ"
    role: str = "case_worker"
    elevated: int | None = None

    def may(self, permission: str) -> bool:
        return permission != "never"


class Service(forms.CaptureForm):
    day = forms.DayField(label="Fecha del servicio", help_text="Por ejemplo, 14/06/2022")
    kind = forms.ChoiceCards(
        label="Tipo", choices=[("medical", "Consulta médica"), ("legal", "Asesoría legal"), ("test", "Prueba COVID-19")]
    )
    kinds = forms.CheckCards(label="Clases de consulta", choices=[("a", "General"), ("b", "Prenatal")], required=False)
    amount = forms.WholeField(label="Cantidad", min_value=1)
    site = forms.SuggestField(label="Sitio", suggestions=lambda: ["Albergue Casa Luz", "Clínica jurídica"])
    country = forms.PickField(label="Nacionalidad", choices=[("HND", "Honduras"), ("HTI", "Haití")])
    office = forms.SelectField(label="Oficina", choices=[("TIJ", "Tijuana"), ("TAP", "Tapachula")])
    note = django_forms.CharField(label="Nota", widget=django_forms.Textarea(attrs={"rows": 3}), required=False)
    agreed = django_forms.BooleanField(label="La persona está de acuerdo", help_text="Se le leyó el aviso, versión 3.")
    fieldsets = [("Qué se hizo", ["kind", "kinds", "amount"]), ("Cuándo y dónde", ["day", "site", "country", "office"])]


class CaseFilter(forms.FilterForm):
    q = django_forms.CharField(label="Código o nombre")
    risk = forms.SelectField(label="Riesgo", choices=[("high", "Alto"), ("low", "Bajo")], blank="Todos")
    since = forms.DayField(label="Desde")


def cases() -> list[dict]:
    """Rows like those of a case list, one of them reserved."""
    names = ["Brenda Lizeth Pineda (simulada)", "Jean Robert Pierre (simulado)", "Óscar Tzoc Batz (simulado)"]
    kinds = [("Otros delitos", "blue"), ("Prenatal", "orange"), ("Niñez", "teal"), ("Asesoría legal", "primary")]
    today = timezone.localdate()
    return [
        {
            "code": f"MX-TIJ-C-{873 - 3 * i:05}",
            "name": names[i % 3],
            "category": kinds[i % 4][0],
            "tone": kinds[i % 4][1],
            "hidden": i == 1,
            "risk": ["high", "medium", "low"][i % 3],
            "due": today + timedelta(days=i - 4),
            "days": 7 + 3 * i * i,
        }
        for i in range(30)
    ]


COLUMNS = [
    Column("code", "Caso", url=lambda row: f"/proteccion/{row['code']}/", note="name", sort="code"),
    Column("category", "Categoría", kind="chip", tone=lambda row: row["tone"], reserved=lambda row: row["hidden"]),
    Column("risk", "Riesgo", kind="risk"),
    Column("due", "Próximo paso", kind="due"),
    Column("days", "Días abierto", kind="number", sort="days"),
]
CATEGORIES = [
    Slice("Asesoría y canalización", 3752, 65),
    Slice("Víctimas de otros delitos", 1270, 22),
    Slice("Violencia de género", 289, 5),
    Slice("Niñez", 231, 4),
    Slice("Cuidados prenatales", 173, 3),
    Slice("Trata de personas", 57, 1),
]
OFFICES = [
    Slice("Tijuana", 2104),
    Slice("Ciudad Juárez", 1366),
    Slice("Tapachula", 1128),
    Slice("Mexicali", 604),
    Slice("Chihuahua", withheld="menos de 11"),
    Slice("Tenosique", withheld="protege otra celda"),
]
MONTHS = [
    Slice(name, value)
    for name, value in zip(
        ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
        [402, 418, 455, 437, 489, 512, 503, 530, 498, 521, 506, 501],
        strict=True,
    )
]


def parts() -> dict:
    """Everything the gallery's template shows."""
    seen = datetime(2022, 6, 14, 15, 8, tzinfo=UTC)
    return {
        "tiles": [
            Tile(3, "Vencidas", "la más antigua, 4 días", "/a/", "danger"),
            Tile(5, "Para hoy", "2 antes de las 12:00", "/b/"),
            Tile(4, "Esperan mi decisión", "2 canalizaciones, 2 cierres", "/c/", "navy"),
            Tile(5772, "En espera de otros", "clínica jurídica, salud", "", "slate"),
        ],
        "pairs": [
            Pair("Persona", "MX-TIJ-004487", "/p/"),
            Pair("Edad y sexo", "18–59, mujer"),
            Pair("Grupo de viaje", "2 personas"),
            Pair("Abierto", "7 jun, 7 días"),
        ],
        "events": [
            Event("Llamada de seguimiento", "14 jun, 09:10. Protección", "o-case-management", "protection"),
            Event("Asesoría legal: visitante por razones humanitarias", "12 jun", "o-legal", "protection", "/x/"),
            Event("Acto reservado", "11 jun. Sin detalle para su función", reserved=True),
            Event("Ingreso a alojamiento, sigue", "9 jun, 19:05. Albergue Casa Luz", "o-shelter", "emergencies"),
            Event("Traslado Mexicali a Tijuana", "8 jun, 12:00", "o-bus", "returns"),
        ],
        "tabs": [Tab("Sin abordar", "?t=1", True, 6), Tab("Abordados", "?t=2", False, 34), Tab("Documentos", "?t=3")],
        "steps": [Step("Leer", "done"), Step("Revisar", "current"), Step("Escribir"), Step("Comprobar", "error")],
        "progress": Progress(4200, 5772, "Escribiendo registros", detail="Quedan unos 2 minutos."),
        "readings": [
            Reading(seen, "Ana Lucía Robles (simulada)", "Gestión de casos", "Expediente"),
            Reading(seen - timedelta(days=5), "Administración", "Sesión elevada, 15 min", "", "Corregir código", True),
        ],
        "match": Match(
            "Yesenia Ortiz Mejía (simulada)",
            "MX-TIJ-004512",
            "Vista ayer",
            "Muy parecida",
            "teal",
            [(True, "Mismos apellidos, en otro orden"), (True, "«Ortis» suena como «Ortiz»"), (False, "edad 24")],
            "/m/",
            "Es esta persona",
        ),
        "categories": CATEGORIES,
        "offices": OFFICES,
        "months": MONTHS,
        "today": date(2022, 6, 14),
        "now": seen,
    }


def request(query: str = "", **attributes):
    """A request as the shell sees it."""
    asked = RequestFactory().get(f"/galeria/{query}")
    asked.session = {}
    for name, value in {"viewer": Person(), **attributes}.items():
        setattr(asked, name, value)
    return asked


def render(query: str = "", **extra) -> str:
    """The gallery as HTML, in the active language."""
    asked = request(query)
    broken = Service({"amount": "5.772", "day": "31/02/2022", "kind": "legal"}, auto_id="broken_%s")
    listing = Listing(
        asked, cases(), COLUMNS, key="gallery", title="Mis casos", filters=CaseFilter, per_page=8, may_export=True
    )
    nothing = Listing(asked, [], COLUMNS, key="nothing", title="Nada", empty="Aún no hay casos.")
    template = engines["django"].from_string((HERE / "gallery.html").read_text(encoding="utf-8"))
    values = {**parts(), "form": Service(), "broken": broken, "listing": listing, "nothing": nothing, **extra}
    return template.render(values, asked)


def register_samples() -> None:
    """Navigation as in the drawings, all leading to the language view's address."""
    samples = [
        ("today", "Hoy", "i-calendar", "top", "", 12, True),
        ("figures", "Cifras", "i-bar-chart", "top", "", None, False),
        ("protection", "Protección", "o-protection", "programmes", "protection", 12, True),
        ("returns", "Retorno voluntario", "o-population-return", "programmes", "returns", 3, False),
        ("emergencies", "Emergencias", "o-virus", "programmes", "emergencies", 5, False),
        ("capacity", "Fortalecimiento", "o-training", "programmes", "strengthening", None, False),
        ("integration", "Integración", "o-integration", "programmes", "integration", None, False),
        ("coordination", "Coordinación", "o-coordination", "programmes", "coordination", None, False),
        ("statistics", "Estadísticas", "o-statistics", "programmes", "statistics", None, False),
        ("communication", "Comunicación", "o-radio", "programmes", "communication", None, False),
        ("people", "Personas", "o-person-1", "register", "", None, True),
        ("places", "Sitios y servicios", "i-map-pin", "register", "", None, False),
    ]
    for order, (key, label, icon, group, accent, count, phone) in enumerate(samples):
        entry = navigation.Entry(
            f"sample-{key}", label, "ui:language", icon, group, "", order, (lambda _v, n=count: n), accent, phone
        )
        navigation.register(entry)


if __name__ == "__main__":
    import os

    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cauce.settings")
    django.setup()
    navigation._entries.clear()
    register_samples()
    target = Path(sys.argv[1])
    (target / "gallery.html").write_text(render(section="sample-protection"), encoding="utf-8")
