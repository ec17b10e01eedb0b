"""Two people's vocabularies give the same meanings in any order, also malformed ones."""

from __future__ import annotations

import random
from itertools import pairwise

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fieldnotes.domain.vocabulary import FAMILIES, Entry, Stated, from_fields, names_of, resolve
from fieldnotes.operations import vocabulary
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.search import names_used
from tests.builders import Opener, an_exchange, counted, logged

NAMES = ("Acme", "acme gmbh", "ACME Inc", "Bolt", "bolt ag", "Cirrus")
names = st.sampled_from(NAMES)
entries = st.builds(
    Entry,
    family=st.just("tag"),
    name=names,
    aliases=st.lists(names, max_size=3).map(tuple),
    apart=st.lists(names, max_size=2).map(tuple),
    turn=st.integers(0, 3),
)
stated = st.builds(Stated, id=st.sampled_from("12345"), author=st.sampled_from("xy"), entry=entries)
vocabularies = st.lists(stated, max_size=8, unique_by=lambda each: (each.id, each.author))


@given(vocabularies, st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(said: list[Stated], chance: random.Random) -> None:
    shuffled = [*said, *said[:3]]
    chance.shuffle(shuffled)
    assert resolve(shuffled) == resolve(said)


@given(vocabularies)
def test_what_a_name_means_means_itself(said: list[Stated]) -> None:
    meanings = resolve(said)
    for key, meaning in meanings.items():
        assert meanings[meaning.root] == meaning
        assert key in meanings
    assert meanings.keys() == {key for each in said for key in names_of(each.entry)}


@given(vocabularies)
def test_what_nobody_joins_stays_apart(said: list[Stated]) -> None:
    """Every name is joined to its entity by a chain of entries that say so."""
    meanings = resolve(said)
    joined = {key: {key} for key in meanings}
    for each in said:
        keys = [key for key in names_of(each.entry) if key in joined]
        together = set().union(*(joined[key] for key in keys))
        for key in together:
            joined[key] = together
    assert all(meaning.root in joined[key] for key, meaning in meanings.items())


@given(
    st.dictionaries(
        st.sampled_from(["family", "name", "aliases", "apart", "turn"]),
        st.recursive(st.none() | st.integers() | st.text() | st.sampled_from(FAMILIES), st.lists),
    )
)
def test_no_fields_raise(fields: dict[str, object]) -> None:
    entry = from_fields(fields)
    assert entry is None or names_of(entry)


acts = st.lists(
    st.tuples(st.sampled_from(["rename", "merge", "also", "not", "apart"]), names, names),
    max_size=4,
)


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts, acts)
def test_two_libraries_that_exchange_their_vocabularies_agree(
    notebooks: Opener, first: list[tuple[str, str, str]], second: list[tuple[str, str, str]]
) -> None:
    number = len(list(notebooks("Seed").library.folder.parent.iterdir()))
    one, other = (notebooks(f"{name} {number}") for name in ("Wren", "Ines"))
    for notebook, each in ((one, first), (other, second)):
        for pair in pairwise(NAMES):
            logged(notebook, tags=pair)
        for act in each:
            _try(notebook, *act)
    for giver, taker in ((one, other), (other, one), (one, other)):
        an_exchange(giver, taker)
    assert _told(one) == _told(other)
    assert all(notes == hits for _, notes, hits in _told(one))
    assert check_library(one).problems == check_library(other).problems == []


def _try(notebook: Notebook, act: str, name: str, other: str) -> None:
    verbs = {
        "rename": vocabulary.rename_name,
        "merge": vocabulary.merge_names,
        "also": vocabulary.also_called,
        "not": vocabulary.not_called,
        "apart": vocabulary.not_the_same,
    }
    try:
        verbs[act](notebook, "tag", name, other)
    except vocabulary.NameRefused:
        return


def _told(notebook: Notebook) -> list[tuple[str, int, int]]:
    return [
        (name, notes, counted(notebook, f'tag:"{name}"'))
        for name, notes in names_used(notebook, "tag")
    ]
