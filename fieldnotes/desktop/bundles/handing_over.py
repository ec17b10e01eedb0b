"""What can be done with a file that was made: mail it, copy it, put it where the team looks."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import msgspec
from PySide6.QtCore import QCoreApplication, QMimeData, QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget

from fieldnotes.desktop.file_manager import show_file
from fieldnotes.desktop.runner import Runner
from fieldnotes.errors import SendingRefused
from fieldnotes.operations.handing_over import draft_mail, put_in_folder


def open_mail(draft: Path) -> bool:
    """Let the desktop's e-mail program show a draft. False where there is none."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(draft)))


def ask_folder(parent: QWidget | None, begin: str) -> Path | None:
    """Ask where the team looks for files; None where nobody says."""
    words = QCoreApplication.translate("HandingOver", "Which folder does your team share?")
    chosen = QFileDialog.getExistingDirectory(parent, words, begin or str(Path.home()))
    return Path(chosen) if chosen else None


def ask_place(parent: QWidget | None) -> Path | None:
    """Ask where files that are made should go; None where nobody says."""
    words = QCoreApplication.translate("HandingOver", "Where should the files go?")
    chosen = QFileDialog.getExistingDirectory(parent, words, str(Path.home()))
    return Path(chosen) if chosen else None


class Hands(msgspec.Struct, frozen=True):
    """How this desktop shows drafts and files, and asks for folders; tests have others.

    `ask_folder`: the one that the team shares; `ask_place`: where new files go.
    """

    open_mail: Callable[[Path], bool] = open_mail
    show_file: Callable[[Path, Callable[[], object]], object] = show_file
    ask_folder: Callable[[QWidget | None, str], Path | None] = ask_folder
    ask_place: Callable[[QWidget | None], Path | None] = ask_place


class HandingOver(QObject):
    """`begun` when something is tried, `said` with a sentence about what was done, `failed` with an
    error. `folder_chosen` with the team folder, to be remembered.
    """

    begun = Signal()
    said = Signal(str)
    failed = Signal(object)
    folder_chosen = Signal(str)

    def __init__(self, runner: Runner, folder: str, hands: Hands, parent: QWidget) -> None:
        super().__init__(parent)
        self._runner, self._hands, self._parent = runner, hands, parent
        self.folder = folder

    def mail(self, file: Path, recipient: str, title: str) -> None:
        """Open a draft with the file attached."""

        def opened(draft: Path) -> None:
            if self._hands.open_mail(draft):
                self.said.emit(self.tr("Your e-mail program has the draft; nothing is sent yet."))
            else:
                happened = self.tr("No e-mail program opens the draft.")
                self.failed.emit(SendingRefused(happened, self.tr("Copy the file instead.")))

        self.begun.emit()
        self._runner.ask(
            "e-mail draft",
            lambda book: draft_mail(book, file, recipient, title, Path(_drafts().name)),
            opened,
            self.failed.emit,
        )

    def copy(self, file: Path) -> None:
        """Put the file on the clipboard as files are put there."""
        self.begun.emit()
        QApplication.clipboard().setMimeData(as_copied(file))
        self.said.emit(self.tr("Copied as a file: paste it into an e-mail or a chat."))

    def put_in_folder(self, file: Path, elsewhere: bool = False) -> None:
        """Put a copy in the team folder; the first time, or `elsewhere`, somebody says which."""
        if elsewhere or not self.folder or not Path(self.folder).is_dir():
            chosen = self._hands.ask_folder(self._parent, self.folder)
            if chosen is None:
                return
            self.folder = str(chosen)
            self.folder_chosen.emit(self.folder)
        folder = Path(self.folder)
        self.begun.emit()
        self._runner.ask(
            "team folder",
            lambda _: put_in_folder(file, folder),
            lambda copy: self.said.emit(
                self.tr("{file} lies in {folder}.").format(file=copy.name, folder=folder)
            ),
            self.failed.emit,
        )

    def show(self, file: Path) -> None:
        """Show the file where it lies."""

        def failed() -> None:
            happened = self.tr("No program shows folders here.")
            told = self.tr("The file lies in {folder}.").format(folder=file.parent)
            self.failed.emit(SendingRefused(happened, told))

        self.begun.emit()
        self._hands.show_file(file, failed)


def as_copied(file: Path) -> QMimeData:
    """A file as file managers put it on the clipboard: also GNOME's and KDE's flavour."""
    url = QUrl.fromLocalFile(str(file))
    data = QMimeData()
    data.setUrls([url])
    encoded = bytes(url.toEncoded().data())
    data.setData("x-special/gnome-copied-files", b"copy\n" + encoded)
    data.setData("application/x-kde-cutselection", b"0")
    return data


@cache
def _drafts() -> tempfile.TemporaryDirectory[str]:
    """E-mail programs read the draft a moment later; gone with the program."""
    return tempfile.TemporaryDirectory(prefix="fieldnotes-", ignore_cleanup_errors=True)
