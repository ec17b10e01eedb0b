"""Look through records before they are sent: what of each goes, and what is hidden and why."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import chain, groupby

import msgspec

from fieldnotes.bundle.contents import Counts
from fieldnotes.bundle.lines import MOST_PARTS
from fieldnotes.domain import markings, merge, notes
from fieldnotes.domain.attachments import ATTACHED
from fieldnotes.domain.markings import Audience, may_see
from fieldnotes.domain.note_fields import from_fields, heading_of, is_known
from fieldnotes.domain.promises import TYPE as PROMISE
from fieldnotes.domain.records import Copy, effective_marking
from fieldnotes.domain.selections import Selection
from fieldnotes.domain.shapes import Shape
from fieldnotes.domain.views import NoteView
from fieldnotes.operations.leaving import Item, item_of, label_of, not_signed, shown_to
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.plain_notes import (
    Audible,
    Numbered,
    Told,
    count,
    named_in,
    told_in,
    told_of,
)
from fieldnotes.operations.promises import shown_to_company
from fieldnotes.operations.proving import genuine, verifier
from fieldnotes.operations.shown import Shown
from fieldnotes.store.going import Going, by_id, going, newest_first
from fieldnotes.store.outlines import Outline, outlines_by_id, outlines_newest_first

Progress = Callable[[int, int], None]


class Looked(msgspec.Struct, frozen=True):
    """What becomes of one record. `loosened`: its version that is saved before it is sent."""

    item: Item
    shown: list[Copy]
    loosened: Copy | None = None


class Look:
    """Counts and keeps what a plan needs of each record, and a line for each where it is `listed`.

    `already`: (number, name) of versions that the recipient has. `whole`: the notes whose line goes
    as it lies here. `loose`: what is shown of the records whose version is saved before they are
    sent.
    """

    def __init__(
        self,
        notebook: Notebook,
        selection: Selection,
        already: set[tuple[int, str]],
        shown: Shown,
        *,
        listed: bool,
    ) -> None:
        self._notebook, self._selection, self._already = notebook, selection, already
        self._audience, self._audible = selection.audience, Audible(selection.audience)
        self._marks = {each.value for each in markings.shown_to(selection.audience)}
        self._today = notebook.clock().local().date()
        self._is_signed = verifier(notebook)
        self._listed = listed
        self._items: list[tuple[int, Item]] = []
        self.shown = shown
        self.going = array("q")
        self.whole = Counts()
        self.loose: dict[int, list[Copy]] = {}
        self.loosened: list[Copy] = []
        self._kinds: Counter[str] = Counter()
        self.hidden = self.not_sent = 0

    def through(self, note_nos: Sequence[int], progress: Progress) -> None:
        """At the records of these numbers, in the order of the file."""
        records, done = self._notebook.library.records, 0
        bundle = self._selection.shape is Shape.BUNDLE
        if self._listed or self.shown.closely:
            in_order = by_id if bundle else newest_first
            for rows in going(records, in_order(records, note_nos)):
                progress(done, len(note_nos))
                done += len(rows)
                self._at_lines(rows)
            return
        pages = outlines_by_id if bundle else outlines_newest_first
        told = Numbered()
        for page in pages(records, note_nos, MOST_PARTS):
            progress(done, len(note_nos))
            done += len(page)
            self._at(page, told)
        told.name(self.whole, self.shown.authors, self._notebook.library)

    def _at(self, page: list[Outline], told: Numbered) -> None:
        """As closely as each of them needs."""
        closely = [row.note_no for row in page if row.plain is None]
        read = chain.from_iterable(going(self._notebook.library.records, closely))
        rows = {row.note_no: row for row in read}
        for plain, several in groupby(page, _is_plain):
            if plain:
                self._at_plain(list(several), told)
            else:
                self._at_lines([rows[row.note_no] for row in several if row.note_no in rows])

    def _at_plain(self, several: list[Outline], told: Numbered) -> None:
        """All of each goes as it lies here, if any of it does."""
        if self._already:
            had = self._already
            several = [row for row in several if (row.note_no, row.revision.hex()) not in had]
        audible = [row for row in several if row.marking in self._marks]
        self.not_sent += len(several) - len(audible)
        self.going.extend([row.note_no for row in audible])
        self.shown.seal.add_whole([row.sha256 for row in audible])
        told.add(audible)

    def _at_lines(self, rows: Sequence[Going]) -> None:
        lines = b"\n".join([row.line for row in rows])
        closely = self._listed or self.shown.closely or ATTACHED in lines
        told_of_each = (told_in if closely else named_in)(lines)
        whole = [
            (row, told)
            for row, told in zip(rows, told_of_each, strict=True)
            if self._goes_whole(row, told)
        ]
        self.shown.seal.add_lines([row.line for row, _ in whole])
        count(self.whole, [told for _, told in whole])
        self.shown.authors.update([told.author for _, told in whole])
        if closely:
            for row, told in whole:
                self._show(row, told)

    @property
    def kinds(self) -> Counter[str]:
        """Of all that goes."""
        return self._kinds + self.whole.kinds

    def items_newest_first(self) -> list[Item]:
        """A line for each record."""
        self._items.sort(key=lambda each: -each[0])
        return [item for _, item in self._items]

    def _goes_whole(self, row: Going, told: Told) -> bool:
        """Whether its line goes as it lies here; else it is clear by now what becomes of it."""
        sure = row.single and (row.proven or self._is_signed(row.revision, row.line))
        if not sure or told.digests:
            self._closely(row)
            return False
        if self._already and (row.note_no, row.revision.hex()) in self._already:
            return False
        short = len(row.line) <= MOST_PARTS  # then it has no more parts than any reader takes
        if short and (self._audible.goes_plainly(told) or self._is_seen(told)):
            self.going.append(row.note_no)
            return True
        if self._listed or self._audible.may_go(told):
            self._in_part(row, told_of(row.line))
        else:
            self.not_sent += 1
        return False

    def _is_seen(self, told: Told) -> bool:
        """Whether all of it goes although something is marked by itself."""
        if told.tight or not self._audible.may_go(told):
            return False
        copy = told.copy()
        marks = (effective_marking(copy, name, is_known(name)) for name in told.fields)
        return all(may_see(self._audience, mark) for mark in marks)

    def _show(self, row: Going, told: Told) -> None:
        """What depends on the fields of a note that goes whole."""
        fields = told.fields
        self.shown.add(told.id, told.author, notes.TYPE, fields)
        if not self._listed:
            return
        kind, account = fields.get("kind"), fields.get("account")
        kind = kind if isinstance(kind, str) else notes.Kind.NOTE.value
        label = label_of(from_fields(fields), self._today) if kind == notes.Kind.WIN else ""
        said = heading_of(fields) or "(hidden)"
        whose = account if isinstance(account, str) else ""
        item = Item(told.id, kind, said, whose, label=label, note_no=row.note_no)
        self._items.append((row.place, item))

    def _in_part(self, row: Going, told: Told) -> None:
        """Some field is marked by itself, or not known; or nobody may see that it is there."""
        copy, audible = told.copy(), self._audible.may_go(told)
        how = self._audience, self._today, row.note_no
        self._put(row, item_of(from_fields(told.fields), [copy], audible, *how))
        if not audible:
            return
        shown = {
            name: value
            for name, value in told.fields.items()
            if may_see(self._audience, effective_marking(copy, name, is_known(name)))
        }
        self.going.append(-row.note_no)
        self.shown.seal.add_part(row.revision, shown, told.tight)
        self.shown.add(told.id, told.author, notes.TYPE, shown)

    def _closely(self, row: Going) -> None:
        """It has several versions, or was removed, or parts of it came with other copies."""
        view = self._notebook.library.records.views([row.place])[0]
        looked = looked_at(self._notebook, view, self._selection, self._already)
        if looked is None:
            return
        self._put(row, looked.item)
        for copy in looked.shown:
            self.shown.add(view.id, copy.revision.author, copy.revision.type, copy.values)
        if looked.loosened is not None:
            self.loosened.append(looked.loosened)
            self.loose[row.note_no] = looked.shown
        elif looked.shown:
            self.going.append(-row.note_no)
            self.shown.seal.add_copies(looked.shown)

    def _put(self, row: Going, item: Item) -> None:
        if item.not_sent:
            self.not_sent += 1
        else:
            self._kinds[item.kind] += 1
            self.hidden += bool(item.hidden)
        if self._listed:
            self._items.append((row.place, item))


def _is_plain(row: Outline) -> bool:
    return row.plain is not None


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
    how = selection.audience, today, view.note_no
    return Looked(item_of(view.note, heads, bool(shown), *how), shown, fresh)


def _loosened(notebook: Notebook, view: NoteView, selection: Selection) -> Copy | None:
    """Asking for promises is what lets the company see them; removed ones stay as they are."""
    asked = selection.promises and selection.audience is Audience.COMPANY
    if not asked or view.type != PROMISE or view.removed or not view.mine:
        return None
    return shown_to_company(notebook, view.id)
