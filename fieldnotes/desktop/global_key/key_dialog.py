"""Which key opens the card in every program, and whether it does."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QCheckBox, QKeySequenceEdit, QVBoxLayout, QWidget

from fieldnotes.desktop.global_key.chord import chord_of
from fieldnotes.desktop.global_key.global_key import DEFAULT
from fieldnotes.desktop.global_key.key_words import sentence
from fieldnotes.desktop.global_key.way import Outcome
from fieldnotes.desktop.help_window import open_help
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.framed_dialog import FramedDialog
from fieldnotes.desktop.widgets.notice import Notice, NoticeKind

if TYPE_CHECKING:
    from fieldnotes.desktop.global_key.global_key import GlobalKey

_QUIET = (Outcome.OFF, Outcome.ASKING)


class KeyDialog(FramedDialog):
    """What is chosen holds at once: `wanted` carries the keys, '' for none."""

    wanted = Signal(str)

    def __init__(self, key: GlobalKey, parent: QWidget | None = None) -> None:
        self._key = key
        super().__init__(self.tr("A key for every program"), parent)
        self.switch = QCheckBox(self.tr("&Open “What worked” with a key, in whatever program"))
        self.keys = self._make_keys()
        self.said = Notice(closable=False)
        self._lay_out()
        self.switch.toggled.connect(self._on_chosen)
        self.keys.editingFinished.connect(self._on_chosen)
        key.changed.connect(self._show)
        self._show()

    def sizeHint(self) -> QSize:
        return QSize(560, 320).boundedTo(super().sizeHint())

    def _show(self) -> None:
        """As the key stands now."""
        standing, possible = self._key.standing, self._key.possible
        off = standing.outcome in (Outcome.OFF, Outcome.REFUSED) or not possible
        self.switch.blockSignals(True)
        self.switch.setChecked(not off)
        self.switch.blockSignals(False)
        self.switch.setEnabled(possible)
        self.keys.setEnabled(not off)
        if self._key.keys:
            self.keys.setKeySequence(QKeySequence(self._key.keys))
        kind: NoticeKind = "success" if standing.outcome is Outcome.HELD else "warn"
        if standing.outcome in _QUIET:
            kind = "info"
        self.said.show_message(kind, sentence(standing, self._key.keys))

    def _on_chosen(self) -> None:
        keys = self.keys.keySequence().toString(QKeySequence.SequenceFormat.PortableText)
        if not self.switch.isChecked():
            self.wanted.emit("")
        elif chord_of(keys) is not None:
            self.wanted.emit(keys)
        else:
            self._refuse()

    def _refuse(self) -> None:
        words = self.tr(
            "Press a letter, a digit or F1 to F24 together with Ctrl, Alt or the system key."
        )
        self.said.show_message("warn", words)

    def _make_keys(self) -> QKeySequenceEdit:
        keys = QKeySequenceEdit(QKeySequence(DEFAULT))
        keys.setMaximumSequenceLength(1)
        keys.setAccessibleName(self.tr("Keys to press"))
        keys.setFixedWidth(240)
        return keys

    def _lay_out(self) -> None:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addWidget(self.switch)
        column.addWidget(self.keys)
        column.addWidget(self.said)
        column.addStretch(1)
        self.body.addWidget(page)
        only = self.tr("Fieldnotes sees no other key that you press.")
        if self._key.asks:
            only = self.tr("Your desktop asks you first, and keeps the key.")
        self.foot_words.setText(only if self._key.possible else "")
        help_button, close = button(self.tr("&Help")), button(self.tr("&Close"), "primary")
        help_button.clicked.connect(lambda: open_help(self, "flip"))
        close.clicked.connect(self.accept)
        self.set_buttons(help_button, close)
