"""Names as they were written: one number each, found whatever their case."""

from __future__ import annotations

from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.search import count_names, names_to_complete, names_used
from fieldnotes.store.names import Names
from tests.builders import at, found, logged


def test_a_name_keeps_its_number(seller: Notebook) -> None:
    with seller.library.transaction():
        first = seller.library.names.number("tag", "pricing")
        assert seller.library.names.number("tag", "pricing") == first
        assert seller.library.names.number("account", "pricing") != first
    assert Names(seller.library.connection).number("tag", "pricing") == first
    assert seller.library.names.written(first) == "pricing"
    assert seller.library.names.written(None) == ""


def test_a_number_given_in_vain_is_forgotten(seller: Notebook) -> None:
    names = seller.library.names
    try:
        with seller.library.transaction():
            names.number("tag", "never")
            raise KeyboardInterrupt
    except KeyboardInterrupt:
        pass
    assert names.like("tag", "never", prefix=False) == []
    with seller.library.transaction():
        number = names.number("tag", "another")
    assert names.written(number) == "another"


def test_spellings_are_kept_and_found_together(seller: Notebook) -> None:
    spelt = ("Öst  Kabel", "ÖST KABEL", "öst kabel", "Öst  Kabel")
    notes = [logged(seller, account=name) for name in spelt]
    other = logged(seller, account="Öst Kabelwerk")
    assert names_used(seller, "account") == [("Öst  Kabel", 4), ("Öst Kabelwerk", 1)]
    assert count_names(seller, "account") == 2
    assert set(found(seller, 'account:"öst kabel"')) == set(notes)
    assert set(found(seller, 'account:"öst kabel"*')) == {*notes, other}
    assert set(found(seller, "account:öst*")) == {*notes, other}


def test_two_spellings_in_one_note_count_once(seller: Notebook) -> None:
    logged(seller, tags=["Pricing", "pricing"])
    logged(seller, tags=["pricing", "support"])
    assert names_used(seller, "tag") == [("pricing", 2), ("support", 1)]


def test_names_are_listed_by_how_often_they_are_used(seller: Notebook) -> None:
    for tags in (["a", "b"], ["b"], ["b", "c"]):
        logged(seller, tags=tags)
    assert names_used(seller, "tag") == [("b", 3), ("a", 1), ("c", 1)]


def test_a_name_that_is_used_twice_in_a_note_counts_once(seller: Notebook) -> None:
    logged(seller, tags=["pricing", "pricing"])
    assert names_used(seller, "tag") == [("pricing", 1)]


def test_names_used_lately_are_completed_before_those_of_long_ago(seller: Notebook) -> None:
    for day in ("2024-05-01", "2024-05-02", "2024-05-03"):
        logged(seller, tags=["old"], happened=at(day))
    logged(seller, tags=["fresh"], happened=at("2026-03-02"))
    assert names_to_complete(seller, "tag") == [("fresh", 1), ("old", 3)]
