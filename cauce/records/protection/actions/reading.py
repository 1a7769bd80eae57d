"""Reads that leave a trace: opening a file, and a vault's detail (domain.md R13)."""

from __future__ import annotations

from django.db import transaction

from cauce.access.viewer import Viewer
from cauce.audit import log
from cauce.records.protection.actions.working import concerns
from cauce.records.protection.models import DETAIL, Case
from cauce.records.protection.permissions import check_vault


def open_file(case: Case, *, by: Viewer) -> None:
    """Note that ``by`` opened the case."""
    by.require("protection.view")
    with transaction.atomic():
        log.read(by.actor, Case.table(), case.pk, case.office_id, concerns=[str(each) for each in concerns(case)])


def open_vault(case: Case, vault: str, *, by: Viewer) -> None:
    """Note that ``by`` read the detail behind a vault."""
    check_vault(by, vault)
    with transaction.atomic():
        log.read(by.actor, DETAIL[vault], case.pk, case.office_id, concerns=[str(each) for each in concerns(case)])
