"""The background worker of a web process: one thread that works off waiting imports, one after the other.

``cauce serve`` calls ``ensure_running`` at its start, and so does every request that leaves work behind. The thread
ends when nothing is left, so an idle process has none. Claims are made in the table: two processes, or two machines,
never work on the same import, and an import whose process died is taken over.
"""

from __future__ import annotations

import logging
import threading
import time

from django.conf import settings
from django.db import DatabaseError, connections

from cauce.capture import actions, queries
from cauce.capture.run import run_batch

logger = logging.getLogger(__name__)
_lock = threading.Lock()
_thread: threading.Thread | None = None
_again = threading.Event()
# How long the thread waits for more before it ends.
_LINGER = 5.0
# How often a server removes what imports may keep no longer.
_TIDY_SECONDS = 6 * 3600


def ensure_running() -> None:
    """Start the worker of this process, or tell the running one to look again. Does nothing in tests."""
    global _thread
    if getattr(settings, "TESTING", False):
        return
    with _lock:
        _again.set()
        if _thread is None or not _thread.is_alive():
            _thread = threading.Thread(target=_work, name="cauce-imports", daemon=True)
            _thread.start()


def keep_house() -> None:
    """Remove what imports may keep no longer, now and every few hours while this process lives."""
    threading.Thread(target=_keep_house, name="cauce-house", daemon=True).start()


def _keep_house() -> None:
    while True:
        try:
            actions.tidy()
        except (DatabaseError, OSError) as error:
            # Next time: a full or busy disk must not keep the server from working.
            logger.warning("old rows of imports could not be removed: %s", type(error).__name__)
        finally:
            connections.close_all()
        time.sleep(_TIDY_SECONDS)


def _work() -> None:
    global _thread
    try:
        while True:
            _again.clear()
            work_off()
            if not _again.wait(_LINGER):
                with _lock:
                    # Asked again between the wait and here: the asker saw this thread alive.
                    if not _again.is_set():
                        _thread = None
                        return
    finally:
        connections.close_all()


def work_off() -> int:
    """Work on waiting imports until none is left for us; gives how many were worked on."""
    worked = 0
    passed_over: set[object] = set()
    while (batch := next((each for each in queries.waiting()[:20] if each.pk not in passed_over), None)) is not None:
        try:
            worked += run_batch(batch.pk) is not None
        except DatabaseError:
            # Nobody is there to raise to; the next request that looks at imports starts the worker again.
            logger.exception("the worker lost the database")
            return worked
        except Exception as error:
            logger.warning("import %s stopped: %s", batch.pk, type(error).__name__)
        passed_over.add(batch.pk)
    return worked
