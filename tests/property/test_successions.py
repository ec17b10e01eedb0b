"""What several keys of one person wrote is one record, whatever came first; and only then."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldnotes.domain import merge, succession
from fieldnotes.domain.people import Standing
from fieldnotes.domain.records import Copy, Reason
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.people import settle_persons
from fieldnotes.operations.revising import removal
from fieldnotes.operations.succession import confirm_new_key
from fieldnotes.store import library as libraries
from fieldnotes.store.database import rows
from fieldnotes.store.joining import joining
from fieldnotes.store.others import said
from tests.property.histories import AUTHORS, a_history, author, copies_of

SEEDS = st.integers(0, 2**32)
Edge = tuple[int, int]  # numbers of authors: the old key, the new one
EDGES: tuple[Edge, ...] = ((0, 1), (1, 2), (2, 1))
edges = st.sets(st.sampled_from(EDGES), max_size=2)
MARKETING, OTHERS = AUTHORS, AUTHORS + 1  # whose libraries these are


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterable[list[Notebook]]:
    """Two libraries whose owners know everybody; their word counts in their own."""
    from fieldnotes.operations.notebook import open_notebook
    from tests.builders import TickingClock

    opened = []
    for owner in (MARKETING, OTHERS):
        folder: Path = tmp_path_factory.mktemp("library") / "one"
        libraries.make(folder, author(owner))
        notebook = open_notebook(
            folder, clock=TickingClock(), machine_folder=folder.with_name("machine")
        )
        know_everybody(notebook)
        opened.append(notebook)
    yield opened
    for notebook in opened:
        notebook.close()


@contextmanager
def passing(*notebooks: Notebook) -> Iterator[None]:
    """Whatever is written meanwhile is not there afterwards."""
    with suppress(_Over), ExitStack() as stack:
        for notebook in notebooks:
            stack.enter_context(notebook.library.transaction())
        yield
        raise _Over


class _Over(Exception):
    """An example ends here."""


def know_everybody(notebook: Notebook) -> None:
    with notebook.library.transaction():
        for number in range(AUTHORS):
            notebook.library.people.put(author(number).card, Standing.KNOWN)


def accept(notebook: Notebook, edge: Edge) -> None:
    confirm_new_key(notebook, author(edge[0]).author, author(edge[1]).author, lost=False)


def withdraw(notebook: Notebook, edge: Edge) -> None:
    """Whoever said so says that it is not so; it may never have been said."""
    records, told = notebook.library.records, (author(edge[0]).author, author(edge[1]).author)
    with notebook.library.transaction():
        for each in said(records, succession.TYPE):
            claim = succession.from_fields(each.fields, each.author)
            if claim is not None and claim.edge == told:
                history = records.history(each.id, each.author)
                gone = removal(notebook, succession.TYPE, each.id, history, Reason.WRONG)
                records.put(each.id, [gone])
        settle_persons(notebook)


def bring(notebook: Notebook, copies: list[Copy], *, at_once: bool) -> None:
    """As a file brings them, each key's versions by themselves."""
    by_key: dict[tuple[str, str], list[Copy]] = {}
    for copy in copies:
        by_key.setdefault((copy.revision.id, copy.revision.author), []).append(copy)
    with notebook.library.transaction():
        if at_once:
            with joining(notebook.library.records, 3) as many:
                list(many.put(iter(by_key.values())))
        else:
            for (record_id, _), several in by_key.items():
                notebook.library.records.put(record_id, several)
        settle_persons(notebook)


def persons(accepted: Iterable[Edge]) -> list[frozenset[str]]:
    """Who is one person, each by their keys: told plainly."""
    groups = [{number} for number in range(AUTHORS)]
    for old, new in accepted:
        one, other = (next(group for group in groups if key in group) for key in (old, new))
        if one is not other:
            one |= other
            groups.remove(other)
    return [frozenset(author(number).author for number in group) for group in groups]


def asked_for(copies: list[Copy], accepted: Iterable[Edge]) -> list[merge.History]:
    """One history for each person, in no order."""
    found = []
    for keys in persons(accepted):
        own = [copy for copy in copies if copy.revision.author in keys]
        if own:
            found.append(merge.join({}, own))
    return found


def held(notebook: Notebook, record_id: str) -> list[Mapping[str, Copy]]:
    """The histories that are held under an id, one for each row."""
    sql = (
        "SELECT p.author FROM facts f JOIN people p ON p.no = f.author WHERE f.id = ?"
        " ORDER BY f.note_no"
    )
    number = bytes.fromhex(record_id.replace("-", ""))
    keys = [key.hex() for (key,) in rows(notebook.library.connection, sql, number)]
    return [notebook.library.records.history(record_id, key) for key in keys]


def same(one: Iterable[Mapping[str, Copy]], other: Iterable[Mapping[str, Copy]]) -> bool:
    """The same histories, each once."""
    first, second = ([dict(each) for each in several] for several in (one, other))
    return len(first) == len(second) and all(each in second for each in first)


@settings(max_examples=80)
@given(SEEDS, edges, st.booleans())
def test_versions_and_who_is_who_join_in_any_order(
    two: list[Notebook], seed: int, accepted: set[Edge], at_once: bool
) -> None:
    chance, told = random.Random(seed), a_history(seed)
    copies = copies_of(told, seed)
    events: list[Edge | Copy] = [*accepted, *copies]
    chance.shuffle(events)
    with passing(two[0]):
        for event in events:
            if isinstance(event, Copy):
                bring(two[0], [event], at_once=at_once)
            else:
                accept(two[0], event)
        assert same(held(two[0], told.id), asked_for(copies, accepted))


@settings(max_examples=80)
@given(SEEDS, edges, edges, st.booleans())
def test_what_was_withdrawn_leaves_what_was_there_without_it(
    two: list[Notebook], seed: int, accepted: set[Edge], withdrawn: set[Edge], at_once: bool
) -> None:
    """But for what was erased, which does not come back."""
    chance, told = random.Random(seed), a_history(seed)
    copies = [copy for copy in copies_of(told, seed) if not copy.revision.erased]
    half = chance.randint(0, len(copies))
    with passing(two[0]):
        for edge in accepted | withdrawn:
            accept(two[0], edge)
        bring(two[0], copies[:half], at_once=at_once)
        for edge in withdrawn:
            withdraw(two[0], edge)
        bring(two[0], copies[half:], at_once=at_once)
        assert same(held(two[0], told.id), asked_for(copies, accepted - withdrawn))
        for edge in EDGES:
            withdraw(two[0], edge)
        assert same(held(two[0], told.id), asked_for(copies, ()))


@settings(max_examples=25)
@given(st.lists(SEEDS, min_size=1, max_size=4, unique=True), edges)
def test_two_libraries_say_the_same_and_check_as_whole(
    two: list[Notebook], seeds: list[int], accepted: set[Edge]
) -> None:
    """One heard of the keys first and reads in one by one, the other last and all at once."""
    copies = [copy for seed in seeds for copy in copies_of(a_history(seed), seed)]
    first, second = two
    with passing(first, second):
        for edge in accepted:
            accept(first, edge)
        for copy in copies:
            bring(first, [copy], at_once=False)
        bring(second, copies[::-1], at_once=True)
        for edge in accepted:
            accept(second, edge)
        notes = [digest_of_notes(notebook) for notebook in two]
        assert notes[0] == notes[1]
        assert problems(first) == problems(second) == []
        for edge in EDGES:
            withdraw(first, edge)
        assert problems(first) == []


def digest_of_notes(notebook: Notebook) -> str:
    """As `check` prints it, without the claims, which are each library's own."""
    kept = [row for row in notebook.library.records.currents() if b'"type":"note"' in row[3]]
    return hashlib.sha256(repr([(row[0], row[2]) for row in kept]).encode()).hexdigest()


def problems(notebook: Notebook) -> list[str]:
    return check_library(notebook).problems


def test_a_stranger_s_versions_stay_a_record_of_their_own(two: list[Notebook]) -> None:
    kept = (told for told in map(a_history, range(100)) if not any_erased(told.copies))
    told = next(told for told in kept if len({copy.revision.author for copy in told.copies}) == 3)
    with passing(two[0]):
        accept(two[0], (0, 1))
        bring(two[0], told.copies, at_once=True)
        one, other = held(two[0], told.id)
        by_whom = [{copy.revision.author for copy in each.values()} for each in (one, other)]
        assert sorted(by_whom, key=len) == [
            {author(2).author},
            {author(0).author, author(1).author},
        ]


def any_erased(copies: list[Copy]) -> bool:
    return any(copy.revision.erased for copy in copies)
