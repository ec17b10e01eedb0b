"""A note as plain text for the clipboard; people at the customer's stay out of it."""

from __future__ import annotations

from collections.abc import Iterator

from fieldnotes.desktop.notes import wording
from fieldnotes.desktop.widgets.quote_block import quoted
from fieldnotes.domain.notes import KIND_FIELDS, Kind, also_noted
from fieldnotes.domain.views import NoteView


def as_text(view: NoteView) -> str:
    """Heading, where it belongs, quotes, text and the answers of its kind, line by line."""
    return "\n".join(_lines(view)).strip() + "\n"


def _lines(view: NoteView) -> Iterator[str]:
    note = view.note
    when = view.happened.local()
    yield note.heading
    facts = (wording.kind_name(note.kind), note.account, note.opportunity, note.stage, note.outcome)
    yield " · ".join([*filter(None, facts), f"{when:%Y-%m-%d}", view.author_name])
    yield ""
    for quote in note.quotes:
        yield quoted(quote.text) + (f" ({quote.role})" if quote.role else "")
    text = (note.text or note.text_redacted).strip()
    if text and text != note.heading:
        yield text
        yield ""
    for name in KIND_FIELDS[Kind(note.kind)] if note.kind in set(Kind) else ():
        value = getattr(note, name)
        if name == "worked" and value in wording.WORKED:
            yield f"Result: {wording.WORKED[value].words}"
        elif isinstance(value, str) and value and name in wording.FIELD_NAMES:
            yield f"{wording.FIELD_NAMES[name]}: {value}"
    for name in also_noted(note):
        if name in wording.FIELD_NAMES:
            yield f"{wording.FIELD_NAMES[name]}: {getattr(note, name)}"
    for label, names in (("Competitors", note.competitors), ("Products", note.products)):
        if names:
            yield f"{label}: {', '.join(names)}"
    if note.tags:
        yield " ".join(f"#{tag}" for tag in note.tags)
