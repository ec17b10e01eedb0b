"""Which fields a note has in the window: those of its kind, and the others behind "More fields"."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QCoreApplication

from fieldnotes.desktop.capture.note_values import ANONYMOUS, NAMED
from fieldnotes.desktop.widgets.chips import ChipRole
from fieldnotes.desktop.widgets.kind_bar import KindChoice
from fieldnotes.domain.notes import (
    CONCERNS,
    DID,
    KNOWN_BY,
    OUTCOMES,
    STAGES,
    SURENESS,
    WORKED,
    Kind,
)


class Field(msgspec.Struct, frozen=True):
    """One row: choices as pills where there are some, else a line to write with a hint in it.

    `beside`: a second line of the row with a hint of its own, after the words `between`; `after`:
    the row is folded away until this field holds something, or the row itself does.
    """

    name: str
    label: str
    hint: str = ""
    choices: tuple[str, ...] = ()
    beside: str = ""
    beside_hint: str = ""
    between: str = ""
    after: str = ""


def words(text: str) -> str:
    """A label or hint in the language of the program."""
    return QCoreApplication.translate("capture", text)


def kind_choices() -> list[KindChoice]:
    """The six kinds with the keys that choose them."""
    labels = ("Competitor", "Objection", "Win", "Pitch", "Problem", "Other")
    return [
        KindChoice(kind.value, words(label), f"Ctrl+{at}")
        for at, (kind, label) in enumerate(zip(Kind, labels, strict=True), 1)
    ]


def role_of(choice: str) -> ChipRole:
    """The colour of an answer that was chosen."""
    roles: dict[str, ChipRole] = {"yes": "green", "won": "green", "no": "red", "lost": "red"}
    return roles.get(choice, "amber")


_WORKED = Field("worked", "Did it work?", choices=WORKED)
KIND_ROWS: dict[Kind, tuple[Field, ...]] = {
    Kind.COMPETITOR: (
        Field("did", "What they did", choices=DID),
        Field("did_what", "Exactly", "Add what it was, in figures"),
        Field("effect", "Effect on the deal", "Add what it changed"),
        Field("answer", "What you said", "Add an answer"),
        _WORKED,
    ),
    Kind.OBJECTION: (
        Field("concern", "Concern behind it", choices=CONCERNS),
        Field("answer", "What you answered", "Add an answer"),
        _WORKED,
    ),
    Kind.WIN: (
        Field("problem", "Their problem", "Add it in their words"),
        Field("why_us", "Why us", "Add what decided it"),
        Field("result", "Result", "Add it in numbers"),
        Field("why_happy", "Why they are happy", "Add a reason"),
        Field("consent.named", "May we tell it?", choices=(NAMED, ANONYMOUS)),
        Field("consent.who", "Who agreed", "Add name and role", after="consent.named"),
        Field("consent.wording", "To which words", "Add them as approved", after="consent.named"),
        Field("consent.channels", "Where", "Add web, talk, paper…", after="consent.named"),
        Field("consent.until", "Until when", "Add a day, as 2027-03-31", after="consent.named"),
        Field("consent.withdrawn", "Withdrawn on", "Add a day", after="consent.withdrawn"),
    ),
    Kind.PITCH: (
        Field("tried", "What you tried", "Add the line or idea"),
        Field("on_whom", "On whom", "Add roles or companies"),
        Field("material", "Material used", "Add names, with commas"),
        Field(
            "replies",
            "Replies",
            "how many",
            beside="tries",
            beside_hint="tries",
            between="out of",
        ),
        _WORKED,
    ),
    Kind.PROBLEM: (
        Field("situation", "Situation", "Add how they work today"),
        Field("problem", "Problem", "Add it in their words"),
        Field(
            "implication",
            "What it leads to",
            "Add what it costs them",
        ),
        Field(
            "need_payoff",
            "What it is worth",
            "Add what they gain",
        ),
    ),
    Kind.NOTE: (),
}
MORE_ROWS = (
    Field("title", "Title", "The first line, unless you say"),
    Field("account", "Account", "Add an account, or @ in the text"),
    Field("people", "People there", "Add names, with commas"),
    Field(
        "happened",
        "When",
        "Now, unless you say: yesterday 13:00, Monday, 31.3.",
    ),
    Field("place", "Where", "Add a place"),
    Field("opportunity", "Opportunity", "Add its name"),
    Field("stage", "Stage", choices=STAGES),
    Field("outcome", "Outcome", choices=OUTCOMES),
    Field(
        "heard_from_person",
        "Heard from",
        "Add who passed it on to you",
    ),
    Field("material", "Material used", "Add names, with commas"),
    Field("language", "Language", "Guessed when you save"),
)
KNOWN_ROWS = (
    Field("known_by", "How you know", choices=KNOWN_BY),
    Field("sureness", "How sure", choices=SURENESS, after="known_by"),
)
"""Below the fields of every kind."""


def label_of(name: str) -> str:
    """What a field is called, of whatever kind it is."""
    rows = (*(row for kind in KIND_ROWS.values() for row in kind), *KNOWN_ROWS, *MORE_ROWS)
    found = next((row for row in rows if name in (row.name, row.beside)), None)
    return words(found.label) if found else name.replace("_", " ").capitalize()
