"""Which records a selection means: notes that pass, removals, and what is sent when asked for."""

from __future__ import annotations

from array import array

from fieldnotes.domain.markings import Audience
from fieldnotes.domain.query import Named
from fieldnotes.domain.record_types import record_type
from fieldnotes.domain.selections import Selection
from fieldnotes.domain.shapes import Shape
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.promises import sendable
from fieldnotes.operations.search import dated
from fieldnotes.store import going, search


def chosen(notebook: Notebook, selection: Selection) -> array[int]:
    """Numbers of notes that pass, and of removals of those that the recipient may hold."""
    records = notebook.library.records
    if selection.notes:
        picked = (records.facts(each) for each in selection.notes)
        there = [facts.note_no for facts in picked if facts is not None and facts.removed is None]
        return array("q", there + (_promises(notebook, selection) if selection.promises else []))
    found = search.every_number(records, dated(notebook, selection.filter))
    if selection.shape is Shape.BUNDLE:
        found.extend(_removals(notebook, selection))
        found.extend(_others(notebook, selection))
    return found


def _removals(notebook: Notebook, selection: Selection) -> list[int]:
    removed = going.removed(notebook.library.records)
    if not selection.everything or selection.since_last:
        had = notebook.library.sendings.had_by(selection.recipient)
        removed = [each for each in removed if each[0] in had]
    mine = selection.audience is Audience.MYSELF
    return [no for no, type_ in removed if mine or _removal_goes(notebook, no, type_)]


def _removal_goes(notebook: Notebook, note_no: int, type_: str) -> bool:
    """Removed: other records than notes are told to whoever may hold them: they went out once."""
    told = record_type(type_)
    apart = told.along or told.private
    return not apart or bool(notebook.library.sendings.went_to(note_no))


def _others(notebook: Notebook, selection: Selection) -> list[int]:
    """Records that are no notes, as far as they do not go along with notes."""
    mine = selection.audience is Audience.MYSELF
    found = going.others(notebook.library.records) if selection.everything else []
    told = ((no, record_type(type_)) for no, type_ in found)
    apart = [no for no, type_ in told if not type_.along and (mine or not type_.private)]
    return apart + (_promises(notebook, selection) if selection.promises and not mine else [])


def _promises(notebook: Notebook, selection: Selection) -> list[int]:
    """The owner's promises, of the accounts that were asked for if there are any."""
    terms = selection.filter.terms
    accounts = [t.name for t in terms if isinstance(t, Named) and t.family == "account"]
    found = (notebook.library.records.facts(x.id) for x in sendable(notebook, accounts))
    return [facts.note_no for facts in found if facts is not None]
