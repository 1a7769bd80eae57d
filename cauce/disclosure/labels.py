"""What a cell of a breakdown is called, in any of the mission's languages."""

from __future__ import annotations

from collections.abc import Callable

from cauce.disclosure.released import ReleasedCell
from cauce.mission import Mission
from cauce.mission.definition import Breakdown

# Names a code of a column that no list of the mission holds: countries, states, municipalities.
Names = Callable[[str, str, str], str]

_OTHERS = {"es": "Otras", "en": "Others", "fr": "Autres", "pt": "Outras", "ht": "Lòt"}
_UNKNOWN = {"es": "Sin dato", "en": "Not stated", "fr": "Non précisé", "pt": "Sem informação", "ht": "Pa konnen"}
_MONTHS = {
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "ht": "janvye fevriye mas avril me jen jiyè out septanm oktòb novanm desanm",
}


def label(
    row: ReleasedCell, cut: Breakdown, mission: Mission, language: str = "es", *, names: Names | None = None
) -> str:
    """A cell's name; two codes are joined by an arrow (a route). ``names(column, code, language)`` names places."""
    if row.is_others:
        return _OTHERS.get(language, _OTHERS["es"])
    parts = (
        _part(column, code, cut, mission, language, names) for column, code in zip(cut.columns, row.codes, strict=True)
    )
    return " → ".join(parts)


def _part(column: str, code: str | None, cut: Breakdown, mission: Mission, language: str, names: Names | None) -> str:
    if code is None:
        return _UNKNOWN.get(language, _UNKNOWN["es"])
    if cut.vocabulary and code in mission.vocabularies[cut.vocabulary]:
        return mission.code_label(cut, code, language)
    if column == "month":
        year, month = code.split("-")
        return f"{_MONTHS.get(language, _MONTHS['es']).split()[int(month) - 1]} {year}"
    if column == "office":
        return next((office.name.get(language) for office in mission.offices if office.code == code), code)
    return names(column, code, language) if names else code
