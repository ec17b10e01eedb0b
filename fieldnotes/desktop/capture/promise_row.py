"""One promise to write: what, to whom, until when, what it depends on."""

from __future__ import annotations

from msgspec.structs import replace
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.capture.field_rows import LineField
from fieldnotes.desktop.widgets.buttons import SignLabel, icon_button
from fieldnotes.desktop.widgets.due_words import until_words
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.promises import Promise, PromiseDraft
from fieldnotes.domain.until_when import day_of, read_until, say_until

_BAR = 3


class PromiseRow(QWidget):
    """`edited` after every key; `dropped` when a person takes it away."""

    edited = Signal()
    dropped = Signal()

    def __init__(self, draft: PromiseDraft, now: Moment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._draft, self._now = draft, now
        self.what = LineField(self.tr("What you promised"), self.tr("What you promised"))
        self.drop = icon_button("close", self.tr("Take this promise away"))
        self.to = LineField(self.tr("To whom"), self.tr("name or role"))
        self.until = LineField(self.tr("Until when"), self.tr("Friday, 27.11., end of month"))
        self.depends_on = LineField(self.tr("Depends on"), self.tr("what must happen first"))
        self._read = theme.label(ink="muted", size="small")
        self._fill(draft.promise)
        self._lay_out()
        for line in (self.what, self.to, self.until, self.depends_on):
            line.textEdited.connect(self._on_edited)
        self.drop.clicked.connect(self.dropped)
        self.setFocusProxy(self.what)
        self.setAccessibleName(self.tr("Promise"))

    def draft(self) -> PromiseDraft:
        """The promise as it is written now; a day that cannot be read stays as its words."""
        return replace(self._draft, promise=self.promise())

    def promise(self) -> Promise:
        """What the lines say."""
        return replace(
            self._draft.promise,
            what=self.what.text().strip(),
            to=self.to.text().strip(),
            until=self._until(),
            depends_on=self.depends_on.text().strip(),
        )

    def says_nothing(self) -> bool:
        """Whether nobody wrote anything."""
        lines = (self.what, self.to, self.until, self.depends_on)
        return not any(line.text().strip() for line in lines)

    def read_day(self) -> str:
        """What stands below the day: how it was understood."""
        return self._read.text()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        shape, square = QPainterPath(), QPainterPath()
        shape.addRoundedRect(box, theme.RADIUS, theme.RADIUS)
        square.addRect(box.adjusted(0, 0, -theme.RADIUS, 0))
        painter.fillPath(shape.united(square), theme.color("raised"))
        painter.fillRect(QRectF(0, 0, _BAR, self.height()), theme.color("accent"))

    def _until(self) -> str:
        """Only words that were changed are read again: weekdays move on."""
        words = self.until.text().strip()
        if words == say_until(self._draft.promise.until, self._now):
            return self._draft.promise.until
        return read_until(words, self._now) or words

    def _fill(self, promise: Promise) -> None:
        for line, words in (
            (self.what, promise.what),
            (self.to, promise.to),
            (self.until, say_until(promise.until, self._now)),
            (self.depends_on, promise.depends_on),
        ):
            line.setText(words)
            line.setCursorPosition(0)
        self._say_day()

    def _say_day(self) -> None:
        until = self._until()
        known = not until or day_of(until) is not None
        words = until_words(until) if known else self.tr("not a day: write it like 27.11.")
        self._read.setText(words)
        theme.styled(self._read, ink="muted" if known else "amber_text", size="small")

    def _on_edited(self) -> None:
        self._say_day()
        self.edited.emit()

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(_BAR + 14, 6, 8, 8)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(SignLabel("promise", "accent", 14))
        first.addWidget(self.what, 1)
        first.addWidget(self.drop)
        grid.addLayout(first, 0, 0, 1, 6)
        labels = (self.tr("To"), self.tr("Until"), self.tr("Depends on"))
        lines = (self.to, self.until, self.depends_on)
        for at, (words, line) in enumerate(zip(labels, lines, strict=True)):
            label = theme.label(words, ink="muted", size="small")
            label.setBuddy(line)
            grid.addWidget(label, 1, 2 * at)
            grid.addWidget(line, 1, 2 * at + 1)
            grid.setColumnStretch(2 * at + 1, 1)
        grid.addWidget(self._read, 2, 3, 1, 3, Qt.AlignmentFlag.AlignLeft)
