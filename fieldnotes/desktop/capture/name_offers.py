"""The names offered for what is typed after a sign, misspelt ones once nobody types."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QRect, QSize, QTimer

from fieldnotes.desktop.capture.completion import AT_MOST, offers
from fieldnotes.desktop.capture.name_popup import NamePopup
from fieldnotes.desktop.widgets.text_units import first_units, units
from fieldnotes.domain.words import fold

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QTextEdit

    from fieldnotes.desktop.capture.completion import Names, Typed
    from fieldnotes.desktop.widgets.known_names import Steps
    from fieldnotes.desktop.widgets.offers import Offer

_ALIKE_MS = 90  # so long nobody types before misspelt names are looked for


class NameOffers(QObject):
    """A list below the name at the cursor of a text; `wanted` tells what is to be offered for."""

    def __init__(self, text: QTextEdit, wanted: Callable[[], Typed | None]) -> None:
        super().__init__(text)
        self.names: Names = {}
        self.popup = NamePopup(text)
        self._text = text
        self._wanted = wanted
        self._steps: Steps | None = None
        self._comparing = QTimer(self)
        self._comparing.timeout.connect(self._compare)

    def offer(self) -> None:
        """Offer what fits now, or nothing."""
        self.stop_comparing()
        typed = self._wanted()
        rows = offers(typed, self.names) if typed else []
        if not typed or not rows:
            self.popup.hide()
            return
        self._show(typed, rows)
        known = self.names.get(typed.sign)
        few = sum(row.notes is not None for row in rows) < AT_MOST
        if known is not None and few and not typed.longer:
            self._steps = known.alike(fold(typed.word), AT_MOST)
            self._comparing.start(_ALIKE_MS)

    def stop(self) -> None:
        """Offer nothing."""
        self.stop_comparing()
        self.popup.hide()

    def stop_comparing(self) -> None:
        """Look for no misspelt names: a key came."""
        self._comparing.stop()
        self._steps = None

    def settle(self) -> None:
        """Look for misspelt names to the end now."""
        while self._steps is not None:
            self._compare()

    def _compare(self) -> None:
        """One step of looking for misspelt names."""
        self._comparing.setInterval(0)
        alike = next(self._steps, []) if self._steps is not None else []
        if alike is None:
            return
        self.stop_comparing()
        if alike and (typed := self._wanted()):
            self._show(typed, offers(typed, self.names, alike), self.popup.row())

    def _show(self, typed: Typed, rows: list[Offer], row: int = 0) -> None:
        first = -1 if typed.longer or not typed.word else max(row, 0)
        self.popup.offer_names(typed.sign, rows, first)
        there = self._text.textCursor()
        line = first_units(there.block().text(), there.positionInBlock())
        there.setPosition(there.position() - units(line[typed.start :]))
        here = self._text.cursorRect()
        place = self._text.cursorRect(there).united(QRect(here.topLeft(), QSize(1, 1)))
        place.setBottom(here.bottom())
        corner = self._text.viewport().mapTo(self._text.window(), QPoint(0, 0))
        self.popup.show_at(self._text.window(), place.translated(corner))
