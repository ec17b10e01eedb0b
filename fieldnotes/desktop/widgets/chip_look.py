"""How a chip looks, for widgets and for delegates that paint hundreds of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, NamedTuple

from PySide6.QtCore import QRect, QRectF

from fieldnotes.desktop import paint, theme
from fieldnotes.desktop.widgets.marked_line import LineLook, draw_line, width_of

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter

ChipRole = Literal["accent", "outline", "amber", "green", "red", "grey"]

PAD = 8
CROSS = 14


class ChipLook(NamedTuple):
    """The colours of one role, and whether it is a pill with bold words or a square-edged tag."""

    text: str
    fill: str | None
    border: str | None
    pill: bool


def chip_look(role: ChipRole) -> ChipLook:
    """How a chip of this role looks in the theme in force."""
    tokens = theme.current()
    match role:
        case "accent":
            return ChipLook(tokens.accent, tokens.selection, None, pill=False)
        case "outline":
            return ChipLook(tokens.muted, None, tokens.line, pill=False)
        case "amber":
            return ChipLook(tokens.amber_text, tokens.amber_fill, None, pill=True)
        case "green":
            return ChipLook(tokens.green_text, tokens.green_fill, None, pill=True)
        case "red":
            return ChipLook(tokens.red_text, tokens.red_fill, None, pill=True)
        case "grey":
            return ChipLook(tokens.muted, tokens.raised, tokens.line, pill=True)


def chip_width(text: str, *, bold: bool = False, removable: bool = False) -> int:
    """How wide a chip with this text is, in logical pixels."""
    words = width_of(text, LineLook("", "small", bold))
    return words + 2 * PAD + (CROSS if removable else 0)


def draw_chip(
    painter: QPainter, rect: QRect, text: str, look: ChipLook, *, border: str | None = None
) -> None:
    """Paint a chip without its cross. `border` replaces the look's own."""
    edge = border or look.border
    radius = rect.height() / 2 if look.pill else 4.0
    box = QRectF(rect)
    if look.fill:
        paint.fill_round(painter, box, radius, look.fill)
    if edge:
        paint.edge_round(painter, box, radius, edge)
    words = QRect(rect.left() + PAD, rect.top(), rect.width() - 2 * PAD + 1, rect.height())
    draw_line(painter, words, text, LineLook(look.text, "small", look.pill))
