"""Plain text with names in it: how it is shown, read, copied and pasted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QPixmap, QResizeEvent, QShowEvent, QTextCursor, QTextDocument, QTextOption
from PySide6.QtWidgets import QTextEdit, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.capture import inline_names
from fieldnotes.desktop.capture.inline_names import insert_plain, picture_of
from fieldnotes.desktop.capture.pasted_files import is_for_attaching
from fieldnotes.domain.drafts import InlineName, plain_text

_PICTURE = QTextDocument.ResourceType.ImageResource.value


class NameText(QTextEdit):
    """`take_files` is offered what is pasted first; `pasted` carries words that were pasted.

    It paints without anything from Python, and all of its ground: for a letter no widget behind
    it is painted, and no thread is waited for.
    """

    pasted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.take_files: Callable[[QMimeData], bool] = lambda source: False
        self._drawn: set[QUrl] = set()
        self._selected: set[QUrl] = set()
        self._hint = theme.label(ink="muted", size="reading")
        self._dress()
        inline_names.write_document(self.document(), "", ())
        self.document().modificationChanged.connect(self.show_hint)  # not at each letter
        self.selectionChanged.connect(self._on_selection_changed)
        theme.notifier().changed.connect(self._on_theme_changed)

    def set_hint(self, words: str) -> None:
        """Show this while nothing is written."""
        self._hint.setText(words)
        self.setAccessibleDescription(words)

    def show_hint(self) -> None:
        """Show the hint again when all was taken away, or hide it."""
        empty = self.document().isEmpty()
        if empty:
            self.document().setModified(False)  # the next letter is told of, and hides it
        self._hint.setVisible(empty)

    def write(self, text: str, names: tuple[InlineName, ...], cursor: int = 0) -> None:
        """Show this text and put the cursor there, without a signal."""
        self._drawn, self._selected = set(), set()
        inline_names.write_document(self.document(), text, names)
        there = self.textCursor()
        there.setPosition(min(cursor, self.document().characterCount() - 1))
        self.setTextCursor(there)
        self.show_hint()

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

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._paint_all_ground()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._paint_all_ground()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint.setGeometry(0, 0, self.viewport().width(), inline_names.LINE)

    def loadResource(self, kind: int, address: QUrl | str) -> QPixmap | None:
        """Pictures of names, asked for once each; nothing else is ever loaded."""
        picture = picture_of(QUrl(address), selected=QUrl(address) in self._selected)
        if picture is not None:
            self._drawn.add(QUrl(address))
        return picture

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
        theme.styled(self, size="reading", ground="surface")
        self.setAcceptRichText(False)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(0)
        # Qt's own placeholder stands above the line on which the cursor does
        self._hint.setParent(self.viewport())
        self._hint.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def _paint_all_ground(self) -> None:
        """A style sheet takes this back whenever it dresses a field."""
        self.viewport().setAutoFillBackground(True)

    def _on_theme_changed(self) -> None:
        self._draw_anew(self._drawn)

    def _on_selection_changed(self) -> None:
        before, self._selected = self._selected, inline_names.addresses_in(self.textCursor())
        if before != self._selected:
            self._draw_anew(before ^ self._selected)

    def _draw_anew(self, addresses: set[QUrl]) -> None:
        for address in addresses:
            picture = picture_of(address, selected=address in self._selected)
            self.document().addResource(_PICTURE, address, picture)
        self.viewport().update()
