"""What withdrawing notes everywhere would do, in the words and rows of its dialog."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from fieldnotes.desktop import icons
from fieldnotes.desktop.widgets.plain_table_model import Cell, Column, TableRow
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.domain.ledger import Whom
from fieldnotes.operations.leaving import Item
from fieldnotes.operations.removing import Removing
from fieldnotes.operations.withdrawing import Withdrawal


def heading(plan: Withdrawal) -> str:
    """What is asked."""
    several = len(plan.removed) + len(plan.before)
    if not plan.removed:
        return _tr("Tell who has a copy")
    one, many = _tr("Withdraw this note everywhere?"), _tr("Withdraw {n} notes everywhere?")
    return (one if several == 1 else many).format(n=grouped(several))


def note(plan: Withdrawal) -> str:
    """How many files are made, and what nothing follows."""
    files = len(plan.letters)
    parts = [_tr("Nobody else has a copy: it is only removed here.")]
    if files:
        one = _tr(
            "A file is made for you to hand over. It says what is removed, and holds no notes."
        )
        many = _tr(
            "{n} files are made, one for each who has a copy, for you to hand over. They say what"
            " is removed, and hold no notes."
        )
        parts = [(one if files == 1 else many).format(n=grouped(files))]
    elif not plan.removed:
        parts = [_tr("Everybody who has a copy was told.")]
    if plan.sheets:
        names = ", ".join(map(person, plan.sheets))
        sheets = _tr("Sheets and pages that {who} has stay: ask for them back.")
        parts.append(sheets.format(who=names))
    return " ".join(parts)


def mass(told: Removing) -> str:
    """Why a yes has to be typed."""
    words = _tr("These are {n} of your {all} notes. Type {yes} to go on.")
    return words.format(n=grouped(told.count), all=grouped(told.own_notes), yes=yes())


def yes() -> str:
    """What is typed."""
    return _tr("yes")


def rows(plan: Withdrawal) -> tuple[tuple[Column, ...], list[TableRow]]:
    """Every removal that leaves, by whom it is for; then what is only removed here."""
    made = [_leaving(item, letter.whom) for letter in plan.letters for item in letter.plan.items]
    told = {item.id for letter in plan.letters for item in letter.plan.items}
    nobody = Cell(_tr("Nobody else has it"), ink="muted")
    here = Cell(_tr("It is removed here"), ink="muted")
    made += [
        TableRow(((Cell(each.heading), nobody, here),), sign="note")
        for each in plan.removed
        if each.id not in told
    ]
    columns = (
        Column(_tr("Note"), 48),
        Column(_tr("To whom"), 24),
        Column(_tr("What leaves"), 28),
    )
    return columns, made


def person(whom: Whom) -> str:
    """Somebody who has a copy."""
    if whom.name:
        return whom.name
    return _tr("Yourself") if whom.own else _tr("Somebody you did not name")


def _leaving(item: Item, whom: Whom) -> TableRow:
    what = Cell(item.not_sent or _tr("That it is removed, and why"), ink="muted")
    return TableRow(
        ((Cell(item.heading), Cell(person(whom)), what),), sign=icons.sign_of(item.kind)
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("WithdrawingDialog", words)
