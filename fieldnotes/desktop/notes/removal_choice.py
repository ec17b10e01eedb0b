"""Why a note is removed: three reasons on the page, and one more question before erasing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.notes import removal_words
from fieldnotes.desktop.notes.erase_question import ask_before_erasing
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.flow_layout import FlowLayout
from fieldnotes.desktop.widgets.panel import Panel
from fieldnotes.domain.records import Reason
from fieldnotes.operations.removing import Removing, removing


class RemovalChoice(Panel):
    """Opens over the note. `left` when it goes away, whatever for.

    `chosen` carries a Reason; `erasing_chosen` whether what was promised there goes as well;
    `everywhere_wanted` the ids of notes of which whoever has a copy is to be told at once.
    """

    chosen = Signal(object)
    erasing_chosen = Signal(bool)
    everywhere_wanted = Signal(list)
    left = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self._runner = runner
        self._note_ids: Sequence[str] = ()
        self._mass = False
        self._first = button(self.tr("I was &wrong"))
        consent = button(self.tr("Customer withdrew &consent"))
        erase = button(self.tr("&Erase…"), "danger")
        keep = button(self.tr("&Keep it"))
        self._first.clicked.connect(lambda: self._choose(Reason.WRONG))
        consent.clicked.connect(lambda: self._choose(Reason.CONSENT))
        erase.clicked.connect(self._on_erase)
        keep.clicked.connect(self._leave)
        self._reasons = (self._first, consent, erase)
        holder = QWidget()
        flow = FlowLayout(holder, gap=8, line_gap=8)
        for made in (*self._reasons, keep):
            flow.addWidget(made)
        self.everywhere = button(self.tr("&Withdraw everywhere…"), "link")
        self.everywhere.clicked.connect(self._on_everywhere)
        self.copies = theme.label()
        self._why_typed = theme.label()
        self.typed = QLineEdit()
        self.typed.setMaximumWidth(120)
        self.typed.textChanged.connect(self._follow)
        explained = theme.label(
            self.tr(
                "Gone from here at once. Erase also deletes every older version on this laptop,"
                " and tells everybody who has it to do the same."
            ),
            ink="muted",
            size="small",
        )
        for label in (self.copies, self._why_typed, explained):
            label.setWordWrap(True)
        for widget in (self.copies, self._why_typed, self.typed, holder, explained):
            self.body.addWidget(widget)
        self.body.addWidget(self.everywhere, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def open(self, note_ids: Sequence[str]) -> None:
        """Ask why these notes go, with the keyboard on the first reason."""
        self._note_ids, count = note_ids, len(note_ids)
        several = self.tr("Why remove these %d notes?") % count
        self.set_heading(several if count > 1 else self.tr("Why remove this note?"))
        self._mass = count > 1  # until it is known that it is not
        self.copies.setText(self.tr("Looking who has a copy…"))
        for made in (self._why_typed, self.typed, self.everywhere):
            made.hide()
        self.typed.clear()
        self._follow()
        self.show()
        self._first.setFocus(Qt.FocusReason.PopupFocusReason)
        asked = tuple(note_ids)
        self._runner.ask(
            "who has copies", lambda notebook: removing(notebook, asked), self._on_told
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self._leave()
        else:
            super().keyPressEvent(event)

    def _on_told(self, told: Removing) -> None:
        """Who has a copy, and whether a yes has to be typed first."""
        self.copies.setText(removal_words.copies_words(told))
        self._mass = told.mass
        self.everywhere.setVisible(bool(told.people or told.unnamed))
        self._why_typed.setText(removal_words.mass_words(told))
        self.typed.setAccessibleName(removal_words.mass_words(told))
        for made in (self._why_typed, self.typed):
            made.setVisible(told.mass)
        self._follow()
        if self.isVisible():
            first = self.typed if told.mass else self._first
            first.setFocus(Qt.FocusReason.PopupFocusReason)

    def _follow(self) -> None:
        said = self.typed.text().strip().casefold() == removal_words.yes().casefold()
        for reason in self._reasons:
            reason.setEnabled(said or not self._mass)

    def _leave(self) -> None:
        self.hide()
        self.left.emit()

    def _on_everywhere(self) -> None:
        self._leave()
        self.everywhere_wanted.emit(list(self._note_ids))

    def _choose(self, reason: Reason) -> None:
        self._leave()
        self.chosen.emit(reason)

    def _on_erase(self) -> None:
        ask_before_erasing(self, self._runner, self._note_ids, self._erase)

    def _erase(self, along: bool) -> None:
        self._leave()
        self.erasing_chosen.emit(along)
