"""Searches are saved, renamed, moved and taken away, and stay with who saved them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fieldnotes.domain.markings import Audience
from fieldnotes.domain.saved_searches import GAP, NoSuchSearch, from_fields
from fieldnotes.domain.selections import Selection
from fieldnotes.errors import IncompleteDraft
from fieldnotes.operations.changes import Done
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.saved_searches import (
    change_query,
    list_searches,
    move_search,
    remove_search,
    rename_search,
    save_search,
)
from fieldnotes.operations.sending_plans import plan_sending
from tests.builders import an_exchange, logged


def three(notebook: Notebook) -> list[str]:
    return [save_search(notebook, name, f"tag:{name}").result for name in ("a", "b", "c")]


def shown(notebook: Notebook) -> list[str]:
    return [view.search.name for view in list_searches(notebook)]


def undone(notebook: Notebook, done: Done[str]) -> None:
    assert done.undo is not None
    done.undo.back(notebook)


def test_a_search_is_saved_below_the_others(seller: Notebook) -> None:
    three(seller)
    assert [(v.search.name, v.search.query) for v in list_searches(seller)] == [
        ("a", "tag:a"),
        ("b", "tag:b"),
        ("c", "tag:c"),
    ]


def test_the_same_search_again_changes_nothing(seller: Notebook) -> None:
    first = three(seller)[0]
    done = save_search(seller, "other", "tag:a")
    assert done.result == first
    assert not done.changes
    assert shown(seller) == ["a", "b", "c"]


@pytest.mark.parametrize(("name", "query"), [("", "tag:a"), ("a", " ")])
def test_a_search_needs_a_name_and_something_to_look_for(
    seller: Notebook, name: str, query: str
) -> None:
    with pytest.raises(IncompleteDraft):
        save_search(seller, name, query)
    assert shown(seller) == []


@pytest.mark.parametrize(
    ("which", "place", "after"),
    [(0, 2, "bca"), (2, 0, "cab"), (1, 0, "bac"), (0, 9, "bca"), (1, -3, "bac"), (1, 1, "abc")],
)
def test_a_search_is_moved_and_back(seller: Notebook, which: int, place: int, after: str) -> None:
    done = move_search(seller, three(seller)[which], place)
    assert "".join(shown(seller)) == after
    if done.undo:
        undone(seller, done)
    assert "".join(shown(seller)) == "abc"


def test_moving_goes_on_where_no_number_is_left_between_two(seller: Notebook) -> None:
    first, _, last = three(seller)
    for _ in range(40):
        move_search(seller, last, 1)
        move_search(seller, first, 1)
        first, last = last, first
    orders = [view.search.order for view in list_searches(seller)]
    assert orders == sorted(set(orders))
    assert max(orders) < 100 * GAP


@pytest.mark.parametrize(
    "change",
    [
        lambda notebook, each: rename_search(notebook, each, "Another"),
        lambda notebook, each: change_query(notebook, each, "kind:win"),
        remove_search,
    ],
)
def test_every_change_can_be_undone(
    seller: Notebook, change: Callable[[Notebook, str], Done[str]]
) -> None:
    each = three(seller)[1]
    before = list_searches(seller)
    done = change(seller, each)
    assert done.changes.searches
    assert done.changes.notes == frozenset()
    assert list_searches(seller) != before
    undone(seller, done)
    assert list_searches(seller) == before


def test_what_is_gone_is_refused_in_plain_words(seller: Notebook) -> None:
    each = three(seller)[0]
    remove_search(seller, each)
    with pytest.raises(NoSuchSearch):
        rename_search(seller, each, "b")


def test_searches_go_into_no_file_for_others(seller: Notebook, marketer: Notebook) -> None:
    three(seller)
    logged(seller)
    exchange = an_exchange(seller, marketer)
    assert exchange.words == {"new": 1}
    assert shown(marketer) == []


def test_they_go_along_to_the_owners_other_laptop(seller: Notebook) -> None:
    three(seller)
    plan = plan_sending(seller, Selection(audience=Audience.MYSELF))
    assert sorted(item.heading for item in plan.items) == ["a", "b", "c"]
    assert not any(item.hidden or item.not_sent for item in plan.items)


def test_fields_of_another_shape_count_as_absent() -> None:
    found = from_fields({"name": 3, "query": ["x"], "order": True})
    assert (found.name, found.query, found.order) == ("", "", 0)
