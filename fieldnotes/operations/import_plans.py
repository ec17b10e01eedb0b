"""What reading files in would do, as far as it is remembered: counts of all, lines of some."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import msgspec

from fieldnotes.bundle.manifest import Manifest
from fieldnotes.bundle.reader import Stamp
from fieldnotes.domain.merge import Word
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import Note
from fieldnotes.domain.people import Standing
from fieldnotes.domain.succession import Claim
from fieldnotes.domain.taking import Choice, Facet
from fieldnotes.operations.judging import Decisions
from fieldnotes.store.held_records import State
from fieldnotes.store.seen import Seen
from fieldnotes.trust.identity import six_words

LISTED = 5_000  # records told one by one for each word, over all files; the others are counted
NAMED = ("account", "competitor", "product")  # names that may be known here in another spelling
NEW = 300  # notes that are compared with what is here, over all files
TWICE = 20  # notes edited twice of which both versions are shown, over all files
LACKING = 1_000  # notes without their files that are told one by one, for each file
LONGEST = 200  # letters of a name that can be left, and of what a line tells
LARGEST = 64 << 10  # bytes of a note that is remembered whole
CHOICES = 2_000  # accounts, tags, … that can be left, for each file
WORDS = tuple(Word)
WRITTEN = (Word.NEW, Word.UPDATED, Word.FULLER, Word.EDITED_TWICE, Word.REMOVED)


class Line(msgspec.Struct, frozen=True):
    """What one record of a file would do here. `left`: somebody chose not to take it.

    `removed`: why its author removed it, '' where they did not.
    """

    id: str
    word: Word
    heading: str = ""
    kind: str = ""
    account: str = ""
    author: str = ""
    why: str = ""
    left: bool = False
    removed: str = ""


class Lacking(msgspec.Struct, frozen=True):
    """A record some of whose attached files are not in its bundle. `files`: hash → name."""

    id: str
    heading: str
    files: dict[str, str]


class Twice(msgspec.Struct, frozen=True):
    """Two versions of a note, neither of which descends from the other; `here`: held already."""

    heading: str
    author: str
    one: Note
    other: Note
    changed: tuple[Moment, Moment]
    here: tuple[bool, bool] = (False, False)


def is_short(note: Note) -> bool:
    """Whether a plan remembers it whole: a preview takes the same memory whatever it looks at."""
    return len(msgspec.json.encode(note)) <= LARGEST


class FilePlan(msgspec.Struct):
    """One file: whose, how well known, and what would happen; `refused` says why nothing does.

    `counts` has every record by what would happen to it, but those `left`; `lines` some of each.
    """

    path: Path
    sha256: str = ""
    manifest: Manifest | None = None
    said: bytes = b""  # the manifest as it is written, unknown members and all
    standing: Standing | None = None
    signed: bool = False
    refused: str = ""
    locked: bool = False  # a passphrase would open it
    counts: Counter[Word] = msgspec.field(default_factory=Counter)
    left: int = 0
    lines: list[Line] = []
    reasons: Counter[str] = msgspec.field(default_factory=Counter)  # why not accepted
    choices: Counter[Choice] = msgspec.field(default_factory=Counter)  # what could be left
    written: dict[Choice, str] = {}  # how those are called
    twice: list[Twice] = []  # a few of those that were edited twice
    new: list[tuple[str, Note]] = []  # (id, note) of some that are new
    names: Counter[tuple[str, str]] = msgspec.field(default_factory=Counter)  # (family, name)
    brings: frozenset[str] = frozenset()  # hashes of the attachments in it
    lacking: list[Lacking] = []  # of what would be written
    lacking_more: int = 0  # beside those
    late_files: set[str] = msgspec.field(default_factory=set)  # of notes that are here already
    late_notes: set[str] = msgspec.field(default_factory=set)
    number: int = 0  # of the file, among those that were seen
    stamp: Stamp | None = None  # of the file, when it was looked at
    again: int | None = None  # the number of the very same file, of which nothing is new
    removals: Counter[str] = msgspec.field(default_factory=Counter)  # by the author's name
    mass_removals: tuple[str, ...] = ()  # names of authors who removed many, over all files
    too_many_removals: tuple[str, ...] = ()  # the same as long as nobody said yes
    held_removals: int = 0
    claims: list[Claim] = []  # of keys that go on as others, where they matter for it

    @property
    def records(self) -> int:
        """Everything in it that was looked at."""
        return self.counts.total() + self.left

    @property
    def is_whole(self) -> bool:
        """Whether all of it is here once it is read in, and current."""
        held = self.counts[Word.NEW] + self.counts[Word.UNCHANGED]
        return self.manifest is not None and held == self.manifest.records

    @property
    def sender_words(self) -> tuple[str, ...]:
        """The six words of the sender's key."""
        return six_words(self.manifest.author.author) if self.manifest else ()

    def lacks(self, told: Lacking) -> None:
        """One more record of which not all files are in it."""
        if len(self.lacking) < LACKING:
            self.lacking.append(told)
        else:
            self.lacking_more += 1

    def can_be_left(self, choice: Choice, written: str, times: int) -> None:
        """So many more records fall under this."""
        if len(written) > LONGEST:
            return
        if choice in self.choices or len(self.choices) < CHOICES:
            self.choices[choice] += times
            self.written.setdefault(choice, written)

    def names_something(self, family: str, name: str, times: int) -> None:
        """So many more records carry this name."""
        if len(name) > LONGEST:
            return
        if (family, name) in self.names or len(self.names) < CHOICES:
            self.names[family, name] += times


class ImportPlan(msgspec.Struct):
    """All files together, as one preview. Nothing was written."""

    files: list[FilePlan]
    decisions: Decisions
    seen: Seen  # what of the good files is to be written
    state: State  # of the library when they were looked at

    @property
    def good(self) -> list[FilePlan]:
        """Files that would be read in."""
        return [file for file in self.files if not file.refused]

    @property
    def counts(self) -> dict[str, int]:
        """Records by what would happen to them, over the good files."""
        total = sum((file.counts for file in self.good), Counter[Word]())
        return {word.value: total[word] for word in WORDS}

    @property
    def lacking(self) -> list[Lacking]:
        """Notes, each with the files that none of the good files brings."""
        brought = frozenset().union(*(file.brings for file in self.good))
        found = []
        for each in (each for file in self.good for each in file.lacking):
            files = {sha: name for sha, name in each.files.items() if sha not in brought}
            found += [msgspec.structs.replace(each, files=files)] if files else []
        return found

    @property
    def lacking_more(self) -> int:
        """How many more there may be, which are not told one by one."""
        return sum(file.lacking_more for file in self.good)

    @property
    def late_files(self) -> frozenset[str]:
        """Files that were missing of notes that are here, and come now; by their hashes."""
        return frozenset().union(*(file.late_files for file in self.good))

    @property
    def left(self) -> int:
        """Records of the good files that somebody chose not to take."""
        return sum(file.left for file in self.good)

    @property
    def whole(self) -> bool:
        """Nothing was refused: no file, no record."""
        return not any(file.refused or file.counts[Word.NOT_ACCEPTED] for file in self.files)

    def choices(self, facet: Facet) -> list[tuple[Choice, str, int]]:
        """(choice, how it is called, records) of what can be left, the most first."""
        counts: Counter[Choice] = Counter()
        called: dict[Choice, str] = {}
        for file in self.good:
            for choice, count in file.choices.items():
                if choice.facet is facet:
                    counts[choice] += count
                    called.setdefault(choice, file.written[choice])
        return [(choice, called[choice], count) for choice, count in counts.most_common()]
