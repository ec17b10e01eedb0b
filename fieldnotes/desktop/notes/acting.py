"""Does something with the chosen notes of a list, however many, and says what came of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from fieldnotes.desktop.notes.selection_bar import SelectionBar
from fieldnotes.desktop.notice_place import NoticePlace
from fieldnotes.operations.search import ids_at, names_used
from fieldnotes.operations.several import (
    MOST,
    Several,
    TooMany,
    show_notes_to,
    tag_notes,
    untag_notes,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from fieldnotes.desktop.runner import Runner
    from fieldnotes.desktop.widgets.note_list import NoteListView
    from fieldnotes.domain.markings import Marking
    from fieldnotes.errors import FieldnotesError
    from fieldnotes.operations.changes import Done
    from fieldnotes.operations.notebook import Notebook

_TAGS = 2_000
_SAID = 8_000  # ms
_Ids = list[str]


class Acting(QObject):
    """Stands between a list, the bar below it and the library; `told` is where it says what came.

    The signals carry the ids of the chosen notes.
    """

    send_wanted = Signal(list)
    copy_wanted = Signal(list)
    removal_wanted = Signal(list)

    def __init__(self, runner: Runner, notes: NoteListView) -> None:
        super().__init__(notes)
        self._runner, self._list = runner, notes
        self.bar, self.told = SelectionBar(), NoticePlace(8)
        self._said = QTimer(self, singleShot=True, interval=_SAID)
        self._said.timeout.connect(self.told.hide)
        notes.chosen_changed.connect(self._on_chosen_changed)
        bar = self.bar
        bar.tags_wanted.connect(self._offer_tags)
        bar.tagged.connect(self._tag)
        bar.untagged.connect(self._untag)
        bar.marked.connect(self._mark)
        bar.send_wanted.connect(lambda: self.with_chosen(self.send_wanted.emit))
        bar.copy_wanted.connect(lambda: self.with_chosen(self.copy_wanted.emit))
        bar.removal_wanted.connect(lambda: self.with_chosen(self.removal_wanted.emit))
        bar.cleared.connect(self._choose_one)
        bar.left.connect(notes.setFocus)

    def with_chosen(self, act: Callable[[_Ids], None]) -> None:
        """Call `act` with the ids of the chosen notes, also of those that were never in sight."""
        keys, known = self._list.selected_keys(), self._list.selected_ids()
        if len(keys) > MOST:
            self._fail(
                TooMany(self.tr("Too many notes are chosen."), self.tr("Choose at most 1,000."))
            )
        elif len(known) == len(keys):
            act(known)
        else:
            self._runner.ask("chosen", lambda book: ids_at(book, keys), act, self._fail)

    def ask_for_tag(self) -> None:
        """Ask for a tag for the chosen notes, also where it is a single one."""
        self.bar.ask_for_tag(self._list.count_selected())

    def _tag(self, tag: str) -> None:
        self._change(lambda book, ids: tag_notes(book, ids, tag), self.tr("Tagged #%s:") % tag)

    def _untag(self, tag: str) -> None:
        self._change(lambda book, ids: untag_notes(book, ids, tag), self.tr("Taken off #%s:") % tag)

    def _mark(self, marking: Marking) -> None:
        self._change(
            lambda book, ids: show_notes_to(book, ids, marking), self.tr("Who may see it:")
        )

    def _change(self, change: Callable[[Notebook, _Ids], Done[Several]], lead: str) -> None:
        def tell(result: Several) -> None:
            words = self._what_came(result)
            self.told.tell("success" if result.changed else "info", words, lead=lead)
            self._said.start()

        def act(ids: _Ids) -> None:
            self._runner.do(lambda book: change(book, ids), tell, self._fail)

        self.with_chosen(act)

    def _what_came(self, result: Several) -> str:
        one, many = self.tr("1 note."), self.tr("%d notes.")
        parts = [one if result.changed == 1 else many % result.changed]
        if not result.changed:
            parts = [self.tr("nothing changed.")]
        if result.same:
            parts.append(self.tr("%d had it so already.") % result.same)
        if result.others:
            one = self.tr("1 is somebody else’s and stays as it is.")
            many = self.tr("%d are other people’s and stay as they are.")
            parts.append(one if result.others == 1 else many % result.others)
        if result.twice:
            one = self.tr("1 was edited twice: settle it first.")
            many = self.tr("%d were edited twice: settle them first.")
            parts.append(one if result.twice == 1 else many % result.twice)
        return " ".join(parts)

    def _fail(self, error: FieldnotesError) -> None:
        self._said.stop()
        self.told.tell_error(error)

    def _on_chosen_changed(self, count: int) -> None:
        """The bar takes room from the list: what a person stands on stays in sight."""
        self.bar.show_count(count)
        if count > 1:
            QTimer.singleShot(0, self._list, lambda: self._list.scrollTo(self._list.currentIndex()))

    def _offer_tags(self) -> None:
        self._runner.ask(
            "tags",
            lambda book: [name for name, _ in names_used(book, "tag")[:_TAGS]],
            self.bar.offer_tags,
        )

    def _choose_one(self) -> None:
        self._list.stand_on(self._list.currentIndex().row())
        self._list.setFocus()
