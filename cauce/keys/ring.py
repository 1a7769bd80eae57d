"""The mission's keys: one file, never in the database, needed to start.

The file holds versioned root keys for sealing, one root for look-ups (blind indexes and
pseudonyms: they must not change when sealing keys rotate) and the Ed25519 key that signs
editions. Working keys are derived from the roots with HKDF, one per purpose.
"""

from __future__ import annotations

import base64
import functools
import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cauce.kernel.problems import Problem

FORMAT = "cauce-keys-1"


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


@dataclass(frozen=True)
class KeyRing:
    """Every key of one mission. ``sealing`` maps a version (1–255) to a 32-byte root."""

    sealing: dict[int, bytes]
    lookup: bytes
    signing: bytes

    @property
    def newest(self) -> int:
        return max(self.sealing)

    @classmethod
    def generate(cls) -> KeyRing:
        private = Ed25519PrivateKey.generate()
        return cls({1: secrets.token_bytes(32)}, secrets.token_bytes(32), private.private_bytes_raw())

    def rotated(self) -> KeyRing:
        """The same ring with a new newest sealing key; what older keys sealed stays readable."""
        if self.newest == 255:
            raise Problem(
                "keys.too_many",
                _("El archivo de llaves ya tiene 255 versiones, las más que caben."),
                fix=_("Pase los datos a una instalación nueva con llaves nuevas."),
            )
        return KeyRing({**self.sealing, self.newest + 1: secrets.token_bytes(32)}, self.lookup, self.signing)

    def to_json(self) -> str:
        return json.dumps(
            {
                "format": FORMAT,
                "sealing": {str(version): _b64(key) for version, key in sorted(self.sealing.items())},
                "lookup": _b64(self.lookup),
                "signing": _b64(self.signing),
            },
            indent=2,
        )

    @classmethod
    def from_json(cls, text: str) -> KeyRing:
        """Raises ValueError for anything that is not a key file."""
        data = json.loads(text)
        if not isinstance(data, dict) or data.get("format") != FORMAT:
            raise ValueError("not a Cauce key file")
        sealing = {int(version): base64.b64decode(key) for version, key in data["sealing"].items()}
        ring = cls(sealing, base64.b64decode(data["lookup"]), base64.b64decode(data["signing"]))
        if not sealing or any(len(key) != 32 for key in (*sealing.values(), ring.lookup, ring.signing)):
            raise ValueError("a key has the wrong length")
        return ring

    @functools.cached_property
    def signer(self) -> Ed25519PrivateKey:
        return Ed25519PrivateKey.from_private_bytes(self.signing)

    @functools.lru_cache(maxsize=64)  # noqa: B019 – one ring lives as long as the process
    def cipher(self, version: int, purpose: str) -> AESGCM:
        return AESGCM(_derive(self.sealing[version], f"seal:{purpose}"))

    def macs(self, purpose: str) -> Callable[[bytes], bytes]:
        """HMAC-SHA256 for one purpose. The key is taken in once; a copy of that costs a fifth of starting anew."""
        started = self._started(purpose)

        def mac(data: bytes) -> bytes:
            code = started.copy()
            code.update(data)
            return code.finalize()

        return mac

    def mac(self, purpose: str, data: bytes) -> bytes:
        return self.macs(purpose)(data)

    @functools.lru_cache(maxsize=64)  # noqa: B019
    def _started(self, purpose: str) -> HMAC:
        return HMAC(_derive(self.lookup, f"lookup:{purpose}"), SHA256())

    # A ring is a value, but hashing its dicts is neither possible nor wanted: identity is enough.
    __hash__ = object.__hash__


def _derive(root: bytes, purpose: str) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=purpose.encode()).derive(root)


def create_key_file(path: Path) -> KeyRing:
    """Write a new key file, readable by its owner only; never overwrites one.

    Raises Problem ``keys.exists`` when a file is already there.
    """
    if path.exists():
        raise Problem(
            "keys.exists",
            _("Ya hay un archivo de llaves en %(path)s."),
            fix=_(
                "Consérvelo: sin él no se puede leer lo ya registrado. Para renovar las llaves use «cauce keys rotate»."
            ),
            path=path,
        )
    ring = KeyRing.generate()
    write_key_file(path, ring)
    return ring


def write_key_file(path: Path, ring: KeyRing) -> None:
    """Replace the file in one step, so that a crash leaves the old or the new one, never half."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = path.with_suffix(".new")
    try:
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(ring.to_json())
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def load_key_file(path: Path) -> KeyRing:
    """Read the key file; Problem ``keys.missing`` or ``keys.unreadable`` say what to do."""
    try:
        return KeyRing.from_json(path.read_text())
    except FileNotFoundError:
        raise Problem(
            "keys.missing",
            _("Falta el archivo de llaves %(path)s; sin él no se puede leer ningún dato de personas."),
            fix=_(
                "Copie ahí su respaldo de llaves, o indique dónde está con CAUCE_KEY_FILE. "
                "Solo en una instalación nueva: «cauce setup» crea uno."
            ),
            path=path,
        ) from None
    except (ValueError, KeyError, TypeError, OSError):
        raise Problem(
            "keys.unreadable",
            _("El archivo %(path)s no es un archivo de llaves de Cauce o está dañado."),
            fix=_("Restáurelo desde su respaldo («cauce keys backup» lo hizo); no lo reemplace por uno nuevo."),
            path=path,
        ) from None


# Under pytest the ring is a fixed one, so that tests need no file and are repeatable.
_override: KeyRing | None = None


def use(ring: KeyRing | None) -> None:
    """Use this ring in this process instead of the file's (tests, rotation); None goes back."""
    global _override
    _override = ring
    _from_file.cache_clear()


@functools.lru_cache(maxsize=1)
def _from_file(path: str | Path) -> KeyRing:
    return load_key_file(Path(path))


def ring() -> KeyRing:
    """The ring in force: the override, or the configured file's."""
    if _override is not None:
        return _override
    # The setting as it is: this is asked for every value, and making a Path anew was a sixth of an import's time.
    return _from_file(settings.CAUCE_KEY_FILE)
