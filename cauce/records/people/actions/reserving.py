"""Reserving a name: done by protection when a case of a vault concerns the person (R4, R5)."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from cauce.access.viewer import VAULTS, Viewer
from cauce.audit import log
from cauce.kernel.problems import Problem
from cauce.records.people import rules
from cauce.records.people.models import Person


def reserve(person: Person, vault: str, *, by: Viewer) -> Person:
    """Hide the name from everybody without this vault. Done already, nothing more happens.

    Needs no permission of its own: it only narrows who sees, and any colleague may open a case that does.
    Raises ValueError for a vault nobody knows.
    """
    if vault not in VAULTS:
        raise ValueError(f"no vault {vault!r}: there are {', '.join(sorted(VAULTS))}")
    return _set(person, lambda vaults: vaults | {vault}, by=by, verb="reserve", reason="")


def release(person: Person, vault: str, *, reason: str, by: Viewer) -> Person:
    """Show the name again as far as this vault goes; only who holds the vault, and says why."""
    rules.check_reason(reason)
    if vault not in by.vaults:
        raise Problem(
            "people.not_your_vault",
            _("No tiene acceso a los casos por los que este nombre está reservado."),
            fix=_("Pídalo a la persona especialista."),
        )
    return _set(person, lambda vaults: vaults - {vault}, by=by, verb="release", reason=reason)


def _set(person: Person, change, *, by: Viewer, verb: str, reason: str) -> Person:
    with transaction.atomic():
        locked = Person.objects.select_for_update().get(pk=person.pk)
        old = locked.reserved
        new = ",".join(sorted(change(locked.vaults)))
        if old != new:
            person.reserved = locked.reserved = new
            locked.save(update_fields=["reserved"])
            log.record(
                by.actor, verb, Person.table(), person.pk, person.office_id,
                concerns=(person.pk,), changes={"reserved": (old, new)}, reason=reason,
            )  # fmt: skip
    return person
