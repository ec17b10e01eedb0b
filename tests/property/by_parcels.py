"""Plays of a team that come to libraries as parcels: no file is between two of them.

Versions are really signed, and are judged and joined into real libraries as reading in does it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from fieldnotes.domain.people import LET_IN, Standing
from fieldnotes.domain.records import Copy, to_line
from fieldnotes.operations.judging import Decisions, Judge, claims_in, refusal
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.people import circle
from fieldnotes.store import library as libraries
from fieldnotes.store.arriving import Arrival, arrival_of
from fieldnotes.store.joining import joining
from fieldnotes.trust.people import Circle
from tests.builders import TickingClock
from tests.property import naive_fold
from tests.property.cast import known_from_the_start, person
from tests.property.teams import Key, Parcel, Play, a_play
from tests.property.watching import OWNERS, ROUNDS, Seen, Watching


class RolledBack(Exception):
    """The next play finds the libraries as they were."""


@contextmanager
def readers(folder: Path) -> Iterator[list[Notebook]]:
    """Three libraries that are empty at the beginning of each play."""
    opened = [_library(folder / str(owner), owner) for owner in OWNERS]
    yield opened
    for notebook in opened:
        notebook.close()


def play_by_parcels(found: Seen, opened: list[Notebook], seed: int) -> None:
    """One play comes to all libraries, and is taken out of them again."""
    play, name = a_play(seed), f"play {seed}"
    lines = [to_line(copy) for parcel in play.parcels for copy in parcel.copies]
    good = naive_fold.accepted(lines, play.believed())
    ends = []
    for order, notebook in enumerate(opened):
        watching = Watching(found, f"{name} in library {order}", notebook, play.believed())
        with _rolled_back(notebook):
            _everything_arrives(watching, play, order)
            watching.ends_as(naive_fold.fold(good, notebook.library.records.own))
            ends.append(watching.everything)
            if order == seed % len(opened):  # a third of all work, otherwise
                watching.is_checked()
    found.need(ends[0] == ends[2], "same", f"{name}: what two strangers hold")
    found.did += play.did


@contextmanager
def _rolled_back(notebook: Notebook) -> Iterator[None]:
    try:
        with notebook.library.transaction():
            yield
            raise RolledBack
    except RolledBack:
        pass


def _everything_arrives(watching: Watching, play: Play, order: int) -> None:
    """Again and again, until there is nothing new: some wait for a card that came later."""
    connection = watching.notebook.library.connection
    for again in range(ROUNDS):
        before = connection.total_changes
        for parcel in play.arriving(order + 10 * again):
            watching.look_at(arrive(watching.notebook, parcel))
        if connection.total_changes == before:
            return
    watching.need(False, "again", "rows change for ever")


def arrive(notebook: Notebook, parcel: Parcel) -> list[Key]:
    """As a bundle is looked at and read in; returns the records of which something was accepted."""
    known = circle(notebook)
    standing = known.standing(parcel.author)
    if standing not in LET_IN:
        claims = claims_in(notebook, parcel)
        standing = Judge(notebook, parcel, claims=claims).circle.standing(parcel.author)
    if refusal(parcel.author, standing, True, Decisions(all_new=True)):
        return []
    _meet(notebook, parcel, known)
    judge = Judge(notebook, parcel)
    accepted = (judge.proven(judge.sorted_out(_arrivals(each))[0]) for _, each in parcel.records())
    with joining(notebook.library.records, size=3) as many:
        parts = many.take(filter(None, accepted), None, judge.proven)
        return [arrivals[0].key for part in parts for _, arrivals in part]


def _arrivals(copies: list[Copy]) -> list[Arrival]:
    """As a file brings them that vouches for nobody."""
    return [arrival_of(copy, genuine=None) for copy in copies]


def _meet(notebook: Notebook, parcel: Parcel, known: Circle) -> None:
    people = notebook.library.people
    for card in parcel.people:
        if card.author not in known.people and known.standing(card) is not Standing.OTHER_KEY:
            people.put(card, Standing.MET)
    if people.find(parcel.author.author) is None:
        people.put(parcel.author, Standing.MET)


def _library(folder: Path, owner: int) -> Notebook:
    libraries.make(folder, person(owner))
    machine = folder.with_name(f"{owner}-machine")
    notebook = open_notebook(folder, None, TickingClock(), machine)
    with notebook.library.transaction():
        for card in known_from_the_start():
            if card.author != notebook.owner.author:
                notebook.library.people.put(card, Standing.KNOWN)
    return notebook
