"""How one attached file looks: its picture or a sign, its name with the ending, its size."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem

from fieldnotes.desktop import icons, theme
from fieldnotes.desktop.widgets.file_tiles_model import FileTile, FileTilesModel
from fieldnotes.desktop.widgets.item_state import ItemState, item_state

_Index = QModelIndex | QPersistentModelIndex

PICTURE = QSize(128, 84)
TILE = QSize(PICTURE.width() + 8, PICTURE.height() + 48)
_LINE = 18
_SIGN = 24
_RADIUS = 6


class FileTilesDelegate(QStyledItemDelegate):
    """Paints a `FileTile`. Nothing is scaled here: pictures come as large as they are drawn."""

    def __init__(self, view: QAbstractItemView, files: FileTilesModel) -> None:
        super().__init__(view)
        self._view, self._files = view, files

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return TILE

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        tile = self._files.tile(index.row())
        rect: QRect = option.rect
        state = item_state(self._view, index, rect)
        place = QRect(rect.topLeft(), PICTURE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        _draw_ground(painter, QRectF(place), state)
        picture = self._files.picture(tile.key)
        if picture is None:
            _draw_sign(painter, place, tile, self._view.devicePixelRatioF())
        else:
            _draw_picture(painter, QRectF(place), picture)
        _draw_frame(painter, QRectF(place), state)
        _draw_words(painter, place, tile)
        painter.restore()


def _draw_ground(painter: QPainter, place: QRectF, state: ItemState) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("hover" if state.hovered else "raised"))
    painter.drawRoundedRect(place, _RADIUS, _RADIUS)


def _draw_picture(painter: QPainter, place: QRectF, picture: QPixmap) -> None:
    size = picture.deviceIndependentSize()
    corner = place.center() - QPointF(size.width() / 2, size.height() / 2)
    path = QPainterPath()
    path.addRoundedRect(place, _RADIUS, _RADIUS)
    painter.save()
    painter.setClipPath(path)
    painter.drawPixmap(corner, picture)
    painter.restore()


def _draw_sign(painter: QPainter, place: QRect, tile: FileTile, ratio: float) -> None:
    role = "amber_text" if tile.warning else "muted"
    sign = icons.pixmap("warning" if tile.warning else tile.sign, role, _SIGN, ratio)
    corner = place.center() - QRect(0, 0, _SIGN - 1, _SIGN - 1).center()
    painter.drawPixmap(corner, sign)


def _draw_frame(painter: QPainter, place: QRectF, state: ItemState) -> None:
    chosen = state.chosen and state.focused
    painter.setPen(QPen(QColor(theme.color("accent" if chosen else "line")), 2 if chosen else 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    inset = 1.0 if chosen else 0.5
    painter.drawRoundedRect(place.adjusted(inset, inset, -inset, -inset), _RADIUS, _RADIUS)


def _draw_words(painter: QPainter, place: QRect, tile: FileTile) -> None:
    """The end of a name is never cut off: it says what the file is."""
    painter.setFont(theme.font("small"))
    metrics = QFontMetrics(painter.font())
    middle, end = Qt.TextElideMode.ElideMiddle, Qt.TextElideMode.ElideRight
    below = "amber_text" if tile.warning else "muted"
    for number, (words, ink, cut) in enumerate(
        ((tile.name, "text", middle), (tile.below, below, end))
    ):
        line = QRect(place.left(), place.bottom() + 5 + number * _LINE, place.width(), _LINE)
        painter.setPen(theme.color(ink))
        shown = metrics.elidedText(words, cut, line.width())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
