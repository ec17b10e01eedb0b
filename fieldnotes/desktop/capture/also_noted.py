"""What was typed for another kind: it is kept and saved, and shown until somebody takes it away."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from fieldnotes.desktop.capture.fields import label_of, words
from fieldnotes.desktop.widgets.chips import ChipRow
from fieldnotes.desktop.widgets.panel import FieldGrid
from fieldnotes.domain import consent
from fieldnotes.domain.notes import Note, also_noted


class AlsoNoted(FieldGrid):
    """`dropped` carries the name of a field that somebody takes away; hidden without any."""

    dropped = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: dict[str, str] = {}
        self._chips = ChipRow(role="outline", removable=True)
        self._chips.removed.connect(self._on_removed)
        self.add(self.tr("Also noted"), self._chips)
        self.hide()

    def show_note(self, note: Note, today: date) -> None:
        """Show the fields of other kinds that hold something."""
        told = {_words(note, name, today): name for name in also_noted(note)}
        if told != self._names:
            self._names = told
            self._chips.set_texts(told)
        self.setVisible(bool(told))

    def said(self) -> list[str]:
        """What is shown."""
        return list(self._names)

    def chips(self) -> ChipRow:
        """The chips, one a field."""
        return self._chips

    def _on_removed(self, said: str) -> None:
        self.dropped.emit(self._names[said])


def _words(note: Note, name: str, today: date) -> str:
    if name == "consent":
        return words("May we tell it?") + f" {consent.in_words(note.consent, today)}"
    value = " ".join(str(getattr(note, name)).split())
    return f"{label_of(name).rstrip('?')}: {value}"
