"""Print… and Save as PDF on an account's page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from fieldnotes.desktop.accounts.account_sheet import account_sheet, holds_private
from fieldnotes.desktop.notice_place import NoticePlace
from fieldnotes.desktop.runner import Runner
from fieldnotes.operations.documents import save_document

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from fieldnotes.domain.documents import Sheet
    from fieldnotes.operations.accounts import AccountPage
    from fieldnotes.operations.notebook import Notebook


class AccountPaper(QObject):
    """Lays an account out on one sheet, then asks where it is to go."""

    def __init__(self, runner: Runner, notice: NoticePlace, window: QWidget) -> None:
        super().__init__(window)
        self._runner, self._notice, self._window = runner, notice, window

    def print_out(self, page: AccountPage) -> None:
        """Ask for a printer and print."""
        self._with_day(lambda today: self._print(account_sheet(page, today)))

    def save_pdf(self, page: AccountPage) -> None:
        """Ask for a place and save a PDF there."""
        kinds = f"{self.tr('PDF files')} (*.pdf)"
        name, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Save as PDF"), f"{_file_name(page.name)}.pdf", kinds
        )
        if name:
            path = Path(name)
            path = path if path.suffix else path.with_suffix(".pdf")
            self._with_day(lambda today: self.write(page, today, path))

    def write(self, page: AccountPage, today: date, path: Path) -> None:
        """Save the sheet at `path`."""
        from fieldnotes.desktop.printing import QtLayout, usual_paper

        content = QtLayout().pdf(account_sheet(page, today), usual_paper())

        def done(_: object) -> None:
            words = self.tr("One page. It holds what only you may see: it is for you alone.")
            if not holds_private(page):
                words = self.tr("One page.")
            self._notice.tell("success", words, lead=self.tr("Saved as %s.") % path.name)

        self._runner.do(
            lambda book: save_document(book, content, path), done, self._notice.tell_error, self
        )

    def _print(self, sheet: Sheet) -> None:
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from fieldnotes.desktop.printing import QtLayout

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        dialog = QPrintDialog(printer, self._window)
        dialog.accepted.connect(lambda: QtLayout().print_on(sheet, printer))
        dialog.finished.connect(dialog.deleteLater)
        dialog.setModal(True)
        dialog.show()

    def _with_day(self, go_on: Callable[[date], None]) -> None:
        def today(book: Notebook) -> date:
            return book.clock().local().date()

        self._runner.ask("today", today, go_on)


def _file_name(account: str) -> str:
    """A file name that every system takes."""
    plain = "".join(c if c.isalnum() or c in " -_." else "-" for c in account)
    return plain.strip(" .")[:80] or "account"
