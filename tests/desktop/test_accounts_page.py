"""Accounts: a list to narrow, and everything about one account on one page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.accounts.accounts_page import AccountsPage
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.widgets.line_list import LineButton
from fieldnotes.domain.notes import Contact, NoteDraft
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import log_note
from tests.builders import a_note, at, logged
from tests.desktop.libraries import SELLER, running, show, write


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    with running(write(tmp_path, SELLER, two_accounts)) as made:
        yield made


def two_accounts(notebook: Notebook) -> None:
    una = Contact(id="c1", name="Una Brandt", role="CFO")
    logged(
        notebook,
        kind="objection",
        text="Too expensive",
        account="Norden",
        concern="price",
        happened=at("2026-01-10"),
        contacts=(una,),
    )
    logged(
        notebook,
        kind="competitor",
        text="Kolvik called",
        account="norden",
        competitors=("Kolvik",),
        happened=at("2026-02-11"),
    )
    logged(
        notebook,
        kind="objection",
        text="Your price again",
        account="Halvard Steel",
        concern="price",
        answer="Showed the three-year cost",
        worked="yes",
        happened=at("2026-02-20"),
    )


def opened(qtbot: QtBot, runner: Runner, account: str = "Norden") -> AccountsPage:
    page = AccountsPage(runner)
    page.resize(1100, 700)
    show(qtbot, page)
    page.show_account(account)
    shown(qtbot, page, account)
    return page


def shown(qtbot: QtBot, page: AccountsPage, account: str) -> None:
    def is_shown() -> bool:
        told = page.account.page()
        return told is not None and told.name.casefold() == account.casefold()

    qtbot.waitUntil(is_shown)


def line(page: AccountsPage, words: str) -> LineButton:
    buttons = (button for shown in page.account.lists() for button in shown.buttons())
    return next(button for button in buttons if words in button.accessibleName())


def names(page: AccountsPage) -> list[str]:
    model = page.accounts.accounts
    return [str(model.data(model.index(row))) for row in range(model.rowCount())]


def test_the_account_last_heard_of_stands_first(qtbot: QtBot, runner: Runner) -> None:
    page = opened(qtbot, runner, "Halvard Steel")
    assert names(page)[0] == "Halvard Steel"
    assert len(names(page)) == 2


def test_typing_narrows_the_list(qtbot: QtBot, runner: Runner) -> None:
    page = opened(qtbot, runner)
    qtbot.keyClicks(page.accounts.field, "ste")
    assert names(page) == ["Halvard Steel"]
    qtbot.keyClick(page.accounts.field, Qt.Key.Key_Return)
    shown(qtbot, page, "Halvard Steel")


def test_spellings_of_one_account_share_its_page(qtbot: QtBot, runner: Runner) -> None:
    page = opened(qtbot, runner, "NORDEN")
    told = page.account.page()
    assert told is not None
    assert told.notes == 2


def test_the_page_tells_what_happened_by_month(qtbot: QtBot, runner: Runner) -> None:
    page = opened(qtbot, runner)
    assert line(page, "Kolvik called").line.heading == "February 2026"
    assert line(page, "Kolvik called").line.lead == "11 Feb"


def test_what_worked_elsewhere_stands_below_an_objection(qtbot: QtBot, runner: Runner) -> None:
    page = opened(qtbot, runner)
    answer = line(page, "Showed the three-year cost")
    assert answer.line.detail == "worked at Halvard Steel"


def test_a_note_is_opened_from_the_timeline(qtbot: QtBot, runner: Runner) -> None:
    page = opened(qtbot, runner)
    with qtbot.waitSignal(page.note_chosen):
        line(page, "Kolvik called").click()


def test_a_competitor_opens_its_notes_at_this_account(qtbot: QtBot, runner: Runner) -> None:
    page = opened(qtbot, runner)
    with qtbot.waitSignal(page.query_chosen) as heard:
        page.account.competitors.findChildren(LineButton)[0].click()
    told = page.account.page()
    assert told is not None
    assert heard.args == [f"{told.query} competitor:Kolvik"]


def test_a_new_note_appears_on_the_page(qtbot: QtBot, runner: Runner) -> None:
    page = opened(qtbot, runner)

    def write_one(notebook: Notebook):  # type: ignore[no-untyped-def]
        note = a_note("win", "Signed on Friday", account="Norden")
        return log_note(notebook, NoteDraft(id=notebook.new_id(), note=note))

    runner.do(write_one)
    qtbot.waitUntil(lambda: (told := page.account.page()) is not None and told.notes == 3)
    assert line(page, "Signed on Friday").line.sign == "win"


def test_an_account_opens_with_the_arrow_keys(qtbot: QtBot, runner: Runner) -> None:
    page = opened(qtbot, runner, "Halvard Steel")
    qtbot.keyClick(page.accounts.view, Qt.Key.Key_Down)
    shown(qtbot, page, "Norden")


def test_an_empty_page_says_what_would_be_here(qtbot: QtBot, tmp_path: Path) -> None:
    with running(write(tmp_path, SELLER, lambda notebook: None)) as runner:
        page = AccountsPage(runner)
        show(qtbot, page)
        qtbot.waitUntil(lambda: page.states.currentWidget() is page.states.empty)
        assert page.states.empty.accessibleName() == "No accounts yet"
