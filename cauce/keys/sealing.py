"""Sealing, look-up and signing with the ring in force.

A sealed value is: version byte, 12-byte nonce, ciphertext with tag. The associated data bind it
to table, column and row, so that a value moved to another row does not open (domain.md R11).
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Callable
from hashlib import sha256

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.utils.translation import gettext_lazy as _

from cauce.kernel.problems import Problem
from cauce.keys.ring import ring


def _broken() -> Problem:
    return Problem(
        "keys.wrong_key",
        _("Un dato sellado no se puede abrir: se alteró, o el archivo de llaves es de otra instalación."),
        fix=_("Revise con «cauce doctor» qué archivo de llaves se usa y restaure el que corresponde."),
    )


def seal(text: str, *, table: str, column: str, row: object) -> bytes:
    """Encrypt one field of one row."""
    return sealer(table=table, column=column)(text, row)


def sealer(*, table: str, column: str) -> Callable[[str, object], bytes]:
    """``seal`` for one column: takes text and row, and looks the key up once for all of them."""
    keys = ring()
    version, cipher, bound = bytes([keys.newest]), keys.cipher(keys.newest, "field"), f"{table}|{column}|"

    def seal_one(text: str, row: object) -> bytes:
        nonce = secrets.token_bytes(12)
        return version + nonce + cipher.encrypt(nonce, text.encode(), f"{bound}{row}".encode())

    return seal_one


def unseal(blob: bytes, *, table: str, column: str, row: object) -> str:
    """Decrypt; Problem ``keys.wrong_key`` when the value was moved, changed or sealed elsewhere."""
    return _decrypt(blob, "field", f"{table}|{column}|{row}".encode()).decode()


def encrypt(data: bytes, purpose: str) -> bytes:
    """Encrypt a whole file (archive, backup, upload) for one purpose."""
    return _encrypt(data, purpose, b"")


def decrypt(blob: bytes, purpose: str) -> bytes:
    return _decrypt(blob, purpose, b"")


def _encrypt(data: bytes, purpose: str, bound: bytes) -> bytes:
    keys = ring()
    nonce = secrets.token_bytes(12)
    return bytes([keys.newest]) + nonce + keys.cipher(keys.newest, purpose).encrypt(nonce, data, bound)


def _decrypt(blob: bytes, purpose: str, bound: bytes) -> bytes:
    keys = ring()
    try:
        return keys.cipher(blob[0], purpose).decrypt(bytes(blob[1:13]), bytes(blob[13:]), bound)
    except (InvalidTag, KeyError, IndexError, ValueError):
        raise _broken() from None


def version_of(blob: bytes) -> int:
    """The version of the key that sealed a value."""
    return blob[0]


def blind(value: str, purpose: str) -> int:
    """A 63-bit keyed index of an already normalised value; equal values give equal indexes."""
    return blinder(purpose)(value)


def blinder(purpose: str) -> Callable[[str], int]:
    """``blind`` for one purpose: looks the key up once for all values."""
    mac = ring().macs(f"blind:{purpose}")
    return lambda value: int.from_bytes(mac(value.encode())[:8], "big") >> 1


def pseudonym(value: object, purpose: str) -> str:
    """22 characters that stand for an id in the facts and cannot be turned back."""
    return base64.urlsafe_b64encode(ring().mac(f"pseudonym:{purpose}", str(value).encode())[:16]).decode().rstrip("=")


def digest(value: object, purpose: str = "audit") -> str:
    """A keyed digest: says whether two values are equal, and nothing else."""
    return ring().mac(f"digest:{purpose}", str(value).encode()).hex()


def sign(data: bytes) -> bytes:
    """The mission's Ed25519 signature."""
    return ring().signer.sign(data)


def verify(data: bytes, signature: bytes, public: bytes) -> bool:
    """True when the holder of ``public`` signed exactly these bytes."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, data)
    except (InvalidSignature, ValueError):
        return False
    return True


def public_key() -> bytes:
    return ring().signer.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def fingerprint(public: bytes | None = None) -> str:
    """The signer's fingerprint as people compare it: eight groups of four hex digits."""
    text = sha256(public if public is not None else public_key()).hexdigest()[:32]
    return " ".join(text[i : i + 4] for i in range(0, 32, 4))
