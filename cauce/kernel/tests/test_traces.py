"""Logs say where something broke, never what somebody typed."""

from __future__ import annotations

import logging
import sys

from cauce.kernel.traces import Formatter

TYPED, ROW = "no es una fecha: Ixchel Balam", "Failing row contains (Ixchel, Balam, 1998-04-02)"


class IntegrityError(Exception):
    """As a database raises it, with the row it refused."""


def written(error: BaseException) -> str:
    try:
        raise error
    except type(error):
        record = logging.LogRecord("cauce", logging.ERROR, __file__, 1, "failed", None, sys.exc_info())
    return Formatter().format(record)


def test_the_values_of_a_refused_row_stay_out_of_the_log():
    try:
        try:
            raise ValueError(TYPED)
        except ValueError as cause:
            raise IntegrityError(ROW) from cause
    except IntegrityError as error:
        text = written(error)
    assert "Ixchel" not in text and "1998" not in text
    assert "IntegrityError" in text and "ValueError" in text and "test_traces.py" in text
    assert text.index("ValueError") < text.index("IntegrityError")


def test_what_the_system_says_of_a_disk_is_kept():
    assert "No space left" in written(OSError(28, "No space left on device"))


def test_the_installation_logs_with_it(settings):
    assert {handler["formatter"] for handler in settings.LOGGING["handlers"].values()} == {"plain"}
    assert settings.LOGGING["formatters"]["plain"]["()"] == "cauce.kernel.traces.Formatter"
