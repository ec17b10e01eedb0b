"""Open drafts: names inside the text, and what of a draft is saved."""

from __future__ import annotations

from fieldnotes.domain.drafts import (
    OBJECT,
    InlineName,
    account_after,
    inline,
    plain_text,
    says_nothing,
)
from fieldnotes.domain.notes import Contact, Meeting, Note
from tests.builders import a_note, at

HALDEN = InlineName("@", "Halden Foods")
PRICING = InlineName("#", "pricing")


def test_names_are_saved_without_their_signs() -> None:
    text = f"{OBJECT} will decide {OBJECT}."
    assert plain_text(text, (HALDEN, PRICING)) == "Halden Foods will decide pricing."


def test_an_object_without_a_name_vanishes() -> None:
    assert plain_text(f"a{OBJECT}b", ()) == "ab"


def test_the_first_mention_of_each_name_stands_inline_again() -> None:
    note = a_note(
        text="Halden Foods: pricing, overpricing, pricing.",
        account="Halden Foods",
        tags=["pricing"],
    )
    text, names = inline(note)
    assert (text, names) == (f"{OBJECT}: {OBJECT}, overpricing, pricing.", (HALDEN, PRICING))
    assert plain_text(text, names) == note.text


def test_the_longer_of_two_names_stands_inline() -> None:
    note = a_note(text="Halden Foods wants Halden.", account="Halden Foods", products=("Halden",))
    assert inline(note) == (f"{OBJECT} wants {OBJECT}.", (HALDEN, InlineName("^", "Halden")))


def test_what_is_carried_over_says_nothing_yet() -> None:
    note = Note(kind="win", account="Halden Foods", happened=at("2026-03-02"), meeting=Meeting("m"))
    assert says_nothing(note)
    assert not says_nothing(Note(text="x"))
    assert not says_nothing(Note(contacts=(Contact("c", name="Petra K."),)))


def test_the_account_follows_the_text() -> None:
    assert account_after("", [], ["Halden"], "") == "Halden"
    assert account_after("Halden", ["Halden"], ["Halden", "Nordlund"], "") == "Halden"
    assert account_after("Halden", ["Halden", "Nordlund"], ["Nordlund"], "") == "Nordlund"
    assert account_after("Halden", ["Halden"], [], "Meeting's") == "Meeting's"


def test_an_account_written_by_hand_stays_until_the_text_names_another() -> None:
    assert account_after("By hand", ["Halden"], ["Halden"], "") == "By hand"
    assert account_after("By hand", ["Halden"], [], "") == "By hand"
    assert account_after("By hand", [], ["Nordlund"], "") == "Nordlund"
