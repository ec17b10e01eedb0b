"""What is special about a note, said above it: removed, not all here, or not applied yet."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from fieldnotes.desktop.notes import wording
from fieldnotes.desktop.notes.reading import Reading
from fieldnotes.desktop.widgets.notice import Notice, NoticeKind


def state_notices(reading: Reading, page: QWidget) -> Iterator[Notice]:
    """One notice for each thing that a reader has to know first, to stand on `page`."""
    view = reading.view
    if view.removed:
        reason = wording.REASONS.get(view.removed, view.removed)
        yield _notice(page, "warn", f"{reason}.", _tr("This note was removed:"))
    if view.hidden:
        words = _tr("{who} kept back {what}.")
        words = words.format(who=view.author_name, what=wording.hidden_words(view.hidden))
        yield _notice(page, "info", words, _tr("Not everything is here."))
    if view.waiting:
        words = _tr("It joins the other notes as soon as the long work here is done.")
        yield _notice(page, "info", words, _tr("Saved."))


def _notice(page: QWidget, kind: NoticeKind, words: str, lead: str) -> Notice:
    made = Notice(page, closable=False)  # without a page it would be a window of its own
    made.show_message(kind, words, lead=lead)
    return made


def _tr(words: str) -> str:
    return QCoreApplication.translate("StateNotices", words)
