"""Lines to click: a sign, words, how many with a bar, or when; one Tab stop for all of them."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from fieldnotes.desktop import icons, theme
from fieldnotes.desktop.widgets.buttons import Pressable
from fieldnotes.desktop.widgets.chip_look import ChipRole, chip_look, chip_width, draw_chip
from fieldnotes.desktop.widgets.marked_line import one_line
from fieldnotes.desktop.widgets.side_bar_model import grouped

_PAD = 8
_SIGN = 14
_GAP = 10
_ROW = 32
_SECOND = 18
_STEPS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Line(msgspec.Struct, frozen=True):
    """`lead` stands before all (a day), the lines of `detail` below the words, `heading` above.

    `count` draws a bar of `parts` (token of a colour, how many), as long as its share of the
    largest count of the list.
    """

    key: str
    words: str
    detail: str = ""
    sign: str = ""
    lead: str = ""
    tail: str = ""
    chip: str = ""
    chip_role: ChipRole = "grey"
    count: int | None = None
    parts: tuple[tuple[str, int], ...] = ()
    bold: bool = False
    heading: str = ""

    @classmethod
    def bar(cls, key: str, words: str, count: int, sign: str) -> Line:
        """A line with a bar in the colour of its sign."""
        return cls(key, words, sign=sign, count=count, parts=((sign, count),))

    @property
    def details(self) -> list[str]:
        """The lines below the words."""
        return [line for line in self.detail.split("\n") if line]

    @property
    def read(self) -> str:
        """As a screen reader says it."""
        count = "" if self.count is None else grouped(self.count)
        parts = (self.lead, self.words, self.chip, self.detail, count, self.tail)
        return ", ".join(one_line(part) for part in parts if part)


class LineButton(Pressable):
    """One of them."""

    def __init__(self, line: Line, owner: LineList) -> None:
        super().__init__(one_line(line.words), owner)
        self.line = line
        self._list = owner
        self.setCheckable(False)
        self.setAccessibleName(line.read)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(320, _ROW + _SECOND * len(self.line.details))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        self.draw_ground(painter, 6, tokens.hover if self.underMouse() else None, None)
        first = QRect(_PAD, 0, self.width() - 2 * _PAD, _ROW)
        left = first.left()
        if self._list.lead_width:
            place = QRect(left, 0, self._list.lead_width, _ROW)
            _words(painter, place, self.line.lead, theme.font("small", figures=True), "muted")
            left += self._list.lead_width + _GAP
        if self.line.sign:
            sign = icons.pixmap(self.line.sign, None, _SIGN, self.devicePixelRatioF())
            painter.drawPixmap(left, (_ROW - _SIGN) // 2, sign)
            left += _SIGN + _GAP
        right = self._draw_right(painter, first)
        font = theme.font(bold=self.line.bold)
        _words(painter, QRect(left, 0, right - left, _ROW), self.line.words, font, "text")
        for number, detail in enumerate(self.line.details):
            place = QRect(left, _ROW - 6 + number * _SECOND, first.right() - left, _SECOND)
            _words(painter, place, detail, theme.font("small"), "muted")

    def _draw_right(self, painter: QPainter, first: QRect) -> int:
        """Count, bar, chip and tail from the right; returns where they begin."""
        right = first.right() + 1
        figures = theme.font("small", figures=True)
        if self.line.count is not None:
            place = QRect(right - self._list.count_width, 0, self._list.count_width, _ROW)
            _words(painter, place, grouped(self.line.count), figures, "muted", right=True)
            right = place.left() - 8
            right = self._draw_bar(painter, right)
        if self.line.tail:
            width = QFontMetrics(figures).horizontalAdvance(self.line.tail) + 1
            _words(painter, QRect(right - width, 0, width, _ROW), self.line.tail, figures, "muted")
            right -= width + _GAP
        if self.line.chip:
            look = chip_look(self.line.chip_role)
            width = chip_width(self.line.chip, bold=look.pill)
            box = QRect(right - width, (_ROW - 20) // 2, width, 20)
            draw_chip(painter, box, self.line.chip, look)
            right -= width + _GAP
        return right

    def _draw_bar(self, painter: QPainter, right: int) -> int:
        tokens = theme.current()
        room = min(self.width() * 2 // 5, 240)
        box = QRectF(right - room, (_ROW - 8) / 2, room, 8)
        painter.setPen(Qt.PenStyle.NoPen)
        left = box.left()
        parts = self.line.parts or (("accent", self.line.count or 0),)
        for role, count in parts:
            width = room * count / max(self._list.largest, 1)
            if width > 0:
                painter.setBrush(QColor(getattr(tokens, role)))
                piece = QRectF(left, box.top(), max(width - 1, 2), box.height())
                painter.drawRoundedRect(piece, 2, 2)
                left += width
        return int(box.left()) - _GAP


class LineList(QWidget):
    """Shows `Line`s below each other; `chosen` carries the key of the one a person opened.

    Tab comes in once, Up and Down go along, Enter or Space opens.
    """

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.largest = 0
        self.count_width = 0
        self.lead_width = 0
        self._buttons: list[LineButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_lines(self, lines: Iterable[Line]) -> None:
        """Show these in place of what was there."""
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        shown = list(lines)
        small = QFontMetrics(theme.font("small", figures=True))
        counts = [line.count or 0 for line in shown]
        self.largest = max(counts, default=0)
        self.count_width = max((small.horizontalAdvance(grouped(n)) for n in counts), default=0) + 2
        self.lead_width = max((small.horizontalAdvance(line.lead) for line in shown), default=0)
        self._buttons = []
        for line in shown:
            button = LineButton(line, self)
            button.clicked.connect(lambda _on=False, key=line.key: self.chosen.emit(key))
            button.setFocusPolicy(
                Qt.FocusPolicy.ClickFocus if self._buttons else Qt.FocusPolicy.StrongFocus
            )
            self._buttons.append(button)
            if line.heading:
                label = theme.label(line.heading, ink="muted", size="small", bold=True)
                label.setContentsMargins(_PAD, 12 if self._column.count() else 4, _PAD, 2)
                self._column.addWidget(label)
            self._column.addWidget(button)

    def buttons(self) -> list[LineButton]:
        """The lines in their order."""
        return list(self._buttons)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()), 0)
        here = next((at for at, button in enumerate(self._buttons) if button.hasFocus()), -1)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and here >= 0:
            QAbstractButton.click(self._buttons[here])
        elif step and here >= 0 and 0 <= here + step < len(self._buttons):
            for button in self._buttons:
                button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            there = self._buttons[here + step]
            there.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            there.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)


def _words(
    painter: QPainter, place: QRect, words: str, font: QFont, ink: str, *, right: bool = False
) -> None:
    painter.setFont(font)
    painter.setPen(theme.color(ink))
    side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
    cut = QFontMetrics(font).elidedText(
        one_line(words), Qt.TextElideMode.ElideRight, max(place.width(), 0) + 1
    )
    painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, cut)
