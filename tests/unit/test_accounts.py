"""Accounts, what came in, and what can be chosen to send: counted from notes and nothing else."""

from __future__ import annotations

from datetime import date

import pytest

from fieldnotes.domain import consent
from fieldnotes.domain.notes import Consent, Contact
from fieldnotes.operations.accounts import account_page, list_accounts
from fieldnotes.operations.choosing import Wanted, choices
from fieldnotes.operations.notebook import Notebook
from tests.builders import Opener, an_exchange, at, counted, logged

TODAY = date(2026, 3, 2)


def test_spellings_that_fold_to_the_same_are_one_account(seller: Notebook) -> None:
    for name in ("Norden", "Norden", "NORDEN", "  norden"):
        logged(seller, account=name)
    (line,) = list_accounts(seller)
    assert (line.name, line.notes, len(line.spellings)) == ("Norden", 4, 3)


def test_an_account_is_as_old_as_its_newest_note(seller: Notebook) -> None:
    logged(seller, account="Norden", happened=at("2026-02-11T23:30:00+05:00"))
    logged(seller, account="Norden", happened=at("2025-02-11"))
    (line,) = list_accounts(seller)
    assert line.last == date(2026, 2, 11)


def test_the_page_of_an_account_finds_what_it_counts(seller: Notebook) -> None:
    logged(seller, kind="competitor", account="Brandt & Söhne", competitors=("Kolvik", "kolvik"))
    logged(seller, kind="competitor", account="brandt & söhne", competitors=("Kolvik",))
    page = account_page(seller, "BRANDT & SÖHNE")
    assert counted(seller, page.query) == page.notes == 2
    (seen,) = page.competitors
    assert counted(seller, seen.query) == seen.notes == 2


def test_only_answers_that_worked_elsewhere_are_told(seller: Notebook) -> None:
    logged(seller, kind="objection", account="Norden", concern="price")
    for account, worked in (("Halvard", "yes"), ("Corvane", "no"), ("Norden", "yes")):
        logged(
            seller,
            kind="objection",
            account=account,
            concern="price",
            answer=f"Said at {account}",
            worked=worked,
        )
    page = account_page(seller, "Norden")
    told = {answer.words for objection in page.objections for answer in objection.elsewhere}
    assert told == {"Said at Halvard"}


def test_somebody_seen_twice_is_one_contact(seller: Notebook) -> None:
    for role in ("CFO", "Chief financial officer"):
        logged(seller, account="Norden", contacts=(Contact(id="c", name="Una Brandt", role=role),))
    assert len(account_page(seller, "Norden").contacts) == 1


def test_an_unknown_account_has_an_empty_page(seller: Notebook) -> None:
    page = account_page(seller, "Nobody")
    assert (page.notes, page.timeline) == (0, ())


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (None, "ask the customer before use"),
        (Consent(who="CFO", named=True), "may be told by name"),
        (Consent(who="CFO", named=False, until="2026-03-02"), "without their name until"),
        (Consent(who="CFO", named=True, until="2026-03-01"), "consent ended on 2026-03-01"),
        (Consent(who="CFO", named=True, until="soon"), "ask the customer before use"),
        (Consent(who="CFO", withdrawn="2026-01-01"), "do not use"),
    ],
)
def test_consent_says_what_may_be_done_today(given: Consent | None, said: str) -> None:
    assert said in consent.in_words(given, TODAY)


def test_choosing_counts_what_the_selection_finds(seller: Notebook) -> None:
    logged(seller, kind="win", tags=["pricing"], account="Norden")
    logged(seller, kind="pitch", tags=["pricing"], account="Halvard")
    logged(seller, kind="note", account="Norden")
    wanted = Wanted(kinds=frozenset({"win", "pitch"}), tags=("pricing",))
    found = choices(seller, wanted)
    assert found.total == 2
    assert {offer.key: offer.notes for offer in found.accounts} == {"Norden": 1, "Halvard": 1}
    assert {offer.key: offer.notes for offer in found.kinds if offer.notes} == {
        "win": 1,
        "pitch": 1,
    }


def test_a_time_counts_today_as_its_last_day(seller: Notebook) -> None:
    logged(seller, happened=at("2026-02-24"))
    logged(seller, happened=at("2026-02-23"))
    found = choices(seller, Wanted(days=7))
    assert found.total == 1


def test_what_went_to_somebody_is_not_new_to_them(seller: Notebook, notebooks: Opener) -> None:
    logged(seller, text="Sent before")
    an_exchange(seller, notebooks("Marketing"), recipient="Marketing")
    logged(seller, text="Not sent yet")
    assert choices(seller, Wanted(recipient="Marketing")).new == 1
    assert choices(seller, Wanted(recipient="Somebody else")).new is None
    assert choices(seller, Wanted(recipient="Marketing", since_last=True)).total == 1
