"""The text of a note: names complete while they are typed and turn into chips."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QWidget

from fieldnotes.desktop.capture import inline_names
from fieldnotes.desktop.capture.completion import (
    Typed,
    finished_name,
    goes_on,
    left_behind,
    typed_at,
)
from fieldnotes.desktop.capture.inline_names import insert_name, insert_plain
from fieldnotes.desktop.capture.name_offers import NameOffers
from fieldnotes.desktop.capture.name_text import NameText
from fieldnotes.desktop.capture.typed_at_once import TypedAtOnce
from fieldnotes.desktop.capture.typed_keys import TypedKeys
from fieldnotes.desktop.widgets.offers import Offer
from fieldnotes.desktop.widgets.text_units import first_units, units
from fieldnotes.domain.drafts import OBJECT, InlineName, Sign

if TYPE_CHECKING:
    from fieldnotes.desktop.capture.completion import Names

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_CLOSES_UP = ".,;:?)"
_QUOTES = '"“”'
_NO_KEYS = Qt.KeyboardModifier.NoModifier
_FOR_THE_LIST = (*_ENTER, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Escape)
_PAINTED_MS = 10  # after its key every letter is on the screen: it is painted in the same turn
_PAUSE_MS = 120  # without a key, after which the window hears of ordinary letters
_LATE_MS = 250  # so old may the first of them get before it hears of them right behind a letter
_HEARD_AT_ONCE = frozenset((*Sign, OBJECT, "\u2028", "\u2029"))


class TextEditor(NameText):
    """Plain text with inline names. `edited` after changes, `moved` when the cursor alone moved.

    Both are told once the letters are painted: nothing stands between a key and its letter.
    Ordinary letters are told of together, at a pause or when the first is old: whatever the window
    does about a change leaves the processor less ready for the next letter.
    """

    edited = Signal()
    moved = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._open = False
        self._dismissed = (-1, -1)  # block and place of the name that Esc left as it is
        self._own_space = -1
        self._at_name = False
        self._told = self.document().revision()
        self._painted = QTimer(self, singleShot=True, interval=_PAINTED_MS)
        self._painted.timeout.connect(self._on_painted)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.tell)
        self._since = 0.0  # when the first letter came that nobody was told of
        self._offers = NameOffers(self, self._wanted)
        self.popup = self._offers.popup
        self.popup.chosen.connect(self._on_row_clicked)
        self.setTabChangesFocus(True)
        self.setAccessibleName(self.tr("Text of the note"))
        self._keys = TypedKeys(self, self._took_key)
        self._at_once = TypedAtOnce(self)
        self.pasted.connect(self._at_once.see)
        # from Qt to Qt: nothing here is Python's until the letter is painted
        self.textChanged.connect(self._painted.start)
        self.textChanged.connect(self._pause.start)
        self.cursorPositionChanged.connect(self._painted.start)
        self.currentCharFormatChanged.connect(self._on_format_changed)

    @property
    def names(self) -> Names:
        """What can be completed."""
        return self._offers.names

    @names.setter
    def names(self, names: Names) -> None:
        self._offers.names = names

    @property
    def age(self) -> int:
        """Milliseconds since the first letter that nobody was told of, 0 where there is none."""
        return int((time.monotonic() - self._since) * 1000) if self._since else 0

    def finish_word(self) -> None:
        """Turn a name at the cursor that was not finished into a chip, before saving."""
        typed = self._typed()
        if typed and not typed.longer and not self._is_dismissed(typed):
            self._finish(typed)

    def write(self, text: str, names: tuple[InlineName, ...], cursor: int = 0) -> None:
        super().write(text, names, cursor)
        self._keep_measures()
        self._told = self.document().revision()
        self._at_once.see()
        self._painted.stop()
        self._since = 0.0

    def tell(self) -> None:
        """Tell now of what was typed, and not when it is painted."""
        if self._told != self.document().revision():
            self._type_again()
            self._end_left_behind()
            self._told = self.document().revision()
            self.show_hint()
            self.edited.emit()
        self._since = 0.0

    def settle(self) -> None:
        """Offer now what would be offered in a moment: a key for the list was pressed."""
        if self._painted.isActive():
            self._painted.stop()
            self._look()
        self._offers.settle()

    def close_list(self) -> bool:
        """Leave the name at the cursor as it is; whether names were offered for it."""
        self.settle()
        offered = self.popup.isVisible()
        if offered:
            self._dismiss()
            self._offers.stop()
        return offered

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab finishes a name; elsewhere it goes on to the next field."""
        self.settle()
        return (forwards and self._took_tab()) or super().focusNextPrevChild(forwards)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._offers.stop()
        super().focusOutEvent(event)

    def _took_key(self, event: QKeyEvent) -> bool:
        """Whether this key, which is no letter, is done with."""
        if event.key() in _FOR_THE_LIST:
            self.settle()
        self.tell()
        if self.popup.isVisible() and self._took_popup_key(event):
            return True
        if event.text() == " " or event.key() in _ENTER:
            self._end_word()
        if event.text() and event.text() in _CLOSES_UP:
            self._close_up()
        if event.text() and event.text() in _QUOTES:
            self.keyPressEvent(event)
            self._end_quoted()
            return True
        return False

    def _typed(self) -> Typed | None:
        cursor = self.textCursor()
        if cursor.hasSelection():
            return None
        before = cursor.block().text()
        before = first_units(before, cursor.positionInBlock()).replace("\u2028", "\n")
        return typed_at(before, self.names, self._new_name_before(cursor, before))

    def _new_name_before(self, cursor: QTextCursor, before: str) -> tuple[Sign, str] | None:
        at = before.rfind(OBJECT)
        if at < 0:
            return None
        name = inline_names.name_before(cursor, units(before[at:]))
        return (Sign(name.sign), name.name) if name and name.fresh else None

    def _took_popup_key(self, event: QKeyEvent) -> bool:
        plain = event.modifiers() in (_NO_KEYS, Qt.KeyboardModifier.KeypadModifier)
        match event.key():
            case Qt.Key.Key_Escape:
                return self.close_list()
            case Qt.Key.Key_Down if plain:
                self.popup.step(1)
            case Qt.Key.Key_Up if plain:
                self.popup.step(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if plain and self.popup.row() >= 0:
                self._accept(self.popup.row())
            case _:
                return False
        return True

    def _took_tab(self) -> bool:
        if self.popup.isVisible():
            self._accept(max(self.popup.row(), 0))
            return True
        typed = self._typed()
        if typed is None or typed.longer or self._is_dismissed(typed):
            return False
        return self._finish(typed, space=True)

    def _end_word(self) -> None:
        if not self._at_name and not self._painted.isActive():
            return  # no name was there after the last key: most spaces have nothing to end
        typed = self._typed()
        if typed is None or typed.quoted or typed.longer or self._is_dismissed(typed):
            return
        self._open = goes_on(typed, self.names)
        if not self._open:
            self._finish(typed)

    def _end_left_behind(self) -> None:
        """The words after a name turned out not to belong to it."""
        if not self._open or self._typed():
            return
        self._open = False
        cursor = self.textCursor()
        line = first_units(cursor.block().text(), cursor.positionInBlock())
        typed = left_behind(line, self.names)
        if typed:
            cursor.setPosition(cursor.position() - units(line[typed.start + 1 + len(typed.word) :]))
            self._finish(typed, at=cursor)

    def _end_quoted(self) -> None:
        typed = self._typed()
        if typed and typed.quoted and typed.closed:
            self._finish(typed)

    def _finish(self, typed: Typed, *, space: bool = False, at: QTextCursor | None = None) -> bool:
        finished = finished_name(typed, self.names)
        if finished is None:
            return False
        name, after, fresh = finished
        said = InlineName(typed.sign, name, fresh)
        self._replace(typed, said, after + (" " if space else ""), at)
        return True

    def _accept(self, row: int) -> None:
        typed = self._typed()
        if typed is None:
            return
        offer: Offer = self.popup.offers()[row]
        name = InlineName(typed.sign, offer.name, offer.notes is None)
        self._replace(typed, name, "" if self._next_is_space() else " ")
        self._own_space = self.textCursor().position()

    def _replace(
        self, typed: Typed, name: InlineName, after: str, at: QTextCursor | None = None
    ) -> None:
        """Put a name in place of the words that end at the cursor, or at another place."""
        cursor = at or self.textCursor()
        line = first_units(cursor.block().text(), cursor.positionInBlock())
        back = units(line[typed.start :])
        cursor.beginEditBlock()
        cursor.setPosition(cursor.position() - back, QTextCursor.MoveMode.KeepAnchor)
        insert_name(cursor, name)
        insert_plain(cursor, after)
        cursor.endEditBlock()
        if at is None:
            self.setTextCursor(cursor)
        self.setCurrentCharFormat(QTextCharFormat())
        self._offers.stop()

    def _next_is_space(self) -> bool:
        cursor = self.textCursor()
        line = cursor.block().text()
        return line[len(first_units(line, cursor.positionInBlock())) :][:1].isspace()

    def _close_up(self) -> None:
        """A comma after a completed name stands right behind it."""
        cursor = self.textCursor()
        here = cursor.position() == self._own_space and not cursor.hasSelection()
        line = first_units(cursor.block().text(), cursor.positionInBlock())
        if here and line.endswith(f"{OBJECT} "):
            cursor.deletePreviousChar()

    def _dismiss(self) -> None:
        if typed := self._typed():
            self._dismissed = (self.textCursor().blockNumber(), typed.start)

    def _is_dismissed(self, typed: Typed) -> bool:
        return self._dismissed == (self.textCursor().blockNumber(), typed.start)

    def _on_painted(self) -> None:
        if not self._is_ordinary():
            self._look()
        elif not self._since:
            self._since = time.monotonic()

    def _is_ordinary(self) -> bool:
        """Whether a letter came, and nothing else, of which nobody needs to hear before a pause."""
        if self._keys.heeded or self.age > _LATE_MS:
            return False
        letter = self._at_once.one_more()
        return letter != "" and letter not in _HEARD_AT_ONCE

    def _look(self) -> None:
        self._keep_measures()
        if self._told != self.document().revision():
            self.tell()
        else:
            self.moved.emit()
        self._painted.stop()
        self._offer_names()
        self._at_once.see()
        self._keys.heed(self._heeds_keys())

    def _heeds_keys(self) -> bool:
        """Whether the next key may complete or end a name, or stand close to one."""
        return self._at_name or self._open or self.textCursor().position() == self._own_space

    def _type_again(self) -> None:
        """Press again, one by one, keys that came together with the sign of a name."""
        if self._keys.heeded:
            return
        keys, back = self._at_once.take_out()
        self._keys.heed(bool(keys))
        for key in keys:
            self._keys.press(key)
        if back:
            there = self.textCursor()
            there.setPosition(max(0, there.position() - back))
            self.setTextCursor(there)

    def _keep_measures(self) -> None:
        """Qt else measures the whole paragraph three times a key: to lay out, point and paint."""
        self.textCursor().block().layout().setCacheEnabled(True)

    def _offer_names(self) -> None:
        self._at_name = self.hasFocus() and self._typed() is not None
        if not self._at_name:
            self._dismissed = (-1, -1)
        self._offers.offer()

    def _wanted(self) -> Typed | None:
        """The name at the cursor for which others may be offered."""
        typed = self._typed() if self.hasFocus() else None
        return typed if typed and not self._is_dismissed(typed) else None

    def _on_format_changed(self, fresh: QTextCharFormat) -> None:
        """Words behind a name are plain; what is selected would lose its own format."""
        if inline_names.name_of(fresh) and not self.textCursor().hasSelection():
            self.setCurrentCharFormat(QTextCharFormat())

    def _on_row_clicked(self, row: int) -> None:
        self._accept(row)
        self.setFocus()
