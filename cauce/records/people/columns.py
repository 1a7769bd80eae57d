"""The sheets of this room, for templates, intake and export; and how a row becomes a person."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from cauce.access.models import Office
from cauce.exchange import Choice, Column, Day, Flag, Folio, Sheet, Text, Whole
from cauce.kernel.privacy import Privacy
from cauce.records.people import countries
from cauce.records.people.enums import Basis, Channel, DecisionKind, DocumentType, Language, Purpose, Sex
from cauce.records.people.rules import MAX_AGE, NewDocument, NewPerson

CONFIDENTIAL, STRICT = Privacy.CONFIDENTIAL, Privacy.STRICTLY_CONFIDENTIAL
# What people write in a name's cell when there is none.
NOTHING = ("-", "--", "s/d", "sin dato", "no tiene", "N/A")


def offices() -> dict[str, str]:
    return dict(Office.objects.values_list("code", "name"))


def _country(key: str, label: Any, *, many: bool = False) -> Column:
    return Column(
        key, label, Choice(), choices=countries.choices, many=many, privacy=CONFIDENTIAL, hxl="#country+origin"
    )


def _name(key: str, label: Any, **more: Any) -> Column:
    return Column(key, label, Text(120), privacy=STRICT, nulls=NOTHING, **more)


def _flag(key: str, label: Any, **more: Any) -> Column:
    return Column(key, label, Flag(), **{"privacy": CONFIDENTIAL, **more})


PEOPLE = Sheet(
    "people",
    _("Personas"),
    [
        Column(
            "folio",
            _("Folio"),
            Folio(max=24),
            privacy=CONFIDENTIAL,
            example="MX-TIJ-004512",
            note=_("Vacío: la oficina da el siguiente"),
        ),
        Column("registered_on", _("Fecha de registro"), Day(), required=True, hxl="#date+registered"),
        Column(
            "office",
            _("Oficina"),
            Choice(),
            choices=offices,
            note=_("Vacía: la oficina que importa"),
            hxl="#org+office",
        ),
        _name("given_names", _("Nombres"), example="Yesenia"),
        _name("first_surname", _("Primer apellido"), example="Ortiz"),
        _name("second_surname", _("Segundo apellido"), example="Mejía (simulada)"),
        _name("known_as", _("Le dicen")),
        Column("birth_date", _("Fecha de nacimiento"), Day(), privacy=CONFIDENTIAL),
        Column(
            "age",
            _("Edad estimada"),
            Whole(min=0, max=MAX_AGE),
            privacy=CONFIDENTIAL,
            note=_("En años cumplidos, solo si no se conoce la fecha de nacimiento"),
        ),
        Column("sex", _("Sexo"), Choice(), choices=dict(Sex.choices), privacy=CONFIDENTIAL, hxl="#indicator+sex"),
        _country("nationality", _("Nacionalidad")),
        _country("other_nationalities", _("Otras nacionalidades"), many=True),
        _flag("stateless", _("Apátrida")),
        _country("birth_country", _("País de nacimiento")),
        Column("languages", _("Idiomas"), Choice(), choices=dict(Language.choices), many=True, privacy=CONFIDENTIAL),
        _flag("needs_interpreter", _("Necesita intérprete")),
        Column(
            "group",
            _("Grupo de viaje"),
            Folio(max=40),
            note=_("La misma clave en las filas de quienes viajan juntos"),
        ),
        _flag("heads_group", _("Encabeza el grupo"), privacy=Privacy.RESTRICTED),
        Column("phone", _("Teléfono seguro"), Folio(max=40), privacy=STRICT),
        Column("channel", _("Medio"), Choice(), choices=dict(Channel.choices), privacy=CONFIDENTIAL),
        Column(
            "document_type", _("Tipo de documento"), Choice(), choices=dict(DocumentType.choices), privacy=CONFIDENTIAL
        ),
        Column("document_number", _("Número de documento"), Folio(max=60), privacy=STRICT),
        _flag("consent_service", _("Consentimiento para servicios"), required=True, privacy=Privacy.RESTRICTED),
        _flag("consent_statistics", _("Consentimiento para estadísticas"), privacy=Privacy.RESTRICTED),
        _flag("consent_internal_case", _("Consentimiento para su caso"), privacy=Privacy.RESTRICTED),
        _flag("consent_referral", _("Consentimiento para canalizar"), privacy=Privacy.RESTRICTED),
        _flag("consent_follow_up", _("Consentimiento para seguimiento"), privacy=Privacy.RESTRICTED),
        Column(
            "basis",
            _("Base legal"),
            Choice(),
            choices=dict(Basis.choices),
            note=_("Vacía: el consentimiento"),
        ),
        Column("basis_reason", _("Por qué sin consentimiento"), Text(300), privacy=CONFIDENTIAL),
    ],
    note=_("Una persona por renglón. Los nombres se guardan cifrados."),
)

DECISIONS = Sheet(
    "decisions",
    _("Decisiones"),
    [
        Column("folio", _("Folio de la persona"), Folio(max=24), required=True, privacy=CONFIDENTIAL),
        Column("kind", _("Tipo"), Choice(), choices=dict(DecisionKind.choices), required=True, privacy=CONFIDENTIAL),
        Column(
            "message",
            _("Qué deben hacer los demás"),
            Text(200),
            required=True,
            privacy=CONFIDENTIAL,
            note=_("Sin diagnóstico ni motivo"),
        ),
        Column("call", _("A quién llamar"), Text(120), privacy=CONFIDENTIAL),
        Column("starts_on", _("Desde"), Day(), required=True, privacy=CONFIDENTIAL),
        Column("until", _("Hasta"), Day(), privacy=CONFIDENTIAL, note=_("Vacía: hasta que se levante")),
    ],
    note=_("Lo que los demás deben respetar sobre una persona."),
)

SHEETS = [PEOPLE, DECISIONS]
_ASKED = {f"consent_{purpose.value}": purpose.value for purpose in Purpose}


def new_person(
    values: Mapping[str, Any], *, row: int, capture: UUID, office: str = "", group: UUID | None = None
) -> NewPerson:
    """A row of ``PEOPLE`` as ``actions.register_many`` takes it. Purposes nobody asked about stay out."""
    number = values["document_number"]
    documents = [NewDocument(type=values["document_type"] or DocumentType.OTHER, number=number)] if number else []
    how = {"basis": values["basis"], "basis_reason": values["basis_reason"]} if values["basis"] else {}
    main = [values["nationality"]] if values["nationality"] else []
    same = (
        "given_names", "first_surname", "second_surname", "known_as", "birth_date", "age", "birth_country",
        "languages", "phone", "channel", "registered_on",
    )  # fmt: skip
    return NewPerson(
        **{key: values[key] for key in same},
        sex=values["sex"] or Sex.UNKNOWN,
        nationalities=[*main, *values["other_nationalities"]],
        stateless=bool(values["stateless"]),
        needs_interpreter=bool(values["needs_interpreter"]),
        group=group,
        heads_group=bool(values["heads_group"]),
        documents=documents,
        consents={purpose: values[key] for key, purpose in _ASKED.items() if values.get(key) is not None},
        consent=how,
        office=values["office"] or office,
        folio=values["folio"].upper(),
        capture=capture,
        row=row,
    )
