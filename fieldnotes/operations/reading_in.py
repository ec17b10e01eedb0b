"""Read in notes: read → plan → show → apply. Nothing is written before the last step."""

from __future__ import annotations

import itertools
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from fieldnotes.bundle.manifest import Manifest
from fieldnotes.bundle.reader import Bundle, open_bundle
from fieldnotes.domain import (
    likeness,
    merge,
    note_fields,
    promises,
    saved_searches,
    vocabulary,
)
from fieldnotes.domain.canonical import parse
from fieldnotes.domain.merge import History, Word
from fieldnotes.domain.people import LET_IN, Standing
from fieldnotes.domain.records import Copy
from fieldnotes.errors import BundleRefused, PassphraseNeeded
from fieldnotes.operations import people_along
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.judging import NOBODY_NEW, Decisions, Judge, claims_in, refusal
from fieldnotes.operations.loose_attachments import attached_in, let_go
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.opening import keys_of
from fieldnotes.operations.people import circle
from fieldnotes.operations.saving import settle_outbox
from fieldnotes.operations.undoing_imports import way_back
from fieldnotes.store.joining import joining
from fieldnotes.store.known import Key, Known, key_of, look_up, parts
from fieldnotes.trust.identity import six_words
from fieldnotes.trust.sealing import Keys

T = TypeVar("T")
Progress = Callable[[int, int], None]
Seen = dict[Key, dict[str, Copy]]  # what the files before brought
WORDS = tuple(Word)
MASS = 0.05  # of an author's notes: more removals than that need a yes of their own


def _quiet(done: int, total: int) -> None:
    """Nobody watches."""


class Line(msgspec.Struct, frozen=True):
    """What one record of a file would do here."""

    id: str
    word: Word
    heading: str = ""
    kind: str = ""
    account: str = ""
    author: str = ""
    why: str = ""


class FilePlan(msgspec.Struct):
    """One file: whose, how well known, and what would happen; `refused` says why nothing does."""

    path: Path
    sha256: str = ""
    manifest: Manifest | None = None
    standing: Standing | None = None
    signed: bool = False
    refused: str = ""
    locked: bool = False  # a passphrase would open it
    lines: list[Line] = []
    unproven: frozenset[str] | None = None  # names of versions, as a Judge wants to know
    too_many_removals: tuple[str, ...] = ()  # names of authors

    @property
    def counts(self) -> Counter[Word]:
        """Records by what would happen to them."""
        return Counter(line.word for line in self.lines)

    @property
    def sender_words(self) -> tuple[str, ...]:
        """The six words of the sender's key."""
        return six_words(self.manifest.author.author) if self.manifest else ()


class ImportPlan(msgspec.Struct):
    """All files together, as one preview. Nothing was written."""

    files: list[FilePlan]
    decisions: Decisions

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
    def whole(self) -> bool:
        """Nothing was refused: no file, no record."""
        return not any(file.refused or file.counts[Word.NOT_ACCEPTED] for file in self.files)


class ReadIn(msgspec.Struct, frozen=True):
    """What was read in. `batch` is None where no file was good."""

    batch: str | None
    counts: dict[str, int]
    plan: ImportPlan


def preview_import(
    notebook: Notebook,
    paths: list[Path],
    decisions: Decisions = NOBODY_NEW,
    progress: Progress = _quiet,
) -> ImportPlan:
    """What reading in these files would do. Writes nothing."""
    seen: Seen = {}
    files = []
    for path in paths:
        files.append(_planned(notebook, path, decisions, seen if len(paths) > 1 else None))
        progress(len(files), len(paths))
    return ImportPlan(files, decisions)


def read_in(notebook: Notebook, plan: ImportPlan, progress: Progress = _quiet) -> Done[ReadIn]:
    """Apply the good files of a plan together, in one transaction.

    Raises BundleRefused if a file is no longer the one that was previewed; nothing is written then.
    """
    settle_outbox(notebook)
    library = notebook.library
    if not plan.good:
        return Done(ReadIn(None, plan.counts, plan), Changes())
    batch = notebook.new_id()
    kept = _keep_blobs(notebook, plan)
    with library.transaction(), joining(library.records) as many:
        number = library.arrivals.add_batch(batch, notebook.clock().ms, plan.counts)
        watched = _watching(progress, sum(len(file.lines) for file in plan.good))
        for file in plan.good:
            with _same_file(notebook, file, plan.decisions) as bundle:
                _meet(notebook, bundle.manifest, file)
                told = parse_manifest(bundle)
                bundle_no = library.arrivals.add_bundle(number, told, file.sha256)
                brought = many.put(_accepted(notebook, bundle, file, plan.decisions), bundle_no)
                library.arrivals.add_revisions(bundle_no, watched(brought))
    library.blobs.settle(kept)
    let_go(notebook, many.let_go)
    ids = None if many.changed is None else frozenset(many.changed)
    changes = Changes(
        ids, people=True, sendings=True, promises=True, searches=True, likenesses=True
    )
    done = ReadIn(batch, plan.counts, plan)
    return Done(done, changes, way_back(batch, len(plan.good)))


class Inspected(msgspec.Struct, frozen=True):
    """What a file says of itself."""

    manifest: dict[str, Any]
    signature: str
    words: tuple[str, ...]
    sealed_for: str = ""


def inspect_bundle(path: Path, keys: Keys | None = None) -> Inspected:
    """The manifest and what the signature says, without a library. Raises BundleRefused."""
    with open_bundle(path, keys) as bundle:
        author = bundle.manifest.author
        said = f"Signed by {author.name}." if bundle.signed else "Not signed by anybody."
        return Inspected(parse_manifest(bundle), said, six_words(author.author))


def parse_manifest(bundle: Bundle) -> dict[str, Any]:
    """The manifest as it is written, unknown members and all."""
    return parse(bundle.manifest_bytes)


def bundles_read(notebook: Notebook) -> list[dict[str, Any]]:
    """Files read in, the last first."""
    return notebook.library.arrivals.bundles()


# --- planning ---------------------------------------------------------------------------------


def _planned(notebook: Notebook, path: Path, decisions: Decisions, seen: Seen | None) -> FilePlan:
    """What a file would do; what it says counts for those after it only if all of it is whole."""
    try:
        keys = keys_of(notebook, decisions.passphrase)
        with open_bundle(path, keys, as_read=True) as bundle:
            file = FilePlan(path, bundle.sha256, bundle.manifest, signed=bundle.signed)
            found = _plan_file(notebook, file, bundle, decisions, seen)
    except BundleRefused as error:
        return FilePlan(path, refused=str(error), locked=isinstance(error, PassphraseNeeded))
    if seen is not None and not file.refused:
        seen.update(found)
    return file


def _plan_file(
    notebook: Notebook, file: FilePlan, bundle: Bundle, decisions: Decisions, seen: Seen | None
) -> Seen:
    """Fill in the plan of a file; returns what was seen once it is read in, if that is asked."""
    author = bundle.manifest.author
    judge = Judge(notebook, bundle.manifest)
    if judge.circle.standing(author) not in LET_IN:
        judge = Judge(notebook, bundle.manifest, claims=claims_in(notebook, bundle))
    file.standing = judge.circle.standing(author)
    file.refused = refusal(author, file.standing, file.signed, decisions)
    found: Seen = {}
    for part in parts(copies for _, copies in bundle.records()):
        known = look_up(notebook.library.connection, part)
        for key, copies in part.items():
            good, others = judge.sorted_out(copies)
            file.lines += (_line(copy, Word.NOT_ACCEPTED, judge, why) for copy, why in others)
            if good:
                before = {} if seen is None or file.refused else seen.get(key, {})
                file.lines.append(_weigh(notebook, judge, good, known.get(key), before))
                if seen is not None:
                    found[key] = merge.join(before, good)
    file.unproven = frozenset(judge.unproven)
    _hold_mass_removals(notebook, file, decisions)
    return found


def _weigh(
    notebook: Notebook, judge: Judge, good: list[Copy], known: Known | None, before: History
) -> Line:
    """What a record would do here, after the files before it."""
    top = max(good, key=lambda copy: merge.order(copy.revision))
    if known and not before and not top.revision.removed and known.says(good):
        return _line(top, Word.UNCHANGED, judge, "")
    held = notebook.library.records.history(*key_of(good)) if known else {}
    ours = merge.join(held, before.values())
    return _line(_readable(top, ours), merge.word(ours, good), judge, "")


def _readable(copy: Copy, ours: merge.History) -> Copy:
    """A removal says nothing itself: what is held here says which note it takes away."""
    if copy.revision.removed is None or not ours:
        return copy
    held = merge.current(ours)
    return held if held.revision.author == copy.revision.author else copy


def _line(copy: Copy, word: Word, judge: Judge, why: str) -> Line:
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
    author = judge.name_of(copy.revision.author)
    kind, account = sys.intern(kind), sys.intern(note.account)  # of a million notes, few
    return Line(copy.revision.id, word, heading, kind, account, author, why)


def _hold_mass_removals(notebook: Notebook, file: FilePlan, decisions: Decisions) -> None:
    """More removals than MASS of an author's notes are left out unless somebody said yes."""
    removals = Counter(line.author for line in file.lines if line.word is Word.REMOVED)
    held = {
        author
        for author, count in removals.items()
        if count > max(1, MASS * notebook.library.records.count_by(author))
    }
    if decisions.removals or not held:
        return
    file.too_many_removals = tuple(sorted(held))
    why = "So many removals at once need your yes."
    file.lines = [
        Line(x.id, Word.NOT_ACCEPTED, x.heading, x.kind, x.account, x.author, why)
        if x.word is Word.REMOVED and x.author in held
        else x
        for x in file.lines
    ]


def _watching(progress: Progress, total: int) -> Callable[[Iterable[T]], Iterator[T]]:
    """Tells how many have passed, of all together."""
    count = itertools.count(1)

    def watched(several: Iterable[T]) -> Iterator[T]:
        for each in several:
            progress(next(count), total)
            yield each

    return watched


# --- applying ---------------------------------------------------------------------------------


@contextmanager
def _same_file(notebook: Notebook, file: FilePlan, decisions: Decisions) -> Iterator[Bundle]:
    keys = keys_of(notebook, decisions.passphrase)
    with open_bundle(file.path, keys, checked=file.sha256) as bundle:
        if bundle.sha256 != file.sha256:
            raise BundleRefused(
                f"{file.path.name} changed since it was looked at.", "Look at it again."
            )
        yield bundle


def _accepted(
    notebook: Notebook, bundle: Bundle, file: FilePlan, decisions: Decisions
) -> Iterator[list[Copy]]:
    judge = Judge(notebook, bundle.manifest, file.unproven)
    held = {line.id for line in file.lines if line.why and not decisions.removals}
    for record_id, copies in bundle.records():
        good, _ = judge.sorted_out(copies)
        if record_id in held and file.too_many_removals:
            good = [
                copy
                for copy in good
                if not (
                    copy.revision.removed
                    and judge.name_of(copy.revision.author) in file.too_many_removals
                )
            ]
        if good:
            yield good


def _meet(notebook: Notebook, manifest: Manifest, file: FilePlan) -> None:
    """The sender is known from now on; authors they passed on have been met."""
    people = notebook.library.people
    known = circle(notebook)
    for card in (*manifest.people, manifest.author):
        held = known.people.get(card.author)
        standing = known.standing(card)
        if held is not None and standing is not Standing.OTHER_KEY:
            people.put(card, held.standing)
        elif standing is not Standing.OTHER_KEY:
            people.put(card, Standing.MET)  # also whoever is in a team list: it may be taken back
    if file.standing not in LET_IN:
        people.put(manifest.author, Standing.KNOWN)
    elif manifest.author.author not in known.people:
        people.put(manifest.author, Standing.MET)


def _keep_blobs(notebook: Notebook, plan: ImportPlan) -> set[str]:
    """Attachments first: a record must never refer to what is not there. Returns their hashes.

    What only versions that are not accepted refer to stays in the file.
    """
    kept: set[str] = set()
    for file in plan.good:
        assert file.manifest is not None
        if not any(part.name.startswith("blobs/") for part in file.manifest.entries):
            continue
        with _same_file(notebook, file, plan.decisions) as bundle:
            accepted = _accepted(notebook, bundle, file, plan.decisions)
            wanted = set().union(*(attached_in(copies) for copies in accepted))
            for sha256, content in bundle.blobs():
                if sha256 in wanted:
                    kept.add(notebook.library.blobs.put(content, notebook.clock().ms))
    return kept
