"""What can be done between people: send notes, read in those of others, get to know somebody."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QFileDialog

from fieldnotes.desktop import contents

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldnotes.desktop.inbox.reading_commands import ReadingCommands
    from fieldnotes.desktop.kept_settings import KeptSettings
    from fieldnotes.desktop.main_window import MainWindow
    from fieldnotes.desktop.notes.reader_pane import ReaderPane
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.operations.reading_in import ReadIn

CARDS = ".fieldnotes-card"


class SharingCommands(QObject):
    """`changed` when what is possible may have changed; `undo` takes back what was done last."""

    changed = Signal()

    def __init__(
        self, window: MainWindow, runner: Runner, kept: KeptSettings, undo: Callable[[], None]
    ) -> None:
        super().__init__(window)
        self._window, self._runner, self._kept, self._undo = window, runner, kept, undo
        self._reading: ReadingCommands | None = None
        window.notes.send_wanted.connect(self.send_these)
        self.serve(window.notes.reader)

    def send(self) -> None:
        """Choose notes, check them, make a file; what is searched for begins the choice."""
        from fieldnotes.desktop.bundles.sending_dialog import SendingDialog

        on_notes = self._window.page is self._window.notes
        query = self._window.notes.finder.query() if on_notes else ""
        folder = self._kept.now.team_folder
        dialog = SendingDialog(
            self._runner, query, self._window, team_folder=folder, undo=self._undo
        )
        dialog.handing.folder_chosen.connect(self._on_team_folder)
        _open(dialog)

    def send_these(self, ids: list[str]) -> None:
        """Check just these notes, and make a file of them."""
        from fieldnotes.desktop.bundles.sending_dialog import SendingDialog

        ids_only = tuple(ids)
        _open(SendingDialog(self._runner, "", self._window, notes=ids_only, undo=self._undo))

    def serve(self, reader: ReaderPane) -> None:
        """Answer what a reader asks of where notes went."""
        reader.where_wanted.connect(self.where_it_went)
        reader.withdrawal_wanted.connect(self.withdraw)

    def where_it_went(self, note_id: str) -> None:
        """Show who has a note, in which version."""
        from fieldnotes.desktop.ledger.went_dialog import WentDialog

        dialog = WentDialog(self._runner, note_id, self._window)
        dialog.send_wanted.connect(self.send_these)
        dialog.withdrawal_wanted.connect(self.withdraw)
        _open(dialog)

    def withdraw(self, ids: list[str]) -> None:
        """Remove these notes, and make a file for everybody who has a copy and was not told."""
        from fieldnotes.desktop.bundles.withdrawing_dialog import WithdrawingDialog

        folder = self._kept.now.team_folder
        dialog = WithdrawingDialog(self._runner, ids, self._window, team_folder=folder)
        dialog.handing.folder_chosen.connect(self._on_team_folder)
        _open(dialog)

    def send_again(self, no: int) -> None:
        """Make a file of the ledger again, after a last look at it."""
        from fieldnotes.desktop.bundles.sending_again_dialog import SendingAgainDialog

        folder = self._kept.now.team_folder
        dialog = SendingAgainDialog(
            self._runner, no, self._window, team_folder=folder, undo=self._undo
        )
        dialog.handing.folder_chosen.connect(self._on_team_folder)
        _open(dialog)

    def show_file(self, file: Path) -> None:
        """Show a file where it lies."""
        from fieldnotes.desktop.file_manager import show_file

        show_file(file)

    def show_batch(self, batch: str | None) -> None:
        """Show what was read in together."""
        from fieldnotes.desktop.inbox.what_came_in import WhatCameInPage

        self._window.go_to(contents.CAME_IN)
        page = self._window.page
        if isinstance(page, WhatCameInPage):
            page.show_batch(batch)

    def choose_files(self) -> None:
        """Choose files that others sent, and read them in."""
        self.reading().choose_files()

    def read_in(self, files: list[Path]) -> None:
        """Show what reading these files in would do, then do it."""
        self.reading().read_in(files)

    def watch_folder(self) -> None:
        """Choose a folder in which files of others appear."""
        self.reading().choose_folder()

    def stop_watching(self) -> None:
        """Watch it no more."""
        self.reading().follow(None)

    def reading(self) -> ReadingCommands:
        """What can be done about files of others, made when it is first asked for."""
        if self._reading is None:
            from fieldnotes.desktop.inbox.reading_commands import ReadingCommands

            folder = self._kept.now.watched_folder
            self._reading = ReadingCommands(self._runner, folder, self._window)
            self._reading.was_read_in.connect(self._show_what_came_in)
            self._reading.folder_chosen.connect(self._on_watched_folder)
            self._reading.watch.changed.connect(self._on_arrived)
        return self._reading

    def choose_card(self) -> None:
        """Choose somebody's key card, and get to know them."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window, self.tr("Read a card"), "", f"{self.tr('Key cards')} (*{CARDS})"
        )
        if names:
            self.meet([Path(name) for name in names])

    def meet(self, cards: list[Path]) -> None:
        """Read key cards, and show whose they are: the words are still to be compared."""
        from fieldnotes.operations.cards import meet_by_card

        for card in cards:
            self._runner.do(
                lambda book, path=card: meet_by_card(book, path),  # type: ignore[misc]
                lambda met: self._show_person(met.author),
                self._window.notice.tell_error,
            )

    def possible(self) -> dict[str, bool]:
        """Which of the actions that depend on something can be run now."""
        return {"watch-no-more": bool(self._kept.now.watched_folder)}

    def texts(self) -> dict[str, str]:
        """What the actions are called that say what they would do."""
        folder = Path(self._kept.now.watched_folder).name
        words = self.tr("S&top watching {folder}").format(folder=folder).strip()
        return {"watch-no-more": words}

    def close(self) -> None:
        """Watch no folder any more; the next start does."""
        if self._reading is not None:
            self._reading.watch.stop()

    def _on_team_folder(self, folder: str) -> None:
        self._kept.hold(self._kept.now._replace(team_folder=folder))

    def _on_watched_folder(self, folder: str) -> None:
        from fieldnotes.operations.watching import READ_IN

        self._kept.hold(self._kept.now._replace(watched_folder=folder))
        self.changed.emit()
        if not folder:
            self._window.notice.tell("info", self.tr("No folder is watched any more."))
            return
        words = self.tr(
            "Files that others put there are offered under “What came in”; what you have read in"
            " moves to “{read_in}” in it. To stop: Share, Stop watching."
        )
        lead = self.tr("{folder} is watched.").format(folder=folder)
        self._window.notice.tell("success", words.format(read_in=READ_IN), lead=lead)

    def _on_arrived(self) -> None:
        waiting = len(self.reading().watch.arrived)
        self._window.side_bar.set_count(contents.CAME_IN, waiting or None)

    def _show_what_came_in(self, result: ReadIn) -> None:
        """Afterwards: what it brought, by competitor, objection and win."""
        from fieldnotes.desktop.inbox.not_read_words import not_read_words

        self.show_batch(result.batch)
        lead, words = not_read_words(result.plan, self.reading().watch.folder)
        if lead:
            self._window.notice.tell("warn", words, lead=lead)

    def _show_person(self, author: str) -> None:
        from fieldnotes.desktop.people.people_page import PeoplePage

        self._window.go_to(contents.PEOPLE)
        page = self._window.page
        if isinstance(page, PeoplePage):
            page.show_person(author)


def _open(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
