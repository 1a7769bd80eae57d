"""The sheets of this room: rounds as the mission plans them, interviews as the DTM publishes them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from cauce.exchange.columns import Column, Sheet
from cauce.exchange.kinds import Choice, Day, Flag, Folio, Kind, Reader, Text, Whole
from cauce.kernel.privacy import Privacy
from cauce.records.people import countries
from cauce.records.surveys import rules
from cauce.records.surveys.enums import COUNTRY_NOT_STATED, NO_ANSWER, REASONS, RoundState, Sex, Tool
from cauce.records.surveys.mending import EMPTY, ENCODING, Mend, empty_marker, redecoded


@dataclass(frozen=True, slots=True)
class Mended(Kind):
    """A kind whose text cells first pass the declared repairs (mending.py); each use is noted on the row."""

    kind: Kind

    @property
    def empty(self) -> Any:
        return self.kind.empty

    @property
    def hint(self) -> Any:
        return self.kind.hint

    def reader(self, column: Column) -> Reader:
        read = self.kind.reader(column)

        def mend(cell: Any, mended: list) -> Any:
            if isinstance(cell, str):
                if empty_marker(cell):
                    mended.append(Mend(EMPTY, column=column.label, raw=cell))
                    return None
                if (meant := redecoded(cell)) is not None:
                    mended.append(Mend(ENCODING, column=column.label, raw=cell, meant=meant))
                    cell = meant
            return read(cell, mended)

        return mend

    def format(self, value: Any, column: Column) -> Any:
        return self.kind.format(value, column)


def survey_countries() -> dict[str, Any]:
    """Countries by alpha-3 code, and the DTM's own code for one that was not stated."""
    return {**countries.choices(), COUNTRY_NOT_STATED: _("No declarado")}


def sex_answers() -> dict[str, Any]:
    """What may stand under sex. Three answers say nothing about it: they are answers, and are kept as unknown."""
    return dict(Sex.choices) | NO_ANSWER


def tools() -> dict[str, Any]:
    return dict(Tool.choices)


def round_states() -> dict[str, Any]:
    return dict(RoundState.choices)


_NOT_KEPT = _("Se lee para reconocer el archivo y no se guarda.")

REASON_LABELS = {
    "conflict": _("Conflicto"),
    "disaster": _("Desastres"),
    "economic": _("Motivos económicos"),
    "education": _("Educación"),
    "family_events": _("Sucesos familiares"),
    "family_reunification": _("Reunificación familiar"),
    "food": _("Falta de alimentos"),
    "insecurity": _("Inseguridad"),
    "political": _("Situación política"),
    "safety": _("Amenazas o temor por su seguridad"),
    "services": _("Falta de servicios"),
    "tourism": _("Turismo"),
}


def _text(key: str, label: Any, **more: Any) -> Column:
    return Column(key, label, Mended(Text(120)), **more)


def _code(key: str, label: Any, **more: Any) -> Column:
    return Column(key, label, Mended(Folio(12)), **more)


def _country(key: str, label: Any, hxl: str) -> Column:
    return Column(
        key, label, Mended(Choice()), choices=survey_countries, privacy=Privacy.CONFIDENTIAL, hxl=hxl, example="HND"
    )


INTERVIEWS = Sheet(
    "interviews",
    _("entrevistas FMS"),
    [
        Column("date", _("Fecha"), Day("ymd"), required=True, hxl="#date", example="2022-10-14"),
        Column("month", _("Mes"), Mended(Day("ymd")), note=_("Primer día del mes; debe ser el de la fecha.")),
        Column("quarter", _("Trimestre"), Mended(Day("ymd")), note=_("Primer día del trimestre de la fecha.")),
        _country("country", _("País de la entrevista"), "#country+code"),
        _country("nationality", _("Nacionalidad"), "#country+nationality"),
        _country("from", _("País de salida"), "#country+origin"),
        _country("to", _("País de destino"), "#country+destination"),
        Column("sex", _("Sexo"), Mended(Choice()), choices=sex_answers, privacy=Privacy.CONFIDENTIAL, hxl="#sex"),
        Column("age", _("Edad"), Mended(Whole(0, rules.OLDEST)), privacy=Privacy.CONFIDENTIAL, hxl="#age"),
        Column(
            "n",
            _("Personas en el grupo"),
            Mended(Whole(1, rules.LARGEST_GROUP)),
            note=_("No multiplica la entrevista: una fila es una entrevista."),
        ),
        _code("adm1_code", _("Clave de la entidad"), hxl="#adm1+code", example="MX07"),
        _text("adm1_name", _("Entidad"), hxl="#adm1+name"),
        _code("adm2_code", _("Clave del municipio"), hxl="#adm2+code", example="MX07089"),
        _text("adm2_name", _("Municipio"), hxl="#adm2+name"),
        _code("adm3_code", _("Clave de la localidad"), note=_NOT_KEPT),
        _text("adm3_name", _("Localidad"), note=_NOT_KEPT),
        _text("location", _("Punto de entrevista"), hxl="#loc+name"),
        # Coordinates are read so that the header is known, and dropped (domain.md R7).
        _text("lon", _("Longitud"), note=_NOT_KEPT),
        _text("lat", _("Latitud"), note=_NOT_KEPT),
        *(
            Column(
                f"reason_{code}",
                REASON_LABELS[code],
                Mended(Flag()),
                privacy=Privacy.CONFIDENTIAL,
                note=_("1 si se mencionó como motivo de salida."),
            )
            for code in REASONS
        ),
    ],
    note=_("Entrevistas anónimas, una por fila, con los encabezados del archivo de la DTM. Sin nombres."),
)

ROUNDS = Sheet(
    "rounds",
    _("rondas de encuesta"),
    [
        Column("code", _("Clave"), Folio(24), required=True, example="TAP-R22-001"),
        Column("tool", _("Instrumento"), Choice(), required=True, choices=tools),
        Column(
            "municipality",
            _("Municipio"),
            Text(90),
            required=True,
            example="Tapachula",
            note=_("Clave INEGI o nombre."),
        ),
        Column("starts_on", _("Desde"), Day("dmy"), required=True),
        Column("ends_on", _("Hasta"), Day("dmy"), required=True),
        Column("sample_planned", _("Muestra planeada"), Whole(0)),
        Column("sample_reported", _("Entrevistas informadas"), Whole(0)),
        Column("refusals", _("Rechazos"), Whole(0)),
        Column("repeats_dropped", _("Repeticiones descartadas"), Whole(0)),
        Column("questionnaire", _("Versión del cuestionario"), Text(40)),
        Column("state", _("Estado"), Choice(), required=True, choices=round_states),
        Column("published_on", _("Publicada el"), Day("dmy")),
    ],
)

SHEETS = [ROUNDS, INTERVIEWS]
