"""The same thing said before: found while typing, and by going through the library."""

from __future__ import annotations

import random
from collections.abc import Iterable
from pathlib import Path

import pytest

from fieldnotes.domain.notes import Note
from fieldnotes.domain.records import Reason
from fieldnotes.operations.intake import take_over
from fieldnotes.operations.likeness import say_different, say_same
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.notes import edit_note, remove_note
from fieldnotes.operations.said_before import (
    GoingThrough,
    Typing,
    count_pairs,
    go_through,
    open_pairs,
    still_to_look_at,
)
from tests.builders import a_note, an_exchange, logged
from tests.real_pairs import answer

QUIET = (
    "Halden waits until spring because their new press is running only at half its speed, and the"
    " plant manager does not want to learn two systems at once."
)
EDITED = QUIET.replace("Halden waits", "They wait").replace("at once", "at the same time")
TEMPLATE = "Asked how they handle {} today; they say badly."
OTHERS = (
    "Kolvik undercut us by a fifth in the second round and gave them eighteen months for free.",
    "The night shift cannot be trained before June, which makes the pilot pointless until then.",
    "Their lawyers read our data terms for nine weeks, and asked for one single change at the end.",
    "What won it was the visit: two of their operators spoke for an hour with ours, alone.",
    "They keep three systems since the merger and nobody is allowed to switch one of them off.",
)


def pairs(notebook: Notebook) -> set[frozenset[str]]:
    return {frozenset(pair.ids) for pair in open_pairs(notebook)}


def taken(notebook: Notebook, texts: Iterable[str]) -> None:
    """Many notes in one go."""
    sheet = notebook.library.folder.parent / "notes.csv"
    sheet.write_text("text\n" + "".join(f'"{text}"\n' for text in texts), "utf-8")
    take_over(notebook, sheet)


def typed(notebook: Notebook, text: str, note_id: str = "") -> list[str]:
    found = Typing().said_before(notebook, Note(text=text), note_id or notebook.new_id(), limit=9)
    return [view.id for view in found]


@pytest.fixture
def others(seller: Notebook) -> list[str]:
    return [logged(seller, text=text) for text in OTHERS]


@pytest.mark.usefixtures("others")
def test_an_earlier_note_is_found_while_it_is_written_again(seller: Notebook) -> None:
    earlier = logged(seller, text=QUIET)
    assert typed(seller, EDITED) == [earlier]


@pytest.mark.usefixtures("others")
def test_half_of_an_earlier_note_is_enough(seller: Notebook) -> None:
    earlier = logged(seller, text=QUIET)
    assert typed(seller, " ".join(QUIET.split()[:14])) == [earlier]
    assert typed(seller, " ".join(QUIET.split()[:5])) == []


@pytest.mark.usefixtures("others")
def test_the_same_words_about_something_else_are_not_the_same(seller: Notebook) -> None:
    logged(seller, text=QUIET)
    words = "plant speed manager press spring waits Halden systems learn half new running two once"
    assert typed(seller, words) == []


def test_the_latest_of_several_comes_first_and_a_note_is_not_like_itself(seller: Notebook) -> None:
    first, second = logged(seller, text=QUIET), logged(seller, text=QUIET)
    assert typed(seller, QUIET) == [second, first]
    assert typed(seller, QUIET, note_id=second) == [first]


def test_a_colleagues_note_is_found(seller: Notebook, marketer: Notebook) -> None:
    earlier = logged(seller, text=QUIET)
    an_exchange(seller, marketer)
    assert typed(marketer, EDITED) == [earlier]


def test_what_was_judged_of_a_draft_is_not_offered_for_it_again(seller: Notebook) -> None:
    earlier, draft = logged(seller, text=QUIET), seller.new_id()
    say_different(seller, draft, earlier)
    assert typed(seller, EDITED, note_id=draft) == []
    assert typed(seller, EDITED) == [earlier]


@pytest.mark.usefixtures("others")
def test_going_through_finds_pairs_and_nothing_else(seller: Notebook) -> None:
    one = logged(seller, text=QUIET)
    other = logged(seller, text=EDITED)
    go_through(seller)
    assert pairs(seller) == {frozenset({one, other})}
    assert count_pairs(seller) == 1


def test_a_removed_note_is_asked_about_no_more(seller: Notebook) -> None:
    logged(seller, text=QUIET)
    other = logged(seller, text=QUIET)
    go_through(seller)
    remove_note(seller, other, Reason.WRONG)
    assert pairs(seller) == set()


def test_an_edited_note_is_looked_at_again(seller: Notebook) -> None:
    one, other = logged(seller, text=QUIET), logged(seller, text=OTHERS[0])
    go_through(seller)
    assert pairs(seller) == set()
    edit_note(seller, other, a_note(text=EDITED))
    go_through(seller)
    assert pairs(seller) == {frozenset({one, other})}
    edit_note(seller, other, a_note(text=OTHERS[1]))
    assert pairs(seller) == set()


def test_what_was_judged_is_never_asked_again(seller: Notebook) -> None:
    one, other, third = (logged(seller, text=QUIET) for _ in range(3))
    go_through(seller)
    assert count_pairs(seller) == 3
    say_different(seller, one, other)
    edit_note(seller, other, a_note(text=EDITED))
    go_through(seller)
    assert pairs(seller) == {frozenset({one, third}), frozenset({other, third})}


def test_what_is_linked_by_way_of_a_third_is_not_asked(seller: Notebook) -> None:
    one, other, third = (logged(seller, text=QUIET) for _ in range(3))
    go_through(seller)
    say_same(seller, one, other)
    say_same(seller, other, third)
    assert pairs(seller) == set()


def test_only_what_is_new_is_looked_at_the_next_time(seller: Notebook) -> None:
    for text in OTHERS:
        logged(seller, text=text)
    assert go_through(seller).result == len(OTHERS)
    assert go_through(seller).result == 0
    logged(seller, text=QUIET)
    assert still_to_look_at(seller) == 1
    assert go_through(seller).result == 1


def test_a_run_goes_on_where_another_stopped(seller: Notebook) -> None:
    one = logged(seller, text=QUIET)
    for text in OTHERS:
        logged(seller, text=text)
    other = logged(seller, text=EDITED)
    going = GoingThrough(seller)
    assert [going.step(2).result for _ in range(2)] == [2, 2]
    again = open_notebook(seller.library.folder, clock=seller.clock)
    assert go_through(again).result == 3
    assert pairs(again) == {frozenset({one, other})}
    again.close()


def test_whoever_cancels_keeps_what_was_found(seller: Notebook) -> None:
    for _ in range(60):
        logged(seller, text=QUIET)

    def cancel(done: int, total: int) -> None:
        if done:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        go_through(seller, cancel)
    assert count_pairs(seller) > 0
    assert still_to_look_at(seller) == 10


def test_a_text_that_everybody_has_makes_no_heap_of_pairs(seller: Notebook) -> None:
    taken(seller, [QUIET] * 600)
    go_through(seller)
    found = open_pairs(seller, limit=10_000)
    assert 0 < len(found) <= 600 * 5


def test_notes_of_common_words_alone_are_found_by_what_stands_in_a_row(seller: Notebook) -> None:
    chance = random.Random(3)
    common = "press spring waits pilot training shift buyer round page night june head".split()
    taken(seller, (" ".join(chance.sample(common, len(common))) for _ in range(550)))
    words = chance.sample(common, len(common)) + chance.sample(common, len(common))
    one = logged(seller, text=" ".join(words))
    other = logged(seller, text=" ".join(words[2:]))
    assert typed(seller, " ".join(words))[:2] == [other, one]
    go_through(seller)
    assert frozenset({one, other}) in pairs(seller)


def test_erasing_a_note_leaves_no_word_of_it_beside_the_pairs(seller: Notebook) -> None:
    logged(seller, text=QUIET)
    other = logged(seller, text=QUIET)
    go_through(seller)
    remove_note(seller, other, Reason.ERASE)
    assert pairs(seller) == set()


def test_invented_pairs_are_all_found_and_templates_are_not(seller: Notebook) -> None:
    true = set()
    for text in (*OTHERS, QUIET):
        words = text.split()
        for changed in (words[2:], [*words, "More", "after", "Easter."], words[:6] + words[7:]):
            one = logged(seller, text=" ".join(words), title=f"{len(true)}")
            true.add(frozenset({one, logged(seller, text=" ".join(changed))}))
    for what in ("spare parts of the older lines", "audits by their largest customers abroad"):
        logged(seller, text=TEMPLATE.format(what))
    go_through(seller)
    found = pairs(seller)
    texts = {frozenset(p.ids): {p.later.note.text, p.earlier.note.text} for p in open_pairs(seller)}
    assert len(true & found) / len(true) >= 0.97
    assert not [pair for pair, both in texts.items() if any(t.startswith("Asked") for t in both)]


def test_real_pairs_are_found(real_data: Path, seller: Notebook) -> None:
    told = answer(seller, real_data / "gitlab_field_notes")
    assert told.recall >= 0.97, told.missed
    assert told.precision >= 0.9, told.false
