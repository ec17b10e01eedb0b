"""Files beside a note that is being written: pasted, dropped or chosen; taken out and put back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QMenu, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.file_desk import FileDesk, tile_of
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.file_tiles import FileTiles
from fieldnotes.domain.attachments import may_run
from fieldnotes.domain.markings import Marking
from fieldnotes.operations.attachments import Attached, Held

if TYPE_CHECKING:
    from fieldnotes.domain.notes import Attachment


class FilesEditor(QWidget):
    """`edited` after something came, went or was marked; `undone` with what is to come back."""

    edited = Signal()
    undone = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.tiles = FileTiles(self.tr("Attached files"))
        self._desk: FileDesk | None = None
        self._files: list[Held] = []
        self._private: set[str] = set()
        self._kept_places: set[str] = set()
        self._taken_out: list[Attachment] = []
        self._place = theme.label(ink="muted", size="small")
        self._place.setWordWrap(True)
        self._removed = theme.label(ink="muted", size="small")
        self.undo_button = button(self.tr("&Undo"), "link")
        self._lay_out()
        self.tiles.removed.connect(self.take_out)
        self.tiles.menu_wanted.connect(self._on_menu_wanted)
        self.undo_button.clicked.connect(self.undo)
        self._show()

    def serve_at(self, desk: FileDesk) -> None:
        """Who draws, opens and saves the files."""
        self._desk = desk
        self._show()

    def set_files(self, files: Iterable[Attachment], marks: dict[str, str]) -> None:
        """Show these, without a signal. `marks`: who may see which field of the note."""
        self._files = [Held(each, True, may_run(each.name, each.media)) for each in files]
        red = Marking.RED.value
        self._private = {each for each in self._ids() if marks.get(f"attachments.{each}") == red}
        self._kept_places.clear()
        self._taken_out.clear()
        self._show()

    def files(self) -> tuple[Attachment, ...]:
        """What is attached."""
        return tuple(held.attachment for held in self._files)

    def marks(self, before: dict[str, str]) -> dict[str, str]:
        """`before` with what was chosen for the files that are here."""
        others = {
            name: mark
            for name, mark in before.items()
            if not name.startswith("attachments.") or mark != Marking.RED.value
        }
        return others | {f"attachments.{each}": Marking.RED.value for each in self._private}

    def add(self, attached: Iterable[Attached]) -> None:
        """Show what has been kept; the same content is attached once."""
        for each in attached:
            if each.attachment.sha256 not in {held.attachment.sha256 for held in self._files}:
                file = each.attachment
                self._files.append(Held(file, True, may_run(file.name, file.media)))
                if each.place_kept:
                    self._kept_places.add(file.id)
        self._show()
        self.edited.emit()

    def take_out(self, key: str) -> None:
        """Take a file out; it can come back while the note is shown."""
        gone = [held.attachment for held in self._files if held.attachment.id == key]
        self._files = [held for held in self._files if held.attachment.id != key]
        self._taken_out += gone
        self._show()
        self.edited.emit()

    def undo(self) -> None:
        """Ask for the file back that was taken out last."""
        if self._taken_out:
            self.undone.emit(self._taken_out.pop())
            self._show()

    def put_back(self, file: Attachment) -> None:
        """It is still there."""
        self._files.append(Held(file, True, may_run(file.name, file.media)))
        self._files.sort(key=lambda held: held.attachment.id)
        self._show()
        self.edited.emit()

    def keep_private(self, key: str, private: bool) -> None:
        """Let nobody else have a file, or let it go where the note goes."""
        self._private = self._private | {key} if private else self._private - {key}
        self._show()
        self.edited.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Undo):
            self.undo()
        else:
            super().keyPressEvent(event)

    def place_words(self) -> str:
        """What is said of files that may keep where they were made; '' while nothing is."""
        return self._place.text() if self._kept_places & self._ids() else ""

    def _ids(self) -> set[str]:
        return {held.attachment.id for held in self._files}

    def _show(self) -> None:
        only_me = self.tr("Only me")
        self.tiles.set_tiles(
            tile_of(held, only_me if held.attachment.id in self._private else "")
            for held in self._files
        )
        self.tiles.setVisible(bool(self._files))
        if self._desk is not None:
            self._desk.serve(self.tiles, self._files, menu=False)
        names = [h.attachment.name for h in self._files if h.attachment.id in self._kept_places]
        self._place.setText(
            self.tr("We cannot take out where it was made, if it says so: %s") % ", ".join(names)
        )
        self._place.setVisible(bool(names))
        gone = self._taken_out[-1].name if self._taken_out else ""
        self._removed.setText(self.tr("Taken out: %s") % gone)
        self._undo_row.setVisible(bool(gone))
        self.setVisible(bool(self._files or gone))

    def _on_menu_wanted(self, key: str, where: QPoint) -> None:
        menu = QMenu(self)
        if self._desk is not None:
            self._desk.fill(menu, key)
            menu.addSeparator()
        private = menu.addAction(self.tr("Only &me may see it"))
        private.setCheckable(True)
        private.setChecked(key in self._private)
        private.toggled.connect(lambda on: self.keep_private(key, on))
        menu.addAction(self.tr("&Take out"), lambda: self.take_out(key))
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(where)

    def _lay_out(self) -> None:
        self._undo_row = QWidget()
        row = QHBoxLayout(self._undo_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._removed)
        row.addWidget(self.undo_button)
        row.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        for part in (self._undo_row, self.tiles, self._place):
            column.addWidget(part)
