"""An account on one printed sheet: what somebody reads in the car before they go in."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from PySide6.QtCore import QCoreApplication

from fieldnotes.desktop.accounts import account_lines as lines
from fieldnotes.desktop.widgets.day_words import day_words
from fieldnotes.desktop.widgets.line_list import Line
from fieldnotes.desktop.widgets.marked_line import one_line
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.domain import documents
from fieldnotes.domain.documents import Section, Sheet
from fieldnotes.domain.markings import Marking
from fieldnotes.operations.accounts import AccountPage, ObjectionHere

_LONGEST = 150  # letters of a detail on paper


def account_sheet(page: AccountPage, today: date) -> Sheet:
    """The page of an account as a sheet."""
    more = _tr("… and {n} more")
    right = (
        Section(_tr("Promises that stand"), _all(map(lines.promise, page.promises)), more),
        Section(_tr("Objections, and what worked"), _objections(page.objections), more),
        Section(_tr("Competitors seen here"), _all(lines.competitors(page)), more),
        Section(_tr("Wins"), _all(lines.wins(page)), more),
        Section(_tr("People"), tuple(_people(page)), more),
    )
    return Sheet(
        title=page.name,
        under=lines.under(page),
        figures=tuple((_number(number), words) for number, words in lines.numbers(page)),
        left=(Section(_tr("What happened"), _all(lines.timeline(page)), more),),
        right=tuple(section for section in right if section.lines),
        foot=_foot(page, today),
    )


def holds_private(page: AccountPage) -> bool:
    """Whether something on the sheet is for the owner alone."""
    people = any(contact.name or contact.email or contact.phone for contact in page.contacts)
    markings = {view.marking for view in page.timeline}
    markings |= {each.view.marking for each in page.promises}
    return people or Marking.RED in markings


def _objections(told: Sequence[ObjectionHere]) -> tuple[documents.Line, ...]:
    """Each with its answer, and once a concern with what worked elsewhere."""
    found: list[documents.Line] = []
    told_before: set[str] = set()
    for objection in told:
        line = _line(lines.objection(objection))
        if objection.concern not in told_before:
            told_before.add(objection.concern)
            elsewhere = [
                _tr("Elsewhere: {words}").format(words=_cut(f"{each.words} ({each.detail})"))
                for each in lines.elsewhere(objection)[:2]
            ]
            detail = "\n".join([line.detail, *elsewhere])
            line = documents.Line(line.words, detail, tail=line.tail, sign=line.sign, bold=True)
        found.append(line)
    return tuple(found)


def _people(page: AccountPage) -> list[documents.Line]:
    return [documents.Line(*lines.contact(each)) for each in page.contacts]


def _all(told: Iterable[Line]) -> tuple[documents.Line, ...]:
    return tuple(map(_line, told))


def _line(line: Line) -> documents.Line:
    count = "" if line.count is None else grouped(line.count)
    tail = "  ·  ".join(filter(None, (line.chip, line.tail, count)))
    return documents.Line(
        words=one_line(line.words),
        detail="\n".join(_cut(each) for each in line.details),
        lead=line.lead,
        tail=tail,
        sign=line.sign,
        heading=line.heading,
        bold=line.bold,
    )


def _foot(page: AccountPage, today: date) -> str:
    made = _tr("Fieldnotes, {day}.").format(day=day_words(today))
    private = _tr("For your own use: it holds what only you may see.")
    return f"{made} {private}" if holds_private(page) else made


def _cut(words: str) -> str:
    words = one_line(words)
    return words if len(words) <= _LONGEST else words[: _LONGEST - 1].rstrip() + "…"


def _number(number: int | str) -> str:
    return grouped(number) if isinstance(number, int) else number


def _tr(words: str) -> str:
    return QCoreApplication.translate("AccountSheet", words)
