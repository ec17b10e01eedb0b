"""The line along the bottom of a window: is everything safe, and what else there is to know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from fieldnotes.desktop import theme

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QMouseEvent, QPaintEvent

State = Literal["good", "busy", "warn", "bad"]

_INKS: dict[State, str] = {
    "good": "green_text",
    "busy": "muted",
    "warn": "amber_text",
    "bad": "red_text",
}
_DOTS: dict[State, str] = {"good": "win", "busy": "faint", "warn": "objection", "bad": "competitor"}
_PAD = 16
_GAP = 20


class StatusLine(QWidget):
    """A dot with a word on how things are, further words, and a hint on the right.

    `clicked` carries the number of the further words that somebody clicked.
    """

    clicked = Signal(int)

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state: State = "good"
        self._word = ""
        self._texts: tuple[str, ...] = ()
        self._hint = hint
        self._places: list[QRect] = []
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._retell()

    def set_state(self, word: str, state: State = "good") -> None:
        """Say how things are, such as 'Saved on this laptop'."""
        self._word, self._state = word, state
        self._retell()

    def set_texts(self, texts: Iterable[str]) -> None:
        """The further words, from the left."""
        self._texts = tuple(texts)
        self._retell()

    def set_hint(self, hint: str) -> None:
        """The words on the right."""
        self._hint = hint
        self._retell()

    def sizeHint(self) -> QSize:
        return QSize(400, 28)

    def minimumSizeHint(self) -> QSize:
        return QSize(120, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), QColor(tokens.raised))
        painter.fillRect(QRect(0, 0, self.width(), 1), QColor(tokens.line))
        painter.setFont(theme.font("small"))
        place = self.rect().adjusted(_PAD, 1, -_PAD, 0)
        if self._word:
            place.setLeft(self._draw_state(painter, place))
        painter.setPen(QColor(tokens.muted))
        self._draw_rest(painter, place)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        over = self._hit(event) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        hit = self._hit(event)
        if hit is not None and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(hit)

    def _hit(self, event: QMouseEvent) -> int | None:
        place = event.position().toPoint()
        hits = (number for number, box in enumerate(self._places) if box.contains(place))
        return next(hits, None)

    def _draw_state(self, painter: QPainter, place: QRect) -> int:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(_DOTS[self._state]))
        painter.drawEllipse(QPointF(place.left() + 4, place.center().y() + 0.5), 4, 4)
        painter.setPen(theme.color(_INKS[self._state]))
        return self._draw_words(painter, place.adjusted(14, 0, 0, 0), self._word)

    def _draw_rest(self, painter: QPainter, place: QRect) -> None:
        hint = painter.fontMetrics().horizontalAdvance(self._hint)
        if self._hint and hint < place.width() // 2:
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, right, self._hint)
            place.setRight(place.right() - hint - _GAP)
        self._places = []
        for words in self._texts:
            if place.width() < 40:
                return
            end = self._draw_words(painter, place, words)
            self._places.append(QRect(place.left(), 0, end - _GAP - place.left(), self.height()))
            place.setLeft(end)

    def _draw_words(self, painter: QPainter, place: QRect, words: str) -> int:
        metrics = QFontMetrics(painter.font())
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, max(place.width(), 0))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, flags, shown)
        return place.left() + metrics.horizontalAdvance(shown) + _GAP

    def _retell(self) -> None:
        told = [word for word in (self._word, *self._texts, self._hint) if word]
        self.setAccessibleName(", ".join(told))
        self.update()
