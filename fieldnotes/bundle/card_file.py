"""A key card as a small file: who somebody is, written once and handed round.

Canonical JSON, signed as a whole by the key that it tells of.
"""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from fieldnotes.bundle.writer import put_file
from fieldnotes.domain.canonical import NotCanonical, canonical, parse
from fieldnotes.domain.people import Identity, KeyCard, card_from
from fieldnotes.errors import CardRefused
from fieldnotes.trust.identity import is_genuine, sign, verifies

SUFFIX = ".fieldnotes-card"
FORMAT = "fieldnotes-card"
VERSION = 1
CONTEXT = b"fieldnotes card file 1\n"
LARGEST = 64 << 10
_SIGNATURE = re.compile(r"[0-9a-f]{128}", re.ASCII)
_ADDRESS = re.compile(r"(?=.{3,200}$)[^\s@<>()\[\]\\,;:\"]+@[^\s@<>()\[\]\\,;:\"]+")


class CardFile(msgspec.Struct, frozen=True):
    """A card, and where its holder is written to ('' where they did not say)."""

    card: KeyCard
    email: str = ""


def is_address(email: str) -> bool:
    """Whether this can be an e-mail address and nothing beside."""
    return _ADDRESS.fullmatch(email) is not None and email.isprintable()


def write_card(path: Path, identity: Identity, email: str = "") -> None:
    """Write the owner's card. Raises SendingRefused; an older file is untouched then."""
    told = {
        "card": identity.card.written(),
        "email": email,
        "format": FORMAT,
        "min_reader": VERSION,
        "version": VERSION,
    }
    content = canonical({**told, "sig": sign(identity, CONTEXT, canonical(told))})
    put_file(path, lambda part: _write(part, content))


def read_card(path: Path) -> CardFile:
    """The card in a file. Raises CardRefused with one sentence, whatever the bytes are."""
    if not path.is_file():
        raise CardRefused(f"There is no file {path.name}.", "Choose another one.")
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise CardRefused(
            f"{path.name} could not be read.", "Copy it to this computer and try again."
        ) from error
    try:
        return _read(content)
    except NotCanonical as error:
        raise _no_card() from error


def _read(content: bytes) -> CardFile:
    if len(content) > LARGEST:
        raise _no_card()
    told = parse(content)
    asked = told.get("min_reader")
    if told.get("format") != FORMAT or type(asked) is not int or asked < 1:
        raise _no_card()
    if asked > VERSION:
        raise CardRefused("This card needs a newer version of Fieldnotes.", "Update Fieldnotes.")
    card, email, sig = card_from(told.get("card")), told.get("email"), told.pop("sig", None)
    if card is None or not isinstance(email, str) or not isinstance(sig, str):
        raise _no_card()
    if not _SIGNATURE.fullmatch(sig):
        raise _no_card()
    if not is_genuine(card) or not verifies(card.signs, sig, CONTEXT + canonical(told)):
        raise CardRefused(
            "This card was changed after it was made, or is forged.", "Ask for a new one."
        )
    if email and not is_address(email):
        raise _no_card()
    return CardFile(card, email)


def _write(part: Path, content: bytes) -> None:
    part.write_bytes(content)


def _no_card() -> CardRefused:
    return CardRefused("This file is no key card.", "Ask its sender for a new one.")
