"""Words that went and words that came, in one text: told by lines as well as by colours."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.reading_text import ReadingText

_GONE, _COME, ONLY = "gone", "come", "only"
_LOOKS = {  # ink, ground
    _GONE: ("red_text", "error_page"),
    _COME: ("green_text", "success_page"),
    ONLY: ("amber_text", "warn_page"),
}


class DifferenceText(ReadingText):
    """Shows (how, words): 'gone' struck out, 'come' underlined, anything else as it is.

    `ONLY`, underlined as well, is for two texts of which neither came first.
    """

    def __init__(
        self, pieces: Iterable[tuple[str, str]], name: str, parent: QWidget | None = None
    ) -> None:
        pieces = list(pieces)
        super().__init__("", name, parent)
        self.set_text("".join(_apart(pieces)))
        self.setAccessibleDescription(self._spoken(pieces))
        at = 0
        for (how, _), text in zip(pieces, _apart(pieces), strict=True):
            end = at + len(text.encode("utf-16-le")) // 2
            self._mark(at, end, how)
            at = end

    def _mark(self, first: int, end: int, how: str) -> None:
        if how not in _LOOKS:
            return
        ink, ground = _LOOKS[how]
        look = QTextCharFormat()
        look.setForeground(theme.color(ink))
        look.setBackground(theme.color(ground))
        look.setFontStrikeOut(how == _GONE)
        look.setFontUnderline(how != _GONE)
        cursor = QTextCursor(self.document())
        cursor.setPosition(first)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.mergeCharFormat(look)

    def _spoken(self, pieces: list[tuple[str, str]]) -> str:
        """What a screen reader says, to which strokes and colours say nothing."""
        told = []
        for how, text in pieces:
            if how == _GONE:
                told.append(self.tr("taken out: {words}").format(words=text.strip()))
            elif how == _COME:
                told.append(self.tr("added: {words}").format(words=text.strip()))
            elif how == ONLY:
                told.append(self.tr("only here: {words}").format(words=text.strip()))
        return "; ".join(told)


def _apart(pieces: list[tuple[str, str]]) -> list[str]:
    """A space between a word that went and the one that came for it, where neither has one."""
    found = []
    for (how, text), following in zip(pieces, [*pieces[1:], ("", "")], strict=True):
        both = how == _GONE and following[0] == _COME
        found.append(f"{text} " if both and text[-1:].strip() else text)
    return found
