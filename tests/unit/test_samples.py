"""Whoever opens the sample notes finds in them what was planted there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from fieldnotes.domain.moments import month_of
from fieldnotes.domain.notes import Note
from fieldnotes.domain.one_detail import missing_detail
from fieldnotes.domain.selections import Selection
from fieldnotes.domain.views import NoteView
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.notes import show_note, versions_of
from fieldnotes.operations.one_detail import built_in_rules
from fieldnotes.operations.promises import count_due, list_promises
from fieldnotes.operations.sample_promises import write_promises
from fieldnotes.operations.samples import (
    PROMISING,
    Seller,
    sample_notes,
    sellers,
    write_samples,
)
from fieldnotes.operations.search import counts_by_kind, names_used
from fieldnotes.operations.sending import send
from fieldnotes.operations.sending_plans import plan_sending
from tests.builders import counted, found, got

TODAY = datetime(2026, 11, 20, 18, tzinfo=UTC)


@dataclass
class Samples:
    """The libraries of six sellers and of the marketer who read their files in."""

    sellers: dict[str, Notebook]
    marketer: Notebook
    planted: dict[str, list[tuple[str, str]]]  # label → (seller, id), the oldest first
    not_sent: int

    def ids(self, label: str) -> set[str]:
        return {each for _, each in self.planted[label]}

    def views(self, label: str) -> list[NoteView]:
        """As the marketer sees them, the oldest first."""
        return [show_note(self.marketer, each) for _, each in self.planted[label]]

    def notes(self, label: str) -> list[Note]:
        return [view.note for view in self.views(label)]


def opened(folder: Path, key: str, name: str) -> Notebook:
    return open_notebook(folder / key, name, machine_folder=folder / f"{key}-machine")


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Samples]:
    folder = tmp_path_factory.mktemp("samples")
    notebooks: dict[str, Notebook] = {}
    files, not_sent = [], 0
    for seller in sellers():
        notebook = notebooks[seller.key] = opened(folder, seller.key, seller.name)
        write_samples(notebook, seller, TODAY)
        files.append(folder / f"{seller.key}.fieldnotes")
        not_sent += send(notebook, plan_sending(notebook, Selection()), files[-1]).result.not_sent
    marketer = opened(folder, "marketing", "Marketing")
    assert got(marketer, *files).counts["not_accepted"] == 0
    yield Samples(notebooks, marketer, _planted(), not_sent)
    for notebook in (*notebooks.values(), marketer):
        notebook.close()


def _planted() -> dict[str, list[tuple[str, str]]]:
    told: dict[str, list[tuple[int, str, str]]] = {}
    for seller in sellers():
        for sample in sample_notes(seller, TODAY):
            happened = sample.draft.note.happened
            assert happened is not None
            for label in sample.planted:
                told.setdefault(label, []).append((happened.ms, seller.key, sample.draft.id))
    return {label: [(key, each) for _, key, each in sorted(told[label])] for label in told}


def test_six_sellers_wrote_120_notes_and_kept_two(samples: Samples) -> None:
    assert sum(counted(each) for each in samples.sellers.values()) == 120
    assert counted(samples.marketer) == 118
    assert samples.not_sent == 2
    assert sum(counts_by_kind(samples.marketer).values()) == 118


def test_every_library_is_as_it_should_be(samples: Samples) -> None:
    for notebook in (*samples.sellers.values(), samples.marketer):
        assert check_library(notebook).problems == []


@pytest.mark.parametrize("seller", sellers(), ids=lambda seller: seller.key)
def test_every_note_is_logged_at_its_time(samples: Samples, seller: Seller) -> None:
    for sample in sample_notes(seller, TODAY):
        view = show_note(samples.sellers[seller.key], sample.draft.id)
        assert view.created == sample.logged
        assert view.happened == sample.draft.note.happened
        assert view.happened.ms <= view.created.ms <= int(TODAY.timestamp() * 1000)


def test_samples_are_the_same_whenever_they_are_made() -> None:
    for seller in sellers():
        assert sample_notes(seller, TODAY) == sample_notes(seller, TODAY)


def test_the_offer_begins_spreads_and_ends(samples: Samples) -> None:
    offers = samples.views("offer")
    months = [month_of(view.happened.local_seconds) for view in offers]
    assert months == sorted(months)
    assert months[-1] - months[0] == 6
    assert {view.author_name for view in offers[:2]} == {"Aylin Berger"}
    assert len({view.author_name for view in offers}) == 6
    assert all(show.note.competitors for show in offers)
    begin, end = (offers[at].happened.local().date() for at in (0, -1))
    for month in range(months[0], months[-1] + 1):
        asked = f"competitor:quellmann on:{month // 12}-{month % 12 + 1:02}"
        assert samples.ids("offer") & set(found(samples.marketer, asked))
    phrases = ('"half year"', '"half yr"', '"six months"', "freebie", '"halbes jahr"', "halben")
    for phrase in phrases:
        said = f"competitor:quellmann* {phrase}"
        assert not found(samples.marketer, f"{said} before:{begin}")
    assert (TODAY.date() - end).days > 30


def test_nine_objections_say_too_expensive_and_five_of_them_not_than_what(
    samples: Samples,
) -> None:
    said = ('"too expensive"', '"zu teuer"', '"trop cher"')
    hits = {each for phrase in said for each in found(samples.marketer, f"kind:objection {phrase}")}
    assert hits >= samples.ids("too-expensive")
    assert len(samples.ids("too-expensive")) == 9
    bare = samples.ids("too-expensive") & samples.ids("no-evidence")
    assert len(bare) == 5
    rules = built_in_rules()
    views = samples.views("too-expensive")
    missing = {view.id: missing_detail(view.note, rules) for view in views}
    asked = {known for known, each in missing.items() if each and each.rule == "compared-with"}
    assert asked == bare


def test_one_meeting_is_told_by_three_sellers(samples: Samples) -> None:
    views = samples.views("one-meeting")
    days = {view.happened.local().date() for view in views}
    assert len(days) == 1
    on_that_day = found(samples.marketer, f'account:"Nordhaven Terminal" on:{days.pop()}')
    assert set(on_that_day) == samples.ids("one-meeting")
    assert len({view.author for view in views}) == 3
    assert len({view.note.meeting.id for view in views if view.note.meeting}) == 3
    # Who sat there stays with whoever wrote it.
    assert all(view.note.meeting and not view.note.meeting.people for view in views)
    assert all(any(name.startswith("meeting.people.") for name in view.hidden) for view in views)


def test_a_claim_is_contradicted_by_somebody_who_saw_it(samples: Samples) -> None:
    [seen] = samples.views("contradicted")
    claims = samples.views("contradiction")
    hits = found(samples.marketer, "competitor:opsillary offline")
    assert {seen.id, *(claim.id for claim in claims)} <= set(hits)
    assert seen.author not in {claim.author for claim in claims}
    assert {claim.note.did for claim in claims} == {"claim"}
    assert seen.note.known_by == "seen"
    assert max(claim.happened.ms for claim in claims) < seen.happened.ms


def test_spellings_that_differ_in_case_are_one_name_and_others_are_not(samples: Samples) -> None:
    written = {name for name, _ in names_used(samples.marketer, "competitor")}
    assert {"Quellmann", "Quellmann GmbH"} <= written
    assert "QUELLMANN" not in written
    variants = {view.note.competitors: view.id for view in samples.views("name-variant")}
    exactly = set(found(samples.marketer, "competitor:quellmann"))
    assert variants["QUELLMANN",] in exactly
    assert variants["Quellmann GmbH",] not in exactly
    assert set(found(samples.marketer, "competitor:quellmann*")) >= {*variants.values()} - {
        variants.get((), "")
    }
    accounts = dict(names_used(samples.marketer, "account"))
    assert accounts["Bredstetter Guss AG"] == 2
    assert not set(found(samples.marketer, 'account:"bredstetter guss"')) & set(
        found(samples.marketer, 'account:"bredstetter guss ag"')
    )


def state(note: Note, today: date) -> str:
    """Of the customer's consent."""
    if note.consent is None:
        return "none"
    if note.consent.withdrawn:
        return "withdrawn"
    return "expired" if note.consent.until < today.isoformat() else "valid"


@pytest.mark.parametrize("expected", ["none", "expired", "withdrawn", "valid"])
def test_wins_come_with_every_sort_of_consent(samples: Samples, expected: str) -> None:
    notes = samples.notes(f"consent-{expected}")
    assert notes
    assert {state(note, TODAY.date()) for note in notes} == {expected}
    assert {note.kind for note in notes} == {"win"}


def test_what_is_for_their_sellers_only_stays_at_home(samples: Samples) -> None:
    for seller, note in samples.planted["only-me"]:
        own = samples.sellers[seller]
        assert found(own, "see:me") == [note]
        assert show_note(own, note).sent is False
        assert samples.marketer.library.records.view(note) is None
    assert found(samples.marketer, "see:me") == []
    assert found(samples.marketer, "reference bless") == []


def test_a_phone_number_in_a_text_travels_and_the_contact_does_not(samples: Samples) -> None:
    [view] = samples.views("phone")
    assert found(samples.marketer, '"7946 0417"') == [view.id]
    assert "+44 20 7946 0417" in view.note.text
    assert [(each.name, each.phone, each.role) for each in view.note.contacts] == [
        ("", "", "Stores manager")
    ]
    assert view.hidden == ("contacts.00.name", "contacts.00.phone")


def test_the_note_that_was_edited_twice_has_two_versions_everywhere(samples: Samples) -> None:
    [(seller, note)] = samples.planted["edited-twice"]
    for notebook in (samples.sellers[seller], samples.marketer):
        assert show_note(notebook, note).versions == 2
        texts = [told.text for _, told in versions_of(notebook, note)][:2]
        assert any("eleven minutes" in text for text in texts)
        assert any("A training day each" in text for text in texts)


def test_the_pitch_that_failed_is_found_by_how_it_went(samples: Samples) -> None:
    [pitch] = samples.views("failed-pitch")
    assert pitch.id in found(samples.marketer, "kind:pitch worked:no")
    assert (pitch.note.replies, pitch.note.tries) == (0, 6)


@pytest.mark.parametrize(
    ("account", "label", "ends"),
    [
        ("Harrowgill Paper", "arc-won", "win"),
        ("Lindqvarn Dairies", "arc-won", "win"),
        ("Thrapwick Steel", "arc-lost", "competitor"),
    ],
)
def test_an_account_tells_its_story_in_order(
    samples: Samples, account: str, label: str, ends: str
) -> None:
    listed = found(samples.marketer, f'account:"{account}"')[::-1]
    arc = [each for each in listed if each in samples.ids(label)]
    kinds = [show_note(samples.marketer, each).note.kind for each in arc]
    assert arc == [view.id for view in samples.views(label) if view.note.account == account]
    assert (kinds[0], kinds[-1]) == ("problem", ends)
    assert "objection" in kinds
    assert kinds.index("problem") < kinds.index("objection") < len(kinds) - 1


def test_the_promises_that_ship_are_about_accounts_of_their_seller(seller: Notebook) -> None:
    accounts = {
        sample.draft.note.account
        for sample in sample_notes(next(x for x in sellers() if x.key == PROMISING), TODAY)
    }
    assert write_promises(seller) == 6
    promises = [view.promise for view in list_promises(seller)]
    assert {promise.account for promise in promises} <= accounts
    assert count_due(seller) == 2
    assert [promise.state for promise in promises].count("kept") == 1
