"""Who can open the file: its recipient alone, whoever knows a passphrase, or anybody."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.passphrases import Strength, strength
from fieldnotes.domain.shapes import Shape
from fieldnotes.operations.opening import Locked
from fieldnotes.operations.sending_plans import SendingPlan

_LONGEST = 1000


class OpeningChoice(QWidget):
    """`changed` when something else was chosen; `words_wanted` asks for a passphrase by chance."""

    changed = Signal()
    words_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = ""
        self._mine, self._sealable = False, True
        self.sealed = QCheckBox()
        self.locks = QCheckBox(self.tr("&Lock it with a passphrase"))
        self.phrase = QLineEdit()
        self.phrase.setMaxLength(_LONGEST)
        self.phrase.setPlaceholderText(self.tr("Tell it to them by phone, never beside the file"))
        self.phrase.setAccessibleName(self.tr("Passphrase"))
        self.words = button(self.tr("Six random &words"))
        self._hint = theme.label(ink="muted", size="small")
        self._row = QWidget()
        self._lay_out()
        for box in (self.sealed, self.locks):
            box.toggled.connect(self._on_changed)
        self.phrase.textChanged.connect(self._on_changed)
        self.words.clicked.connect(self.words_wanted)

    def show_plan(self, plan: SendingPlan) -> None:
        """Offer what fits the recipients; what was typed before stays."""
        self._mine = plan.selection.audience is Audience.MYSELF
        self._sealable = plan.selection.shape is Shape.BUNDLE
        names = ", ".join(card.name for card in plan.sealed_for)
        if names != self._names:
            self._names = names
            self.sealed.setChecked(bool(names))
        shown = names.replace("&", "&&")  # a single one would name a key
        self.sealed.setText(self.tr("&Only {names} can open it").format(names=shown))
        self.sealed.setVisible(bool(names) and not self._mine)
        self._on_changed()

    def locked(self) -> Locked:
        """Who opens the file as it is chosen now."""
        if self._mine:
            return "mine"
        if self._names and self.sealed.isChecked():
            return "key"
        return "passphrase" if self._sealable and self.locks.isChecked() else "open"

    def passphrase(self) -> str:
        """The passphrase, where one is to lock it."""
        return self.phrase.text() if self.locked() == "passphrase" else ""

    def is_ready(self) -> bool:
        """Whether nothing is missing."""
        return self.locked() != "passphrase" or bool(self.phrase.text())

    def sentence(self) -> str:
        """Who can open it, as it is chosen now."""
        return who_opens(self, self.locked(), self._names)

    def set_words(self, words: str) -> None:
        """Take a passphrase that chance made; it is shown, to be told on."""
        self.phrase.setText(words)
        self.phrase.setFocus()

    def _on_changed(self) -> None:
        by_key = bool(self._names) and self.sealed.isChecked()
        self.locks.setVisible(self._sealable and not self._mine and not by_key)
        self._row.setVisible(self.locked() == "passphrase")
        self._hint.setVisible(self.locked() == "passphrase" and bool(self.phrase.text()))
        self._hint.setText(self._words_of(strength(self.phrase.text())))
        self.changed.emit()

    def _words_of(self, how: Strength) -> str:
        return {
            Strength.NONE: "",
            Strength.WEAK: self.tr("Easy to guess: take more words."),
            Strength.FAIR: self.tr("Takes a machine some days to guess."),
            Strength.STRONG: self.tr("Hard to guess."),
        }[how]

    def _lay_out(self) -> None:
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.phrase, 1)
        row.addWidget(self.words)
        self._row.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.sealed, self.locks, self._row, self._hint):
            column.addWidget(part)


def who_opens(asking: QWidget, locked: Locked, names: str = "") -> str:
    """Who can read the file, in one sentence."""
    match locked:
        case "mine":
            return asking.tr("Only you can open it.")
        case "key":
            return asking.tr("Only {names} can open it.").format(names=names)
        case "passphrase":
            return asking.tr("Whoever knows the passphrase can open it.")
        case "open":
            return asking.tr("Anyone who has the file can read it.")
