"""The sections of a preview: how many notes are in each, and the rows that tell of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import islice

from PySide6.QtCore import QCoreApplication

from fieldnotes.desktop.icons import sign_of
from fieldnotes.desktop.inbox.questions import (
    LeftOut,
    Preview,
    Spelling,
    is_open,
    questions,
    without_controls,
)
from fieldnotes.desktop.widgets.chips import ChipRole
from fieldnotes.desktop.widgets.plain_table_model import Cell, Column, TableRow
from fieldnotes.desktop.widgets.side_bar import SideBarEntry
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.domain.merge import Word
from fieldnotes.domain.people import LET_IN, Standing
from fieldnotes.operations.import_plans import WRITTEN, FilePlan, ImportPlan, Line

DECIDE, SENDERS, TAKE, LEFT = "decide", "senders", "take", "left"
SHOWN = 5_000  # rows of one section; more is never read one by one
_ALWAYS = (Word.NEW, Word.UPDATED, Word.UNCHANGED)


def sections(preview: Preview) -> tuple[SideBarEntry, ...]:
    """What stands at the left, with counts; what is empty and seldom is left out."""
    counts = preview.plan.counts
    waiting = sum(map(is_open, questions(preview)))
    people = {file.manifest.author.author for file in preview.plan.files if file.manifest}
    entries = [
        SideBarEntry(DECIDE, _tr("To decide"), count=waiting),
        SideBarEntry(SENDERS, _tr("By sender"), count=len(people)),
        SideBarEntry(TAKE, _tr("Take or leave")),
    ]
    for word, label in _WORDS.items():
        count = counts[word.value]
        if count or word in _ALWAYS:
            entries.append(SideBarEntry(word.value, _tr(label), count=count))
    if preview.plan.left:
        entries.append(SideBarEntry(LEFT, _tr("Left for later"), count=preview.plan.left))
    return tuple(entries)


def how_many(plan: ImportPlan) -> int:
    """Records that reading in would change here."""
    return sum(plan.counts[word.value] for word in WRITTEN)


def will_happen(preview: Preview) -> str:
    """'1,137 new and 62 updated will be read in. …'"""
    counts = preview.plan.counts
    if not how_many(preview.plan) and preview.plan.late_files:
        return _tr("The notes are here already; files that were missing come along.")
    if not how_many(preview.plan):
        answers = [q for q in questions(preview) if not isinstance(q, LeftOut | Spelling)]
        if any(map(is_open, answers)):
            return _tr("Nothing will be read in before you decide.")
        if preview.plan.left:
            return _tr("Everything is left for later.")
        here = counts[Word.UNCHANGED.value] + counts[Word.OLDER.value]
        return _tr("Everything is here already.") if here else _tr("Nothing can be read in.")
    parts = [
        _tr(words).format(n=grouped(counts[word.value]))
        for word, words in _HAPPENS.items()
        if counts[word.value]
    ]
    told = parts[0] if len(parts) == 1 else ", ".join(parts[:-1]) + _tr(" and ") + parts[-1]
    return _tr("{told} will be read in. What you leave out stays with its file.").format(told=told)


def left_rows(preview: Preview) -> tuple[tuple[Column, ...], list[TableRow]]:
    """The notes that are left."""
    columns = (Column(_tr("Note"), 46), Column(_tr("Account"), 22), Column(_tr("From"), 20))
    made = [_row(line, why=False) for line in islice(preview.left(), SHOWN)]
    return columns, [*made, *_and_more(preview.plan.left - len(made))]


def rows(preview: Preview, word: Word) -> tuple[tuple[Column, ...], list[TableRow]]:
    """The notes of a section."""
    why = word is Word.NOT_ACCEPTED
    columns = [Column(_tr("Note"), 46), Column(_tr("Account"), 22), Column(_tr("From"), 20)]
    if why:
        columns = [Column(_tr("Note"), 34), Column(_tr("From"), 18), Column(_tr("Why"), 40)]
    shown = [line for line, _ in islice(preview.lines(word), SHOWN)]
    times = Counter(line.id for line in shown)
    once = {line.id: line for line in shown}
    made = [_row(line, why, times[line.id]) for line in once.values()]
    return tuple(columns), [*made, *_and_more(preview.plan.counts[word.value] - len(shown))]


def named(heading: str, removed_by: str = "") -> str:
    """How a note is called; of what was removed nothing is known but who did."""
    gone = _tr("(removed by {name})").format(name=without_controls(removed_by))
    return heading or (gone if removed_by else _tr("(hidden)"))


def _and_more(more: int) -> list[TableRow]:
    words = _tr("… and {n} more").format(n=grouped(more))
    return [TableRow(((Cell(words, ink="muted"),),))] if more > 0 else []


def sender_rows(plan: ImportPlan) -> tuple[tuple[Column, ...], list[TableRow]]:
    """One row for each sender."""
    columns = (
        Column(_tr("Sender"), 26),
        Column(_tr("Known"), 19),
        Column(_tr("Files"), 9),
        Column(_tr("What would happen"), 46),
    )
    by_author: dict[str, list[FilePlan]] = {}
    for file in plan.files:
        if file.manifest:
            by_author.setdefault(file.manifest.author.author, []).append(file)
    return columns, [_sender_row(files) for files in by_author.values()]


def _sender_row(files: Iterable[FilePlan]) -> TableRow:
    told = list(files)
    first = told[0]
    assert first.manifest is not None
    counts = sum((file.counts for file in told), Counter[Word]())
    parts = [
        _tr(each).format(n=grouped(counts[word])) for word, each in _TOLD.items() if counts[word]
    ]
    cells = (
        Cell(without_controls(first.manifest.author.name)),
        _standing(first),
        Cell(grouped(len(told)), ink="muted"),
        Cell(", ".join(parts) or "–", ink="muted"),
    )
    return TableRow((cells,), sign="person", bold=True)


def _standing(file: FilePlan) -> Cell:
    chips: dict[Standing | None, tuple[str, ChipRole]] = {
        Standing.MYSELF: (_tr("You"), "green"),
        **dict.fromkeys(LET_IN - {Standing.MYSELF}, (_tr("Known sender"), "green")),
        Standing.OTHER_KEY: (_tr("Another key"), "red"),
        Standing.REFUSED: (_tr("Not them"), "red"),
        Standing.LOST: (_tr("Lost key"), "red"),
    }
    words, role = chips.get(file.standing, (_tr("New sender"), "amber"))
    return Cell(chip=words, role=role)


def _row(line: Line, why: bool, times: int = 1) -> TableRow:
    """`times`: in so many files."""
    heading = Cell(named(line.heading, line.author if line.removed else ""))
    name = without_controls(line.author)
    several = _tr("{name}, in {n} files").format(name=name, n=grouped(times))
    author = Cell(several if times > 1 else name, ink="muted")
    if why:
        cells = (heading, author, Cell(line.why, ink="muted"))
    else:
        cells = (heading, Cell(line.account, ink="muted"), author)
    return TableRow((cells,), line.id, sign_of(line.kind or "note"))


_WORDS = {
    Word.NEW: "New",
    Word.UPDATED: "Updated",
    Word.FULLER: "Fuller than here",
    Word.UNCHANGED: "Already here",
    Word.OLDER: "Older than here",
    Word.REMOVED: "Removed by sender",
    Word.EDITED_TWICE: "Edited twice",
    Word.NOT_ACCEPTED: "Not accepted",
}
_HAPPENS = {
    Word.NEW: "{n} new",
    Word.UPDATED: "{n} updated",
    Word.FULLER: "{n} fuller",
    Word.EDITED_TWICE: "{n} edited twice",
    Word.REMOVED: "{n} removed",
}
_TOLD = {
    **_HAPPENS,
    Word.UNCHANGED: "{n} already here",
    Word.OLDER: "{n} older than here",
    Word.NOT_ACCEPTED: "{n} not accepted",
}


def _tr(words: str) -> str:
    return QCoreApplication.translate("ReadingInDialog", words)
