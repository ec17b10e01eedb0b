"""What came in: counted by competitor, objection, win and sender; and who shares whose name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import msgspec

from fieldnotes.domain import consent
from fieldnotes.domain.merge import Word
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import WORKED, Kind
from fieldnotes.domain.query_text import quoted
from fieldnotes.domain.views import NoteView
from fieldnotes.domain.words import fold
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
    has no files and notes any more, but how many of them went, stayed or failed.
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
    library = notebook.library
    views = library.records.views(library.arrivals.places(chosen[0].batch))
    return _counted(notebook, chosen[0], everything, views)


def namesakes(notebook: Notebook, name: str) -> tuple[Namesake, ...]:
    """Whoever is known here by a name that looks like `name`."""
    return tuple(
        Namesake(person.card.author, person.card.name, six_words(person.card.author))
        for person in notebook.library.people.everybody()
        if looks_like(person.card.name) == looks_like(name)
    )


def _counted(
    notebook: Notebook, here: BatchRead, batches: tuple[BatchRead, ...], views: list[NoteView]
) -> CameIn:
    within = f"bundle:{here.batch}"
    wins = [view for view in views if view.note.kind == Kind.WIN.value]
    return CameIn(
        here=here,
        batches=batches,
        query=within,
        notes=len(views),
        kinds=_by(within, "kind", ((view.note.kind,) for view in views)),
        competitors=_by(within, "competitor", _competitors(notebook, views)),
        concerns=_concerns(within, views),
        wins=tuple(_win(notebook, view) for view in wins[:SHOWN]),
        more_wins=max(0, len(wins) - SHOWN),
        senders=_by(within, "author", ((view.author_name,) for view in views)),
    )


def _competitors(notebook: Notebook, views: list[NoteView]) -> list[tuple[str, ...]]:
    """By note, as they are called here."""
    written = {name for view in views for name in view.note.competitors}
    called = {name: notebook.library.names.called("competitor", name) for name in written}
    return [tuple(called[name] for name in view.note.competitors) for view in views]


def _by(within: str, family: str, names: Iterable[tuple[str, ...]]) -> tuple[Counted, ...]:
    """Notes by name, the most first; spellings that fold to the same are one.

    Those that fold to nothing, such as a blank, are none: no search finds them.
    """
    spelt: dict[str, str] = {}
    count: Counter[str] = Counter()
    for each in names:
        for name in each:
            spelt.setdefault(fold(name), name)
        count.update({fold(name) for name in each} - {""})
    return tuple(
        Counted(spelt[key], notes, f"{within} {family}:{quoted(spelt[key])}")
        for key, notes in sorted(count.items(), key=lambda pair: (-pair[1], pair[0]))
    )


def _concerns(within: str, views: list[NoteView]) -> tuple[ConcernCame, ...]:
    """Objections by concern; those without one last, found by leaving out all others."""
    objections = [view for view in views if view.note.kind == Kind.OBJECTION.value]
    query = f"{within} kind:objection"
    found, others = [], ""
    by_concern: dict[str, list[NoteView]] = {}
    for view in objections:
        by_concern.setdefault(fold(view.note.concern), []).append(view)
    for counted in _by(query, "concern", ((view.note.concern,) for view in objections)):
        found.append(_concern(counted.name, counted.query, by_concern[fold(counted.name)]))
        others += f" -concern:{quoted(counted.name)}"
    if "" in by_concern:
        found.append(_concern("", query + others, by_concern[""]))
    return tuple(found)


def _concern(name: str, query: str, views: list[NoteView]) -> ConcernCame:
    worked = Counter(view.note.worked for view in views)
    return ConcernCame(name, len(views), query, *(worked[answer] for answer in WORKED))


def _win(notebook: Notebook, view: NoteView) -> WinCame:
    today = notebook.clock().local().date()
    note = view.note
    return WinCame(
        id=view.id,
        heading=note.heading,
        account=note.account,
        why_us=note.why_us,
        use=consent.in_words(note.consent, today),
        usable=consent.may_tell(note.consent, today),
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
    )
