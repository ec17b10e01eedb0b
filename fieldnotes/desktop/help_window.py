"""F1: a page of help in a small window of its own, from the files that ship."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QTextBrowser, QWidget

from fieldnotes.desktop import theme
from fieldnotes.paths import resources

_PAGES = {"came-in": "reading-in", "not-sent": "sending", "accounts": "accounts"}
_PAGES |= {"people": "sending", "drafts": "capture"}
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
        self.document().setBaseUrl(QUrl())

    def _on_link_clicked(self, link: QUrl) -> None:
        self.show_page(link.fileName().removesuffix(".md"))
