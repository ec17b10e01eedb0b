"""Many records at once make the same library as one by one, however they are cut into slices."""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from fieldnotes.domain import vocabulary
from fieldnotes.domain.markings import Marking
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.records import Copy, Reason, Removal, Revision, digests_under
from fieldnotes.domain.vocabulary import Entry
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.notebook import Notebook
from fieldnotes.store.arriving import arrivals_of
from fieldnotes.store.database import rows
from fieldnotes.store.joining import joining
from fieldnotes.trust.identity import signed
from tests.property.histories import AUTHORS, BEGIN, WORDS, a_history, author, copies_of

SEEDS = st.integers(0, 2**32)
NAMES = (*WORDS, "Price", "NIGHT SHIFT", "glass")


def an_entry(chance: random.Random) -> list[Copy]:
    """What one person says about names, changed once or taken back."""
    person, key = author(chance.randrange(AUTHORS)), chance.randbytes(16).hex()
    record_id = str(UUID(int=chance.getrandbits(128), version=4))
    device = str(UUID(int=chance.getrandbits(128), version=4))
    copies: list[Copy] = []
    for rev in range(1, chance.randint(1, 3) + 1):
        entry = Entry(
            chance.choice(("tag", "account")),
            chance.choice(NAMES),
            tuple(chance.sample(NAMES, chance.randint(0, 2))),
            turn=chance.randint(0, 3),
        )
        fields: dict[str, Any] = vocabulary.to_fields(entry)
        removed = None
        if rev > 1 and chance.random() < 0.3:
            fields, removed = {}, Removal(Reason.WRONG.value, Moment(BEGIN))
        revision = Revision(
            type=vocabulary.TYPE,
            id=record_id,
            author=person.author,
            device=device,
            rev=rev,
            lineage=tuple(copy.name for copy in reversed(copies)),
            restored=0,
            created=Moment(BEGIN),
            modified=Moment(BEGIN + rev),
            removed=removed,
            marking=Marking.AMBER_STRICT.value,
            marks={},
            digests=digests_under(key, fields),
        )
        copies.append(signed(person, revision, fields, key))
    return copies


def arriving(seed: int) -> list[list[Copy]]:
    """Copies of several records as bundles bring them: some together, some later, some again."""
    chance = random.Random(seed)
    told: list[list[Copy]] = []
    for _ in range(chance.randint(1, 6)):
        each = chance.getrandbits(32)
        told.append(an_entry(chance) if chance.random() < 0.2 else copies_of(a_history(each), each))
    puts = [part for copies in told for part in _in_parts(chance, copies)]
    puts += chance.choices(puts, k=chance.randint(0, 3)) if puts else []
    chance.shuffle(puts)
    return puts


def _in_parts(chance: random.Random, copies: list[Copy]) -> Iterable[list[Copy]]:
    for who in {copy.revision.author: None for copy in copies}:
        theirs = [copy for copy in copies if copy.revision.author == who]
        while theirs:
            size = chance.randint(1, len(theirs))
            yield theirs[:size]
            theirs = theirs[size:]


def put_singly(notebook: Notebook, puts: list[list[Copy]]) -> None:
    with notebook.library.transaction():
        for copies in puts:
            notebook.library.records.put(copies[0].revision.id, copies)


def put_at_once(notebook: Notebook, puts: list[list[Copy]], size: int) -> list[int]:
    records = notebook.library.records
    with notebook.library.transaction(), joining(records, size) as many:
        return [number for number, _ in many.put(puts)]


def what_is_held(notebook: Notebook, key: tuple[str, str]) -> list[Any]:
    records = notebook.library.records
    view, facts = records.view(*key), records.facts(*key)
    assert view is not None
    assert facts is not None
    return [replace(view, place=0), facts.sent, facts.versions, records.history(*key)]


def counts_of(notebook: Notebook) -> list[set[Any]]:
    sql = (
        "SELECT m.family, m.name, r.month, k.name, r.n FROM rollups r LEFT JOIN names m"
        " ON m.no = r.name JOIN names k ON k.no = r.kind"
    )
    doubled = (
        "SELECT month, k.name, sum(n) FROM doubles d JOIN names k ON k.no = d.kind GROUP BY 1, 2"
    )
    return [set(rows(notebook.library.connection, each)) for each in (sql, doubled)]


def test_at_once_is_as_one_by_one(both: tuple[Notebook, Notebook]) -> None:
    @settings(max_examples=120)
    @given(SEEDS, st.integers(1, 9))
    @example(0, 1)
    def agree(seed: int, size: int) -> None:
        puts = arriving(seed)
        put_singly(both[0], puts)
        numbers = put_at_once(both[1], puts, size)
        for number, copies in zip(numbers, puts, strict=True):
            key = copies[0].revision.id, copies[0].revision.author
            held = [what_is_held(notebook, key) for notebook in both]
            assert held[0] == held[1]
            assert held[0][0].note_no == number

    agree()
    checked = [check_library(notebook) for notebook in both]
    assert [each.problems for each in checked] == [[], []]
    assert checked[0].digest == checked[1].digest
    assert checked[0].content == checked[1].content
    assert counts_of(both[0]) == counts_of(both[1])
    assert checked[0].records > 200


def test_what_was_new_when_it_was_looked_at_needs_no_second_look(
    both: tuple[Notebook, Notebook],
) -> None:
    together: dict[tuple[str, str], list[Copy]] = {}
    for copies in (each for seed in range(60) for each in arriving(seed)):
        key = copies[0].revision.id, copies[0].revision.author
        together.setdefault(key, copies)
    records = both[1].library.records
    told = [
        [replace(each, new=True, genuine=None if len(copies) == 1 else True) for each in arrived]
        for copies in together.values()
        for arrived in [arrivals_of(copies)]
    ]
    put_singly(both[0], list(together.values()))
    with both[1].library.transaction(), joining(records, 7) as many:
        for _ in many.take(told, sure=True):
            pass
    for key in together:
        held = [what_is_held(notebook, key) for notebook in both]
        assert held[0] == held[1]
    checked = [check_library(notebook) for notebook in both]
    assert [each.problems for each in checked] == [[], []]
    assert checked[0].content == checked[1].content
    assert counts_of(both[0]) == counts_of(both[1])
    alone = sum(len(copies) == 1 for copies in together.values())
    assert len(records.unproven.next(10_000)) == alone


def test_the_same_again_changes_no_row(both: tuple[Notebook, Notebook]) -> None:
    puts = [copies for seed in range(40) for copies in arriving(seed)]
    put_at_once(both[1], puts, 1000)
    before = both[1].library.connection.total_changes
    put_at_once(both[1], puts, 1000)
    assert both[1].library.connection.total_changes == before
