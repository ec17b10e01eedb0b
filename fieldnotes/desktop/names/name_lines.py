"""One name, as lines to click."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication

from fieldnotes.desktop.widgets.day_words import day_words, month_words
from fieldnotes.desktop.widgets.line_list import Line
from fieldnotes.desktop.widgets.marked_line import one_line
from fieldnotes.domain.moments import wall_time
from fieldnotes.domain.notes import Kind
from fieldnotes.domain.views import NoteView
from fieldnotes.operations.names import Month, NamePage

NOTE = "note:"  # before the id, in the key of a line that opens one note
_KINDS = {
    Kind.COMPETITOR: "Competitors",
    Kind.OBJECTION: "Objections",
    Kind.WIN: "Wins",
    Kind.PITCH: "Pitches",
    Kind.PROBLEM: "Problems",
    Kind.NOTE: "Other notes",
}
_ONE = {"account": "Account", "competitor": "Competitor", "product": "Product", "tag": "Tag"}


def under(page: NamePage) -> str:
    """What it is, and when it was last named."""
    parts = [_tr(_ONE[page.family])]
    if page.newest:
        parts.append(_tr("last named on {day}").format(day=day_words(_day(page.newest[0]))))
    return "  ·  ".join(parts)


def numbers(page: NamePage) -> list[tuple[int | str, str]]:
    """The big numbers on top."""
    names = len(page.also) + 1
    return [
        (page.notes, _tr("notes") if page.notes != 1 else _tr("note")),
        (names, _tr("names") if names != 1 else _tr("name")),
    ]


def newest(page: NamePage) -> list[Line]:
    """Its newest notes."""
    return [
        Line(
            NOTE + view.id,
            one_line(view.note.heading),
            detail=_where(view),
            sign=view.note.kind,
            lead=day_words(_day(view)),
            tail="" if view.mine else view.author_name,
        )
        for view in page.newest
    ]


def kinds(page: NamePage) -> list[Line]:
    """A bar for each kind."""
    return [
        Line.bar(f"{page.query} kind:{kind}", _kind(kind), notes, kind)
        for kind, notes in page.kinds
    ]


def months(page: NamePage) -> list[Line]:
    """A bar for each month, the newest first, in the colours of its kinds."""
    return [
        Line(
            f"{page.query} on:{month.first:%Y-%m}",
            month_words(month.first),
            count=month.notes,
            parts=_parts(month),
        )
        for month in reversed(page.months)
    ]


def spelt(page: NamePage) -> list[Line]:
    """How it was written, where that was in several ways."""
    if len(page.spelt) < 2:
        return []
    return [Line(page.query, each.name, count=each.notes) for each in page.spelt]


def _parts(month: Month) -> tuple[tuple[str, int], ...]:
    return tuple((kind if kind in set(Kind) else "note", notes) for kind, notes in month.kinds)


def _kind(kind: str) -> str:
    return _tr(_KINDS[Kind(kind)]) if kind in set(Kind) else kind.capitalize()


def _where(view: NoteView) -> str:
    note = view.note
    return one_line("  ·  ".join(filter(None, (note.account, ", ".join(note.competitors)))))


def _day(view: NoteView) -> date:
    return wall_time(view.happened.local_seconds).date()


def _tr(words: str) -> str:
    return QCoreApplication.translate("NamesPage", words)
