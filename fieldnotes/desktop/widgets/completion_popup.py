"""The list of names under the cursor; the keyboard stays in the text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleAnnouncementEvent,
    QFontMetrics,
    QMouseEvent,
    QPainter,
    QPixmap,
)
from PySide6.QtWidgets import QFrame, QLabel, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.offers import Offer
from fieldnotes.desktop.widgets.side_bar_model import grouped

_ROW = 30
_PAD = 12
_WIDTH = (240, 420)


class CompletionPopup(QLabel):
    """`chosen` carries the number of the row that was clicked. `lead` stands before every name.

    A picture of itself: every key has it painted anew over the text, and that needs no Python.
    """

    chosen = Signal(int)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._offers: list[Offer] = []
        self.lead = ""
        self._row = -1
        self._ground = QFrame(self)
        self._ground.setProperty("overlay", True)
        self._ground.hide()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setMouseTracking(True)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.hide()

    def offer(self, offers: Sequence[Offer], row: int) -> None:
        """Fill it; `row` -1 chooses none until Down is pressed."""
        self._offers, self._row = list(offers), row
        width = max((self._wanted_width(each) for each in offers), default=0)
        self.resize(
            min(max(width, _WIDTH[0]), _WIDTH[1]),
            len(offers) * _ROW + 2 * self._ground.frameWidth() + 8,
        )
        self._tell()
        self._draw_anew()

    def show_at(self, window: QWidget, under: QRect) -> None:
        """Show it below `under`, a place in `window`, or above it where there is no room."""
        if self.parent() is not window:
            self.setParent(window)
        left = min(under.left() - _PAD, window.width() - self.width() - 8)
        top = under.bottom() + 6
        if top + self.height() > window.height() - 4:
            top = max(4, under.top() - 6 - self.height())
        self.move(QPoint(max(8, left), top))
        self.show()
        self.raise_()

    def offers(self) -> list[Offer]:
        """What is offered now, from the top."""
        return list(self._offers)

    def row(self) -> int:
        """The chosen row, or -1."""
        return self._row

    def step(self, by: int) -> None:
        """Choose the next or the last row, round the ends."""
        count = len(self._offers)
        self._row = (self._row + by) % count if self._row >= 0 else (0 if by > 0 else count - 1)
        self._tell()
        self._draw_anew()

    def sizeHint(self) -> QSize:
        return self.size()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().toPoint())
        if row >= 0:
            self._row = row
            self._draw_anew()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().toPoint())
        if row >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit(row)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and self._offers:
            self._draw_anew()

    def _draw_anew(self) -> None:
        self.setPixmap(self._drawn())

    def _drawn(self) -> QPixmap:
        self._ground.resize(self.size())
        ground = self._ground.grab()
        picture = QPixmap(ground.size())
        picture.setDevicePixelRatio(ground.devicePixelRatio())
        picture.fill(theme.color("surface"))  # the corners too: Qt paints no text below it
        painter = QPainter(picture)
        painter.drawPixmap(0, 0, ground)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, offer in enumerate(self._offers):
            self._draw_row(painter, self._place(number), offer, number == self._row)
        painter.end()
        return picture

    def _draw_row(self, painter: QPainter, place: QRect, offer: Offer, chosen: bool) -> None:
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("selection"))
            painter.drawRoundedRect(place, 4, 4)
        inner = place.adjusted(_PAD - 4, 0, -_PAD + 4, 0)
        if offer.notes is None:
            painter.setFont(theme.font())
            painter.setPen(theme.color("accent"))
            self._draw(painter, inner, self.new_words(offer))
            return
        count = offer.notes if isinstance(offer.notes, str) else grouped(offer.notes)
        painter.setFont(theme.font(figures=True))
        painter.setPen(theme.color("muted"))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, right, count)
        inner.setRight(inner.right() - painter.fontMetrics().horizontalAdvance(count) - 12)
        painter.setPen(theme.color("text"))
        first, last = offer.bold
        pieces = ((self.lead + offer.name[:first], False), (offer.name[first:last], True))
        for words, bold in (*pieces, (offer.name[last:], False)):
            painter.setFont(theme.font(bold=bold))
            inner.setLeft(self._draw(painter, inner, words))

    def _draw(self, painter: QPainter, place: QRect, words: str) -> int:
        metrics = painter.fontMetrics()
        room = max(0, place.width())
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, flags | Qt.TextFlag.TextSingleLine, shown)
        return place.left() + metrics.horizontalAdvance(shown)

    def new_words(self, offer: Offer) -> str:
        """What is said of a name that is new."""
        return offer.name

    def _wanted_width(self, offer: Offer) -> int:
        words = f"{self.lead}{offer.name}  {offer.notes}"
        words = self.new_words(offer) if offer.notes is None else words
        return QFontMetrics(theme.font(bold=True)).horizontalAdvance(words) + 2 * _PAD + 24

    def _place(self, number: int) -> QRect:
        edge = self._ground.frameWidth() + 4
        return QRect(edge, edge + number * _ROW, self.width() - 2 * edge, _ROW)

    def _row_at(self, point: QPoint) -> int:
        return next(
            (row for row in range(len(self._offers)) if self._place(row).contains(point)), -1
        )

    def _tell(self) -> None:
        """Say the chosen row to a screen reader: the focus never comes here."""
        if self._row < 0:
            return
        offer = self._offers[self._row]
        words = self.new_words(offer) if offer.notes is None else f"{self.lead}{offer.name}"
        self.setAccessibleName(words)
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, words))
