"""What can be done about files: those of other programs are taken over, dropped ones sorted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QFileDialog

from fieldnotes.desktop.bundles.sharing_commands import CARDS

if TYPE_CHECKING:
    from fieldnotes.desktop.bundles.sharing_commands import SharingCommands
    from fieldnotes.desktop.capture.writing_commands import WritingCommands
    from fieldnotes.desktop.main_window import MainWindow
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.operations.intake import TakenOver

BUNDLES = ".fieldnotes"
SHEETS = (".csv", ".jsonl", ".ndjson", ".xlsx", ".zip")
ROUGH = (".txt", ".md", ".markdown", ".text", ".eml")
CALENDARS = (".ics", ".ical", ".icalendar")


class FileCommands(QObject):
    """Bundles and cards go to `sharing`, calendars and rough notes to `writing`."""

    def __init__(
        self,
        window: MainWindow,
        runner: Runner,
        sharing: SharingCommands,
        writing: WritingCommands,
    ) -> None:
        super().__init__(window)
        self._window, self._runner = window, runner
        self._sharing, self._writing = sharing, writing
        window.files_dropped.connect(self.take)

    def choose_sheet(self) -> None:
        """Choose a file of another program, and take its notes over."""
        kinds = " ".join(f"*{suffix}" for suffix in SHEETS)
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Take over notes"),
            "",
            f"{self.tr('Notes of other programs')} ({kinds})",
        )
        if name:
            self.take([Path(name)])

    def choose_folder(self) -> None:
        """Choose a folder of Markdown pages, and take its notes over."""
        name = QFileDialog.getExistingDirectory(self._window, self.tr("Take over notes"))
        if name:
            self.take_over(Path(name))

    def take_over(self, path: Path) -> None:
        """Show what taking this file or folder over would do, then do it."""
        from fieldnotes.desktop.intake.taking_over_dialog import TakingOverDialog

        dialog = TakingOverDialog(self._runner, path, self._window)
        dialog.taken.connect(self._on_taken_over)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def take(self, files: list[Path]) -> None:
        """Do with files what they are for: read notes in, or take a sheet over."""
        bundles = [file for file in files if file.suffix.lower() == BUNDLES]
        cards = [file for file in files if file.suffix.lower() == CARDS]
        calendars = [file for file in files if file.suffix.lower() in CALENDARS]
        rough = [file for file in files if file.suffix.lower() in ROUGH]
        sheets = [file for file in files if file.suffix.lower() in SHEETS]
        folders = [file for file in files if not file.suffix]
        if cards:
            self._sharing.meet(cards)
        if bundles:
            self._sharing.read_in(bundles)
        elif folders:
            self._take_folders(folders)
        elif sheets:
            self.take_over(sheets[0])
        elif calendars:
            self._writing.meetings().drop(calendars)
        elif rough:
            self._writing.debriefing().open_file(rough[0])
        elif files and not cards:
            self._window.notice.tell(
                "warn",
                self.tr(
                    "Drop .fieldnotes, .fieldnotes-card, .csv, .xlsx, .jsonl, .zip, .ics, .txt, .md"
                    " or .eml files."
                ),
                lead=self.tr("This file holds no notes."),
            )

    def _take_folders(self, folders: list[Path]) -> None:
        """Folders of bundles are read in, others are pages of notes."""
        from fieldnotes.operations.previewing import bundles_in

        def told(bundles: list[Path]) -> None:
            if bundles:
                self._sharing.read_in(bundles)
            else:
                self.take_over(folders[0])

        self._runner.ask("folders", lambda _: bundles_in(folders), told)

    def _on_taken_over(self, taken: TakenOver) -> None:
        from fieldnotes.desktop.intake.taking_over_words import was_done

        self._window.notice.tell("warn" if taken.skipped else "success", was_done(taken))
