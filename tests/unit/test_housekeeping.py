"""Housekeeping: slice by slice until nothing is left, and what waited is applied first."""

from __future__ import annotations

from fieldnotes.domain.notes import NoteDraft
from fieldnotes.operations.housekeeping import tidy, version_seen
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.notes import signed_version
from fieldnotes.operations.people import people_known
from tests.builders import Opener, TickingClock, a_note, an_exchange, found, logged


def test_tidying_ends_once_nothing_is_left(seller: Notebook) -> None:
    for number in range(40):
        logged(seller, text=f"Note {number}")
    assert any(tidy(seller).result for _ in range(50))
    assert len(found(seller)) == 40


def test_what_waits_is_applied_and_told(seller: Notebook) -> None:
    draft = NoteDraft(id=seller.new_id(), note=a_note())
    seller.library.outbox.put(signed_version(seller, draft))
    assert tidy(seller).changes.notes == frozenset({draft.id})
    assert seller.library.outbox.waiting() == []
    assert not tidy(seller).changes


def test_another_connections_write_is_seen_and_ones_own_is_not(seller: Notebook) -> None:
    before = version_seen(seller)
    logged(seller)
    assert version_seen(seller) == before
    other = open_notebook(seller.library.folder, clock=TickingClock())
    logged(other)
    other.close()
    assert version_seen(seller) != before


def test_people_are_listed_with_the_owner_first_and_their_six_words(
    notebooks: Opener, marketer: Notebook
) -> None:
    giver = notebooks("Ines Carvalho")
    logged(giver)
    an_exchange(giver, marketer)
    me, other = people_known(marketer)
    assert (me.name, me.words) == ("Marketing", marketer.words)
    assert (other.name, other.words) == ("Ines Carvalho", giver.words)
