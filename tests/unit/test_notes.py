"""What a note is made of, and what makes one complete."""

from __future__ import annotations

import pytest

from fieldnotes.domain.note_fields import from_fields, is_known, known_fields, to_fields
from fieldnotes.domain.notes import (
    KIND_FIELDS,
    Consent,
    Contact,
    Kind,
    Meeting,
    Note,
    NoteDraft,
    Person,
    Quote,
    also_noted,
    first_line,
)
from fieldnotes.errors import IncompleteDraft
from tests.builders import a_note


def test_the_title_is_the_first_line_and_is_never_stored() -> None:
    note = a_note(text="\n\n# Night shift  \nThey ask who trains it")
    assert note.heading == "Night shift"
    assert "title" not in to_fields(note)


def test_a_title_that_was_given_is_the_heading() -> None:
    assert a_note(title="Given", text="First").heading == "Given"


def test_without_a_text_the_text_for_others_or_a_quote_is_the_heading() -> None:
    assert Note(text_redacted="For others").heading == "For others"
    assert Note(quotes=(Quote("00", "Too dear"),)).heading == "Too dear"
    assert Note().heading == ""


def test_a_long_first_line_is_cut() -> None:
    assert len(first_line("word " * 100)) <= 120
    assert first_line("word " * 100).endswith("…")


@pytest.mark.parametrize(
    "note", [Note(), Note(text=" \n"), Note(account="Pellinger"), Note(tags=("x",))]
)
def test_nothing_written_is_nothing_to_save(note: Note) -> None:
    with pytest.raises(IncompleteDraft):
        NoteDraft(id="x", note=note).finish()


@pytest.mark.parametrize(
    "note", [Note(text="x"), Note(title="x"), Note(quotes=(Quote("00", "Too dear"),))]
)
def test_a_line_is_enough(note: Note) -> None:
    assert NoteDraft(id="x", note=note).finish().note == note


def test_people_are_mine_alone_until_i_say_otherwise() -> None:
    note = a_note(
        contacts=(Contact("c", "Ruth", "CFO", "ruth@example.com", ""),),
        meeting=Meeting("m", people=(Person("p", "Emil"),)),
    )
    draft = NoteDraft(id="x", note=note, marks={"contacts.c.name": "clear"})
    assert draft.finish().marks == {
        "contacts.c.name": "clear",
        "contacts.c.email": "red",
        "meeting.people.p": "red",
    }


@pytest.mark.parametrize(
    "name", ["text", "quotes.a", "contacts.c.phone", "meeting.people.p", "consent.until"]
)
def test_fields_that_are_known(name: str) -> None:
    assert is_known(name)


@pytest.mark.parametrize(
    "name",
    [
        "mood",
        "quotes",
        "quotes.",
        "quotes.a.b",
        "contacts.c",
        "contacts.c.fax",
        "meeting.people",
        "meeting.people.p.x",
    ],
)
def test_fields_that_are_not_known_yet(name: str) -> None:
    assert not is_known(name)
    assert known_fields([name, "text"]) == {"text"}


def test_the_fields_of_a_kind_are_fields_of_a_note() -> None:
    assert set(KIND_FIELDS) == set(Kind)
    for fields in KIND_FIELDS.values():
        assert set(fields) <= set(Note.__struct_fields__)


def test_nothing_is_something_else_than_zero() -> None:
    assert to_fields(a_note(replies=0, tries=6))["replies"] == 0
    assert "replies" not in to_fields(a_note())


def test_what_was_typed_for_another_kind_is_also_noted() -> None:
    note = a_note("win", answer="No.", problem="Errors", worked="yes")
    assert also_noted(note) == ("answer", "worked")


def test_a_consent_is_also_noted_where_there_is_no_win() -> None:
    assert also_noted(a_note("pitch", consent=Consent(who="CFO"))) == ("consent",)
    assert also_noted(a_note("win", consent=Consent(who="CFO"))) == ()


def test_a_kind_of_a_newer_program_has_only_fields_that_are_also_noted() -> None:
    assert also_noted(Note(kind="rumour", text="They move.", effect="None", replies=0)) == (
        "effect",
        "replies",
    )


def test_a_value_of_another_shape_counts_as_absent_and_the_others_stay() -> None:
    misfits = {"text": 3, "whole_day": 1, "happened": [0, "x"], "replies": True, "quotes": ["x"]}
    parts = {"quotes.a": {"text": 1}, "quotes.b": {"text": "Said"}, "meeting.day": [], "a.b": 0}
    fields = {**misfits, **parts, "title": "Given", "tags": ["x", 1, "y"], "meeting.id": "m"}
    quotes, meeting = (Quote("b", "Said"),), Meeting("m")
    told = Note(title="Given", tags=("x", "y"), quotes=quotes, meeting=meeting)
    assert from_fields(fields) == told
