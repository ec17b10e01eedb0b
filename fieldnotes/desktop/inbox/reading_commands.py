"""What can be done about files that others sent: read them in, and watch a folder for them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldnotes.desktop.inbox.folder_watch import FolderWatch
from fieldnotes.desktop.runner import Runner
from fieldnotes.operations.reading_in import ReadIn

BUNDLES = ".fieldnotes"


class ReadingCommands(QObject):
    """`was_read_in` with what it was, `folder_chosen` with the folder to watch from now on or ''.

    `folder`: the one that is watched, '' for none.
    """

    was_read_in = Signal(object)
    folder_chosen = Signal(str)

    def __init__(self, runner: Runner, folder: str, window: QWidget) -> None:
        super().__init__(window)
        self._runner, self._window = runner, window
        self.watch = FolderWatch(runner, self)
        self.watch.watch(Path(folder) if folder else None)

    def choose_files(self) -> None:
        """Choose files that others sent, and read them in."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window, self.tr("Read in notes"), "", f"Fieldnotes (*{BUNDLES})"
        )
        if names:
            self.read_in([Path(name) for name in names])

    def read_in(self, files: list[Path]) -> None:
        """Show what reading these files in would do, then do it."""
        from fieldnotes.desktop.inbox.reading_in_dialog import ReadingInDialog

        dialog = ReadingInDialog(self._runner, files, self._window)
        dialog.read_in.connect(self._on_read_in)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def choose_folder(self) -> None:
        """Choose a folder in which files of others appear, such as a synced one."""
        begin = str(self.watch.folder or Path.home())
        words = self.tr("Watch a folder for notes")
        folder = QFileDialog.getExistingDirectory(self._window, words, begin)
        if folder:
            self.follow(Path(folder))

    def follow(self, folder: Path | None) -> None:
        """Watch this folder; None watches nothing any more."""
        self.watch.watch(folder)
        self.folder_chosen.emit(str(folder) if folder is not None else "")

    def _on_read_in(self, result: ReadIn) -> None:
        self.watch.put_away(result.plan)
        self.was_read_in.emit(result)
