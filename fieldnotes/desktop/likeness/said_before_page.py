"""Said before: pairs of notes that say the same, to be linked or told apart one by one."""

from __future__ import annotations

from datetime import date

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.likeness.looking_bar import LookingBar
from fieldnotes.desktop.likeness.pair_list import PairList
from fieldnotes.desktop.likeness.pair_view import PairView
from fieldnotes.desktop.notice_place import NoticePlace
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.when_seen import WhenSeen
from fieldnotes.desktop.widgets.empty_state import EmptyState
from fieldnotes.desktop.widgets.page_states import PageStates
from fieldnotes.desktop.widgets.rule import Rule
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.domain.likeness import Pair
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.changes import Changes
from fieldnotes.operations.likeness import say_different, say_same
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.said_before import (
    MOST_SHOWN,
    LikePair,
    count_pairs,
    open_pairs,
    still_to_look_at,
)


class _Found(msgspec.Struct, frozen=True):
    pairs: list[LikePair]
    count: int
    left: int
    today: date


class SaidBeforePage(QWidget):
    """`note_chosen` carries a note to read; `undo_wanted`: what was said last is taken back."""

    note_chosen = Signal(str)
    undo_wanted = Signal()

    def __init__(self, runner: Runner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._today, self._count = date.min, 0
        self._judging: set[Pair] = set()  # on their way: an answer may not know of it yet
        self.list, self.pair = PairList(), PairView()
        self.looking = LookingBar(runner)
        self.notice = NoticePlace(8)
        self._told = theme.label(ink="muted", size="small")
        self._when_seen = WhenSeen(self, self._ask)
        self._lay_out()
        self._connect()

    def judge(self, *, same: bool) -> None:
        """Say whether the two notes that are shown are the same; the next pair comes."""
        pair = self.list.current()
        if pair is None:
            return
        say = say_same if same else say_different
        self._judging.add(pair.ids)
        self.list.take(pair.ids)
        self._count -= 1
        self._tell_count()
        self._runner.do(
            lambda book: say(book, pair.later.id, pair.earlier.id),
            lambda _: self._on_judged(pair.ids),
            lambda error: self._on_failed(error, pair.ids),
            self,
        )

    def _on_judged(self, ids: Pair) -> None:
        """There may be more than were listed, and what follows from this one goes as well."""
        self._judging.discard(ids)
        if not self._judging:
            self._when_seen.ask()

    def _ask(self) -> None:
        self.states.wait()
        self._runner.ask("said before page", _read, self._show, self.states.show_error)

    def _show(self, found: _Found) -> None:
        pairs = [pair for pair in found.pairs if pair.ids not in self._judging]
        self._today = found.today
        self._count = found.count - len(found.pairs) + len(pairs)
        self.list.set_pairs(pairs, found.today)
        self.looking.offer(found.left)
        self._tell_count()
        if pairs or self.looking.busy:
            self.states.show_content()
        else:
            self._say_nothing(found.left)
            self.states.show_empty()

    def _say_nothing(self, left: int) -> None:
        """Nothing was said twice, or nobody looked yet."""
        if left:
            title = self.tr("Not looked through yet")
            words = self.tr("Your notes are compared when you pause, or now.")
            self.states.empty.show_words("likeness", title, words, self.tr("Look now"))
        else:
            title = self.tr("Nothing was said twice")
            words = self.tr(
                "Notes that say the same as an earlier one stand here. Link them, or say that they"
                " are not the same: your answer is remembered."
            )
            self.states.empty.show_words("likeness", title, words)

    def _look(self) -> None:
        self.states.show_content()
        self.looking.begin()

    def _tell_count(self) -> None:
        count = self._count
        more = "+" if count >= MOST_SHOWN else ""
        words = self.tr("1 pair to go through")
        if count != 1:
            words = self.tr("%s pairs to go through") % (grouped(count) + more)
        self._told.setText(words if count > 0 else self.tr("Nothing to go through yet"))

    def _on_chosen(self, pair: LikePair | None) -> None:
        self.pair.show_pair(pair, self._today)

    def _on_failed(self, error: FieldnotesError, ids: Pair) -> None:
        self._judging.discard(ids)
        self.notice.tell_error(error)
        self._when_seen.ask()

    def _on_looking_failed(self, error: Exception) -> None:
        if isinstance(error, FieldnotesError):
            self.notice.tell_error(error)
        else:
            self._runner.crashed.emit(error)

    def _on_changed(self, changes: Changes, initiator: object) -> None:
        if initiator is not self and (changes.likenesses or changes.notes is None or changes.notes):
            self._when_seen.change()

    def _connect(self) -> None:
        self.list.chosen.connect(self._on_chosen)
        self.pair.same.connect(lambda: self.judge(same=True))
        self.pair.different.connect(lambda: self.judge(same=False))
        self.pair.note_wanted.connect(self.note_chosen)
        self.looking.ended.connect(self._when_seen.ask)
        self.looking.failed.connect(self._on_looking_failed)
        self.states.trouble.acted.connect(self._when_seen.ask)
        self.states.empty.acted.connect(self._look)
        self._runner.changed.connect(self._on_changed)
        for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.list.on_key(key, lambda: self.judge(same=True))
        self.list.on_key(Qt.Key.Key_N, lambda: self.judge(same=False))
        self.list.on_key(Qt.Key.Key_Z, self.undo_wanted.emit)

    def _lay_out(self) -> None:
        left = theme.styled(QWidget(), ground="surface")
        left.setMinimumWidth(260)
        head = QVBoxLayout()
        head.setContentsMargins(16, 12, 12, 8)
        head.setSpacing(2)
        head.addWidget(theme.label(self.tr("Said before"), size="reading", bold=True))
        head.addWidget(self._told)
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.looking)
        column.addWidget(self.notice)
        column.addWidget(Rule())
        column.addWidget(self.list, 1)
        both = QSplitter(Qt.Orientation.Horizontal)
        both.addWidget(left)
        both.addWidget(self.pair)
        both.setStretchFactor(1, 1)
        both.setChildrenCollapsible(False)
        both.setHandleWidth(1)
        both.setSizes([344, 800])
        self.states = PageStates(both, EmptyState("likeness", "", ""))
        self._say_nothing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.states)
        theme.styled(self, ground="surface")
        self.setFocusProxy(self.list)


def _read(notebook: Notebook) -> _Found:
    pairs = open_pairs(notebook)
    count = max(count_pairs(notebook), len(pairs))
    today = notebook.clock().local().date()
    return _Found(pairs, count if pairs else 0, still_to_look_at(notebook), today)
