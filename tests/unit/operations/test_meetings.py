"""The meetings of today and yesterday, from a real library."""

from __future__ import annotations

from fieldnotes.domain.notes import NoteDraft
from fieldnotes.operations.drafts import save_draft
from fieldnotes.operations.meetings import recent_meetings
from fieldnotes.operations.notebook import Notebook
from tests.builders import a_note, an_exchange, at


def saved(notebook: Notebook, account: str, when: str) -> None:
    note = a_note(account=account, happened=at(when))
    save_draft(notebook, NoteDraft(id=notebook.new_id(), note=note))


def test_only_meetings_since_yesterday_are_offered_the_latest_first(seller: Notebook) -> None:
    saved(seller, "Halden Foods", "2026-02-27T10:00:00")
    saved(seller, "Nordlund Glas", "2026-03-01T10:00:00")
    saved(seller, "Brandt & Söhne", "2026-03-02T08:00:00")
    held = recent_meetings(seller)
    assert [each.meeting.account for each in held] == ["Brandt & Söhne", "Nordlund Glas"]


def test_meetings_of_other_people_are_not_offered(seller: Notebook, marketer: Notebook) -> None:
    saved(seller, "Halden Foods", "2026-03-02T08:00:00")
    an_exchange(seller, marketer)
    assert recent_meetings(marketer) == []
