"""Contacts: who they are stays with the seller unless a tick says that it may be sent."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.capture.field_rows import FLUSH_LEFT, LineField
from fieldnotes.desktop.widgets.buttons import button, icon_button
from fieldnotes.domain.markings import DEFAULT, Marking
from fieldnotes.domain.notes import CONTACT_PRIVATE, Contact

_PARTS = ("name", "role", "email", "phone")


class ContactsEditor(QWidget):
    """`edited` while somebody types, `chosen` when one goes or may be sent, `counted` also when
    one comes.
    """

    edited = Signal()
    chosen = Signal()
    counted = Signal()

    def __init__(self, mint: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mint = mint
        self._rows: list[_ContactRow] = []
        self._marks: dict[str, str] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self._explained = theme.label(
            self.tr("Name, e-mail and phone stay with you unless you tick “May be sent”."),
            ink="muted",
            size="small",
        )
        self._explained.setWordWrap(True)
        self.add_button = button(self.tr("Add a contact"), "link")
        self.add_button.setStyleSheet(FLUSH_LEFT)
        self.add_button.clicked.connect(self._on_add_clicked)
        self._column.addWidget(self._explained)
        self._column.addWidget(self.add_button)
        self._explained.hide()

    def set_contacts(self, contacts: tuple[Contact, ...], marks: Mapping[str, str]) -> None:
        """Show these; `marks` are the note's."""
        for row in list(self._rows):
            self._drop(row)
        self._marks = dict(marks)
        for contact in contacts:
            self._add(contact, _may_be_sent(contact, marks))

    def contacts(self) -> tuple[Contact, ...]:
        """Everybody of whom something is written."""
        return tuple(row.contact() for row in self._rows if row.is_filled())

    def marks(self) -> dict[str, str]:
        """Who may see the private parts of those who may be sent; the others are RED unsaid."""
        marks = {}
        for row in self._rows:
            for part in CONTACT_PRIVATE:
                name = f"contacts.{row.contact_id}.{part}"
                held = self._marks.get(name, Marking.RED.value)
                if row.may_be_sent() and getattr(row.contact(), part):
                    marks[name] = DEFAULT.value if held == Marking.RED else held
        return marks

    def rows(self) -> list[_ContactRow]:
        """The rows that are shown."""
        return list(self._rows)

    def _on_add_clicked(self) -> None:
        self._add(Contact(id=self._mint()), False).focus_first()

    def _add(self, contact: Contact, sent: bool) -> _ContactRow:
        row = _ContactRow(contact, sent)
        row.edited.connect(self.edited)
        row.chosen.connect(self.chosen)
        row.dropped.connect(lambda: self._on_dropped(row))
        self._rows.append(row)
        self._column.insertWidget(len(self._rows) - 1, row)
        row.show()
        self._explained.show()
        self.counted.emit()
        return row

    def _on_dropped(self, row: _ContactRow) -> None:
        self._drop(row)
        self.add_button.setFocus()
        self.chosen.emit()

    def _drop(self, row: _ContactRow) -> None:
        self._rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
        self._explained.setVisible(bool(self._rows))
        self.counted.emit()


class _ContactRow(QWidget):
    edited = Signal()
    chosen = Signal()
    dropped = Signal()

    def __init__(self, contact: Contact, sent: bool) -> None:
        super().__init__()
        self.contact_id = contact.id
        labels = (self.tr("Name"), self.tr("Role"), self.tr("E-mail"), self.tr("Phone"))
        self.lines = dict(zip(_PARTS, map(LineField, labels, labels), strict=True))
        self.sent = QCheckBox(self.tr("May be sent"))
        self.sent.setChecked(sent)
        self.sent.setAccessibleName(self.sent.text())
        self.sent.toggled.connect(self.chosen)
        gone = icon_button("close", self.tr("Remove this contact"))
        gone.setIconSize(QSize(12, 12))
        gone.clicked.connect(self.dropped)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for number, part in enumerate(_PARTS):
            line = self.lines[part]
            line.setText(getattr(contact, part))
            line.textEdited.connect(self.edited)
            grid.addWidget(line, number // 2, number % 2)
        grid.addWidget(self.sent, 1, 2)
        grid.addWidget(gone, 1, 3)

    def contact(self) -> Contact:
        """As it is written."""
        parts = {part: line.text().strip() for part, line in self.lines.items()}
        return Contact(id=self.contact_id, **parts)

    def is_filled(self) -> bool:
        """Whether anything is written."""
        return self.contact() != Contact(id=self.contact_id)

    def may_be_sent(self) -> bool:
        """Whether the tick is set."""
        return self.sent.isChecked()

    def focus_first(self) -> None:
        """Write the name."""
        self.lines["name"].setFocus()


def _may_be_sent(contact: Contact, marks: Mapping[str, str]) -> bool:
    held = [part for part in CONTACT_PRIVATE if getattr(contact, part)]
    red = Marking.RED.value
    return bool(held) and all(
        marks.get(f"contacts.{contact.id}.{part}", red) != red for part in held
    )
