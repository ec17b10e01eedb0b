"""The same thing said before: while a note is typed, and for every note of the library.

Looking through the library goes on where it stopped, a few notes at a time, and remembers what it
found; the next time only what is new or changed is looked at.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import msgspec

from fieldnotes.domain import note_fields
from fieldnotes.domain.likeness import ENOUGH, Pair, groups, pair_of, said_in
from fieldnotes.domain.notes import Note
from fieldnotes.domain.views import NoteView
from fieldnotes.operations.alike import alike, is_said_before
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.likeness import judged_with, verdicts
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.saving import settle_outbox
from fieldnotes.store.database import Busy
from fieldnotes.store.held_records import read_fields
from fieldnotes.store.likeness import Found
from fieldnotes.store.sharing import Sharing

COMPARED = 12  # notes that share the rarest words, with each one
KEPT = 5  # pairs of one note: who says the same for the hundredth time is not asked a hundred times
SLICE = 50  # notes
MOST_SHOWN = 1_000  # pairs
_PATIENCE = 10_000  # ms
Progress = Callable[[int, int], None]


class LikePair(msgspec.Struct, frozen=True):
    """Two notes that are alike and that nobody judged; `share` of their words, 0 to 1."""

    later: NoteView
    earlier: NoteView
    share: float

    @property
    def ids(self) -> Pair:
        """As a likeness has them."""
        return pair_of(self.later.id, self.earlier.id)


class Typing:
    """Looks for what is being typed. Remembers how common words are: for one reader."""

    def __init__(self) -> None:
        self._sharing: tuple[Notebook, Sharing] | None = None

    def said_before(
        self, notebook: Notebook, note: Note, note_id: str, limit: int = 1
    ) -> list[NoteView]:
        """Earlier notes of anybody that say what `note` says, the latest first.

        `note_id`: its own id, also while it is a draft. What somebody judged is not offered again.
        """
        words = said_in(note)
        if not words:
            return []
        records = notebook.library.records
        places = self._of(notebook).notes_sharing(words, COMPARED + 1)
        judged = judged_with(notebook, note_id)
        found = [
            view
            for view in records.views(places)
            if view.id != note_id
            and view.id not in judged
            and is_said_before(words, said_in(view.note))
        ]
        found.sort(key=lambda view: (view.happened.local_seconds, view.id), reverse=True)
        return found[:limit]

    def _of(self, notebook: Notebook) -> Sharing:
        if self._sharing is None or self._sharing[0] is not notebook:
            self._sharing = notebook, _sharing(notebook)
        return self._sharing[1]


class GoingThrough:
    """One run through the library, for one notebook: a few notes at each step."""

    def __init__(self, notebook: Notebook) -> None:
        self._notebook = notebook
        self._sharing = _sharing(notebook)

    def step(self, most: int = SLICE, patience_ms: int = 0) -> Done[int]:
        """Look at the next few notes; the result is how many versions were passed, 0: all were.

        Raises Busy where somebody else writes for longer; then nothing was done.
        """
        held = self._notebook.library.records.likenesses
        following = held.following(held.upto(), most)
        if not following:
            return Done(0, Changes())
        found = [
            (note_no, self._like(note_no, place, line))
            for _, note_no, place, line, due in following
            if due
        ]
        with self._notebook.library.transaction(patience_ms):
            for note_no, several in found:
                held.replace(note_no, several)
            held.go_on_from(following[-1][0])
        some = any(several for _, several in found)
        return Done(len(following), Changes(likenesses=some))

    def go_on(self, seconds: float) -> Done[bool]:
        """Step by step for about so long; True: nothing is left. What could be written, was."""
        end, changes = time.monotonic() + seconds, Changes()
        with suppress(Busy):
            while not self._notebook.library.read_only:
                done = self.step()
                changes = changes | done.changes
                if not done.result:
                    return Done(True, changes)
                if time.monotonic() > end:
                    break
        return Done(self._notebook.library.read_only, changes)

    def _like(self, note_no: int, place: int, line: bytes) -> list[tuple[int, float]]:
        """(number, share) of the notes that are like this one, the most alike first."""
        words = _said(line)
        places = self._sharing.notes_sharing(words, COMPARED, itself=place) if words else []
        others = self._notebook.library.records.likenesses.at(places)
        shares = [(no, alike(words, _said(other))) for no, other in others if no != note_no]
        good = [(no, share) for no, share in shares if share >= ENOUGH]
        return sorted(good, key=lambda each: (-each[1], -each[0]))[:KEPT]


def go_through(notebook: Notebook, progress: Progress = lambda done, total: None) -> Done[int]:
    """Look at every note that was not looked at yet; returns how many versions those were.

    Cancelling keeps what was found so far; the next run goes on there.
    """
    settle_outbox(notebook)
    total, done = notebook.library.records.likenesses.left(), 0
    going = GoingThrough(notebook)
    changes = Changes()
    progress(0, total)
    while (passed := going.step(patience_ms=_PATIENCE)).result:
        done += passed.result
        changes = changes | passed.changes
        progress(min(done, total), total)
    return Done(done, changes)


def still_to_look_at(notebook: Notebook) -> int:
    """About how many versions of notes nobody looked at yet."""
    return notebook.library.records.likenesses.left()


def open_pairs(notebook: Notebook, limit: int = 200) -> list[LikePair]:
    """Pairs that were found and that nobody judged, also not by way of a third; the latest first.

    Both notes as they are now: a pair of which one says something else by now is left out.
    """
    found: list[LikePair] = []
    views = notebook.library.records.view
    for each in _open(notebook):
        if len(found) == limit:
            break
        later, earlier = views(each.later), views(each.earlier)
        if later is None or earlier is None:
            continue
        share = alike(said_in(later.note), said_in(earlier.note))
        if share >= ENOUGH:
            found.append(LikePair(later, earlier, share))
    return found


def count_pairs(notebook: Notebook) -> int:
    """How many there are, at most `MOST_SHOWN`."""
    return len(_open(notebook, in_order=False))


def _open(notebook: Notebook, *, in_order: bool = True) -> list[Found]:
    pairs = notebook.library.records.likenesses.open_pairs(MOST_SHOWN, in_order=in_order)
    if not pairs:
        return []
    said = verdicts(notebook)
    linked = groups(said)
    return [
        each
        for each in pairs
        if each.pair not in said and each.earlier not in linked.get(each.later, ())
    ]


def _sharing(notebook: Notebook) -> Sharing:
    records = notebook.library.records
    return Sharing(records.connection, records.terms)


def _said(line: bytes) -> list[str]:
    return said_in(note_fields.from_fields(read_fields(line)[0]))
