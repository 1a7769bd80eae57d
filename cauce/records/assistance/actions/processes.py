"""What a process does to its acts as a whole."""

from __future__ import annotations

from django.db import transaction

from cauce.access.viewer import Viewer
from cauce.audit import log
from cauce.records.assistance.actions.common import concerns
from cauce.records.assistance.new import Process
from cauce.records.assistance.queries.lists import ACTS


def restrict_process(process: Process, *, by: Viewer) -> int:
    """Put every act of a process behind its vault (or take it out, vault ""); returns how many changed.

    Called by the process whose class changed; the acts themselves do not know why. No permission is
    asked here: whoever may change the process's class decides.
    """
    changed = 0
    with transaction.atomic():
        for model in ACTS:
            acts = list(
                model.objects.of_process(process.kind, process.id).exclude(vault=process.vault).select_for_update()
            )
            entries = [
                log.NewEntry(
                    verb="restrict", table=model.table(), record=str(act.pk), office=act.office_id,
                    concerns=[str(each) for each in concerns(act) if each],
                    changes={"vault": (act.vault, process.vault)},
                )
                for act in acts
            ]  # fmt: skip
            model.objects.filter(pk__in=[act.pk for act in acts]).update(vault=process.vault)
            log.record_many(by.actor, entries)
            changed += len(acts)
    return changed
