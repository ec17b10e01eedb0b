"""What goes along with notes: what the names in them mean, and nothing about any other name."""

from __future__ import annotations

from collections.abc import Iterable

from fieldnotes.domain import merge, vocabulary
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.records import Copy, masked
from fieldnotes.domain.vocabulary import Entry, Stated
from fieldnotes.domain.words import fold
from fieldnotes.operations.leaving import Item, shown_to
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.shown import Names


def names_along(
    notebook: Notebook,
    audience: Audience,
    names: Names,
    already: set[tuple[int, str]],
    everything: bool,
) -> tuple[list[Item], dict[int, list[Copy]]]:
    """Lines for the last screen and copies by number, for the names that notes show.

    `everything`: a file for oneself holds the whole vocabulary.
    """
    records = notebook.library.records
    said = records.vocabulary.everything()
    shown = _reached(names, [each for _, each in said])
    items, along = [], {}
    for note_no, stated in said:
        mine = audience is Audience.MYSELF and everything
        if not mine and not _held(stated.entry) & shown:
            continue
        history = records.history(stated.id, stated.author)
        heads = [merge.completed(history, copy) for copy in merge.travelling(history)]
        if all((note_no, copy.name) in already for copy in heads):
            continue
        kept = heads if mine else [_without_others(copy, shown) for copy in heads]
        going = [c for c in (shown_to(copy, audience) for copy in kept) if c is not None]
        if going:
            along[note_no] = going
            heading = vocabulary.in_words(stated.entry)
            items.append(Item(stated.id, vocabulary.TYPE, heading, "", _hidden(going)))
    return items, along


def _reached(shown: Names, said: Iterable[Stated]) -> Names:
    """With every other name of the same thing."""
    groups = [_held(each.entry) for each in said]
    before = -1
    while len(shown) > before:
        before = len(shown)
        shown = shown.union(*(group for group in groups if group & shown))
    return shown


def _held(entry: Entry) -> Names:
    return {(entry.family, fold(name)) for name in (entry.name, *entry.aliases)}


def _without_others(copy: Copy, shown: Names) -> Copy:
    """`apart` may speak of names that nothing else in the file shows."""
    entry = vocabulary.from_fields(copy.values)
    if entry and any((entry.family, fold(name)) not in shown for name in entry.apart):
        return masked(copy, frozenset({"apart"}))
    return copy


def _hidden(going: list[Copy]) -> tuple[tuple[str, str], ...]:
    if any("apart" in copy.hidden for copy in going):
        return (("Not the same as", "No note in the file names it"),)
    return ()
