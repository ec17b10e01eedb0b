"""What is about to be sent and for whom, in one line above the last look."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from fieldnotes.desktop.widgets.chips import Chip
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.domain.promises import TYPE as PROMISE
from fieldnotes.operations.people_along import TYPES as ABOUT_PEOPLE
from fieldnotes.operations.sending_plans import SendingPlan


def summary(plan: SendingPlan, who: str) -> list[str | Chip]:
    """'14 of 16 notes tagged #pricing for Marketing. Anyone who has the file can read it. …'

    `who` can read it, in one sentence.
    """
    selection = plan.selection
    chosen = [item for item in plan.items if item.kind not in (PROMISE, *ABOUT_PEOPLE)]
    sent = sum(1 for item in chosen if not item.not_sent)
    promises = sum(1 for item in plan.items if item.kind == PROMISE and not item.not_sent)
    words = _tr("{n} notes") if len(chosen) != 1 else _tr("1 note")
    if sent < len(chosen):
        words = _tr("{sent} of {n} notes") if len(chosen) != 1 else _tr("0 of 1 note")
    if promises:
        words += _tr(" and {p} promises") if promises != 1 else _tr(" and 1 promise")
    if any(item.kind in ABOUT_PEOPLE for item in plan.items):
        words += _tr(" with who is who")
    counts = {"n": grouped(len(chosen)), "sent": grouped(sent), "p": grouped(promises)}
    parts: list[str | Chip] = [words.format(**counts)]
    if selection.tags:
        parts[0] = f"{parts[0]} " + _tr("tagged")
        parts += [Chip(f"#{tag}", "accent") for tag in selection.tags]
    if selection.recipient:
        parts.append(_tr("for {name}.").format(name=selection.recipient))
    else:
        parts.append(".")
    parts.append(who)
    parts.append(_tr("Exactly this is in it, and nothing else."))
    return _joined(parts)


def _joined(parts: list[str | Chip]) -> list[str | Chip]:
    """Words that follow each other become one label."""
    joined: list[str | Chip] = []
    for part in parts:
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            gap = "" if part == "." else " "
            joined[-1] = f"{joined[-1]}{gap}{part}"
        else:
            joined.append(part)
    return joined


def _tr(words: str) -> str:
    return QCoreApplication.translate("SendingDialog", words)
