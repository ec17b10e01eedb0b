"""Sheets on paper: one page whatever is on it, and an account's page on one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QLocale
from PySide6.QtGui import QPageSize, QPdfWriter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.accounts.account_sheet import account_sheet, holds_private
from fieldnotes.desktop.accounts.accounts_page import AccountsPage
from fieldnotes.desktop.printing import QtLayout, fitting, usual_paper
from fieldnotes.desktop.runner import Runner
from fieldnotes.domain.documents import Line, Paper, Section, Sheet
from fieldnotes.domain.notes import Contact
from fieldnotes.domain.promises import Promise, PromiseDraft
from fieldnotes.operations.accounts import account_page
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.promises import make_promise
from tests.builders import at, logged
from tests.desktop.libraries import SELLER, running, show, write

TODAY = at("2026-03-21").local().date()


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "dark")  # paper is white whatever the screen is


@pytest.fixture
def writer(qapp: QApplication) -> Iterator[QPdfWriter]:
    device = QBuffer()
    device.open(QIODevice.OpenModeFlag.WriteOnly)
    made = QPdfWriter(device)
    made.setResolution(300)
    made.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    yield made
    device.close()


def crowded(lines: int = 400) -> Sheet:
    told = tuple(
        Line(f"Heading {n}", "A detail that says somewhat more about it", lead="1 Mar", sign="win")
        for n in range(lines)
    )
    left = (Section("What happened", told, "… and {n} more"),)
    right = (Section("Objections", told[:90], "… and {n} more"), Section("People", told[:3]))
    return Sheet("Norden", "Closed", (("400", "notes"),), left, right, "Fieldnotes.")


def pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b", pdf))


def size(pdf: bytes) -> tuple[int, int]:
    found = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)", pdf)
    assert found is not None
    return round(float(found[1])), round(float(found[2]))


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("lines", [0, 5, 30, 400])
def test_a_sheet_is_one_page(paper: Paper, lines: int) -> None:
    pdf = QtLayout().pdf(crowded(lines), paper)
    assert pages(pdf) == 1
    assert size(pdf) == {Paper.A4: (595, 842), Paper.LETTER: (612, 792)}[paper]


def test_what_does_not_fit_is_counted(writer: QPdfWriter) -> None:
    document = fitting(crowded(), writer)
    text = document.toPlainText()
    shown = text.count("Heading")
    missing = sum(map(int, re.findall(r"… and (\d+) more", text)))
    assert document.pageCount() == 1
    assert shown + missing == 400 + 90 + 3
    assert "Heading 0" in text
    assert shown > 30


def test_a_short_sheet_leaves_nothing_out(writer: QPdfWriter) -> None:
    assert "… and" not in fitting(crowded(5), writer).toPlainText()


def test_what_people_wrote_is_never_markup(writer: QPdfWriter) -> None:
    nasty = "<img src=file:///etc/passwd><b>x</b>&amp;"
    sheet = Sheet(nasty, nasty, ((nasty, nasty),), (Section(nasty, (Line(nasty, nasty),)),))
    assert fitting(sheet, writer).toPlainText().count(nasty) == 7


@pytest.mark.parametrize(("name", "paper"), [("en_US", Paper.LETTER), ("de_DE", Paper.A4)])
def test_the_paper_is_that_of_the_country(name: str, paper: Paper) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(name))
    assert usual_paper() is paper
    QLocale.setDefault(before)


# --- an account -------------------------------------------------------------------------------


def an_account(notebook: Notebook) -> None:
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
        kind="objection",
        account="Halvard Steel",
        concern="price",
        answer="Showed the three-year cost",
        worked="yes",
    )


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    with running(write(tmp_path, SELLER, an_account)) as made:
        yield made


def test_an_account_has_everything_on_its_sheet(seller: Notebook, writer: QPdfWriter) -> None:
    an_account(seller)
    page = account_page(seller, "Norden")
    text = fitting(account_sheet(page, TODAY), writer).toPlainText()
    for words in ("Norden", "Too expensive", "10 Jan", "No answer yet", "Una Brandt", "CFO"):
        assert words in text
    assert "Elsewhere: Showed the three-year cost (worked at Halvard Steel)" in text
    assert "only you may see" in text


def test_promises_that_stand_are_on_the_sheet(seller: Notebook, writer: QPdfWriter) -> None:
    logged(seller, account="Norden")
    promise = Promise(what="Send the ROI sheet", account="Norden", until="2026-03-27")
    make_promise(seller, PromiseDraft(id=seller.new_id(), promise=promise))
    page = account_page(seller, "Norden")
    assert "Send the ROI sheet" in fitting(account_sheet(page, TODAY), writer).toPlainText()
    assert holds_private(page)


def test_a_sheet_without_anything_private_does_not_say_so(seller: Notebook) -> None:
    logged(seller, account="Norden", contacts=(Contact(id="c1", role="CFO"),))
    assert not holds_private(account_page(seller, "Norden"))
    logged(seller, account="Norden", see="me")
    page = account_page(seller, "Norden")
    assert holds_private(page)
    assert "only you may see" in account_sheet(page, TODAY).foot


def test_the_sheet_is_saved_where_somebody_says(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    page = AccountsPage(runner)
    page.resize(1100, 700)
    show(qtbot, page)
    page.show_account("Norden")
    qtbot.waitUntil(lambda: page.account.page() is not None)
    told = page.account.page()
    assert told is not None
    page.paper.write(told, TODAY, tmp_path / "norden.pdf")
    qtbot.waitUntil(lambda: "norden.pdf" in page.notice.words())
    assert pages((tmp_path / "norden.pdf").read_bytes()) == 1
    page.paper.write(told, TODAY, tmp_path / "no such folder" / "norden.pdf")
    qtbot.waitUntil(lambda: "could not be written" in page.notice.words())
