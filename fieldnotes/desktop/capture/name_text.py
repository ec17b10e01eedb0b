"""Plain text with names in it: how it is shown, read, copied and pasted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QTextCursor, QTextDocument, QTextOption
from PySide6.QtWidgets import QTextEdit, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.capture import inline_names
from fieldnotes.desktop.capture.inline_names import NameDrawing, insert_plain
from fieldnotes.desktop.capture.pasted_files import is_for_attaching
from fieldnotes.domain.drafts import InlineName, plain_text


class NameText(QTextEdit):
    """`hint` is shown while nothing is written; `take_files` is offered what is pasted first.

    `pasted` carries words that were pasted.
    """

    pasted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hint = ""
        self.take_files: Callable[[QMimeData], bool] = lambda source: False
        self._filling = False
        self._drawing = NameDrawing(self)
        self._dress()
        self.write("", ())
        self.selectionChanged.connect(self._on_selection_changed)
        theme.notifier().changed.connect(self._on_theme_changed)

    def write(self, text: str, names: tuple[InlineName, ...], cursor: int = 0) -> None:
        """Show this text and put the cursor there, without a signal."""
        self._filling = True
        inline_names.write_document(self.document(), text, names)
        there = self.textCursor()
        there.setPosition(min(cursor, self.document().characterCount() - 1))
        self.setTextCursor(there)
        self._filling = False

    def text(self) -> str:
        """The text with one OBJECT for each name."""
        return inline_names.read_text(self.document())

    def inline_names(self) -> tuple[InlineName, ...]:
        """The names in their order."""
        return inline_names.read_names(self.document())

    def sizeHint(self) -> QSize:
        return QSize(480, 120)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 84)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Qt would draw the hint above the line on which the cursor stands."""
        super().paintEvent(event)
        if self.hint and self.document().isEmpty():
            painter = QPainter(self.viewport())
            painter.setFont(self.document().defaultFont())
            painter.setPen(theme.color("muted"))
            line = self.cursorRect()
            line.setRight(self.viewport().width())
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
            painter.drawText(line, flags, self.hint)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return source.hasText() or is_for_attaching(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words only: nothing that is pasted can load anything."""
        if self.take_files(source):
            return
        text = source.text().replace("\r\n", "\n")
        insert_plain(self.textCursor(), text)
        self.pasted.emit(text)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copy plain words, the names among them."""
        made = QMimeData()
        made.setText(self.selected_words())
        return made

    def selected_words(self) -> str:
        """What is selected, with names written out."""
        copied = QTextDocument()
        QTextCursor(copied).insertFragment(self.textCursor().selection())
        return plain_text(inline_names.read_text(copied), inline_names.read_names(copied))

    def _dress(self) -> None:
        self.setProperty("bare", True)
        theme.styled(self, size="reading")
        self.setAcceptRichText(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().registerHandler(inline_names.KIND, self._drawing)
        self.viewport().setAutoFillBackground(False)

    def _on_selection_changed(self) -> None:
        cursor = self.textCursor()
        self._drawing.selected = (cursor.selectionStart(), cursor.selectionEnd())

    def _on_theme_changed(self) -> None:
        self.document().markContentsDirty(0, self.document().characterCount())
