"""What names mean follows from everybody's entries, in one way."""

from __future__ import annotations

import pytest

from fieldnotes.domain.vocabulary import (
    LAST_TURN,
    Entry,
    Meaning,
    Stated,
    from_fields,
    resolve,
    to_fields,
)


def said(
    number: int, name: str, *aliases: str, turn: int = 1, apart: tuple[str, ...] = ()
) -> Stated:
    return Stated(f"record {number}", "somebody", Entry("tag", name, aliases, apart, turn))


def means(*stated: Stated) -> dict[str, str]:
    return {key: meaning.name for key, meaning in resolve(stated).items()}


def test_an_alias_means_what_its_entry_says() -> None:
    assert means(said(1, "Price", "pricing", "Preis")) == {
        "price": "Price",
        "pricing": "Price",
        "preis": "Price",
    }


def test_aliases_are_followed_from_entry_to_entry() -> None:
    assert set(means(said(1, "b", "a"), said(2, "c", "b"), said(3, "d", "c")).values()) == {"d"}


def test_aliases_of_a_cycle_resolve_to_the_smallest_id() -> None:
    two = (said(2, "a", "b"), said(1, "b", "a"))
    assert means(*two) == {"a": "b", "b": "b"}
    three = (said(3, "a", "c"), said(1, "b", "a"), said(2, "c", "b"))
    assert set(means(*three).values()) == {"b"}


def test_who_spoke_last_knowing_of_the_others_is_heard() -> None:
    first, second = said(1, "a", "x"), said(2, "b", "x", turn=2)
    assert means(first, second)["x"] == "b"
    assert means(said(1, "a", "b"), said(2, "b", "a", turn=2)) == {"a": "b", "b": "b"}


def test_of_two_that_did_not_know_of_each_other_the_smaller_id_is_heard() -> None:
    assert means(said(2, "b", "x"), said(1, "a", "x"))["x"] == "a"


def test_one_alias_of_two_names_does_not_make_them_the_same() -> None:
    meanings = means(said(1, "Microsoft", "MS"), said(2, "Morgan Stanley", "MS"))
    assert meanings["microsoft"] != meanings["morgan stanley"]


def test_apart_takes_away_what_was_said_before() -> None:
    before, after = said(1, "a", "b"), said(2, "a", apart=("b",), turn=2)
    assert means(before, after) == {"a": "a", "b": ""}
    assert resolve([before, after])["b"] == Meaning("b")
    assert means(said(1, "a", "b", turn=3), after) == {"a": "a", "b": "a"}


def test_a_name_is_written_as_the_strongest_entry_writes_it() -> None:
    assert means(said(1, "ACME"), said(2, "Acme", turn=2)) == {"acme": "Acme"}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"family": "kind", "name": "win"},
        {"family": "tag", "name": "  "},
        {"family": "tag", "name": 3},
        {"family": ["tag"], "name": "a"},
    ],
)
def test_what_is_no_entry_says_nothing(fields: dict[str, object]) -> None:
    assert from_fields(fields) is None


def test_what_is_no_name_or_turn_in_an_entry_is_passed_over() -> None:
    told = {"family": "tag", "name": "a", "aliases": ["b", 3, ""], "apart": "c", "turn": 2**40}
    assert from_fields(told) == Entry("tag", "a", ("b",))


def test_an_entry_comes_back_from_its_fields() -> None:
    entry = Entry("account", "Kolvik", ("Kolvik GmbH",), ("Kolvig",), LAST_TURN)
    assert from_fields(to_fields(entry)) == entry
