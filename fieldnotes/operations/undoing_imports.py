"""Take back a batch that was read in, at any time later: what only it brought goes again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from fieldnotes.domain.batches import Left, TakenBack, Why
from fieldnotes.domain.moments import Moment
from fieldnotes.errors import FieldnotesError, NoSuchBatch
from fieldnotes.operations.changes import Changes, Done, Undo
from fieldnotes.operations.left_over import sweep_kept
from fieldnotes.operations.loose_attachments import let_go
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import show_note
from fieldnotes.operations.people import settle_persons
from fieldnotes.operations.saving import settle_outbox
from fieldnotes.store.taking_back import TakingBack, cited_by_owner, count_taking_back

Progress = Callable[[int, int], None]
_UNDONE = "undone_at"  # in the counts of a batch: ms since 1970
_SENDERS = "from"  # in the counts of one that was undone: names
_STAYED = "stayed"  # in the counts of one that was undone: ids, each with the reason
_REMEMBERED = 500  # of those: their words are looked up again, so that what is erased stays so
_SHORTEST = 4
_ID = re.compile(rb"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class Batch(msgspec.Struct, frozen=True):
    """What was read in together: when, from whom, how many records by what they did here.

    After it was undone `undone` says when, and `titles` are not known any more; `stayed`: (id, why)
    of records that it left as they were.
    """

    id: str
    at: Moment
    senders: tuple[str, ...]
    titles: tuple[str, ...]
    files: int
    counts: dict[str, int]
    undone: Moment | None = None
    stayed: tuple[tuple[str, str], ...] = ()

    @property
    def records(self) -> int:
        """Everything that was accepted of its files."""
        return sum(
            count
            for word, count in self.counts.items()
            if word not in ("not_accepted", "reversed", "kept", "failed")
        )


def batches(notebook: Notebook) -> list[Batch]:
    """Everything that was ever read in, the last first."""
    offset = notebook.clock().offset
    manifests: dict[str, list[dict[str, object]]] = {}
    for told in notebook.library.arrivals.bundles():
        manifests.setdefault(told["batch"], []).append(told["manifest"])
    return [
        _batch(batch, Moment(at, offset), dict(counts), manifests.get(batch, []))
        for _, batch, at, counts in notebook.library.arrivals.batches()
    ]


def look_at_undoing(
    notebook: Notebook, batch: str, progress: Progress = lambda done, total: None
) -> TakenBack:
    """What `undo_import` would do, record by record. Writes nothing. Raises NoSuchBatch."""
    settle_outbox(notebook)
    library = notebook.library
    with library.looking():
        number, batch_id, _ = _find(notebook, batch)
        taking = TakingBack(library.records, number, frozenset(_cited(notebook)))
        return taking.look(batch_id, progress)


def undo_import(
    notebook: Notebook, batch: str, progress: Progress = lambda done, total: None
) -> Done[TakenBack]:
    """Take back everything that only this batch brought, in one transaction.

    What another file brought as well, what the owner refers to or passed on, and removals stay.
    Its files can be read in again afterwards. `batch`: an id or a unique beginning of one.
    Raises NoSuchBatch.
    """
    settle_outbox(notebook)
    library = notebook.library
    with library.transaction():
        number, batch_id, counts = _find(notebook, batch)
        senders = next(each.senders for each in batches(notebook) if each.id == batch_id)
        taking = TakingBack(library.records, number, frozenset(_cited(notebook)))
        taken = taking.run(batch_id, progress)
        counts |= {"reversed": taken.reversed, "kept": taken.kept, "failed": taken.failed}
        count_taking_back(library.connection)
        stayed = [(each.id, each.why.value) for each in taken.left[:_REMEMBERED]]
        undone = {_UNDONE: notebook.clock().ms, _SENDERS: list(senders), _STAYED: stayed}
        library.arrivals.set_counts(number, counts | undone)
        # housekeeping finds them, should we be killed between the two files
        library.blobs.loosen(dict.fromkeys(taking.attached, notebook.clock().ms))
        settle_persons(notebook)
    sweep_kept(notebook)
    let_go(notebook, taking.attached)
    return Done(taken, Changes.many())


def what_stayed(notebook: Notebook, batch: str) -> TakenBack:
    """What undoing a batch left as it was, and why, in the words of today. Raises NoSuchBatch."""
    told = next((each for each in batches(notebook) if each.id == batch and each.undone), None)
    if told is None:
        raise NoSuchBatch("Nothing was undone under this name.", "List what was: batches.")
    counts = Counter(told.counts)
    left = tuple(_as_today(notebook, record, Why(why)) for record, why in told.stayed)
    return TakenBack(batch, counts["reversed"], counts["kept"], counts["failed"], left)


def _as_today(notebook: Notebook, record_id: str, why: Why) -> Left:
    try:
        view = show_note(notebook, record_id)
    except FieldnotesError:  # no note, gone meanwhile, or damaged
        return Left(record_id, "", why)
    return Left(record_id, view.note.heading, why, view.author_name if view.removed else "")


def way_back(batch: str, files: int) -> Undo:
    """How what was just read in is undone by Ctrl+Z."""
    words = "reading in of a file" if files == 1 else f"reading in of {files} files"
    return Undo(words, lambda notebook: undo_import(notebook, batch))


def _batch(
    batch: str, at: Moment, counts: dict[str, Any], manifests: list[dict[str, object]]
) -> Batch:
    told = [msgspec.convert(each, _Told) for each in manifests]
    undone, senders = counts.pop(_UNDONE, None), counts.pop(_SENDERS, ())
    stayed = msgspec.convert(counts.pop(_STAYED, ()), tuple[tuple[str, str], ...])
    return Batch(
        id=batch,
        at=at,
        senders=tuple(
            filter(None, dict.fromkeys((*(each.author.name for each in told), *senders)))
        ),
        titles=tuple(dict.fromkeys(each.title for each in told if each.title)),
        files=len(told),
        counts=counts,
        undone=Moment(undone, at.offset) if undone is not None else None,
        stayed=stayed,
    )


class _Named(msgspec.Struct):
    name: str = ""


class _Told(msgspec.Struct):
    author: _Named
    title: str = ""


def _find(notebook: Notebook, batch: str) -> tuple[int, str, dict[str, Any]]:
    found = [
        (number, each, counts)
        for number, each, _, counts in notebook.library.arrivals.batches()
        if each == batch or (len(batch) >= _SHORTEST and each.startswith(batch))
    ]
    if len(found) != 1:
        raise NoSuchBatch("Nothing was read in under this name.", "List what was: batches.")
    if _UNDONE in found[0][2]:
        raise NoSuchBatch("This was undone already.", "Read its files in again, if you like.")
    return found[0]


def _cited(notebook: Notebook) -> set[str]:
    """Ids that the owner's records and drafts mention."""
    cited = cited_by_owner(notebook.library.records, _ids_in)
    for own_id, _, body in notebook.library.drafts.all():
        cited |= set(_ids_in(body)) - {own_id}
    return cited


def _ids_in(line: bytes) -> Iterator[str]:
    return (found.decode() for found in _ID.findall(line))
