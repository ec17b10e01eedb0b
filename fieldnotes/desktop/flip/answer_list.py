"""The answers of the card, one of them at hand: what worked large, what did not last and small."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.flip import flip_words
from fieldnotes.desktop.widgets.large_text import LargeText

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from fieldnotes.domain.flip import Answer, Flip

LEAST = 30  # pixels of an answer: read at arm's length, which is 28 and more
LARGEST = 48
_PER_WIDTH = 34  # a window so many times wider than the type
_BAR = 4
_LINES, _ALL_LINES = 4, 40
_MEDIUM, _SMALL = 0.66, 0.56  # of the answer's height


class AnswerCard(QFrame):
    """One answer in large type; the one at hand is whole, with the customer's words."""

    pressed = Signal()

    def __init__(self, answer: Answer) -> None:
        super().__init__()
        self.answer = answer
        self._at_hand = False
        ink = "green_text" if answer.yes else "amber_text"
        self.words = LargeText(answer.newest.words, LEAST, bold=True, most=_LINES)
        self._often = LargeText(flip_words.how_often(answer), ink=ink, bold=True, most=2)
        self._quote = LargeText(flip_words.quote(answer), most=3)
        self._about = LargeText(flip_words.about(answer), ink="muted", most=2)
        self.setAccessibleName(flip_words.spoken(answer))
        column = QVBoxLayout(self)
        column.setContentsMargins(20 + _BAR, 14, 24, 14)
        column.setSpacing(6)
        for part in (self.words, self._often, self._quote, self._about):
            column.addWidget(part)
        self.set_at_hand(False)

    def set_at_hand(self, yes: bool) -> None:
        """Whether Enter and Ctrl+C mean this one."""
        self._at_hand = yes
        self.words.set_most(_ALL_LINES if yes else _LINES)
        self._quote.setVisible(yes and bool(self._quote.text()))
        self.update()

    def set_pixels(self, pixels: int) -> None:
        """How large the answer is; the rest follows."""
        self.words.set_pixels(pixels)
        self._often.set_pixels(round(pixels * _MEDIUM))
        self._quote.set_pixels(round(pixels * _MEDIUM))
        self._about.set_pixels(round(pixels * _SMALL))

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._at_hand:
            painter = QPainter(self)
            painter.fillRect(self.rect(), theme.color("selection"))
            painter.fillRect(0, 0, _BAR, self.height(), theme.color("accent"))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()


class AnswerList(QScrollArea):
    """The cards from the top; `stepped` when another one is at hand."""

    stepped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._cards: list[AnswerCard] = []
        self._lines: list[tuple[LargeText, float]] = []
        self._at = 0
        self._body = theme.styled(QWidget(), ground="surface")
        self._column = QVBoxLayout(self._body)
        self._column.setContentsMargins(0, 0, 0, 16)
        self._column.setSpacing(0)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._body)
        self.setAccessibleName(self.tr("What worked"))

    def show_card(self, card: Flip) -> None:
        """Show other answers; the first is at hand."""
        self._empty()
        for answer in card.answers:
            self._add(answer)
        if card.more:
            self._add_line(flip_words.more(card.more))
        if card.failed and not card.answers:
            self._add_line(self.tr("Nothing worked yet."), share=1.0, ink="text")
        for answer in card.failed:
            self._add_line(flip_words.failed(answer))
        self._column.addStretch(1)
        self._set_pixels()
        self._go_to(0)
        self.verticalScrollBar().setValue(0)

    def current(self) -> Answer | None:
        """The answer at hand."""
        return self._cards[self._at].answer if self._cards else None

    def cards(self) -> list[AnswerCard]:
        """All of them, from the top."""
        return list(self._cards)

    def lines(self) -> list[str]:
        """What stands small below the cards."""
        return [line.text() for line, _ in self._lines]

    def step(self, by: int) -> None:
        """Take the next one, or the one before."""
        if self._cards:
            self._go_to(min(max(self._at + by, 0), len(self._cards) - 1))

    def resizeEvent(self, event: object) -> None:
        super().resizeEvent(event)  # type: ignore[arg-type]
        self._set_pixels()

    def _go_to(self, at: int) -> None:
        self._at = at
        for number, card in enumerate(self._cards):
            card.set_at_hand(number == at)
        if self._cards:
            self._body.layout().activate()  # type: ignore[union-attr]
            self.ensureWidgetVisible(self._cards[at], 0, 0)
        self.stepped.emit()

    def _add(self, answer: Answer) -> None:
        card = AnswerCard(answer)
        at = len(self._cards)
        card.pressed.connect(lambda: self._go_to(at))
        self._cards.append(card)
        self._column.addWidget(card)

    def _add_line(self, words: str, share: float = _SMALL, ink: str = "muted") -> None:
        line = LargeText(words, ink=ink, bold=share > _SMALL, most=2)
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(20 + _BAR, 14, 24, 0)
        column.addWidget(line)
        self._lines.append((line, share))
        self._column.addWidget(held)

    def _set_pixels(self) -> None:
        pixels = min(max(LEAST, self.viewport().width() // _PER_WIDTH), LARGEST)
        for card in self._cards:
            card.set_pixels(pixels)
        for line, share in self._lines:
            line.set_pixels(round(pixels * share))

    def _empty(self) -> None:
        self._cards, self._lines = [], []
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
