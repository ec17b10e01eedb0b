"""The list of names: a family to choose, a field to narrow it, and every name with its count."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.choice_pills import Choice, ChoicePills
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.desktop.widgets.two_line_list import COUNT, PAD, UNDER, TwoLineList
from fieldnotes.domain.words import fold
from fieldnotes.operations.names import NameLine

_Index = QModelIndex | QPersistentModelIndex
FAMILIES = {
    "account": "Accounts",
    "competitor": "Competitors",
    "product": "Products",
    "tag": "Tags",
}


class NamesModel(QAbstractListModel):
    """Names that pass what is typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: list[NameLine] = []
        self._shown: list[NameLine] = []
        self._typed = ""

    def set_names(self, names: Sequence[NameLine]) -> None:
        """Show these in place of what was there."""
        self._all = list(names)
        self.filter(self._typed)

    def filter(self, typed: str) -> None:
        """Only those of which some name holds every typed word."""
        self._typed = typed
        wanted = fold(typed).split()
        self.beginResetModel()
        self._shown = [each for each in self._all if all(word in each.folded for word in wanted)]
        self.endResetModel()

    def at(self, row: int) -> NameLine:
        """The name of a row."""
        return self._shown[row]

    def row_of(self, name: str) -> int:
        """The row of what is called so, or -1."""
        wanted = fold(name)
        rows = (n for n, each in enumerate(self._shown) if fold(each.name) == wanted)
        return next(rows, -1)

    def all_names(self) -> list[str]:
        """Everything that is called something, shown or not."""
        return [each.name for each in self._all]

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        line = self._shown[index.row()]
        said: dict[int, str] = {
            Qt.ItemDataRole.DisplayRole: line.name,
            COUNT: grouped(line.notes),
            UNDER: also_words(line),
        }
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, said.values()))
        return said.get(role)


class NameList(QWidget):
    """`chosen` carries a name, `family_changed` a family."""

    chosen = Signal(str)
    family_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.names = NamesModel(self)
        choices = [Choice(key, self.tr(words), "accent") for key, words in FAMILIES.items()]
        self.families = ChoicePills(self.tr("Names of"), choices, needed=True)
        self.families.set_value("account")
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find a name"))
        self.field.setAccessibleName(self.tr("Find a name"))
        self.field.setClearButtonEnabled(True)
        self.view = TwoLineList(self.tr("Names"))
        self.view.setModel(self.names)
        self._family, self._quiet = "account", False
        self._nothing = theme.label("", ink="muted")
        self._nothing.setWordWrap(True)
        self._nothing.setContentsMargins(PAD, 8, PAD, 8)
        self._lay_out()
        self.families.changed.connect(self._on_family)
        self.field.textChanged.connect(self._on_typed)
        self.field.returnPressed.connect(self._on_entered)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)

    def family(self) -> str:
        """The family that is shown."""
        return self._family

    def set_family(self, family: str) -> None:
        """Show another family, without a signal."""
        self._family = family
        self.families.set_value(family)

    def set_names(self, names: Sequence[NameLine]) -> None:
        """Show these; whoever stands on one keeps standing there."""
        name = self.current()
        self._quiet = True
        self.names.set_names(names)
        self._quiet = False
        self.set_current(name)
        self._say_nothing()

    def current(self) -> str:
        """The name that a person stands on, or an empty text."""
        index = self.view.currentIndex()
        return self.names.at(index.row()).name if index.isValid() else ""

    def set_current(self, name: str) -> None:
        """Stand on a name without a signal; one that is not shown chooses none."""
        self._quiet = True
        row = self.names.row_of(name) if name else -1
        self.view.setCurrentIndex(self.names.index(row) if row >= 0 else QModelIndex())
        self._quiet = False

    def _on_family(self, family: str) -> None:
        if family == self._family:
            return
        self._family = family
        self.field.clear()
        self.family_changed.emit(family)

    def _on_typed(self, typed: str) -> None:
        name = self.current()
        self._quiet = True
        self.names.filter(typed)
        self._quiet = False
        self.set_current(name)
        self._say_nothing()

    def _say_nothing(self) -> None:
        typed = bool(self.field.text().strip())
        words = self.tr("Nothing is called so.") if typed else self.tr("No note names one yet.")
        self._nothing.setText(words)
        self._nothing.setVisible(self.names.rowCount() == 0)

    def _on_entered(self) -> None:
        if self.names.rowCount():
            self.view.setCurrentIndex(self.names.index(0))
            self.view.setFocus()

    def _on_current_changed(self, index: QModelIndex) -> None:
        if index.isValid() and not self._quiet:
            self.chosen.emit(self.current())

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(12, 12, 12, 8)
        top.setSpacing(8)
        top.addWidget(self.families)
        top.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._nothing)
        column.addWidget(self.view, 1)
        theme.styled(self, ground="surface")


def also_words(line: NameLine) -> str:
    """What else it is called."""
    if not line.also:
        return ""
    words = QCoreApplication.translate("NameList", "also called {names}")
    return words.format(names=", ".join(line.also))
