"""What was read in, and how it is taken back: `batches`, `undo-import`."""

from __future__ import annotations

from argparse import Namespace

from fieldnotes.cli import printing
from fieldnotes.domain.batches import Left
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.undoing_imports import Batch, batches, undo_import


def list_batches(notebook: Notebook, told: Namespace) -> int:
    """One line, or one object, for each batch."""
    found = batches(notebook)
    for batch in found:
        keys = {
            "batch": batch.id,
            "at": _time(batch),
            "files": batch.files,
            "senders": list(batch.senders),
            "titles": list(batch.titles),
            "counts": batch.counts,
            "undone": batch.undone.local().isoformat(timespec="seconds") if batch.undone else None,
        }
        printing.emit(told.json, keys, [_line(batch)])
    if not found and not told.json:
        print("Nothing was read in yet")
    return 0


def undo(notebook: Notebook, told: Namespace) -> int:
    """Take one back; what stays is listed with its reason."""
    taken = undo_import(notebook, told.batch, printing.progress("Taking back")).result
    counts = {"reversed": taken.reversed, "kept": taken.kept, "failed": taken.failed}
    printing.emit(
        told.json,
        {"batch": taken.batch, **counts, "left": [_left(each) for each in taken.left]},
        [
            ", ".join(f"{count} {word}" for word, count in counts.items()),
            *(f"{each.heading or each.id}: {each.why}" for each in taken.left),
        ],
    )
    return 1 if taken.failed else 0


def _left(each: Left) -> dict[str, str]:
    return {"id": each.id, "heading": each.heading, "why": each.why.value}


def _time(batch: Batch) -> str:
    return batch.at.local().isoformat(timespec="seconds")


def _line(batch: Batch) -> str:
    said = ", ".join(
        f"{count} {word.replace('_', ' ')}" for word, count in batch.counts.items() if count
    )
    people = ", ".join(batch.senders)
    begin = f"{batch.id}  {_time(batch)}"
    if batch.undone:
        when = batch.undone.local().isoformat(timespec="seconds")
        return f"{begin}  undone {when}: {said}"
    return f"{begin}  {people}: {said or 'nothing'}"
