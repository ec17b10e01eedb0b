"""Read in notes: a conversation. Everything is shown first, and nothing written before the end."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.inbox import preview_sections as sections
from fieldnotes.desktop.inbox.decide_page import DecidePage
from fieldnotes.desktop.inbox.questions import Preview, is_open, questions, removed, told
from fieldnotes.desktop.inbox.taking_page import TakingPage, with_choice
from fieldnotes.desktop.looking_dialog import LookingDialog
from fieldnotes.desktop.runner import Progress, Runner, Task
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.plain_table import PlainTable
from fieldnotes.desktop.widgets.rule import Rule
from fieldnotes.desktop.widgets.side_bar import SideBar, SideBarSection
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.domain.merge import Word
from fieldnotes.domain.people import Standing
from fieldnotes.domain.taking import NOTHING_LEFT, Choice, Facet
from fieldnotes.operations.arrivals import namesakes
from fieldnotes.operations.arriving_alike import already_said
from fieldnotes.operations.changes import Done
from fieldnotes.operations.judging import Decisions
from fieldnotes.operations.ledger import gaps
from fieldnotes.operations.new_names import SameName, same_names
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.previewing import preview_import
from fieldnotes.operations.reading_in import ReadIn, read_in

_LIST = 224
_LEAVABLE = frozenset(
    {sections.LEFT, *(w.value for w in (Word.NEW, Word.UPDATED, Word.FULLER, Word.EDITED_TWICE))}
)


class ReadingInDialog(LookingDialog):
    """Shows what `paths` would do here; `read_in` carries the ReadIn after it was done."""

    read_in = Signal(object)

    def __init__(self, runner: Runner, paths: list[Path], parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setWindowTitle(self.tr("Read in notes"))
        self._runner, self._paths = runner, list(paths)
        self._preview: Preview | None = None
        self._senders: frozenset[str] = frozenset()
        self._removals = False
        self._leave = NOTHING_LEFT
        self._same: frozenset[SameName] = frozenset()
        self._passphrase = ""
        self.sections = SideBar(self.tr("What would happen"))
        self.decide = DecidePage()
        self.take = TakingPage()
        self.table = PlainTable(self.tr("Notes"))
        self.leave_note = button("")
        self._pages = QStackedWidget()
        self.cancel = button(self.tr("Cancel"))
        self.go = button("", "primary")
        self._lay_out()
        self._connect()
        self._look()

    def preview(self) -> Preview | None:
        """What is shown, or None before the first look is over."""
        return self._preview

    def decisions(self) -> Decisions:
        """What was allowed so far."""
        return Decisions(
            senders=self._senders,
            removals=self._removals,
            passphrase=self._passphrase,
            leave=self._leave,
        )

    # --- looking -----------------------------------------------------------------------------

    def _look(self) -> None:
        self.cancel_work()
        decisions, paths, same = self.decisions(), self._paths, self._same

        def look(notebook: Notebook, progress: Progress) -> Preview:
            plan = preview_import(notebook, paths, decisions, progress)
            known = {
                file.manifest.author.author: namesakes(notebook, file.manifest.author.name)
                for file in plan.files
                if file.manifest and file.standing is Standing.OTHER_KEY
            }
            names = tuple(same_names(notebook, plan))
            said = already_said(notebook, plan)
            coming = [file.manifest for file in plan.good if file.manifest]
            lacking = tuple(gaps(notebook, coming)) if coming else ()
            return Preview(plan, known, names, same, said, lacking)

        task = self._start(self._runner, look, self._words_of_looking(), counted=False)
        task.finished.connect(lambda found: self._on_preview(task, found))

    def _on_preview(self, task: Task, found: Preview) -> None:
        if task is not self._task:
            return  # a later decision asked again
        self._over()
        self._show_preview(found)

    def _show_preview(self, found: Preview) -> None:
        first = self._preview is None
        self._preview, gone = found, removed(found)
        self.sections.set_sections([SideBarSection("", sections.sections(found))])
        self.decide.show_rows(questions(found), told(found), gone)
        self.take.show_choices(found.plan)
        if first:
            waits = any(map(is_open, questions(found)))
            known = sections.DECIDE if waits or gone or told(found) else Word.NEW.value
            self.sections.set_current(known)
            self.sections.setFocus()
        if not self.sections.current():  # what was shown is empty now
            self.sections.set_current(sections.DECIDE)
        self._show_section(self.sections.current() or sections.DECIDE)
        count = sections.how_many(found.plan)
        words = self.tr("&Read in {n}") if count else self.tr("&Read in")
        self.go.setText(words.format(n=grouped(count)))
        self.go.setAccessibleName(self.go.text().replace("&", ""))
        self.go.setEnabled(count > 0 or bool(found.plan.late_files))
        self.foot_words.setText(sections.will_happen(found))

    def _show_section(self, key: str) -> None:
        if self._preview is None:
            return
        if key == sections.DECIDE:
            self._pages.setCurrentWidget(self.decide)
            return
        if key == sections.TAKE:
            self._pages.setCurrentWidget(self.take)
            return
        self._listing.setVisible(key in _LEAVABLE)
        self._say_what_leaving_does(key)
        if key == sections.SENDERS:
            columns, rows = sections.sender_rows(self._preview.plan)
        elif key == sections.LEFT:
            columns, rows = sections.left_rows(self._preview)
        else:
            columns, rows = sections.rows(self._preview, Word(key))
        self.table.fill(columns, rows, one_line=len(rows) > 400)
        self._pages.setCurrentWidget(self._tables)

    def _on_sender_decided(self, author: str, yes: bool) -> None:
        self._senders = self._senders | {author} if yes else self._senders - {author}
        self._look()

    def _on_all_accepted(self, authors: frozenset[str]) -> None:
        self._senders |= authors
        self._look()

    def _on_passphrase_typed(self, passphrase: str) -> None:
        self._passphrase = passphrase
        self._look()

    def _on_spelling(self, same: SameName, yes: bool) -> None:
        self._same = self._same | {same} if yes else self._same - {same}
        if self._preview is not None and not self.is_busy():
            self._show_preview(replace(self._preview, agreed=self._same))

    def _on_choice(self, choice: Choice, take: bool) -> None:
        self._leave = with_choice(self._leave, [choice], take)
        self._look()

    def _on_note_chosen(self, key: str) -> None:
        """Leave a note for later, or take it after all, whatever else it was left for."""
        section = self.sections.current()
        if section in _LEAVABLE and not self.is_busy():
            self._leave = with_choice(
                self._leave, [Choice(Facet.NOTE, key)], section == sections.LEFT
            )
            self._look()

    def _on_leave_note(self) -> None:
        here = self.table.currentIndex()
        row = self.table.rows.row(here.row()) if here.isValid() else None
        if row is not None and row.key:
            self._on_note_chosen(row.key)

    def _say_what_leaving_does(self, key: str) -> None:
        """Only what was left one by one can be taken one by one."""
        words = self.tr("&Leave for later")
        hint = self.tr("Enter or a double click leaves a note with its file, for later.")
        if key == sections.LEFT:
            words = self.tr("&Take it")
            hint = self.tr("What was left together is taken on the page “Take or leave”.")
        self.leave_note.setText(words)
        self.leave_note.setAccessibleName(words.replace("&", ""))
        self._leave_hint.setText(hint)

    def _on_removals_decided(self, yes: bool) -> None:
        self._removals = yes
        self._look()

    # --- reading in --------------------------------------------------------------------------

    def _on_go(self) -> None:
        if self._preview is None or self.is_busy():
            return
        plan, same = self._preview.plan, self._same & set(self._preview.names)
        count = sections.how_many(plan)
        one, many = self.tr("Reading in 1 note"), self.tr("Reading in {n} notes")
        words = (one if count == 1 else many).format(n=grouped(count))
        words = words if count else self.tr("Reading in files")

        def work(notebook: Notebook, progress: Progress) -> Done[ReadIn]:
            return read_in(notebook, plan, progress, same)

        # it passes what is here already as well, which the words leave out
        task = self._start(self._runner, work, words, counted=False)
        self._writing = True
        self._content.setEnabled(False)
        task.finished.connect(self._on_read_in)

    def _on_read_in(self, result: ReadIn) -> None:
        self._over()
        self.read_in.emit(result)
        self.accept()

    def _on_cancelled(self) -> None:
        if self.sender() is self._task or self._task is None:
            writing = self._writing
            self._over()
            if writing:
                words = self.tr("Nothing was written.")
                self.notice.show_message("info", words, lead=self.tr("Stopped."))

    # --- both --------------------------------------------------------------------------------

    def _start(self, runner: Runner, work: object, words: str, *, counted: bool = True) -> Task:
        return self._follow(runner.start(work), words, counted=counted)  # type: ignore[arg-type]

    def _over(self) -> None:
        super()._over()
        self._content.setEnabled(True)

    def _words_of_looking(self) -> str:
        one = self.tr("Looking at {name}").format(name=self._paths[0].name if self._paths else "")
        many = self.tr("Looking at {n} files").format(n=grouped(len(self._paths)))
        return one if len(self._paths) == 1 else many

    def _connect(self) -> None:
        self.sections.chosen.connect(self._show_section)
        self.decide.sender_decided.connect(self._on_sender_decided)
        self.decide.all_accepted.connect(self._on_all_accepted)
        self.decide.removals_decided.connect(self._on_removals_decided)
        self.decide.passphrase_typed.connect(self._on_passphrase_typed)
        self.decide.spelling_decided.connect(self._on_spelling)
        self.take.changed.connect(self._on_choice)
        self.table.chosen.connect(self._on_note_chosen)
        self.leave_note.clicked.connect(self._on_leave_note)
        self.cancel.clicked.connect(self.reject)
        self.go.clicked.connect(self._on_go)

    def _lay_out_tables(self) -> None:
        self._tables, self._listing = QWidget(), QWidget()
        self._leave_hint = theme.label(ink="muted", size="small")
        self._leave_hint.setWordWrap(True)
        bar = QHBoxLayout(self._listing)
        bar.setContentsMargins(24, 8, 16, 8)
        bar.addWidget(self._leave_hint, 1)
        bar.addWidget(self.leave_note)
        column = QVBoxLayout(self._tables)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self._listing)

    def _lay_out(self) -> None:
        count = len(self._paths)
        files = self.tr("Read in 1 file") if count == 1 else self.tr("Read in {n} files")
        self.set_heading(files.format(n=grouped(count)))
        words = self.tr("Nothing is written until you press Read in. You can undo it later.")
        self.under.addWidget(theme.label(words, ink="muted"))
        self._lay_out_tables()
        self._content = QWidget()
        row = QHBoxLayout(self._content)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        self.sections.setFixedWidth(_LIST)
        theme.styled(self.sections, ground="surface")
        theme.styled(self.sections.list, ground="surface")
        row.addWidget(self.sections)
        row.addWidget(Rule(upright=True))
        row.addWidget(self._pages, 1)
        self._pages.addWidget(theme.styled(QWidget(), ground="surface"))  # until it was looked at
        self._pages.addWidget(self.decide)
        self._pages.addWidget(self.take)
        self._pages.addWidget(self._tables)
        self.body.addWidget(self._content)
        self.go.setEnabled(False)
        self.set_buttons(self.cancel, self.go)
