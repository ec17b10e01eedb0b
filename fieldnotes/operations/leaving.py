"""What leaves the laptop and what stays, note by note and field by field, in plain words."""

from __future__ import annotations

from datetime import date

import msgspec
from msgspec.structs import replace

from fieldnotes.domain import consent, note_fields, notes, promises
from fieldnotes.domain.attachments import safe_name
from fieldnotes.domain.markings import IN_WORDS, Audience, Marking, may_see
from fieldnotes.domain.notes import Note, people_fields
from fieldnotes.domain.record_types import record_type
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
    note_no: int = 0  # of the record


def shown_to(copy: Copy, audience: Audience) -> Copy | None:
    """What of a version goes to `audience`; None where nothing does."""
    known = frozenset(filter(record_type(copy.revision.type).is_known, copy.revision.digests))
    return for_audience(copy, audience, known)


def item_of(
    note: Note, heads: list[Copy], goes: bool, audience: Audience, today: date, note_no: int = 0
) -> Item:
    """One line of the last screen: what stands in the versions of a record, and what is shown.

    `note` as it is read here, with what only other copies show; `goes`: whether any of it does.
    """
    top = heads[0]
    type_, removed = top.revision.type, top.revision.removed
    says = record_type(type_).says
    said = says(top.values) if says else note.heading
    item = Item(
        top.revision.id,
        type_ if says else note.kind,
        said or ("(removed)" if removed else "(hidden)"),
        note.account,
        removal=removed.reason if removed else "",
        note_no=note_no,
    )
    if not goes:
        why = f"Marked “{IN_WORDS[whole_marking(top)]}”"
        return replace(item, not_sent=why, removal="")
    if removed:
        return replace(item, hidden=_hidden(heads, audience, note))
    sent = shown_to(top, audience)
    values = sent.values if sent else {}
    said = says(values) if says else note_fields.from_fields(values).heading
    return replace(
        item,
        heading=said or "(hidden)",
        hidden=_hidden(heads, audience, note),
        label=label_of(note, today),
    )


def _hidden(heads: list[Copy], audience: Audience, note: Note) -> tuple[tuple[str, str], ...]:
    """(field, why) of what does not go, in plain words."""
    hidden = {}
    for copy in heads:
        for name in copy.revision.digests:
            if why := _why_hidden(copy, name, audience, note):
                hidden[field_in_words(name, copy.revision.type, note)] = why
    if "Text" in hidden and _goes(heads[0], "text_redacted", audience):
        hidden["Text as you wrote it"] = "It is sent with words left out"
        del hidden["Text"]
    return tuple(sorted(hidden.items()))


def _goes(copy: Copy, name: str, audience: Audience) -> bool:
    sent = shown_to(copy, audience)
    return sent is not None and bool(sent.values.get(name))


def not_signed(view: NoteView) -> Item:
    """The line of a note that its author never signed: nobody passes it on."""
    why = f"It is not what {view.author_name} signed"
    note = view.note
    return Item(view.id, note.kind, note.heading, note.account, not_sent=why, note_no=view.note_no)


def label_of(note: Note, today: date) -> str:
    """What goes with a win that may not simply be told; '' for every other note."""
    if note.kind != notes.Kind.WIN.value or consent.may_tell(note.consent, today):
        return ""
    words = consent.in_words(note.consent, today)
    return f"{words}: no consent yet" if words == consent.ASK else words


def _why_hidden(copy: Copy, name: str, audience: Audience, note: Note) -> str:
    if name not in copy.values:
        return "Hidden by its author"
    is_promise = copy.revision.type == promises.TYPE
    known = promises.is_known(name) if is_promise else note_fields.is_known(name)
    mark = effective_marking(copy, name, known)
    if may_see(audience, mark):
        return ""
    people = [promises.TO] if is_promise else people_fields(note)
    if name in people and mark is Marking.RED:
        return "People stay with you unless you say otherwise"
    return f"Marked “{IN_WORDS[mark]}”"


def field_in_words(name: str, type_: str, note: Note) -> str:
    """A field of a record of this type as the last screen calls it; `note` where it is one."""
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
