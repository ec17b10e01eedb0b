"""One file of the ledger: what it is, what was in it, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.ledger import ledger_words as words
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.flow_layout import FlowLayout
from fieldnotes.desktop.widgets.plain_table import PlainTable
from fieldnotes.desktop.widgets.rule import Rule
from fieldnotes.operations.ledger import Came, Made
from fieldnotes.operations.what_went_where import Contents


class FilePanel(QWidget):
    """`again_wanted` carries the file that was made, `show_wanted` where it lies, `batch_wanted`
    what a file that came was read in with. `table` holds its notes."""

    again_wanted = Signal(object)
    show_wanted = Signal(object)
    batch_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._made: Made | None = None
        self._came: Came | None = None
        self._heading = theme.label(size="reading", bold=True)
        self._line = theme.label(ink="muted", size="small")
        self.again = button(self.tr("Send a&gain…"), "primary")
        self.show_file = button(self.tr("Show &file"), icon="folder")
        self.brought = button(self.tr("Show what it &brought"))
        self.table = PlainTable(self.tr("Notes in this file"))
        self._lay_out()
        self.again.clicked.connect(self._on_again)
        self.show_file.clicked.connect(self._on_show)
        self.brought.clicked.connect(self._on_brought)
        self.clear()

    def clear(self) -> None:
        """No file is chosen."""
        self._made = self._came = None
        self._heading.setText("")
        self._line.setText("")
        self._show_buttons()
        self.table.fill((), ())

    def show_made(self, made: Made) -> None:
        """A file that was made here."""
        self._made, self._came = made, None
        number = self.tr("Number {n} to {who}") if made.number else self.tr("A file for {who}")
        self._heading.setText(number.format(n=made.number, who=words.people(made.whom)))
        again = self.tr("Send number {n} a&gain…") if made.number else self.tr("Make it a&gain…")
        self.again.setText(again.format(n=made.number))
        self.again.setAccessibleName(self.again.text().replace("&", ""))
        parts = [made.title, str(made.path) if made.path else ""]
        if not made.here and made.number:
            parts.append(self.tr("Numbered before this library was copied or put back"))
        self._tell(parts)

    def show_came(self, came: Came) -> None:
        """A file that was read in."""
        self._made, self._came = None, came
        heading = self.tr("Number {n} from {who}").format(n=came.number, who=came.sender)
        self._heading.setText(heading)
        to = ", ".join(came.recipients)
        self._tell([came.title, self.tr("made for {who}").format(who=to) if to else ""])

    def show_contents(self, found: Contents) -> None:
        """The notes of the file that is shown."""
        columns, rows = words.contents_rows(found)
        self.table.fill(columns, rows)
        self.show_file.setVisible(self._made is not None and found.there)

    def _tell(self, parts: list[str]) -> None:
        told = "\n".join(filter(None, parts))
        self._line.setText(told)
        self._line.setVisible(bool(told))
        self._show_buttons()
        self.table.fill((), ())

    def _show_buttons(self) -> None:
        self.again.setVisible(self._made is not None)
        self.brought.setVisible(self._came is not None)
        self.show_file.hide()

    def _on_again(self) -> None:
        if self._made is not None:
            self.again_wanted.emit(self._made)

    def _on_show(self) -> None:
        if self._made is not None:
            self.show_wanted.emit(self._made.path)

    def _on_brought(self) -> None:
        if self._came is not None:
            self.batch_wanted.emit(self._came.batch)

    def _lay_out(self) -> None:
        self.setMinimumWidth(320)
        for label in (self._heading, self._line):
            label.setWordWrap(True)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8, line_gap=8)
        for made in (self.again, self.show_file, self.brought):
            flow.addWidget(made)
        head = QVBoxLayout()
        head.setContentsMargins(24, 12, 24, 12)
        head.setSpacing(4)
        head.addWidget(self._heading)
        head.addWidget(self._line)
        head.addSpacing(4)
        head.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Rule())
        column.addWidget(self.table, 1)
