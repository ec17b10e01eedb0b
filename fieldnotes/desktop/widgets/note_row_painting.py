"""How one note looks in a list: kind, title and time, one line of text, account and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication, QRect, QRectF

from fieldnotes.desktop import icons, paint, theme
from fieldnotes.desktop.widgets.chip_look import chip_look, chip_width, draw_chip
from fieldnotes.desktop.widgets.marked_line import draw_line, draw_marked, look, one_line, width_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QPainter

    from fieldnotes.desktop.widgets.chip_look import ChipLook
    from fieldnotes.desktop.widgets.item_state import ItemState
    from fieldnotes.desktop.widgets.note_row import NoteRow

_LEFT = 16
_TEXT = 40
_RIGHT = 16
_LINE = 20
_GAP = 4


class Density(NamedTuple):
    """Heights of a row and of a heading, and how far below its top a row begins to write."""

    row: int
    heading: int
    top: int
    compact: bool = False


COMFORTABLE = Density(80, 32, 10)
COMPACT = Density(48, 28, 4, compact=True)


def density_of(name: str) -> Density:
    """The density that the settings name: 'compact', anything else is comfortable."""
    return COMPACT if name == "compact" else COMFORTABLE


def draw_heading(painter: QPainter, rect: QRect, words: str) -> None:
    """The words above a group."""
    place = QRect(rect.left() + _LEFT, rect.bottom() - 23, rect.width() - _LEFT - _RIGHT, _LINE)
    draw_line(painter, place, words, look("muted", "small", bold=True))


def draw_row(
    painter: QPainter, rect: QRect, row: NoteRow | None, state: ItemState, density: Density
) -> None:
    """One note; None is one that was not told yet."""
    _draw_ground(painter, rect, state)
    if row is None:
        _draw_waiting(painter, rect, density)
    else:
        _draw_note(painter, rect, row, state.chosen, density)


def _draw_waiting(painter: QPainter, rect: QRect, density: Density) -> None:
    """Where the words will be."""
    grey = theme.current().line
    left, room = rect.left() + _TEXT, rect.width() - _TEXT - _RIGHT
    for line, share in enumerate((5, 8, 3) if not density.compact else (5, 3)):
        top = rect.top() + density.top + line * _LINE + 6
        paint.fill_round(painter, QRectF(left, top, room * share / 10, 8), 4, grey)


def _draw_ground(painter: QPainter, rect: QRect, state: ItemState) -> None:
    tokens = theme.current()
    if state.chosen:
        paint.fill(painter, rect, tokens.selection)
    elif state.hovered:
        paint.fill(painter, rect, tokens.raised)
    if state.focused:
        paint.fill(painter, QRect(rect.left(), rect.top(), 3, rect.height()), tokens.accent)
    paint.fill(painter, QRect(rect.left(), rect.bottom(), rect.width(), 1), tokens.line)


def _draw_note(
    painter: QPainter, rect: QRect, row: NoteRow, chosen: bool, density: Density
) -> None:
    top = rect.top() + density.top
    if not (row.snippet or density.compact):
        top += _LINE // 2  # two lines in the middle of the room for three
    sign = icons.pixmap(_sign(row.kind), None, 14, painter.device().devicePixelRatioF())
    painter.drawPixmap(rect.left() + _LEFT, top + 3, sign)
    left, right = rect.left() + _TEXT, rect.right() - _RIGHT
    line = QRect(left, top, right - left + 1, _LINE)
    _draw_title(painter, line, row)
    line.translate(0, _LINE)
    if density.compact:
        _draw_both(painter, line, row)
        return
    if row.snippet:
        draw_marked(painter, line, row.snippet, row.snippet_marks, look("muted"))
        line.translate(0, _LINE)
    _draw_foot(painter, line, row, chosen)


def _draw_title(painter: QPainter, line: QRect, row: NoteRow) -> None:
    small = look("muted", figures=True)
    taken = width_of(row.when, small)
    draw_line(
        painter, QRect(line.right() - taken + 1, line.top(), taken + 2, _LINE), row.when, small
    )
    room = line.adjusted(0, 0, -(taken + 12 if taken else 0), 0)
    draw_marked(painter, room, row.title, row.title_marks, look("text", bold=True))


def _draw_both(painter: QPainter, line: QRect, row: NoteRow) -> None:
    """Account and text in one line: of the text as much as fits."""
    right = _draw_signs(painter, line, row)
    taken = _draw_origin(painter, line, right, row)
    left = line.left() + (taken + 12 if taken else 0)
    place = QRect(left, line.top(), right - _GAP - left, _LINE)
    draw_marked(painter, place, row.snippet, row.snippet_marks, look("muted", "small"))


def _draw_foot(painter: QPainter, line: QRect, row: NoteRow, chosen: bool) -> None:
    """Account and tags from the left, what is special about the note from the right."""
    right = _draw_signs(painter, line, row)
    taken = _draw_origin(painter, line, right, row)
    left = line.left() + (taken + 8 if taken else 0)
    _draw_tags(painter, QRect(left, line.top(), right - left, _LINE), row.tags, chosen)


def _draw_origin(painter: QPainter, line: QRect, right: int, row: NoteRow) -> int:
    """Account and author; returns how wide they came out."""
    origin = " · ".join(part for part in (row.account, row.author) if part)
    if not origin:
        return 0
    place = QRect(line.left(), line.top(), (right - line.left()) * 2 // 3, _LINE)
    return draw_line(painter, place, origin, look("muted", "small"))


def _draw_tags(painter: QPainter, place: QRect, tags: Iterable[str], chosen: bool) -> None:
    """As many tags as fit, then how many more there are."""
    tag, border = chip_look("outline"), theme.current().selection_line if chosen else None
    waiting = [one_line(tag) for tag in tags]
    left = place.left()
    while waiting:
        rest = f"+{len(waiting) - 1}"
        width = chip_width(waiting[0])
        spare = chip_width(rest) + _GAP if len(waiting) > 1 else 0
        if left + width + spare > place.right():
            break
        draw_chip(painter, _chip_box(left, place, width), waiting.pop(0), tag, border=border)
        left += width + _GAP
    more = f"+{len(waiting)}"
    if waiting and left + chip_width(more) <= place.right():
        draw_chip(painter, _chip_box(left, place, chip_width(more)), more, tag, border=border)


def _draw_signs(painter: QPainter, line: QRect, row: NoteRow) -> int:
    """Draw the special signs from the right and return where they begin."""
    right = line.right() + 1
    for words, pill in _pills(row):
        width = chip_width(words, bold=True)
        right -= width
        draw_chip(painter, _chip_box(right, line, width), words, pill)
        right -= _GAP
    for name in _marks(row):
        right -= 14
        sign = icons.pixmap(name, "muted", 14, painter.device().devicePixelRatioF())
        painter.drawPixmap(right, line.top() + 3, sign)
        right -= _GAP
    return right


def _pills(row: NoteRow) -> list[tuple[str, ChipLook]]:
    found = []
    if row.edited_twice:
        found.append((_tr("Edited twice"), chip_look("amber")))
    if row.draft:
        found.append((_tr("Draft"), chip_look("grey")))
    return found


def _marks(row: NoteRow) -> list[str]:
    return [name for name, on in (("send", row.sent), ("hidden", row.masked)) if on]


def _tr(words: str) -> str:
    return QCoreApplication.translate("NoteList", words)


def _sign(kind: str) -> str:
    return kind if kind in icons.KINDS else "note"


def _chip_box(left: int, line: QRect, width: int) -> QRect:
    return QRect(left, line.top() + 1, width, 18)
