"""What can be done with attached files wherever they are shown: draw, open, save.

Nothing is opened unless somebody asks for that very file, and never what might run.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QPoint, QStandardPaths, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMenu

from fieldnotes.desktop.drawing import draw_small, filling
from fieldnotes.desktop.widgets.file_tiles_model import FileTile
from fieldnotes.domain.attachments import AttachmentRefused, can_be_drawn, safe_name
from fieldnotes.operations.attachments import copy_to_open, save_copy, thumbnail

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from fieldnotes.desktop.runner import Runner
    from fieldnotes.desktop.widgets.file_tiles import FileTiles
    from fieldnotes.operations.attachments import Held
    from fieldnotes.operations.notebook import Notebook

Opener = Callable[[Path], bool]


def open_outside(path: Path) -> bool:
    """Let the desktop show a file. False where nothing shows this kind."""
    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


class FileDesk(QObject):
    """Serves one row of tiles at a time. `failed` with an error, `saved` with the name of a file.

    `topic` is this desk's own among the questions of the runner.
    """

    failed = Signal(object)
    saved = Signal(str)

    def __init__(
        self, runner: Runner, topic: str, parent: QObject, opener: Opener = open_outside
    ) -> None:
        super().__init__(parent)
        self._runner, self._topic, self._opener = runner, topic, opener
        self._tiles: FileTiles | None = None
        self._turn = 0
        self._files: dict[str, Held] = {}
        self._waiting: list[Held] = []

    def serve(self, tiles: FileTiles, files: Iterable[Held], menu: bool = True) -> None:
        """Draw what these files show, one after the other, and do with them what is asked.

        `menu`: offer what can be done; somebody else does so otherwise (see `fill`).
        """
        if tiles is not self._tiles:
            self._tiles, self._turn = tiles, self._turn + 1
            turn = self._turn
            tiles.opened.connect(self.open)
            tiles.destroyed.connect(lambda: self._on_gone(turn))
            if menu:
                tiles.menu_wanted.connect(self._on_menu_wanted)
        self._files = {each.attachment.id: each for each in files}
        self._waiting = [
            each
            for each in self._files.values()
            if each.here
            and can_be_drawn(each.attachment.media)
            and tiles.files.picture(each.attachment.id) is None
        ]
        self._draw_next()

    def open(self, key: str) -> None:
        """Show a copy with the program that the desktop has for it; refused for what might run."""
        file = self._files[key].attachment

        def shown(path: Path) -> None:
            if not self._opener(path):
                happened = self.tr("No program here opens %s.") % safe_name(file.name)
                self.failed.emit(AttachmentRefused(happened, self.tr("Save it instead.")))

        self._runner.ask(
            f"{self._topic} to open",
            lambda book: copy_to_open(book, file, Path(_opened_copies().name)),
            shown,
            self.failed.emit,
        )

    def save_as(self, key: str) -> None:
        """Ask where to, and write the file there."""
        file = self._files[key].attachment
        places = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DownloadLocation)
        name, _ = QFileDialog.getSaveFileName(
            None, self.tr("Save the file"), str(Path(places) / safe_name(file.name))
        )
        if name:
            path = Path(name)
            self._runner.do(
                lambda book: save_copy(book, file, path),
                lambda done: self.saved.emit(done.name),
                self.failed.emit,
            )

    def fill(self, menu: QMenu, key: str) -> None:
        """Put what can be done with a file into a menu."""
        held = self._files[key]
        opens = menu.addAction(self.tr("&Open"), lambda: self.open(key))
        opens.setEnabled(held.here and not held.runs)
        menu.addAction(self.tr("&Save as…"), lambda: self.save_as(key)).setEnabled(held.here)

    def _on_menu_wanted(self, key: str, where: QPoint) -> None:
        menu = QMenu(self._tiles)
        self.fill(menu, key)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    def _draw_next(self) -> None:
        tiles = self._tiles
        if tiles is None or not self._waiting:
            return
        file = self._waiting.pop(0).attachment
        room = tiles.picture_size()

        def drawn(picture: QImage | None) -> None:
            if self._tiles is tiles:
                if picture is not None and not picture.isNull():
                    tiles.set_picture(file.id, picture)
                self._draw_next()

        def question(notebook: Notebook) -> QImage | None:
            kept = thumbnail(notebook, file.sha256, draw_small)
            return filling(kept, *room) if kept else None

        self._runner.ask(self._topic, question, drawn, lambda _: drawn(None))

    def _on_gone(self, turn: int) -> None:
        """Tiles go when the next ones are served already."""
        if turn == self._turn:
            self._tiles = None
            self._waiting.clear()


def tile_of(held: Held, note: str = "") -> FileTile:
    """A file as a tile. `note`: what else is to be said of it."""
    file = held.attachment
    warning = _tr("Program") if held.runs else ""
    sign = "mail" if file.media in ("message/rfc822", "application/vnd.ms-outlook") else "file"
    size = size_words(file.size) if held.here else _tr("not here")
    return FileTile(file.id, safe_name(file.name), size, sign, warning, note)


def size_words(size: int) -> str:
    """Bytes as people say them."""
    precision = 0 if size < 1_000_000 else 1
    return QLocale().formattedDataSize(size, precision, QLocale.DataSizeFormat.DataSizeSIFormat)


@cache
def _opened_copies() -> tempfile.TemporaryDirectory[str]:
    """For copies that other programs show; gone with the program."""
    return tempfile.TemporaryDirectory(prefix="fieldnotes-", ignore_cleanup_errors=True)


def _tr(words: str) -> str:
    return QCoreApplication.translate("FileDesk", words)
