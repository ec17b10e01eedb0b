"""The list of accounts: name, how many notes, and when they were last heard of."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.day_words import day_words
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.desktop.widgets.two_line_list import COUNT, PAD, UNDER, TwoLineList
from fieldnotes.domain.words import fold, words_of
from fieldnotes.operations.accounts import AccountLine

_Index = QModelIndex | QPersistentModelIndex


class AccountsModel(QAbstractListModel):
    """Accounts that pass what is typed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._all: list[AccountLine] = []
        self._shown: list[AccountLine] = []
        self._typed = ""

    def set_accounts(self, accounts: Sequence[AccountLine]) -> None:
        """Show these in place of what was there."""
        self._all = list(accounts)
        self.filter(self._typed)

    def filter(self, typed: str) -> None:
        """Only those with a spelling in which every typed word begins a word."""
        self._typed = typed
        wanted = words_of(typed)
        self.beginResetModel()
        self._shown = [each for each in self._all if _passes(wanted, each)]
        self.endResetModel()

    def at(self, index: _Index) -> AccountLine:
        """The account of a row."""
        return self._shown[index.row()]

    def row_of(self, name: str) -> int:
        """The row of an account by any of its spellings, or -1."""
        wanted = fold(name)
        rows = (n for n, each in enumerate(self._shown) if fold(each.name) == wanted)
        return next(rows, -1)

    def total(self) -> int:
        """How many accounts there are, shown or not."""
        return len(self._all)

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._shown)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        account = self.at(index)
        said: dict[int, str] = {
            Qt.ItemDataRole.DisplayRole: account.name,
            COUNT: grouped(account.notes),
            UNDER: day_words(account.last),
        }
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(said.values())
        return said.get(role)


class AccountList(QWidget):
    """A field to narrow the list, and the list. `chosen` carries the name of an account."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.accounts = AccountsModel(self)
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find an account"))
        self.field.setAccessibleName(self.tr("Find an account"))
        self.field.setClearButtonEnabled(True)
        self.view = TwoLineList(self.tr("Accounts"))
        self.view.setModel(self.accounts)
        self._quiet = False
        self._nothing = theme.label(self.tr("No account is called so."), ink="muted")
        self._nothing.setContentsMargins(PAD, 8, PAD, 8)
        self._nothing.hide()
        self.field.textChanged.connect(self._on_typed)
        self.field.returnPressed.connect(self._on_entered)
        self.view.selectionModel().currentChanged.connect(self._on_current_changed)
        self._lay_out()

    def set_accounts(self, accounts: Sequence[AccountLine]) -> None:
        """Show these; whoever stands on one keeps standing there."""
        name = self.current()
        self._quiet = True
        self.accounts.set_accounts(accounts)
        self._quiet = False
        self.set_current(name)

    def current(self) -> str:
        """The account that a person stands on, or an empty text."""
        index = self.view.currentIndex()
        return self.accounts.at(index).name if index.isValid() else ""

    def set_current(self, name: str) -> None:
        """Stand on an account without a signal; one that is not shown chooses none."""
        self._quiet = True
        row = self.accounts.row_of(name) if name else -1
        self.view.setCurrentIndex(self.accounts.index(row) if row >= 0 else QModelIndex())
        self._quiet = False

    def _on_typed(self, typed: str) -> None:
        name = self.current()
        self._quiet = True
        self.accounts.filter(typed)
        self._quiet = False
        self.set_current(name)
        self._nothing.setVisible(self.accounts.rowCount() == 0 and self.accounts.total() > 0)

    def _on_entered(self) -> None:
        if self.accounts.rowCount():
            self.view.setCurrentIndex(self.accounts.index(0))
            self.view.setFocus()

    def _on_current_changed(self, index: QModelIndex) -> None:
        if index.isValid() and not self._quiet:
            self.chosen.emit(self.current())

    def _lay_out(self) -> None:
        top = QVBoxLayout()
        top.setContentsMargins(12, 12, 12, 8)
        top.addWidget(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(top)
        column.addWidget(self._nothing)
        column.addWidget(self.view, 1)
        theme.styled(self, ground="surface")


def _passes(wanted: list[str], account: AccountLine) -> bool:
    said = [word for spelling in account.spellings for word in words_of(spelling)]
    return all(any(word.startswith(each) for word in said) for each in wanted)
