"""What can be chosen to send, with a live count on everything that can be clicked."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Literal

import msgspec
from msgspec.structs import replace

from fieldnotes.domain.markings import Audience, shown_to
from fieldnotes.domain.notes import Kind
from fieldnotes.domain.query import on_day
from fieldnotes.domain.query_text import quoted
from fieldnotes.domain.selections import Selection
from fieldnotes.domain.shapes import Shape
from fieldnotes.domain.words import fold
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.opening import known_names
from fieldnotes.operations.promises import sendable
from fieldnotes.operations.saving import settle_outbox
from fieldnotes.operations.where_it_went import open_to
from fieldnotes.store import counts, search

DAYS = (7, 30, 90, 365)
TAGS = 40  # each is counted by itself at every click
ACCOUNTS = 400  # counted together


class Wanted(msgspec.Struct, frozen=True):
    """What was clicked together. No kind is every kind; `days`: only the last so many.

    `notes`: ids that were picked by hand, and then just these.
    """

    words: str = ""
    kinds: frozenset[str] = frozenset()
    tags: tuple[str, ...] = ()
    account: str = ""
    days: int | None = None
    audience: Audience = Audience.COMPANY
    recipient: str = ""
    since_last: bool = False
    promises: bool = False
    shape: Shape = Shape.BUNDLE
    notes: tuple[str, ...] = ()

    def selection(self, today: date) -> Selection:
        """The same as an operation takes it. `today` is the local day."""
        parts = []
        if self.kinds:
            parts = [f"-kind:{kind}" for kind in Kind if kind not in self.kinds]
        if self.account:
            parts.append(f"account:{quoted(self.account)}")
        if self.days is not None:
            parts.append(f"after:{today - timedelta(days=self.days - 1)}")
        parts.append(self.words.strip())  # last: a quotation mark left open swallows the rest
        query = " ".join(filter(None, parts))
        told = (query, self.tags, self.audience, self.recipient, self.since_last)
        bundle = self.shape is Shape.BUNDLE
        promises = self.promises and bundle and self.audience is Audience.COMPANY
        return Selection(*told, promises=promises, shape=self.shape, notes=self.notes)


class Offer(msgspec.Struct, frozen=True):
    """Something to click, and how many notes there are with it beside all else that is chosen."""

    key: str
    notes: int


class Choices(msgspec.Struct, frozen=True):
    """Everything to click. `new`: notes that did not go to the recipient as they are now, or None
    where nothing went to them before; `removals`: those they were not told yet; `promises`: the
    owner's, of the chosen account."""

    today: date
    total: int
    kinds: tuple[Offer, ...]
    tags: tuple[Offer, ...]
    accounts: tuple[Offer, ...]
    times: tuple[Offer, ...]
    recipients: tuple[str, ...]
    new: int | None
    promises: int = 0
    removals: int = 0
    known: tuple[str, ...] = ()  # by name, whoever else a file could be sealed for


def choices(notebook: Notebook, wanted: Wanted) -> Choices:
    """What there is to click, counted for what is clicked now."""
    settle_outbox(notebook)
    today = notebook.clock().local().date()
    sendings = notebook.library.sendings
    if wanted.notes:
        return _picked(notebook, wanted, today)
    known = any(sendings.files_to(wanted.recipient, wanted.audience))
    counter = _Counter(notebook, today)
    kinds = counter.by("kind", replace(wanted, kinds=frozenset()))
    return Choices(
        today=today,
        total=counter.count(wanted),
        kinds=tuple(Offer(kind.value, kinds[kind.value]) for kind in Kind),
        tags=_tags(counter, wanted),
        accounts=_accounts(counter, wanted),
        times=tuple(Offer(str(days), counter.count(replace(wanted, days=days))) for days in DAYS),
        recipients=tuple(sendings.recipients()),
        new=counter.count(replace(wanted, since_last=True)) if known else None,
        promises=len(sendable(notebook, filter(None, [wanted.account]))),
        known=tuple(known_names(notebook)),
        removals=open_to(notebook, wanted.recipient) if known else 0,
    )


def _picked(notebook: Notebook, wanted: Wanted, today: date) -> Choices:
    """Of what was picked by hand there is nothing more to click."""
    return Choices(
        today=today,
        total=len(wanted.notes),
        kinds=(),
        tags=(),
        accounts=(),
        times=(),
        recipients=tuple(notebook.library.sendings.recipients()),
        new=None,
        promises=len(sendable(notebook, ())),
    )


class _Counter:
    """Counts notes for what might be clicked."""

    def __init__(self, notebook: Notebook, today: date) -> None:
        self._records, self._sendings = notebook.library.records, notebook.library.sendings
        self._today = today
        self._had: dict[str, tuple[tuple[int, ...], ...]] = {}  # of one audience

    def count(self, asked: Wanted) -> int:
        query = on_day(asked.selection(self._today).filter, self._today)
        if asked.since_last:
            return counts.not_sent_to(self._records, query, self._lacking(asked))
        return search.count(self._records, query)

    def by(self, family: Literal["account", "kind"], asked: Wanted) -> Counter[str]:
        """Notes by folded name, in one look."""
        query = on_day(asked.selection(self._today).filter, self._today)
        not_to = self._lacking(asked) if asked.since_last else None
        found: Counter[str] = Counter()
        for name, notes in counts.hits_by(self._records, query, family, not_to):
            found[fold(name)] += notes
        return found

    def _lacking(self, asked: Wanted) -> counts.NotTo:
        if asked.recipient not in self._had:
            self._had[asked.recipient] = self._sendings.files_to(asked.recipient, asked.audience)
        return counts.NotTo(self._had[asked.recipient], shown_to(asked.audience))

    def names(self, family: str, chosen: tuple[str, ...], at_most: int) -> list[str]:
        """One spelling of each name, the most used first; what is chosen keeps its spelling."""
        spelt = {fold(name): name for name in chosen}
        used = counts.by_name(self._records, family)[:at_most]
        ordered = dict.fromkeys(fold(name) for name, _ in used)
        for name, _ in used:
            spelt.setdefault(fold(name), name)
        return [spelt[key] for key in {**ordered, **spelt}]


def _tags(counter: _Counter, wanted: Wanted) -> tuple[Offer, ...]:
    chosen = {fold(tag) for tag in wanted.tags}
    offers = []
    for tag in counter.names("tag", wanted.tags, TAGS):
        more = () if fold(tag) in chosen else (tag,)
        offers.append(Offer(tag, counter.count(replace(wanted, tags=(*wanted.tags, *more)))))
    return tuple(offers)


def _accounts(counter: _Counter, wanted: Wanted) -> tuple[Offer, ...]:
    chosen = (wanted.account,) if wanted.account else ()
    found = counter.by("account", replace(wanted, account=""))
    names = counter.names("account", chosen, ACCOUNTS)
    return tuple(Offer(name, found[fold(name)]) for name in names)
