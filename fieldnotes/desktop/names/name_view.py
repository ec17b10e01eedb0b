"""One name on a page: how often, when, in which kinds, what else it is called, its newest notes."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.names import name_lines as lines
from fieldnotes.desktop.names.name_field import NameField
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.chips import ChipRow
from fieldnotes.desktop.widgets.line_list import Line, LineList
from fieldnotes.desktop.widgets.sections import FactsPage, Numbers, Section
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.operations.names import NamePage

RENAME, MERGE, ALSO = "rename", "merge", "also"


class NameView(FactsPage):
    """`chosen` carries the key of a line: a search, or a note's id after `lines.NOTE`.

    `said` carries (RENAME, MERGE or ALSO, the name that was given), `taken_away` one of its names.
    """

    chosen = Signal(str)
    said = Signal(str, str)
    taken_away = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._page: NamePage | None = None
        self._known: list[str] = []
        self.numbers = Numbers(self.tr("How much there is"))
        self.rename = button(self.tr("&Rename"))
        self.merge = button(self.tr("Mer&ge into…"))
        self.also_button = button(self.tr("Add &another name"))
        self.all_notes = button("", "link")
        self.asked = NameField()
        self.newest = Section(self.tr("Newest notes"))
        self.kinds = Section(self.tr("By kind"))
        self.months = Section(self.tr("By month"))
        self.also = Section(self.tr("Also called"))
        self.also_chips = ChipRow(removable=True)
        self.spelt = Section(self.tr("Written as"))
        self._fill()
        self._connect()

    def show_page(self, page: NamePage) -> None:
        """Show this name."""
        same = self._page is not None and self._page.name == page.name
        self._page = page
        self.set_heading(page.name, lines.under(page))
        self.numbers.set_numbers(lines.numbers(page))
        words = self.tr("Show all {n} notes").format(n=grouped(page.notes))
        self.all_notes.setText(words if page.notes != 1 else self.tr("Show the note"))
        self.all_notes.setAccessibleName(self.all_notes.text())
        self.all_notes.setVisible(page.notes > 0)
        self._show(self.newest, lines.newest(page))
        self._show(self.kinds, lines.kinds(page))
        self._show(self.months, lines.months(page))
        self._show(self.spelt, lines.spelt(page))
        self.also_chips.set_texts(each.name for each in page.also)
        self.also.setVisible(bool(page.also))
        if not same:
            self.asked.hide()
            self.verticalScrollBar().setValue(0)

    def page(self) -> NamePage | None:
        """The name that is shown."""
        return self._page

    def set_known(self, names: list[str]) -> None:
        """Names that complete while another one is typed."""
        self._known = names

    def ask_rename(self) -> None:
        """Ask in the page what it is to be called."""
        if self._page:
            words, action = self.tr("New name"), self.tr("Rename")
            self.asked.ask(RENAME, words, action, begin=self._page.name)

    def ask_merge(self) -> None:
        """Ask in the page what it means in truth."""
        if self._page:
            others = [name for name in self._known if name != self._page.name]
            self.asked.ask(MERGE, self.tr("Means the same as"), self.tr("Merge"), known=others)

    def ask_also(self) -> None:
        """Ask in the page what else it is called."""
        if self._page:
            others = [name for name in self._known if name != self._page.name]
            self.asked.ask(ALSO, self.tr("Also called"), self.tr("Add"), known=others)

    def _connect(self) -> None:
        self.rename.clicked.connect(self.ask_rename)
        self.merge.clicked.connect(self.ask_merge)
        self.also_button.clicked.connect(self.ask_also)
        self.all_notes.clicked.connect(self._on_all_notes)
        self.asked.given.connect(self.said)
        self.asked.left.connect(self.rename.setFocus)
        self.also_chips.removed.connect(self.taken_away)
        QShortcut(QKeySequence("F2"), self, self.ask_rename)

    def _fill(self) -> None:
        self.rename.setToolTip("F2")
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for each in (self.rename, self.merge, self.also_button):
            buttons.addWidget(each)
        buttons.addStretch()
        self.top.addLayout(buttons)
        self.top.addWidget(self.asked)
        self.top.addWidget(self.numbers)
        link = QHBoxLayout()
        link.setContentsMargins(-4, 0, 0, 0)  # the words of a link begin where the others do
        link.addWidget(self.all_notes)
        link.addStretch()
        self.top.addLayout(link)
        chips = QVBoxLayout()
        chips.setContentsMargins(8, 0, 8, 0)
        chips.addWidget(self.also_chips)
        self.also.body.addLayout(chips)
        hint = self.tr("Its notes count here too. The cross takes a name away again.")
        self.also.set_hint(hint)
        self.left.addWidget(self.newest)
        for section in (self.also, self.kinds, self.months, self.spelt):
            self.right.addWidget(section)
        theme.styled(self, ground="surface")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _show(self, section: Section, told: list[Line]) -> None:
        while (item := section.body.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.setParent(None)
                widget.deleteLater()
        section.setVisible(bool(told))
        if told:
            shown = LineList(section.accessibleName())
            shown.set_lines(told)
            shown.chosen.connect(self.chosen)
            section.body.addWidget(shown)

    def _on_all_notes(self) -> None:
        if self._page is not None:
            self.chosen.emit(self._page.query)
