"""Why a note is removed: three reasons on the page, and one more question before erasing."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.notes.erase_question import ask_before_erasing
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.flow_layout import FlowLayout
from fieldnotes.desktop.widgets.panel import Panel
from fieldnotes.domain.records import Reason


class RemovalChoice(Panel):
    """Opens over the note. `chosen` carries a Reason; `left` when it goes away, whatever for."""

    chosen = Signal(object)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._count = 1
        self._first = button(self.tr("I was &wrong"))
        consent = button(self.tr("Customer withdrew &consent"))
        erase = button(self.tr("&Erase…"), "danger")
        keep = button(self.tr("&Keep it"))
        self._first.clicked.connect(lambda: self._choose(Reason.WRONG))
        consent.clicked.connect(lambda: self._choose(Reason.CONSENT))
        erase.clicked.connect(self._on_erase)
        keep.clicked.connect(self._leave)
        holder = QWidget()
        flow = FlowLayout(holder, gap=8, line_gap=8)
        for made in (self._first, consent, erase, keep):
            flow.addWidget(made)
        self.body.addWidget(holder)
        words = theme.label(
            self.tr(
                "Gone from here at once, and from everybody who has it with your next file."
                " Erase also deletes every older version on this laptop."
            ),
            ink="muted",
            size="small",
        )
        words.setWordWrap(True)
        self.body.addWidget(words)
        self.hide()

    def open(self, count: int = 1) -> None:
        """Ask why so many notes go, with the keyboard on the first reason."""
        self._count = count
        several = self.tr("Why remove these %d notes?") % count
        self.set_heading(several if count > 1 else self.tr("Why remove this note?"))
        self.show()
        self._first.setFocus(Qt.FocusReason.PopupFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _leave(self) -> None:
        self.hide()
        self.left.emit()

    def _choose(self, reason: Reason) -> None:
        self._leave()
        self.chosen.emit(reason)

    def _on_erase(self) -> None:
        ask_before_erasing(self, self._count, lambda: self._choose(Reason.ERASE))
