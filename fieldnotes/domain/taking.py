"""Take or leave: what of the notes that come is read in, chosen by what they have in common."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from typing import NamedTuple

from fieldnotes.domain.notes import Note
from fieldnotes.domain.words import fold


class Facet(StrEnum):
    """By what notes can be left."""

    SENDER = "sender"
    KIND = "kind"
    ACCOUNT = "account"
    TAG = "tag"
    NOTE = "note"


class Choice(NamedTuple):
    """What can be left: everything from an author, of a kind, about an account, …, or one note.

    `key`: hash of an author, kind, folded name, or id of a record.
    """

    facet: Facet
    key: str


Leave = frozenset[Choice]
NOTHING_LEFT: Leave = frozenset()


def choices_of(record_id: str, author: str, kind: str, note: Note) -> Iterator[tuple[Choice, str]]:
    """Every choice that a record falls under, each with how it is written."""
    yield Choice(Facet.SENDER, author), ""
    yield Choice(Facet.KIND, kind), kind
    if note.account:
        yield Choice(Facet.ACCOUNT, fold(note.account)), note.account
    for tag in note.tags:
        yield Choice(Facet.TAG, fold(tag)), tag
    yield Choice(Facet.NOTE, record_id), ""
