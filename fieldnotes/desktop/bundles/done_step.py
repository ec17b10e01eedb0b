"""The file is made: where it lies, what is in it, and how to hand it over."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.panel import FieldGrid, Panel
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.operations.sending import Sent

OpenFolder = Callable[[Path], object]


def open_folder(folder: Path) -> bool:
    """Show a folder in the system's file manager."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


class DoneStep(QWidget):
    """Copy the file to paste it into an e-mail or a chat, or look at it where it lies."""

    def __init__(
        self, open_folder: OpenFolder = open_folder, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._open_folder = open_folder
        self._path: Path | None = None
        self.copy = button(self.tr("&Copy file"), "primary", icon="copy")
        self.show_file = button(self.tr("&Show file"), icon="folder")
        self.said = theme.label(ink="muted")
        self.said.setWordWrap(True)
        self._grid = FieldGrid(label_width=88)
        self.copy.clicked.connect(self._on_copied)
        self.show_file.clicked.connect(self._on_shown)
        self._lay_out()

    def show_sent(self, sent: Sent, who_opens: str) -> None:
        """Tell what was made. `who_opens`: who can read the file, in one sentence."""
        self._path = sent.path
        self.said.setText(self.tr("Copied as a file: paste it into an e-mail or a chat."))
        self.said.hide()
        self._grid.clear()
        self._grid.add(self.tr("File"), sent.path.name)
        self._grid.add(self.tr("Folder"), str(sent.path.parent))
        self._grid.add(self.tr("In it"), self._contents(sent))
        self._grid.add(self.tr("Who opens it"), who_opens)

    def path(self) -> Path | None:
        """Where the file lies."""
        return self._path

    def _contents(self, sent: Sent) -> str:
        records = int(sent.manifest["records"])
        parts = [self.tr("{n} notes") if records != 1 else self.tr("1 note")]
        if sent.hidden:
            parts.append(self.tr("{hidden} of them with something hidden"))
        if sent.not_sent:
            parts.append(self.tr("{kept} were kept back"))
        if sent.continued:
            parts.append(self.tr("{long} long texts go on in the sheet “Long texts”"))
        return ", ".join(parts).format(
            n=grouped(records),
            hidden=grouped(sent.hidden),
            kept=grouped(sent.not_sent),
            long=grouped(sent.continued),
        )

    def _on_copied(self) -> None:
        if self._path is not None:
            files = QMimeData()
            files.setUrls([QUrl.fromLocalFile(str(self._path))])
            QApplication.clipboard().setMimeData(files)
            self.said.show()

    def _on_shown(self) -> None:
        if self._path is not None:
            self._open_folder(self._path.parent)

    def _lay_out(self) -> None:
        panel = Panel()
        panel.body.addWidget(self._grid)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.copy)
        buttons.addWidget(self.show_file)
        buttons.addStretch()
        column = QVBoxLayout()
        column.setSpacing(16)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        column.addLayout(buttons)
        column.addWidget(self.said)
        middle = QWidget()
        middle.setLayout(column)
        middle.setMaximumWidth(680)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.addWidget(middle)
        outer.addStretch()
