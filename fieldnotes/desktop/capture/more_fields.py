"""What a note may carry besides its text and the fields of its kind; folded away at first."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.capture.contacts_editor import ContactsEditor
from fieldnotes.desktop.capture.field_rows import FieldRows
from fieldnotes.desktop.capture.fields import KIND_ROWS, MORE_ROWS
from fieldnotes.desktop.widgets.panel import FieldGrid
from fieldnotes.domain.notes import Kind


class MoreFields(QWidget):
    """`edited` while somebody types, `chosen` when something was pressed."""

    edited = Signal()
    chosen = Signal()

    def __init__(self, mint: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = FieldRows(MORE_ROWS)
        self.contacts = ContactsEditor(mint)
        people = FieldGrid()
        people.add(self.tr("Contacts"), self.contacts)
        self._unread = theme.label(
            self.tr("This time cannot be read. Write it like yesterday 13:00 or 2026-03-31."),
            ink="amber_text",
            size="small",
        )
        self._unread.setContentsMargins(144, 0, 0, 0)
        self._unread.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        for part in (self.rows, self._unread, people):
            column.addWidget(part)
        for each in (self.rows, self.contacts):
            each.edited.connect(self.edited)
            each.chosen.connect(self.chosen)

    def values(self) -> dict[str, str]:
        """The words in the fields."""
        return self.rows.values()

    def set_values(self, values: Mapping[str, str]) -> None:
        """Show these."""
        self.rows.set_values(values)

    def show_for(self, kind: str) -> None:
        """Leave out what the fields of this kind ask for already."""
        rows = KIND_ROWS[Kind(kind)] if kind in set(Kind) else ()
        self.rows.leave_out(row.name for row in rows)

    def show_time_read(self, read: bool) -> None:
        """Say so when the time cannot be understood."""
        self._unread.setVisible(not read)
