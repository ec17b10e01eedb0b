"""Copy for CRM: what goes on the clipboard, and a notice that says how much and what stayed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from fieldnotes.desktop.notes.wording import hidden_words
from fieldnotes.operations.copying import draft_to_copy, meeting_to_copy, notes_to_copy

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fieldnotes.desktop.runner import Runner
    from fieldnotes.desktop.widgets.notice import NoticeKind
    from fieldnotes.domain.notes import NoteDraft
    from fieldnotes.errors import FieldnotesError
    from fieldnotes.operations.copying import ForCopying
    from fieldnotes.operations.notebook import Notebook


class Teller(Protocol):
    """Where it is said: on the page, or in the window to write in."""

    def tell(self, kind: NoticeKind, words: str, lead: str = "", action: str = "") -> None:
        """Say this in place of what was said."""

    def tell_error(self, error: FieldnotesError) -> None:
        """Say what happened and what to do next."""


class Copying(QObject):
    """Puts notes on the clipboard. What only the owner may see stays out until it is asked for."""

    def __init__(self, runner: Runner, teller: Teller, parent: QObject) -> None:
        super().__init__(parent)
        self._runner, self._teller = runner, teller
        self._rest: Callable[[Notebook], ForCopying] | None = None

    def copy_notes(self, ids: Sequence[str]) -> None:
        """Copy these notes."""
        wanted = tuple(ids)
        self._copy(lambda book, private: notes_to_copy(book, wanted, private))

    def copy_meeting(self, note_id: str) -> None:
        """Copy every note of the meeting that this one belongs to."""
        self._copy(lambda book, private: meeting_to_copy(book, note_id, private))

    def copy_draft(self, draft: NoteDraft) -> None:
        """Copy what is being written, and the notes of its meeting that are saved."""
        self._copy(lambda book, private: draft_to_copy(book, draft, private))

    def copy_rest(self) -> None:
        """Copy once more, with what only the owner may see."""
        rest, self._rest = self._rest, None
        if rest is not None:
            self._runner.ask("copy", rest, self._take, self._teller.tell_error)

    def _copy(self, find: Callable[[Notebook, bool], ForCopying]) -> None:
        self._rest = lambda book: find(book, True)
        self._runner.ask(
            "copy", lambda book: find(book, False), self._take, self._teller.tell_error
        )

    def _take(self, found: ForCopying) -> None:
        from fieldnotes.desktop.notes.as_text import all_as_text

        kept_back = bool(found.left_out or found.hidden)
        if not kept_back:
            self._rest = None
        action = self.tr("Copy that &too") if kept_back else ""
        if not found.notes:
            words = self.tr("Only you may see it, and a copy leaves this laptop.")
            self._teller.tell("warn", words, lead=self.tr("Nothing was copied."), action=action)
            return
        text = all_as_text(found.notes)
        QApplication.clipboard().setText(text)
        lead = self._how_much(len(found.notes), len(text.split()))
        words = self._what_stayed(found)
        self._teller.tell("warn" if found.private else "success", words, lead=lead, action=action)

    def _how_much(self, notes: int, words: int) -> str:
        told = self.tr("On the clipboard: {n} notes, {m} words.")
        if notes == 1:
            told = self.tr("On the clipboard: 1 note, {m} words.")
        return told.format(n=notes, m=words)

    def _what_stayed(self, found: ForCopying) -> str:
        if found.private:
            return self.tr("It holds what only you may see.")
        parts = [hidden_words(found.hidden)] if found.hidden else []
        if found.left_out:
            notes = self.tr("1 note") if found.left_out == 1 else self.tr("{n} notes")
            parts.append(notes.format(n=found.left_out))
        if not parts:
            return self.tr("Nothing is left out.")
        told = self.tr("Left out, as only you may see it: {parts}.")
        return told.format(parts=self.tr(", and ").join(parts))
