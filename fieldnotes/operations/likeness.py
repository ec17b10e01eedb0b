"""Say that two notes are the same or are not, and what follows from what everybody said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from fieldnotes.domain import likeness, merge
from fieldnotes.domain.likeness import LAST_TURN, Likeness, Pair, Stated, judged, pair_of
from fieldnotes.domain.markings import DEFAULT, Marking, marking, strictest
from fieldnotes.domain.records import Copy
from fieldnotes.domain.views import NoteView
from fieldnotes.errors import FieldnotesError, NoSuchNote
from fieldnotes.operations import revising
from fieldnotes.operations.changes import Done
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import show_note
from fieldnotes.operations.saving import history_of, save

_ENDLESS = 500  # linked notes that are walked through


class NotTwoNotes(FieldnotesError):
    """A note cannot be compared with itself."""


def say_same(notebook: Notebook, one: str, other: str) -> Done[str]:
    """These two notes say the same thing: they are linked. Returns the id of the record.

    One that is still being written may be meant as well. Raises NotTwoNotes.
    """
    return _say(notebook, one, other, same=True)


def say_different(notebook: Notebook, one: str, other: str) -> Done[str]:
    """These two notes are not the same, and are never offered again. Raises NotTwoNotes."""
    return _say(notebook, one, other, same=False)


def verdicts(notebook: Notebook) -> dict[Pair, bool]:
    """Whether two notes are the same, for every pair that anybody judged."""
    waiting, gone = _waiting(notebook)
    held = notebook.library.records.likenesses.everything()
    return judged([each for each in held if _key(each) not in gone] + waiting)


def judged_with(notebook: Notebook, note_id: str) -> dict[str, bool]:
    """The notes with which somebody compared this one, and whether they are the same."""
    waiting, gone = _waiting(notebook)
    about = notebook.library.records.likenesses.about(note_id)
    stated = [each for each in about if _key(each) not in gone]
    stated += [each for each in waiting if note_id in each.likeness.notes]
    found = judged(stated)
    return {one if other == note_id else other: same for (one, other), same in found.items()}


def linked_notes(notebook: Notebook, note_id: str) -> list[NoteView]:
    """The other notes that say the same thing, also by way of a third, the latest first.

    Those that are not here (yet) are left out.
    """
    reached, fresh = {note_id: None}, [note_id]
    while fresh and len(reached) < _ENDLESS:
        around = (judged_with(notebook, each) for each in fresh)
        found = [note for several in around for note, same in several.items() if same]
        fresh = [note for note in dict.fromkeys(found) if note not in reached]
        reached |= dict.fromkeys(fresh)
    del reached[note_id]
    views = [view for view in _here(notebook, reached) if not view.removed]
    return sorted(views, key=lambda view: view.happened.ms, reverse=True)


def _say(notebook: Notebook, one: str, other: str, *, same: bool) -> Done[str]:
    if one == other:
        raise NotTwoNotes("This is one note, not two.", "Choose another one.")
    pair = pair_of(one, other)
    waiting, gone = _waiting(notebook)
    held = notebook.library.records.likenesses.about(one)
    about = [each for each in held if _key(each) not in gone] + waiting
    about = [each for each in about if each.likeness.notes == pair]
    mine = [each for each in about if each.author == notebook.owner.author]
    record_id = mine[0].id if mine else notebook.new_id()
    turn = 1 + max((each.likeness.turn for each in about), default=0)
    said = Likeness(pair, same, min(turn, LAST_TURN))
    words = "“the same”" if same else "“not the same”"
    return Done(record_id, *save(notebook, [_version(notebook, record_id, said)], words))


def _version(notebook: Notebook, record_id: str, said: Likeness) -> Copy:
    history = history_of(notebook, record_id)
    top = merge.current(history) if history else None
    told = revising.Version(
        likeness.TYPE,
        record_id,
        likeness.to_fields(said),
        likeness.is_known,
        _marking(notebook, said.notes).value,
    )
    restored = top.revision.restored + (top.revision.removed is not None) if top else 0
    return revising.version(notebook, told, history, top, restored)


def _marking(notebook: Notebook, pair: Pair) -> Marking:
    """What is said of two notes is seen by nobody who may not see both."""
    views = _here(notebook, pair)
    return strictest([DEFAULT, *(marking(view.marking) for view in views)])


def _here(notebook: Notebook, ids: Iterable[str]) -> Iterator[NoteView]:
    for each in ids:
        try:
            yield show_note(notebook, each)
        except NoSuchNote:
            continue


def _waiting(notebook: Notebook) -> tuple[list[Stated], set[tuple[str, str]]]:
    """What the library has not taken over yet, and the records (id, author) it stands for."""
    stated: dict[tuple[str, str], Stated | None] = {}
    for copy in notebook.library.outbox.waiting():
        revision = copy.revision
        if revision.type == likeness.TYPE:
            said = None if revision.removed else likeness.from_fields(copy.values)
            key = (revision.id, revision.author)
            stated[key] = Stated(*key, said) if said else None
    return [each for each in stated.values() if each], set(stated)


def _key(stated: Stated) -> tuple[str, str]:
    return stated.id, stated.author
