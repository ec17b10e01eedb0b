"""What a plan tells of one record: whose it is, what it is called and what would become of it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple, Protocol

from msgspec.structs import replace

from fieldnotes.domain import likeness, note_fields, promises, saved_searches, vocabulary
from fieldnotes.domain.merge import Word
from fieldnotes.domain.notes import Note
from fieldnotes.domain.records import Copy, Removal
from fieldnotes.domain.words import in_one_line
from fieldnotes.operations import people_along
from fieldnotes.operations.import_plans import LONGEST, Line
from fieldnotes.operations.judging import Judge
from fieldnotes.store.arriving import Arrival
from fieldnotes.store.gists import Gist
from fieldnotes.store.held_records import read_fields


class Whose(Protocol):
    """A version, as far as it does not say itself what it is."""

    @property
    def type(self) -> str:
        """Of the record."""

    @property
    def author(self) -> str:
        """The hash of whoever signed it."""


def line_of(
    shown: Callable[[], Copy],
    word: Word,
    judge: Judge,
    why: str = "",
    *,
    left: bool = False,
    removed: Removal | None = None,
) -> Line:
    """Of a version that is shown for its record; `removed` by a version that says nothing."""
    copy = shown()
    told = told_of(copy.revision, copy.values)
    line = _line(copy.revision.id, copy.revision.author, told, word, judge, why, left=left)
    return replace(line, removed=_why_removed(removed or copy.revision.removed))


def unchanged_line(each: Arrival, judge: Judge) -> Line:
    """Of a version that is held just so: what was checked then is not worked out again."""
    values, _, line = read_fields(each.line)
    told = told_of(_Held(line["type"], each.author), values)
    removed = line["removed"]["reason"] if line.get("removed") else ""
    return replace(_line(each.id, each.author, told, Word.UNCHANGED, judge), removed=removed)


def new_line(each: Arrival, gist: Gist, judge: Judge, *, left: bool) -> Line:
    """The same as `line_of` says of a new note, from what was read of it."""
    named = dict(gist.said.names)
    kind, account = _name(named.get("kind", "")), _name(named.get("account", ""))
    author = judge.name_of(each.author)
    return Line(each.id, Word.NEW, _heading(gist.heading), kind, account, author, "", left)


def told_of(whose: Whose, values: Mapping[str, Any]) -> tuple[Note, str, str]:
    """(as a note, kind or type, heading) of what a version says."""
    note = note_fields.from_fields(values)
    kind, heading = note.kind, note.heading
    if whose.type == promises.TYPE:
        kind, heading = promises.TYPE, promises.from_fields(values).what
    elif whose.type == saved_searches.TYPE:
        kind, heading = saved_searches.TYPE, saved_searches.from_fields(values).name
    elif whose.type == vocabulary.TYPE:
        entry = vocabulary.from_fields(values)
        kind, heading = vocabulary.TYPE, vocabulary.in_words(entry) if entry else ""
    elif whose.type == likeness.TYPE:
        said = likeness.from_fields(values)
        kind, heading = likeness.TYPE, likeness.in_words(said) if said else ""
    elif whose.type in people_along.TYPES:
        kind = whose.type
        heading = people_along.in_words(kind, values, whose.author)
    return note, kind, heading


class _Held(NamedTuple):
    type: str
    author: str


def _line(
    record_id: str,
    author: str,
    told: tuple[Note, str, str],
    word: Word,
    judge: Judge,
    why: str = "",
    *,
    left: bool = False,
) -> Line:
    note, kind, heading = told
    kind, account = _name(kind), _name(note.account)
    author = judge.name_of(author)
    return Line(record_id, word, _heading(heading), kind, account, author, why, left)


def _heading(words: str) -> str:
    return in_one_line(words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + "…")


def _why_removed(removed: Removal | None) -> str:
    return removed.reason if removed else ""


def _name(name: str) -> str:
    """As a line tells it: of a million notes, few are different, and a hostile one is long."""
    return sys.intern(in_one_line(name[:LONGEST]))
