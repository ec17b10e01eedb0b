"""Read in notes: read → plan → show → apply. Nothing is written before the last step."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from fieldnotes.bundle.manifest import Manifest
from fieldnotes.bundle.reader import Bundle, open_bundle, stamp_of
from fieldnotes.domain.canonical import parse
from fieldnotes.domain.people import LET_IN, Standing
from fieldnotes.errors import BundleRefused
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.import_plans import FilePlan, ImportPlan
from fieldnotes.operations.judging import Decisions, Judge
from fieldnotes.operations.left_over import keep_what_is_left, sweep_kept
from fieldnotes.operations.loose_attachments import let_go
from fieldnotes.operations.new_names import SameName, say_the_same
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.opening import keys_of
from fieldnotes.operations.people import circle, settle_persons
from fieldnotes.operations.previewing import quiet
from fieldnotes.operations.saving import settle_outbox
from fieldnotes.operations.sweeping import swept_seldom
from fieldnotes.operations.undoing_imports import way_back
from fieldnotes.store.arriving import Arrival
from fieldnotes.store.held_records import State
from fieldnotes.store.joining import Joining, joining
from fieldnotes.store.seen import Part
from fieldnotes.trust.identity import six_words
from fieldnotes.trust.sealing import Keys

Progress = Callable[[int, int], None]


class ReadIn(msgspec.Struct, frozen=True):
    """What was read in. `batch` is None where no file was good."""

    batch: str | None
    counts: dict[str, int]
    plan: ImportPlan


def read_in(
    notebook: Notebook,
    plan: ImportPlan,
    progress: Progress = quiet,
    same: frozenset[SameName] = frozenset(),
) -> Done[ReadIn]:
    """Apply the good files of a plan together, in one transaction.

    `same`: what new names mean from then on.
    Raises BundleRefused if a file is no longer the one that was previewed; nothing is written then.
    """
    settle_outbox(notebook)
    library = notebook.library
    if not plan.good:
        return Done(ReadIn(None, plan.counts, plan), Changes())
    batch = notebook.new_id()
    kept = _keep_blobs(notebook, plan)
    with library.transaction(), swept_seldom():
        # before the names come, so that nothing else is called so
        later = say_the_same(notebook, same)
        many = _join(notebook, plan, batch, progress)
        say_the_same(notebook, later)
        if settle_persons(notebook):
            many.changed = None
    plan.seen.close()
    sweep_kept(notebook)
    library.blobs.settle(kept)
    let_go(notebook, many.let_go)
    late = {each for file in plan.good for each in file.late_notes}
    ids = None if many.changed is None or same else frozenset(many.changed | late)
    changes = Changes(
        ids, people=True, sendings=True, promises=True, searches=True, likenesses=True
    )
    done = ReadIn(batch, plan.counts, plan)
    return Done(done, changes, way_back(batch, len(plan.good)))


def _join(notebook: Notebook, plan: ImportPlan, batch: str, progress: Progress) -> Joining:
    library = notebook.library
    whole: dict[int, State] = {}  # bundles of which all is here, and what was held after each
    with joining(library.records) as many:
        number = library.arrivals.add_batch(batch, notebook.clock().ms, plan.counts)
        watched = _watching(progress, sum(file.records for file in plan.good))
        sure = library.records.state() == plan.state
        for file in plan.good:
            assert file.manifest is not None
            if stamp_of(file.path) != file.stamp:
                raise _changed(file)
            _meet(notebook, file.manifest, file)
            said = msgspec.json.decode(file.said)
            bundle_no = library.arrivals.add_bundle(number, said, file.sha256)
            if file.again is not None:
                _join_again(notebook, file, bundle_no)
                continue
            judge = Judge(notebook, file.manifest, claims=file.claims)
            others = []
            for part in plan.seen.parts(file.number):
                if sure and part.held and not any(map(judge.doubt, part.authors)):
                    told = plan.seen.told(part)
                    library.arrivals.add_told(bundle_no, told)
                    watched(len(told))
                else:
                    others.append(part)
            records = _accepted(notebook, plan, file, judge, others)
            for joined in many.take(records, bundle_no, judge.proven, sure=sure):
                library.arrivals.add_revisions(bundle_no, joined)
                watched(len(joined))
            if sure and file.is_whole:
                whole[bundle_no] = library.records.state()
            keep_what_is_left(notebook, file, bundle_no)
    at_last = library.records.state()
    for bundle_no, state in whole.items():
        # where only new records came, those of later files are no news of earlier ones
        library.arrivals.add_whole(bundle_no, state if many.singly else at_last)
    return many


def _join_again(notebook: Notebook, file: FilePlan, bundle: int) -> None:
    """The very same file, held whole, as long as that is so. `bundle`: its new number."""
    library = notebook.library
    earlier = library.arrivals.held_whole(file.sha256, library.records.state())
    if earlier is None:
        raise _not_as_it_was(file)
    library.arrivals.add_again(bundle, earlier)
    library.arrivals.add_whole(bundle, library.records.state())


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


# --- applying ---------------------------------------------------------------------------------


def _watching(progress: Progress, total: int) -> Callable[[int], None]:
    """Tells how many more have passed, of all together."""
    done = 0

    def watched(more: int) -> None:
        nonlocal done
        done += more
        progress(done, total)

    return watched


@contextmanager
def _same_file(notebook: Notebook, file: FilePlan, decisions: Decisions) -> Iterator[Bundle]:
    keys = keys_of(notebook, decisions.passphrase)
    with open_bundle(file.path, keys, checked=file.sha256.__eq__) as bundle:
        if bundle.sha256 != file.sha256:
            raise _changed(file)
        yield bundle


def _not_as_it_was(file: FilePlan) -> BundleRefused:
    """What was held of it has been taken out since."""
    return BundleRefused(f"{file.path.name} is not as it was looked at.", "Look at it again.")


def _changed(file: FilePlan) -> BundleRefused:
    return BundleRefused(f"{file.path.name} changed since it was looked at.", "Look at it again.")


def _accepted(
    notebook: Notebook, plan: ImportPlan, file: FilePlan, judge: Judge, parts: Iterable[Part]
) -> Iterator[list[Arrival]]:
    """What was found good when it was looked at, as far as it still is."""
    for record in itertools.chain.from_iterable(_records(notebook, plan, file, parts)):
        good, _ = judge.sorted_out(record)
        if file.too_many_removals:
            good = [each for each in good if not _is_held(each, judge, file)]
        if good:
            yield good


def _records(
    notebook: Notebook, plan: ImportPlan, file: FilePlan, parts: Iterable[Part]
) -> Iterator[list[list[Arrival]]]:
    for part in parts:
        if part.held:
            told = plan.seen.told(part)
            held = notebook.library.records.just_so(told)
            if held is None:
                raise _not_as_it_was(file)
            yield held
        else:
            yield plan.seen.records(part)


def _is_held(each: Arrival, judge: Judge, file: FilePlan) -> bool:
    """One of so many removals that they need a yes."""
    if each.gist is None or each.gist.removed is None:
        return False
    return judge.name_of(each.author) in file.too_many_removals


def _meet(notebook: Notebook, manifest: Manifest, file: FilePlan) -> None:
    """The sender is known from now on; authors they passed on have been met."""
    people = notebook.library.people
    known = circle(notebook, file.claims)
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
            judge = Judge(notebook, bundle.manifest, claims=file.claims)
            accepted = _accepted(notebook, plan, file, judge, plan.seen.parts(file.number))
            wanted = {sha for record in accepted for each in record for sha in each.attached}
            for sha256, content in bundle.blobs():
                if sha256 in wanted:
                    kept.add(notebook.library.blobs.put(content, notebook.clock().ms))
    return kept
