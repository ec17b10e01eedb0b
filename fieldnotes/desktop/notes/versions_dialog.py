"""The history of one note: every saved version, what changed word by word, and back to any."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QSplitter, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.notes import days, wording
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.difference_text import DifferenceText
from fieldnotes.desktop.widgets.framed_dialog import FramedDialog
from fieldnotes.desktop.widgets.note_list import NoteListView
from fieldnotes.desktop.widgets.note_row import NoteRow
from fieldnotes.domain.moments import Moment
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.changes import Changes
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import bring_back, show_note
from fieldnotes.operations.versions import SavedVersion, saved_versions

_NAMES = {
    "title": "Title",
    "text": "Text",
    "text_redacted": "Text for others",
    "kind": "Kind",
    "known_by": "How we know",
    "sureness": "How sure",
    "heard_from_person": "Heard from",
    "worked": "Did it work",
    "did": "What it was about",
    "happened": "When it happened",
    "contacts": "At the customer’s",
    "meeting": "In the meeting",
    "consent": "May we tell it?",
    "material": "Material used",
    "attachments": "Files",
}


class _Found(msgspec.Struct, frozen=True):
    heading: str
    mine: bool
    now: Moment
    versions: list[SavedVersion]


class VersionsDialog(FramedDialog):
    """Stays up to date while the note changes; closes once a version was brought back."""

    def __init__(self, runner: Runner, note_id: str, parent: QWidget | None = None) -> None:
        super().__init__(self.tr("Versions of this note"), parent)
        self._runner, self._id = runner, note_id
        self._found: _Found | None = None
        self._left = False  # what was asked may still be answered then
        self._title = theme.label(ink="muted")
        self.under.addWidget(self._title)
        self.list = NoteListView(self.tr("Versions, the newest first"))
        self.list.current_changed.connect(self._on_chosen)
        self.page = QScrollArea()
        self.page.setWidgetResizable(True)
        self.page.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.page.setAccessibleName(self.tr("What changed in this version"))
        theme.styled(self.page, ground="surface")
        panes = QSplitter(Qt.Orientation.Horizontal)
        panes.addWidget(self.list)
        panes.addWidget(self.page)
        panes.setStretchFactor(1, 1)
        panes.setChildrenCollapsible(False)
        panes.setHandleWidth(1)
        panes.setSizes([320, 720])
        self.body.addWidget(panes)
        self.back = button(self.tr("&Bring this version back"), "primary")
        self.back.clicked.connect(self._on_back)
        close = button(self.tr("&Close"))
        close.clicked.connect(self.reject)
        self.set_buttons(close, self.back)
        self.back.setEnabled(False)
        runner.changed.connect(self._on_changed)
        self._ask()

    def _ask(self) -> None:
        note_id = self._id
        self._runner.ask("versions", lambda book: _read(book, note_id), self._show, self._fail)

    def done(self, result: int) -> None:
        self._left = True
        super().done(result)

    def _show(self, found: _Found) -> None:
        if self._left:
            return
        self._found = found
        self._title.setText(found.heading)
        self.foot_words.setText(
            self.tr("Bringing a version back keeps all the others, and can be undone.")
            if found.mine
            else self.tr("Only its author changes a note.")
        )
        self.list.notes.set_rows([self._row(version) for version in found.versions])
        if not self.list.current_id():
            self.list.go_to_first()
            self.list.setFocus()
        self._on_chosen(self.list.current_id())

    def _row(self, version: SavedVersion) -> NoteRow:
        assert self._found is not None
        when = days.here(version.saved, self._found.now)
        today = self._found.now.local().date()
        return NoteRow(
            id=version.name,
            kind=version.note.kind,
            title=days.short(when, today),
            snippet=self._summary(version),
            day=days.heading(when.date(), today),
        )

    def _summary(self, version: SavedVersion) -> str:
        assert self._found is not None
        if version.removed:
            reason = wording.REASONS.get(version.removed, version.removed)
            return self.tr("Removed: {reason}").format(reason=reason)
        if version is self._found.versions[-1]:
            return self.tr("As it was first saved")
        names = [_name(each.field) for each in version.differences]
        names += [self.tr("Who may see it")] if version.marked else []
        return ", ".join(names) or self.tr("Brought back, nothing else")

    def _on_chosen(self, name: str) -> None:
        version = self._version(name)
        if self._found is None or version is None:
            return
        current = version is self._found.versions[0]
        self.back.setEnabled(self._found.mine and not current and not version.removed)
        self.page.setWidget(self._differences(version))

    def _version(self, name: str) -> SavedVersion | None:
        versions = self._found.versions if self._found else []
        return next((each for each in versions if each.name == name), None)

    def _differences(self, version: SavedVersion) -> QWidget:
        page = theme.styled(QWidget(), ground="surface")
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 20, 24, 24)
        column.setSpacing(4)
        for each in version.differences:
            column.addWidget(theme.label(_name(each.field), ink="muted", size="small", bold=True))
            pieces = [(piece.how.value, piece.text) for piece in each.pieces]
            column.addWidget(DifferenceText(pieces, _name(each.field)))
            column.addSpacing(12)
        if version.marked:
            words = self.tr("Who may see it: {who}")
            who = wording.who_may_see(version.marking)
            column.addWidget(theme.label(words.format(who=who)))
        if not version.differences and not version.marked:
            column.addWidget(theme.label(self._summary(version), ink="muted"))
        column.addStretch()
        return page

    def _on_back(self) -> None:
        note_id, version = self._id, self.list.current_id()
        self._runner.do(
            lambda book: bring_back(book, note_id, version),
            lambda _: self.accept(),
            self._fail,
            self,
        )

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches((self._id,)):
            self._ask()

    def _fail(self, error: FieldnotesError) -> None:
        if not self._left:
            self.notice.show_message("error", error.next_step, lead=error.happened)


def _read(notebook: Notebook, note_id: str) -> _Found:
    view = show_note(notebook, note_id)
    versions = saved_versions(notebook, note_id)
    heading = versions[0].note.heading if versions else ""
    return _Found(heading, view.mine, notebook.clock(), versions)


def _name(field: str) -> str:
    return _NAMES.get(field) or wording.FIELD_NAMES.get(field) or wording.sentence(field)
