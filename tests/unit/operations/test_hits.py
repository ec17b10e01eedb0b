"""Every hit in the order of the list, and which of them stand together."""

from __future__ import annotations

from fieldnotes.domain.query_text import parse_query
from fieldnotes.operations.glances import find_glances, glances_at
from fieldnotes.operations.hits import Grouping, Hits, Order, all_hits, day_of
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import draft_of, edit_note, put_note
from fieldnotes.operations.vocabulary import merge_names
from tests.builders import a_note, at, found, logged


def some_notes(notebook: Notebook) -> None:
    for text, day, kind, account, competitors in (
        ("one", "2026-03-20T14:00", "win", "Halden", ("Kolvik",)),
        ("two", "2026-03-20T09:00", "objection", "Brandt", ()),
        ("three", "2026-03-20T08:00", "win", "halden", ("Kolvik", "Abel")),
        ("four", "2026-02-28T08:00", "note", "", ("Abel",)),
        ("five", "2025-12-31T23:59", "objection", "Brandt", ()),
    ):
        logged(
            notebook,
            kind=kind,
            text=text,
            account=account,
            competitors=competitors,
            happened=at(day),
        )


def told(notebook: Notebook, hits: Hits, query: str = "") -> list[str]:
    glances = glances_at(notebook, list(hits.places), parse_query(query))
    return [glance.title for glance in glances]


def groups(notebook: Notebook, hits: Hits) -> list[tuple[str, list[str]]]:
    ends = [*hits.starts[1:], len(hits.places)]
    titles = told(notebook, hits)
    names = [hits.names[key] for key in hits.named] or [""] * len(hits.starts)
    return [(name, titles[a:b]) for name, a, b in zip(names, hits.starts, ends, strict=True)]


def test_every_hit_stands_where_the_pages_have_it(seller: Notebook) -> None:
    some_notes(seller)
    places = [note.place for note in find_glances(seller, parse_query("")).notes]
    assert list(all_hits(seller, parse_query("")).places) == places
    hits = all_hits(seller, parse_query("kind:win"))
    assert told(seller, hits, "kind:win") == ["one", "three"]


def test_the_found_words_are_marked_in_rows_by_their_place(seller: Notebook) -> None:
    some_notes(seller)
    query = parse_query("three")
    glance, *others = glances_at(seller, all_hits(seller, query).places, query)
    assert (glance.title_marks, others) == (((0, 5),), [])


def test_days_and_months_begin_where_the_places_say(seller: Notebook) -> None:
    some_notes(seller)
    query = parse_query("")
    assert list(all_hits(seller, query).starts) == [0, 3, 4]
    assert list(all_hits(seller, query, Order.OLDEST).starts) == [0, 1, 2]
    assert list(all_hits(seller, query, grouping=Grouping.MONTH).starts) == [0, 3, 4]
    oldest = all_hits(seller, query, Order.OLDEST, Grouping.MONTH)
    assert list(oldest.starts) == [0, 1, 2]
    assert told(seller, oldest) == ["five", "four", "three", "two", "one"]


def test_days_before_1970_are_days_as_well(seller: Notebook) -> None:
    for when in ("1969-12-31T23:00", "1969-12-31T01:00", "1970-01-01T00:30", "0001-01-02"):
        logged(seller, text=when, happened=at(when))
    hits = all_hits(seller, parse_query(""))
    assert list(hits.starts) == [0, 1, 3]
    assert [day_of(hits.places[start]) for start in hits.starts][:2] == [0, -1]


def test_the_last_changed_comes_first(seller: Notebook) -> None:
    some_notes(seller)
    edit_note(
        seller, found(seller, "four")[0], a_note(text="four again", happened=at("2026-02-28"))
    )
    hits = all_hits(seller, parse_query(""), Order.CHANGED)
    assert told(seller, hits) == ["four again", "five", "three", "two", "one"]
    assert not hits.starts


def test_accounts_stand_from_a_to_z_in_any_spelling(seller: Notebook) -> None:
    some_notes(seller)
    hits = all_hits(seller, parse_query(""), grouping=Grouping.ACCOUNT)
    shown = [(name.casefold(), notes) for name, notes in groups(seller, hits)]
    assert shown == [("brandt", ["two", "five"]), ("halden", ["one", "three"]), ("", ["four"])]
    by_account = all_hits(seller, parse_query(""), Order.ACCOUNT)
    assert by_account.places == hits.places
    assert not by_account.starts


def test_names_that_mean_the_same_are_one_group(seller: Notebook) -> None:
    some_notes(seller)
    merge_names(seller, "account", "Brandt", "Halden")
    hits = all_hits(seller, parse_query(""), grouping=Grouping.ACCOUNT)
    assert [len(notes) for _, notes in groups(seller, hits)] == [4, 1]


def test_a_note_stands_under_every_competitor_that_it_names(seller: Notebook) -> None:
    some_notes(seller)
    hits = all_hits(seller, parse_query(""), grouping=Grouping.COMPETITOR)
    assert groups(seller, hits) == [
        ("Abel", ["three", "four"]),
        ("Kolvik", ["one", "three"]),
        ("", ["two", "five"]),
    ]
    wins = all_hits(seller, parse_query("kind:win"), Order.OLDEST, Grouping.COMPETITOR)
    assert groups(seller, wins) == [("Abel", ["three"]), ("Kolvik", ["three", "one"])]


def test_kinds_stand_in_their_order(seller: Notebook) -> None:
    some_notes(seller)
    hits = all_hits(seller, parse_query(""), grouping=Grouping.KIND)
    assert groups(seller, hits) == [
        ("objection", ["two", "five"]),
        ("win", ["one", "three"]),
        ("note", ["four"]),
    ]


def test_a_meeting_is_one_account_on_one_day(seller: Notebook) -> None:
    some_notes(seller)
    hits = all_hits(seller, parse_query(""), grouping=Grouping.MEETING)
    shown = [(name.casefold(), notes) for name, notes in groups(seller, hits)]
    assert shown == [
        ("halden", ["one", "three"]),
        ("brandt", ["two"]),
        ("", ["four"]),
        ("brandt", ["five"]),
    ]


def test_what_waits_is_among_the_hits_in_its_new_state(seller: Notebook) -> None:
    some_notes(seller)
    two, five = found(seller, "two")[0], found(seller, "five")[0]
    put_note(seller, draft_of(seller, two, a_note(text="two moved", happened=at("2026-04-01"))))
    put_note(seller, draft_of(seller, five, a_note(text="5", happened=at("2025-12-31T23:59"))))
    assert len(seller.library.outbox.waiting()) == 2
    hits = all_hits(seller, parse_query(""))
    assert told(seller, hits) == ["two moved", "one", "three", "four", "5"]
    pages = [note.place for note in find_glances(seller, parse_query("")).notes]
    assert pages == list(hits.places)
    for order in Order:
        for grouping in Grouping:
            shown = told(seller, all_hits(seller, parse_query(""), order, grouping))
            assert sorted(set(shown)) == ["5", "four", "one", "three", "two moved"]
    assert told(seller, all_hits(seller, parse_query("five"))) == []


def test_a_place_that_is_empty_by_now_is_left_out(seller: Notebook) -> None:
    some_notes(seller)
    places = all_hits(seller, parse_query("")).places
    assert [g.title for g in glances_at(seller, [places[0], 5, places[1]], parse_query(""))] == [
        "one",
        "two",
    ]
