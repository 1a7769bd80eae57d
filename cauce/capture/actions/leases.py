"""Who works on an import now. A claim is one conditional UPDATE, so two processes never hold the same one."""

from __future__ import annotations

import os
import socket
import threading
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cauce.records.models import Batch

LEASE = timedelta(seconds=120)
WORKABLE = (Batch.State.UPLOADED, Batch.State.CHECKING, Batch.State.WRITING)


class Interrupted(Exception):
    """The import was stopped, withdrawn or taken over: what was not committed is rolled back."""


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to work on one import, kept by renewing it."""

    batch: UUID
    holder: str

    def move(self, state: str, /, **fields: object) -> None:
        """Renew the lease and set fields in one step. Raises Interrupted when it is no longer ours."""
        mine = Batch.objects.filter(pk=self.batch, leased_by=self.holder, state=state, stop_requested=False)
        if not mine.update(leased_until=timezone.now() + LEASE, **fields):
            raise Interrupted

    def release(self) -> None:
        Batch.objects.filter(pk=self.batch, leased_by=self.holder).update(leased_by="", leased_until=None)


def me() -> str:
    """This thread of this process of this machine; at most 64 characters."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{threading.get_ident()}"[:64]


def claim(batch: UUID) -> Lease | None:
    """Take an import that nobody works on; None when somebody does or there is nothing to do."""
    now = timezone.now()
    free = Q(leased_by="") | Q(leased_until=None) | Q(leased_until__lt=now)
    holder = Batch.objects.filter(pk=batch).values_list("leased_by", flat=True).first()
    if holder and _is_gone(holder):
        free |= Q(leased_by=holder)
    lease = Lease(batch, me())
    waiting = Batch.objects.filter(free, pk=batch, state__in=WORKABLE, stop_requested=False)
    return lease if waiting.update(leased_by=lease.holder, leased_until=now + LEASE) else None


def halt(batch: UUID, lease: Lease, reason: str) -> None:
    """Stop an import that ran into something, with the reason's code; nothing that was written is lost."""
    with transaction.atomic():
        locked = Batch.objects.select_for_update().get(pk=batch)
        if locked.leased_by == lease.holder:
            locked.stop_requested = True
            locked.summary["halt"] = reason
            locked.save(update_fields=["stop_requested", "summary"])


def abandoned() -> list[str]:
    """Holders of waiting imports that died on this machine: others need not wait until their leases run out."""
    held = Batch.objects.filter(state__in=WORKABLE).exclude(leased_by="")
    return [holder for holder in held.values_list("leased_by", flat=True).distinct() if _is_gone(holder)]


def _is_gone(holder: str) -> bool:
    """True when the holder was a process of this machine that no longer lives: its lease need not run out."""
    host, _colon, rest = holder.rpartition(":")[0].rpartition(":")
    if host != socket.gethostname()[:30] or not rest.isdigit() or int(rest) == os.getpid():
        return False
    try:
        os.kill(int(rest), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
