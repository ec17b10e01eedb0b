"""What can be chosen to send, with a live count on everything that can be clicked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fieldnotes.domain.markings import Audience
from fieldnotes.domain.notes import Kind
from fieldnotes.domain.query import Query, fold, quoted
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import settle_outbox
from fieldnotes.operations.sending import Selection
from fieldnotes.store import counts, search

DAYS = (7, 30, 90, 365)
SHOWN = 200  # names of one family that are counted; nobody clicks through more


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was clicked together. No kind is every kind; `days`: only the last so many."""

    words: str = ""
    kinds: frozenset[str] = frozenset()
    tags: tuple[str, ...] = ()
    account: str = ""
    days: int | None = None
    audience: Audience = Audience.COMPANY
    recipient: str = ""
    since_last: bool = False

    def selection(self, today: date) -> Selection:
        """The same as an operation takes it. `today` is the local day."""
        parts = [self.words.strip()]
        if self.kinds:
            parts += [f"-kind:{kind}" for kind in Kind if kind not in self.kinds]
        if self.account:
            parts.append(f"account:{quoted(self.account)}")
        if self.days is not None:
            parts.append(f"after:{today - timedelta(days=self.days - 1)}")
        query = " ".join(filter(None, parts))
        return Selection(query, self.tags, self.audience, self.recipient, self.since_last)


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to click, and how many notes there are with it beside all else that is chosen."""

    key: str
    notes: int


@dataclass(frozen=True, slots=True)
class Choices:
    """Everything to click. `new`: notes that did not go to the recipient as they are now, or None
    where nothing went to them before."""

    today: date
    total: int
    kinds: tuple[Offer, ...]
    tags: tuple[Offer, ...]
    accounts: tuple[Offer, ...]
    times: tuple[Offer, ...]
    recipients: tuple[str, ...]
    new: int | None


def choices(notebook: Notebook, wanted: Wanted) -> Choices:
    """What there is to click, counted for what is clicked now."""
    settle_outbox(notebook)
    today = notebook.clock().local().date()
    sendings = notebook.library.sendings
    known = wanted.recipient in sendings.recipients()
    count = _counter(notebook, wanted, today)
    return Choices(
        today=today,
        total=count(wanted),
        kinds=tuple(
            Offer(kind.value, count(replace(wanted, kinds=frozenset({kind.value}))))
            for kind in Kind
        ),
        tags=_tags(notebook, wanted, count),
        accounts=_accounts(notebook, wanted, count),
        times=tuple(Offer(str(days), count(replace(wanted, days=days))) for days in DAYS),
        recipients=tuple(sendings.recipients()),
        new=count(replace(wanted, since_last=True)) if known else None,
    )


_Count = Callable[[Wanted], int]


def _counter(notebook: Notebook, wanted: Wanted, today: date) -> _Count:
    records = notebook.library.records

    def count(asked: Wanted) -> int:
        query: Query = asked.selection(today).filter
        if asked.since_last:
            return counts.not_sent_to(records, query, asked.recipient)
        return search.count(records, query)

    return count


def _tags(notebook: Notebook, wanted: Wanted, count: _Count) -> tuple[Offer, ...]:
    chosen = {fold(tag) for tag in wanted.tags}
    offers = []
    for tag in _names(notebook, "tag", wanted.tags):
        more = () if fold(tag) in chosen else (tag,)
        offers.append(Offer(tag, count(replace(wanted, tags=(*wanted.tags, *more)))))
    return tuple(offers)


def _accounts(notebook: Notebook, wanted: Wanted, count: _Count) -> tuple[Offer, ...]:
    chosen = (wanted.account,) if wanted.account else ()
    return tuple(
        Offer(name, count(replace(wanted, account=name)))
        for name in _names(notebook, "account", chosen)
    )


def _names(notebook: Notebook, family: str, chosen: tuple[str, ...]) -> list[str]:
    """One spelling of each name, the most used first; what is chosen keeps its spelling."""
    spelt = {fold(name): name for name in chosen}
    used = counts.by_name(notebook.library.records, family)[:SHOWN]
    ordered = dict.fromkeys(fold(name) for name, _ in used)
    for name, _ in used:
        spelt.setdefault(fold(name), name)
    return [spelt[key] for key in {**ordered, **spelt}]
