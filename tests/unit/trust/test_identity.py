"""A key card has one form, and no signature passes for one of another kind."""

from __future__ import annotations

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldnotes.domain.moments import Moment
from fieldnotes.domain.people import CARD_CONTEXT, KeyCard, Person, Standing
from fieldnotes.domain.records import NAMING as REVISION_NAMING
from fieldnotes.trust.identity import (
    BUNDLE_CONTEXT,
    NAMING,
    REVISION_CONTEXT,
    is_genuine,
    make_identity,
    renamed,
    sign,
    six_words,
    verifies,
)
from fieldnotes.trust.people import Circle, looks_like

MARA = make_identity("Mara Keel", bytes(32), Moment(0))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_whatever_somebody_is_called_their_card_is_genuine(name: str) -> None:
    card = renamed(MARA, name, Moment(1)).card
    assert is_genuine(card)
    assert card.author == MARA.author
    assert len(card.name.splitlines()) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "Somebody Else"},
        {"made": Moment(5)},
        {"author": "0" * 64},
        {"signs": MARA.card.signs.upper()},
        {"signs": MARA.card.signs + " "},
        {"signs": ""},
        {"sig": MARA.card.sig.upper()},
        {"sig": MARA.card.sig[:-2]},
        {"sig": "zz"},
        {"seals": "age1x"},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_a_card_that_was_touched_is_not_genuine(changes: dict[str, object]) -> None:
    card: KeyCard = msgspec.structs.replace(MARA.card, **changes)
    assert not is_genuine(card)


@pytest.mark.parametrize("name", ["", " Mara", "Mara ", "a" * 201, "a\nb", "a\u202eb", "a\x7fb"])
def test_a_name_that_cannot_be_shown_makes_no_card(name: str) -> None:
    """Even if its owner signs it."""
    card = msgspec.structs.replace(MARA.card, name=name)
    sig = sign(MARA, CARD_CONTEXT, card.signed_part().removeprefix(CARD_CONTEXT))
    assert not is_genuine(msgspec.structs.replace(card, sig=sig))


def test_no_context_begins_like_another() -> None:
    contexts = [CARD_CONTEXT, BUNDLE_CONTEXT, REVISION_CONTEXT, NAMING, REVISION_NAMING]
    for one in contexts:
        assert one.endswith(b"\n")
        assert not any(other.startswith(one) for other in contexts if other is not one)


@pytest.mark.parametrize(
    "signs", ["", "0" * 64, "01" + "0" * 62, "ec" + "f" * 60 + "7f", "zz", "é"]
)
def test_weak_and_malformed_keys_verify_nothing(signs: str) -> None:
    for signature in ("0" * 128, "01" + "0" * 126, MARA.card.sig, "", "zz"):
        assert not verifies(signs, signature, b"content")


def test_a_signature_cannot_be_written_in_a_second_way() -> None:
    """Adding the order of the group to S gives a second signature to a careless reader."""
    signature = bytes.fromhex(sign(MARA, b"x", b"y"))
    order = 2**252 + 27742317777372353535851937790883648493
    twin = int.from_bytes(signature[32:], "little") + order
    other = signature[:32] + twin.to_bytes(32, "little")
    assert verifies(MARA.card.signs, signature.hex(), b"xy")
    assert not verifies(MARA.card.signs, other.hex(), b"xy")


def test_six_words_are_those_of_the_first_66_bits() -> None:
    assert six_words("0" * 64) == ("abandon",) * 6
    assert six_words("f" * 64) == ("zoo",) * 6
    assert len(set(six_words(MARA.author))) > 3


@pytest.mark.parametrize(
    "name",
    [
        "MARA KEEL",
        "M\u0430r\u0430 K\u0435\u0435l",
        "Mara  Keel",
        "Ma\u200bra Keel",
        "Mára-Keel",
        "Mara Kee1",
        "Mara KeeI",
        "\u039cara Keel",
    ],
)
def test_a_look_alike_with_another_key_is_no_stranger(name: str) -> None:
    twin = make_identity(name, bytes([1]) * 32, Moment(0)).card
    people = [Person(MARA.card, Standing.KNOWN)]
    assert Circle(people).standing(twin) is Standing.OTHER_KEY
    assert Circle(people).standing(MARA.card) is Standing.KNOWN


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ines Carvalho", "lnes Carvalho"), ("Amara Wynn", "Arnara VVynn"), ("Hanna", "\u0397anna")],
)
def test_letters_that_a_typeface_makes_one_are_one(one: str, other: str) -> None:
    assert looks_like(one) == looks_like(other)


@pytest.mark.parametrize("name", ["Maro Keel", "Mara", "Keel Mara"])
def test_another_name_is_somebody_new(name: str) -> None:
    other = make_identity(name, bytes([1]) * 32, Moment(0)).card
    assert Circle([Person(MARA.card, Standing.KNOWN)]).standing(other) is Standing.NEW
    assert looks_like(name) != looks_like("Mara Keel")
