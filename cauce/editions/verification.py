"""``cauce edition verify``: is this archive whole, signed, consistent, and does it count right?"""

from __future__ import annotations

import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from cauce import keys
from cauce.editions import archive, facts_file
from cauce.editions.recount import broken_shares, definitions_of, differences, failed_sums
from cauce.editions.values import Values
from cauce.kernel.problems import Problem
from cauce.keys.ring import load_key_file

DAMAGED = (ValueError, KeyError, TypeError, AttributeError, OSError)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was checked and held. ``recounted`` marks the recount of the restricted part."""

    text: str
    recounted: bool = False

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Verified:
    """The whole verification; ``complete`` when the numbers were recounted from the facts."""

    name: str
    title: str
    fingerprint: str
    findings: tuple[Finding, ...]

    @property
    def complete(self) -> bool:
        return any(finding.recounted for finding in self.findings)


def verify(path: Path | str, *, key_file: Path | None = None, fingerprint: str | None = None) -> Verified:
    """Check an archive; returns what was checked and holds.

    ``key_file`` opens the restricted part with other keys than the installation's;
    ``fingerprint`` demands a signer. Raises ``Problem`` with one sentence at the first thing that
    does not hold. Without a key that fits, the public part is checked and the result says so.
    """
    contents = archive.unpack(Path(path), fingerprint=fingerprint)
    values = _values(contents)
    findings = [
        Finding(_("La firma y los %(count)s miembros están íntegros.") % {"count": len(contents.members)}),
        *_public(contents, values),
    ]
    if not contents.restricted:
        findings.append(Finding(_("Es el archivo público: no lleva los hechos y no se puede recontar.")))
    else:
        findings.append(_restricted(contents, values, key_file))
    return Verified(values.about.name, values.about.title, contents.fingerprint, tuple(findings))


def _values(contents: archive.Contents) -> Values:
    try:
        values = Values.from_json(contents.members[archive.VALUES].decode())
        definitions_of(values)
    except DAMAGED:
        raise _wrong("editions.archive_values", _("Los valores del archivo no se pueden leer.")) from None
    if contents.manifest.get("edition") != values.about.name:
        raise _wrong("editions.archive_values", _("El manifiesto y los valores son de ediciones distintas."))
    return values


def _public(contents: archive.Contents, values: Values) -> list[Finding]:
    if wrong := failed_sums(values):
        raise _wrong("editions.archive_sums", _("Hay sumas que no se cumplen: %(what)s.") % {"what": "; ".join(wrong)})
    if wrong := broken_shares(values):
        raise _wrong(
            "editions.archive_shares", _("Hay porcentajes que no cuadran: %(what)s.") % {"what": "; ".join(wrong)}
        )
    _check_printed(contents, values)
    _check_exported(contents, values)
    withheld = sum(1 for figure in values.figures if figure.withheld)
    return [
        Finding(_("%(count)s sumas y todos los porcentajes se cumplen.") % {"count": len(values.sums)}),
        Finding(
            _("%(count)s cifras (%(withheld)s reservadas), impresas y exportadas con el mismo valor.")
            % {"count": len(values.figures), "withheld": withheld}
        ),
    ]


def _check_printed(contents: archive.Contents, values: Values) -> None:
    """Every number of the print document is the frozen value of its figure."""
    told = {figure.key: figure.value for figure in values.figures}
    try:
        printed = list(_cells(json.loads(contents.members[archive.DOCUMENT])["pages"]))
        wrong = sorted({cell["key"] for cell in printed if told[cell["key"]] != cell["raw"]})
    except DAMAGED:
        raise _wrong("editions.archive_print", _("El documento impreso del archivo no se puede leer.")) from None
    if wrong:
        raise _wrong(
            "editions.archive_print",
            _("El documento impreso dice otro número que los valores: %(keys)s.") % {"keys": ", ".join(wrong)},
        )


def _cells(node: Any):
    if isinstance(node, dict):
        if set(node) == {"key", "text", "raw", "withheld"}:
            yield node
        for each in node.values():
            yield from _cells(each)
    elif isinstance(node, list):
        for each in node:
            yield from _cells(each)


def _check_exported(contents: archive.Contents, values: Values) -> None:
    try:
        head, _tags, *rows = csv.reader(io.StringIO(contents.members[archive.FIGURES].decode(), newline=""))
        exported = {row[head.index("key")]: row[head.index("value")] for row in rows}
    except DAMAGED:
        raise _wrong("editions.archive_csv", _("El archivo figures.csv no se puede leer.")) from None
    if exported != {figure.key: "" if figure.value is None else str(figure.value) for figure in values.figures}:
        raise _wrong("editions.archive_csv", _("El archivo figures.csv dice otros números que los valores."))


def _restricted(contents: archive.Contents, values: Values, key_file: Path | None) -> Finding:
    blob = contents.members[archive.FACTS]
    try:
        data = _opened(blob, key_file)
    except Problem as problem:
        if key_file is not None:
            raise
        # No key here, or another mission's: the public part was checked, and that is said.
        return Finding(
            _(
                "Los hechos están cifrados y aquí no está su llave: se revisó la parte pública y no se recontó. (%(why)s)"
            )
            % {"why": problem.sentence}
        )
    try:
        facts = facts_file.read(data)
        wrong = differences(values, facts)
    except DAMAGED:
        raise _wrong("editions.archive_facts", _("Los hechos del archivo no se pueden leer.")) from None
    if wrong:
        raise _wrong(
            "editions.archive_recount", _("El recuento no coincide: %(what)s.") % {"what": "; ".join(wrong[:5])}
        )
    return Finding(
        _("Recontadas %(figures)s cifras y %(cuts)s desgloses con %(facts)s hechos: todo coincide.")
        % {"figures": len(values.figures), "cuts": len(values.breakdowns), "facts": len(facts)},
        recounted=True,
    )


def _opened(blob: bytes, key_file: Path | None) -> bytes:
    if key_file is None:
        return archive.opened_facts(blob)
    try:
        before = keys.ring()
    except Problem:
        before = None
    keys.use(load_key_file(key_file))
    try:
        return archive.opened_facts(blob)
    finally:
        keys.use(before)


def _wrong(code: str, text: str) -> Problem:
    # The sentence was filled already: a % in it must not be taken for a place-holder.
    return Problem(code, text, fix=_("No use estos números; pida el archivo original a la misión."))
