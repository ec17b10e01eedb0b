"""Every line of the big list of naughty strings, as a search, as a tag and as a name.

The list is a package that `packaging/set-up test` fetches.
"""

from __future__ import annotations

import json
import sys
import tarfile
from pathlib import Path

import pytest

from fieldnotes.domain.query import Not, leaves
from fieldnotes.domain.query_text import as_typed, parse_query, quoted, read_query
from fieldnotes.domain.words import fold, words_of
from fieldnotes.operations.glances import find_glances
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.search import count_notes, names_used
from tests.builders import found, logged

PACKAGE = Path(sys.prefix, "vectors", "blns.tgz")


def naughty() -> list[str]:
    with tarfile.open(PACKAGE) as package:
        listed = package.extractfile("package/resources/blns.json")
        assert listed is not None
        lines = json.load(listed)
    return [line for line in dict.fromkeys(lines) if line.replace("\0", " ").strip()]


NAUGHTY = naughty()


def _says_not(text: str) -> bool:
    terms = parse_query(text).terms
    return any(isinstance(term, Not) for term in terms)


def _is_filter(text: str) -> bool:
    return any(
        type(leaf).__name__ != "Words" for term in parse_query(text).terms for leaf in leaves(term)
    )


@pytest.fixture
def held(seller: Notebook) -> tuple[Notebook, dict[str, str]]:
    """A note for each line, which is its text, its tag and its account."""
    return seller, {
        line: logged(seller, text=f"They said: {line}", tags=[line], account=line)
        for line in NAUGHTY
    }


def test_the_list_is_the_one_that_was_meant() -> None:
    assert len(NAUGHTY) > 450
    assert all(line.encode() for line in NAUGHTY)


def test_each_line_finds_itself(held: tuple[Notebook, dict[str, str]]) -> None:
    """As it stands where it says no NOT and no filter, and as a phrase always."""
    notebook, notes = held
    as_they_stand = 0
    for line, note in notes.items():
        for query in (parse_query(line), as_typed(line)):
            count = count_notes(notebook, query)
            assert len(find_glances(notebook, query, limit=1_000).notes) == count
        if not (_says_not(line) or _is_filter(line)):
            as_they_stand += 1
            assert note in found(notebook, line), line
        phrase = quoted(line)
        assert read_query(phrase).troubles == (), line
        if words_of(line):
            assert note in found(notebook, phrase), line
    assert as_they_stand > 0.97 * len(notes)


@pytest.mark.parametrize("family", ["tag", "account"])
def test_each_line_is_a_name(held: tuple[Notebook, dict[str, str]], family: str) -> None:
    notebook, notes = held
    for line, note in notes.items():
        same = {other for text, other in notes.items() if fold(text) == fold(line)}
        assert note in found(notebook, f"{family}:{quoted(line)}"), line
        assert set(found(notebook, f"{family}:{quoted(line)}")) == same, line
    used = {fold(name) for name, _ in names_used(notebook, family)}
    assert used == {fold(line) for line in notes}
