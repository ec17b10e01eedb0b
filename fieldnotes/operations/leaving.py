"""What leaves the laptop and what stays, note by note and field by field, in plain words."""

from __future__ import annotations

from datetime import date

import msgspec

from fieldnotes.domain import (
    consent,
    likeness,
    note_fields,
    notes,
    promises,
    saved_searches,
    succession,
    team,
    vocabulary,
)
from fieldnotes.domain.attachments import safe_name
from fieldnotes.domain.markings import IN_WORDS, Audience, Marking, may_see
from fieldnotes.domain.notes import Note, people_fields
from fieldnotes.domain.records import Copy, effective_marking, for_audience, whole_marking
from fieldnotes.domain.views import NoteView


class Item(msgspec.Struct, frozen=True):
    """One note on the last screen: whole, with something `hidden`, or not sent at all."""

    id: str
    kind: str
    heading: str
    account: str
    hidden: tuple[tuple[str, str], ...] = ()  # (field, why) in plain words
    not_sent: str = ""  # why
    removal: str = ""  # the reason, where a removal is sent
    label: str = ""  # what goes with it, for example "ask the customer before use"


def shown_to(copy: Copy, audience: Audience) -> Copy | None:
    """What of a version goes to `audience`; None where nothing does."""
    names = copy.revision.digests
    match copy.revision.type:
        case notes.TYPE:
            known = note_fields.known_fields(names)
        case promises.TYPE:
            known = promises.known_fields(names)
        case saved_searches.TYPE:
            known = frozenset(filter(saved_searches.is_known, names))
        case vocabulary.TYPE:
            known = vocabulary.FIELDS
        case likeness.TYPE:
            known = likeness.FIELDS
        case team.TYPE:
            known = team.FIELDS
        case succession.TYPE:
            known = succession.FIELDS
        case _:
            known = frozenset()
    return for_audience(copy, audience, known)


def item_of(
    view: NoteView, heads: list[Copy], shown: list[Copy], audience: Audience, today: date
) -> Item:
    """One line of the last screen: a note with its versions, and what is shown of them."""
    top = heads[0]
    kind, said = view.note.kind, view.note.heading
    if view.type == promises.TYPE:
        kind, said = promises.TYPE, promises.from_fields(top.values).what
    elif view.type == saved_searches.TYPE:
        kind, said = saved_searches.TYPE, saved_searches.from_fields(top.values).name
    heading = said or ("(removed)" if view.removed else "(hidden)")
    item = Item(view.id, kind, heading, view.note.account, removal=view.removed or "")
    if not shown:
        why = f"Marked “{IN_WORDS[whole_marking(top)]}”"
        return Item(item.id, item.kind, heading, item.account, not_sent=why)
    hidden = {}
    for copy in heads:
        for name in copy.revision.digests:
            why = _why_hidden(copy, name, audience, view)
            if why:
                hidden[in_words(name, view)] = why
    return Item(
        item.id,
        item.kind,
        heading,
        item.account,
        hidden=tuple(sorted(hidden.items())),
        removal=item.removal,
        label="" if view.removed else label_of(view.note, today),
    )


def not_signed(view: NoteView) -> Item:
    """The line of a note that its author never signed: nobody passes it on."""
    why = f"It is not what {view.author_name} signed"
    return Item(view.id, view.note.kind, view.note.heading, view.note.account, not_sent=why)


def label_of(note: Note, today: date) -> str:
    """What goes with a win that may not simply be told; '' for every other note."""
    if note.kind != notes.Kind.WIN.value or consent.may_tell(note.consent, today):
        return ""
    words = consent.in_words(note.consent, today)
    return f"{words}: no consent yet" if words == consent.ASK else words


def _why_hidden(copy: Copy, name: str, audience: Audience, view: NoteView) -> str:
    if name not in copy.values:
        return "Hidden by its author"
    is_promise = view.type == promises.TYPE
    known = promises.is_known(name) if is_promise else note_fields.is_known(name)
    mark = effective_marking(copy, name, known)
    if may_see(audience, mark):
        return ""
    people = [promises.TO] if is_promise else people_fields(view.note)
    if name in people and mark is Marking.RED:
        return "People stay with you unless you say otherwise"
    return f"Marked “{IN_WORDS[mark]}”"


def in_words(name: str, view: NoteView) -> str:
    """A field as the last screen calls it."""
    return field_in_words(name, view.type, view.note)


def field_in_words(name: str, type_: str, note: Note) -> str:
    """The same for a field of a record of this type, `note` where it is one."""
    family, _, rest = name.partition(".")
    if type_ == promises.TYPE and name == promises.TO:
        return "To whom"
    if family == "contacts":
        return f"Contact: {rest.rpartition('.')[2]}"
    if family == "quotes":
        ids = [quote.id for quote in note.quotes]
        return f"Quote {ids.index(rest) + 1}" if rest in ids else "A quote"
    if family == "attachments":
        names = {file.id: file.name for file in note.attachments}
        return f"File: {safe_name(names[rest])}" if rest in names else "A file"
    if name.startswith("meeting.people."):
        return "People in the meeting"
    if name == "text_redacted":
        return "Text for others"
    return name.replace("_", " ").replace(".", ": ").capitalize()
