"""Open drafts: a note that is still being typed, as the next start must bring it back."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import StrEnum

import msgspec

from fieldnotes.domain.notes import Note, NoteDraft
from fieldnotes.domain.promises import PromiseDraft
from fieldnotes.domain.templates import Template, began

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
    window was open; `changed` is in ms since 1970, given when the draft is kept; `asked` says for
    which detail the form asked, so that it asks once.
    """

    draft: NoteDraft
    place: str = "capture"
    open: bool = True
    text: str = ""
    names: tuple[InlineName, ...] = ()
    cursor: int = 0
    changed: int = 0
    promises: tuple[PromiseDraft, ...] = ()
    asked: str = ""
    template: Template | None = None


class DraftView(msgspec.Struct, frozen=True):
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


def says_nothing(note: Note) -> bool:
    """Whether there is nothing in it that somebody typed for this very note."""
    given = ("kind", "account", "happened", "whole_day", "place", "opportunity", "meeting")
    empty = msgspec.structs.replace(Note(), **{name: getattr(note, name) for name in given})
    return note == empty


def no_note_written(draft: OpenDraft) -> bool:
    """Whether nobody typed or chose anything of the note: what a template gave does not count."""
    note = draft.draft.note
    return says_nothing(began(note, draft.template) if draft.template else note)


def nothing_written(draft: OpenDraft) -> bool:
    """Whether there is no promise beside the note either."""
    return no_note_written(draft) and not draft.promises


def inline(note: Note) -> tuple[str, tuple[InlineName, ...]]:
    """The text of a saved note as an open draft has it: the first mention of each name inline."""
    spans: list[tuple[int, int, InlineName]] = []
    for name in sorted(names_of(note), key=lambda each: -len(each.name)):
        for found in re.finditer(rf"(?<!\w){re.escape(name.name)}(?!\w)", note.text):
            if all(found.end() <= first or last <= found.start() for first, last, _ in spans):
                spans.append((found.start(), found.end(), name))
                break
    text, end = "", 0
    spans.sort(key=lambda span: span[0])
    for first, last, _name in spans:
        text, end = text + note.text[end:first] + OBJECT, last
    return text + note.text[end:], tuple(name for _first, _last, name in spans)


def names_of(note: Note) -> list[InlineName]:
    """Every name that a note carries in its fields."""
    carried = {
        Sign.ACCOUNT: (note.account,) if note.account else (),
        Sign.COMPETITOR: note.competitors,
        Sign.PRODUCT: note.products,
        Sign.TAG: note.tags,
    }
    return [InlineName(sign, name) for sign, names in carried.items() for name in names]


def account_after(account: str, before: Sequence[str], now: Sequence[str], otherwise: str) -> str:
    """The account once the accounts named in the text changed from `before` to `now`.

    One that was chosen by hand stays until the text names another; `otherwise`: the meeting's.
    """
    if account in now or before == now:
        return account
    if now:
        return now[0]
    return otherwise if account in before else account
