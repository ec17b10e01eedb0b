"""One record of a file against what is held: the word for it, and what is remembered of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial

from msgspec.structs import replace

from fieldnotes.domain import merge, note_fields
from fieldnotes.domain.merge import History, Word
from fieldnotes.domain.records import Copy
from fieldnotes.domain.taking import Choice, Facet
from fieldnotes.domain.words import fold
from fieldnotes.operations.import_plans import (
    LISTED,
    NAMED,
    NEW,
    TWICE,
    WRITTEN,
    FilePlan,
    Line,
    Twice,
    is_short,
)
from fieldnotes.operations.judging import Decisions, Judge
from fieldnotes.operations.lacking_files import look_for_files
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.plan_lines import line_of, new_line, told_of, unchanged_line
from fieldnotes.store.arriving import Arrival
from fieldnotes.store.gists import said_in
from fieldnotes.store.known import Known
from fieldnotes.store.seen import Seen
from fieldnotes.store.stretches import Stretch

_CHOSEN = {
    "sender": Facet.SENDER,
    "kind": Facet.KIND,
    "account": Facet.ACCOUNT,
    "tag": Facet.TAG,
}  # families of names by which records can be left
_FOLDED = (Facet.ACCOUNT, Facet.TAG)
_OF_REFUSED = 100  # records told one by one of a file of which nothing is read in
_MANY = 10_000  # names that wait to be added up
_Names = list[tuple[str, str]]  # (family, name)


class Weighing:
    """Weighs record after record, over all files of a preview. `seen`: where good ones are kept."""

    def __init__(self, notebook: Notebook, decisions: Decisions, seen: Seen) -> None:
        self._notebook, self._seen = notebook, seen
        self._records = notebook.library.records
        self._leave = decisions.leave
        self._listed: Counter[Word] = Counter()
        self._twice = self._new = 0
        self._tallied: _Names = []  # of what is taken
        self._many: Counter[tuple[str, str]] = Counter()  # the same of stretches
        self._left: _Names = []  # and of what is left

    def weigh(
        self,
        file: FilePlan,
        judge: Judge,
        good: list[Arrival],
        known: Known | None,
        before: History,
    ) -> None:
        """Count and list what a record would do here, after the files before it."""
        first, gist, left = good[0], good[0].gist, False
        line: Callable[[], Line]
        held = known is not None and not before and known.says(good) and not _any_removed(good)
        if held:
            word, line = Word.UNCHANGED, partial(unchanged_line, good[-1], judge)
        elif gist is not None and is_plainly_new(good, known, before):
            word, names = Word.NEW, [("sender", first.author), *gist.said.names]
            left = self._is_left(first.id, names)
            self._tally(file, first, names, left=left, new=True)
            line = partial(new_line, first, gist, judge, left=left)
            first = replace(first, new=True)
            good = [first]
        else:
            left, word, line = self._weigh_closely(file, judge, good, known, before)
        if left:
            file.left += 1
        else:
            file.counts[word] += 1
            if held and known is not None:
                self._seen.add_held(known.note_no, good)
            else:
                self._seen.add(good)
        self._list(file, word, line)
        if not left and any(each.attached for each in good):
            look_for_files(self._notebook, file, line(), [each.copy() for each in good])

    def weigh_stretch(self, file: FilePlan, judge: Judge, stretch: Stretch) -> bool:
        """Count records that come together. False where they have to be weighed one by one."""
        if not self._counts_only(file, stretch) or not judge.welcomes(stretch.authors):
            return False
        if self._leave or self._seen.brought_by(stretch.authors):
            return False
        file.counts[Word.NEW] += stretch.new
        file.counts[Word.UNCHANGED] += stretch.unchanged
        for family, name, times in stretch.names:
            self._many[family, name] += times
        self._seen.add_stretch(stretch)
        if len(self._many) > _MANY:
            self.settle(file, judge)
        return True

    def _counts_only(self, file: FilePlan, stretch: Stretch) -> bool:
        """Whether none of its records is listed or remembered by itself."""
        if file.refused:
            return len(file.lines) >= _OF_REFUSED
        if stretch.new and (self._listed[Word.NEW] < LISTED or self._new < NEW):
            return False
        return not stretch.unchanged or self._listed[Word.UNCHANGED] >= LISTED

    def refuse(self, file: FilePlan, judge: Judge, each: Arrival, why: str) -> None:
        """Count and list a version that is not accepted."""
        file.counts[Word.NOT_ACCEPTED] += 1
        file.reasons[why] += 1
        line = partial(line_of, each.copy, Word.NOT_ACCEPTED, judge, why)
        self._list(file, Word.NOT_ACCEPTED, line)

    def settle(self, file: FilePlan, judge: Judge) -> None:
        """Add up what was counted since: by what records can be left, and which names come."""
        tallied, left = self._many + Counter(self._tallied), Counter(self._left)
        for (family, name), times in (*tallied.items(), *left.items()):
            if family in _CHOSEN:
                written = judge.name_of(name) if family == "sender" else name
                file.can_be_left(_choice(family, name), written, times)
        for (family, name), times in tallied.items():
            if family in NAMED:
                file.names_something(family, name, times)
        self._tallied.clear()
        self._left.clear()
        self._many.clear()

    def _weigh_closely(
        self,
        file: FilePlan,
        judge: Judge,
        good: list[Arrival],
        known: Known | None,
        before: History,
    ) -> tuple[bool, Word, Callable[[], Line]]:
        """With all that is held of it: whether it is left, the word, and what to list."""
        copies = [each.copy() for each in good]
        top, first = max(copies, key=lambda copy: merge.order(copy.revision)), good[0]
        ours = merge.join(self._records.history(*first.key) if known else {}, before.values())
        word, left = merge.word(ours, copies), False
        if word is Word.EDITED_TWICE and not file.refused and self._twice < TWICE:
            both = _both(ours, copies, judge)
            if is_short(both.one) and is_short(both.other):
                self._twice += 1
                file.twice.append(both)
        shown = _readable(top, ours)
        if word is Word.REMOVED:
            file.removals[judge.name_of(shown.revision.author)] += 1
        elif word in WRITTEN:
            note, kind, _ = told_of(shown.revision, shown.values)
            names = [each for each in said_in(note).names if each[0] != "kind"]
            names += [("sender", first.author), ("kind", kind)]
            left = top.revision.removed is None and self._is_left(first.id, names)
            new = word is Word.NEW and kind == note.kind
            self._tally(file, first, names, left=left, new=new)
        removed = top.revision.removed
        line = partial(line_of, lambda: shown, word, judge, left=left, removed=removed)
        return left, word, line

    def _is_left(self, record_id: str, names: _Names) -> bool:
        """Whether somebody chose not to take this record."""
        if not self._leave:
            return False
        choices = (_choice(family, name) for family, name in names if family in _CHOSEN)
        one = Choice(Facet.NOTE, record_id)
        return one in self._leave or any(choice in self._leave for choice in choices)

    def _tally(
        self, file: FilePlan, first: Arrival, names: _Names, *, left: bool, new: bool
    ) -> None:
        (self._left if left else self._tallied).extend(names)
        if new and not left and self._new < NEW:
            note = note_fields.from_fields(first.copy().values)
            if is_short(note):
                self._new += 1
                file.new.append((first.id, note))

    def _list(self, file: FilePlan, word: Word, line: Callable[[], Line]) -> None:
        """Remember a record one by one, as long as not too many are."""
        if file.refused:
            if len(file.lines) < _OF_REFUSED:
                file.lines.append(line())
        elif self._listed[word] < LISTED:
            self._listed[word] += 1
            file.lines.append(line())


def is_plainly_new(good: list[Arrival], known: Known | None, before: History | None) -> bool:
    """A note of which nothing is known, in one version that says something."""
    if known is not None or before or len(good) != 1:
        return False
    gist = good[0].gist
    return gist is not None and gist.is_note and gist.removed is None


def _choice(family: str, name: str) -> Choice:
    facet = _CHOSEN[family]
    return Choice(facet, fold(name) if facet in _FOLDED else name)


def _any_removed(good: list[Arrival]) -> bool:
    return any(each.gist is not None and each.gist.removed is not None for each in good)


def _both(ours: History, copies: list[Copy], judge: Judge) -> Twice:
    """The two ends of a history that are to be settled, the one that is shown last."""
    history = merge.join(ours, copies)
    other, one = merge.heads(history)[:2]
    first, last = (note_fields.from_fields(merge.view(history, copy)) for copy in (one, other))
    changed = one.revision.modified, other.revision.modified
    name = judge.name_of(other.revision.author)
    return Twice(last.heading, name, first, last, changed, (one.name in ours, other.name in ours))


def _readable(copy: Copy, ours: History) -> Copy:
    """A removal says nothing itself: what is held here says which note it takes away."""
    if copy.revision.removed is None or not ours:
        return copy
    held = merge.current(ours)
    return held if held.revision.author == copy.revision.author else copy
