"""Is there an installation here at all? Asked before a command touches anything."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.db import connection
from django.utils.translation import gettext_lazy as _

from cauce.kernel.problems import Problem
from cauce.keys.ring import load_key_file

# A table that every installation has from its first day.
FIRST_TABLE = "people_person"


def has_data() -> bool:
    """Is there a database with Cauce's tables? Does not make an empty one by looking."""
    if connection.vendor == "sqlite" and not _sqlite_exists():
        return False
    return FIRST_TABLE in connection.introspection.table_names()


def _sqlite_exists() -> bool:
    name = str(settings.DATABASES["default"]["NAME"])
    # Tests run on a database in memory.
    return "memory" in str(connection.settings_dict["NAME"]) or Path(name).exists()


def check_installed() -> None:
    """Raises Problem without tables (``cli.not_set_up``) or keys (``keys.missing``, ``keys.unreadable``)."""
    if not has_data():
        raise Problem(
            "cli.not_set_up",
            _("Aquí todavía no hay una instalación (%(home)s)."),
            fix=_("Use «cauce setup» para crear una, o indique otra carpeta con CAUCE_HOME."),
            home=settings.HOME,
        )
    load_key_file(Path(settings.CAUCE_KEY_FILE))
