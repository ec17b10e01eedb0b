"""What is special about a note, said above it: removed, not all here, or not applied yet."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication

from fieldnotes.desktop.notes import wording
from fieldnotes.desktop.notes.reading import Reading
from fieldnotes.desktop.widgets.notice import Notice, NoticeKind


def state_notices(reading: Reading) -> Iterator[Notice]:
    """One notice for each thing that a reader has to know first."""
    view = reading.view
    if view.removed:
        reason = wording.REASONS.get(view.removed, view.removed)
        yield _notice("warn", f"{reason}.", _tr("This note was removed:"))
    if view.hidden:
        words = _tr("{who} kept back {what}.")
        words = words.format(who=view.author_name, what=wording.hidden_words(view.hidden))
        yield _notice("info", words, _tr("Not everything is here."))
    if view.waiting:
        words = _tr("It joins the other notes as soon as the long work here is done.")
        yield _notice("info", words, _tr("Saved."))


def _notice(kind: NoticeKind, words: str, lead: str) -> Notice:
    made = Notice(closable=False)
    made.show_message(kind, words, lead=lead)
    return made


def _tr(words: str) -> str:
    return QCoreApplication.translate("StateNotices", words)
