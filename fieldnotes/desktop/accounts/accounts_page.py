"""Accounts: the list at the left, the page of the one that is chosen at the right."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.accounts import account_lines as lines
from fieldnotes.desktop.accounts.account_list import AccountList
from fieldnotes.desktop.accounts.account_view import AccountView
from fieldnotes.desktop.accounts.paper import AccountPaper
from fieldnotes.desktop.notice_place import NoticePlace
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.when_seen import WhenSeen
from fieldnotes.desktop.widgets.empty_state import EmptyState
from fieldnotes.desktop.widgets.page_states import PageStates
from fieldnotes.desktop.widgets.rule import Rule
from fieldnotes.domain.words import fold
from fieldnotes.operations.accounts import AccountLine, AccountPage, account_page, list_accounts
from fieldnotes.operations.changes import Changes

_LIST = 248


class AccountsPage(QWidget):
    """`note_chosen` and `promise_chosen` carry an id, `query_chosen` a search for notes."""

    note_chosen = Signal(str)
    query_chosen = Signal(str)
    promise_chosen = Signal(str)

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._wanted = ""
        self.accounts = AccountList()
        self.account = AccountView()
        self.notice = NoticePlace(12)
        self.paper = AccountPaper(runner, self.notice, self)
        self._when_seen = WhenSeen(self, lambda: self.show_account(None), asked=True)
        self._lay_out()
        self._connect()
        self.show_account(None)

    def show_account(self, name: str | None) -> None:
        """Show an account, whatever the spelling; None keeps the chosen one, or the first."""
        self._wanted = name or self._wanted
        self.states.wait()
        self._runner.ask("accounts", list_accounts, self._on_listed, self.states.show_error)

    def _on_listed(self, accounts: list[AccountLine]) -> None:
        if not accounts:
            self.states.show_empty()
            return
        self.accounts.set_accounts(accounts)
        self.states.show_content()
        named = [each.name for each in accounts if fold(each.name) == fold(self._wanted)]
        self._open(named[0] if named else accounts[0].name)

    def _open(self, name: str) -> None:
        self._wanted = name
        self.accounts.set_current(name)
        self.page_states.wait()
        self._runner.ask(
            "account",
            lambda notebook: account_page(notebook, name),
            self._on_page,
            self.page_states.show_error,
        )

    def _on_page(self, page: AccountPage) -> None:
        self.account.show_page(page)
        if page.notes:
            self.page_states.show_content()
        else:
            self.page_states.show_empty()

    def _on_chosen(self, key: str) -> None:
        if key.startswith(lines.NOTE):
            self.note_chosen.emit(key.removeprefix(lines.NOTE))
        elif key.startswith(lines.PROMISE):
            self.promise_chosen.emit(key.removeprefix(lines.PROMISE))
        else:
            self.query_chosen.emit(key)

    def _put_on_paper(self, how: Callable[[AccountPage], None]) -> None:
        if (page := self.account.page()) is not None:
            how(page)

    def _on_changed(self, changes: Changes, initiator: object) -> None:
        if changes.notes is None or changes.notes or changes.promises:
            self._when_seen.change()

    def _connect(self) -> None:
        self.accounts.chosen.connect(self._open)
        self.account.chosen.connect(self._on_chosen)
        self.account.print_wanted.connect(lambda: self._put_on_paper(self.paper.print_out))
        self.account.pdf_wanted.connect(lambda: self._put_on_paper(self.paper.save_pdf))
        self.states.trouble.acted.connect(lambda: self.show_account(None))
        self.page_states.trouble.acted.connect(lambda: self._open(self._wanted))
        self._runner.changed.connect(self._on_changed)

    def _lay_out(self) -> None:
        gone = EmptyState(
            "accounts",
            self.tr("Nothing about this account"),
            self.tr("Its notes were removed, or name another account now."),
        )
        self.page_states = PageStates(self.account, gone)
        self.accounts.setFixedWidth(_LIST)
        content = QWidget()
        row = QHBoxLayout(content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.accounts)
        row.addWidget(Rule(upright=True))
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.notice)
        right.addWidget(self.page_states, 1)
        row.addLayout(right, 1)
        empty = EmptyState(
            "accounts",
            self.tr("No accounts yet"),
            self.tr(
                "Name the account when you write a note (@ and the first letters): everything about"
                " it then stands here on one page."
            ),
        )
        self.states = PageStates(content, empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.states)
        theme.styled(self, ground="surface")
        self.setFocusProxy(self.accounts.view)
