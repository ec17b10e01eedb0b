"""A consent is withdrawn by an action of its own, and given back after a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldnotes.domain.consent import in_words
from fieldnotes.domain.notes import Consent
from fieldnotes.operations.consent import NoConsent, give_consent_back, withdraw_consent
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import show_note
from tests.builders import an_exchange, found, logged

GIVEN = Consent(who="CFO", wording="Before lunch", named=True, channels=("web",))


def test_a_withdrawn_consent_keeps_what_was_agreed(seller: Notebook) -> None:
    note_id = logged(seller, kind="win", consent=GIVEN)
    withdraw_consent(seller, note_id)
    consent = show_note(seller, note_id).note.consent
    assert consent is not None
    assert (consent.withdrawn, consent.wording) == ("2026-03-02", "Before lunch")


def test_a_withdrawal_by_mistake_is_taken_back(seller: Notebook) -> None:
    note_id = logged(seller, kind="win", consent=GIVEN)
    withdraw_consent(seller, note_id)
    give_consent_back(seller, note_id)
    assert show_note(seller, note_id).note.consent == GIVEN


def test_whoever_has_the_win_is_told_of_the_withdrawal(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    note_id = logged(seller, kind="win", consent=GIVEN)
    an_exchange(seller, marketer)
    withdraw_consent(seller, note_id)
    an_exchange(seller, marketer)
    assert found(marketer) == [note_id]
    today = marketer.clock().local().date()
    words = in_words(show_note(marketer, note_id).note.consent, today)
    assert words == "do not use: the customer withdrew consent"


def test_nothing_is_withdrawn_where_nobody_agreed(seller: Notebook) -> None:
    note_id = logged(seller, kind="win")
    with pytest.raises(NoConsent):
        withdraw_consent(seller, note_id)
