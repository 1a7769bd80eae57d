"""The languages of the interface. Haitian Creole is not among Django's and is registered here."""

from __future__ import annotations

# Spanish first and complete, English complete; the others are prepared (issue: native review owed).
LANGUAGES = [
    ("es", "Español"),
    ("en", "English"),
    ("fr", "Français"),
    ("pt", "Português"),
    ("ht", "Kreyòl ayisyen"),
]
COMPLETE = ("es", "en")


def register_locales() -> None:
    """Teach Django Haitian Creole; safe to call twice."""
    from django.conf.locale import LANG_INFO

    LANG_INFO.setdefault("ht", {"bidi": False, "code": "ht", "name": "Haitian Creole", "name_local": "Kreyòl ayisyen"})
