"""What a program found of people in free text: each in its sentence, and where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from fieldnotes.desktop import icons, theme
from fieldnotes.desktop.widgets.marked_line import draw_line, draw_marked, look, one_line
from fieldnotes.domain.personal_data import What
from fieldnotes.operations.personal_data import Pointed

_Index = QModelIndex | QPersistentModelIndex
_PARENT = QModelIndex()
_EDGE, _SIGN, _ROW = 24, 24, 48
_LEAST_ROWS = 2


class FindModel(QAbstractListModel):
    """Finds in the order of the notes they stand in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finds: list[Pointed] = []

    def set_finds(self, finds: Sequence[Pointed]) -> None:
        """Show these."""
        self.beginResetModel()
        self._finds = list(finds)
        self.endResetModel()

    def find(self, row: int) -> Pointed:
        """The one in a row."""
        return self._finds[row]

    def finds(self) -> list[Pointed]:
        """All of them."""
        return list(self._finds)

    def rowCount(self, parent: _Index = _PARENT) -> int:
        return 0 if parent.isValid() else len(self._finds)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        find = self._finds[index.row()]
        return f"{what_words(find.what)}: {find.said}. {one_line(find.sentence)}. {place(find)}"


class FindList(QListView):
    """`hide_wanted` and `fine_wanted` when H or F is pressed on what is chosen."""

    hide_wanted = Signal()
    fine_wanted = Signal()
    choice_changed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._most = _LEAST_ROWS
        self.finds = FindModel(self)
        self.setModel(self.finds)
        self.setItemDelegate(_Delegate(self))
        self.setAccessibleName(name)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.selectionModel().selectionChanged.connect(lambda *_: self.choice_changed.emit())

    def show_finds(self, finds: Sequence[Pointed]) -> None:
        """Show these; whoever stood on one stands on the next that is left."""
        row = max(self.currentIndex().row(), 0)
        self.finds.set_finds(finds)
        rows = self.finds.rowCount()
        self._fit()
        if rows:
            self.choose(min(row, rows - 1))

    def set_room(self, pixels: int) -> None:
        """As many rows are seen at once as that holds, and two in any case."""
        self._most = max(pixels // _ROW, _LEAST_ROWS)
        self._fit()

    def _fit(self) -> None:
        self.setFixedHeight(_ROW * min(max(self.finds.rowCount(), 1), self._most))

    def choose(self, row: int) -> None:
        """Stand on a row and choose it alone, whatever keys are held down."""
        only = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self.selectionModel().setCurrentIndex(self.finds.index(row), only)

    def chosen(self) -> list[Pointed]:
        """Those that are chosen, from top to bottom."""
        rows = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [self.finds.find(row) for row in rows]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() == Qt.Key.Key_H:
            self.hide_wanted.emit()
        elif plain and event.key() == Qt.Key.Key_F:
            self.fine_wanted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)


class _Delegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, _ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        model = index.model()
        assert isinstance(model, FindModel)
        find = model.find(index.row())
        rect: QRect = option.rect
        painter.save()
        _draw_ground(painter, rect, option.state)
        ratio = painter.device().devicePixelRatioF()
        sign = icons.pixmap("warning", "amber_text", 14, ratio)
        painter.drawPixmap(rect.left() + _EDGE, rect.top() + 9, sign)
        first = QRect(rect.left() + _EDGE + _SIGN, rect.top() + 6, 0, 20)
        first.setRight(rect.right() - 12)
        draw_marked(painter, first, one_line(find.sentence), (find.mark,), look("text"))
        below = f"{what_words(find.what)} · {place(find)}"
        draw_line(painter, first.translated(0, 18), below, look("muted", "small"))
        painter.restore()


def _draw_ground(painter: QPainter, rect: QRect, state: QStyle.StateFlag) -> None:
    if state & QStyle.StateFlag.State_Selected:
        painter.fillRect(rect, theme.color("selection"))
        if state & QStyle.StateFlag.State_HasFocus:
            bar = QRect(rect.left(), rect.top(), 3, rect.height())
            painter.fillRect(bar, theme.color("accent"))
    elif state & QStyle.StateFlag.State_MouseOver:
        painter.fillRect(rect, theme.color("raised"))
    painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), theme.color("line"))


def what_words(what: What) -> str:
    """What was found, as people call it."""
    match what:
        case What.EMAIL:
            return _tr("E-mail address")
        case What.PHONE:
            return _tr("Phone number")
        case What.BANK:
            return _tr("Bank account")
        case What.CARD:
            return _tr("Card number")
        case What.NAME:
            return _tr("Name")


def place(find: Pointed) -> str:
    """Where it stands: the field, the note, and whose words only they can hide."""
    words = _tr("{field} of “{note}”").format(field=find.where, note=one_line(find.heading))
    return words if find.mine else _tr("{words}, written by somebody else").format(words=words)


def _tr(words: str) -> str:
    return QCoreApplication.translate("FindList", words)
