"""What kinds, fields and answers are called where people read them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from fieldnotes.domain.consent import ASK, State, state_of
from fieldnotes.domain.markings import IN_WORDS, marking
from fieldnotes.domain.notes import Kind

if TYPE_CHECKING:
    from datetime import date

    from fieldnotes.desktop.widgets.chips import ChipRole
    from fieldnotes.domain.notes import Consent, Note

KIND_NAMES = {
    Kind.COMPETITOR: "Competitor",
    Kind.OBJECTION: "Objection",
    Kind.WIN: "Win",
    Kind.PITCH: "Pitch",
    Kind.PROBLEM: "Problem",
    Kind.NOTE: "Note",
}
KIND_PLURALS = {
    Kind.COMPETITOR: "Competitors",
    Kind.OBJECTION: "Objections",
    Kind.WIN: "Wins",
    Kind.PITCH: "Pitches",
    Kind.PROBLEM: "Problems",
    Kind.NOTE: "Other notes",
}
FIELD_NAMES = {
    "did_what": "What they did",
    "effect": "Effect on the deal",
    "concern": "Concern behind it",
    "answer": "What we said",
    "problem": "Their problem",
    "why_us": "Why us",
    "result": "Result",
    "why_happy": "Why they are happy",
    "tried": "Pitch tried",
    "on_whom": "On whom",
    "situation": "Situation",
    "implication": "What it leads to",
    "need_payoff": "What it is worth",
}
DID = {
    "price": "On price",
    "product": "With the product",
    "people": "With people",
    "claim": "With a claim",
}


class Answer(NamedTuple):
    """How something went, and the colour that says so as well."""

    words: str
    role: ChipRole


WORKED = {
    "yes": Answer("worked", "green"),
    "partly": Answer("worked partly", "amber"),
    "no": Answer("did not work", "red"),
}
REASONS = {
    "wrong": "I was wrong",
    "consent": "Customer withdrew consent",
    "erase": "Erased",
}
_HIDDEN = {
    "text": "the text",
    "title": "the title",
    "account": "the account",
    "place": "the place",
    "opportunity": "the opportunity",
    "tags": "the tags",
    "competitors": "the competitors",
    "products": "the products",
    "happened": "when it happened",
}
_HIDDEN_FAMILIES = {
    "contacts": "details of people at the customer’s",
    "meeting": "who was in the meeting",
    "quotes": "quotes",
    "attachments": "files",
    "consent": "the consent",
    "heard_from": "who said it",
}


def kind_name(kind: str) -> str:
    """A kind as one note is called; a newer program's kind under its own name."""
    return KIND_NAMES[Kind(kind)] if kind in set(Kind) else kind.capitalize()


def who_may_see(mark: str) -> str:
    """A marking in plain words; what is not known is for the owner alone."""
    return IN_WORDS[marking(mark)]


def also_noted_words(note: Note, name: str, today: date) -> str:
    """A field of another kind, from before the kind was changed."""
    if name == "consent":
        return f"May we tell it? {sentence(consent_state(note.consent, today).words)}"
    value = getattr(note, name)
    if name == "worked" and value in WORKED:
        return sentence(WORKED[value].words)
    return f"{FIELD_NAMES.get(name, sentence(name.replace('_', ' ')))}: {value}"


def hidden_words(names: tuple[str, ...]) -> str:
    """The hidden fields of a note as the end of a sentence, each thing once."""
    told = list(dict.fromkeys(map(_hidden_name, names)))
    return ", ".join(told[:-1]) + (" and " if len(told) > 1 else "") + "".join(told[-1:])


def sentence(words: str) -> str:
    """With a capital letter in front, the rest as it is."""
    return words[:1].upper() + words[1:]


def _hidden_name(name: str) -> str:
    family = name.partition(".")[0]
    if family in _HIDDEN_FAMILIES:
        return _HIDDEN_FAMILIES[family]
    return _HIDDEN.get(name) or f"“{FIELD_NAMES.get(name, name.replace('_', ' '))}”"


def did_words(note: Note) -> str:
    """What a competitor did, with what it was about in front."""
    about = DID.get(note.did, note.did)
    return f"{about}: {note.did_what}" if about and note.did_what else about or note.did_what


def replies_words(note: Note) -> str:
    """How many answered out of how many tries."""
    if note.replies is None:
        return f"{note.tries} tries"
    return f"{note.replies} of {note.tries} tries" if note.tries is not None else f"{note.replies}"


def consent_words(consent: Consent | None) -> str:
    """What the customer allowed, on one line; nothing is said of what nobody asked."""
    if consent is None:
        return ""
    named = {True: "With their name", False: "Without their name", None: ""}[consent.named]
    parts = [named, f"agreed by {consent.who}" if consent.who else "", ", ".join(consent.channels)]
    told = sentence("  ·  ".join(part for part in parts if part))
    return f"{told}  ·  “{consent.wording}”" if consent.wording else told


def consent_state(consent: Consent | None, today: date) -> Answer:
    """Whether it may be told today, and the colour that says so as well."""
    match state_of(consent, today):
        case State.VALID if consent and consent.until:
            return Answer(f"valid until {consent.until}", "green")
        case State.VALID:
            return Answer("valid", "green")
        case State.ENDED if consent:
            return Answer(f"ended on {consent.until}: {ASK}", "amber")
        case State.WITHDRAWN if consent:
            return Answer(f"withdrawn on {consent.withdrawn}: do not use", "red")
    return Answer(ASK, "amber")
