"""The merge is a join: order and repetition cannot matter, and nothing but the erased is lost."""

from __future__ import annotations

import random
from collections.abc import Iterable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fieldnotes.domain import merge
from fieldnotes.domain.canonical import parse
from fieldnotes.domain.markings import marking, strictest
from fieldnotes.domain.merge import Word
from fieldnotes.domain.people import Standing
from fieldnotes.domain.records import Copy, digest_of, from_object, to_line
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.notebook import Notebook
from tests.builders import Opener
from tests.property.histories import AUTHORS, Told, a_history, author, copies_of

SEEDS = st.integers(0, 2**32)
HISTORIES = settings(max_examples=1000)


def joined(copies: Iterable[Copy]) -> dict[str, Copy]:
    return merge.join({}, copies)


def told_of(history: merge.History) -> object:
    """Everything that somebody sees of a history."""
    if not history:
        return None
    return (
        merge.current(history).name,
        merge.view(history, merge.current(history)),
        [copy.name for copy in merge.heads(history)],
        merge.edited_twice(history),
        {name: merge.view(history, copy) for name, copy in history.items()},
        {name: dict(copy.tight) for name, copy in history.items()},
    )


@HISTORIES
@given(SEEDS)
def test_joining_the_same_again_changes_nothing(seed: int) -> None:
    copies = copies_of(a_history(seed), seed)
    once = joined(copies)
    assert merge.join(once, copies) == once
    assert merge.join(once, once.values()) == once


@HISTORIES
@given(SEEDS)
def test_order_and_repetition_do_not_matter(seed: int) -> None:
    copies = copies_of(a_history(seed), seed)
    shuffled = copies * 2
    random.Random(seed + 1).shuffle(shuffled)
    assert joined(shuffled) == joined(copies)
    assert told_of(joined(shuffled)) == told_of(joined(copies))


@HISTORIES
@given(SEEDS)
def test_it_does_not_matter_who_joined_what_first(seed: int) -> None:
    copies = copies_of(a_history(seed), seed)
    third = len(copies) // 3
    a, b, c = (joined(part) for part in (copies[:third], copies[third:-third], copies[-third:]))
    if not third:
        return
    left = merge.join(merge.join(a, b.values()), c.values())
    right = merge.join(a, merge.join(b, c.values()).values())
    assert left == right == merge.join(merge.join(c, a.values()), b.values()) == joined(copies)


@HISTORIES
@given(SEEDS)
def test_nothing_but_the_erased_is_lost(seed: int) -> None:
    copies = copies_of(a_history(seed), seed)
    history = joined(copies)
    erased = any(copy.revision.erased for copy in copies)
    names = {copy.name for copy in copies if copy.revision.erased or not erased}
    assert history.keys() == names


@HISTORIES
@given(SEEDS)
def test_whoever_holds_a_value_shows_it(seed: int) -> None:
    told = a_history(seed)
    copies = copies_of(told, seed)
    history = joined(copies)
    held = {
        (name, copy.revision.digests[name])
        for copy in copies
        if copy.name in history
        for name in copy.values
    }
    for copy in history.values():
        shown = merge.view(history, copy)
        digests = copy.revision.digests
        expected = {name for name, digest in digests.items() if (name, digest) in held}
        assert shown == {name: told.values[name, digests[name]] for name in expected}


@HISTORIES
@given(SEEDS)
def test_a_masked_copy_never_takes_a_value_away(seed: int) -> None:
    copies = copies_of(a_history(seed), seed)
    history: dict[str, Copy] = {}
    for copy in copies:
        before = {name: set(merge.view(history, each)) for name, each in history.items()}
        history = merge.join(history, [copy])
        for name, shown in before.items():
            assert name not in history or shown <= set(merge.view(history, history[name]))


@HISTORIES
@given(SEEDS)
def test_every_shown_value_can_be_proved(seed: int) -> None:
    history = joined(copies_of(a_history(seed), seed))
    for copy in history.values():
        whole = merge.completed(history, copy)
        assert whole.values == merge.view(history, copy)
        for name, value in whole.values.items():
            assert digest_of(whole.salt(name), name, value) == copy.revision.digests[name]
        assert to_line(from_object(parse(to_line(whole)))) == to_line(whole)


@HISTORIES
@given(SEEDS)
def test_a_relay_can_only_tighten(seed: int) -> None:
    copies = copies_of(a_history(seed), seed)
    for name, copy in joined(copies).items():
        said = [each.tight for each in copies if each.name == name]
        for field, mark in copy.tight.items():
            layers = [marking(tight[field]) for tight in said if field in tight]
            assert marking(mark) is strictest(layers)
        assert copy.tight.keys() == {field for tight in said for field in tight}


@HISTORIES
@given(SEEDS)
def test_current_is_the_largest_whatever_lineage_says(seed: int) -> None:
    history = joined(copies_of(a_history(seed), seed))
    if history:
        top = merge.current(history)
        assert all(
            merge.order(copy.revision) <= merge.order(top.revision) for copy in history.values()
        )


@HISTORIES
@given(SEEDS)
def test_an_honest_history_ends_in_the_versions_nobody_built_on(seed: int) -> None:
    told = a_history(seed, liars=False)
    history = joined(told.copies)
    if any(copy.revision.erased for copy in told.copies):
        return
    built_on = {name for copy in told.copies for name in copy.revision.lineage}
    ends = {copy.name for copy in told.copies} - built_on
    assert {copy.name for copy in merge.heads(history)} == ends | {merge.current(history).name}


# --- words ------------------------------------------------------------------------------------


def naive_word(ours: list[Copy], theirs: list[Copy]) -> Word:
    """The words as they are explained to people, computed the long way."""
    before, after = joined(ours), joined(ours + theirs)
    if not before:
        return Word.REMOVED if merge.current(after).revision.removed else Word.NEW
    old, new = merge.current(before), merge.current(after)
    if any(name not in before for name in after):
        if new.revision.removed and not old.revision.removed:
            return Word.REMOVED
        if not new.revision.removed and len(_ends(after)) > 1 and _ends(after) - _ends(before):
            return Word.EDITED_TWICE
        return Word.UPDATED if new.name != old.name else Word.OLDER
    if any(after[name].values.keys() > before[name].values.keys() for name in after):
        return Word.FULLER
    known = {copy.name for copy in theirs} & _ends(before)
    return Word.UNCHANGED if known else Word.OLDER


def _ends(history: merge.History) -> set[str]:
    built_on = {name for copy in history.values() for name in copy.revision.lineage}
    return (set(history) - built_on) | {merge.current(history).name}


@HISTORIES
@given(SEEDS)
def test_words_are_those_of_the_naive_model(seed: int) -> None:
    copies = copies_of(a_history(seed), seed)
    for cut in range(len(copies)):
        ours, theirs = copies[:cut], copies[cut:]
        assert merge.word(joined(ours), theirs) is naive_word(ours, theirs)


@HISTORIES
@given(SEEDS)
def test_what_was_joined_once_is_unchanged_or_older(seed: int) -> None:
    copies = copies_of(a_history(seed), seed)
    history = joined(copies)
    for copy in history.values():
        assert merge.word(history, [copy]) in (Word.UNCHANGED, Word.OLDER)


@pytest.mark.parametrize("word", list(Word))
def test_every_word_but_not_accepted_happens(word: Word) -> None:
    said = set()
    for seed in range(400):
        copies = copies_of(a_history(seed), seed)
        said |= {merge.word(joined(copies[:cut]), copies[cut:]) for cut in range(len(copies))}
    assert (word in said) is (word is not Word.NOT_ACCEPTED)


# --- through the store ------------------------------------------------------------------------


def know_everybody(notebook: Notebook) -> None:
    with notebook.library.transaction():
        for number in range(AUTHORS):
            notebook.library.people.put(author(number).card, Standing.KNOWN)


def put(notebook: Notebook, told: Told, copies: list[Copy]) -> None:
    with notebook.library.transaction():
        for copy in copies:
            notebook.library.records.put(told.id, [copy])


def test_three_libraries_agree_whatever_the_order(notebooks: Opener) -> None:
    libraries = [notebooks(f"Reader {number}") for number in range(3)]
    for notebook in libraries:
        know_everybody(notebook)

    @settings(max_examples=150)
    @given(SEEDS)
    @example(0)
    def agree(seed: int) -> None:
        told = a_history(seed)
        copies = copies_of(told, seed)
        for number, notebook in enumerate(libraries):
            mine = copies * (1 + number)
            random.Random(seed + number).shuffle(mine)
            put(notebook, told, mine)
        for author_id in {copy.revision.author for copy in copies}:
            theirs = [copy for copy in copies if copy.revision.author == author_id]
            histories = [n.library.records.history(told.id, author_id) for n in libraries]
            assert histories[0] == histories[1] == histories[2]
            assert told_of(histories[0]) == told_of(joined(theirs))

    agree()
    checked = [check_library(notebook) for notebook in libraries]
    assert [each.problems for each in checked] == [[], [], []]
    assert len({each.digest for each in checked}) == 1
    assert len({each.content for each in checked}) == 1
    assert checked[0].records > 100


def test_the_same_again_writes_no_version(notebooks: Opener) -> None:
    notebook = notebooks("Reader")
    know_everybody(notebook)
    for seed in range(60):
        told = a_history(seed)
        put(notebook, told, copies_of(told, seed))
    before = notebook.library.connection.total_changes
    for seed in range(60):
        told = a_history(seed)
        put(notebook, told, copies_of(told, seed))
    assert notebook.library.connection.total_changes == before
