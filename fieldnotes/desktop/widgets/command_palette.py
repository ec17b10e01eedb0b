"""Ctrl+K: any action by its name, the ones used last first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import msgspec
from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence, QPainter
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.letters_in_order import find_letters
from fieldnotes.desktop.widgets.primary_button import draw_key_cap, key_cap_width

_Index = QModelIndex | QPersistentModelIndex
_WIDTH = 560
_ROW = 36
_ROWS_SHOWN = 9
_REMEMBERED = 8


class _Line(msgspec.Struct, frozen=True):
    """One action as it is offered."""

    name: str
    keys: str
    places: tuple[int, ...]
    action: QAction


class CommandPalette(QFrame):
    """A field and a list over the top of a window. Enter runs, Esc closes, so does looking away.

    `actions` is asked each time it opens; what is disabled, hidden or nameless is left out.
    `ran` carries the name of the action, for keeping `recent` beyond this run.
    """

    ran = Signal(str)

    def __init__(
        self,
        window: QWidget,
        actions: Callable[[], Iterable[QAction]],
        *,
        asks: str = "",
        name: str = "",
        none: str = "",
    ) -> None:
        super().__init__(window)
        self._asks = asks or self.tr("What do you want to do?")
        self._window = window
        self._actions = actions
        self._recent: list[str] = []
        self._came_from: QWidget | None = None
        self._model = _LinesModel(self)
        self._field = self._make_field()
        self._list = self._make_list()
        self._none = theme.label(
            none or self.tr("No action has these letters in its name"), ink="muted"
        )
        self._none.setContentsMargins(16, 8, 16, 12)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 8, 1, 8)
        column.setSpacing(4)
        for part in (self._field, self._list, self._none):
            column.addWidget(part)
        self.setObjectName("palette")
        self.setProperty("overlay", True)
        self.setAccessibleName(name or self.tr("Run any action"))
        self.hide()

    def set_recent(self, names: Sequence[str]) -> None:
        """The names of the actions used last, the newest first."""
        self._recent = list(names)[:_REMEMBERED]

    def recent(self) -> list[str]:
        """The names of the actions used last, the newest first."""
        return list(self._recent)

    def open(self) -> None:
        """Show it with an empty field, over the upper part of its window."""
        self._came_from = QApplication.focusWidget()
        self._field.clear()
        self._offer("")
        self.show()
        self.raise_()
        self._field.setFocus(Qt.FocusReason.PopupFocusReason)

    def names(self) -> list[str]:
        """What is offered now, from the top."""
        return [line.name for line in self._model.lines]

    def type_words(self, words: str) -> None:
        """Filter as if a person had typed these letters."""
        self._field.setText(words)

    def close_quietly(self) -> None:
        """Go away and give the focus back."""
        self.hide()
        if self._came_from is not None:
            self._came_from.setFocus(Qt.FocusReason.PopupFocusReason)
        self._came_from = None

    def run_current(self) -> None:
        """Close, then run the chosen action."""
        index = self._list.currentIndex()
        if not index.isValid():
            return
        line = self._model.lines[index.row()]
        self.close_quietly()
        self._recent = [line.name, *(name for name in self._recent if name != line.name)]
        del self._recent[_REMEMBERED:]
        self.ran.emit(line.name)
        line.action.trigger()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut and watched is self._field and self.isVisible():
            if not self._list.hasFocus():
                self.hide()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._took_key(event)
        return False

    def _took_key(self, event: QKeyEvent) -> bool:
        match event.key():
            case Qt.Key.Key_Escape:
                self.close_quietly()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.run_current()
            case Qt.Key.Key_Up | Qt.Key.Key_Down | Qt.Key.Key_PageUp | Qt.Key.Key_PageDown:
                QApplication.sendEvent(self._list, event)
            case _:
                return False
        return True

    def _make_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setProperty("bare", True)
        field.setPlaceholderText(self._asks)
        field.setAccessibleName(self.tr("Letters of an action’s name"))
        field.setTextMargins(16, 4, 16, 8)
        field.textChanged.connect(self._offer)
        field.installEventFilter(self)
        return theme.styled(field, size="reading")

    def _make_list(self) -> QListView:
        view = QListView()
        view.setModel(self._model)
        view.setItemDelegate(_LineDelegate(view))
        view.setUniformItemSizes(True)
        view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        view.setMouseTracking(True)
        view.setAccessibleName(self.tr("Actions"))
        view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        view.clicked.connect(self.run_current)
        return view

    def _offer(self, wanted: str) -> None:
        lines = self._found(wanted)
        self._model.set_lines(lines)
        self._list.setVisible(bool(lines))
        self._none.setVisible(not lines)
        if lines:
            self._list.setCurrentIndex(self._model.index(0))
        self._list.setFixedHeight(_ROW * min(len(lines), _ROWS_SHOWN) + 1)
        self._place()

    def _found(self, wanted: str) -> list[_Line]:
        scored: list[tuple[int, int, int, _Line]] = []
        for number, action in enumerate(_usable(self._actions())):
            name = plain_name(action)
            found = find_letters(wanted, name)
            if found is not None:
                line = _Line(name, _keys(action), found.places, action)
                scored.append((-found.score, self._age(name), number, line))
        if not wanted.strip():
            scored = [(0, age, number, line) for _score, age, number, line in scored]
        return [line for *_order, line in sorted(scored, key=lambda entry: entry[:3])]

    def _age(self, name: str) -> int:
        return self._recent.index(name) if name in self._recent else _REMEMBERED

    def _place(self) -> None:
        room = self._window.size()
        width = min(_WIDTH, room.width() - 32)
        self.setFixedWidth(width)
        self.adjustSize()
        self.move((room.width() - width) // 2, min(96, room.height() // 8))


class _LinesModel(QAbstractListModel):
    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.lines: list[_Line] = []

    def set_lines(self, lines: list[_Line]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.lines)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        line = self.lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{line.name}, {line.keys}" if line.keys else line.name
        return None


class _LineDelegate(QStyledItemDelegate):
    """The name with the found letters in bold, its keys on the right."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, _LinesModel)
        line = model.lines[index.row()]
        rect = option.rect
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.color("selection"))
        elif option.state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("hover"))
        inner = rect.adjusted(16, 0, -16, 0)
        if line.keys:
            width = key_cap_width(line.keys)
            cap = QRect(inner.right() - width + 1, inner.center().y() - 8, width, 18)
            tokens = theme.current()
            draw_key_cap(painter, cap, line.keys, ink=tokens.muted, line=tokens.selection_line)
            inner.setRight(cap.left() - 8)
        painter.setClipRect(inner)
        _draw_name(painter, inner, line)
        painter.restore()


def _draw_name(painter: QPainter, place: QRect, line: _Line) -> None:
    """Letter runs in turn, bold where they were found."""
    left = place.left()
    flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
    painter.setPen(theme.color("text"))
    for words, bold in _runs(line):
        painter.setFont(theme.font(bold=bold))
        painter.drawText(place.adjusted(left - place.left(), 0, 0, 0), flags, words)
        left += painter.fontMetrics().horizontalAdvance(words)


def _runs(line: _Line) -> list[tuple[str, bool]]:
    found = set(line.places)
    runs: list[tuple[str, bool]] = []
    for place, letter in enumerate(line.name):
        bold = place in found
        if runs and runs[-1][1] == bold:
            runs[-1] = (runs[-1][0] + letter, bold)
        else:
            runs.append((letter, bold))
    return runs


def _usable(actions: Iterable[QAction]) -> list[QAction]:
    return [
        action
        for action in actions
        if action.isEnabled()
        and action.isVisible()
        and not action.isSeparator()
        and action.menu() is None
        and action.text()
    ]


def plain_name(action: QAction) -> str:
    """The name of an action without its mnemonic and its dots."""
    return action.text().replace("&&", "\0").replace("&", "").replace("\0", "&").rstrip("….")


def _keys(action: QAction) -> str:
    return action.shortcut().toString(QKeySequence.SequenceFormat.NativeText).replace("+", " ")
