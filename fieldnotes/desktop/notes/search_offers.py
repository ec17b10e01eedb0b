"""What could be meant by the piece of a search that is being typed: filters, names and times.

Asked for beside the window, by one thread: this module brings rapidfuzz with it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from fieldnotes.desktop.notes.wording import KIND_PLURALS
from fieldnotes.desktop.widgets.known_names import KnownNames
from fieldnotes.desktop.widgets.offers import Offer, typed_part
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.domain.languages import NAMES as LANGUAGES
from fieldnotes.domain.markings import CHOICES, IN_WORDS
from fieldnotes.domain.notes import Kind
from fieldnotes.domain.query import THINGS
from fieldnotes.domain.query_filters import STATES
from fieldnotes.domain.query_text import quoted
from fieldnotes.domain.words import fold
from fieldnotes.operations.search import (
    CAP,
    authors,
    counts_by_kind,
    few_names,
    names_to_complete,
)

if TYPE_CHECKING:
    from fieldnotes.domain.query_text import Typing
    from fieldnotes.operations.notebook import Notebook

AT_MOST = 8
_FEWEST = 2  # letters of a word from which on filters are offered
_COUNTED = ("account", "competitor", "product", "tag")
_FEW = ("stage", "outcome", "concern", "worked", "language")
FILTERS = {
    "account": "Customer or prospect",
    "competitor": "Named competitor",
    "tag": "Tag",
    "kind": "Win, objection, …",
    "author": "Who wrote it",
    "product": "Product",
    "stage": "Stage of the deal",
    "outcome": "Outcome of the deal",
    "concern": "Concern behind an objection",
    "worked": "Did it work",
    "language": "Language",
    "see": "Who may see it",
    "after": "Since a day or month",
    "before": "Until a day or month",
    "on": "In a day, month or year",
    "has": "What hangs on it",
    "is": "State of the note",
    "text": "Title and text alone",
}
TIMES = (
    "today",
    "yesterday",
    "this week",
    "last week",
    "last 7 days",
    "this month",
    "last month",
    "last 30 days",
    "last 90 days",
    "this quarter",
    "last quarter",
    "this year",
    "last year",
)
_ALONE = ("last 7 days", "last 30 days", "last 90 days", "last 12 months")
_SPEAKING = {"edited-twice": "Two versions", "not-sent": "Not sent yet", "draft": "Not saved yet"}


class SearchOffers:
    """Offers for one library; the names of a family are kept until `forget`."""

    def __init__(self) -> None:
        self._known: dict[str, KnownNames] = {}
        self._stale = False

    def forget(self) -> None:
        """Names may have changed. May be called from any thread."""
        self._stale = True

    def find(self, notebook: Notebook, typing: Typing) -> list[Offer]:
        """The best few for what is being typed."""
        if self._stale:
            self._stale = False
            self._known.clear()
        go_on = notebook.library.connection.go_on
        if not typing.family:
            return _filters(typing.begun)
        if typing.family in ("after", "before", "on"):
            return _fitting(typing.begun, [(time, "") for time in TIMES])
        if typing.family == "kind":
            return _kinds(notebook, typing.begun)
        if typing.family in ("has", "is", "see"):
            return _fixed(typing.family, typing.begun)
        if typing.family in (*_COUNTED, *_FEW, "author"):
            return self._names(notebook, typing, go_on)
        return []

    def _names(self, notebook: Notebook, typing: Typing, go_on: Callable[[], None]) -> list[Offer]:
        known = self._known.get(typing.family)
        if known is None:
            known = self._known[typing.family] = KnownNames(_read(notebook, typing.family))
        wanted = fold(typing.begun.removesuffix("*"))
        if not wanted:
            rows = [_offer(typing.family, each) for each in known.most_wanted(AT_MOST)]
            return [*_tag_families(known, typing), *rows]
        found = dict(known.fitting(wanted, AT_MOST))
        if len(found) < AT_MOST:
            for step in known.alike(wanted, AT_MOST - len(found)):
                go_on()
                found |= {name: notes for name, notes in step or () if name not in found}
        beginnings = _tag_families(known, typing)
        rows = [_offer(typing.family, each, wanted) for each in found.items()]
        return [*rows[:1], *beginnings, *rows[1:]][:AT_MOST]


def _read(notebook: Notebook, family: str) -> Sequence[tuple[str, int]]:
    if family in _COUNTED:
        return names_to_complete(notebook, family)
    if family == "author":
        return authors(notebook)
    told = few_names(notebook, family)
    if family == "language":
        return [(LANGUAGES.get(name, (name,))[0], notes) for name, notes in told]
    return told


def _offer(family: str, named: tuple[str, int], wanted: str = "") -> Offer:
    name, notes = named
    count = notes if notes <= CAP or family in _COUNTED else f"{grouped(CAP)}+"
    return Offer(name, count, typed_part(wanted, name) if wanted else (0, 0), f"{quoted(name)} ")


def _tag_families(known: KnownNames, typing: Typing) -> list[Offer]:
    """`industry:*` for tags such as `industry:retail`, where several begin so."""
    if typing.family != "tag":
        return []
    wanted = fold(typing.begun.removesuffix("*"))
    counts: dict[str, int] = {}
    for name, _notes in known:
        head, colon, rest = name.partition(":")
        if colon and rest and fold(f"{head}:").startswith(wanted):
            counts[head] = counts.get(head, 0) + 1
    several = sorted((-count, head) for head, count in counts.items() if count > 1)
    return [
        Offer(f"{head}:*", f"{-count} tags", (0, min(len(wanted), len(head) + 1)), _starred(head))
        for count, head in several[:2]
    ]


def _starred(head: str) -> str:
    """`industry:*`, quoted where it has to be."""
    plain = quoted(f"{head}:")
    return f"{plain}* "


def _filters(begun: str) -> list[Offer]:
    wanted = begun.lower()
    if len(wanted) < _FEWEST:
        return []
    rows = [
        Offer(f"{name}:", told, (0, len(wanted)), f"{name}:")
        for name, told in FILTERS.items()
        if name.startswith(wanted)
    ]
    if not rows and len(wanted) > _FEWEST:
        *_, near = KnownNames([(name, 0) for name in FILTERS]).alike(wanted, 2)
        rows = [Offer(f"{name}:", FILTERS[name], (0, 0), f"{name}:") for name, _ in near or ()]
    times = [time for time in _ALONE if time.startswith(wanted)]
    return rows + [Offer(time, "Time", (0, len(wanted)), f"{time} ") for time in times]


def _kinds(notebook: Notebook, begun: str) -> list[Offer]:
    counts = counts_by_kind(notebook)
    wanted = fold(begun)
    kinds = [kind for kind in Kind if wanted in kind or wanted in fold(KIND_PLURALS[kind])]
    kinds.sort(key=lambda kind: (not kind.startswith(wanted), -counts.get(kind, 0)))
    return [
        Offer(kind, counts.get(kind, 0), typed_part(wanted, kind), f"{kind} ") for kind in kinds
    ]


def _fixed(family: str, begun: str) -> list[Offer]:
    match family:
        case "has":
            told = [(thing, "") for thing in THINGS]
        case "is":
            told = [(state, _SPEAKING[state]) for state in STATES if state in _SPEAKING]
        case _:
            told = [(choice, IN_WORDS[marking]) for choice, marking in CHOICES.items()]
    return _fitting(begun, told)


def _fitting(begun: str, told: Iterable[tuple[str, str]]) -> list[Offer]:
    wanted = fold(begun)
    rows = [each for each in told if wanted in each[0]]
    rows.sort(key=lambda each: not each[0].startswith(wanted))
    return [Offer(n, hint, typed_part(wanted, n), f"{quoted(n)} ") for n, hint in rows[:AT_MOST]]
