"""Letters that came faster than they were painted, where a name is among them."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit

from fieldnotes.domain.drafts import OBJECT, Sign

_LINES = ("\u2029", "\u2028")
_PLAIN = Qt.KeyboardModifier.NoModifier


class _Seen(NamedTuple):
    place: int
    length: int
    redo: bool


class TypedAtOnce:
    """Knows what stood in a text when it was last `see`n, and takes out what was typed since.

    A name is completed key by key. Where a stalled machine or a fast hand put its sign and more
    into the text in one go, `take_out` gives these keys back, to be pressed again one by one.
    """

    def __init__(self, text: QTextEdit) -> None:
        self._text = text
        self._seen = self._now()

    def see(self) -> None:
        """What stands there now needs no second look."""
        self._seen = self._now()

    def one_more(self) -> str:
        """The letter typed behind others since then, seen now; empty if it was anything else."""
        before, now = self._seen, self._now()
        if before.length < 2 or now != (before.place + 1, before.length + 1, False):
            return ""
        self._seen = now
        return str(self._text.document().characterAt(now.place - 1))

    def take_out(self) -> tuple[list[QKeyEvent], int]:
        """The keys of what was typed since, where a sign is among them, and how far the cursor
        went back over it; no keys for anything else.
        """
        before, now = self._seen, self._now()
        grown = now.length - before.length
        end = before.place + grown
        if grown < 2 or not before.place <= now.place <= end or before.redo or now.redo:
            return [], 0
        cursor = self._text.textCursor()
        cursor.setPosition(before.place)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        letters = cursor.selectedText()
        if OBJECT in letters or not any(sign in letters[:-1] for sign in Sign):
            return [], 0
        cursor.joinPreviousEditBlock()
        cursor.removeSelectedText()
        cursor.endEditBlock()
        self._text.setTextCursor(cursor)
        return [_key(letter) for letter in letters], end - now.place

    def _now(self) -> _Seen:
        document = self._text.document()
        return _Seen(
            self._text.textCursor().position(),
            document.characterCount(),
            document.isRedoAvailable(),
        )


def _key(letter: str) -> QKeyEvent:
    if letter not in _LINES:
        return QKeyEvent(QEvent.Type.KeyPress, 0, _PLAIN, letter)
    held = _PLAIN if letter == _LINES[0] else Qt.KeyboardModifier.ShiftModifier
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, held, "\r")
