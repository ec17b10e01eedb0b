"""Notes: what a seller writes down, in six kinds, and how it lies in the fields of a record."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from fieldnotes.domain.attachments import safe_name
from fieldnotes.domain.markings import DEFAULT, Marking
from fieldnotes.domain.moments import Moment
from fieldnotes.errors import IncompleteDraft

TYPE = "note"


class Kind(StrEnum):
    """Competitor, objection and win first; a plain note is whatever is none of the others."""

    COMPETITOR = "competitor"
    OBJECTION = "objection"
    WIN = "win"
    PITCH = "pitch"
    PROBLEM = "problem"
    NOTE = "note"


DID = ("price", "product", "people", "claim")
CONCERNS = ("price", "fit", "timing", "trust", "cannot decide alone", "happy as is")
WORKED = ("yes", "partly", "no")
KNOWN_BY = ("said to me", "seen", "second-hand", "published", "a guess")
SURENESS = ("confirmed", "quite sure", "probably", "doubtful", "unlikely", "cannot say")
STAGES = ("first talk", "discovery", "demo", "proof of value", "proposal", "negotiation", "closed")
OUTCOMES = ("open", "won", "lost")
KIND_FIELDS: dict[Kind, tuple[str, ...]] = {
    Kind.COMPETITOR: ("did", "did_what", "effect", "answer", "worked"),
    Kind.OBJECTION: ("concern", "answer", "worked"),
    Kind.WIN: ("problem", "why_us", "result", "why_happy"),
    Kind.PITCH: ("tried", "on_whom", "replies", "tries", "worked"),
    Kind.PROBLEM: ("situation", "problem", "implication", "need_payoff"),
    Kind.NOTE: (),
}
CONTACT_PRIVATE = ("name", "email", "phone")


class Quote(msgspec.Struct, frozen=True, omit_defaults=True):
    """The customer's words, verbatim, and the role of who said them."""

    id: str
    text: str
    role: str = ""


class Contact(msgspec.Struct, frozen=True, omit_defaults=True):
    """Somebody at the customer's. Name, e-mail and phone are RED until the seller says so."""

    id: str
    name: str = ""
    role: str = ""
    email: str = ""
    phone: str = ""


class Person(msgspec.Struct, frozen=True):
    """Somebody who sat in a meeting."""

    id: str
    name: str


class Meeting(msgspec.Struct, frozen=True, omit_defaults=True):
    """What the notes of one meeting share. `day`: ISO date; `event`: the calendar's UID."""

    id: str
    account: str = ""
    day: str = ""
    people: tuple[Person, ...] = ()
    event: str = ""
    recurrence: str = ""


class Consent(msgspec.Struct, frozen=True, omit_defaults=True):
    """May we tell it? `until` and `withdrawn` are ISO dates; `named` False is anonymous."""

    who: str = ""
    wording: str = ""
    named: bool | None = None
    channels: tuple[str, ...] = ()
    until: str = ""
    withdrawn: str = ""


class Attachment(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file by its content. `size` in bytes, `sha256` hex."""

    id: str
    name: str
    media: str
    size: int
    sha256: str


class Note(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What was written down. `heard_from_note`: id of the note it was passed on from."""

    kind: str = Kind.NOTE.value
    title: str = ""
    text: str = ""
    text_redacted: str = ""
    language: str = ""
    account: str = ""
    competitors: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    opportunity: str = ""
    stage: str = ""
    outcome: str = ""
    happened: Moment | None = None
    whole_day: bool = False
    place: str = ""
    known_by: str = ""
    sureness: str = ""
    material: tuple[str, ...] = ()
    heard_from_note: str = ""
    heard_from_person: str = ""
    # competitor, objection, win, pitch, problem
    did: str = ""
    did_what: str = ""
    effect: str = ""
    answer: str = ""
    worked: str = ""
    concern: str = ""
    problem: str = ""
    why_us: str = ""
    result: str = ""
    why_happy: str = ""
    tried: str = ""
    on_whom: str = ""
    replies: int | None = None
    tries: int | None = None
    situation: str = ""
    implication: str = ""
    need_payoff: str = ""
    quotes: tuple[Quote, ...] = ()
    contacts: tuple[Contact, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    meeting: Meeting | None = None
    consent: Consent | None = None

    @property
    def heading(self) -> str:
        """The title, else the first line; derived, so never stored."""
        if self.title:
            return self.title
        for text in (self.text, self.text_redacted, *(quote.text for quote in self.quotes)):
            if first := first_line(text):
                return first
        return next((safe_name(file.name) for file in self.attachments), "")


class NoteDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A note on its way. `id` is minted at the first keystroke and kept for ever.

    `settles`: names of the versions that this one was written on top of, none for a new note.
    """

    id: str
    note: Note
    marking: str = DEFAULT.value
    marks: dict[str, str] = {}
    settles: tuple[str, ...] = ()

    def finish(self) -> NoteDraft:
        """The draft as it is saved. Raises IncompleteDraft when nothing was written down yet."""
        note = self.note
        if not (note.text.strip() or note.title.strip() or note.quotes or note.attachments):
            raise IncompleteDraft("There is nothing to save yet.", "Write a line first.")
        private = dict.fromkeys(people_fields(self.note), Marking.RED.value)
        return msgspec.structs.replace(self, marks={**private, **self.marks})


def also_noted(note: Note) -> tuple[str, ...]:
    """Names of the filled fields that belong to other kinds than the note's, consent among them.

    They stay from before its kind was changed: nothing that was typed goes with the kind.
    """
    mine = KIND_FIELDS[Kind(note.kind)] if note.kind in set(Kind) else ()
    others = dict.fromkeys(name for fields in KIND_FIELDS.values() for name in fields)
    filled = [name for name in others if getattr(note, name) not in ("", None)]
    told = tuple(name for name in filled if name not in mine)
    return (*told, "consent") if note.consent and note.kind != Kind.WIN else told


def people_fields(note: Note) -> list[str]:
    """Leaf names that hold people: RED until the seller says otherwise."""
    names = [
        f"contacts.{contact.id}.{part}"
        for contact in note.contacts
        for part in CONTACT_PRIVATE
        if getattr(contact, part)
    ]
    if note.meeting:
        names += [f"meeting.people.{person.id}" for person in note.meeting.people]
    return names


def first_line(text: str) -> str:
    """The first line that says something, without heading marks, at most 120 characters."""
    for line in text.splitlines():
        if stripped := line.strip().lstrip("#").strip():
            return stripped if len(stripped) <= 120 else stripped[:119].rstrip() + "…"
    return ""
