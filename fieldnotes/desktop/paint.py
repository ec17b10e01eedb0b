"""Grounds and edges with what is loaded before the first paint.

Qt's own namespace holds a hundred enumerations, and Python builds all of them at its first use:
a seventh of a bare start. `setPen`, `fillRect`, `QBrush(...)` and every `Qt.` bring it in, so what
paints the first list asks here instead.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainterPath, QPalette, QPen

if TYPE_CHECKING:
    from PySide6.QtCore import QRect
    from PySide6.QtGui import QBrush, QPainter


@cache
def brush(colour: str) -> QBrush:
    """A plain brush of a colour such as '#E4E1DB'."""
    palette = QPalette()
    palette.setColor(QPalette.ColorRole.Text, QColor(colour))
    return palette.brush(QPalette.ColorRole.Text)


def fill(painter: QPainter, rect: QRect, colour: str) -> None:
    """Fill a rectangle."""
    painter.setBackground(brush(colour))
    painter.eraseRect(rect)


def fill_round(painter: QPainter, box: QRectF, radius: float, colour: str) -> None:
    """Fill a rectangle with round corners."""
    painter.fillPath(_rounded(box, radius), brush(colour))


def edge_round(painter: QPainter, box: QRectF, radius: float, colour: str) -> None:
    """Draw a line of one pixel inside the edge of a rectangle with round corners."""
    painter.strokePath(_rounded(box.adjusted(0.5, 0.5, -0.5, -0.5), radius), _pen(colour))


@cache
def _pen(colour: str) -> QPen:
    pen = QPen()
    pen.setColor(QColor(colour))
    pen.setWidth(1)
    return pen


def _rounded(box: QRectF, radius: float) -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(box, radius, radius)
    return path
