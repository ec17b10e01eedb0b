"""What came in: counted by competitor, objection, win and sender; and who shares whose name."""

from __future__ import annotations

from collections import Counter

import msgspec

from fieldnotes.domain.merge import Word
from fieldnotes.domain.moments import Moment
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.saving import settle_outbox
from fieldnotes.operations.undoing_imports import Batch, batches
from fieldnotes.trust.identity import six_words
from fieldnotes.trust.people import looks_like

SHOWN = 50  # wins that are told one by one


class Namesake(msgspec.Struct, frozen=True):
    """Somebody known here whose name looks like a sender's, and the six words of their key."""

    author: str
    name: str
    words: tuple[str, ...]


class Counted(msgspec.Struct, frozen=True):
    """A name, how many notes carry it, and the search that finds exactly those."""

    name: str
    notes: int
    query: str


class ConcernCame(msgspec.Struct, frozen=True):
    """Objections with one concern behind them; of those answered, how the answer worked."""

    concern: str
    notes: int
    query: str
    yes: int = 0
    partly: int = 0
    no: int = 0


class WinCame(msgspec.Struct, frozen=True):
    """One win: why us, and what may be done with it in words."""

    id: str
    heading: str
    account: str
    why_us: str
    use: str
    usable: bool


class BatchRead(msgspec.Struct, frozen=True):
    """Files read in together; `senders` and `titles` as the files say.

    `new`, `updated` and `here` (already) count records when they were read in. What was `undone`
    has no files and notes any more, but how many of them went, stayed or failed; `explained`: it is
    known why.
    """

    batch: str
    at: Moment
    senders: tuple[str, ...]
    titles: tuple[str, ...]
    files: int
    new: int = 0
    updated: int = 0
    here: int = 0
    removed: int = 0
    undone: Moment | None = None
    reversed: int = 0
    kept: int = 0
    failed: int = 0
    explained: bool = False

    @property
    def came(self) -> int:
        """Records of which it brought something."""
        return self.new + self.updated

    @property
    def records(self) -> int:
        """All that was accepted, new or not."""
        return self.came + self.here + self.removed


class CameIn(msgspec.Struct, frozen=True):
    """Everything about one batch. `here`: which of `batches` (the last first) it is, or None."""

    here: BatchRead | None
    batches: tuple[BatchRead, ...]
    query: str = ""
    notes: int = 0
    kinds: tuple[Counted, ...] = ()
    competitors: tuple[Counted, ...] = ()
    concerns: tuple[ConcernCame, ...] = ()
    wins: tuple[WinCame, ...] = ()
    more_wins: int = 0
    senders: tuple[Counted, ...] = ()


def what_came_in(notebook: Notebook, batch: str | None = None) -> CameIn:
    """What a batch brought, as its notes are now; None: the last that was not undone."""
    everything = tuple(map(_batch, batches(notebook)))
    chosen = [each for each in everything if each.batch == batch]
    chosen = chosen or [each for each in everything if each.undone is None] or [*everything[:1]]
    if not chosen:
        return CameIn(None, everything)
    settle_outbox(notebook)
    from fieldnotes.operations.counting_arrivals import count

    with notebook.library.looking():
        return count(notebook, chosen[0], everything)


def namesakes(notebook: Notebook, name: str) -> tuple[Namesake, ...]:
    """Whoever is known here by a name that looks like `name`."""
    return tuple(
        Namesake(person.card.author, person.card.name, six_words(person.card.author))
        for person in notebook.library.people.everybody()
        if looks_like(person.card.name) == looks_like(name)
    )


def _batch(told: Batch) -> BatchRead:
    counts = Counter(told.counts)
    return BatchRead(
        batch=told.id,
        at=told.at,
        senders=told.senders,
        titles=told.titles,
        files=told.files,
        new=counts[Word.NEW],
        updated=counts[Word.UPDATED] + counts[Word.FULLER] + counts[Word.EDITED_TWICE],
        here=counts[Word.UNCHANGED] + counts[Word.OLDER],
        removed=counts[Word.REMOVED],
        undone=told.undone,
        reversed=counts["reversed"],
        kept=counts["kept"],
        failed=counts["failed"],
        explained=bool(told.stayed),
    )
