"""The side bar: the pages of the program and the saved searches, with their counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QListView,
    QStyledItemDelegate,
    QVBoxLayout,
    QWidget,
)

from fieldnotes.desktop import icons, theme
from fieldnotes.desktop.widgets.item_state import item_state
from fieldnotes.desktop.widgets.primary_button import PrimaryButton
from fieldnotes.desktop.widgets.side_bar_list import SideBarList
from fieldnotes.desktop.widgets.side_bar_model import SideBarEntry, SideBarModel, SideBarSection

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import (
        QStyleOptionViewItem,
    )

    from fieldnotes.desktop.widgets.item_state import ItemState

__all__ = ["PrimaryButton", "SideBar", "SideBarEntry", "SideBarSection"]

_Index = QModelIndex | QPersistentModelIndex
_ROW = 30
_HEADING = 36
_PAD = 8
_COUNT_GAP = 8


class SideBarDelegate(QStyledItemDelegate):
    """Paints a heading, or an entry with its sign, its words on up to two lines and its count."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, SideBarModel)
        row = model.at(index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box: QRect = option.rect.adjusted(_PAD, 1, -_PAD, -1)
        if isinstance(row, str):
            self._draw_heading(painter, box, row)
        else:
            view = self.parent()
            assert isinstance(view, SideBarList)
            state = item_state(view, index, option.rect)
            self._draw_ground(painter, box, state, view.ring)
            self._draw_entry(painter, box, row, model.count_words(row.key), state.chosen)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        model = index.model()
        assert isinstance(model, SideBarModel)
        row = model.at(index)
        if isinstance(row, str):
            return QSize(0, _HEADING if index.row() else _HEADING - 8)
        view = self.parent()
        width = view.contentsRect().width() if isinstance(view, QListView) else 200
        room = _words_room(width - 2 * _PAD, row, model.count_words(row.key))
        metrics = QFontMetrics(theme.font())
        two_lines = len(_two_lines(row.label, metrics, room)) > 1
        return QSize(0, _ROW + metrics.lineSpacing() if two_lines else _ROW)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: _Index) -> QWidget:
        editor = super().createEditor(parent, option, index)
        editor.setAccessibleName(self.tr("Name"))
        return editor

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: _Index
    ) -> None:
        middle = option.rect.center().y()
        editor.setGeometry(_PAD, middle - 15, option.rect.width() - 2 * _PAD, 31)

    def _draw_heading(self, painter: QPainter, box: QRect, heading: str) -> None:
        painter.setFont(theme.font("small", bold=True))
        painter.setPen(theme.color("muted"))
        place = box.adjusted(_PAD, 0, -_PAD, -6)
        painter.drawText(place, Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft, heading)

    def _draw_ground(self, painter: QPainter, box: QRect, state: ItemState, keyboard: bool) -> None:
        tokens = theme.current()
        if not state.chosen and not state.hovered:
            return
        painter.setBrush(QColor(tokens.selection if state.chosen else tokens.hover))
        focused = keyboard and state.focused
        painter.setPen(QColor(tokens.accent) if focused else Qt.PenStyle.NoPen)
        inset = 0.5 if focused else 0.0
        painter.drawRoundedRect(QRectF(box).adjusted(inset, inset, -inset, -inset), 6, 6)

    def _draw_entry(
        self, painter: QPainter, box: QRect, entry: SideBarEntry, count: str, chosen: bool
    ) -> None:
        tokens = theme.current()
        inner = box.adjusted(_PAD, 0, -_PAD, 0)
        if entry.icon:
            role = "accent" if chosen and entry.icon not in icons.KINDS else None
            sign = icons.pixmap(entry.icon, role, 14, painter.device().devicePixelRatioF())
            painter.drawPixmap(inner.left(), inner.center().y() - 6, sign)
        painter.setFont(theme.font(figures=True))
        painter.setPen(QColor(tokens.accent if chosen else tokens.muted))
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(inner, right, count)
        self._draw_label(painter, inner, entry, count, chosen)

    def _draw_label(
        self, painter: QPainter, inner: QRect, entry: SideBarEntry, count: str, chosen: bool
    ) -> None:
        font = theme.font(bold=chosen)
        room = _words_room(inner.width() + 2 * _PAD, entry, count)
        place = QRect(inner.left() + _sign_room(entry), inner.top(), room, inner.height())
        metrics = QFontMetrics(font)
        lines = _two_lines(entry.label, metrics, room)
        painter.setFont(font)
        painter.setPen(theme.color("accent" if chosen else "text"))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, flags, "\n".join(lines))


class SideBar(QWidget):
    """The list of pages below an optional big button.

    `chosen` carries the key of the entry a person went to with the mouse or the arrow keys;
    `menu_wanted` its key and the place on the screen for a context menu. Of an entry that is a
    person's own, `moved` carries its place among the others, `renamed` another name, and `removed`
    comes where it is to go.
    """

    chosen = Signal(str)
    menu_wanted = Signal(str, QPoint)
    moved = Signal(str, int)
    renamed = Signal(str, str)
    removed = Signal(str)

    def __init__(self, name: str, button: QWidget | None = None, parent: QWidget | None = None):
        super().__init__(parent)
        self._model = SideBarModel(self)
        self._quiet = False
        self._wanted = ""  # what was gone to last, whether it is there or not
        self.list = self._make_list(name)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 12, 0, 8)
        column.setSpacing(12)
        if button is not None:
            frame = QVBoxLayout()
            frame.setContentsMargins(_PAD, 0, _PAD, 0)
            frame.addWidget(button)
            column.addLayout(frame)
        column.addWidget(self.list)
        self.setFocusProxy(self.list)
        theme.styled(self, ground="window")

    def set_sections(self, sections: Iterable[SideBarSection]) -> None:
        """Show these sections; what was chosen stays chosen if it is still there."""
        self._model.set_sections(sections)
        self.set_current(self._wanted)

    def set_count(self, key: str, count: int | str | None) -> None:
        """Show another count beside one entry; a passing one comes or goes with it."""
        before = self._model.rowCount()
        self._quiet = True
        self._model.set_count(key, count)
        self._quiet = False
        if self._model.rowCount() != before:
            self.set_current(self._wanted)

    def current(self) -> str:
        """The key of the chosen entry, or an empty text."""
        index = self.list.currentIndex()
        row = self._model.at(index) if index.isValid() else ""
        return row.key if isinstance(row, SideBarEntry) else ""

    def set_current(self, key: str) -> None:
        """Show an entry as chosen without sending `chosen`; an unknown key chooses none."""
        self._quiet, self._wanted = True, key
        try:
            row = self._model.row_of(key)
            self.list.setCurrentIndex(self._model.index(row) if row >= 0 else QModelIndex())
            if row < 0:
                self.list.clearSelection()
        finally:
            self._quiet = False

    def rename(self, key: str) -> None:
        """Let a person write another name for an entry."""
        row = self._model.row_of(key)
        if row >= 0:
            self.list.edit(self._model.index(row))

    def sizeHint(self) -> QSize:
        return QSize(216, 400)

    def _make_list(self, name: str) -> SideBarList:
        view = SideBarList()
        view.setModel(self._model)
        view.setItemDelegate(SideBarDelegate(view))
        view.setAccessibleName(name)
        view.setMouseTracking(True)
        view.setResizeMode(QListView.ResizeMode.Adjust)
        view.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.setEditTriggers(QListView.EditTrigger.EditKeyPressed)
        view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        view.customContextMenuRequested.connect(self._on_menu_requested)
        view.selectionModel().currentChanged.connect(self._on_current_changed)
        view.asked_again.connect(self._on_asked_again)
        view.moved.connect(self.moved)
        view.removed.connect(self.removed)
        self._model.renamed.connect(self.renamed)
        return theme.styled(view, ground="window")

    def _on_current_changed(self, index: QModelIndex) -> None:
        if index.isValid() and not self._quiet:
            self._wanted = self.current()
            self.chosen.emit(self._wanted)

    def _on_asked_again(self) -> None:
        if self.current():
            self.chosen.emit(self.current())

    def _on_menu_requested(self, place: QPoint) -> None:
        index = self.list.indexAt(place)
        row = self._model.at(index) if index.isValid() else ""
        if isinstance(row, SideBarEntry):
            self.menu_wanted.emit(row.key, self.list.viewport().mapToGlobal(place))


def _sign_room(entry: SideBarEntry) -> int:
    return 20 if entry.icon else 0


def _words_room(width: int, entry: SideBarEntry, count: str) -> int:
    taken = QFontMetrics(theme.font(figures=True)).horizontalAdvance(count) if count else 0
    return width - 2 * _PAD - _sign_room(entry) - (taken + _COUNT_GAP if taken else 0)


def _two_lines(words: str, metrics: QFontMetrics, room: int) -> list[str]:
    if metrics.horizontalAdvance(words) <= room:
        return [words]
    first, rest = "", words.split()
    while rest and metrics.horizontalAdvance(f"{first} {rest[0]}".strip()) <= room:
        first = f"{first} {rest.pop(0)}".strip()
    second = metrics.elidedText(" ".join(rest), Qt.TextElideMode.ElideRight, room)
    return [line for line in (first, second) if line]
