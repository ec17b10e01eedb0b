"""Read in, list what was read in, and take it back: `import`, `batches`, `undo-import`."""

from __future__ import annotations

import sys
from argparse import Namespace

from fieldnotes.cli import ledger, people, printing
from fieldnotes.domain.batches import Back, Left
from fieldnotes.domain.ledger import gap_in_words
from fieldnotes.domain.merge import Word
from fieldnotes.operations.import_plans import FilePlan, ImportPlan
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.undoing_imports import Batch, batches, look_at_undoing, undo_import

_TOLD = 50  # notes of one sort that are told one by one


def read_in(notebook: Notebook, told: Namespace) -> int:
    """Read files in, or with --plan say what that would do."""
    from fieldnotes.operations import judging, previewing, reading_in
    from fieldnotes.operations.ledger import gaps

    decisions = judging.Decisions(
        all_new=told.accept_new,
        removals=told.accept_removals,
        passphrase=people.passphrase(told),
        leave=frozenset(told.leave),
    )
    plan = previewing.preview_import(notebook, told.files, decisions, printing.progress("Looking"))
    batch = None
    if not told.plan:
        batch = reading_in.read_in(notebook, plan, printing.progress("Reading in")).result.batch
    for file in plan.files:
        _say_what_is_wrong(file)
    _say_what_is_missing(plan)
    counts = plan.counts | ({"left": plan.left} if plan.left else {})
    said = ", ".join(f"{count} {word.replace('_', ' ')}" for word, count in counts.items() if count)
    keys: dict[str, object] = {"batch": batch, **counts}
    if plan.lacking:
        keys["missing"] = [
            {"id": each.id, "heading": each.heading, "files": sorted(each.files.values())}
            for each in plan.lacking
        ]
    if plan.late_files:
        keys["late"] = len(plan.late_files)
        said += f"{', ' if said else ''}{len(plan.late_files)} files that were missing"
    coming = [file.manifest for file in plan.good if file.manifest]
    lacking = gaps(notebook, coming) if coming else []
    if lacking:
        keys["not_arrived"] = ledger.gaps_of(lacking)
    lines = [said or "Nothing to read in", *map(gap_in_words, lacking)]
    printing.emit(told.json, keys, lines)
    return 0 if plan.whole else 1


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
    if told.plan:
        taken = look_at_undoing(notebook, told.batch, printing.progress("Looking"))
    else:
        taken = undo_import(notebook, told.batch, printing.progress("Taking back")).result
    counts = {"reversed": taken.reversed, "kept": taken.kept, "failed": taken.failed}
    printing.emit(
        told.json,
        {"batch": taken.batch, **counts}
        | {"left": [_left(each) for each in taken.left], "back": [_back(x) for x in taken.back]},
        [
            ", ".join(f"{count} {word}" for word, count in counts.items()),
            *(f"{each.heading or each.id}: {_becomes(each)}" for each in taken.back[:_TOLD]),
            *_and_more(len(taken.back) - _TOLD),
            *(f"{each.heading or each.id}: {each.why}" for each in taken.left),
        ],
    )
    return 1 if taken.failed else 0


def _say_what_is_wrong(file: FilePlan) -> None:
    """One line on standard error for a file, or for each record that was not accepted."""
    told = [f"{file.refused}"] if file.refused else []
    if not file.refused:
        wrong = [line for line in file.lines if line.why]
        told += [f"not accepted: {line.heading or line.id}: {line.why}" for line in wrong]
        more = file.counts[Word.NOT_ACCEPTED] - len(wrong)
        told += [f"not accepted: {more} more"] if more > 0 else []
    for line in told:
        print(printing.plain(f"{file.path.name}: {line}"), file=sys.stderr)


def _say_what_is_missing(plan: ImportPlan) -> None:
    """Attached files that no file brings: they appear as soon as one does."""
    told = plan.lacking[:_TOLD]
    for each in told:
        line = f"not in any file: {', '.join(sorted(each.files.values()))}: {each.heading}"
        print(printing.plain(line), file=sys.stderr)
    more = len(plan.lacking) - len(told) + plan.lacking_more
    if more:
        print(f"not in any file: those of {more} more", file=sys.stderr)


def _left(each: Left) -> dict[str, str]:
    return {"id": each.id, "heading": each.heading, "why": each.why.value}


def _back(each: Back) -> dict[str, str]:
    return {"id": each.id, "heading": each.heading, "becomes": _becomes(each)}


def _becomes(each: Back) -> str:
    return "goes again" if each.goes else "as it was before"


def _and_more(count: int) -> list[str]:
    return [f"… and {count} more"] if count > 0 else []


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
        return f"{begin}  {people}, undone {when}: {said}"
    return f"{begin}  {people}: {said or 'nothing'}"
