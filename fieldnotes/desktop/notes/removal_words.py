"""What happens to the copies of a note that is removed, in plain words."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.operations.removing import Removing

_NAMED = 4


def copies_words(told: Removing) -> str:
    """Who has a copy and when they hear of it, one sentence for each case."""
    parts = [_people(told.people)] if told.people else []
    if told.unnamed:
        parts.append(
            _tr("A file without a name on it went out: whoever has it hears with your next file.")
        )
    if told.sheets:
        parts.append(_tr("Sheets and pages that you made stay as they are: ask for them back."))
    if told.own:
        parts.append(_tr("A file for yourself still holds it; reading it in brings nothing back."))
    return " ".join(parts) or _tr("Nobody else has a copy.")


def mass_words(told: Removing) -> str:
    """Why a yes has to be typed."""
    words = _tr("These are {n} of your {all} notes. Type {yes} to go on.")
    return words.format(n=grouped(told.count), all=grouped(told.own_notes), yes=yes())


def yes() -> str:
    """What is typed."""
    return _tr("yes")


def _people(names: tuple[str, ...]) -> str:
    if len(names) == 1:
        words = _tr("{name} has a copy, and is told the next time you send there.")
        return words.format(name=names[0])
    shown = ", ".join(names[:_NAMED])
    if len(names) > _NAMED:
        shown = _tr("{names} and {n} more").format(names=shown, n=len(names) - _NAMED)
    words = _tr("{n} people have a copy ({names}): they are told the next time you send to them.")
    return words.format(n=len(names), names=shown)


def _tr(words: str) -> str:
    return QCoreApplication.translate("RemovalChoice", words)
