"""A key card as a file: both readers say the same of it, whatever its bytes are."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from fieldnotes.bundle.card_file import CONTEXT, is_address, read_card, write_card
from fieldnotes.domain.canonical import canonical
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.people import CARD_CONTEXT
from fieldnotes.errors import CardRefused
from fieldnotes.trust.identity import BUNDLE_CONTEXT, NAMING, REVISION_CONTEXT, make_identity, sign
from tests import second_card_reader

MARA = make_identity("Mara Keel", bytes(32), Moment(5, 60))
EVE = make_identity("Eve", bytes([9]) * 32, Moment(5, 60))


def resigned(**changes: object) -> bytes:
    """A card file with members changed, signed by Mara all the same."""
    told = {
        "card": MARA.card.written(),
        "email": "",
        "format": "fieldnotes-card",
        "min_reader": 1,
        "version": 1,
        **changes,
    }
    return canonical({**told, "sig": sign(MARA, CONTEXT, canonical(told))})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "mara.fieldnotes-card"


@pytest.mark.parametrize("email", ["", "mara@example.com", "mära.keel+x@beispiel.example"])
def test_what_is_written_is_what_both_read(path: Path, email: str) -> None:
    write_card(path, MARA, email)
    told = read_card(path)
    assert (told.card, told.email) == (MARA.card, email)
    assert second_card_reader.read(path) == json.loads(path.read_bytes())


def test_members_of_later_programs_are_signed_and_ignored(path: Path) -> None:
    path.write_bytes(resigned(later={"a": [1]}, version=2))
    assert read_card(path).card == MARA.card
    assert second_card_reader.read(path)["later"] == {"a": [1]}


WHOLE = resigned()
FORGED = canonical({**json.loads(WHOLE), "email": "eve@example.com"})
HOSTILE: dict[str, Callable[[], bytes]] = {
    "nothing": lambda: b"",
    "zeros": lambda: bytes(1000),
    "too large": lambda: resigned(later="x" * 70_000),
    "deep": lambda: b"[" * 60_000,
    "a blank": lambda: WHOLE.replace(b",", b", ", 1),
    "a line end": lambda: WHOLE + b"\n",
    "cut": lambda: WHOLE[:-1],
    "a double key": lambda: b'{"format":"fieldnotes-card",' + WHOLE[1:],
    "another format": lambda: resigned(format="fieldnotes-bundle"),
    "newer": lambda: resigned(min_reader=2),
    "min_reader true": lambda: resigned(min_reader=True),
    "min_reader 0": lambda: resigned(min_reader=0),
    "somebody else's card": lambda: resigned(card=EVE.card.written()),
    "a card with another name": lambda: resigned(card={**MARA.card.written(), "name": "Eve"}),
    "a card with more in it": lambda: resigned(card={**MARA.card.written(), "x": 1}),
    "a card that is a list": lambda: resigned(card=[1, 2]),
    "changed after signing": lambda: FORGED,
    "no signature": lambda: canonical({k: v for k, v in json.loads(WHOLE).items() if k != "sig"}),
    "a short signature": lambda: canonical({**json.loads(WHOLE), "sig": "00"}),
    "an address with a header in it": lambda: resigned(email="a@b\nBcc: c@d"),
    "two addresses": lambda: resigned(email="a@b,c@d"),
    "an address that is a number": lambda: resigned(email=1),
    "a lone surrogate": lambda: WHOLE.replace(b'"email":""', b'"email":"\\ud800"'),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_both_refuse_what_is_hostile(path: Path, name: str) -> None:
    path.write_bytes(HOSTILE[name]())
    with pytest.raises(CardRefused) as refusal:
        read_card(path)
    assert "\n" not in str(refusal.value)
    with pytest.raises(Exception):  # noqa: B017, PT011 - it promises no single type
        second_card_reader.read(path)


def test_every_flipped_bit_is_refused(path: Path) -> None:
    for at in range(0, len(WHOLE) * 8, 7):
        flipped = bytearray(WHOLE)
        flipped[at // 8] ^= 1 << at % 8
        path.write_bytes(flipped)
        with pytest.raises(CardRefused):
            read_card(path)


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "fifo")
    for other in ("fifo", "nothing", "."):
        with pytest.raises(CardRefused, match="There is no file"):
            read_card(tmp_path / other)


def test_its_signature_passes_for_no_other(path: Path) -> None:
    for other in (CARD_CONTEXT, BUNDLE_CONTEXT, REVISION_CONTEXT, NAMING):
        assert not CONTEXT.startswith(other)
        assert not other.startswith(CONTEXT)


@pytest.mark.parametrize("text", ["", "a", "@", "a@", "@b", "a@b@c", "a b@c", "a@b\n", "\u202ea@b"])
def test_what_is_no_address(text: str) -> None:
    assert not is_address(text)
