"""Does the log still say what was written? Finds a changed, missing, moved or added step."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from cauce.audit.log import GENESIS, mac_of, seal_mac
from cauce.audit.models import Entry, Head, Seal


@dataclass(frozen=True, slots=True)
class Finding:
    """One place where the log does not hold; ``number`` is the step in the office's chain."""

    office: str
    number: int
    what: object

    def __str__(self) -> str:
        return str(self.what) % {"office": self.office or "–", "number": self.number}


def verify() -> list[Finding]:
    """Walk every chain and every seal; an empty list means nothing was touched."""
    found: list[Finding] = []
    codes: dict[str, dict[int, str]] = {}
    wanted = _sealed_numbers()
    heads = {head.office: head for head in Head.objects.all()}
    offices = set(heads) | set(Entry.objects.values_list("office", flat=True).distinct()) | set(wanted)
    for office in sorted(offices):
        codes[office] = _walk(office, heads.get(office), wanted.get(office, set()), found)
    _check_seals(codes, found)
    return found


def _walk(office: str, head: Head | None, keep: set[int], found: list[Finding]) -> dict[int, str]:
    """Check one chain; returns the codes at the numbers that seals speak of."""
    before, expected, kept = GENESIS, 1, {}
    for entry in Entry.objects.filter(office=office).order_by("number").iterator(chunk_size=2000):
        if entry.number != expected:
            text = _("Oficina %(office)s: falta el paso anterior al %(number)s.")
            found.append(Finding(office, entry.number, text))
        elif mac_of(entry, before) != entry.mac:
            text = _("Oficina %(office)s: el paso %(number)s fue cambiado o no es auténtico.")
            found.append(Finding(office, entry.number, text))
        before, expected = entry.mac, entry.number + 1
        if entry.number in keep:
            kept[entry.number] = entry.mac
    if head is None or (head.number, head.mac) != (expected - 1, before):
        text = _("Oficina %(office)s: el final de la cadena no corresponde (paso %(number)s); faltan o sobran pasos.")
        found.append(Finding(office, head.number if head else 0, text))
    return kept


def _sealed_numbers() -> dict[str, set[int]]:
    numbers: dict[str, set[int]] = {}
    for heads in Seal.objects.values_list("heads", flat=True):
        for office, (number, _mac) in heads.items():
            numbers.setdefault(office, set()).add(number)
    return numbers


def _check_seals(codes: dict[str, dict[int, str]], found: list[Finding]) -> None:
    before, expected = GENESIS, 1
    for seal in Seal.objects.order_by("number"):
        if seal.number != expected or seal.mac != seal_mac(seal, before):
            found.append(Finding("", seal.number, _("El sello %(number)s fue cambiado, o falta uno antes de él.")))
        for office, (number, mac) in seal.heads.items():
            if number and codes.get(office, {}).get(number) != mac:
                text = _("Oficina %(office)s: el paso %(number)s no es el que se selló.")
                found.append(Finding(office, number, text))
        before, expected = seal.mac, seal.number + 1
