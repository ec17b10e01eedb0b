"""The message when something went wrong that nobody expected, with a report to copy."""

from __future__ import annotations

import platform
import traceback

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from fieldnotes import __version__


def crash_box(error: BaseException, parent: QWidget | None = None) -> QMessageBox:
    """The message, with a report to copy that holds no note."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Critical)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setWindowTitle("Fieldnotes")
    box.setText(box.tr("Something went wrong that should not have."))
    box.setInformativeText(
        box.tr("What you typed is kept. Go on, and send the report to whoever helps you.")
    )
    told = report(error)
    copy = box.addButton(box.tr("Copy report"), QMessageBox.ButtonRole.ActionRole)
    copy.clicked.connect(lambda: QApplication.clipboard().setText(told))
    box.addButton(box.tr("Go on"), QMessageBox.ButtonRole.AcceptRole)
    box.setDetailedText(told)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box


def report(error: BaseException) -> str:
    """Where it happened and on what; the places only, for a message may quote a note."""
    frames = traceback.extract_tb(error.__traceback__)
    lines = [f"Fieldnotes {__version__}, Python {platform.python_version()}, {platform.system()}"]
    lines += [f"{frame.name}: {_short(frame.filename)}:{frame.lineno}" for frame in frames]
    return "\n".join([*lines, type(error).__name__])


def _short(path: str) -> str:
    return "/".join(path.replace("\\", "/").split("/")[-3:])
