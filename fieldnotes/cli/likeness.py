"""`same` and `differ`: notes that say the same thing, listed and judged on the command line."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from fieldnotes.cli import printing
from fieldnotes.errors import FieldnotesError

if TYPE_CHECKING:
    from fieldnotes.domain.views import NoteView
    from fieldnotes.operations.notebook import Notebook
    from fieldnotes.operations.said_before import LikePair


def same(notebook: Notebook, told: Namespace) -> int:
    """List pairs that nobody judged; with two notes, say that they are the same."""
    return _judge(notebook, told) if told.one is not None else _list(notebook, told)


def differ(notebook: Notebook, told: Namespace) -> int:
    """Say that two notes are not the same."""
    return _judge(notebook, told)


def _list(notebook: Notebook, told: Namespace) -> int:
    """Look at what is new first, so that the list is whole."""
    from fieldnotes.operations.said_before import MOST_SHOWN, go_through, open_pairs

    if not notebook.library.read_only:
        go_through(notebook, printing.progress("Looking"))
    pairs = open_pairs(notebook, told.limit or MOST_SHOWN)
    for pair in pairs:
        printing.emit(told.json, _keys(pair), _lines(pair))
    return 0


def _judge(notebook: Notebook, told: Namespace) -> int:
    """Raises NoSuchNote, NotTwoNotes."""
    from fieldnotes.operations.likeness import say_different, say_same
    from fieldnotes.operations.notes import show_note

    if told.other is None:
        raise FieldnotesError("A note is the same as another one.", "Name both of them.")
    one, other = (show_note(notebook, reference).id for reference in (told.one, told.other))
    is_same = told.command == "same"
    say = say_same if is_same else say_different
    record = say(notebook, one, other).result
    words = "are linked: they say the same" if is_same else "are not the same"
    keys = {"id": record, "notes": [one, other], "same": is_same}
    printing.emit(told.json, keys, [f"{one} and {other} {words}."])
    return 0


def _keys(pair: LikePair) -> dict[str, Any]:
    return {
        "share": round(pair.share, 3),
        "later": printing.found(pair.later),
        "earlier": printing.found(pair.earlier),
    }


def _lines(pair: LikePair) -> list[str]:
    both = (_line(view) for view in (pair.later, pair.earlier))
    return [f"{pair.share:.0%} of the words are the same", *both]


def _line(view: NoteView) -> str:
    return f"  {view.id[:13]}  {view.author_name}  {printing.found_line(view)}"
