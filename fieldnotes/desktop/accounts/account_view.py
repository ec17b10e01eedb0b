"""One account on a page: what happened, what they object to, who competes, what we won."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fieldnotes.desktop.accounts import account_lines as lines
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.line_list import Line, LineList
from fieldnotes.desktop.widgets.panel import FieldGrid
from fieldnotes.desktop.widgets.sections import FactsPage, Numbers, Section
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.operations.accounts import AccountPage, ObjectionHere


class AccountView(FactsPage):
    """`chosen` carries the key of a line: a search, or a note's id after `lines.NOTE`.

    `print_wanted` and `pdf_wanted` ask for the account on one sheet.
    """

    chosen = Signal(str)
    print_wanted = Signal()
    pdf_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: AccountPage | None = None
        self.numbers = Numbers(self.tr("How much there is"))
        self.all_notes = button("", "link")
        self.all_notes.clicked.connect(self._on_all_notes)
        self.timeline = Section(self.tr("What happened"))
        self.promises = Section(self.tr("Promises that stand"))
        self.objections = Section(self.tr("Objections, and what worked"))
        self.competitors = Section(self.tr("Competitors seen here"))
        self.wins = Section(self.tr("Wins"))
        self.contacts = Section(self.tr("People"))
        self.top.addWidget(self.numbers)
        link = QHBoxLayout()
        link.setContentsMargins(-4, 0, 0, 0)  # the words of a link begin where the others do
        link.addWidget(self.all_notes)
        link.addStretch()
        self.print = button(self.tr("&Print…"), "flat", icon="print")
        self.pdf = button(self.tr("Save as P&DF…"), "flat", icon="file")
        self.print.clicked.connect(self.print_wanted)
        self.pdf.clicked.connect(self.pdf_wanted)
        link.addWidget(self.print)
        link.addWidget(self.pdf)
        self.top.addLayout(link)
        self.left.addWidget(self.timeline)
        self.right.addWidget(self.promises)
        for section in (self.objections, self.competitors, self.wins, self.contacts):
            self.right.addWidget(section)

    def show_page(self, page: AccountPage) -> None:
        """Show this account."""
        self._page = page
        self.set_heading(page.name, lines.under(page))
        self.numbers.set_numbers(lines.numbers(page))
        words = self.tr("Show all {n} notes").format(n=grouped(page.notes))
        self.all_notes.setText(words if page.notes != 1 else self.tr("Show the note"))
        self.all_notes.setAccessibleName(self.all_notes.text())
        self._show_timeline(page)
        self._show(self.promises, [lines.promise(each) for each in page.promises])
        self._show_objections(page)
        self._show(self.competitors, lines.competitors(page))
        self._show(self.wins, lines.wins(page))
        self._show_contacts(page)
        self.verticalScrollBar().setValue(0)

    def page(self) -> AccountPage | None:
        """The account that is shown."""
        return self._page

    def lists(self) -> list[LineList]:
        """Every list of lines on the page."""
        return self.findChildren(LineList)

    def _show_timeline(self, page: AccountPage) -> None:
        _clear(self.timeline)
        self._add(self.timeline, self.tr("What happened"), lines.timeline(page))
        more = page.notes - len(page.timeline)
        hint = self.tr("The newest {n} notes").format(n=grouped(len(page.timeline)))
        self.timeline.set_hint(hint if more > 0 else "")

    def _show_objections(self, page: AccountPage) -> None:
        _clear(self.objections)
        self.objections.setVisible(bool(page.objections))
        told_before: set[str] = set()
        for objection in page.objections:
            self._add(self.objections, self.tr("Objection"), [lines.objection(objection)])
            if objection.elsewhere and objection.concern not in told_before:
                self._add_elsewhere(objection)
                told_before.add(objection.concern)

    def _add_elsewhere(self, objection: ObjectionHere) -> None:
        shown = self._add(
            self.objections, self.tr("What worked elsewhere"), lines.elsewhere(objection)
        )
        shown.setContentsMargins(24, 0, 0, 4)

    def _show_contacts(self, page: AccountPage) -> None:
        _clear(self.contacts)
        self.contacts.setVisible(bool(page.contacts))
        grid = FieldGrid()
        grid.setContentsMargins(8, 0, 8, 0)
        for contact in page.contacts:
            grid.add(*lines.contact(contact))
        self.contacts.body.addWidget(grid)

    def _show(self, section: Section, told: list[Line]) -> None:
        _clear(section)
        section.setVisible(bool(told))
        if told:
            self._add(section, section.accessibleName(), told)

    def _add(self, section: Section, name: str, told: list[Line]) -> LineList:
        shown = LineList(name)
        shown.set_lines(told)
        shown.chosen.connect(self.chosen)
        section.body.addWidget(shown)
        return shown

    def _on_all_notes(self) -> None:
        if self._page is not None:
            self.chosen.emit(self._page.query)


def _clear(section: Section) -> None:
    while (item := section.body.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.setParent(None)
            widget.deleteLater()
