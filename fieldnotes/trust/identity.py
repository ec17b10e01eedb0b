"""A person's keys: made once at the first start, named by their hash, shown as six words."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from typing import Any

import msgspec

from fieldnotes.domain.moments import Moment
from fieldnotes.domain.people import Identity, KeyCard
from fieldnotes.domain.records import Copy, Revision
from fieldnotes.domain.words import STEERING, in_one_line

NAMING = b"fieldnotes author 1\n"
REVISION_CONTEXT = b"fieldnotes revision signature 1\n"
BUNDLE_CONTEXT = b"fieldnotes bundle 1\n"
LONGEST_NAME = 200
_KEY = re.compile(r"[0-9a-f]{64}")
_SIGNATURE = re.compile(r"[0-9a-f]{128}")
_RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")


def make_identity(name: str, seed: bytes, now: Moment) -> Identity:
    """Fresh keys for `name`. `seed`: 32 random bytes for signing; the sealing key is age's own."""
    import pyrage
    from nacl.signing import SigningKey

    sealing = pyrage.x25519.Identity.generate()
    signs = bytes(SigningKey(seed).verify_key).hex()
    seals = str(sealing.to_public())
    card = KeyCard(author_of(signs, seals), "", signs, seals, now, "")
    return renamed(Identity(seed, str(sealing), card), name, now)


def renamed(identity: Identity, name: str, now: Moment) -> Identity:
    """The same person under another name, made fit for a card; the card is signed anew."""
    fit = in_one_line(name)[:LONGEST_NAME].strip() or "me"
    card = msgspec.structs.replace(identity.card, name=fit, made=now, sig="")
    sig = _sign(identity.seed, card.signed_part())
    return Identity(identity.seed, identity.secret, msgspec.structs.replace(card, sig=sig))


def sign(identity: Identity, context: bytes, content: bytes) -> str:
    """Hex Ed25519 signature over context and content."""
    return _sign(identity.seed, context + content)


def signed(identity: Identity, revision: Revision, values: dict[str, Any], key: str) -> Copy:
    """The owner's copy of a fresh revision."""
    signature = sign(identity, REVISION_CONTEXT, bytes.fromhex(revision.name))
    return Copy(revision, signature, values, key if values else None)


def author_of(signs: str, seals: str) -> str:
    """The hash that names whoever holds these two public keys."""
    return hashlib.sha256(NAMING + bytes.fromhex(signs) + seals.encode()).hexdigest()


def is_genuine(card: KeyCard) -> bool:
    """Whether the card is written in its one form, names its own keys and is signed with them."""
    return (
        _is_well_formed(card)
        and card.author == author_of(card.signs, card.seals)
        and verifies(card.signs, card.sig, card.signed_part())
    )


def signed_by(copy: Copy, signs: str) -> bool:
    """Whether the revision carries a signature of this key."""
    return verifies(signs, copy.signature, REVISION_CONTEXT + bytes.fromhex(copy.name))


def verifies(signs: str, signature: str, content: bytes) -> bool:
    """Ed25519; False for whatever is malformed."""
    from nacl.exceptions import CryptoError

    try:
        _verify_key(signs).verify(content, bytes.fromhex(signature))
    except (CryptoError, ValueError, TypeError):
        return False
    return True


def six_words(author: str) -> tuple[str, ...]:
    """The first 66 bits of the hash as six words of the BIP 39 list, to be read out aloud."""
    bits = int(author, 16) >> (256 - 66)
    return tuple(_words()[bits >> (11 * place) & 2047] for place in reversed(range(6)))


def _is_well_formed(card: KeyCard) -> bool:
    """One way to write a key, and a name that cannot pass for more than one line."""
    return bool(
        _KEY.fullmatch(card.signs)
        and _RECIPIENT.fullmatch(card.seals)
        and _SIGNATURE.fullmatch(card.sig)
        and 0 < len(card.name) <= LONGEST_NAME
        and card.name == card.name.strip(" ")
        and not STEERING.search(card.name)
        and abs(card.made.offset) < 1440
    )


def _sign(seed: bytes, content: bytes) -> str:
    signature: bytes = _signing_key(seed).sign(content).signature
    return signature.hex()


@lru_cache(maxsize=4)
def _signing_key(seed: bytes) -> Any:
    from nacl.signing import SigningKey

    return SigningKey(seed)


@lru_cache(maxsize=1024)
def _verify_key(signs: str) -> Any:
    from nacl.signing import VerifyKey

    return VerifyKey(bytes.fromhex(signs))


@lru_cache(maxsize=1)
def _words() -> list[str]:
    from importlib.resources import files

    return files("mnemonic").joinpath("wordlist/english.txt").read_text("ascii").split()
