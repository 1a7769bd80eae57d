"""The mission's lists this room speaks in: types of service, kinds of consultation, item classes."""

from __future__ import annotations

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cauce import mission
from cauce.kernel.problems import Problem
from cauce.mission.vocabulary import Vocabulary

# Kits are given one to three a person and class a year (domain.md §6.9).
KITS = frozenset({"prenatal_kit", "postnatal_kit"})
# What was done and found here is read by health staff alone (reference/screens/case-desk.png).
HEALTH_TYPES = frozenset({"consultation", "covid_test"})
CONSULTATION = "consultation"
TEST = "covid_test"


def listed(key: str) -> Vocabulary:
    """The mission's list; KeyError when it has none of that name."""
    return mission.current().vocabulary(key)


def language() -> str:
    return (get_language() or "es").split("-")[0]


def label(key: str, code: str | None) -> str:
    """A code in the language of the page; an unknown code stands for itself."""
    return listed(key).text(code, language()) if code else ""


def choices(key: str) -> list[tuple[str, str]]:
    """Pairs for a form, without retired codes."""
    return listed(key).choices(language())


def mapping(key: str) -> dict[str, str]:
    """Code → Spanish label for a column of a sheet; retired codes are still read."""
    return dict(listed(key).choices("es", with_retired=True))


def check(key: str, code: str, *, field: str) -> None:
    """Raises Problem ``assistance.unknown_code`` for a code that is not in the list."""
    if code not in listed(key):
        raise Problem(
            "assistance.unknown_code",
            _("«%(value)s» no está en la lista «%(list)s»."),
            fix=_("Elija un valor de la lista."),
            field=field,
            value=code,
            list=listed(key).label.get(language()),
        )
