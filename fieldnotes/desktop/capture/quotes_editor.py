"""The customer's own words: as many quotes as there are, none until one is wanted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from fieldnotes.desktop.widgets.quote_block import QuoteEditor
from fieldnotes.domain.notes import Quote

QUOTE_KEYS = "Ctrl+'"


class QuotesEditor(QWidget):
    """`edited` after every key; `counted` when a quote came or went, `left` when one went."""

    edited = Signal()
    counted = Signal()
    left = Signal()

    def __init__(self, mint: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mint = mint
        self._blocks: list[tuple[str, QuoteEditor]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.hide()

    def quotes(self) -> tuple[Quote, ...]:
        """Those that say something."""
        told = ((known, block.quote(), block.said_by()) for known, block in self._blocks)
        return tuple(Quote(known, words, role) for known, words, role in told if words)

    def set_quotes(self, quotes: tuple[Quote, ...]) -> None:
        """Show these, without a signal."""
        while self._blocks:
            self._drop(len(self._blocks) - 1)
        for quote in quotes:
            self._add(quote)
        self.counted.emit()

    def begin(self, words: str = "") -> None:
        """Write in an empty quote; from inside of one, take it away again."""
        for number, (_known, block) in enumerate(self._blocks):
            if not block.quote():
                if block.isAncestorOf(QApplication.focusWidget() or self) and not words:
                    self._drop(number)
                    self.counted.emit()
                    self.left.emit()
                    return
                block.set_quote(words)
                block.begin()
                return
        fresh = self._add(Quote(self._mint(), words))
        self.counted.emit()
        fresh.begin()
        if words:
            self.edited.emit()

    def blocks(self) -> list[QuoteEditor]:
        """The editors, from the top."""
        return [block for _known, block in self._blocks]

    def _add(self, quote: Quote) -> QuoteEditor:
        block = QuoteEditor(self.tr("In their own words"), self.tr("Who said it: their role"))
        block.set_quote(quote.text, quote.role)
        block.changed.connect(self.edited)
        self._blocks.append((quote.id, block))
        self._column.addWidget(block)
        self.show()
        block.show()
        return block

    def _drop(self, number: int) -> None:
        _known, block = self._blocks.pop(number)
        self._column.removeWidget(block)
        block.hide()
        block.deleteLater()
        self.setVisible(bool(self._blocks))
