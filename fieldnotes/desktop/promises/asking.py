"""What has to be said when a promise is moved, broken or changed: asked on the page, in place."""

from __future__ import annotations

from enum import Enum, auto
from itertools import pairwise

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.due_words import until_words
from fieldnotes.desktop.widgets.panel import FieldGrid, Panel
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.promises import Promise
from fieldnotes.domain.until_when import read_until, say_until


class Asked(Enum):
    """For what."""

    MOVED = auto()
    BROKEN = auto()
    CHANGED = auto()


class Answer(msgspec.Struct, frozen=True):
    """What was said; `promise` as it would be after a change, `until` ISO, `why` the reason."""

    asked: Asked
    promise: Promise
    until: str = ""
    why: str = ""


class Asking(Panel):
    """Hidden until `ask`. `answered` carries an Answer; `left` when it goes away, whatever for."""

    answered = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(" ", parent)
        self._asked, self._promise, self._now = Asked.BROKEN, Promise(), Moment(0)
        self.lines: dict[str, QLineEdit] = {}
        self._grid = FieldGrid(label_width=96)
        self._read = theme.label(ink="muted", size="small")
        self.save = button(self.tr("&Save"), "primary")
        self.leave = button(self.tr("&Leave it"))
        self.save.clicked.connect(self._on_saved)
        self.leave.clicked.connect(self._leave)
        row = QHBoxLayout()
        row.setContentsMargins(104, 4, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.save)
        row.addWidget(self.leave)
        row.addStretch()
        self.body.addWidget(self._grid)
        self.body.addLayout(row)
        self.hide()

    def ask(self, asked: Asked, promise: Promise, now: Moment) -> None:
        """Ask what is needed, with the keyboard on the first line."""
        self._asked, self._promise, self._now = asked, promise, now
        self.set_heading(self._headings()[asked])
        self._grid.clear()
        self.lines = {}
        self._read = theme.label()
        for name, label, hint, words in self._fields():
            line = QLineEdit(words)
            line.setCursorPosition(0)
            line.setPlaceholderText(hint)
            line.setAccessibleName(label)
            line.textChanged.connect(self._say_day)
            line.returnPressed.connect(self._on_saved)
            self._grid.add(label, line)
            self.lines[name] = line
            if name == "until":
                self._read = theme.label(ink="muted", size="small")
                self._grid.add("", self._read)
        for one, following in pairwise([*self.lines.values(), self.save, self.leave]):
            QWidget.setTabOrder(one, following)
        self._say_day()
        self.show()
        first = next(iter(self.lines.values()))
        first.setFocus(Qt.FocusReason.PopupFocusReason)

    def read_day(self) -> str:
        """How the day was understood."""
        return self._read.text()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _headings(self) -> dict[Asked, str]:
        return {
            Asked.MOVED: self.tr("Until when now?"),
            Asked.BROKEN: self.tr("Why will it not be done?"),
            Asked.CHANGED: self.tr("Change the promise"),
        }

    def _fields(self) -> list[tuple[str, str, str, str]]:
        """(name, label, hint, words) of what is asked."""
        promise = self._promise
        day = self.tr("Friday, 27.11., end of month")
        until = ("until", self.tr("Until"), day, say_until(promise.until, self._now))
        why = ("why", self.tr("Why"), self.tr("for you alone, if you like"), "")
        match self._asked:
            case Asked.MOVED:
                return [(*until[:3], ""), why]
            case Asked.BROKEN:
                return [why]
            case Asked.CHANGED:
                return [
                    ("what", self.tr("What"), "", promise.what),
                    ("to", self.tr("To whom"), "", promise.to),
                    ("account", self.tr("Account"), "", promise.account),
                    until,
                    ("depends_on", self.tr("Depends on"), "", promise.depends_on),
                ]

    def _words(self, name: str) -> str:
        line = self.lines.get(name)
        return line.text().strip() if line else ""

    def _until(self) -> str | None:
        """The day in ISO; None where it cannot be read."""
        words = self._words("until")
        if words == say_until(self._promise.until, self._now):
            return self._promise.until
        return read_until(words, self._now) if words else ""

    def _say_day(self) -> None:
        until = self._until()
        needed = self._asked is Asked.MOVED
        good = until is not None and bool(until or not needed)
        words = until_words(until or "")
        if until is None:
            words = self.tr("This is not a day. Write it like Friday or 27.11.")
        self._read.setText(words)
        theme.styled(self._read, ink="amber_text" if until is None else "muted")
        said = self._asked is not Asked.CHANGED or bool(self._words("what"))
        self.save.setEnabled(said and (good or "until" not in self.lines))

    def _on_saved(self) -> None:
        if not self.save.isEnabled():
            return
        changed = {name: self._words(name) for name in self.lines if name not in ("why", "until")}
        until = self._until() or ""
        if self._asked is Asked.CHANGED:
            changed["until"] = until
        promise = msgspec.structs.replace(self._promise, **changed)
        answer = Answer(self._asked, promise, until, self._words("why"))
        self._leave()
        self.answered.emit(answer)

    def _leave(self) -> None:
        self.hide()
        self.left.emit()
