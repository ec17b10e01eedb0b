"""Sealing: a whole bundle as an age file that only the named keys, or a passphrase, open."""

from __future__ import annotations

import re
from io import BufferedIOBase

import msgspec

from fieldnotes.errors import BundleRefused, NotForYou, PassphraseNeeded, SendingRefused

INTRO = b"age-encryption.org/v1\n"
MOST_WORK = 18  # 2^18 rounds of scrypt take 256 MiB; each one more doubles that
_HEADER_LIMIT = 64 * 1024
_MOST_RECIPIENTS = 256
_STANZA = re.compile(rb"-> ([!-~]+(?: [!-~]+)*)\n(?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}\n")
_END = re.compile(rb"--- [A-Za-z0-9+/]{43}\n")


class Keys(msgspec.Struct, frozen=True):
    """What somebody can open sealed files with. `secrets`: age identities."""

    secrets: tuple[str, ...] = ()
    passphrase: str = ""


class Lock(msgspec.Struct, frozen=True):
    """Who can open a file: whoever holds the key of one of `recipients`, or the passphrase."""

    recipients: tuple[str, ...] = ()
    passphrase: str = ""

    def __bool__(self) -> bool:
        return bool(self.recipients or self.passphrase)


UNLOCKED = Lock()


def is_sealed(start: bytes) -> bool:
    """Whether a file that starts so is an age file (or pretends to be one)."""
    return start.startswith(b"age-encryption.org/")


def seal(source: BufferedIOBase, target: BufferedIOBase, lock: Lock) -> None:
    """Encrypt `source` into `target`; streams. Raises SendingRefused for a damaged key."""
    if lock.passphrase:
        from fieldnotes.trust import passphrase

        passphrase.lock(source, target, lock.passphrase)
        return
    import pyrage

    try:
        keys = [pyrage.x25519.Recipient.from_str(recipient) for recipient in lock.recipients]
    except pyrage.RecipientError as error:
        raise SendingRefused(
            "A key that this is to be sealed for is damaged.", "Ask its owner for a new file."
        ) from error
    pyrage.encrypt_io(source, target, keys)


def open_sealed(source: BufferedIOBase, target: BufferedIOBase, keys: Keys) -> None:
    """Decrypt `source`. Reads the header first. Raises BundleRefused, PassphraseNeeded."""
    if asks_for_passphrase(source):
        _unlock(source, target, keys.passphrase)
    elif keys.secrets:
        _open(source, target, keys.secrets)
    else:
        raise BundleRefused("This file is sealed.", "Open it in the library it was made for.")


def asks_for_passphrase(source: BufferedIOBase) -> bool:
    """Whether it is locked with one; leaves `source` at its start.

    Raises BundleRefused for what would cost memory or is no header, before any work is done.
    """
    head = source.read(_HEADER_LIMIT)
    source.seek(0)
    stanzas = _stanzas(head)
    if len(stanzas) > _MOST_RECIPIENTS:
        raise BundleRefused("This sealed file names too many recipients to be real.")
    locked = [stanza for stanza in stanzas if stanza[0] == b"scrypt"]
    for stanza in locked:
        _check_work(stanza)
    if locked and len(stanzas) > 1:  # age allows no other way in beside a passphrase
        raise damaged()
    return bool(locked)


def damaged() -> BundleRefused:
    """The refusal for what is no age file, or no longer."""
    return BundleRefused("This sealed file is damaged.", "Ask the sender to send it again.")


def _stanzas(head: bytes) -> list[list[bytes]]:
    """The arguments of each stanza. Raises BundleRefused where age's grammar does not hold."""
    if not head.startswith(INTRO):
        raise damaged()
    at, found = len(INTRO), []
    while stanza := _STANZA.match(head, at):
        found.append(stanza[1].split(b" "))
        at = stanza.end()
    if not (found and _END.match(head, at)):
        raise damaged()
    return found


def _check_work(stanza: list[bytes]) -> None:
    work = stanza[2] if len(stanza) == 3 else b""
    if not (work.isdigit() and not work.startswith(b"0")):
        raise damaged()
    if len(work) > 2 or int(work) > MOST_WORK:
        raise BundleRefused(
            "The passphrase of this file asks for more memory than a file may.",
            "Ask the sender for one made for your key.",
        )


def _unlock(source: BufferedIOBase, target: BufferedIOBase, phrase: str) -> None:
    if not phrase:
        raise PassphraseNeeded(
            "This file is locked with a passphrase.", "Type the one that its sender told you."
        )
    from fieldnotes.trust import passphrase

    passphrase.unlock(source, target, phrase)


def _open(source: BufferedIOBase, target: BufferedIOBase, secrets: tuple[str, ...]) -> None:
    import pyrage

    try:
        identities = [pyrage.x25519.Identity.from_str(secret) for secret in secrets]
        pyrage.decrypt_io(source, target, identities)
    except (pyrage.DecryptError, OSError, ValueError) as error:
        if "No matching keys" in str(error):
            raise NotForYou(
                "This file was not made for you: only its recipient can open it.",
                "Ask the sender for one made for you.",
            ) from error
        raise damaged() from error
