"""Key files, sealed fields, blind indexes, pseudonyms, signatures."""

from cauce.keys.ring import KeyRing, create_key_file, load_key_file, ring, use
from cauce.keys.sealing import (
    blind,
    blinder,
    decrypt,
    digest,
    encrypt,
    fingerprint,
    pseudonym,
    public_key,
    seal,
    sign,
    unseal,
    verify,
    version_of,
)

__all__ = [
    "KeyRing",
    "blind",
    "blinder",
    "create_key_file",
    "decrypt",
    "digest",
    "encrypt",
    "fingerprint",
    "load_key_file",
    "pseudonym",
    "public_key",
    "ring",
    "seal",
    "sign",
    "unseal",
    "use",
    "verify",
    "version_of",
]
