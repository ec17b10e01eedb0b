"""The list of promises, with a heading above each group."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from fieldnotes.desktop import icons, theme
from fieldnotes.desktop.promises import promise_lines as lines
from fieldnotes.desktop.promises.promise_lines import PromiseLine
from fieldnotes.desktop.widgets.item_state import item_state
from fieldnotes.desktop.widgets.marked_line import draw_line, look, one_line
from fieldnotes.domain.promises import Due, State

_Index = QModelIndex | QPersistentModelIndex
_ROW, _HEADING, _LEFT, _TEXT, _RIGHT = 56, 32, 16, 40, 16
_NO_KEYS = Qt.KeyboardModifier.NoModifier
_INKS = {Due.OVERDUE: "red_text", Due.TODAY: "amber_text"}


class PromisesModel(QAbstractListModel):
    """Lines in, lines shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: list[PromiseLine] = []

    def set_lines(self, shown: Sequence[PromiseLine]) -> None:
        """Show these in place of what was there."""
        self.beginResetModel()
        self._lines = list(shown)
        self.endResetModel()

    def at(self, row: int) -> PromiseLine:
        """The line of a row."""
        return self._lines[row]

    def row_of(self, promise_id: str) -> int:
        """The row of a promise, or -1."""
        return next((n for n, line in enumerate(self._lines) if line.id == promise_id), -1)

    def begins(self, row: int) -> bool:
        """Whether a heading stands above it."""
        return row == 0 or self._lines[row].urgency is not self._lines[row - 1].urgency

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        line = self.at(index.row())
        if role == Qt.ItemDataRole.DisplayRole:
            return line.view.promise.what
        if role == Qt.ItemDataRole.AccessibleTextRole:
            said = line.view.promise.what
            parts = (lines.heading(line.urgency), said, lines.when(line), lines.about(line))
            return ", ".join(one_line(part) for part in parts if part)
        return None


class PromiseList(QListView):
    """`current_changed` carries the id of the promise a person stands on, `opened` one of Enter."""

    current_changed = Signal(str)
    opened = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.promises = PromisesModel(self)
        self._row = 0
        self._keys: dict[Qt.Key, Callable[[], object]] = {}
        self.setModel(self.promises)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.doubleClicked.connect(self._on_opened)
        self.selectionModel().currentChanged.connect(self._on_current_changed)

    def set_lines(self, shown: Sequence[PromiseLine]) -> None:
        """Show these; whoever stands on one that is gone stands on the next one."""
        held, row = self.current_id(), self._row
        self.promises.set_lines(shown)
        if shown:
            found = self.promises.row_of(held)
            self.setCurrentIndex(
                self.promises.index(found if found >= 0 else min(row, len(shown) - 1))
            )
        else:
            self.current_changed.emit("")

    def set_current(self, promise_id: str) -> None:
        """Stand on a promise, if it is there."""
        row = self.promises.row_of(promise_id)
        if row >= 0:
            self.setCurrentIndex(self.promises.index(row))

    def current(self) -> PromiseLine | None:
        """The line that a person stands on."""
        index = self.currentIndex()
        return self.promises.at(index.row()) if index.isValid() else None

    def current_id(self) -> str:
        """Its id; '' for none."""
        line = self.current()
        return line.id if line else ""

    def on_key(self, key: Qt.Key, slot: Callable[[], object]) -> None:
        """Call `slot` on this key alone; while the list has the keyboard, it is nobody else's."""
        self._keys[key] = slot

    def event(self, event: QEvent) -> bool:
        asked = event.type() == QEvent.Type.ShortcutOverride
        if asked and isinstance(event, QKeyEvent) and self._slot(event) is not None:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_opened()
        elif (slot := self._slot(event)) is not None:
            slot()
        else:
            super().keyPressEvent(event)

    def _slot(self, event: QKeyEvent) -> Callable[[], object] | None:
        plain = event.modifiers() in (_NO_KEYS, Qt.KeyboardModifier.KeypadModifier)
        return self._keys.get(Qt.Key(event.key())) if plain else None

    def sizeHint(self) -> QSize:
        return QSize(448, 480)

    def _on_opened(self) -> None:
        if self.current_id():
            self.opened.emit(self.current_id())

    def _on_current_changed(self, index: QModelIndex) -> None:
        if index.isValid():
            self._row = index.row()
        self.current_changed.emit(self.current_id())


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, _ROW + (_HEADING if _model(index).begins(index.row()) else 0))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        line = _model(index).at(index.row())
        rect: QRect = option.rect
        view = self.parent()
        assert isinstance(view, PromiseList)
        state = item_state(view, index, rect)
        painter.save()
        if _model(index).begins(index.row()):
            painter.setFont(theme.font("small", bold=True))
            painter.setPen(theme.color("muted"))
            top = QRect(rect.left() + _LEFT, rect.top(), rect.width() - _LEFT, _HEADING - 4)
            flags = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
            painter.drawText(top, flags, lines.heading(line.urgency))
            rect = rect.adjusted(0, _HEADING, 0, 0)
        if state.chosen:
            painter.fillRect(rect, theme.color("selection"))
            if state.focused:
                edge = QRect(rect.left(), rect.top(), 3, rect.height())
                painter.fillRect(edge, theme.color("accent"))
        elif state.hovered:
            painter.fillRect(rect, theme.color("raised"))
        under = QRect(rect.left(), rect.bottom(), rect.width(), 1)
        painter.fillRect(under, theme.color("line"))
        _draw_line(painter, rect, line)
        painter.restore()


def _draw_line(painter: QPainter, rect: QRect, line: PromiseLine) -> None:
    ratio = painter.device().devicePixelRatioF()
    painter.drawPixmap(rect.left() + _LEFT, rect.top() + 11, icons.pixmap(*_sign(line), 14, ratio))
    first = QRect(rect.left() + _TEXT, rect.top() + 8, rect.width() - _TEXT - _RIGHT, 20)
    words = one_line(lines.when(line))
    font = theme.font("small", figures=True)
    taken = min(QFontMetrics(font).horizontalAdvance(words), first.width() // 2)
    painter.setFont(font)
    painter.setPen(theme.color(_INKS.get(line.urgency, "muted")))
    cut = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideRight, taken + 1)
    painter.drawText(first, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, cut)
    said = first.adjusted(0, 0, -(taken + 12 if taken else 0), 0)
    settled = line.urgency is Due.SETTLED
    what = line.view.promise.what
    ink = "muted" if settled else "text"
    draw_line(painter, said, what, look(ink, bold=not settled))
    draw_line(painter, first.translated(0, 20), lines.about(line), look("muted"))


def _sign(line: PromiseLine) -> tuple[str, str]:
    match line.view.promise.state:
        case State.KEPT:
            return "success", "green_text"
        case State.BROKEN:
            return "close", "muted"
        case _:
            return "promise", _INKS.get(line.urgency, "muted")


def _model(index: _Index) -> PromisesModel:
    model = index.model()
    assert isinstance(model, PromisesModel)
    return model
