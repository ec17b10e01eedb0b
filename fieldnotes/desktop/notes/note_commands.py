"""What can be done about the notes that are found, chosen or read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldnotes.desktop.saved_searches import SavedSearches
from fieldnotes.desktop.undoing import Undoing

if TYPE_CHECKING:
    from fieldnotes.desktop.main_window import MainWindow
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.operations.changes import Changes


class NoteCommands(QObject):
    """`changed` when what is possible may have changed."""

    changed = Signal()

    def __init__(self, window: MainWindow, runner: Runner) -> None:
        super().__init__(window)
        self._window, self._notes = window, window.notes
        self._undoing = Undoing(runner, self)
        self._undoing.changed.connect(self.changed)
        self._undoing.ran.connect(self._on_turned)
        self._undoing.failed.connect(window.notice.tell_error)
        self._saved = SavedSearches(window, runner)
        self._saved.undo_wanted.connect(self.undo)
        self._notes.reader.shown.connect(self.changed)
        self._notes.undo_wanted.connect(self.undo)
        self._notes.several_changed.connect(self.changed)
        self._notes.finder.query_changed.connect(self.changed)

    def edit(self) -> None:
        """Change the note that is read."""
        self._notes.reader.edit()

    def copy_as_text(self) -> None:
        """Put the chosen notes on the clipboard."""
        self._notes.copy_as_text()

    def copy_meeting(self) -> None:
        """Put every note of the meeting on the clipboard."""
        self._notes.reader.copy_meeting()

    def versions(self) -> None:
        """Show every saved version of the note that is read."""
        self._notes.reader.show_versions()

    def remove(self) -> None:
        """Ask why, then remove the notes that are chosen."""
        self._notes.ask_removal()

    def tag(self) -> None:
        """Ask for a tag for the chosen notes."""
        self._notes.ask_for_tag()

    def withdraw(self) -> None:
        """The customer of the win that is read took consent back."""
        self._notes.reader.withdraw_consent()

    def where_it_went(self) -> None:
        """Show who has the note that is read, in which version."""
        self._notes.reader.ask_where()

    def withdraw_everywhere(self) -> None:
        """Remove the chosen notes, and tell everybody who has a copy."""
        self._notes.ask_withdrawal()

    def undo(self) -> None:
        """Take back what changed notes last."""
        self._undoing.undo()

    def redo(self) -> None:
        """Do again what was undone last."""
        self._undoing.redo()

    def next(self) -> None:
        """One further down the list."""
        self._notes.finder.step(1)

    def previous(self) -> None:
        """One further up the list."""
        self._notes.finder.step(-1)

    def save_search(self) -> None:
        """Keep what is looked for in the side bar."""
        self._saved.save()

    def possible(self) -> dict[str, bool]:
        """Which of the actions that depend on something can be run now."""
        reader = self._notes.reader
        here = self._window.page is self._notes
        return {
            "save-search": here and bool(self._notes.finder.query()),
            "edit": here and reader.may_change,
            "remove": here and (reader.may_change or self._notes.several),
            "tag": here and (reader.may_change or self._notes.several),
            "withdraw": here and reader.may_withdraw,
            "versions": here and reader.reading is not None,
            "copy": here and reader.reading is not None,
            "copy-meeting": here and reader.in_meeting,
            "went": here and reader.reading is not None,
            "withdraw-all": here and (reader.may_change or self._notes.several),
            "undo": bool(self._undoing.undo_words),
            "redo": bool(self._undoing.redo_words),
        }

    def texts(self) -> dict[str, str]:
        """What the actions are called that say what they would do."""
        undo, redo = self._undoing.undo_words, self._undoing.redo_words
        return {
            "undo": self.tr("&Undo {what}").format(what=undo).strip(),
            "redo": self.tr("Red&o {what}").format(what=redo).strip(),
        }

    def _on_turned(self, changes: Changes) -> None:
        """Show the note that was undone, where it is one."""
        if changes.notes is not None and len(changes.notes) == 1:
            self._notes.show_note(*changes.notes)
