"""Undoing any batches leaves the library that never read them in, but for what was removed."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from fieldnotes.domain.records import Copy
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.undoing_imports import look_at_undoing, undo_import
from fieldnotes.store.counts import entities
from fieldnotes.store.database import rows
from fieldnotes.store.joining import joining
from tests.property.histories import author
from tests.property.test_joining import arriving, counts_of

Batch = list[list[list[Copy]]]  # bundles, records in each, copies of each
TABLES = (
    "facts history words entries entry_names rollups doubles disclosures arrivals bundles"
    " likenesses alike"
)


def key_of(copies: list[Copy]) -> tuple[str, str]:
    return copies[0].revision.id, copies[0].revision.author


def some_batches(chance: random.Random) -> list[Batch]:
    """What came, cut into batches and bundles; some of it comes again."""
    puts = arriving(chance.getrandbits(32))
    puts += chance.choices(puts, k=chance.randint(0, 4)) if puts else []
    batches: list[Batch] = [[[] for _ in range(chance.randint(1, 3))] for _ in range(4)]
    for copies in puts:
        bundle = chance.choice(chance.choice(batches))
        if key_of(copies) not in map(key_of, bundle):  # a bundle holds a record once
            bundle.append(list({copy.name: copy for copy in copies}.values()))
    return batches


def read(notebook: Notebook, batch_id: str, batch: Batch, size: int = 5) -> None:
    """As bundles are read in, without the files."""
    library = notebook.library
    manifest = {"bundle": batch_id, "author": {"author": author(1).card.author}}
    with library.transaction(), joining(library.records, size) as many:
        number = library.arrivals.add_batch(batch_id, 0, {})
        for bundle in batch:
            bundle_no = library.arrivals.add_bundle(number, manifest, "00" * 32)
            library.arrivals.add_revisions(bundle_no, many.put(bundle, bundle_no))


def what_stays(batch: Batch) -> Batch:
    """Of a batch that was undone: removals, and what is the owner's own."""
    own = author(0).card.author
    stays = [
        [[c for c in copies if c.revision.removed or c.revision.author == own] for copies in bundle]
        for bundle in batch
    ]
    return [[copies for copies in bundle if copies] for bundle in stays]


def held(notebook: Notebook) -> dict[Any, Any]:
    """Everything that can be seen of the records, whatever numbers they have."""
    records, found = notebook.library.records, {}
    for key in list(records.named()):
        view, facts = records.view(*key), records.facts(*key)
        assert view is not None
        assert facts is not None
        shown = replace(view, place=0, note_no=0)
        found[key] = shown, facts.sent, facts.versions, facts.masked, records.history(*key)
    return found


def names_of(notebook: Notebook) -> list[Any]:
    return [
        (family, each.name, each.notes, sorted(spelt for spelt in each.spelt if spelt[1]))
        for family in ("account", "tag")
        for each in entities(notebook.library.records, family)
        if each.notes
    ]


def emptied(notebooks: Iterable[Notebook]) -> None:
    for notebook in notebooks:
        with notebook.library.transaction():
            for table in (*TABLES.split(), "batches", "names"):
                notebook.library.connection.execute(f"DELETE FROM {table}")
            notebook.library.connection.execute("DELETE FROM about WHERE key GLOB 'eras*'")
        notebook.library.names.forget()


def test_a_library_is_as_if_it_had_never_read_what_was_undone(
    both: tuple[Notebook, Notebook],
) -> None:
    @settings(max_examples=150)
    @given(st.integers(0, 2**32))
    @example(0)
    def agree(seed: int) -> None:
        chance = random.Random(seed)
        undone, never = both
        emptied(both)
        batches = some_batches(chance)
        gone = {at for at in range(len(batches)) if chance.random() < 0.5}
        waiting = sorted(gone)
        chance.shuffle(waiting)
        for at, batch in enumerate(batches):
            read(undone, f"batch {at}", batch)
            read(never, f"batch {at}", what_stays(batch) if at in gone else batch)
            for done in [each for each in waiting if each <= at and chance.random() < 0.5]:
                waiting.remove(done)
                undo_import(undone, f"batch {done}")
        for at in waiting:
            undo_import(undone, f"batch {at}")
        assert held(undone) == held(never)
        assert counts_of(undone) == counts_of(never)
        assert names_of(undone) == names_of(never)
        checked = [check_library(notebook) for notebook in both]
        assert checked[0].problems == checked[1].problems == []
        assert checked[0].digest == checked[1].digest

    agree()


def test_undoing_everything_leaves_only_removals(both: tuple[Notebook, Notebook]) -> None:
    @settings(max_examples=40)
    @given(st.integers(0, 2**32))
    def nothing_left(seed: int) -> None:
        undone, _ = both
        emptied(both)
        batches = some_batches(random.Random(seed))
        for at, batch in enumerate(batches):
            read(undone, f"batch {at}", batch)
        for at in range(len(batches)):
            before = held(undone)
            told = look_at_undoing(undone, f"batch {at}")
            assert held(undone) == before
            assert undo_import(undone, f"batch {at}").result == told
        own = author(0).card.author
        for (_, writer), (_, _, _, _, history) in held(undone).items():
            assert writer == own or all(copy.revision.removed for copy in history.values())
        for table in ("arrivals", "bundles", "disclosures"):
            assert rows(undone.library.connection, f"SELECT count(*) FROM {table}") == [(0,)]

    nothing_left()
