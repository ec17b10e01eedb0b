"""Rows of the preview that are answered with typed words."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from fieldnotes.desktop.inbox.decision_rows import PreviewRow
from fieldnotes.desktop.inbox.questions import Locked, ManyRemovals
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.chips import ChipRole
from fieldnotes.desktop.widgets.side_bar_model import grouped


class RemovalsRow(PreviewRow):
    """Many removals need a typed yes, which can be taken back. `decided(yes)`."""

    decided = Signal(bool)

    def __init__(self, asked: ManyRemovals) -> None:
        self._yes = self.tr("yes")
        detail = self.tr(
            "That is more than one in twenty of their notes. Type “{yes}” below to remove them here"
            " too; otherwise they stay."
        )
        chip: tuple[str, ChipRole] = (self.tr("Removal"), "amber")
        if asked.allowed:
            detail = self.tr("They will be removed here too.")
            chip = (self.tr("Agreed"), "green")
        super().__init__(
            "success" if asked.allowed else "warning",
            self.tr("{names}: {n} notes removed at once").format(
                names=", ".join(asked.names), n=grouped(asked.count)
            ),
            detail.format(yes=self._yes),
            *chip,
        )
        self._entry: QWidget
        if asked.allowed:
            self._entry = self.back = self.add_button(button(self.tr("Take back")))
            self.back.clicked.connect(lambda: self.decided.emit(False))
        else:
            self._entry = self.answer = QLineEdit()
            self.answer.setMaximumWidth(120)
            self.answer.setAccessibleName(self.tr("Type yes to remove them here too"))
            self.answer.textChanged.connect(self._on_typed)
            self.below.addWidget(self.answer)

    def take_focus(self) -> None:
        self._entry.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_typed(self, typed: str) -> None:
        if typed.strip().casefold() == self._yes.casefold():
            self.decided.emit(True)


class LockedRow(PreviewRow):
    """A passphrase for the files that are locked with one. `opened(passphrase)`."""

    opened = Signal(str)

    def __init__(self, asked: Locked) -> None:
        names = ", ".join(asked.files)
        heading = self.tr("{files}: locked with a passphrase").format(files=names)
        detail = self.tr("Type the one that the sender told you.")
        if asked.wrong:
            detail = self.tr("This passphrase does not open it. Try again.")
        super().__init__("lock", heading, detail, self.tr("Locked"), "amber")
        if asked.wrong:
            self.warn()
        self.phrase = QLineEdit()
        self.phrase.setMaximumWidth(400)
        self.phrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.phrase.setAccessibleName(self.tr("Passphrase for {files}").format(files=names))
        self.phrase.returnPressed.connect(self._on_typed)
        self.below.addWidget(self.phrase)
        self.open = self.add_button(button(self.tr("Open")))
        self.open.setEnabled(False)
        self.phrase.textChanged.connect(lambda text: self.open.setEnabled(bool(text)))
        self.open.clicked.connect(self._on_typed)

    def take_focus(self) -> None:
        self.phrase.setFocus(Qt.FocusReason.TabFocusReason)

    def _on_typed(self) -> None:
        if self.phrase.text():
            self.opened.emit(self.phrase.text())
