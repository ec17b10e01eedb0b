"""What the last screen of sending says of each note, in words."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication

from fieldnotes.desktop.file_desk import size_words
from fieldnotes.desktop.icons import sign_of
from fieldnotes.desktop.widgets.plain_table_model import Cell, TableRow
from fieldnotes.operations.leaving import Item
from fieldnotes.operations.sending_plans import SendingPlan

_REMOVALS = {
    "wrong": "I was wrong",
    "consent": "customer withdrew consent",
    "erase": "erased",
}
_FIELDS = {"email": "e-mail"}


def exceptions(plan: SendingPlan) -> list[TableRow]:
    """Everything that is not simply sent whole: hidden first, then not sent, labelled, removed."""
    shown = [item for item in plan.items if not is_whole(item)]
    return [_row(item) for item in sorted(shown, key=_rank)]


def sent_whole(plan: SendingPlan) -> list[TableRow]:
    """The rest."""
    return [_row(item) for item in plan.items if is_whole(item)]


def is_whole(item: Item) -> bool:
    """Whether a note goes as it is and nothing needs to be said about it."""
    return not (item.hidden or item.not_sent or item.label or item.removal)


def counts(plan: SendingPlan) -> tuple[int, int, int, int]:
    """(with something hidden, not sent, removals, sent whole)."""
    hidden = sum(1 for item in plan.items if item.hidden and not item.removal)
    not_sent = sum(1 for item in plan.items if item.not_sent)
    removals = sum(1 for item in plan.sent if item.removal)
    return hidden, not_sent, removals, len(plan.items) - hidden - not_sent - removals


def files(plan: SendingPlan) -> str:
    """How many attached files go along, and how large they are together."""
    several = len(plan.files) > 1
    words = _tr("{n} attached files, {size}") if several else _tr("1 attached file, {size}")
    return words.format(n=len(plan.files), size=size_words(sum(plan.files.values())))


def besides() -> str:
    """What a bundle tells of every note beside what it says, and of itself."""
    return _tr(
        "Also in the file: its number and when it was made; the name and public key of whoever"
        " wrote a note, and the number of their device; when each note was written and changed,"
        " how often, and who may see what of it."
    )


def hidden_words(fields: Iterable[str]) -> str:
    """Names of fields, those of one family together: 'Contact: name, e-mail'."""
    families: dict[str, list[str]] = {}
    for field in fields:
        family, _, part = field.partition(": ")
        families.setdefault(family, []).append(_FIELDS.get(part, part))
    told = []
    for family, parts in families.items():
        inner = ", ".join(filter(None, parts))
        told.append(f"{family}: {inner}" if inner else family)
    return "; ".join(told)


def _rank(item: Item) -> int:
    if item.hidden and not item.removal:
        return 0
    if item.not_sent:
        return 1
    return 2 if item.label else 3


def _row(item: Item) -> TableRow:
    lines = list(_told(item)) or [(Cell(), Cell())]
    whole = [(Cell(item.heading), Cell(item.account, ink="muted"), *lines[0])]
    more = [(Cell(), Cell(), *line) for line in lines[1:]]
    return TableRow((*whole, *more), item.id, sign_of(item.kind), bold=not item.not_sent)


def _told(item: Item) -> Iterable[tuple[Cell, Cell]]:
    if item.not_sent:
        yield Cell(chip=_tr("not sent")), Cell(item.not_sent, ink="muted")
        return
    if item.removal:
        reason = _tr(_REMOVALS.get(item.removal, item.removal))
        yield Cell(chip=_tr("removal"), role="amber"), Cell(reason, ink="muted")
        return
    reasons: dict[str, list[str]] = {}
    for field, why in item.hidden:
        reasons.setdefault(why, []).append(field)
    for why, fields in reasons.items():
        hidden = Cell(hidden_words(fields), _tr("hidden"), "amber")
        yield hidden, Cell(why, ink="muted")
    if item.label:
        label, _, why = item.label.partition(": ")
        yield Cell(label, _tr("label")), Cell(why.capitalize(), ink="muted")


def _tr(words: str) -> str:
    return QCoreApplication.translate("CheckingStep", words)
