"""The one more question before something is erased for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget


def ask_before_erasing(parent: QWidget, count: int, erase: Callable[[], None]) -> None:
    """Call `erase` once somebody says that so many notes are to go for good."""
    box = QMessageBox(parent.window())
    box.setIcon(QMessageBox.Icon.Warning)
    box.setTextFormat(Qt.TextFormat.PlainText)
    several = _tr("Erase these %d notes for good?") % count
    box.setText(several if count > 1 else _tr("Erase this note for good?"))
    box.setInformativeText(_tr("Every version and file is deleted here. This cannot be undone."))
    button = box.addButton(_tr("Erase"), QMessageBox.ButtonRole.DestructiveRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(QMessageBox.StandardButton.Cancel)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    button.clicked.connect(erase)
    box.open()


def _tr(words: str) -> str:
    return QCoreApplication.translate("EraseQuestion", words)
