"""Going about: from page to page, to what worked, to any action by its name, to help."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMessageBox

from fieldnotes import __version__
from fieldnotes.desktop import contents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QAction

    from fieldnotes.desktop.flip.flip_window import FlipWindow
    from fieldnotes.desktop.kept_settings import KeptSettings
    from fieldnotes.desktop.main_window import MainWindow
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.desktop.widgets.command_palette import CommandPalette


class PageCommands(QObject):
    """Serves one window; the windows that it opens beside it are made when first asked for."""

    def __init__(self, window: MainWindow, runner: Runner, kept: KeptSettings) -> None:
        super().__init__(window)
        self._window, self._runner, self._kept = window, runner, kept
        self._palette: CommandPalette | None = None
        self._flip: FlipWindow | None = None
        self._offered: Callable[[], Iterable[QAction]] = list

    def come_forward(self) -> None:
        """Bring the main window to the front."""
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    def go_to(self, key: str) -> None:
        """Go to a page, with the keyboard in it where it has a place for that."""
        self._window.go_to(key)
        if self._window.page.focusProxy() is not None:
            self._window.page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_due(self) -> None:
        """Come to the front with the promises."""
        self.come_forward()
        self.go_to(contents.PROMISES)

    def search(self) -> None:
        """Put the keyboard into the search box."""
        self._window.search()

    def flip(self, words: str = "") -> None:
        """Show what worked, in large type; with `words` typed already."""
        if self._flip is None:
            from fieldnotes.desktop.flip.flip_window import FlipWindow

            self._flip = FlipWindow(self._runner)
            self._flip.note_chosen.connect(self._show_note)
        self._flip.open(words)

    def open_palette(self) -> None:
        """Run anything by its name."""
        if self._palette is None:
            from fieldnotes.desktop.widgets.command_palette import CommandPalette

            self._palette = CommandPalette(self._window, self._offered)
            self._palette.set_recent(self._kept.now.recent_actions)
            self._palette.ran.connect(self._on_ran)
        self._palette.open()

    def offer(self, actions: Callable[[], Iterable[QAction]]) -> None:
        """What the palette runs."""
        self._offered = actions

    def help(self) -> None:
        """Explain the page that is shown."""
        from fieldnotes.desktop.help_window import open_help

        searching = self._window.notes.finder.bar.box.field.hasFocus()
        open_help(self._window, "searching" if searching else self._window.page_key())

    def about(self) -> None:
        """Which program this is."""
        box = QMessageBox(self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("About Fieldnotes"))
        box.setText(f"Fieldnotes {__version__}")
        box.setInformativeText(self.tr("What the field hears, written down once and handed on."))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def close(self) -> None:
        """Close the window of what worked."""
        if self._flip is not None:
            self._flip.close()
            self._flip.deleteLater()
            self._flip = None

    def _on_ran(self) -> None:
        if self._palette is not None:
            recent = tuple(self._palette.recent())
            self._kept.hold(self._kept.now._replace(recent_actions=recent))

    def _show_note(self, note_id: str) -> None:
        self.come_forward()
        self._window.show_note(note_id)
