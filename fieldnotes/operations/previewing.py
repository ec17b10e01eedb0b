"""What reading files in would do: every record is weighed against what is held. Writes nothing."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path

import msgspec
from msgspec.structs import replace

from fieldnotes.bundle.manifest import Manifest
from fieldnotes.bundle.reader import Bundle, open_bundle, sha256_of, stamp_of
from fieldnotes.domain.merge import Word
from fieldnotes.domain.people import LET_IN
from fieldnotes.errors import BundleRefused, PassphraseNeeded
from fieldnotes.operations.import_plans import (
    FilePlan,
    ImportPlan,
    Line,
)
from fieldnotes.operations.judging import (
    NOBODY_NEW,
    Decisions,
    Judge,
    claims_in,
    refusal,
    standing_of,
)
from fieldnotes.operations.lacking_files import blobs_of
from fieldnotes.operations.line_readers import Readers, readers_for
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.opening import keys_of
from fieldnotes.operations.sweeping import swept_seldom
from fieldnotes.operations.weighing import Weighing, is_plainly_new
from fieldnotes.store.arriving import Arrival
from fieldnotes.store.known import look_up, parts
from fieldnotes.store.seen import Seen
from fieldnotes.store.stretches import Stretch, unpacked, unpacked_told

Progress = Callable[[int, int], None]
MASS = 0.05  # of an author's notes: more removals than that need a yes of their own
SUFFIX = ".fieldnotes"
_PARTS = 1_000
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
    state = notebook.library.records.state()
    seen, files = Seen(), list[FilePlan]()
    with readers_for(notebook.library, sum(map(_size, paths))) as readers, swept_seldom():
        planning = _Planning(notebook, decisions, seen, readers)
        for at, path in enumerate(paths):
            planning.tell = _thousandths(progress, at, len(paths))
            files.append(planning.file(path))
            progress(len(files) * _PARTS, len(paths) * _PARTS)
    planning.hold_mass_removals([file for file in files if not file.refused])
    return ImportPlan(files, decisions, seen, state)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


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


class _Planning:
    """Weighs one file after the other. `seen`: what each of them brings."""

    def __init__(
        self, notebook: Notebook, decisions: Decisions, seen: Seen, readers: Readers
    ) -> None:
        self._notebook, self._decisions, self._seen = notebook, decisions, seen
        self._readers, self._weighing = readers, Weighing(notebook, decisions, seen)
        self.tell: Progress = quiet  # of the records of one file
        self._may_be_held = notebook.library.arrivals.any_whole()
        self._again: dict[str, int | None] = {}  # bundles that are held whole, by their files

    def file(self, path: Path) -> FilePlan:
        """What a file would do; it counts for those after it only if all of it is whole."""
        number, good = self._seen.begin(), False
        try:
            stamp = stamp_of(path)
            if self._may_be_held and (held := self._held(path)) is not None:
                held.stamp, good = stamp, True
                return held
            keys = keys_of(self._notebook, self._decisions.passphrase)
            with open_bundle(path, keys, self._was_read, as_read=True) as bundle:
                file = FilePlan(path, bundle.sha256, bundle.manifest, bundle.manifest_bytes)
                file.signed = bundle.signed
                file.brings = blobs_of(part.name for part in bundle.manifest.entries)
                file.number, file.stamp = number, stamp
                self._fill(file, bundle)
                good = not file.refused
                return file
        except BundleRefused as error:
            return FilePlan(path, refused=str(error), locked=isinstance(error, PassphraseNeeded))
        finally:
            self._seen.end(good=good)

    def _was_read(self, sha256: str) -> bool:
        """Whether this very file was checked, as it is held here whole."""
        return self._bundle_of(sha256) is not None

    def _bundle_of(self, sha256: str) -> int | None:
        if sha256 not in self._again:
            library = self._notebook.library
            held = library.arrivals.held_whole(sha256, library.records.state())
            self._again[sha256] = held
        return self._again[sha256]

    def _held(self, path: Path) -> FilePlan | None:
        """The very same file is held whole, and nobody is doubted since: nothing of it is new.

        Then nothing of it is read but which file it is.
        """
        sha256 = sha256_of(path)
        again = self._bundle_of(sha256)
        if again is None or self._seen.brought:  # perhaps something newer
            return None
        written = self._notebook.library.arrivals.manifest(again)
        manifest = msgspec.json.decode(written, type=Manifest)
        judge = Judge(self._notebook, manifest)
        standing = standing_of(self._notebook, manifest, judge.circle)
        refused = refusal(manifest.author, standing, signed=True, decisions=self._decisions)
        doubted = judge.doubts_a_key() or any(
            judge.doubt(card.author) for card in (*manifest.people, manifest.author)
        )
        if refused or doubted or blobs_of(part.name for part in manifest.entries):
            return None
        file = FilePlan(path, sha256, manifest, written, standing, signed=True, again=again)
        file.counts[Word.UNCHANGED] = manifest.records
        return file

    def _fill(self, file: FilePlan, bundle: Bundle) -> None:
        judge = self._judge(file, bundle)
        vouched = bundle.manifest.author.author if bundle.signed else ""
        connection, weighing = self._notebook.library.connection, self._weighing
        records = bundle.read(partial(self._readers.read, cards=judge.keys, vouched=vouched))
        for part in parts(self._singly(file, judge, records)):
            known = look_up(connection, part)
            before = self._seen.of(part) if not file.refused else {}
            for key, arrivals in part.items():
                good, others = judge.sorted_out(arrivals)
                if not is_plainly_new(good, known.get(key), before.get(key, {})):
                    good, forged = judge.seen_through(good)
                    others = others + forged
                for each, why in others:
                    weighing.refuse(file, judge, each, why)
                if good:
                    weighing.weigh(file, judge, good, known.get(key), before.get(key, {}))
            weighing.settle(file, judge)
            self.tell(file.records, bundle.manifest.records)
        weighing.settle(file, judge)

    def _singly(
        self, file: FilePlan, judge: Judge, records: Iterable[list[Arrival] | Stretch]
    ) -> Iterator[list[Arrival]]:
        """Those that have to be weighed one by one; stretches are counted as they come."""
        for held in records:
            if isinstance(held, list):
                yield held
            elif not self._weighing.weigh_stretch(file, judge, held):
                yield from self._unrolled(held)
            elif file.manifest is not None:
                self.tell(file.records, file.manifest.records)

    def _unrolled(self, stretch: Stretch) -> Iterator[list[Arrival]]:
        """Its records in their order; files before this one may have brought some of them."""
        held = self._notebook.library.records.just_so(unpacked_told(stretch.told))
        if held is None:
            raise BundleRefused("Something else is changing this library.", "Look at it again.")
        fresh = [[replace(each, new=False)] for (each,) in unpacked(stretch.fresh)]
        yield from sorted(fresh + held, key=lambda record: record[0].id)

    def _judge(self, file: FilePlan, bundle: Bundle) -> Judge:
        author = bundle.manifest.author
        judge = Judge(self._notebook, bundle.manifest)
        if judge.circle.standing(author) not in LET_IN or judge.doubts_a_key():
            file.claims = claims_in(self._notebook, bundle)
            judge = Judge(self._notebook, bundle.manifest, claims=file.claims)
        file.standing = standing_of(self._notebook, bundle.manifest, judge.circle)
        file.refused = refusal(author, file.standing, file.signed, self._decisions)
        return judge

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
        for file in files if held else ():
            self._hold(file, held)

    def _hold(self, file: FilePlan, authors: set[str]) -> None:
        file.mass_removals = tuple(sorted(authors))
        if self._decisions.removals:
            return
        file.too_many_removals = file.mass_removals
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
    return replace(line, word=Word.NOT_ACCEPTED, why=_TOO_MANY)
