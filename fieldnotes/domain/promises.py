"""Promises: what a seller said they would do, for whom, until when, and what became of it.

They are the seller's own: only they see them until they send them explicitly.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

import msgspec
from msgspec.structs import replace

from fieldnotes.domain.markings import Marking
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.until_when import day_of
from fieldnotes.errors import FieldnotesError, IncompleteDraft

TYPE = "promise"
TO = "to"
_TEXTS = ("what", TO, "account", "until", "depends_on", "note", "meeting", "state", "reason")
_MOVES = "moves."
_SATURDAY, _SUNDAY = 5, 6


class NoSuchPromise(FieldnotesError):
    """No promise goes by this id."""


class State(StrEnum):
    """What became of it. One that was moved still stands."""

    OPEN = "open"
    MOVED = "moved"
    KEPT = "kept"
    BROKEN = "broken"


class Due(StrEnum):
    """How urgent one is, the most urgent first."""

    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "this week"
    LATER = "later"
    NO_DAY = "no day"
    SETTLED = "settled"


NOW_DUE = (Due.OVERDUE, Due.TODAY)


class Move(msgspec.Struct, frozen=True, omit_defaults=True):
    """One change of the day: from `before` to `until` (ISO, '' for none), why, and when."""

    id: str
    at: Moment
    until: str
    before: str = ""
    why: str = ""


class Promise(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`until`: ISO day or wall time, '' for none; `note`, `meeting`: ids of where it came from.

    `settled`: when it was kept or broken; `moves`: the earliest first.
    """

    what: str = ""
    to: str = ""
    account: str = ""
    until: str = ""
    depends_on: str = ""
    note: str = ""
    meeting: str = ""
    state: str = State.OPEN.value
    reason: str = ""
    settled: Moment | None = None
    moves: tuple[Move, ...] = ()

    @property
    def stands(self) -> bool:
        """It is still to be done; a newer program's word counts as that."""
        return self.state not in (State.KEPT, State.BROKEN)


class PromiseDraft(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A promise on its way. `said`: the words of a note in which it was noticed."""

    id: str
    promise: Promise
    marking: str = Marking.RED.value
    marks: dict[str, str] = {}
    said: str = ""

    def finish(self) -> PromiseDraft:
        """As it is saved. Raises IncompleteDraft when nobody said what was promised."""
        if not self.promise.what.strip():
            raise IncompleteDraft(
                "A promise needs to say what was promised.", "Write it, or take the promise away."
            )
        private = {TO: Marking.RED.value} if self.promise.to else {}
        return replace(self, marks={**private, **self.marks})


class PromiseView(msgspec.Struct, frozen=True):
    """A promise as somebody reads it. `hidden`: fields that were kept back."""

    id: str
    promise: Promise
    author: str
    author_name: str
    mine: bool
    marking: str
    created: Moment
    modified: Moment
    hidden: tuple[str, ...] = ()
    versions: int = 1
    removed: str | None = None


def kept(promise: Promise, at: Moment, reason: str = "") -> Promise:
    """It was done."""
    return replace(promise, state=State.KEPT.value, reason=reason.strip(), settled=at)


def broken(promise: Promise, at: Moment, reason: str) -> Promise:
    """It will not be done."""
    return replace(promise, state=State.BROKEN.value, reason=reason.strip(), settled=at)


def moved(promise: Promise, move: Move) -> Promise:
    """It stands, for another day."""
    move = replace(move, before=promise.until, why=move.why.strip())
    return replace(
        promise,
        state=State.MOVED.value,
        until=move.until,
        reason=move.why,
        settled=None,
        moves=(*promise.moves, move),
    )


def due(promise: Promise, now: Moment) -> Due:
    """How urgent it is at this local time. A week ends on Sunday; at the weekend
    the coming one counts.
    """
    if not promise.stands:
        return Due.SETTLED
    day, here = day_of(promise.until), now.local()
    if day is None:
        return Due.NO_DAY
    if day < here.date() or (len(promise.until) > 10 and promise.until < f"{here:%Y-%m-%dT%H:%M}"):
        return Due.OVERDUE
    if day == here.date():
        return Due.TODAY
    ahead = (day - here.date()).days
    left = _SUNDAY - here.weekday() + (7 if here.weekday() >= _SATURDAY else 0)
    return Due.WEEK if ahead <= left else Due.LATER


def in_order(views: list[PromiseView]) -> list[PromiseView]:
    """Standing ones by their day, those without one last; then the settled, the latest first."""
    standing = [view for view in views if view.promise.stands]
    settled = [view for view in views if not view.promise.stands]
    standing.sort(key=lambda view: (view.promise.until or "~", view.created.ms, view.id))
    settled.sort(key=lambda view: (view.promise.settled or view.modified).ms, reverse=True)
    return standing + settled


def is_known(name: str) -> bool:
    """Whether this program knows what the field means."""
    return name in _TEXTS or name == "settled" or (name.startswith(_MOVES) and name.count(".") == 1)


def known_fields(names: Any) -> frozenset[str]:
    """Those of `names` that this program knows."""
    return frozenset(filter(is_known, names))


def to_fields(promise: Promise) -> dict[str, Any]:
    """Leaf name → JSON value; what is empty is left out."""
    fields: dict[str, Any] = {name: getattr(promise, name) for name in _TEXTS}
    fields["settled"] = list(promise.settled) if promise.settled else None
    for move in promise.moves:
        told: dict[str, Any] = msgspec.to_builtins(move)
        del told["id"]
        fields[_MOVES + move.id] = told
    return {name: value for name, value in fields.items() if value}


def from_fields(fields: Mapping[str, Any]) -> Promise:
    """The promise that these fields tell. Never raises: another shape counts as absent."""
    told = {name: fields[name] for name in _TEXTS if isinstance(fields.get(name), str)}
    moves = [move for name in fields if (move := _move(name, fields[name]))]
    return Promise(
        **told,
        settled=_as(Moment, fields.get("settled")),
        moves=tuple(sorted(moves, key=lambda move: (move.at.ms, move.id))),
    )


def _move(name: str, value: Any) -> Move | None:
    if not name.startswith(_MOVES) or not isinstance(value, dict):
        return None
    found: Move | None = _as(Move, {**value, "id": name.removeprefix(_MOVES)})
    return found


def _as(shape: Any, value: Any) -> Any:
    if value is None:
        return None
    try:
        return msgspec.convert(value, shape)
    except msgspec.ValidationError:
        return None
