"""Notes as plain text for the clipboard: one, several, or a whole meeting under one heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fieldnotes.desktop.notes import wording
from fieldnotes.desktop.widgets.quote_block import quoted
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import KIND_FIELDS, Kind, Note, also_noted
from fieldnotes.domain.views import NoteView
from fieldnotes.domain.words import fold

_RULE = "\n" + "-" * 40 + "\n"


def as_text(view: NoteView) -> str:
    """Heading, where it belongs, quotes, text and the answers of its kind, line by line."""
    return note_text(view.note, view.happened, view.author_name)


def note_text(note: Note, happened: Moment, author: str) -> str:
    """The same for a note that may not be saved yet."""
    return "\n".join(_lines(note, happened, author)).strip() + "\n"


def all_as_text(views: Sequence[NoteView]) -> str:
    """Several notes below each other; where they are of one meeting, this is said once above."""
    texts = [as_text(view) for view in views]
    meetings = {view.note.meeting.id for view in views if view.note.meeting}
    one_meeting = len(meetings) == 1 and all(view.note.meeting for view in views)
    head = [_meeting_head(views)] if one_meeting and len(views) > 1 else []
    return _RULE.join([*head, *texts])


def _meeting_head(views: Sequence[NoteView]) -> str:
    first = views[0]
    accounts = {fold(view.note.account): view.note.account for view in views if view.note.account}
    day = f"{first.happened.local():%Y-%m-%d}"
    lines = [f"Meeting · {' · '.join([*accounts.values(), day])}"]
    people = {
        person.name: None
        for view in views
        if view.note.meeting
        for person in view.note.meeting.people
    }
    if people:
        lines.append(f"With: {', '.join(people)}")
    return "\n".join(lines) + "\n"


def _lines(note: Note, happened: Moment, author: str) -> Iterator[str]:
    yield note.heading
    facts = (wording.kind_name(note.kind), note.account, note.opportunity, note.stage, note.outcome)
    yield " · ".join([*filter(None, facts), f"{happened.local():%Y-%m-%d}", author])
    yield ""
    for quote in note.quotes:
        yield quoted(quote.text) + (f" ({quote.role})" if quote.role else "")
    text = (note.text or note.text_redacted).strip()
    if text and text != note.heading:
        yield text
        yield ""
    for name in KIND_FIELDS[Kind(note.kind)] if note.kind in set(Kind) else ():
        yield from _answer(note, name)
    for name in also_noted(note):
        yield from _answer(note, name)
    people = [
        " ".join(filter(None, (each.name, _role(each.name, each.role)))) for each in note.contacts
    ]
    told = (("People", people), ("Competitors", note.competitors), ("Products", note.products))
    for label, names in told:
        if any(names):
            yield f"{label}: {', '.join(filter(None, names))}"
    if note.tags:
        yield " ".join(f"#{tag}" for tag in note.tags)


def _answer(note: Note, name: str) -> Iterator[str]:
    value = getattr(note, name)
    match name:
        case "worked" if value in wording.WORKED:
            yield f"Result: {wording.WORKED[value].words}"
        case "did_what" if note.did or value:
            yield f"{wording.FIELD_NAMES[name]}: {wording.did_words(note)}"
        case "replies" if value is not None:
            yield f"Replies: {wording.replies_words(note)}"
        case _ if isinstance(value, str) and value and name in wording.FIELD_NAMES:
            yield f"{wording.FIELD_NAMES[name]}: {value}"


def _role(name: str, role: str) -> str:
    return f"({role})" if name and role else role
