"""One account, as lines to click."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from fieldnotes.desktop.widgets.chips import ChipRole
from fieldnotes.desktop.widgets.day_words import day_words, month_words, short_day
from fieldnotes.desktop.widgets.due_words import until_words
from fieldnotes.desktop.widgets.line_list import Line
from fieldnotes.desktop.widgets.marked_line import one_line
from fieldnotes.domain.moments import wall_time
from fieldnotes.domain.notes import Contact
from fieldnotes.domain.promises import Due
from fieldnotes.domain.views import NoteView
from fieldnotes.operations.accounts import AccountPage, ObjectionHere, PromiseHere

NOTE = "note:"  # before the id, in the key of a line that opens one note
PROMISE = "promise:"  # the same for a promise


def under(page: AccountPage) -> str:
    """Stage and outcome, since when, and other spellings."""
    parts = [_capital(_tr(page.stage)), _tr(page.outcome)]
    if page.first and page.last:
        parts.append(_tr("last heard of on {day}").format(day=day_words(page.last)))
    others = [name for name in page.spellings if name != page.name]
    if others:
        parts.append(_tr("also written {names}").format(names=", ".join(others)))
    return "  ·  ".join(filter(None, parts))


def numbers(page: AccountPage) -> list[tuple[int | str, str]]:
    """The big numbers on top."""
    told: list[tuple[int | str, str]] = [
        (page.notes, _tr("notes") if page.notes != 1 else _tr("note")),
        (page.meetings, _tr("days in touch") if page.meetings != 1 else _tr("day in touch")),
    ]
    kinds = dict(page.kinds)
    return told + [
        (kinds[key], _tr(one if kinds[key] == 1 else many))
        for key, one, many in _KINDS
        if key in kinds
    ]


def timeline(page: AccountPage) -> list[Line]:
    """The notes, the newest first, with a heading above the first of each month."""
    told: list[Line] = []
    before = ""
    for view in page.timeline:
        month = month_words(wall_time(view.happened.local_seconds).date())
        told.append(_note(view, month if month != before else ""))
        before = month
    return told


def objection(told: ObjectionHere) -> Line:
    """An objection with what was answered, and did it work."""
    concern = _capital(_tr(told.concern)) if told.concern else ""
    words, role = _WORKED.get(told.answer.worked if told.answer else "", ("", "grey"))
    said = one_line(told.answer.words) if told.answer else ""
    answer = _tr("We said: {words}").format(words=said) if said else _tr("No answer yet")
    return Line(
        NOTE + told.id,
        told.heading,
        detail=answer,
        sign="objection",
        chip=_tr(words),
        chip_role=role,
        tail=concern,
    )


def elsewhere(told: ObjectionHere) -> list[Line]:
    """Answers to the same concern that worked at other accounts."""
    return [
        Line(
            NOTE + answer.id,
            one_line(answer.words),
            detail=_tr("worked at {account}").format(account=answer.account)
            if answer.account
            else _tr("worked elsewhere"),
            sign="success",
        )
        for answer in told.elsewhere
    ]


def competitors(page: AccountPage) -> list[Line]:
    """A bar for each competitor seen here."""
    return [Line.bar(each.query, each.name, each.notes, "competitor") for each in page.competitors]


def wins(page: AccountPage) -> list[Line]:
    """Every win with why us, and what may be done with it."""
    return [
        Line(
            NOTE + win.id,
            win.heading,
            detail=f"{one_line(win.why_us)}\n{_capital(_tr(win.use))}",
            sign="win",
        )
        for win in page.wins
    ]


def promise(told: PromiseHere) -> Line:
    """A promise that stands: to whom, until when."""
    said = told.view.promise
    words, role = _URGENT.get(told.urgency, ("", "grey"))
    to = _tr("to {name}").format(name=said.to) if said.to else ""
    waits = _tr("depends on {what}").format(what=said.depends_on) if said.depends_on else ""
    return Line(
        PROMISE + told.view.id,
        said.what,
        detail=one_line("  ·  ".join(filter(None, (to, until_words(said.until), waits)))),
        sign="promise",
        chip=_tr(words),
        chip_role=role,
        tail="" if told.view.mine else told.view.author_name,
    )


def contact(told: Contact) -> tuple[str, str]:
    """(name or role, what else is known) of somebody at the account."""
    name = told.name or _capital(told.role)
    rest = (told.role if told.name else "", told.email, told.phone)
    return one_line(name), one_line("  ·  ".join(filter(None, rest)))


def _note(view: NoteView, heading: str) -> Line:
    note = view.note
    text = one_line(note.text or note.text_redacted)
    title = one_line(note.heading)
    detail = text.removeprefix(title).strip(" .") or one_line(note.answer or note.why_us)
    return Line(
        NOTE + view.id,
        title,
        detail=detail,
        sign=note.kind,
        lead=short_day(wall_time(view.happened.local_seconds).date()),
        tail="" if view.mine else view.author_name,
        bold=True,
        heading=heading,
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


_WORKED: dict[str, tuple[str, ChipRole]] = {
    "yes": ("worked", "green"),
    "partly": ("worked partly", "amber"),
    "no": ("did not work", "red"),
}
_URGENT: dict[Due, tuple[str, ChipRole]] = {
    Due.OVERDUE: ("overdue", "red"),
    Due.TODAY: ("today", "amber"),
}
_KINDS = (
    ("competitor", "about competitors", "about competitors"),
    ("objection", "objection", "objections"),
    ("win", "win", "wins"),
    ("pitch", "pitch", "pitches"),
    ("problem", "problem", "problems"),
)


def _tr(words: str) -> str:
    return QCoreApplication.translate("AccountsPage", words)
