"""The other notes that say the same as the one that is read: to be read as well, or told apart."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from fieldnotes.desktop.notes import days
from fieldnotes.desktop.notes.reading import Reading
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.line_list import Line, LineList
from fieldnotes.desktop.widgets.panel import Panel
from fieldnotes.domain.views import NoteView

_MOST = 20


class LinkedNotes(Panel):
    """`note_wanted` carries a note to read, `parted` one that is not the same after all."""

    note_wanted = Signal(str)
    parted = Signal(str)

    def __init__(self, reading: Reading, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._reading = reading
        self.set_heading(self.tr("Says the same as"))
        for view in reading.linked[:_MOST]:
            self.body.addWidget(self._row(view))

    def _row(self, view: NoteView) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(8)
        listed = LineList(view.note.heading)
        listed.set_lines([self._line(view)])
        listed.chosen.connect(self.note_wanted)
        listed.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        line.addWidget(listed, 1)
        apart = button(self.tr("Not the same"), "flat")
        apart.setAccessibleDescription(view.note.heading)
        apart.clicked.connect(lambda: self.parted.emit(view.id))
        line.addWidget(apart)
        return row

    def _line(self, view: NoteView) -> Line:
        today = self._reading.now.local().date()
        when = days.told(view.happened.local(), today, whole_day=True)
        who = self.tr("You") if view.mine else view.author_name
        where = (who, when, view.note.account)
        detail = "  ·  ".join(filter(None, where))
        return Line(view.id, view.note.heading, detail=detail, sign=view.note.kind)
