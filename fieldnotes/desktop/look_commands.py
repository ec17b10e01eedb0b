"""What can be done about looks: the colours, which pages there are, what stands beside the list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication

from fieldnotes.desktop import theme

if TYPE_CHECKING:
    from fieldnotes.desktop.kept_settings import KeptSettings
    from fieldnotes.desktop.main_window import MainWindow


class LookCommands(QObject):
    """`changed` when something else is ticked than was chosen in the menu."""

    changed = Signal()

    def __init__(self, window: MainWindow, kept: KeptSettings) -> None:
        super().__init__(window)
        self._window, self._kept = window, kept
        window.notes.facets_wanted.connect(self.toggle_facets)
        if kept.now.facets:
            window.notes.show_facets(True)

    def light(self) -> None:
        """Dark words on a light ground."""
        self._set_scheme("light")

    def dark(self) -> None:
        """Light words on a dark ground."""
        self._set_scheme("dark")

    def as_system(self) -> None:
        """Light or dark, as the system is."""
        self._set_scheme("system")

    def for_selling(self) -> None:
        """The pages that who sells needs."""
        self._set_side("sell")

    def for_marketing(self) -> None:
        """What arrives comes first."""
        self._set_side("market")

    def for_both(self) -> None:
        """All pages, one's own notes first."""
        self._set_side("both")

    def toggle_facets(self) -> None:
        """Whether counts stand beside the list."""
        shown = not self._kept.now.facets
        self._kept.hold(self._kept.now._replace(facets=shown))
        self._window.notes.show_facets(shown)
        if shown:
            self._window.show_notes()
        self.changed.emit()

    def chosen(self) -> dict[str, bool]:
        """Which of the actions are ticked, and which may be unticked."""
        told = self._kept.now
        return {told.scheme: True, told.side: True, "facets": told.facets}

    def _set_scheme(self, scheme: theme.Scheme) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, scheme)
        self._kept.hold(self._kept.now._replace(scheme=scheme))

    def _set_side(self, side: str) -> None:
        self._kept.hold(self._kept.now._replace(side=side))
        self._window.set_side(side)
