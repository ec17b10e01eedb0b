"""What fits best comes first."""

from __future__ import annotations

from fieldnotes.domain.query_text import parse_query
from fieldnotes.operations.notebook import Notebook
from fieldnotes.store import relevance, search
from tests.builders import logged


def best(notebook: Notebook, text: str) -> list[str]:
    records = notebook.library.records
    query = parse_query(text)
    places = relevance.best_first(records, query, search.every(records, query))
    return [view.id for view in records.views(list(places))]


def test_a_word_in_the_title_and_said_often_fits_best(seller: Notebook) -> None:
    filler = "They wait for spring and ask again. " * 8
    once = logged(seller, text=f"Their discount. {filler}")
    often = logged(seller, text="Discount after discount after discount.")
    titled = logged(seller, title="The discount", text="A discount, and what it was for.")
    beside = logged(seller, text=filler, answer="No discount.")
    assert best(seller, "discount") == [titled, often, once, beside]


def test_the_rarer_word_weighs_more(seller: Notebook) -> None:
    for _ in range(20):
        logged(seller, text="night shift")
    rare = logged(seller, text="crane crane night")
    common = logged(seller, text="crane night night")
    assert best(seller, "night crane")[:2] == [rare, common]


def test_phrases_and_beginnings_count_as_such(seller: Notebook) -> None:
    apart = logged(seller, text="night for a shift and a night shift")
    together = logged(seller, text="night shift after night shift")
    assert best(seller, '"night shift"') == [together, apart]
    assert best(seller, "shif*") == [together, apart]


def test_without_words_the_newest_stay_first(seller: Notebook) -> None:
    first, second = logged(seller, kind="win"), logged(seller, kind="win")
    assert best(seller, "kind:win") == [second, first]
