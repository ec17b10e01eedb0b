"""A person as the program knows them: a name, and the six words that prove it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.chips import Chip, ChipRole
from fieldnotes.desktop.widgets.long_words import breakable

_GAP = 8
_HEIGHT = 32
_LARGE_HEIGHT = 44
_NUMBER = 22
_COLUMNS = 3


class PersonBadge(QWidget):
    """Initials in a disc, the name, a detail below it, and a chip such as 'New sender'."""

    def __init__(
        self,
        name: str,
        detail: str = "",
        sign: str = "",
        role: ChipRole = "grey",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(_Disc(initials(name)))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(_wrapped(theme.label(breakable(name), bold=True)))
        if detail:
            words.addWidget(_wrapped(theme.label(breakable(detail), ink="muted", size="small")))
        row.addLayout(words, 1)
        if sign:
            chip = Chip(sign, role)
            chip.setMinimumWidth(chip.sizeHint().width())
            row.addWidget(chip)
        self.setAccessibleName(", ".join(part for part in (name, sign, detail) if part))


class KeyWords(QWidget):
    """The six words to read out to each other, in two rows of three. Copy takes all of them."""

    def __init__(
        self, words: Sequence[str] = (), parent: QWidget | None = None, *, large: bool = False
    ) -> None:
        super().__init__(parent)
        self._size: Literal["text", "title"] = "title" if large else "text"
        self._height = _LARGE_HEIGHT if large else _HEIGHT
        self._words: tuple[str, ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_words(words)

    def set_words(self, words: Sequence[str]) -> None:
        """Show these words."""
        self._words = tuple(words)
        self.setAccessibleName(" ".join(self._words))
        self.updateGeometry()
        self.update()

    def words(self) -> tuple[str, ...]:
        """The words that are shown."""
        return self._words

    def sizeHint(self) -> QSize:
        rows = -(-len(self._words) // _COLUMNS)
        width = _COLUMNS * self._cell() + (_COLUMNS - 1) * _GAP
        return QSize(width, max(rows * (self._height + _GAP) - _GAP, 0))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QApplication.clipboard().setText(" ".join(self._words))
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, word in enumerate(self._words):
            line, column = divmod(number, _COLUMNS)
            left, top = column * (self._cell() + _GAP), line * (self._height + _GAP)
            self._draw_word(painter, QRect(left, top, self._cell(), self._height), number + 1, word)

    def _draw_word(self, painter: QPainter, cell: QRect, number: int, word: str) -> None:
        tokens = theme.current()
        painter.setPen(QPen(QColor(tokens.accent if self.hasFocus() else tokens.line), 1))
        painter.setBrush(QColor(tokens.raised))
        painter.drawRoundedRect(QRectF(cell).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("small", figures=True))
        painter.setPen(QColor(tokens.muted))
        painter.drawText(cell.adjusted(10, 0, 0, 0), left, str(number))
        painter.setFont(theme.mono(self._size))
        painter.setPen(QColor(tokens.text))
        painter.drawText(cell.adjusted(10 + _NUMBER - 6, 0, -4, 0), left, word)

    def _cell(self) -> int:
        metrics = QFontMetrics(theme.mono(self._size))
        longest = max((metrics.horizontalAdvance(word) for word in self._words), default=0)
        return max(longest + _NUMBER + 18, 112)


class _Disc(QWidget):
    def __init__(self, letters: str) -> None:
        super().__init__()
        self._letters = letters
        self.setFixedSize(32, 32)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(tokens.selection))
        painter.drawEllipse(self.rect())
        painter.setPen(QColor(tokens.accent))
        painter.setFont(theme.font("small", bold=True))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._letters)


def initials(name: str) -> str:
    """The first letters of the first and the last name."""
    parts = name.split()
    return "".join(part[0].upper() for part in (parts[:1] + parts[1:][-1:]))


def _wrapped(label: QLabel) -> QLabel:
    label.setWordWrap(True)
    return label
