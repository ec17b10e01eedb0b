"""One promise to read, what can be done with it, and what is asked for that."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.promises import promise_lines as lines
from fieldnotes.desktop.promises.asking import Asking
from fieldnotes.desktop.promises.promise_lines import PromiseLine
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.due_words import until_words
from fieldnotes.desktop.widgets.flow_layout import FlowLayout
from fieldnotes.desktop.widgets.panel import FieldGrid
from fieldnotes.domain.markings import IN_WORDS, marking

_WIDEST = 720


class PromiseSheet(QScrollArea):
    """`kept_wanted` and its like when a button is pressed; `note_wanted` carries the note's id."""

    kept_wanted = Signal()
    moved_wanted = Signal()
    broken_wanted = Signal()
    change_wanted = Signal()
    removal_wanted = Signal()
    reopen_wanted = Signal()
    note_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._line: PromiseLine | None = None
        self.title = theme.label(size="title", bold=True)
        self.under = theme.label(ink="muted")
        for label in (self.title, self.under):
            label.setWordWrap(True)
        self.kept = button(self.tr("Kept"), "primary")
        self.moved = button(self.tr("Moved…"))
        self.broken = button(self.tr("Broken…"))
        self.reopen = button(self.tr("It still stands"))
        self.change = button(self.tr("Change…"))
        self.take_away = button(self.tr("Take away"))
        self.open_note = button(self.tr("Open the note"), "link")
        self._keys = theme.label(
            self.tr("K kept  ·  M moved  ·  B broken  ·  E change  ·  Ctrl Z undo"),
            ink="muted",
            size="small",
        )
        self._keys.setWordWrap(True)
        self.asking = Asking()
        self.facts = FieldGrid()
        self._lay_out()
        self._connect()
        self.show_line(None)

    def line(self) -> PromiseLine | None:
        """What is shown."""
        return self._line

    def show_line(self, line: PromiseLine | None) -> None:
        """Show this promise, or none."""
        if line is None or self._line is None or line.id != self._line.id:
            self.asking.hide()
        self._line = line
        self._page.setVisible(line is not None)
        if line is None:
            return
        promise = line.view.promise
        self.title.setText(promise.what)
        parts = (lines.state_words(line.view), until_words(promise.until))
        self.under.setText("  ·  ".join(filter(None, parts)))
        stands, mine = promise.stands, line.view.mine
        for made in (self.kept, self.moved, self.broken):
            made.setVisible(mine and stands)
        self.reopen.setVisible(mine and not stands)
        self.change.setVisible(mine)
        self.take_away.setVisible(mine)
        self._keys.setVisible(mine)
        self._show_facts(line)

    def _show_facts(self, line: PromiseLine) -> None:
        promise = line.view.promise
        self.facts.clear()
        for name, words in (
            (self.tr("To whom"), promise.to),
            (self.tr("Account"), promise.account),
            (self.tr("Depends on"), promise.depends_on),
            (self.tr("Reason"), promise.reason),
            (self.tr("Moved"), "\n".join(map(lines.moved, promise.moves))),
            (self.tr("Promised by"), "" if line.view.mine else line.view.author_name),
            (self.tr("Who may see it"), self.tr(IN_WORDS[marking(line.view.marking)])),
        ):
            if words:
                self.facts.add(name, words)
        self.open_note.setVisible(bool(promise.note))

    def _connect(self) -> None:
        for made, wanted in (
            (self.kept, self.kept_wanted),
            (self.moved, self.moved_wanted),
            (self.broken, self.broken_wanted),
            (self.change, self.change_wanted),
            (self.take_away, self.removal_wanted),
            (self.reopen, self.reopen_wanted),
        ):
            made.clicked.connect(wanted)
        self.open_note.clicked.connect(self._on_note)

    def _on_note(self) -> None:
        if self._line is not None and self._line.view.promise.note:
            self.note_wanted.emit(self._line.view.promise.note)

    def _lay_out(self) -> None:
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8, line_gap=8)
        for made in (self.kept, self.moved, self.broken, self.reopen, self.change, self.take_away):
            flow.addWidget(made)
        column = QVBoxLayout()
        column.setContentsMargins(24, 20, 24, 24)
        column.setSpacing(8)
        parts: tuple[QWidget | QLabel, ...] = (self.title, self.under, buttons, self._keys)
        for part in (*parts, self.asking, self.facts, self.open_note):
            column.addWidget(part)
            if part in (self.under, self._keys, self.asking):
                column.addSpacing(8)
        self.open_note.setStyleSheet("padding-left: 0; text-align: left;")
        column.addStretch()
        self._page = QWidget()
        self._page.setLayout(column)
        self._page.setMaximumWidth(_WIDEST)
        holder = theme.styled(QWidget(), ground="surface")
        outer = QVBoxLayout(holder)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._page, 1)
        outer.addStretch(0)
        self.setWidget(holder)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.styled(self, ground="surface")
