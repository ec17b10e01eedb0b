"""Read in notes: read → plan → show → apply. Nothing is written before the last step."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from fieldnotes.bundle.manifest import Manifest
from fieldnotes.bundle.reader import Bundle, open_bundle
from fieldnotes.domain import merge, note_fields, promises, vocabulary
from fieldnotes.domain.canonical import parse
from fieldnotes.domain.merge import Word
from fieldnotes.domain.people import Standing
from fieldnotes.domain.records import Copy
from fieldnotes.errors import BundleRefused
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.judging import NOBODY_NEW, Decisions, Judge, refusal
from fieldnotes.operations.loose_attachments import attached_in, let_go
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.saving import settle_outbox
from fieldnotes.trust.identity import six_words
from fieldnotes.trust.people import standing_of

Progress = Callable[[int, int], None]
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
    lines: list[Line] = []
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
    seen: dict[tuple[str, str], dict[str, Copy]] = {}
    files = []
    for path in paths:
        file = FilePlan(path)
        files.append(file)
        try:
            with open_bundle(path, notebook.library.owner.secret) as bundle:
                _plan_file(notebook, file, bundle, decisions, seen if len(paths) > 1 else None)
        except BundleRefused as error:
            file.refused = str(error)
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
    changed: set[str] = set()
    erased: set[str] = set()
    kept = _keep_blobs(notebook, plan)
    with library.transaction():
        number = library.arrivals.add_batch(batch, notebook.clock().ms, plan.counts)
        total, done = sum(len(file.lines) for file in plan.good), 0
        for file in plan.good:
            with _same_file(notebook, file) as bundle:
                _meet(notebook, bundle.manifest, file)
                brought = []
                for record_id, copies in _accepted(notebook, bundle, file, plan.decisions):
                    if any(copy.revision.erased for copy in copies):
                        author = copies[0].revision.author
                        erased |= attached_in(library.records.history(record_id, author).values())
                    if library.records.put(record_id, copies) is not Word.UNCHANGED:
                        changed.add(record_id)
                    brought += [(record_id, copy.revision.author, copy.name) for copy in copies]
                    done += 1
                    progress(done, total)
                told = parse_manifest(bundle)
                bundle_no = library.arrivals.add_bundle(number, told, file.sha256)
                library.arrivals.add_revisions(bundle_no, brought)
    library.blobs.settle(kept)
    let_go(notebook, erased)
    changes = Changes(frozenset(changed), people=True, sendings=True, promises=True)
    return Done(ReadIn(batch, plan.counts, plan), changes)


class Inspected(msgspec.Struct, frozen=True):
    """What a file says of itself."""

    manifest: dict[str, Any]
    signature: str
    words: tuple[str, ...]
    sealed_for: str = ""


def inspect_bundle(path: Path, secret: str | None = None) -> Inspected:
    """The manifest and what the signature says, without a library. Raises BundleRefused."""
    with open_bundle(path, secret) as bundle:
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


def _plan_file(
    notebook: Notebook,
    file: FilePlan,
    bundle: Bundle,
    decisions: Decisions,
    seen: dict[tuple[str, str], dict[str, Copy]] | None,
) -> None:
    file.manifest, file.sha256, file.signed = bundle.manifest, bundle.sha256, bundle.signed
    author = bundle.manifest.author
    file.standing = standing_of(author, notebook.library.people.everybody())
    file.refused = refusal(author, file.standing, file.signed, decisions)
    judge = Judge(notebook, bundle.manifest)
    for record_id, copies in bundle.records():
        file.lines += _weigh(notebook, judge, record_id, copies, None if file.refused else seen)
    _hold_mass_removals(notebook, file, decisions)


def _weigh(
    notebook: Notebook,
    judge: Judge,
    record_id: str,
    copies: list[Copy],
    seen: dict[tuple[str, str], dict[str, Copy]] | None,
) -> Iterator[Line]:
    """What a record would do here, after the files before it (`seen`)."""
    author = copies[0].revision.author
    before = seen.get((record_id, author), {}) if seen is not None else {}
    good, others = judge.sorted_out(copies)
    for copy, why in others:
        yield _line(copy, Word.NOT_ACCEPTED, judge, why)
    if not good:
        return
    ours = merge.join(notebook.library.records.history(record_id, author), before.values())
    top = max(good, key=lambda copy: merge.order(copy.revision))
    yield _line(_readable(top, ours), merge.word(ours, good), judge, "")
    if seen is not None:
        seen[record_id, author] = merge.join(before, good)


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
    elif copy.revision.type == vocabulary.TYPE:
        entry = vocabulary.from_fields(copy.values)
        kind, heading = vocabulary.TYPE, vocabulary.in_words(entry) if entry else ""
    author = judge.name_of(copy.revision.author)
    return Line(copy.revision.id, word, heading, kind, note.account, author, why)


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


# --- applying ---------------------------------------------------------------------------------


@contextmanager
def _same_file(notebook: Notebook, file: FilePlan) -> Iterator[Bundle]:
    secret = notebook.library.owner.secret
    with open_bundle(file.path, secret, checked=file.sha256) as bundle:
        if bundle.sha256 != file.sha256:
            raise BundleRefused(
                f"{file.path.name} changed since it was looked at.", "Look at it again."
            )
        yield bundle


def _accepted(
    notebook: Notebook, bundle: Bundle, file: FilePlan, decisions: Decisions
) -> Iterator[tuple[str, list[Copy]]]:
    judge = Judge(notebook, bundle.manifest)
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
            yield record_id, good


def _meet(notebook: Notebook, manifest: Manifest, file: FilePlan) -> None:
    """The sender is known from now on; authors they passed on have been met."""
    people = notebook.library.people
    everybody = people.everybody()
    for card in manifest.people:
        standing = standing_of(card, everybody)
        if standing is Standing.NEW:
            people.put(card, Standing.MET)
        elif standing is not Standing.OTHER_KEY:
            people.put(card, standing)
    if file.standing is not Standing.MYSELF:
        people.put(manifest.author, Standing.KNOWN)


def _keep_blobs(notebook: Notebook, plan: ImportPlan) -> set[str]:
    """Attachments first: a record must never refer to what is not there. Returns their hashes.

    What only versions that are not accepted refer to stays in the file.
    """
    kept: set[str] = set()
    for file in plan.good:
        assert file.manifest is not None
        if not any(part.name.startswith("blobs/") for part in file.manifest.entries):
            continue
        with _same_file(notebook, file) as bundle:
            accepted = _accepted(notebook, bundle, file, plan.decisions)
            wanted = set().union(*(attached_in(copies) for _, copies in accepted))
            for sha256, content in bundle.blobs():
                if sha256 in wanted:
                    kept.add(notebook.library.blobs.put(content, notebook.clock().ms))
    return kept
