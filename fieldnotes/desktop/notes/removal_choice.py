"""Why a note is removed: three reasons on the page, and one more question before erasing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.notes.erase_question import ask_before_erasing
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.flow_layout import FlowLayout
from fieldnotes.desktop.widgets.panel import Panel
from fieldnotes.domain.records import Reason


class RemovalChoice(Panel):
    """Opens over the note. `left` when it goes away, whatever for.

    `chosen` carries a Reason; `erasing_chosen` whether what was promised there goes as well.
    """

    chosen = Signal(object)
    erasing_chosen = Signal(bool)
    left = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._runner = runner
        self._note_ids: Sequence[str] = ()
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

    def open(self, note_ids: Sequence[str]) -> None:
        """Ask why these notes go, with the keyboard on the first reason."""
        self._note_ids, count = note_ids, len(note_ids)
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
        ask_before_erasing(self, self._runner, self._note_ids, self._erase)

    def _erase(self, along: bool) -> None:
        self._leave()
        self.erasing_chosen.emit(along)
