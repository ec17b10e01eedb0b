"""Choices that are sent again and again: chosen from a list, kept under a name, forgotten."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.domain.words import fold
from fieldnotes.operations.presets import Preset


class PresetRow(QWidget):
    """`chosen` carries a Preset; the others the name that is typed, `rename_wanted` the old too."""

    chosen = Signal(object)
    save_wanted = Signal(str)
    rename_wanted = Signal(str, str)
    remove_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._presets: list[Preset] = []
        self._name = ""  # of the one that is chosen
        self.names = QComboBox()
        self.names.setEditable(True)
        self.names.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.names.setMinimumWidth(320)
        self.names.setAccessibleName(self.tr("Preset"))
        field = self.names.lineEdit()
        assert field is not None
        field.setPlaceholderText(self.tr("A name, to send the same again"))
        field.setAccessibleName(self.tr("Preset"))
        self.save = button(self.tr("&Save"), "flat")
        self.rename = button(self.tr("Rename"), "flat")
        self.remove = button(self.tr("Remove"), "flat")
        self.save.setToolTip(self.tr("Keep what is chosen below under this name, on this laptop."))
        self.said = theme.label(ink="muted", size="small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        for made in (self.names, self.save, self.rename, self.remove, self.said):
            row.addWidget(made)
        row.addStretch()
        self.setFocusProxy(self.names)
        self._connect()
        self._follow()

    def show_presets(self, presets: Sequence[Preset]) -> None:
        """Offer these; what is typed stays."""
        if list(presets) == self._presets:
            return
        self._presets = list(presets)
        typed, field = self.names.currentText(), self.names.lineEdit()
        assert field is not None
        place = field.cursorPosition()
        self.names.blockSignals(True)
        self.names.clear()
        self.names.addItems([preset.name for preset in presets])
        self.names.setCurrentIndex(-1)
        self.names.setEditText(typed)
        field.setCursorPosition(place)
        self.names.blockSignals(False)
        self._follow()

    def set_name(self, name: str) -> None:
        """The preset that the choices below are from; '' for none."""
        self._name = name
        self.names.setEditText(name)
        self._show_beginning()
        self._follow()

    def say(self, words: str) -> None:
        """What was just done, until something else is typed or chosen."""
        self.said.setText(words)

    def _show_beginning(self) -> None:
        """Of a name that is longer than its field; the tip has all of it."""
        field = self.names.lineEdit()
        assert field is not None
        field.setCursorPosition(0)
        self.names.setToolTip(self.names.currentText())

    def _typed(self) -> str:
        return " ".join(self.names.currentText().split())

    def _named(self, name: str) -> Preset | None:
        return next((each for each in self._presets if fold(each.name) == fold(name)), None)

    def _follow(self) -> None:
        typed, there = self._typed(), self._named(self._typed())
        old = self._named(self._name)
        self.save.setEnabled(bool(typed))
        self.rename.setVisible(bool(typed) and old is not None and typed != old.name)
        self.rename.setEnabled(there is None or there is old)
        self.remove.setVisible(there is not None)

    def _connect(self) -> None:
        self.names.editTextChanged.connect(self._follow)
        self.names.editTextChanged.connect(self.said.clear)
        self.names.activated.connect(self._on_chosen)
        self.save.clicked.connect(lambda: self.save_wanted.emit(self._typed()))
        self.rename.clicked.connect(lambda: self.rename_wanted.emit(self._name, self._typed()))
        self.remove.clicked.connect(lambda: self.remove_wanted.emit(self._typed()))

    def _on_chosen(self, at: int) -> None:
        self._name = self._presets[at].name
        self._show_beginning()
        self._follow()
        self.chosen.emit(self._presets[at])
