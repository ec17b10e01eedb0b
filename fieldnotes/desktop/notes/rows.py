"""Notes as rows of a list, made beside the window: found, cut to a line, put under a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from fieldnotes.desktop.notes import days
from fieldnotes.desktop.widgets.note_list_model import NoteRow
from fieldnotes.domain.notes import KIND_FIELDS, Kind, first_line
from fieldnotes.domain.snippets import found_in, snippet, wanted_words
from fieldnotes.operations.search import (
    CAP,
    count_notes,
    count_unsent,
    find_notes,
    unsent_notes,
)

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from fieldnotes.desktop.notes.days import Grouping
    from fieldnotes.domain.notes import Note
    from fieldnotes.domain.query import Query, Words
    from fieldnotes.domain.views import NoteView
    from fieldnotes.operations.notebook import Notebook

_NO_WORDS = "(nothing but hidden fields)"


class Rows(msgspec.Struct, frozen=True):
    """Some rows and where the next ones begin (None: there are no more)."""

    rows: list[NoteRow]
    below: int | None


def find_rows(
    notebook: Notebook, query: Query, grouping: Grouping, limit: int, below: int | None = None
) -> Rows:
    """The rows of one page of hits, the found words marked."""
    page = find_notes(notebook, query, limit, below)
    today = notebook.clock().local().date()
    words = wanted_words(query)
    return Rows([row_of(view, words, today, grouping) for view in page.notes], page.below)


class Unsent(msgspec.Struct, frozen=True):
    """The newest notes that were not sent yet, and how many there are."""

    rows: list[NoteRow]
    count: int


def read_unsent(notebook: Notebook) -> Unsent:
    """What nobody else has yet."""
    today = notebook.clock().local().date()
    rows = [row_of(view, (), today) for view in unsent_notes(notebook)]
    return Unsent(rows, count_unsent(notebook))


def count_hits(notebook: Notebook, query: Query) -> int:
    """How many hits; CAP + 1 where there are more than that."""
    return count_notes(notebook, query, CAP)


def row_of(
    view: NoteView, words: Sequence[Words], today: date, grouping: Grouping = "day"
) -> NoteRow:
    """One note as the list shows it."""
    when = view.happened.local()
    title = view.note.heading or _NO_WORDS
    line, marks = _line(view.note, words)
    return NoteRow(
        id=view.id,
        kind=view.note.kind,
        title=title,
        snippet=line,
        account=view.note.account,
        tags=view.note.tags,
        when=days.short(when, today, grouping, view.note.whole_day),
        author="" if view.mine else view.author_name,
        day=days.heading(when.date(), today, grouping),
        title_marks=found_in(title, words),
        snippet_marks=marks,
        edited_twice=view.versions > 1,
        sent=bool(view.sent),
        masked=bool(view.hidden),
    )


def _line(note: Note, words: Sequence[Words]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The line where something was found; else how the note goes on below its heading."""
    bodies = _bodies(note)
    if words:
        for body in bodies:
            line, marks = snippet(body, words)
            if marks:
                return line, marks
    return snippet(bodies[0]) if bodies else ("", ())


def _bodies(note: Note) -> list[str]:
    quotes = " ".join(f"“{quote.text}”" for quote in note.quotes)
    text = note.text or note.text_redacted
    if not note.title:
        text = _below_heading(text)
    fields = KIND_FIELDS[Kind(note.kind)] if note.kind in set(Kind) else ()
    answers = [str(getattr(note, name) or "") for name in fields if name != "worked"]
    others = [note.opportunity, note.place, *(contact.name for contact in note.contacts)]
    found = [f"{quotes} {text}".strip(), " · ".join(filter(None, answers)), *others]
    return [body for body in found if body]


def _below_heading(text: str) -> str:
    """The text without the line that serves as its title, unless that was cut."""
    lines = text.splitlines()
    for number, line in enumerate(lines):
        if said := line.strip().lstrip("#").strip():
            cut = first_line(text) != said
            return "\n".join(lines[number:] if cut else lines[number + 1 :])
    return ""
