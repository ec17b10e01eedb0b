"""What is looked for, as a tree, and whether a note in memory is such a note: the reference."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import Any

import msgspec
from msgspec.structs import replace

from fieldnotes.domain.lately import span_lately
from fieldnotes.domain.markings import CHOICES, DEFAULT
from fieldnotes.domain.notes import Note
from fieldnotes.domain.words import fold, is_called, said, words_of


class Words(msgspec.Struct, frozen=True):
    """Consecutive words; the last may be a prefix. `within`: 'all' or 'text' (title and text)."""

    text: str
    prefix: bool = False
    within: str = "all"


class Named(msgspec.Struct, frozen=True):
    """A filter by a name as written: kind, tag, account, competitor, product, stage, author…"""

    family: str
    name: str
    prefix: bool = False


class Between(msgspec.Struct, frozen=True):
    """Happened in local seconds from `first` up to, not including, `end`."""

    first: int | None
    end: int | None


class Lately(msgspec.Struct, frozen=True):
    """A time told from today, such as '90 days' or 'this week'; `side`: on, after or before.

    `on_day` turns it into a `Between`; nothing is found by it before.
    """

    side: str
    what: str


class Has(msgspec.Struct, frozen=True):
    """Something hangs on the note: one of THINGS."""

    what: str


class State(StrEnum):
    """What a library knows around a note. PROMISED: a promise refers to it."""

    DRAFT = "draft"
    UNSENT = "unsent"
    TWICE = "edited-twice"
    PROMISED = "promise"


class Is(msgspec.Struct, frozen=True):
    """The note is in this state."""

    state: State


class Not(msgspec.Struct, frozen=True):
    """Everything but `what`."""

    what: Term


class Every(msgspec.Struct, frozen=True):
    """All of `terms` hold; at least one."""

    terms: tuple[Term, ...]


class Some(msgspec.Struct, frozen=True):
    """One of `terms` holds, or more; at least one."""

    terms: tuple[Term, ...]


Leaf = Words | Named | Between | Lately | Has | Is
Term = Leaf | Not | Every | Some


class Query(msgspec.Struct, frozen=True):
    """All `terms` hold. `parts`: the pieces of text that the terms were read from."""

    terms: tuple[Term, ...]
    parts: tuple[str, ...] = ()


EVERYTHING = Query(())
THINGS = ("quote", "attachment", "consent", "promise")
Alike = Callable[[str, str, bool], frozenset[str]]


def leaves(term: Term) -> Iterator[Leaf]:
    """What a term asks in the end, whether it is to hold or not."""
    match term:
        case Not(what):
            yield from leaves(what)
        case Every(terms) | Some(terms):
            for each in terms:
                yield from leaves(each)
        case _:
            yield term


def mentions(query: Query, leaf: Leaf) -> bool:
    """Whether a query asks for `leaf` somewhere."""
    return any(leaf == each for term in query.terms for each in leaves(term))


def changed(term: Term, change: Callable[[Leaf], Term]) -> Term:
    """The same tree with other leaves."""
    match term:
        case Not(what):
            return Not(changed(what, change))
        case Every(terms):
            return Every(tuple(changed(each, change) for each in terms))
        case Some(terms):
            return Some(tuple(changed(each, change) for each in terms))
        case _:
            return change(term)


def on_day(query: Query, today: date) -> Query:
    """The query with every time that is told from today as that time."""

    def dated(leaf: Leaf) -> Term:
        if not isinstance(leaf, Lately):
            return leaf
        first, end = span_lately(leaf.what, today)
        return between(leaf.side, first, end)

    return replace(query, terms=tuple(changed(term, dated) for term in query.terms))


def between(side: str, first: int, end: int) -> Between:
    """The time on, after or before a span of local seconds [first, end).

    After it includes it, as "after March" told in April means since then; before it does not.
    """
    match side:
        case "after":
            return Between(first, None)
        case "before":
            return Between(None, first)
        case _:
            return Between(first, end)


def _only_itself(family: str, name: str, prefix: bool) -> frozenset[str]:
    """Without a vocabulary a name means itself."""
    return frozenset()


class Subject(msgspec.Struct, frozen=True):
    """A note as the reference judges it. `see`: the marking of the whole note."""

    note: Note
    author: str = ""
    see: str = DEFAULT.value
    states: frozenset[State] = frozenset()


def matches(query: Query, subject: Subject, alike: Alike = _only_itself) -> bool:
    """The reference: whether a note passes, in plain Python. `bundle:` never does here.

    `alike`: the folded names that mean the same as a name.
    """
    return all(_holds(term, subject, alike) for term in query.terms)


def main_texts(note: Note) -> list[str]:
    """Title and text; the text for others where the text itself is hidden."""
    return [text for text in (note.title, note.text or note.text_redacted) if text]


_plain_texts = attrgetter(
    *"did_what effect answer problem why_us result why_happy tried on_whom situation".split(),
    *"implication need_payoff concern opportunity stage place heard_from_person".split(),
)
_lists_of_names = attrgetter("competitors", "products", "tags", "material")


def other_texts(note: Note) -> list[str]:
    """What words are looked for in beside title and text: quotes, names, fields of the kind."""
    texts = [*_plain_texts(note)]
    for quote in note.quotes:
        texts += quote.text, quote.role
    for contact in note.contacts:
        texts += contact.name, contact.role, contact.email, contact.phone
    if note.meeting:
        texts.append(note.meeting.account)
        texts += [person.name for person in note.meeting.people]
    texts.append(note.account)
    for names in _lists_of_names(note):
        texts += names
    texts += [attachment.name for attachment in note.attachments]
    return list(filter(None, texts))


HELD_IN = {  # family → the member of a note that holds its name, or its names
    "tag": "tags",
    "competitor": "competitors",
    "product": "products",
    **{name: name for name in ("kind", "account", "stage", "outcome", "concern", "worked")},
    "language": "language",
}


def names_in(note: Note, family: str) -> list[str]:
    """The names that `note` carries in a family."""
    if family == "meeting":
        return [note.meeting.id] if note.meeting and note.meeting.id else []
    held = getattr(note, HELD_IN[family]) if family in HELD_IN else ""
    if isinstance(held, str):
        return [held] if held else []
    return list(held)


def things_in(note: Note) -> list[str]:
    """Those of THINGS that the note itself carries."""
    held: dict[str, Any] = {"quote": note.quotes, "attachment": note.attachments}
    held["consent"] = note.consent
    return [thing for thing, content in held.items() if content]


def _holds(term: Term, subject: Subject, alike: Alike) -> bool:
    match term:
        case Not(what):
            return not _holds(what, subject, alike)
        case Every(terms):
            return all(_holds(each, subject, alike) for each in terms)
        case Some(terms):
            return any(_holds(each, subject, alike) for each in terms)
        case Between(first, end):
            when = subject.note.happened.local_seconds if subject.note.happened else 0
            return (first is None or when >= first) and (end is None or when < end)
        case Lately():
            return False
        case Has("promise"):
            return State.PROMISED in subject.states
        case Has(what):
            return what in things_in(subject.note)
        case Is(state):
            return state in subject.states
        case Words(text, prefix, within):
            texts = main_texts(subject.note)
            texts += other_texts(subject.note) if within == "all" else []
            return any(said(words_of(text), words_of(each), prefix) for each in texts)
        case Named():
            return _is_named(term, subject, alike)


def _is_named(term: Named, subject: Subject, alike: Alike) -> bool:
    match term:
        case Named("author", name, _):
            return is_called(subject.author, name)
        case Named("see", name, prefix):
            wanted = CHOICES[name.lower()].value if name.lower() in CHOICES else fold(name)
            return subject.see.startswith(wanted) if prefix else subject.see == wanted
        case Named(family, name, prefix):
            wanted, prefix = fold(name), prefix and family != "meeting"
            held = set(map(fold, names_in(subject.note, family)))
            if any(n.startswith(wanted) if prefix else n == wanted for n in held):
                return True
            return bool(held) and not held.isdisjoint(alike(family, name, prefix))
