"""Look through records before they are sent: what of each goes, and what is hidden and why."""

from __future__ import annotations

from array import array
from collections import Counter
from datetime import date

import msgspec

from fieldnotes.domain import merge, notes
from fieldnotes.domain.markings import Audience, may_see
from fieldnotes.domain.note_fields import from_fields, heading_of, is_known
from fieldnotes.domain.promises import TYPE as PROMISE
from fieldnotes.domain.records import Copy, effective_marking
from fieldnotes.domain.selections import Selection
from fieldnotes.domain.shapes import Shape
from fieldnotes.domain.views import NoteView
from fieldnotes.operations.leaving import Item, item_of, label_of, not_signed, shown_to
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.plain_notes import Audible, Told, told_of
from fieldnotes.operations.promises import shown_to_company
from fieldnotes.operations.proving import genuine, verifier
from fieldnotes.operations.shown import Shown, seal_of
from fieldnotes.store.going import Going


class Looked(msgspec.Struct, frozen=True):
    """What becomes of one record. `loosened`: its version that is saved before it is sent."""

    item: Item
    shown: list[Copy]
    loosened: Copy | None = None


class Look:
    """Counts and keeps what a plan needs of each record, and a line for each where it is `listed`.

    `already`: (number, name) of versions that the recipient has. `loose`: what is shown of the
    records whose version is saved before they are sent.
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
        self._today = notebook.clock().local().date()
        self._is_signed = verifier(notebook)
        self._listed = listed
        self._items: list[tuple[int, Item]] = []
        self.shown = shown
        self.going = array("q")
        self.loose: dict[int, list[Copy]] = {}
        self.loosened: list[Copy] = []
        self.kinds: Counter[str] = Counter()
        self.hidden = self.not_sent = 0

    def at(self, row: Going) -> None:
        """One more record."""
        sure = row.single and (row.proven or self._is_signed(row.revision, row.line))
        told = told_of(row.line) if sure else None
        if told is None or told.digests:
            self._closely(row)
        elif self._already and (row.note_no, row.revision.hex()) in self._already:
            return
        elif not self._audible.may_go(told):
            self._put(row, item_of(from_fields(told.fields), [told.copy()], False, *self._how(row)))
        elif told.is_plain(self._audience):
            self._whole(row, told)
        else:
            self._in_part(row, told)

    def items_newest_first(self) -> list[Item]:
        """A line for each record."""
        self._items.sort(key=lambda each: -each[0])
        return [item for _, item in self._items]

    def _how(self, row: Going) -> tuple[Audience, date, int]:
        return self._audience, self._today, row.note_no

    def _whole(self, row: Going, told: Told) -> None:
        """Its line goes as it lies here."""
        fields = told.fields
        self.going.append(row.note_no)
        self.shown.seal += seal_of(row.revision)
        self.shown.add(told.id, told.author, notes.TYPE, fields)
        kind = fields.get("kind")
        kind = kind if isinstance(kind, str) else notes.Kind.NOTE.value
        if not self._listed:
            self.kinds[kind] += 1
            return
        label = label_of(from_fields(fields), self._today) if kind == notes.Kind.WIN else ""
        account = fields.get("account")
        said = heading_of(fields) or "(hidden)"
        whose = account if isinstance(account, str) else ""
        self._put(row, Item(told.id, kind, said, whose, label=label, note_no=row.note_no))

    def _in_part(self, row: Going, told: Told) -> None:
        """Some field is marked by itself, or not known."""
        copy = told.copy()
        shown = {
            name: value
            for name, value in told.fields.items()
            if may_see(self._audience, effective_marking(copy, name, is_known(name)))
        }
        all_of_it = len(shown) == len(told.fields) and not told.tight
        self.going.append(row.note_no if all_of_it else -row.note_no)
        self.shown.seal += seal_of(row.revision, *(() if all_of_it else (shown, told.tight)))
        self.shown.add(told.id, told.author, notes.TYPE, shown)
        self._put(row, item_of(from_fields(told.fields), [copy], True, *self._how(row)))

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
            self.shown.seal += seal_of_copies(looked.shown)

    def _put(self, row: Going, item: Item) -> None:
        if item.not_sent:
            self.not_sent += 1
        else:
            self.kinds[item.kind] += 1
            self.hidden += bool(item.hidden)
        if self._listed:
            self._items.append((row.place, item))


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


def seal_of_copies(copies: list[Copy]) -> int:
    """The seal of a record of which something is hidden."""
    return sum(seal_of(bytes.fromhex(copy.name), copy.values, copy.tight) for copy in copies)


def _loosened(notebook: Notebook, view: NoteView, selection: Selection) -> Copy | None:
    """Asking for promises is what lets the company see them; removed ones stay as they are."""
    asked = selection.promises and selection.audience is Audience.COMPANY
    if not asked or view.type != PROMISE or view.removed or not view.mine:
        return None
    return shown_to_company(notebook, view.id)
