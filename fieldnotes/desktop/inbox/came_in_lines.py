"""What came in, as lines to click: words, counts and what they open."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from fieldnotes.desktop.widgets.day_words import moment_words
from fieldnotes.desktop.widgets.line_list import Line
from fieldnotes.desktop.widgets.marked_line import one_line
from fieldnotes.desktop.widgets.side_bar import SideBarEntry
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.operations.arrivals import BatchRead, CameIn, ConcernCame

NOTE = "note:"  # before the id, in the key of a line that opens one note
_NAMED = 3


def batch_entry(batch: BatchRead) -> SideBarEntry:
    """A batch in the list of those read in before."""
    words = f"{moment_words(batch.at.local())}: {_people(batch.senders)}"
    return SideBarEntry(batch.batch, words, count=_tr("undone") if batch.undone else batch.came)


def when_and_whom(batch: BatchRead) -> str:
    """'21 Nov 2026, 14:10 · 6 files from Mara Lindqvist, Jonas Weber and 4 others · 12 new'."""
    if batch.undone is not None:
        undone = _tr("undone {when}").format(when=moment_words(batch.undone.local()))
        whom = _tr("from {people}").format(people=_people(batch.senders)) if batch.senders else ""
        parts = (moment_words(batch.at.local()), whom, _counts(batch), undone)
        return "  ·  ".join(filter(None, parts))
    files = _tr("1 file") if batch.files == 1 else _tr("{n} files")
    told = _tr("{files} from {people}").format(
        files=files.format(n=grouped(batch.files)), people=_people(batch.senders)
    )
    return "  ·  ".join(filter(None, (moment_words(batch.at.local()), told, _counts(batch))))


def _counts(batch: BatchRead) -> str:
    """'12 new, 3 updated, 40 already here'."""
    told = (
        (batch.new, _tr("{n} new")),
        (batch.updated, _tr("{n} updated")),
        (batch.removed, _tr("{n} removed")),
        (batch.here, _tr("{n} already here")),
    )
    return ", ".join(words.format(n=grouped(count)) for count, words in told if count)


def numbers(found: CameIn) -> list[tuple[int | str, str]]:
    """The big numbers on top."""
    if found.here is not None and found.here.undone is not None:
        failed = [(found.here.failed, _tr("failed"))] if found.here.failed else []
        return [
            (found.here.reversed, _tr("taken back")),
            (found.here.kept, _tr("kept")),
            *failed,
        ]
    kinds = {each.name: each.notes for each in found.kinds}
    one, many = _tr("note in the files"), _tr("notes in the files")
    told: list[tuple[int | str, str]] = [(found.notes, one if found.notes == 1 else many)]
    return told + [
        (kinds[key], _tr(one if kinds[key] == 1 else many))
        for key, one, many in _KINDS
        if key in kinds
    ]


def competitors(found: CameIn) -> list[Line]:
    """A bar for each competitor."""
    return [Line.bar(each.query, each.name, each.notes, "competitor") for each in found.competitors]


def concerns(found: CameIn) -> list[Line]:
    """A bar for each concern, in parts by how the answer worked; the parts are named below."""
    return [
        Line(
            each.query,
            _capital(each.concern) or _tr("No concern given"),
            detail=_worked(each),
            sign="objection",
            count=each.notes,
            parts=(
                ("win", each.yes),
                ("objection", each.partly),
                ("competitor", each.no),
                ("line", each.notes - each.yes - each.partly - each.no),
            ),
        )
        for each in found.concerns
    ]


def wins(found: CameIn) -> list[Line]:
    """Every win with why us, and what may be done with it."""
    told = [
        Line(
            NOTE + win.id,
            win.heading,
            detail="  ·  ".join(filter(None, (win.account, one_line(win.why_us))))
            + f"\n{_capital(_tr(win.use))}",
            sign="win",
        )
        for win in found.wins
    ]
    if found.more_wins:
        words = _tr("1 more win") if found.more_wins == 1 else _tr("{n} more wins")
        words = words.format(n=grouped(found.more_wins))
        told.append(Line(f"{found.query} kind:win", words, sign="win"))
    return told


def senders(found: CameIn) -> list[Line]:
    """A bar for each person who wrote."""
    return [Line(each.query, each.name, sign="person", count=each.notes) for each in found.senders]


def _worked(each: ConcernCame) -> str:
    parts = (
        (each.yes, _tr("worked {n}")),
        (each.partly, _tr("worked partly {n}")),
        (each.no, _tr("did not work {n}")),
        (each.notes - each.yes - each.partly - each.no, _tr("not said {n}")),
    )
    return "  ·  ".join(words.format(n=grouped(count)) for count, words in parts if count)


def _people(names: tuple[str, ...]) -> str:
    if len(names) <= _NAMED:
        return ", ".join(names)
    more = _tr("{n} others").format(n=grouped(len(names) - _NAMED + 1))
    return ", ".join(names[: _NAMED - 1]) + _tr(" and ") + more


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


_KINDS = (
    ("competitor", "about competitors", "about competitors"),
    ("objection", "objection", "objections"),
    ("win", "win", "wins"),
    ("pitch", "pitch", "pitches"),
    ("problem", "problem", "problems"),
    ("note", "other note", "other notes"),
)


def _tr(words: str) -> str:
    return QCoreApplication.translate("WhatCameInPage", words)
