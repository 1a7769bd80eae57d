"""Is it allowed? Pure: values in, Problems out; no database."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from types import MappingProxyType
from typing import Any

from django.utils.translation import gettext_lazy as _

from cauce.kernel.problems import Problem
from cauce.records.people import names
from cauce.records.people.countries import is_country
from cauce.records.people.enums import Basis, DocumentType, Purpose, Sex

MAX_AGE = 120
FOLIO = re.compile(r"[A-Z0-9][A-Z0-9./-]{2,23}")
_SEXES = frozenset(Sex.values)
_PURPOSES = frozenset(Purpose.values)
_DOCUMENTS = frozenset(DocumentType.values)


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDocument:
    """An identity document as somebody showed it."""

    type: str
    number: str
    issuer: str = ""
    expires_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """A person about to be registered.

    Either ``birth_date`` or ``age`` (an estimate, made on ``registered_on``), or neither.
    ``nationalities`` are ISO 3166-1 alpha-3 codes, the main one first. ``consents`` maps a purpose to
    what the person said; a purpose that was not asked is not in it. ``office`` is the viewer's own
    when empty. ``folio`` is brought by an import; empty, the office gives the next one.
    """

    given_names: str = ""
    first_surname: str = ""
    second_surname: str = ""
    known_as: str = ""
    sex: str = Sex.UNKNOWN
    gender_identity: str = ""
    birth_date: date | None = None
    age: int | None = None
    nationalities: Sequence[str] = ()
    stateless: bool = False
    birth_country: str = ""
    languages: Sequence[str] = ()
    needs_interpreter: bool = False
    group: uuid.UUID | None = None
    heads_group: bool = False
    phone: str = ""
    channel: str = ""
    safe_hours: str = ""
    may_leave_message: bool = False
    documents: Sequence[NewDocument] = ()
    consents: Mapping[str, bool] = field(default_factory=lambda: MappingProxyType({"service": True}))
    consent: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))  # basis, mode, language, notice …
    registered_on: date | None = None
    office: str = ""
    folio: str = ""
    capture: uuid.UUID = field(default_factory=uuid.uuid4)
    row: int | None = None


def check_new(new: NewPerson, today: date) -> Iterator[Problem]:
    """Every reason why this person cannot be registered as written (domain.md §6)."""
    day = new.registered_on or today
    yield from check_names(new.given_names, new.first_surname, new.second_surname)
    if new.sex not in _SEXES:
        yield Problem("people.sex", _("«%(value)s» no es una opción de sexo."), field="sex", value=new.sex)
    if day > today:
        yield Problem(
            "people.future", _("La fecha de registro está en el futuro."), fix=_("Revísela."), field="registered_on"
        )
    yield from check_age(new.birth_date, new.age, day)
    yield from check_countries(new.nationalities, "nationalities", stateless=new.stateless)
    yield from check_countries([new.birth_country] if new.birth_country else [], "birth_country")
    yield from _check_consents(new)
    if new.folio and not FOLIO.fullmatch(new.folio):
        yield Problem(
            "people.folio",
            _("«%(folio)s» no tiene la forma de un folio."),
            fix=_("Use letras mayúsculas, números y guiones, por ejemplo MX-TIJ-004512."),
            field="folio",
            folio=new.folio,
        )
    for document in new.documents:
        yield from check_document(document.type, document.number)


def check_names(given: str, first: str, second: str) -> Iterator[Problem]:
    """At least one name or surname with a letter in it; none longer than 120 characters."""
    if not names.tokens(f"{given} {first} {second}"):
        yield Problem(
            "people.no_name",
            _("Falta el nombre."),
            fix=_("Escriba al menos un nombre o un apellido, como lo dice la persona."),
            field="given_names",
        )
    for key, value in (("given_names", given), ("first_surname", first), ("second_surname", second)):
        if len(value) > 120:
            yield Problem("people.long_name", _("El nombre es demasiado largo."), fix=_("Acórtelo."), field=key)


def check_age(birth: date | None, age: int | None, day: date) -> Iterator[Problem]:
    """A birth date or an estimated age, never both; in the past and at most 120 years ago."""
    if birth is not None and age is not None:
        yield Problem(
            "people.age_or_birth",
            _("Hay fecha de nacimiento y también edad estimada."),
            fix=_("Deje solo una: la fecha si se conoce, si no la edad."),
            field="age",
        )
    if birth is not None and birth > day:
        yield Problem(
            "people.born_later",
            _("La fecha de nacimiento es posterior al registro."),
            fix=_("Revise el día, el mes y el año."),
            field="birth_date",
        )
    if birth is not None and (day - birth) > timedelta(days=MAX_AGE * 366):
        yield Problem(
            "people.too_old",
            _("Según la fecha de nacimiento tendría más de 120 años."),
            fix=_("Revise el año."),
            field="birth_date",
        )
    if age is not None and not 0 <= age <= MAX_AGE:
        yield Problem("people.age", _("La edad va de 0 a 120 años."), fix=_("Revísela."), field="age")


def check_countries(codes: Sequence[str], key: str, *, stateless: bool = False) -> Iterator[Problem]:
    """Known codes, each once; a stateless person has no nationality."""
    for code in codes:
        if not is_country(code):
            yield Problem(
                "people.country",
                _("«%(country)s» no es una clave de país."),
                fix=_("Elija el país de la lista."),
                field=key,
                country=code,
            )
    if len(set(codes)) != len(codes):
        yield Problem("people.country_twice", _("Un país está repetido."), fix=_("Quite uno."), field=key)
    if stateless and codes:
        yield Problem(
            "people.stateless",
            _("Una persona apátrida no tiene nacionalidad."),
            fix=_("Quite la nacionalidad o la marca de apátrida."),
            field=key,
        )


def _check_consents(new: NewPerson) -> Iterator[Problem]:
    unknown = set(new.consents) - _PURPOSES
    if unknown:
        yield Problem("people.purpose", _("Finalidad desconocida: %(key)s."), key=", ".join(sorted(unknown)))
    basis = new.consent.get("basis", Basis.CONSENT)
    if new.consents.get(Purpose.SERVICE) is not True and basis == Basis.CONSENT:
        yield Problem(
            "people.no_service_consent",
            _("Sin consentimiento para recibir servicios no se guardan datos de la persona."),
            fix=_("Atiéndala sin registrarla, o indique otra base legal y su motivo."),
            field="consent_service",
        )
    yield from check_basis(basis, new.consent.get("basis_reason", ""))


def check_basis(basis: str, reason: str) -> Iterator[Problem]:
    """Anything but consent says why consent was impossible (R2)."""
    if basis != Basis.CONSENT and not reason.strip():
        yield Problem(
            "people.basis_reason",
            _("Falta decir por qué no fue posible el consentimiento."),
            fix=_("Escríbalo en pocas palabras."),
            field="basis_reason",
        )


def check_document(kind: str, number: str) -> Iterator[Problem]:
    if kind not in _DOCUMENTS:
        yield Problem("people.document_type", _("«%(value)s» no es un tipo de documento."), field="type", value=kind)
    if len(names.document(number)) < 4:
        yield Problem(
            "people.document_number",
            _("El número de documento es demasiado corto."),
            fix=_("Escríbalo completo o no lo registre."),
            field="number",
        )


def check_decision(message: str, starts_on: date, until: date | None) -> Iterator[Problem]:
    """A decision says what others must do, and ends after it began."""
    if not message.strip():
        yield Problem(
            "people.decision_message",
            _("Falta decir qué deben hacer los demás."),
            fix=_("Escriba la indicación, sin diagnóstico ni motivo."),
            field="message",
        )
    if until is not None and until < starts_on:
        yield Problem(
            "people.decision_order",
            _("La decisión termina antes de empezar."),
            fix=_("Revise las fechas."),
            field="until",
        )


def curp_is_valid(curp: str) -> bool:
    """Form and check digit of a CURP (domain.md §5). Many people have none: a warning, never a block."""
    signs = "0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ"
    curp = curp.strip().upper()
    if not re.fullmatch(r"[A-ZÑ]{4}\d{6}[HMX][A-Z]{2}[B-DF-HJ-NP-TV-ZÑ]{3}[0-9A-Z]\d", curp):
        return False
    total = sum(signs.index(sign) * (18 - place) for place, sign in enumerate(curp[:17]))
    return (10 - total % 10) % 10 == int(curp[17])


def check_reason(reason: str) -> None:
    """Raises Problem when nothing was said."""
    if not reason.strip():
        raise Problem(
            "people.reason_missing",
            _("Falta el motivo."),
            fix=_("Escriba en pocas palabras por qué; queda en la bitácora."),
            field="reason",
        )
