"""What reading files in would do: every record is weighed against what is held. Writes nothing."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

from fieldnotes.bundle.reader import Bundle, open_bundle
from fieldnotes.domain import likeness, merge, note_fields, promises, saved_searches, vocabulary
from fieldnotes.domain.merge import History, Word
from fieldnotes.domain.notes import Note
from fieldnotes.domain.people import LET_IN
from fieldnotes.domain.query import names_in
from fieldnotes.domain.records import Copy
from fieldnotes.domain.taking import Leave, choices_of
from fieldnotes.domain.words import in_one_line
from fieldnotes.errors import BundleRefused, PassphraseNeeded
from fieldnotes.operations import people_along
from fieldnotes.operations.import_plans import (
    LISTED,
    LONGEST,
    NAMED,
    NEW,
    TWICE,
    WRITTEN,
    FilePlan,
    ImportPlan,
    Line,
    Twice,
    is_short,
)
from fieldnotes.operations.judging import (
    NOBODY_NEW,
    Decisions,
    Judge,
    claims_in,
    refusal,
    standing_of,
)
from fieldnotes.operations.lacking_files import blobs_of, look_for_files
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.opening import keys_of
from fieldnotes.store.known import Known, key_of, look_up, parts
from fieldnotes.store.seen import Seen

Progress = Callable[[int, int], None]
MASS = 0.05  # of an author's notes: more removals than that need a yes of their own
SUFFIX = ".fieldnotes"
_PARTS = 1_000
_OF_REFUSED = 100  # records told one by one of a file of which nothing is read in
_TOO_MANY = "So many removals at once need your yes."


def quiet(done: int, total: int) -> None:
    """Nobody watches."""


def preview_import(
    notebook: Notebook,
    paths: list[Path],
    decisions: Decisions = NOBODY_NEW,
    progress: Progress = quiet,
) -> ImportPlan:
    """What reading in these files, and those in these folders, would do. Writes nothing.

    `progress` counts thousandths of files, however many notes are in each.
    """
    paths = bundles_in(paths)
    with closing(Seen()) as seen:
        planning = _Planning(notebook, decisions, seen if len(paths) > 1 else None)
        files = []
        for at, path in enumerate(paths):
            planning.tell = _thousandths(progress, at, len(paths))
            files.append(planning.file(path))
            progress(len(files) * _PARTS, len(paths) * _PARTS)
        planning.hold_mass_removals([file for file in files if not file.refused])
        return ImportPlan(files, decisions)


def bundles_in(paths: Iterable[Path]) -> list[Path]:
    """These files, and in place of a folder the bundles in it and in its folders, by name.

    Hidden ones and links are left out, and what was told already.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        for folder, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            bundles = [name for name in names if name.endswith(SUFFIX) and name[0] != "."]
            inside = (Path(folder, name) for name in sorted(bundles))
            found += [x for x in inside if x not in found and not x.is_symlink()]
    return found


def is_left(good: list[Copy], leave: Leave) -> bool:
    """Whether somebody chose not to take this record. Removals are never left."""
    if not leave:
        return False
    top = _top(good)
    if top.revision.removed is not None:
        return False
    note, kind, _ = _told(top)
    found = choices_of(top.revision.id, top.revision.author, kind, note)
    return any(choice in leave for choice, _ in found)


class _Planning:
    """Weighs one file after the other. `seen`: what those before brought, where there are any."""

    def __init__(self, notebook: Notebook, decisions: Decisions, seen: Seen | None) -> None:
        self._notebook, self._decisions, self._seen = notebook, decisions, seen
        self.tell: Progress = quiet  # of the records of one file
        self._listed: Counter[Word] = Counter()
        self._twice = self._new = 0

    def file(self, path: Path) -> FilePlan:
        """What a file would do; it counts for those after it only if all of it is whole."""
        if self._seen is not None:
            self._seen.begin()
        good = False
        try:
            keys = keys_of(self._notebook, self._decisions.passphrase)
            with open_bundle(path, keys, as_read=True) as bundle:
                file = FilePlan(path, bundle.sha256, bundle.manifest, signed=bundle.signed)
                file.brings = blobs_of(part.name for part in bundle.manifest.entries)
                self._fill(file, bundle)
                good = not file.refused
                return file
        except BundleRefused as error:
            return FilePlan(path, refused=str(error), locked=isinstance(error, PassphraseNeeded))
        finally:
            if self._seen is not None:
                self._seen.end(good=good)

    def _fill(self, file: FilePlan, bundle: Bundle) -> None:
        judge = self._judge(file, bundle)
        removals: Counter[str] = Counter()
        done = 0
        stream = (copies for _, copies in bundle.records())
        for part in parts(stream, weight=bundle.weight):
            known = look_up(self._notebook.library.connection, part)
            before = self._seen.of(part) if self._seen is not None and not file.refused else {}
            for key, copies in part.items():
                good, others = judge.sorted_out(copies)
                for copy, why in others:
                    self._count(file, _line(copy, Word.NOT_ACCEPTED, judge, why))
                if good:
                    line = self._weigh(file, judge, good, known.get(key), before.get(key, {}))
                    removals[line.author] += line.word is Word.REMOVED
                done += 1
                self.tell(done, bundle.manifest.records)
        file.unproven = frozenset(judge.unproven)
        file.removals = removals

    def _judge(self, file: FilePlan, bundle: Bundle) -> Judge:
        author = bundle.manifest.author
        judge = Judge(self._notebook, bundle.manifest)
        if judge.circle.standing(author) not in LET_IN:
            claims = claims_in(self._notebook, bundle)
            judge = Judge(self._notebook, bundle.manifest, claims=claims)
        file.standing = standing_of(self._notebook, bundle.manifest, judge.circle)
        file.refused = refusal(author, file.standing, file.signed, self._decisions)
        return judge

    def _weigh(
        self, file: FilePlan, judge: Judge, good: list[Copy], known: Known | None, before: History
    ) -> Line:
        """Count and list what a record would do here, after the files before it."""
        top, word = self._word(file, judge, good, known, before)
        left = word in WRITTEN and is_left(good, self._decisions.leave)
        line = _line(top, word, judge, left=left)
        self._count(file, line)
        look_for_files(self._notebook, file, line, good)
        if word in WRITTEN and word is not Word.REMOVED:
            note, kind, _ = _told(top)
            for choice, written in choices_of(line.id, top.revision.author, kind, note):
                if choice.key != line.id:
                    file.can_be_left(choice, written or line.author)
            compared = self._new < NEW and kind == note.kind and is_short(note)
            if word is Word.NEW and not left and compared:
                self._new += 1
                file.new.append((line.id, note))
            for family in NAMED if not left else ():
                for name in names_in(note, family):
                    file.names_something(family, name)
        if self._seen is not None and not left:
            self._seen.add(before, good)
        return line

    def _word(
        self, file: FilePlan, judge: Judge, good: list[Copy], known: Known | None, before: History
    ) -> tuple[Copy, Word]:
        """What the record shows, and what would happen to it."""
        top = _top(good)
        if known and not before and not top.revision.removed and known.says(good):
            return top, Word.UNCHANGED
        held = self._notebook.library.records.history(*key_of(good)) if known else {}
        ours = merge.join(held, before.values())
        word = merge.word(ours, good)
        if word is Word.EDITED_TWICE and not file.refused and self._twice < TWICE:
            both = _both(merge.join(ours, good), judge)
            if is_short(both.one) and is_short(both.other):
                self._twice += 1
                file.twice.append(both)
        return _readable(top, ours), word

    def _count(self, file: FilePlan, line: Line) -> None:
        if line.left:
            file.left += 1
        else:
            file.counts[line.word] += 1
        if line.why:
            file.reasons[line.why] += 1
        if file.refused and len(file.lines) < _OF_REFUSED:
            file.lines.append(line)
        elif not file.refused and self._listed[line.word] < LISTED:
            self._listed[line.word] += 1
            file.lines.append(line)

    def hold_mass_removals(self, files: list[FilePlan]) -> None:
        """More removals than MASS of an author's notes are left out unless somebody said yes.

        Of all files together: many small ones make a mass, and one twice is no way round it.
        """
        records = self._notebook.library.records
        together = Counter[str]()
        for file in files:
            together.update(file.removals)
        held = {
            author
            for author, count in together.items()
            if count > max(1, MASS * records.count_by(author))
        }
        if self._decisions.removals or not held:
            return
        for file in files:
            self._hold(file, held)

    def _hold(self, file: FilePlan, authors: set[str]) -> None:
        file.too_many_removals = tuple(sorted(authors))
        count = sum(file.removals[author] for author in authors)
        if not count:
            return
        file.held_removals = count
        file.counts[Word.REMOVED] -= count
        file.counts[Word.NOT_ACCEPTED] += count
        file.reasons[_TOO_MANY] += count
        file.lines = [_held(line) if _is_of(line, authors) else line for line in file.lines]


def _thousandths(progress: Progress, at: int, files: int) -> Progress:
    def tell(done: int, total: int) -> None:
        progress(at * _PARTS + _PARTS * min(done, total) // max(total, 1), files * _PARTS)

    return tell


def _is_of(line: Line, authors: set[str]) -> bool:
    return line.word is Word.REMOVED and line.author in authors


def _held(line: Line) -> Line:
    word = Word.NOT_ACCEPTED
    return Line(line.id, word, line.heading, line.kind, line.account, line.author, _TOO_MANY)


def _top(good: list[Copy]) -> Copy:
    return max(good, key=lambda copy: merge.order(copy.revision))


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


def _line(copy: Copy, word: Word, judge: Judge, why: str = "", *, left: bool = False) -> Line:
    note, kind, heading = _told(copy)
    author = judge.name_of(copy.revision.author)
    kind, account = _name(kind), _name(note.account)
    heading = in_one_line(heading[:LONGEST])
    return Line(copy.revision.id, word, heading, kind, account, author, why, left)


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
