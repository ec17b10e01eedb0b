"""Send notes: choose, check what leaves and what stays, then make the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from fieldnotes.bundle.room import refuse_too_much
from fieldnotes.bundle.writer import Cover, line_of, part_of, write_bundle
from fieldnotes.domain import likeness, merge, vocabulary
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.people import KeyCard
from fieldnotes.domain.promises import TYPE
from fieldnotes.domain.query import Named, Query
from fieldnotes.domain.query_text import parse_query
from fieldnotes.domain.records import Copy
from fieldnotes.domain.shapes import Shape
from fieldnotes.domain.views import NoteView
from fieldnotes.errors import SendingRefused
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.covers import new_cover
from fieldnotes.operations.leaving import Item, item_of, not_signed, shown_to
from fieldnotes.operations.ledger import already_there, remember
from fieldnotes.operations.likenesses_along import likenesses_along
from fieldnotes.operations.loose_attachments import attached_in
from fieldnotes.operations.names_along import names_along
from fieldnotes.operations.notebook import Notebook, begin_file
from fieldnotes.operations.opening import Locked, lock_for, sealed_for
from fieldnotes.operations.people_along import TYPES as ABOUT_PEOPLE
from fieldnotes.operations.people_along import people_along
from fieldnotes.operations.promises import sendable, shown_to_company
from fieldnotes.operations.proving import genuine
from fieldnotes.operations.saving import settle_outbox
from fieldnotes.operations.search import dated
from fieldnotes.store import search

Progress = Callable[[int, int], None]


def quiet(done: int, total: int) -> None:
    """Nobody watches."""


class Selection(msgspec.Struct, frozen=True):
    """What to send. `query` as in the search box; `recipient` names whom it is for, several with
    semicolons between them.

    `promises`: the owner's promises as well, which otherwise go into no file for others. Other
    shapes than a bundle hold notes alone, each as it is now. `notes`: ids that were
    picked by hand, and then just these.
    """

    query: str = ""
    tags: tuple[str, ...] = ()
    audience: Audience = Audience.COMPANY
    recipient: str = ""
    since_last: bool = False
    promises: bool = False
    shape: Shape = Shape.BUNDLE
    notes: tuple[str, ...] = ()

    @property
    def filter(self) -> Query:
        """The query with every tag as a further condition."""
        tagged = tuple(Named("tag", tag) for tag in self.tags)
        return Query(parse_query(self.query).terms + tagged)

    @property
    def everything(self) -> bool:
        """Nothing narrows it."""
        return not self.query.strip() and not self.tags and not self.notes


class SendingPlan(msgspec.Struct, frozen=True):
    """Exactly this goes into the file, and nothing else. `copies`: by the number of the note.

    `loosened`: versions to save before, which let the company see what only the owner saw.
    """

    selection: Selection
    items: list[Item]
    copies: dict[int, list[Copy]]
    loosened: tuple[Copy, ...] = ()
    sealed_for: tuple[KeyCard, ...] = ()  # who alone can open it, unless somebody says otherwise
    files: dict[str, int] = {}  # hash of each attachment that goes along → bytes

    @property
    def sent(self) -> list[Item]:
        """What goes, whole or in part."""
        return [item for item in self.items if not item.not_sent]

    @property
    def by_kind(self) -> dict[str, int]:
        """What goes, by kind."""
        return dict(Counter(item.kind for item in self.sent if not item.removal))


class Looked(msgspec.Struct, frozen=True):
    """What becomes of one record. `loosened`: its version that is saved before it is sent."""

    item: Item
    shown: list[Copy]
    loosened: Copy | None = None


class Sent(msgspec.Struct, frozen=True):
    """A file that was made. `continued`: cells too long for one, which go on elsewhere in it."""

    path: Path
    manifest: dict[str, Any]
    hidden: int
    not_sent: int
    continued: int = 0
    locked: Locked = "open"


def plan_sending(
    notebook: Notebook, selection: Selection, progress: Progress = quiet
) -> SendingPlan:
    """Look at every note that was chosen, and say what of it is sent. Writes nothing."""
    settle_outbox(notebook)
    already = already_there(notebook, selection)
    bundle = selection.shape is Shape.BUNDLE
    if selection.promises and not bundle:
        raise SendingRefused("Only a bundle carries promises.", "Leave them out, or make a bundle.")
    chosen = _chosen(notebook, selection)
    items, copies = [], {}
    loosened: list[Copy] = []
    for done, view in enumerate(chosen):
        progress(done, len(chosen))
        looked = looked_at(notebook, view, selection, already)
        if looked is None:
            continue
        items.append(looked.item)
        loosened += [looked.loosened] if looked.loosened else []
        if looked.shown:
            copies[view.note_no] = looked.shown
    return planned(notebook, selection, items, copies, already, tuple(loosened))


def planned(
    notebook: Notebook,
    selection: Selection,
    items: list[Item],
    copies: dict[int, list[Copy]],
    already: set[tuple[int, str]],
    loosened: tuple[Copy, ...],
) -> SendingPlan:
    """The plan for what goes of the records that were chosen, with what goes along with them."""
    if selection.shape is Shape.BUNDLE:
        told, along = names_along(
            notebook, selection.audience, copies, already, selection.everything
        )
        linked, links = likenesses_along(notebook, selection.audience, copies, already)
        about, beside = people_along(notebook, selection.audience, copies, already)
        items, copies = items + told + linked + about, copies | along | links | beside
    files = files_of(notebook, selection, copies)
    sealable = selection.shape is Shape.BUNDLE and selection.audience is not Audience.MYSELF
    cards = sealed_for(notebook, selection.recipient) if sealable else ()
    return SendingPlan(selection, exceptions_first(items), copies, loosened, cards, files)


def looked_at(
    notebook: Notebook, view: NoteView, selection: Selection, already: set[tuple[int, str]]
) -> Looked | None:
    """What of one record is sent; None where every version of it is in `already`."""
    held = notebook.library.records.history(view.id, view.author)
    history = genuine(notebook, view.note_no, held)
    if not history:
        return Looked(not_signed(view), [])
    bundle = selection.shape is Shape.BUNDLE
    travelling = merge.travelling(history) if bundle else [merge.current(history)]
    heads = [merge.completed(history, copy) for copy in travelling]
    if all((view.note_no, copy.name) in already for copy in heads):
        return None
    if (fresh := _loosened(notebook, view, selection)) is not None:
        heads = [fresh]
    shown = [c for c in (shown_to(copy, selection.audience) for copy in heads) if c is not None]
    today = notebook.clock().local().date()
    return Looked(item_of(view, heads, shown, selection.audience, today), shown, fresh)


def exceptions_first(items: list[Item]) -> list[Item]:
    """What is not sent, then what is with something hidden, then the rest."""
    return sorted(items, key=lambda item: (not item.not_sent, not item.hidden, not item.label))


def send(
    notebook: Notebook,
    plan: SendingPlan,
    path: Path,
    title: str = "",
    note: str = "",
    progress: Progress = quiet,
    *,
    unsealed: bool = False,
    passphrase: str = "",
    cover: Cover | None = None,
) -> Done[Sent]:
    """Make the file that was checked. Raises SendingRefused; then nothing was sent.

    It is sealed for the recipients whose keys are known, or locked with `passphrase` where one is
    given; `unsealed` leaves it open. A file for oneself is always sealed. `cover`: another one
    than that of a new file.
    A library that can only be read does not remember that it was sent.
    """
    selection, library = plan.selection, notebook.library
    refuse_too_much(plan.files.values())
    if plan.loosened:
        with library.transaction():
            for copy in plan.loosened:
                library.records.put(copy.revision.id, [copy])
    cover = cover or new_cover(notebook, selection, _in_order(plan), title, note)
    if not library.read_only:
        begin_file(notebook, part_of(path))
    locked, lock = lock_for(
        notebook, selection.audience, plan.sealed_for, unsealed=unsealed, passphrase=passphrase
    )
    lines = map(line_of, _in_order(plan, progress))
    manifest = write_bundle(path, cover, lines, _blobs(notebook, plan), library.owner, lock)
    if not library.read_only:
        remember(notebook, plan, manifest, path)
    return sent(plan, path, manifest, locked=locked)


def sent(
    plan: SendingPlan,
    path: Path,
    manifest: dict[str, Any],
    continued: int = 0,
    locked: Locked = "open",
) -> Done[Sent]:
    """What is told of a file that was made."""
    hidden = sum(1 for item in plan.sent if item.hidden)
    result = Sent(path, manifest, hidden, len(plan.items) - len(plan.sent), continued, locked)
    changed = frozenset(copies[0].revision.id for copies in plan.copies.values())
    return Done(result, Changes(changed, sendings=True, promises=plan.selection.promises))


def notes_in(sent: Sent) -> int:
    """Records in the file but those that say who is who."""
    kinds: dict[str, int] = sent.manifest["by_kind"]
    return int(sent.manifest["records"]) - sum(kinds.get(type_, 0) for type_ in ABOUT_PEOPLE)


# --- what goes --------------------------------------------------------------------------------


def _chosen(notebook: Notebook, selection: Selection) -> list[NoteView]:
    """Notes that pass, and removals of those that the recipient may hold."""
    records = notebook.library.records
    if selection.notes:
        picked = (records.view(each) for each in selection.notes)
        there = [view for view in picked if view is not None and view.removed is None]
        return there + (_promises(notebook, selection) if selection.promises else [])
    places = search.page(records, dated(notebook, selection.filter), limit=-1)
    views = records.views(places)
    if selection.shape is not Shape.BUNDLE:
        return views
    removed = records.views(records.removed_places())
    if not selection.everything or selection.since_last:
        had = notebook.library.sendings.had_by(selection.recipient)
        removed = [view for view in removed if view.note_no in had]
    others = records.views(records.other_places()) if selection.everything else []
    others = [view for view in others if view.type not in ALONG]
    if selection.audience is not Audience.MYSELF:
        others = [view for view in others if view.type != TYPE]
        removed = [view for view in removed if _removal_goes(notebook, view)]
        others += _promises(notebook, selection) if selection.promises else []
    return views + removed + others


def _promises(notebook: Notebook, selection: Selection) -> list[NoteView]:
    """The owner's promises, of the accounts that were asked for if there are any."""
    terms = selection.filter.terms
    accounts = [t.name for t in terms if isinstance(t, Named) and t.family == "account"]
    found = (notebook.library.records.view(x.id) for x in sendable(notebook, accounts))
    return [view for view in found if view is not None]


def _removal_goes(notebook: Notebook, view: NoteView) -> bool:
    """Removed: other records than notes are told to whoever may hold them: they went out once."""
    return view.type not in (TYPE, *ALONG) or bool(notebook.library.sendings.went_to(view.note_no))


def _loosened(notebook: Notebook, view: NoteView, selection: Selection) -> Copy | None:
    """Asking for promises is what lets the company see them; removed ones stay as they are."""
    asked = selection.promises and selection.audience is Audience.COMPANY
    if not asked or view.type != TYPE or view.removed or not view.mine:
        return None
    return shown_to_company(notebook, view.id)


def _in_order(plan: SendingPlan, progress: Progress = quiet) -> Iterator[Copy]:
    everything = [copy for copies in plan.copies.values() for copy in copies]
    everything.sort(key=lambda copy: (copy.revision.id, copy.name))
    for done, copy in enumerate(everything):
        progress(done, len(everything))
        yield copy


def files_of(
    notebook: Notebook, selection: Selection, copies: dict[int, list[Copy]]
) -> dict[str, int]:
    """What is shown of attachments, as far as it is here and the shape carries it."""
    if selection.shape not in (Shape.BUNDLE, Shape.MARKDOWN):
        return {}
    shown = {sha256 for several in copies.values() for sha256 in attached_in(several)}
    sizes = ((sha256, notebook.library.blobs.size(sha256)) for sha256 in sorted(shown))
    return {sha256: size for sha256, size in sizes if size is not None}


def _blobs(notebook: Notebook, plan: SendingPlan) -> Iterator[tuple[str, bytes]]:
    for sha256 in sorted(plan.files):
        content = notebook.library.blobs.get(sha256)
        if content is not None:
            yield sha256, content


ALONG = (vocabulary.TYPE, likeness.TYPE, *ABOUT_PEOPLE)  # they go with the notes they belong to
