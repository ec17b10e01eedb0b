"""What worked: answers that were given in meetings, those that say the same counted together."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import StrEnum

import msgspec

from fieldnotes.domain.meetings import Voice
from fieldnotes.domain.notes import Kind, Note, Quote

Saying = Callable[[str], str]
"""The words that stand for all that say the same as these."""


class How(StrEnum):
    """How the words of a question were taken, from what was typed to what was left of it."""

    ALL = "all words"
    LIKE = "a name that is written alike"
    SOME = "some of the words"
    NOTHING = "nothing"


class Meant(msgspec.Struct, frozen=True):
    """A word that was also read as the name of something. `family`: competitor, concern, …"""

    word: str
    family: str
    name: str


class Given(msgspec.Struct, frozen=True):
    """An answer as one note tells it. `voice`: notes that share it are one separate meeting.

    `worked`: yes, partly or no; `who` gave it, '' for the owner of the notebook.
    """

    note: str
    words: str
    worked: str
    voice: Voice
    who: str
    day: date
    kind: str = Kind.NOTE.value
    account: str = ""
    stage: str = ""
    outcome: str = ""
    quote: Quote | None = None


class Answer(msgspec.Struct, frozen=True):
    """What was said, and in how many separate meetings it worked, partly, or not.

    `newest` is the note that speaks for it: the newest in which it worked best. `who`: everybody
    who said it, the owner ('') first; `accounts`: where, the newest first.
    """

    newest: Given
    yes: int
    partly: int
    no: int
    who: tuple[str, ...]
    accounts: tuple[str, ...]
    quote: Quote | None = None

    @property
    def worked(self) -> bool:
        """Whether it did so at least partly, in some meeting."""
        return bool(self.yes or self.partly)


class Flip(msgspec.Struct, frozen=True):
    """What stands on the card. `more`: answers that worked and found no room on it.

    `looked_at` newest notes were counted; `capped` where older ones were not looked at.
    """

    how: How = How.NOTHING
    meant: tuple[Meant, ...] = ()
    answers: tuple[Answer, ...] = ()
    failed: tuple[Answer, ...] = ()
    more: int = 0
    looked_at: int = 0
    capped: bool = False


def answer_in(note: Note) -> tuple[str, str]:
    """(what was said or tried, did it work) of a note; '' where it does not tell both.

    A win tells why they took us: that worked.
    """
    match note.kind:
        case Kind.PITCH:
            words, worked = note.tried, note.worked
        case Kind.WIN:
            words, worked = note.why_us, "yes"
        case _:
            words, worked = note.answer, note.worked
    words = " ".join(words.split())
    return (words, worked) if words and worked in _BEST_FIRST else ("", "")


def together(given: Iterable[Given], saying: Saying) -> list[Answer]:
    """The answers, what worked first, then what did so more often than not, then the newest.

    What says the same is one answer, in the words of the newest note in which it worked best.
    """
    groups: dict[str, list[Given]] = {}
    for each in sorted(given, key=lambda each: each.day, reverse=True):
        groups.setdefault(saying(each.words), []).append(each)
    return sorted(map(_answer, groups.values()), key=_rank)


_BEST_FIRST = ("yes", "partly", "no")


def _answer(group: list[Given]) -> Answer:
    """A group comes newest first; of one meeting the newest note speaks."""
    said: dict[Voice, str] = {}
    for each in group:
        said.setdefault(each.voice, each.worked)
    how = list(said.values())
    newest = min(group, key=lambda each: _BEST_FIRST.index(each.worked))
    everybody = dict.fromkeys(each.who for each in group)
    return Answer(
        newest=newest,
        yes=how.count("yes"),
        partly=how.count("partly"),
        no=how.count("no"),
        who=tuple(sorted(everybody, key=lambda who: who != "")),
        accounts=tuple(dict.fromkeys(each.account for each in group if each.account)),
        quote=next((each.quote for each in (newest, *group) if each.quote), None),
    )


def _rank(answer: Answer) -> tuple[int, int, int, int, int]:
    """What failed as often as it worked does not stand before what always worked."""
    first = 0 if answer.yes else 1 if answer.partly else 2
    balance = answer.yes - answer.no
    return first, -balance, -answer.partly, -answer.newest.day.toordinal(), -answer.yes
