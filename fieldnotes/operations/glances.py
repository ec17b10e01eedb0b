"""Notes at a glance: found, cut to a line, the found words marked."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fieldnotes.domain.glances import Glance
from fieldnotes.domain.notes import KIND_FIELDS, Kind, first_line
from fieldnotes.domain.snippets import found_in, snippet, wanted_words
from fieldnotes.operations.search import PAGE, find_notes, unsent_notes, views_at

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldnotes.domain.glances import Span
    from fieldnotes.domain.notes import Note
    from fieldnotes.domain.query import Query, Words
    from fieldnotes.domain.views import NoteView
    from fieldnotes.operations.notebook import Notebook

_NO_WORDS = "(nothing but hidden fields)"


class Glances(NamedTuple):
    """Some notes and where the next ones begin (None: there are no more)."""

    notes: list[Glance]
    below: int | None


def find_glances(
    notebook: Notebook, query: Query, limit: int = PAGE, below: int | None = None
) -> Glances:
    """One page of hits, newest first, the found words marked."""
    page = find_notes(notebook, query, limit, below)
    words = wanted_words(query)
    return Glances([glance_at(view, words) for view in page.notes], page.below)


def unsent_glances(notebook: Notebook) -> list[Glance]:
    """The newest notes that were not sent yet."""
    return [glance_at(view) for view in unsent_notes(notebook)]


def glances_at(notebook: Notebook, places: Sequence[int], query: Query) -> list[Glance]:
    """The notes at these places of `all_hits`, in that order; one that has left it is missing."""
    words = wanted_words(query)
    return [glance_at(view, words) for view in views_at(notebook, query, places)]


def glance_at(view: NoteView, words: Sequence[Words] = ()) -> Glance:
    """What a list says of one note."""
    title = view.note.heading or _NO_WORDS
    line, marks = _line(view.note, words)
    return Glance(
        id=view.id,
        kind=str(view.note.kind),
        title=title,
        snippet=line,
        account=view.note.account,
        tags=view.note.tags,
        author="" if view.mine else view.author_name,
        happened=view.happened.local_seconds,
        whole_day=view.note.whole_day,
        title_marks=found_in(title, words),
        snippet_marks=marks,
        edited_twice=view.versions > 1,
        sent=bool(view.sent),
        masked=bool(view.hidden),
        draft=view.draft,
        place=view.place,
    )


def _line(note: Note, words: Sequence[Words]) -> tuple[str, tuple[Span, ...]]:
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
