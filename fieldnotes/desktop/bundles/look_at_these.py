"""The exceptions on top of the last look: what a program found of people in free text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.bundles.find_list import FindList
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.operations.personal_data import Pointed


class LookAtThese(QWidget):
    """`hide_wanted` and `fine_wanted` carry the finds that a person chose and judged.

    What was judged goes at once, so that the next key is for the next find.
    """

    hide_wanted = Signal(object)
    fine_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = theme.label(self.tr("Look at these"), bold=True)
        self.said = theme.label(ink="muted", size="small")
        self.said.setWordWrap(True)
        self.list = FindList(self.tr("Look at these"))
        self.hide_it = button(self.tr("&Hide it"))
        self.fine = button(self.tr("&It is fine"))
        self.hide_it.setToolTip(
            self.tr("H: others read a neutral word instead. Your own words stay as they are.")
        )
        self.fine.setToolTip(self.tr("F: not asked again until the words change."))
        self._connect()
        self._lay_out()

    def show_searching(self) -> None:
        """Nothing is known yet."""
        self.said.setText(self.tr("Looking for names, e-mail addresses and phone numbers…"))
        self._show([])

    def show_finds(self, finds: Sequence[Pointed]) -> None:
        """Show what was found, and say how far a program can be trusted with it."""
        self._show(finds)
        yourself = self.tr("A program does not find everything: read it yourself as well.")
        if not finds:
            none = self.tr("No names, e-mail addresses or phone numbers to look at.")
            self.said.setText(f"{none} {yourself}")
            return
        one = self.tr("1 place may say who somebody is.")
        many = self.tr("{n} places may say who somebody is.").format(n=grouped(len(finds)))
        self.said.setText(f"{one if len(finds) == 1 else many} {yourself}")

    def _show(self, finds: Sequence[Pointed]) -> None:
        had_focus = self.list.hasFocus()
        self._heading.setVisible(bool(finds))
        self._judging.setVisible(bool(finds))
        self.list.setVisible(bool(finds))
        self.list.show_finds(finds)
        if had_focus and not finds:
            self.focusNextChild()
        self._follow()

    def _follow(self) -> None:
        chosen = self.list.chosen()
        self.fine.setEnabled(bool(chosen))
        self.hide_it.setEnabled(bool(chosen) and all(each.mine for each in chosen))

    def _connect(self) -> None:
        self.hide_it.clicked.connect(self._on_hide)
        self.fine.clicked.connect(self._on_fine)
        self.list.hide_wanted.connect(self._on_hide)
        self.list.fine_wanted.connect(self._on_fine)
        self.list.choice_changed.connect(self._follow)

    def _on_hide(self) -> None:
        if self.hide_it.isEnabled():
            self.hide_wanted.emit(self._judged())

    def _on_fine(self) -> None:
        if self.fine.isEnabled():
            self.fine_wanted.emit(self._judged())

    def _judged(self) -> list[Pointed]:
        judged = self.list.chosen()
        self.show_finds([each for each in self.list.finds.finds() if each not in judged])
        return judged

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._heading)
        words.addWidget(self.said)
        self._judging = QWidget()
        buttons = QHBoxLayout(self._judging)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(8)
        buttons.addWidget(self.hide_it)
        buttons.addWidget(self.fine)
        head = QHBoxLayout()
        head.setContentsMargins(24, 16, 24, 8)
        head.setSpacing(16)
        head.addLayout(words, 1)
        head.addWidget(self._judging)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list)
