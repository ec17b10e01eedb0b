"""Sealing: a whole bundle as an age file that only the named keys open."""

from __future__ import annotations

from io import BufferedIOBase

from fieldnotes.errors import BundleRefused, SendingRefused

INTRO = b"age-encryption.org/v1\n"
_HEADER_LIMIT = 64 * 1024
_MOST_RECIPIENTS = 256


def is_sealed(start: bytes) -> bool:
    """Whether a file that starts so is an age file (or pretends to be one)."""
    return start.startswith(b"age-encryption.org/")


def seal(source: BufferedIOBase, target: BufferedIOBase, recipients: list[str]) -> None:
    """Encrypt `source` into `target` for age recipients; streams."""
    import pyrage

    try:
        keys = [pyrage.x25519.Recipient.from_str(recipient) for recipient in recipients]
    except pyrage.RecipientError as error:
        raise SendingRefused(
            "A key that this is to be sealed for is damaged.", "Ask its owner for a new file."
        ) from error
    pyrage.encrypt_io(source, target, keys)


def open_sealed(source: BufferedIOBase, target: BufferedIOBase, secret: str) -> None:
    """Decrypt `source` with the owner's key. Raises BundleRefused; reads the header first."""
    import pyrage

    check_header(source)
    try:
        pyrage.decrypt_io(source, target, [pyrage.x25519.Identity.from_str(secret)])
    except (pyrage.DecryptError, OSError, ValueError) as error:
        if "No matching keys" in str(error):
            raise BundleRefused(
                "This file was not made for you: only its recipient can open it.",
                "Ask the sender for one made for you.",
            ) from error
        raise BundleRefused(
            "This sealed file is damaged.", "Ask the sender to send it again."
        ) from error


def check_header(source: BufferedIOBase) -> None:
    """Refuse what would cost memory before any work is done; leaves `source` at its start."""
    head = source.read(_HEADER_LIMIT)
    source.seek(0)
    end = head.find(b"\n---")
    if not head.startswith(INTRO) or end < 0:
        raise BundleRefused("This sealed file is damaged.", "Ask the sender to send it again.")
    stanzas = [line.split(b" ") for line in head[:end].split(b"\n") if line.startswith(b"->")]
    if len(stanzas) > _MOST_RECIPIENTS:
        raise BundleRefused("This sealed file names too many recipients to be real.")
    if any(len(stanza) > 1 and stanza[1] == b"scrypt" for stanza in stanzas):
        raise BundleRefused(
            "This file is locked with a passphrase, which is not supported yet.",
            "Ask the sender for one made for your key.",
        )
