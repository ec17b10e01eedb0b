"""Files that are sealed, or say so."""

from __future__ import annotations

from tests.faults.hostile.forging import Attack, Parts


def _header(*stanzas: bytes) -> Attack:
    head = b"age-encryption.org/v1\n" + b"".join(stanzas) + b"--- " + b"A" * 43 + b"\n"
    return lambda parts: head + b"\0" * 16 + parts.zipped()


def _sealed_for_another(parts: Parts) -> bytes:
    import pyrage

    return bytes(pyrage.encrypt(parts.zipped(), [pyrage.x25519.Identity.generate().to_public()]))


def _asking(work: bytes) -> bytes:
    return b"-> scrypt " + b"A" * 22 + b" " + work + b"\n" + b"A" * 43 + b"\n"


_X25519 = b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n"
COSTLY: dict[str, Attack] = {
    "a passphrase that costs 4 GB": _header(_asking(b"22")),
    "one step too many": _header(_asking(b"19")),
    "a passphrase that costs 64 TB": _header(_asking(b"36")),
    "a number of two letters": _header(_asking(b"99")),
    "a number of a thousand letters": _header(_asking(b"9" * 1_000)),
    "the second one is costly": _header(_asking(b"1"), _asking(b"30")),
}
SEALED: dict[str, Attack] = {
    "a passphrase for nothing": _header(_asking(b"0")),
    "a passphrase for less": _header(_asking(b"-1")),
    "a passphrase in hex": _header(_asking(b"0x16")),
    "a passphrase that begins with nought": _header(_asking(b"022")),
    "a passphrase in other digits": _header(_asking("\u0661\u0668".encode())),
    "a passphrase without a number": _header(b"-> scrypt " + b"A" * 22 + b"\n" + b"A" * 43 + b"\n"),
    "two passphrases": _header(_asking(b"1"), _asking(b"1")),
    "armor": lambda parts: b"-----BEGIN AGE ENCRYPTED FILE-----\nAAAA\n-----END AGE",
    "in itself": lambda parts: _header(_X25519)(parts) + _header(_X25519)(parts),
    "a passphrase among keys": _header(_X25519, _asking(b"1")),
    "a header of nothing": _header(),
    "a header of garbage": lambda parts: b"age-encryption.org/v1\n" + b"\xff\0" * 500,
    "a header without end": lambda parts: b"age-encryption.org/v1\n" + _X25519 * 10_000,
    "a thousand recipients": _header(*[_X25519] * 1_000),
    "another version of age": lambda parts: b"age-encryption.org/v2\n" + parts.zipped(),
    "a stanza of blanks": _header(b"->   \n\n"),
    "sealed for somebody else": _sealed_for_another,
}
