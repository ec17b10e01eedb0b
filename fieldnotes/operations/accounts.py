"""Accounts: all of them in a list, and everything that is known about one on one page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

import msgspec

from fieldnotes.domain import consent
from fieldnotes.domain.moments import wall_time
from fieldnotes.domain.notes import Contact, Kind
from fieldnotes.domain.promises import Due, PromiseView, due
from fieldnotes.domain.query import Named, Not, Query
from fieldnotes.domain.query_text import quoted
from fieldnotes.domain.views import NoteView
from fieldnotes.domain.words import fold
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.promises import list_promises
from fieldnotes.operations.saving import settle_outbox
from fieldnotes.store import counts, search

READ = 1_000  # newest notes of one account that its page is made of
TIMELINE = 60
OBJECTIONS = 12
ELSEWHERE = 3


class AccountLine(msgspec.Struct, frozen=True):
    """One account in the list. `name` is the spelling used most, `last` the local day."""

    name: str
    spellings: tuple[str, ...]
    notes: int
    last: date


class Answer(msgspec.Struct, frozen=True):
    """What somebody said to an objection, where, and did it work ('yes', 'partly', 'no', '')."""

    id: str
    words: str
    worked: str
    account: str


class ObjectionHere(msgspec.Struct, frozen=True):
    """An objection of this account, the answer given, and what worked at other accounts."""

    id: str
    heading: str
    concern: str
    day: date
    answer: Answer | None
    elsewhere: tuple[Answer, ...]


class Seen(msgspec.Struct, frozen=True):
    """A competitor seen at an account; the search finds the notes."""

    name: str
    notes: int
    query: str


class WinHere(msgspec.Struct, frozen=True):
    """A win, and what may be done with it today in words."""

    id: str
    heading: str
    why_us: str
    use: str
    usable: bool


class PromiseHere(msgspec.Struct, frozen=True):
    """A promise made to the account that still stands, and how urgent it is."""

    view: PromiseView
    urgency: Due


class AccountPage(msgspec.Struct, frozen=True):
    """One account. `notes` counts all; `timeline` holds the newest, `query` finds the rest."""

    name: str
    spellings: tuple[str, ...]
    query: str
    notes: int
    first: date | None = None
    last: date | None = None
    stage: str = ""
    outcome: str = ""
    kinds: tuple[tuple[str, int], ...] = ()
    meetings: int = 0
    timeline: tuple[NoteView, ...] = ()
    objections: tuple[ObjectionHere, ...] = ()
    competitors: tuple[Seen, ...] = ()
    wins: tuple[WinHere, ...] = ()
    contacts: tuple[Contact, ...] = ()
    promises: tuple[PromiseHere, ...] = ()


def list_accounts(notebook: Notebook) -> list[AccountLine]:
    """Every account, the one last heard of first; all names that mean the same are one."""
    settle_outbox(notebook)
    records = notebook.library.records
    called = {each.no: each.name for each in counts.entities(records, "account")}
    found: dict[int, list[tuple[str, int, int]]] = {}
    for entity, name, notes, last in counts.by_account(records):
        found.setdefault(entity, []).append((name, notes, last))
    return [_line(called[entity], spelt) for entity, spelt in found.items()]


def account_page(notebook: Notebook, name: str) -> AccountPage:
    """Everything about one account, whatever the spelling. An unknown one has no notes."""
    settle_outbox(notebook)
    records = notebook.library.records
    query = Query((Named("account", name),))
    views = records.views(search.page(records, query, READ))
    spelt = {view.note.account for view in views}
    shown = notebook.library.names.called("account", name)
    text = f"account:{quoted(shown)}"
    if not views:
        return AccountPage(shown, (shown,), text, 0)
    return AccountPage(
        name=shown,
        spellings=tuple(sorted(spelt)),
        query=text,
        notes=search.count(records, query),
        first=_day(views[-1]),
        last=_day(views[0]),
        stage=next((view.note.stage for view in views if view.note.stage), ""),
        outcome=next((view.note.outcome for view in views if view.note.outcome), ""),
        kinds=tuple((k.value, n) for k in Kind if (n := _of(views, k))),
        meetings=_meetings(views),
        timeline=tuple(views[:TIMELINE]),
        objections=_objections(notebook, shown, views),
        competitors=_competitors(notebook, text, views),
        wins=_wins(notebook, views),
        contacts=_contacts(views),
        promises=_promises(notebook, shown),
    )


def _line(name: str, spelt: list[tuple[str, int, int]]) -> AccountLine:
    last = max(seconds for _, _, seconds in spelt)
    return AccountLine(
        name=name,
        spellings=tuple(sorted({name, *(each for each, _, _ in spelt)})),
        notes=sum(notes for _, notes, _ in spelt),
        last=wall_time(last).date(),
    )


def _day(view: NoteView) -> date:
    return wall_time(view.happened.local_seconds).date()


def _of(views: list[NoteView], kind: Kind) -> int:
    return sum(1 for view in views if view.note.kind == kind.value)


def _meetings(views: Iterable[NoteView]) -> int:
    """Separate days that somebody was in touch: what came from one day counts once."""
    return len({_day(view) for view in views})


def _objections(
    notebook: Notebook, account: str, views: list[NoteView]
) -> tuple[ObjectionHere, ...]:
    shown = [view for view in views if view.note.kind == Kind.OBJECTION.value][:OBJECTIONS]
    concerns = {view.note.concern for view in shown if view.note.concern}
    elsewhere = {concern: _elsewhere(notebook, account, concern) for concern in concerns}
    return tuple(
        ObjectionHere(
            id=view.id,
            heading=view.note.heading,
            concern=view.note.concern,
            day=_day(view),
            answer=_answer(view) if view.note.answer else None,
            elsewhere=elsewhere.get(view.note.concern, ()),
        )
        for view in shown
    )


def _elsewhere(notebook: Notebook, account: str, concern: str) -> tuple[Answer, ...]:
    """Answers to the same concern that worked at other accounts, the newest first."""
    records = notebook.library.records
    query = Query(
        (
            Named("kind", Kind.OBJECTION.value),
            Named("concern", concern),
            Named("worked", "yes"),
            Not(Named("account", account)),
        )
    )
    views = records.views(search.page(records, query, 2 * ELSEWHERE))
    return tuple(_answer(view) for view in views if view.note.answer)[:ELSEWHERE]


def _answer(view: NoteView) -> Answer:
    return Answer(view.id, view.note.answer, view.note.worked, view.note.account)


def _competitors(notebook: Notebook, account: str, views: list[NoteView]) -> tuple[Seen, ...]:
    written = {name for view in views for name in view.note.competitors}
    called = {name: notebook.library.names.called("competitor", name) for name in written}
    count: Counter[str] = Counter()
    for view in views:
        count.update({called[name] for name in view.note.competitors})
    return tuple(
        Seen(name, notes, f"{account} competitor:{quoted(name)}")
        for name, notes in sorted(count.items(), key=lambda pair: (-pair[1], fold(pair[0])))
    )


def _wins(notebook: Notebook, views: list[NoteView]) -> tuple[WinHere, ...]:
    today = notebook.clock().local().date()
    return tuple(
        WinHere(
            id=view.id,
            heading=view.note.heading,
            why_us=view.note.why_us,
            use=consent.in_words(view.note.consent, today),
            usable=consent.may_tell(view.note.consent, today),
        )
        for view in views
        if view.note.kind == Kind.WIN.value
    )


def _promises(notebook: Notebook, account: str) -> tuple[PromiseHere, ...]:
    now = notebook.clock()
    standing = (x for x in list_promises(notebook, account) if x.promise.stands)
    return tuple(PromiseHere(view, due(view.promise, now)) for view in standing)


def _contacts(views: list[NoteView]) -> tuple[Contact, ...]:
    """People at the account, once each; the newest note that names them speaks."""
    found: dict[str, Contact] = {}
    for view in views:
        for contact in view.note.contacts:
            key = fold(contact.name) or f"role:{fold(contact.role)}"
            if key != "role:":
                found.setdefault(key, contact)
    return tuple(found.values())
