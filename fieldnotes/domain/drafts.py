"""Open drafts: a note that is still being typed, as the next start must bring it back."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import msgspec

from fieldnotes.domain.notes import KIND_FIELDS, Kind, Note, NoteDraft

OBJECT = "\ufffc"
"""Stands in the text of an open draft for each of its inline names."""


class Sign(StrEnum):
    """What somebody types before a name, and so what the name is of."""

    ACCOUNT = "@"
    TAG = "#"
    COMPETITOR = "!"
    PRODUCT = "^"

    @property
    def family(self) -> str:
        """The family that `names_used` and the query know."""
        return self.name.lower()


class InlineName(msgspec.Struct, frozen=True):
    """A name inside the text. `fresh`: it was not known when it was typed."""

    sign: str
    name: str
    fresh: bool = False


class OpenDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A draft as a window shows it.

    `text` has one OBJECT for each of `names`, `cursor` counts its characters; `open` says that the
    window was open; `changed` is in ms since 1970, given when the draft is kept.
    """

    draft: NoteDraft
    place: str = "capture"
    open: bool = True
    text: str = ""
    names: tuple[InlineName, ...] = ()
    cursor: int = 0
    changed: int = 0


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft in a list. `edits`: it is the next version of a saved note."""

    id: str
    heading: str
    kind: str
    changed_ms: int
    place: str
    open: bool
    edits: bool = False


def view_of(draft: OpenDraft) -> DraftView:
    """What a list shows of a draft."""
    note = draft.draft.note
    return DraftView(
        id=draft.draft.id,
        heading=note.heading,
        kind=note.kind,
        changed_ms=draft.changed,
        place=draft.place,
        open=draft.open,
        edits=bool(draft.draft.settles),
    )


def plain_text(text: str, names: tuple[InlineName, ...]) -> str:
    """The text as it is saved: each name without its sign."""
    waiting = iter(names)
    return "".join(
        (found.name if (found := next(waiting, None)) else "") if letter == OBJECT else letter
        for letter in text
    )


def of_its_kind(note: Note, before: Note | None = None) -> Note:
    """`note` without what was typed for another kind. `before`: the version it follows.

    A version of the same kind keeps what the one before held outside the fields of its kind.
    """
    kept = before if before is not None and before.kind == note.kind else Note()
    mine = KIND_FIELDS.get(Kind(note.kind), ()) if note.kind in set(Kind) else ()
    others = {name for fields in KIND_FIELDS.values() for name in fields} - set(mine)
    if note.kind != Kind.WIN:
        others.add("consent")
    return msgspec.structs.replace(note, **{name: getattr(kept, name) for name in others})


def says_nothing(note: Note) -> bool:
    """Whether there is nothing in it that somebody typed for this very note."""
    given = ("kind", "account", "happened", "whole_day", "place", "opportunity", "meeting")
    empty = msgspec.structs.replace(Note(), **{name: getattr(note, name) for name in given})
    return note == empty

