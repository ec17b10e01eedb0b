"""Look at everything that was chosen, and say what of it leaves, what stays, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import msgspec

from fieldnotes.bundle.contents import Counts
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.people import KeyCard
from fieldnotes.domain.records import Copy
from fieldnotes.domain.selections import Selection
from fieldnotes.domain.shapes import Shape
from fieldnotes.errors import SendingRefused
from fieldnotes.operations.leaving import Item
from fieldnotes.operations.ledger import already_there
from fieldnotes.operations.likenesses_along import likenesses_along, notes_said_alike
from fieldnotes.operations.looking_through import Look
from fieldnotes.operations.names_along import names_along
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.opening import sealed_for
from fieldnotes.operations.people_along import people_along
from fieldnotes.operations.saving import settle_outbox
from fieldnotes.operations.selecting import chosen
from fieldnotes.operations.shown import NOTHING, Shown

Progress = Callable[[int, int], None]


def quiet(done: int, total: int) -> None:
    """Nobody watches."""


class Tally(msgspec.Struct, frozen=True):
    """How many records are sent, with something hidden, and not sent. `kinds`: of those sent."""

    sent: int
    hidden: int
    not_sent: int
    kinds: Counter[str]

    def __add__(self, more: Tally) -> Tally:
        return Tally(
            self.sent + more.sent,
            self.hidden + more.hidden,
            self.not_sent + more.not_sent,
            self.kinds + more.kinds,
        )


class SendingPlan(msgspec.Struct, frozen=True):
    """Exactly this goes into the file, and nothing else.

    `items`: what becomes of each record, none where nobody looks at a list of them. `going`: the
    records that go, by number, in the order of the file; below zero where something of one is
    hidden or has to be put together. `seal`: stands for what they show. `whole`: the notes among
    them that go as they lie here. `along`: versions that go with them, by number. `loosened`:
    versions to save before, which let the company see what only the owner saw. `files`: hash of
    each attachment that goes along → bytes.
    """

    selection: Selection
    items: list[Item]
    tally: Tally
    going: Sequence[int] = ()
    seal: tuple[str, int] = NOTHING
    whole: Counts = msgspec.field(default_factory=Counts)
    along: dict[int, list[Copy]] = {}
    loosened: tuple[Copy, ...] = ()
    sealed_for: tuple[KeyCard, ...] = ()  # who alone can open it, unless somebody says otherwise
    files: dict[str, int] = {}
    authors: frozenset[str] = frozenset()
    tags: tuple[str, ...] = ()  # those asked for, as far as some note in the file shows them

    @property
    def sent(self) -> list[Item]:
        """What goes, whole or in part."""
        return [item for item in self.items if not item.not_sent]

    @property
    def records(self) -> int:
        """How many records go."""
        return len(self.going) + len(self.along)


def plan_sending(
    notebook: Notebook, selection: Selection, progress: Progress = quiet, *, listed: bool = True
) -> SendingPlan:
    """Look at every note that was chosen, and say what of it is sent. Writes nothing.

    Without a list of everything (`listed`) it takes no more memory for more notes.
    """
    settle_outbox(notebook)
    if selection.promises and selection.shape is not Shape.BUNDLE:
        raise SendingRefused("Only a bundle carries promises.", "Leave them out, or make a bundle.")
    return planned(notebook, selection, chosen(notebook, selection), progress, listed=listed)


def planned(
    notebook: Notebook,
    selection: Selection,
    note_nos: Sequence[int],
    progress: Progress = quiet,
    *,
    listed: bool = True,
) -> SendingPlan:
    """The plan for the records of these numbers, with what goes along with them."""
    library = notebook.library
    already = already_there(notebook, selection)
    named = bool(selection.tags or library.records.vocabulary.everything())
    shown = Shown(notes_said_alike(notebook), named=named)
    look = Look(notebook, selection, already, shown, listed=listed)
    look.through(note_nos, progress)
    told, along = _along(notebook, selection, shown, already)
    sealable = selection.shape is Shape.BUNDLE and selection.audience is not Audience.MYSELF
    return SendingPlan(
        selection,
        exceptions_first([*look.items_newest_first(), *told]) if listed else [],
        Tally(look.kinds.total(), look.hidden, look.not_sent, look.kinds) + tally_of(told),
        look.going,
        shown.seal.value,
        look.whole,
        look.loose | along,
        tuple(look.loosened),
        sealed_for(notebook, selection.recipient) if sealable else (),
        _files(notebook, selection, shown),
        frozenset(shown.authors).union(*(_authors(each) for each in along.values())),
        tuple(filter(shown.has_tag, selection.tags)),
    )


def tally_of(items: Iterable[Item]) -> Tally:
    """The counts for these."""
    told = list(items)
    sent = [item for item in told if not item.not_sent]
    hidden = sum(1 for item in sent if item.hidden)
    return Tally(len(sent), hidden, len(told) - len(sent), Counter(item.kind for item in sent))


def exceptions_first(items: list[Item]) -> list[Item]:
    """What is not sent, then what is with something hidden, then the rest."""
    return sorted(items, key=lambda item: (not item.not_sent, not item.hidden, not item.label))


def _along(
    notebook: Notebook, selection: Selection, shown: Shown, already: set[tuple[int, str]]
) -> tuple[list[Item], dict[int, list[Copy]]]:
    if selection.shape is not Shape.BUNDLE:
        return [], {}
    audience = selection.audience
    names = shown.names()
    told, along = names_along(notebook, audience, names, already, selection.everything)
    linked, links = likenesses_along(notebook, audience, shown.headings, already)
    about, beside = people_along(notebook, audience, shown.authors, already)
    return told + linked + about, along | links | beside


def _authors(copies: Iterable[Copy]) -> set[str]:
    return {copy.revision.author for copy in copies}


def _files(notebook: Notebook, selection: Selection, shown: Shown) -> dict[str, int]:
    """What is shown of attachments, as far as it is here and the shape carries it."""
    if selection.shape not in (Shape.BUNDLE, Shape.MARKDOWN):
        return {}
    sizes = ((sha256, notebook.library.blobs.size(sha256)) for sha256 in sorted(shown.files))
    return {sha256: size for sha256, size in sizes if size is not None}
