"""How a note is painted in a list."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.item_state import ItemState
from fieldnotes.desktop.widgets.note_row import NoteRow
from fieldnotes.desktop.widgets.note_row_painting import COMFORTABLE, draw_row


def test_a_note_without_more_text_leaves_no_line_empty(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    row = NoteRow("1", "win", "They signed", account="Halvard", when="09:00")
    written = lines_written(row)
    gaps = [later - earlier for earlier, later in pairwise(written)]
    assert max(gaps) < 20
    above, below = written[0], COMFORTABLE.row - written[-1]
    assert abs(above - below) < 12


def lines_written(row: NoteRow) -> list[int]:
    """The lines of pixels with words on them."""
    image = QImage(400, COMFORTABLE.row, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    draw_row(painter, QRect(0, 0, 400, COMFORTABLE.row), row, ItemState(), COMFORTABLE)
    painter.end()
    words = range(40, 300)
    ground = QColor("white").rgb()
    inner = range(COMFORTABLE.row - 2)  # the rule below is none
    return [y for y in inner if any(image.pixel(x, y) != ground for x in words)]
