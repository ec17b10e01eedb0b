"""The row that says when the same thing was logged before; it never stands in the way of saving."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.buttons import SignLabel, button
from fieldnotes.desktop.widgets.day_words import day_words, short_day
from fieldnotes.desktop.widgets.primary_button import key_words
from fieldnotes.domain.notes import Note
from fieldnotes.domain.views import NoteView

SHOW_KEYS, SAME_KEYS, DIFFER_KEYS = "Alt+W", "Alt+I", "Alt+N"
_MOST = 480  # letters of the earlier note
_BELOW = 12  # free, as the row stands right on the footer


class SaidBeforeRow(QWidget):
    """Hidden until `offer`; `same` or `different` when a person says which. `left` when the
    keyboard should go back to the text.
    """

    same = Signal()
    different = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._offered: NoteView | None = None
        self._words, self._text = theme.label(), theme.label(ink="muted")
        for label in (self._words, self._text):
            label.setWordWrap(True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.unfold = button(self.tr("Show"), "flat")
        self.unfold.setCheckable(True)
        self.link = button(self.tr("It is the same"), "flat")
        self.differ = button(self.tr("Not the same"), "flat")
        for made, keys in zip(self.buttons(), (SHOW_KEYS, SAME_KEYS, DIFFER_KEYS), strict=True):
            made.setToolTip(key_words(keys))
        self.unfold.toggled.connect(self._on_unfolded)
        self.link.clicked.connect(self.same)
        self.differ.clicked.connect(self.different)
        self._lay_out()
        self.hide()

    def buttons(self) -> tuple[QWidget, ...]:
        """What can be pressed, from the left."""
        return self.unfold, self.link, self.differ

    def offer(self, view: NoteView | None, today: date) -> None:
        """Speak of this earlier note in place of another; None speaks of none."""
        before, self._offered = self._offered, view
        if view is None:
            had_keyboard = self._has_keyboard()
            self.hide()
            if had_keyboard:
                self.left.emit()
            return
        if before is None or before.id != view.id:
            self.unfold.setChecked(False)
        self._words.setText(self._told(view, today))
        self._text.setText(_cut(view.note))
        self.setAccessibleName(self._words.text())
        self.show()

    def offered(self) -> NoteView | None:
        """The earlier note that is spoken of now."""
        return self._offered

    def words(self) -> str:
        """What is said now; '' when nothing is."""
        return self._words.text() if self._offered else ""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("selection"))
        box = QRectF(self.rect()).adjusted(0, 0, 0, -_BELOW)
        painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)

    def _told(self, view: NoteView, today: date) -> str:
        when = view.happened.local().date()
        day = self.tr("on {day}").format(day=_day(when, today))
        if when == today:
            day = self.tr("today")
        elif (today - when).days == 1:
            day = self.tr("yesterday")
        if view.mine:
            return self.tr("You logged something like this {day}.").format(day=day)
        words = self.tr("{who} logged something like this {day}.")
        return words.format(who=view.author_name, day=day)

    def _has_keyboard(self) -> bool:
        return any(made.hasFocus() for made in self.buttons())

    def _on_unfolded(self, shown: bool) -> None:
        self._text.setVisible(shown)
        words = self.tr("Hide") if shown else self.tr("Show")
        self.unfold.setText(words)
        self.unfold.setAccessibleName(words)

    def _lay_out(self) -> None:
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(SignLabel("all-notes", "accent", 14))
        first.addWidget(self._words, 1)
        for made in self.buttons():
            first.addWidget(made)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 6, 8, 6 + _BELOW)
        column.setSpacing(4)
        column.addLayout(first)
        self._text.setContentsMargins(22, 0, 8, 4)
        column.addWidget(self._text)
        self._text.hide()


def _day(when: date, today: date) -> str:
    return short_day(when) if when.year == today.year else day_words(when)


def _cut(note: Note) -> str:
    """The beginning of the earlier note, its quotes first."""
    quotes = [f"“{quote.text}”" for quote in note.quotes]
    text = " ".join([*quotes, note.text or note.text_redacted or note.title]).strip()
    return text if len(text) <= _MOST else f"{text[:_MOST].rstrip()}…"
