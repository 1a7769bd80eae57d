"""Is it allowed: the case's states, its one category, what it rests on. Pure: values in, Problem out."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _

from cauce.kernel.problems import Problem
from cauce.records.assistance import vocabulary
from cauce.records.protection.enums import CaseState, GbvType, LawTerm, LegalBasis, Sensitivity, Uasc

CASE = {
    CaseState.IDENTIFIED: {CaseState.OPEN, CaseState.CLOSED},
    CaseState.OPEN: {CaseState.ON_HOLD, CaseState.CLOSED},
    CaseState.ON_HOLD: {CaseState.OPEN, CaseState.CLOSED},
    CaseState.CLOSED: {CaseState.OPEN},
}
ACTIVE = (CaseState.IDENTIFIED, CaseState.OPEN, CaseState.ON_HOLD)
CATEGORIES = "protection_categories"
GENERAL = "referral_general"
CHILD = "child"
PRENATAL = "prenatal"
# A need that says by itself which category applies; every other need is a general referral.
CATEGORY_OF_NEED = {"prenatal": PRENATAL, "child_protection": CHILD}
# Classes whose cases wait for the person's own answer to case management (domain.md §6.5).
NEED_ANSWER = frozenset({Sensitivity.GBV.value, Sensitivity.TRAFFICKING.value})


def applicable(categories: Iterable[str], needs: Iterable[str], *, uasc: str = "", law_term: str = "") -> list[str]:
    """Every category that applies, in the mission's order of precedence.

    To the ones somebody marked come those that follow from the needs, and child protection for a
    child without the adults who should be there. A case about which nothing more is known is a
    general referral.
    """
    found = set(categories) | {CATEGORY_OF_NEED[need] for need in needs if need in CATEGORY_OF_NEED}
    if uasc in (Uasc.SEPARATED, Uasc.UNACCOMPANIED) or law_term == LawTerm.UNACCOMPANIED:
        found.add(CHILD)
    if not found:
        found.add(GENERAL)
    order = vocabulary.listed(CATEGORIES).precedence
    return sorted(found, key=lambda code: order.index(code) if code in order else len(order))


def primary(applying: Sequence[str]) -> str:
    """The one category the case is counted in: the first by precedence (counting rules)."""
    code = vocabulary.listed(CATEGORIES).first_by_precedence(applying)
    if code is None:
        raise Problem(
            "protection.no_category",
            _("Ninguna de las categorías marcadas está en la lista de la misión."),
            fix=_("Elija al menos una de la lista."),
            field="categories",
        )
    return code


def explain(applying: Sequence[str]) -> str:
    """Why the case has the category it has, in a sentence for who asks."""
    chosen = primary(applying)
    others = [code for code in applying if code != chosen]
    name = vocabulary.label(CATEGORIES, chosen)
    if not others:
        return _t("Se cuenta en «%(chosen)s», la única que aplica.") % {"chosen": name}
    return _t("Se cuenta en «%(chosen)s» porque va antes que %(others)s; cada caso se cuenta en una sola.") % {
        "chosen": name,
        "others": ", ".join(_t("«%(name)s»") % {"name": vocabulary.label(CATEGORIES, code)} for code in others),
    }


def sensitivity_of(category: str) -> str:
    """The vault of a category, or ``standard``."""
    return str(vocabulary.listed(CATEGORIES).vault_of(category) or Sensitivity.STANDARD.value)


def check_needs(needs: Sequence[str]) -> None:
    if not needs:
        raise Problem(
            "protection.no_need",
            _("El caso no tiene ninguna necesidad."),
            fix=_("Marque al menos una: de ellas depende qué se hace."),
            field="needs",
        )


def check_child(*, uasc: str, law_term: str, age: int | None) -> None:
    """Separated and unaccompanied are words for children (domain.md §6.3)."""
    if not uasc and not law_term:
        return
    if age is None:
        raise Problem(
            "protection.age_unknown",
            _("Para decir con quién viaja una niña, niño o adolescente hace falta su edad."),
            fix=_("Anote en su ficha la fecha de nacimiento o una edad estimada."),
            field="uasc",
        )
    if age >= 18:
        raise Problem(
            "protection.not_a_child",
            _("La persona tenía %(age)s años: no es niña, niño ni adolescente."),
            fix=_("Deje en «No aplica», o corrija la edad en su ficha."),
            field="uasc",
            age=age,
        )


def check_pregnant(*, applying: Sequence[str], sex: str, gender_identity: str | None) -> None:
    """Prenatal care is not for a man, unless the person says who they are (domain.md §6.4)."""
    if PRENATAL in applying and sex == "male" and not (gender_identity or "").strip():
        raise Problem(
            "protection.prenatal_and_male",
            _("La ficha dice hombre y el caso es de cuidados prenatales."),
            fix=_("Revise el sexo en la ficha; si es correcto, anote ahí la identidad de género."),
            field="categories",
        )


def check_basis(*, sensitivity: str, answer: bool | None, legal_basis: str, reason: str) -> None:
    """On what the case rests (domain.md R2, §6.5).

    ``answer`` is what the person said: to case management for the classes of ``NEED_ANSWER``, to
    services or case management otherwise; None when nobody asked.
    """
    if sensitivity in NEED_ANSWER and answer is None:
        raise Problem(
            "protection.consent_unasked",
            _("No consta qué dijo la persona sobre la gestión de su caso."),
            fix=_("Pregúntele y registre su respuesta antes de abrir el caso."),
            field="legal_basis",
        )
    if legal_basis == LegalBasis.CONSENT:
        if not answer:
            raise Problem(
                "protection.no_consent",
                _("La persona no ha dado su consentimiento."),
                fix=_("Regístrelo en su ficha, o elija otra base de licitud y escriba por qué."),
                field="legal_basis",
            )
    elif not reason.strip():
        raise Problem(
            "protection.basis_reason",
            _("Falta decir por qué se abre el caso sin consentimiento."),
            fix=_("Escríbalo en pocas palabras."),
            field="basis_reason",
        )


def check_dates(*, identified: date, opened: date | None, closed: date | None, today: date) -> None:
    """Identified, opened, closed: in this order, none in the future."""
    stand = [("identified_on", identified), ("opened_on", opened), ("closed_on", closed)]
    known = [(field, day) for field, day in stand if day is not None]
    for field, day in known:
        if day > today:
            raise Problem("protection.future", _("La fecha es posterior a hoy."), fix=_("Revísela."), field=field)
    for (_before, first), (after, second) in itertools.pairwise(known):
        if second < first:
            raise Problem(
                "protection.date_order",
                _("El caso se identifica, se abre y se cierra, en ese orden: una fecha está antes que la previa."),
                fix=_("Revise las fechas."),
                field=after,
            )


def check_state(*, state: str, opened: date | None, closed: date | None) -> None:
    """The dates a state stands on."""
    wrong = None
    if state in (CaseState.OPEN, CaseState.ON_HOLD) and opened is None:
        wrong = "opened_on"
    elif state == CaseState.CLOSED and closed is None:
        wrong = "closed_on"
    if wrong:
        raise Problem(
            "protection.date_missing",
            _("Falta la fecha que corresponde a «%(state)s»."),
            fix=_("Escríbala."),
            field=wrong,
            state=CaseState(state).label,
        )
    if (state != CaseState.CLOSED and closed is not None) or (state == CaseState.IDENTIFIED and opened is not None):
        raise Problem(
            "protection.date_too_many",
            _("«%(state)s» no lleva esa fecha."),
            fix=_("Bórrela, o elija el estado que corresponde."),
            field="opened_on" if state == CaseState.IDENTIFIED and opened else "closed_on",
            state=CaseState(state).label,
        )


def check_active(state: str) -> None:
    """Work is done on a case that is not closed."""
    if state not in ACTIVE:
        raise Problem(
            "protection.is_closed",
            _("El caso está cerrado."),
            fix=_("Reábralo, con motivo, y después regístrelo."),
        )


def check_gbv_dates(reported: date, incident: date | None, today: date) -> None:
    if reported > today:
        raise Problem("protection.future", _("La fecha es posterior a hoy."), fix=_("Revísela."), field="reported_on")
    if incident is not None and incident > reported:
        raise Problem(
            "protection.incident_later",
            _("El incidente es posterior al relato."),
            fix=_("Revise las dos fechas."),
            field="incident_on",
        )


def check_decided(decided: date, today: date) -> None:
    if decided > today:
        raise Problem("protection.future", _("La fecha es posterior a hoy."), fix=_("Revísela."), field="decided_on")


def check_best_interests(step: str, decided: date | None, today: date) -> None:
    """An assessment or determination that was made has its date."""
    if step and decided is None:
        raise Problem(
            "protection.decision_undated",
            _("Falta la fecha de la decisión sobre el interés superior."),
            fix=_("Escríbala."),
            field="decided_on",
        )
    if decided is not None:
        check_decided(decided, today)


def gbv_type(answers: Sequence[bool]) -> str:
    """The type of an incident: the first question answered yes, in the order they are asked (domain.md §5)."""
    asked = [each for each in GbvType.values if each != GbvType.NON_GBV]
    return next((kind for kind, yes in zip(asked, answers, strict=True) if yes), GbvType.NON_GBV.value)


def check_reason(reason: str) -> None:
    if not reason.strip():
        raise Problem(
            "protection.reason_missing",
            _("Falta el motivo."),
            fix=_("Escriba en pocas palabras por qué; queda en la bitácora."),
            field="reason",
        )
