"""Promises as lines to read: in groups by how urgent they are."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QCoreApplication

from fieldnotes.desktop.widgets.day_words import day_words
from fieldnotes.desktop.widgets.due_words import until_words
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.promises import NOW_DUE, Due, Move, PromiseView, State, due
from fieldnotes.domain.until_when import day_of
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.promises import list_promises

SETTLED = 100  # kept and broken ones that are shown


class PromiseLine(msgspec.Struct, frozen=True):
    """One promise in the list; `urgency` says under which heading."""

    view: PromiseView
    urgency: Due

    @property
    def id(self) -> str:
        """Of the promise."""
        return self.view.id


class Listed(msgspec.Struct, frozen=True):
    """Every line in its order, how many of them are due, and when that was so."""

    lines: tuple[PromiseLine, ...]
    due: int
    now: Moment


def read_promises(notebook: Notebook) -> Listed:
    """What the page shows."""
    now = notebook.clock()
    lines = [PromiseLine(view, due(view.promise, now)) for view in list_promises(notebook)]
    lines.sort(key=lambda line: list(Due).index(line.urgency))
    settled = [line for line in lines if line.urgency is Due.SETTLED][SETTLED:]
    shown = lines[: len(lines) - len(settled)]
    count = sum(1 for line in lines if line.view.mine and line.urgency in NOW_DUE)
    return Listed(tuple(shown), count, now)


def heading(urgency: Due) -> str:
    """What stands above a group."""
    return _tr(_HEADINGS[urgency])


def when(line: PromiseLine) -> str:
    """The day at the end of a line, or what became of it."""
    promise = line.view.promise
    if line.urgency is Due.SETTLED:
        return _tr(promise.state)
    return until_words(promise.until)


def about(line: PromiseLine) -> str:
    """Whom it was made to, the customer, what it waits for, why it is as it is."""
    promise = line.view.promise
    to = _tr("to {name}").format(name=promise.to) if promise.to else ""
    waits = promise.depends_on
    waits = _tr("depends on {what}").format(what=waits) if waits else ""
    by = "" if line.view.mine else line.view.author_name
    return "  ·  ".join(filter(None, (to, promise.account, waits, promise.reason, by)))


def moved(move: Move) -> str:
    """'20 Nov 2026 → 27 Nov 2026: finance is late'."""
    before, after = _day(move.before), _day(move.until)
    why = f": {move.why}" if move.why else ""
    return f"{before or _tr('no day')} → {after or _tr('no day')}{why}"


def state_words(view: PromiseView) -> str:
    """What became of it, for who reads it alone."""
    return _tr(_STATES.get(view.promise.state, view.promise.state))


def due_words(count: int) -> str:
    """'2 due'; nothing is said of none."""
    return _tr("{n} due").format(n=count) if count else _tr("Nothing is due")


def _day(until: str) -> str:
    day = day_of(until)
    return day_words(day) if day else until


def _tr(words: str) -> str:
    return QCoreApplication.translate("promises", words)


_HEADINGS = {
    Due.OVERDUE: "Overdue",
    Due.TODAY: "Today",
    Due.WEEK: "This week",
    Due.LATER: "Later",
    Due.NO_DAY: "No day",
    Due.SETTLED: "Kept and broken",
}
_STATES: dict[str, str] = {
    State.OPEN: "Open",
    State.MOVED: "Moved",
    State.KEPT: "Kept",
    State.BROKEN: "Broken",
}
