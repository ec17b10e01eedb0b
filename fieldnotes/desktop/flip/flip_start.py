"""What stands below the field while there is no answer: what to type, or that nothing was noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.large_text import LargeText

if TYPE_CHECKING:
    from collections.abc import Sequence


class FlipStart(QWidget):
    """A sentence in large type, and words that find something as buttons."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.title = LargeText(most=3, bold=True)
        self.sentence = LargeText(pixels=20, ink="muted", most=4)
        self._row = QHBoxLayout()
        self._row.setSpacing(12)
        theme.styled(self, ground="surface")
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 28, 24, 24)
        column.setSpacing(12)
        column.addWidget(self.title)
        column.addWidget(self.sentence)
        column.addSpacing(8)
        column.addLayout(self._row)
        column.addStretch(1)

    def show_words(self, title: str, sentence: str, examples: Sequence[str] = ()) -> None:
        """Say something, and offer `examples` to press."""
        self.title.set_text(title)
        self.sentence.set_text(sentence)
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for words in examples:
            offered = theme.styled(button(words.replace("&", "&&")), size="title")
            offered.clicked.connect(lambda _=False, words=words: self.chosen.emit(words))
            self._row.addWidget(offered)
        self._row.addStretch(1)
