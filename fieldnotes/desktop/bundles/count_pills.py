"""Pills to click together what is sent; each tells how many notes there are with it."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from fieldnotes.desktop import icons, theme
from fieldnotes.desktop.widgets.buttons import Pressable, button
from fieldnotes.desktop.widgets.flow_layout import FlowLayout
from fieldnotes.desktop.widgets.side_bar_model import grouped

_PAD = 10
_GAP = 6
_SIGN = 12
_WIDEST = 220
_STEPS = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}


class PillOffer(msgspec.Struct, frozen=True):
    """One thing to click: its key, its words, and perhaps the sign of a kind."""

    key: str
    words: str
    notes: int
    sign: str = ""


class CountPill(Pressable):
    """One of them."""

    def __init__(self, offer: PillOffer, name: str, parent: QWidget | None = None) -> None:
        super().__init__(offer.words, parent)
        self.key = offer.key
        self._group = name
        self._sign = offer.sign
        self._notes = -1
        self._count_room = 0
        self.set_notes(offer.notes)

    def notes(self) -> int:
        """How many notes there are with it."""
        return self._notes

    def set_notes(self, notes: int) -> None:
        """Tell another number; one without notes cannot be clicked, unless to take it back."""
        self._notes = notes
        # never narrower, or the pills after it would move with every number
        self._count_room = max(self._count_room, self._widths()[1])
        self.setEnabled(notes > 0 or self.isChecked())
        self.setAccessibleName(f"{self._group}: {self.text()}, {grouped(notes)}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        words, _, sign = self._widths()
        return QSize(2 * _PAD + sign + min(words, _WIDEST) + _GAP + self._count_room, 28)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        on, live = self.isChecked(), self.isEnabled()
        painter = QPainter(self)
        fill = tokens.selection if on else tokens.hover if self.underMouse() and live else None
        self.draw_ground(painter, 14, fill, tokens.selection_line if on else tokens.line)
        _, count, sign = self._widths()
        inner = self.rect().adjusted(_PAD, 0, -_PAD, 0)
        if self._sign:
            role = None if live else "faint"
            drawn = icons.pixmap(self._sign, role, _SIGN, self.devicePixelRatioF())
            painter.drawPixmap(inner.left(), (self.height() - _SIGN) // 2, drawn)
        words = inner.adjusted(sign, 0, -count - _GAP, 0)
        self._draw(painter, words, self.text(), bold=on, ink="accent" if on else "text")
        self._draw(
            painter, inner, grouped(self._notes), right=True, ink="accent" if on else "muted"
        )

    def _draw(
        self,
        painter: QPainter,
        place: QRect,
        words: str,
        *,
        ink: str,
        bold: bool = False,
        right: bool = False,
    ) -> None:
        font = theme.font("small", bold=bold, figures=right)
        painter.setFont(font)
        painter.setPen(QColor(getattr(theme.current(), ink if self.isEnabled() else "faint")))
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        cut = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, place.width() + 1)
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, cut)

    def _widths(self) -> tuple[int, int, int]:
        words = QFontMetrics(theme.font("small", bold=True)).horizontalAdvance(self.text())
        count = QFontMetrics(theme.font("small")).horizontalAdvance(grouped(max(self._notes, 0)))
        return words + 1, count, _SIGN + _GAP if self._sign else 0


class CountPills(QWidget):
    """A group of them. Tab comes in once, the arrows go along, Space clicks.

    `changed` after every click; with `several` any number can be chosen, else one or none.
    """

    changed = Signal()

    def __init__(
        self, name: str, *, several: bool, first: int = 12, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._name, self._several, self._first = name, several, first
        self._pills: list[CountPill] = []
        self._all = False
        self._begun_with: tuple[str, ...] = ()
        self._missing: tuple[str, ...] = ()  # chosen, and not offered yet
        self._room = QSize()  # the width, and the height that the pills take in it
        self._flow = FlowLayout(self, gap=6, line_gap=6)
        self._more: QPushButton = button("", "link")
        self._more.clicked.connect(self._on_more)
        self._flow.addWidget(self._more)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # for the letter of its label

    def set_offers(self, offers: Iterable[PillOffer], *, found_first: bool = False) -> None:
        """Show these; what is chosen stays chosen, and nothing moves when only numbers change.

        With `found_first` those that have notes come before those that have none.
        """
        told = list(offers)
        order = {pill.key: at for at, pill in enumerate(self._pills)}
        if found_first:
            told.sort(key=lambda offer: not offer.notes)
        elif order.keys() == {offer.key for offer in told}:
            told.sort(key=lambda offer: order[offer.key])
        if [offer.key for offer in told] != [pill.key for pill in self._pills]:
            self._build(told)
        for pill, offer in zip(self._pills, told, strict=True):
            pill.set_notes(offer.notes)
        self._fold()

    def begin_with(self, keys: Iterable[str]) -> None:
        """What is chosen from the start, before anything was offered."""
        self._begun_with = tuple(keys)

    def choose(self, keys: Iterable[str]) -> None:
        """Choose these and no others, without a signal; what is not offered yet, once it is."""
        self._begun_with = tuple(keys)
        offered = {pill.key for pill in self._pills}
        for pill in self._pills:
            pill.setChecked(pill.key in self._begun_with)
            pill.set_notes(pill.notes())
        self._missing = tuple(key for key in self._begun_with if key not in offered)
        self._fold()

    def chosen(self) -> tuple[str, ...]:
        """The keys of what is chosen."""
        if not self._pills:
            return self._begun_with
        pressed = tuple(pill.key for pill in self._pills if pill.isChecked())
        return (*pressed, *(key for key in self._missing if key not in pressed))

    def pill(self, key: str) -> CountPill:
        """The pill with this key. Raises StopIteration when there is none."""
        return next(pill for pill in self._pills if pill.key == key)

    def pills(self) -> list[CountPill]:
        """All of them in their order."""
        return list(self._pills)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if (entry := self._entry()) is not None:
            entry.setFocus(event.reason())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()), 0)
        live = [pill for pill in self._pills if pill.isVisibleTo(self) and pill.isEnabled()]
        here = next((at for at, pill in enumerate(live) if pill.hasFocus()), -1)
        if not step or here < 0:
            super().keyPressEvent(event)
            return
        live[(here + step) % len(live)].setFocus(Qt.FocusReason.TabFocusReason)

    def _build(self, offers: list[PillOffer]) -> None:
        chosen = set(self.chosen())
        while self._flow.takeAt(0) is not None:
            pass
        before = {(pill.key, pill.text()): pill for pill in self._pills}
        self._pills = [
            before.get((offer.key, offer.words)) or self._pill(offer) for offer in offers
        ]
        for gone in set(before.values()) - set(self._pills):
            gone.hide()
            gone.deleteLater()
        offered = {pill.key for pill in self._pills}
        self._missing = tuple(key for key in self._missing if key not in offered)
        for pill in self._pills:
            pill.setChecked(pill.key in chosen)
            self._flow.addWidget(pill)
        self._flow.addWidget(self._more)

    def _pill(self, offer: PillOffer) -> CountPill:
        pill = CountPill(offer, self._name)
        pill.clicked.connect(lambda _on: self._on_clicked(pill))
        return pill

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.width() != self._room.width():
            self._room = QSize()
            self._fold()

    def _fold(self) -> None:
        shown = [
            pill
            for number, pill in enumerate(self._pills)
            if self._all or number < self._first or pill.isChecked()
        ]
        for pill in self._pills:
            pill.setVisible(pill in shown)
        self._say_more(len(self._pills) - len(shown))
        self._keep_height([pill for pill in shown if not pill.isChecked()])
        self._let_tab_in()
        self.updateGeometry()

    def _keep_height(self, free: list[CountPill]) -> None:
        """What stands below must not move while somebody types. `free`: what may be folded."""
        if self._all or not self._pills:
            self.setMinimumHeight(0)
            return
        height = self._flow.heightForWidth(self.width())
        if not self._room.isValid():
            self._room = QSize(self.width(), height)
        while height > self._room.height() and free:
            free.pop().hide()
            self._say_more(sum(pill.isHidden() for pill in self._pills))
            height = self._flow.heightForWidth(self.width())
        self.setMinimumHeight(max(height, self._room.height()))

    def _say_more(self, hidden: int) -> None:
        self._more.setVisible(hidden > 0)
        self._more.setText(self.tr("{n} more").format(n=grouped(hidden)))
        self._more.setAccessibleName(f"{self._name}: {self._more.text()}")

    def _on_more(self) -> None:
        self._all = True
        self._fold()

    def _on_clicked(self, clicked: CountPill) -> None:
        if not self._several:
            for pill in self._pills:
                if pill is not clicked:
                    pill.setChecked(False)
        self._let_tab_in()
        self.changed.emit()

    def _let_tab_in(self) -> None:
        """Only the first chosen pill, or the first of all, is a stop of the Tab key."""
        entry = self._entry()
        for pill in self._pills:
            tab = Qt.FocusPolicy.StrongFocus if pill is entry else Qt.FocusPolicy.ClickFocus
            pill.setFocusPolicy(tab)

    def _entry(self) -> CountPill | None:
        live = [pill for pill in self._pills if pill.isEnabled()]
        return next((pill for pill in live if pill.isChecked()), live[0] if live else None)
