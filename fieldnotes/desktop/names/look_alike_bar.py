"""Two names that look like the same thing: one key says whether they are, and the next come."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.buttons import SignLabel, button
from fieldnotes.desktop.widgets.marked_line import one_line
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.operations.look_alikes import LookAlike


class LookAlikeBar(QWidget):
    """`same` and `apart` carry the pair that was judged: M or Enter for the same, N for not."""

    same = Signal(object)
    apart = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pairs: list[LookAlike] = []
        self._words = theme.label()
        self._count = theme.label(ink="muted", size="small")
        for label in (self._words, self._count):
            label.setWordWrap(True)
        self.merge = button(self.tr("&Merge"))
        self.differ = button(self.tr("N&ot the same"), "flat")
        self.merge.clicked.connect(lambda: self._judge(self.same.emit))
        self.differ.clicked.connect(lambda: self._judge(self.apart.emit))
        self._lay_out()
        self.hide()

    def set_pairs(self, pairs: Sequence[LookAlike]) -> None:
        """Ask about these, one after the other."""
        self._pairs = list(pairs)
        self._show_first()

    def pairs(self) -> list[LookAlike]:
        """Those still to be judged."""
        return list(self._pairs)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_M, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._judge(self.same.emit)
        elif event.key() == Qt.Key.Key_N:
            self._judge(self.apart.emit)
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.color("line"), 1))
        painter.setBrush(theme.color("raised"))
        box = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)

    def _judge(self, tell: Callable[[LookAlike], None]) -> None:
        if self._pairs:
            pair = self._pairs.pop(0)
            tell(pair)
            self._show_first()

    def _show_first(self) -> None:
        self.setVisible(bool(self._pairs))
        if not self._pairs:
            return
        pair = self._pairs[0]
        words = self.tr("{name} ({n}) looks like {into} ({m}).").format(
            name=_quoted(pair.name),
            n=grouped(pair.notes),
            into=_quoted(pair.into),
            m=grouped(pair.into_notes),
        )
        self._words.setText(words)
        left = len(self._pairs) - 1
        more = self.tr("1 more pair") if left == 1 else self.tr("{n} more pairs")
        self._count.setText(more.format(n=left) if left else "")
        self._count.setVisible(bool(left))
        self.merge.setAccessibleName(
            self.tr("Merge {name} into {into}").format(name=pair.name, into=pair.into)
        )
        self.setAccessibleName(words)

    def _lay_out(self) -> None:
        text = QVBoxLayout()
        text.setSpacing(2)
        text.addWidget(self._words)
        text.addWidget(self._count)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 8, 8, 8)
        row.setSpacing(10)
        row.addWidget(SignLabel("question", "accent"))
        row.addLayout(text, 1)
        row.addWidget(self.merge)
        row.addWidget(self.differ)


def _quoted(name: str) -> str:
    return f"“{one_line(name)}”"
