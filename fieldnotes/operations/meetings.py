"""The meetings somebody had lately, so that a note can join one of them."""

from __future__ import annotations

from fieldnotes.domain.meetings import HeldMeeting, held_meetings, since_yesterday
from fieldnotes.domain.query import Between, Query
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.search import find_notes

_NEWEST = 200
_DAY = 24 * 60 * 60


def recent_meetings(notebook: Notebook) -> list[HeldMeeting]:
    """The owner's meetings of today and yesterday, the latest first."""
    now = notebook.clock()
    yesterday = (now.local_seconds // _DAY - 1) * _DAY
    found = find_notes(notebook, Query((Between(yesterday, None),)), limit=_NEWEST)
    return since_yesterday(held_meetings(view for view in found.notes if view.mine), now)
