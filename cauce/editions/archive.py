"""``edition.zip``: a public part anybody can check and a restricted part that can be recounted.

    manifest.json      every other member with size and SHA-256; who asked and approved, and when
    manifest.sig       the mission's Ed25519 signature over manifest.json
    public/…           values with their definitions and layout, print document, open data
    restricted/facts   the frozen facts, sealed for the purpose ``archive`` (not in the public file)

Equal editions give equal bytes: members are sorted, dated alike and written the same way.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from cauce import keys
from cauce.editions.values import canonical
from cauce.kernel.problems import Problem

FORMAT = "cauce.archive/1"
MANIFEST, SIGNATURE = "manifest.json", "manifest.sig"
VALUES, DOCUMENT, FACTS = "public/values.json", "public/document.json", "restricted/facts"
FIGURES, BREAKDOWNS = "public/figures.csv", "public/breakdowns.csv"
README = "public/LEEME.txt"
PURPOSE = "archive"
# A zip keeps local times to two seconds; one fixed moment keeps its bytes equal everywhere.
_MOMENT = (2020, 1, 1, 0, 0, 0)
# An archive is some megabytes; one whose members unpack to more than this together is not one of ours.
MAX_UNPACKED = 512 * 1024 * 1024
_PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)


@dataclass(frozen=True)
class Contents:
    """An archive that was opened and whose signature and members hold."""

    manifest: dict[str, Any]
    members: Mapping[str, bytes]
    fingerprint: str

    @property
    def restricted(self) -> bool:
        return FACTS in self.members


def pack(members: Mapping[str, bytes], about: dict[str, Any]) -> bytes:
    """The archive of these members, with its manifest signed by the mission's key."""
    manifest = canonical(
        {
            "format": FORMAT,
            **about,
            "public_key": keys.public_key().hex(),
            "members": {
                name: {"sha256": sha256(data).hexdigest(), "size": len(data)} for name, data in members.items()
            },
        }
    ).encode()
    signature = keys.sign(manifest).hex().encode()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as target:
        for name, data in [(MANIFEST, manifest), (SIGNATURE, signature), *sorted(members.items())]:
            info = zipfile.ZipInfo(name, _MOMENT)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.create_system = 3  # the same byte on every system
            info.external_attr = 0o644 << 16
            target.writestr(info, data, compresslevel=9)
    return out.getvalue()


def unpack(path: Path, *, fingerprint: str | None = None) -> Contents:
    """Open an archive and hold it to its manifest.

    Raises ``Problem`` for a file that is not an archive, a signature that does not hold, a signer
    other than ``fingerprint``, and a member changed, added, removed or renamed.
    """
    members = _members(path)
    manifest_bytes, signature = members.pop(MANIFEST, None), members.pop(SIGNATURE, None)
    if manifest_bytes is None or signature is None:
        raise _damaged(_("falta el manifiesto o su firma"))
    try:
        manifest = json.loads(manifest_bytes)
        public = bytes.fromhex(manifest["public_key"])
        listed = {name: (entry["sha256"], entry["size"]) for name, entry in manifest["members"].items()}
        signed = manifest["format"] == FORMAT and keys.verify(
            manifest_bytes, bytes.fromhex(signature.decode("ascii")), public
        )
    # A manifest is read before its signature is known to hold: it may be nested deeper than any parser goes.
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _damaged(_("el manifiesto o su firma no se pueden leer")) from None
    if not signed:
        raise Problem(
            "editions.archive_signature",
            _("La firma no corresponde al manifiesto: el archivo se alteró después de publicarse."),
            fix=_("Descárguelo otra vez de la página de la misión, o pida el original."),
        )
    signer = keys.fingerprint(public)
    if fingerprint is not None and _bare(fingerprint) != _bare(signer):
        raise Problem(
            "editions.archive_signer",
            _("Lo firmó otra llave: su huella es %(found)s y se esperaba %(wanted)s."),
            fix=_("Compare la huella con la que imprime la página pública de la misión."),
            found=signer,
            wanted=fingerprint,
        )
    _compare(listed, members)
    return Contents(manifest, members, signer)


def _members(path: Path) -> dict[str, bytes]:
    members: dict[str, bytes] = {}
    unpacked = 0
    try:
        with zipfile.ZipFile(path) as source:
            for info in source.infolist():
                if info.filename in members:
                    raise _damaged(_("un miembro está dos veces"))
                unpacked += info.file_size
                if unpacked > MAX_UNPACKED:
                    raise _damaged(_("un miembro es demasiado grande"))
                if info.compress_type not in _PACKED:
                    raise _damaged(_("un miembro está comprimido de otra manera"))
                members[info.filename] = source.read(info)
    except FileNotFoundError:
        raise Problem(
            "editions.archive_missing",
            _("No existe el archivo %(path)s."),
            fix=_("Revise el nombre y la carpeta."),
            path=path,
        ) from None
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, RuntimeError, NotImplementedError):
        raise _damaged(_("no es un archivo zip o está dañado")) from None
    return members


def _compare(listed: Mapping[str, tuple[str, int]], members: Mapping[str, bytes]) -> None:
    missing, added = sorted(set(listed) - set(members)), sorted(set(members) - set(listed))
    changed = sorted(
        name
        for name in set(listed) & set(members)
        if listed[name] != (sha256(members[name]).hexdigest(), len(members[name]))
    )
    if not (missing or added or changed):
        return
    told = [
        *(str(_("falta «%s»")) % name for name in missing),
        *(str(_("sobra «%s»")) % name for name in added),
        *(str(_("cambió «%s»")) % name for name in changed),
    ]
    raise _damaged("; ".join(told))


def _damaged(what: object) -> Problem:
    return Problem(
        "editions.archive_damaged",
        _("El archivo de la edición no está íntegro: %(what)s."),
        fix=_("Descárguelo otra vez de la página de la misión, o pida el original."),
        what=what,
    )


def _bare(fingerprint: str) -> str:
    return "".join(fingerprint.lower().split())


def sealed_facts(data: bytes) -> bytes:
    """The facts file sealed with the mission's key."""
    return keys.encrypt(data, PURPOSE)


def opened_facts(blob: bytes) -> bytes:
    """The facts file; ``Problem`` ``keys.…`` when this installation's key did not seal it."""
    return keys.decrypt(blob, PURPOSE)
