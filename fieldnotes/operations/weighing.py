"""One record of a file against what is held: the word for it, and what is remembered of it."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from functools import partial

from msgspec.structs import replace

from fieldnotes.domain import likeness, merge, note_fields, promises, saved_searches, vocabulary
from fieldnotes.domain.merge import History, Word
from fieldnotes.domain.notes import Note
from fieldnotes.domain.records import Copy
from fieldnotes.domain.taking import Choice, Facet
from fieldnotes.domain.words import fold, in_one_line
from fieldnotes.operations import people_along
from fieldnotes.operations.import_plans import (
    LISTED,
    LONGEST,
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
from fieldnotes.store.arriving import Arrival
from fieldnotes.store.gists import Gist, said_in
from fieldnotes.store.known import Known
from fieldnotes.store.seen import Seen

_CHOSEN = {
    "sender": Facet.SENDER,
    "kind": Facet.KIND,
    "account": Facet.ACCOUNT,
    "tag": Facet.TAG,
}  # families of names by which records can be left
_FOLDED = (Facet.ACCOUNT, Facet.TAG)
_OF_REFUSED = 100  # records told one by one of a file of which nothing is read in
_Names = list[tuple[str, str]]  # (family, name)


class Weighing:
    """Weighs record after record, over all files of a preview. `seen`: where good ones are kept."""

    def __init__(self, notebook: Notebook, decisions: Decisions, seen: Seen) -> None:
        self._notebook, self._seen = notebook, seen
        self._records = notebook.library.records
        self._leave = decisions.leave
        self._listed: Counter[Word] = Counter()
        self._twice = self._new = 0
        self._tallied: Counter[tuple[str, str]] = Counter()  # names of what is taken
        self._left: Counter[tuple[str, str]] = Counter()  # and of what is left

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
        if known is not None and not before and known.says(good) and not _any_removed(good):
            word, line = Word.UNCHANGED, partial(_unchanged, good[-1], judge)
        elif gist is not None and is_plainly_new(good, known, before):
            word, names = Word.NEW, [("sender", first.author), *gist.said.names]
            left = self._is_left(first.id, names)
            self._tally(file, first, names, left=left, new=True)
            line = partial(_line_of, first, gist, judge, left=left)
            first = replace(first, new=True)
            good = [first]
        else:
            left, word, line = self._weigh_closely(file, judge, good, known, before)
        if left:
            file.left += 1
        else:
            file.counts[word] += 1
            self._seen.add(good)
        self._list(file, word, line)
        if not left and any(each.attached for each in good):
            look_for_files(self._notebook, file, line(), [each.copy() for each in good])

    def refuse(self, file: FilePlan, judge: Judge, each: Arrival, why: str) -> None:
        """Count and list a version that is not accepted."""
        file.counts[Word.NOT_ACCEPTED] += 1
        file.reasons[why] += 1
        line = partial(_line, each.copy, Word.NOT_ACCEPTED, judge, why)
        self._list(file, Word.NOT_ACCEPTED, line)

    def settle(self, file: FilePlan, judge: Judge) -> None:
        """Add up what was counted since: by what records can be left, and which names come."""
        for (family, name), times in (*self._tallied.items(), *self._left.items()):
            if family in _CHOSEN:
                written = judge.name_of(name) if family == "sender" else name
                file.can_be_left(_choice(family, name), written, times)
        for (family, name), times in self._tallied.items():
            if family in NAMED:
                file.names_something(family, name, times)
        self._tallied.clear()
        self._left.clear()

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
            both = _both(merge.join(ours, copies), judge)
            if is_short(both.one) and is_short(both.other):
                self._twice += 1
                file.twice.append(both)
        shown = _readable(top, ours)
        if word is Word.REMOVED:
            file.removals[judge.name_of(shown.revision.author)] += 1
        elif word in WRITTEN:
            note, kind, _ = _told(shown)
            names = [each for each in said_in(note).names if each[0] != "kind"]
            names += [("sender", first.author), ("kind", kind)]
            left = top.revision.removed is None and self._is_left(first.id, names)
            new = word is Word.NEW and kind == note.kind
            self._tally(file, first, names, left=left, new=new)
        return left, word, partial(_line, lambda: shown, word, judge, left=left)

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
        (self._left if left else self._tallied).update(names)
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


def _both(history: History, judge: Judge) -> Twice:
    """The two ends of a history that are to be settled, the one that is shown last."""
    other, one = merge.heads(history)[:2]
    first, last = (note_fields.from_fields(merge.view(history, copy)) for copy in (one, other))
    changed = one.revision.modified, other.revision.modified
    name = judge.name_of(other.revision.author)
    return Twice(last.heading, name, first, last, changed)


def _readable(copy: Copy, ours: History) -> Copy:
    """A removal says nothing itself: what is held here says which note it takes away."""
    if copy.revision.removed is None or not ours:
        return copy
    held = merge.current(ours)
    return held if held.revision.author == copy.revision.author else copy


def _line(
    shown: Callable[[], Copy], word: Word, judge: Judge, why: str = "", *, left: bool = False
) -> Line:
    copy = shown()
    note, kind, heading = _told(copy)
    author = judge.name_of(copy.revision.author)
    kind, account = _name(kind), _name(note.account)
    heading = in_one_line(heading[:LONGEST])
    return Line(copy.revision.id, word, heading, kind, account, author, why, left)


def _unchanged(each: Arrival, judge: Judge) -> Line:
    return _line(each.copy, Word.UNCHANGED, judge)


def _line_of(each: Arrival, gist: Gist, judge: Judge, *, left: bool) -> Line:
    """The same as `_line` says of a new note, from what was read of it."""
    named = dict(gist.said.names)
    kind, account = _name(named.get("kind", "")), _name(named.get("account", ""))
    author = judge.name_of(each.author)
    return Line(
        each.id, Word.NEW, in_one_line(gist.heading[:LONGEST]), kind, account, author, "", left
    )


def _name(name: str) -> str:
    """As a line tells it: of a million notes, few are different, and a hostile one is long."""
    return sys.intern(in_one_line(name[:LONGEST]))


def _told(copy: Copy) -> tuple[Note, str, str]:
    """(as a note, kind or type, heading) of what a version says."""
    note = note_fields.from_fields(copy.values)
    kind, heading = note.kind, note.heading
    if copy.revision.type == promises.TYPE:
        kind, heading = promises.TYPE, promises.from_fields(copy.values).what
    elif copy.revision.type == saved_searches.TYPE:
        kind, heading = saved_searches.TYPE, saved_searches.from_fields(copy.values).name
    elif copy.revision.type == vocabulary.TYPE:
        entry = vocabulary.from_fields(copy.values)
        kind, heading = vocabulary.TYPE, vocabulary.in_words(entry) if entry else ""
    elif copy.revision.type == likeness.TYPE:
        said = likeness.from_fields(copy.values)
        kind, heading = likeness.TYPE, likeness.in_words(said) if said else ""
    elif copy.revision.type in people_along.TYPES:
        kind, who = copy.revision.type, copy.revision.author
        heading = people_along.in_words(kind, copy.values, who)
    return note, kind, heading
