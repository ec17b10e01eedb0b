"""What one version says otherwise than another: word by word in texts, field by field in notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from enum import StrEnum

import msgspec

from fieldnotes.domain.notes import Contact, Note, Quote

_TOKEN = re.compile(r"\w+\s*|[^\w\s]\s*|\s+")
_LONG = 2_000  # words: from here on, words that stand everywhere do not anchor a match
_PLAIN = tuple(
    "title text text_redacted kind account opportunity stage outcome language place did did_what"
    " effect concern answer worked problem why_us result why_happy tried on_whom replies tries"
    " situation implication need_payoff known_by sureness heard_from_person".split()
)
_LISTS = ("competitors", "products", "tags", "material")


class How(StrEnum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    COME = "come"


class Piece(msgspec.Struct, frozen=True):
    """Some words in a row, with the space after them, and what became of them."""

    how: How
    text: str


class Difference(msgspec.Struct, frozen=True):
    """A field that says something else. All pieces but GONE are what it says now."""

    field: str
    pieces: tuple[Piece, ...]


def differences(before: Note, after: Note) -> tuple[Difference, ...]:
    """The fields in which two versions differ, in the order in which a note is read."""
    old, new = dict(_said(before)), dict(_said(after))
    names = dict.fromkeys([*new, *old])
    return tuple(
        Difference(name, words_between(old.get(name, ""), new.get(name, "")))
        for name in names
        if old.get(name, "") != new.get(name, "")
    )


def words_between(before: str, after: str) -> tuple[Piece, ...]:
    """How to get from one text to the other, in whole words; how lines are broken is no change."""
    old, new = _TOKEN.findall(before), _TOKEN.findall(after)
    long = len(old) + len(new) > _LONG
    matcher = SequenceMatcher(None, _words(old), _words(new), autojunk=long)
    pieces: list[Piece] = []
    for what, i, j, k, m in matcher.get_opcodes():
        if what == "equal":
            pieces.append(Piece(How.SAME, "".join(new[k:m])))
        else:
            pieces.append(Piece(How.GONE, "".join(old[i:j])))
            pieces.append(Piece(How.COME, "".join(new[k:m])))
    return tuple(_joined(piece for piece in pieces if piece.text))


def _words(tokens: list[str]) -> list[str]:
    return [token.strip() for token in tokens]


def _joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """A comma alone between two changes belongs to them, or nobody could read it."""
    gone = come = lone = ""
    for piece in pieces:
        if piece.how is not How.SAME:
            gone, come, lone = gone + lone, come + lone, ""
            if piece.how is How.GONE:
                gone += piece.text
            else:
                come += piece.text
        elif (gone or come) and not lone and not any(c.isalnum() for c in piece.text):
            lone = piece.text
        else:
            yield from _changed(gone, come)
            yield Piece(How.SAME, lone + piece.text)
            gone = come = lone = ""
    yield from _changed(gone, come)
    if lone:
        yield Piece(How.SAME, lone)


def _changed(gone: str, come: str) -> Iterator[Piece]:
    if gone:
        yield Piece(How.GONE, gone)
    if come:
        yield Piece(How.COME, come)


def _said(note: Note) -> Iterator[tuple[str, str]]:
    """Everything that people wrote, as one text a field."""
    for name in _PLAIN:
        value = getattr(note, name)
        yield name, "" if value is None else str(value)
    for name in _LISTS:
        yield name, ", ".join(getattr(note, name))
    yield "quotes", "\n".join(map(_quote, note.quotes))
    yield "contacts", "\n".join(map(_contact, note.contacts))
    yield "attachments", "\n".join(attachment.name for attachment in note.attachments)
    yield "happened", note.happened.local().isoformat(" ", "minutes") if note.happened else ""
    if note.meeting:
        yield "meeting", ", ".join(person.name for person in note.meeting.people)
    if note.consent:
        told = (note.consent.who, note.consent.wording, *note.consent.channels)
        dates = (note.consent.until, note.consent.withdrawn)
        yield "consent", ", ".join(part for part in (*told, *dates) if part)


def _quote(quote: Quote) -> str:
    return f"“{quote.text}” {quote.role}".strip()


def _contact(contact: Contact) -> str:
    parts = (contact.name, contact.role, contact.email, contact.phone)
    return ", ".join(part for part in parts if part)
