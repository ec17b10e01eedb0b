"""Meetings of today and yesterday, by the calendar: Enter on one begins to write about it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.calendars.meeting_commands import MeetingCommands
from fieldnotes.desktop.calendars.meeting_words import line
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.empty_state import EmptyState
from fieldnotes.desktop.widgets.line_list import LineList
from fieldnotes.desktop.widgets.page_states import PageStates
from fieldnotes.desktop.widgets.rule import Rule
from fieldnotes.operations.calendars import Met


class MeetingsPage(QWidget):
    """Shows what `commands` knows; the files it comes from stand below the list."""

    def __init__(self, commands: MeetingCommands) -> None:
        super().__init__()
        self._commands = commands
        self.lines = LineList(self.tr("Meetings of today and yesterday"))
        self.lines.chosen.connect(commands.debrief)
        self.add = button(self.tr("Watch a &calendar file…"))
        self.add.clicked.connect(commands.choose_file)
        self.files = QVBoxLayout()
        self._empty = EmptyState(
            "people",
            self.tr("No meetings yet"),
            self.tr(
                "Drop a calendar file (.ics) here, or watch the one that your calendar writes. "
                "Whom you met today and yesterday then stands here, ready to be written about."
            ),
            self.tr("Watch a calendar file…"),
        )
        self._empty.acted.connect(commands.choose_file)
        self._lay_out()
        commands.watch.changed.connect(self._show)
        self._show(commands.watch.met)

    def showEvent(self, event: QShowEvent) -> None:
        """Enter begins the debrief of the last meeting."""
        super().showEvent(event)
        for first in self.lines.buttons()[:1]:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(24, 14, 16, 10)
        head.addWidget(theme.label(self.tr("Meetings"), size="title", bold=True), 1)
        head.addWidget(self.add)
        content = theme.styled(QWidget(), ground="surface")
        inner = QVBoxLayout(content)
        inner.setContentsMargins(16, 8, 16, 16)
        inner.addWidget(self.lines)
        inner.addSpacing(16)
        inner.addLayout(self.files)
        inner.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setWidget(content)
        self._states = PageStates(scroll, self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Rule())
        column.addWidget(self._states, 1)
        theme.styled(self, ground="surface")

    def _show(self, met: Met) -> None:
        before = [None, *met.encounters]
        self.lines.set_lines(
            line(each, met.now, last) for last, each in zip(before, met.encounters, strict=False)
        )
        while (item := self.files.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for file in met.files:
            self.files.addWidget(self._file_row(file))
        if met.encounters or met.files:
            self._states.show_content()
        else:
            self._states.show_empty()

    def _file_row(self, file: str) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(8, 0, 0, 0)
        words = theme.label(self.tr("Watched: %s") % file, ink="muted")
        words.setWordWrap(True)
        stop = button(self.tr("Stop"), "link")
        stop.setAccessibleName(self.tr("Stop watching %s") % file)
        stop.clicked.connect(lambda: self._commands.watch.forget(file))
        across.addWidget(words, 1)
        across.addWidget(stop)
        return row
