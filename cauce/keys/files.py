"""Whole files under the mission's key, piece by piece: backups larger than memory.

A file is a header and numbered pieces; each piece is bound to the file's own id, its number and
whether it is the last, so that pieces cannot be swapped, dropped or appended unseen.
"""

from __future__ import annotations

import secrets
import struct
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt
from django.utils.translation import gettext_lazy as _

from cauce.kernel.problems import Problem
from cauce.keys.ring import KeyRing, ring

MAGIC = b"CAUCEF1\n"
PIECE = 8 * 1024 * 1024
_KEY_MAGIC = b"CAUCEK1\n"


def _damaged() -> Problem:
    return Problem(
        "keys.file_damaged",
        _("El archivo está dañado, incompleto, o se cifró con las llaves de otra instalación."),
        fix=_("Compruebe con CAUCE_KEY_FILE que usa las llaves con las que se hizo, o tome otro respaldo."),
    )


def encrypt_stream(source: BinaryIO, target: BinaryIO, purpose: str) -> None:
    """Encrypt everything ``source`` has into ``target``."""
    keys, own = ring(), secrets.token_bytes(16)
    cipher = keys.cipher(keys.newest, purpose)
    target.write(MAGIC + bytes([keys.newest]) + own)
    piece, number = source.read(PIECE), 0
    while True:
        following = source.read(PIECE)
        nonce = secrets.token_bytes(12)
        sealed = cipher.encrypt(nonce, piece, own + struct.pack(">Q?", number, not following))
        target.write(struct.pack(">I", len(sealed)) + nonce + sealed)
        if not following:
            return
        piece, number = following, number + 1


def decrypt_stream(source: BinaryIO, target: BinaryIO, purpose: str) -> None:
    """Decrypt; Problem ``keys.file_damaged`` for anything but the complete, unchanged file."""
    head = source.read(len(MAGIC) + 17)
    if len(head) != len(MAGIC) + 17 or not head.startswith(MAGIC):
        raise _damaged()
    version, own = head[len(MAGIC)], head[len(MAGIC) + 1 :]
    number = 0
    try:
        cipher = ring().cipher(version, purpose)
        size = source.read(4)
        while True:
            (length,) = struct.unpack(">I", size)
            nonce, sealed = source.read(12), source.read(length)
            size = source.read(4)
            target.write(cipher.decrypt(nonce, sealed, own + struct.pack(">Q?", number, not size)))
            if not size:
                return
            number += 1
    except (InvalidTag, KeyError, struct.error, ValueError):
        raise _damaged() from None


def _from_passphrase(passphrase: str, salt: bytes) -> AESGCM:
    return AESGCM(Scrypt(salt=salt, length=32, n=2**15, r=8, p=1).derive(passphrase.encode()))


def lock_ring(keys: KeyRing, passphrase: str) -> bytes:
    """The whole ring under a passphrase: what is kept in a safe place, away from the data.

    Raises Problem ``keys.weak_passphrase`` for fewer than 12 characters.
    """
    if len(passphrase) < 12:
        raise Problem(
            "keys.weak_passphrase",
            _("La frase de paso es demasiado corta."),
            fix=_("Use 12 caracteres o más; varias palabras que pueda recordar sirven bien."),
        )
    salt, nonce = secrets.token_bytes(16), secrets.token_bytes(12)
    return _KEY_MAGIC + salt + nonce + _from_passphrase(passphrase, salt).encrypt(nonce, keys.to_json().encode(), None)


def unlock_ring(blob: bytes, passphrase: str) -> KeyRing:
    """The ring back from its backup; Problem ``keys.wrong_passphrase``."""
    start = len(_KEY_MAGIC)
    try:
        if not blob.startswith(_KEY_MAGIC):
            raise ValueError
        cipher = _from_passphrase(passphrase, blob[start : start + 16])
        text = cipher.decrypt(blob[start + 16 : start + 28], blob[start + 28 :], None).decode()
        return KeyRing.from_json(text)
    except (InvalidTag, ValueError):
        raise Problem(
            "keys.wrong_passphrase",
            _("La frase de paso no abre este respaldo de llaves, o el archivo está dañado."),
            fix=_("Revise mayúsculas y espacios, o use otra copia."),
        ) from None
