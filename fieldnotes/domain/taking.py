"""Take or leave: what of the notes that come is read in, chosen by what they have in common."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Facet(StrEnum):
    """By what notes can be left."""

    SENDER = "sender"
    KIND = "kind"
    ACCOUNT = "account"
    TAG = "tag"
    NOTE = "note"


class Choice(NamedTuple):
    """What can be left: everything from an author, of a kind, about an account, …, or one note.

    `key`: hash of an author, kind, folded name, or id of a record.
    """

    facet: Facet
    key: str


Leave = frozenset[Choice]
NOTHING_LEFT: Leave = frozenset()
