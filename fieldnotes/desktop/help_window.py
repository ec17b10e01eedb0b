"""F1: a page of help in a small window of its own, from the files that ship."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import (
    QKeySequence,
    QShortcut,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextTable,
)
from PySide6.QtWidgets import QTextBrowser, QWidget

from fieldnotes.desktop import theme
from fieldnotes.paths import resources

_PAGES = {"came-in": "reading-in", "not-sent": "sending", "accounts": "accounts"}
_PAGES |= {"drafts": "capture", "meetings": "capture"}
_NAME = "help"


def open_help(parent: QWidget, page: str) -> QWidget:
    """Show the help for a page of the window; one window for all of it."""
    window = parent.findChild(HelpWindow, _NAME) or HelpWindow(parent)
    window.show_page(_PAGES.get(page, page))
    window.show()
    window.raise_()
    window.activateWindow()
    return window


class HelpWindow(QTextBrowser):
    """Shows one file at a time; links lead to the other files and nowhere else."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName(_NAME)
        self.setWindowFlag(Qt.WindowType.Window)
        self.setWindowTitle(self.tr("Help"))
        self.setAccessibleName(self.tr("Help"))
        self.setOpenLinks(False)
        self.anchorClicked.connect(self._on_link_clicked)
        self.document().setDocumentMargin(24)
        self.document().setDefaultFont(theme.font("reading"))
        self.setProperty("bare", True)
        self.resize(560, 640)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)
        theme.styled(self, ground="surface")

    def show_page(self, name: str) -> None:
        """Show a page of help; an unknown one is the help about notes."""
        folder = resources() / "help"
        file = folder / f"{name}.md"
        if file.parent != folder or not file.is_file():
            file = folder / "notes.md"
        self.document().setMarkdown(file.read_text(encoding="utf-8"))
        _give_room(self.document())
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self.verticalScrollBar().setValue(0)

    def _on_link_clicked(self, link: QUrl) -> None:
        self.show_page(link.fileName().removesuffix(".md"))


def _give_room(document: QTextDocument) -> None:
    """Qt sets markdown without any space between its parts."""
    block = document.begin()
    while block.isValid():
        cursor = QTextCursor(block)
        shape = block.blockFormat()
        level = shape.headingLevel()
        in_table = cursor.currentTable() is not None
        shape.setTopMargin(20 if level == 2 else 0)
        shape.setBottomMargin(0 if in_table else 4 if block.textList() is not None else 8)
        cursor.setBlockFormat(shape)
        if level:
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            look = QTextCharFormat()
            look.setFont(theme.font("title" if level == 1 else "reading", bold=True))
            cursor.mergeCharFormat(look)
        block = block.next()
    for table in document.rootFrame().childFrames():
        if isinstance(table, QTextTable):
            made = table.format()
            made.setCellPadding(4)
            made.setBorder(0)
            made.setTopMargin(4)
            made.setBottomMargin(12)
            table.setFormat(made)
