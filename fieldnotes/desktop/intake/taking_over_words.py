"""What is said of a file before its notes are taken over, and after."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from fieldnotes.desktop.widgets.plain_table_model import Cell, TableRow
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.operations.intake import IntakePlan, Skipped, TakenOver, Taking

LISTED = 1000  # more than anybody looks through
_TOLD = 3


def skipped_rows(plan: IntakePlan) -> list[TableRow]:
    """Why some become no note, each reason once, the most frequent first."""
    reasons: dict[str, list[str]] = {}
    for each in plan.skipped:
        reasons.setdefault(each.why, []).append(each.where or str(each.row))
    ordered = sorted(reasons, key=lambda why: -len(reasons[why]))
    return [_skipped(why, reasons[why]) for why in ordered[:LISTED]]


def new_rows(plan: IntakePlan) -> list[TableRow]:
    """What becomes a note, the first of them."""
    return [_new(each) for each in plan.takings[:LISTED]]


def fold_words(plan: IntakePlan) -> str:
    """The line above the new ones."""
    count = len(plan.takings)
    if count <= LISTED:
        return _new_notes(count)
    words = _tr("{n} new notes, the first {m} of them listed")
    return words.format(n=grouped(count), m=grouped(LISTED))


def will_happen(plan: IntakePlan) -> str:
    """'312 new notes, 4 here already, 2 skipped.'"""
    parts = [_new_notes(len(plan.takings))]
    if plan.unchanged:
        parts.append(_tr("{n} here already").format(n=grouped(plan.unchanged)))
    if plan.skipped:
        parts.append(_tr("{n} skipped").format(n=grouped(len(plan.skipped))))
    return ", ".join(parts) + "."


def was_done(taken: TakenOver) -> str:
    """The same when it is over, with the first reasons."""
    parts = [_tr("%s notes are new") % grouped(taken.new)]
    if taken.unchanged:
        parts.append(_tr("%s were here already") % grouped(taken.unchanged))
    words = ", ".join(parts) + "."
    if taken.skipped:
        rows = [_one(each) for each in taken.skipped[:_TOLD]]
        more = "" if len(taken.skipped) <= _TOLD else _tr(" and more")
        skipped = _tr("%s rows were skipped") % grouped(len(taken.skipped))
        words += f" {skipped} ({'; '.join(rows)}{more})."
    return words


def _one(skipped: Skipped) -> str:
    where = skipped.where or _tr("row %d") % skipped.row
    return f"{where}: {skipped.why}"


def _new_notes(count: int) -> str:
    words = _tr("{n} new notes") if count != 1 else _tr("1 new note")
    return words.format(n=grouped(count))


def _skipped(why: str, where: list[str]) -> TableRow:
    several = ", ".join(where[:_TOLD]) + (" …" if len(where) > _TOLD else "")
    chip = _tr("{n} skipped").format(n=grouped(len(where)))
    reason = Cell(f"{why[:1].upper()}{why[1:]} ({several})", chip, "amber")
    return TableRow(((reason, Cell(), Cell(), Cell()),))


def _new(taking: Taking) -> TableRow:
    note = taking.draft.note
    day = note.happened.local().date().isoformat() if note.happened else ""
    tags = ", ".join(f"#{tag}" for tag in note.tags)
    cells = (Cell(note.heading), *(Cell(each, ink="muted") for each in (note.account, day, tags)))
    return TableRow((cells,), taking.draft.id, note.kind)


def _tr(words: str) -> str:
    return QCoreApplication.translate("TakingOverDialog", words)
