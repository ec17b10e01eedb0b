"""The notes that ship with the program: as varied as promised, with everything planted in them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from fieldnotes.domain.markings import CHOICES, Marking
from fieldnotes.domain.notes import (
    CONCERNS,
    DID,
    KIND_FIELDS,
    KNOWN_BY,
    OUTCOMES,
    STAGES,
    SURENESS,
    WORKED,
    Kind,
    Note,
    first_line,
)

SAMPLES = Path(__file__).parents[2] / "resources" / "samples"
COMPANY = json.loads((SAMPLES / "company.json").read_text(encoding="utf-8"))
LINES = (SAMPLES / "notes.jsonl").read_text(encoding="utf-8").splitlines()
NOTES: list[dict[str, Any]] = [json.loads(line) for line in LINES]

FOR_THE_LOADER = {
    *("seller", "days_ago", "time", "logged_days_later", "see", "marks", "planted"),
    *("meeting", "meeting_people", "consent", "edited_twice"),
}
ALLOWED = {
    "kind": tuple(Kind),
    "did": DID,
    "concern": CONCERNS,
    "worked": WORKED,
    "known_by": KNOWN_BY,
    "sureness": SURENESS,
    "stage": STAGES,
    "outcome": OUTCOMES,
    "see": tuple(CHOICES),
}
LABELS = {
    *("offer", "too-expensive", "no-evidence", "one-meeting", "contradiction", "contradicted"),
    *("name-variant", "consent-none", "consent-expired", "consent-withdrawn", "consent-valid"),
    *("only-me", "phone", "edited-twice", "failed-pitch", "arc-won", "arc-lost"),
}
TOO_EXPENSIVE = re.compile(r"too expensive|zu teuer|trop cher", re.IGNORECASE)
COMPARED = re.compile(
    r"\d|€|£|\b(than|against|next to|compared|instead|versus|vs)\b", re.IGNORECASE
)
OFFERED = re.compile(
    r"half y(ea)?r|six months|halbes jahr|freebie|free.{0,9}migration|migration.{0,9}free",
    re.IGNORECASE,
)
PHONE = re.compile(r"\+\d[\d ]{7,}\d")
FRIDAYS = {seller["key"] for seller in COMPANY["sellers"] if seller["only_fridays"]}


def planted(label: str) -> list[dict[str, Any]]:
    return [note for note in NOTES if label in note.get("planted", ())]


def everything_said(note: dict[str, Any]) -> str:
    return "\n".join(_strings({k: v for k, v in note.items() if k != "planted"}))


def _strings(value: Any) -> Iterator[str]:
    match value:
        case str():
            yield value
        case list():
            for each in value:
                yield from _strings(each)
        case dict():
            for each in value.values():
                yield from _strings(each)


def latest_possible(note: dict[str, Any]) -> int:
    """Days ago at most: the loader moves the notes of some sellers back to a Friday."""
    return note["days_ago"] + (6 if note["seller"] in FRIDAYS else 0)


def by_seller(key: str) -> list[dict[str, Any]]:
    return [note for note in NOTES if note["seller"] == key]


# --- the company ----------------------------------------------------------------------------


def test_the_company_has_its_products_competitors_accounts_and_sellers() -> None:
    sizes = {
        name: len(COMPANY[name]) for name in ("products", "competitors", "accounts", "sellers")
    }
    assert sizes == {"products": 3, "competitors": 4, "accounts": 22, "sellers": 6}


def test_no_name_is_both_an_account_and_a_competitor() -> None:
    def told(name: str, base: list[str]) -> set[str]:
        named = {each for note in NOTES for each in _strings(note.get(name, []))}
        return {each.casefold() for each in (*named, *base)}

    assert not told("account", COMPANY["accounts"]) & told("competitors", COMPANY["competitors"])


def test_no_account_is_without_a_note() -> None:
    assert set(COMPANY["accounts"]) <= {note.get("account") for note in NOTES}


def test_names_outside_the_lists_are_marked_as_variants() -> None:
    for note in NOTES:
        names = {*note.get("competitors", ()), note.get("account", COMPANY["accounts"][0])}
        varied = not names <= {*COMPANY["competitors"], *COMPANY["accounts"]}
        assert varied == ("name-variant" in note.get("planted", ())), note["text"]
        assert set(note.get("products", ())) <= set(COMPANY["products"]), note["text"]


# --- the notes ------------------------------------------------------------------------------


def test_six_sellers_wrote_120_notes() -> None:
    counts = Counter(note["seller"] for note in NOTES)
    assert sorted(counts.values(), reverse=True) == [31, 28, 24, 18, 12, 7]
    assert set(counts) == {seller["key"] for seller in COMPANY["sellers"]}


def test_notes_lie_within_a_year_and_are_sorted() -> None:
    days = [note["days_ago"] for note in NOTES]
    assert days == sorted(days, reverse=True)
    assert min(days) >= 1
    assert max(map(latest_possible, NOTES)) <= 364


def test_nothing_is_logged_before_it_happened_or_after_today() -> None:
    late = [note.get("logged_days_later", 0) for note in NOTES]
    assert all(0 <= days < note["days_ago"] for days, note in zip(late, NOTES, strict=True))
    assert 9 <= late.count(2) <= 12
    assert all(re.fullmatch(r"[0-2]\d:[0-5]\d", note["time"]) for note in NOTES)


def test_every_note_is_a_note() -> None:
    for note in NOTES:
        plain = {name: value for name, value in note.items() if name not in FOR_THE_LOADER}
        for family in ("quotes", "contacts"):
            plain[family] = [{"id": str(n), **each} for n, each in enumerate(note.get(family, ()))]
        assert set(plain) <= set(Note.__struct_fields__), note["text"]
        msgspec.convert(plain, Note)


def test_only_allowed_words_are_used() -> None:
    for note in NOTES:
        for name, words in ALLOWED.items():
            assert note.get(name, words[0]) in words, (name, note["text"])
        assert set(note.get("planted", ())) <= LABELS
        assert set(note.get("marks", {}).values()) <= {each.value for each in Marking}


def test_a_note_fills_in_only_the_fields_of_its_kind() -> None:
    every = {name for names in KIND_FIELDS.values() for name in names}
    for note in NOTES:
        assert (every & set(note)) <= set(KIND_FIELDS[Kind(note["kind"])]), note["text"]


def test_texts_have_8_to_180_words() -> None:
    texts = [note["text"] for note in NOTES] + [planted("edited-twice")[0]["edited_twice"]["text"]]
    assert all(8 <= len(text.split()) <= 180 for text in texts)


def test_headings_are_short_and_all_texts_and_headings_are_distinct() -> None:
    headings = [note.get("title") or first_line(note["text"]) for note in NOTES]
    assert max(map(len, headings)) <= 72
    assert len(set(headings)) == len({note["text"] for note in NOTES}) == len(NOTES)
    openings = Counter(" ".join(note["text"].casefold().split()[:4]) for note in NOTES)
    assert openings.most_common(1)[0][1] == 1


def test_no_quote_is_told_twice() -> None:
    quotes = [quote["text"] for note in NOTES for quote in note.get("quotes", ())]
    assert len(quotes) == len(set(quotes))


def test_kinds_are_mixed() -> None:
    share = {kind: n / len(NOTES) for kind, n in Counter(note["kind"] for note in NOTES).items()}
    wanted = {"competitor": 30, "objection": 28, "win": 16, "pitch": 10, "problem": 10, "note": 6}
    assert share == {
        kind: pytest.approx(percent / 100, abs=0.02) for kind, percent in wanted.items()
    }


@pytest.mark.parametrize("field", ["stage", "tags"])
def test_about_half_of_the_notes_go_without(field: str) -> None:
    assert 0.45 <= sum(field not in note for note in NOTES) / len(NOTES) <= 0.55


def test_most_notes_have_no_title() -> None:
    assert 1 <= sum("title" in note for note in NOTES) <= 10


def test_some_notes_are_german_and_french() -> None:
    assert Counter(note.get("language", "en") for note in NOTES) == {"en": 104, "de": 10, "fr": 6}


def test_sellers_write_differently() -> None:
    def words(key: str) -> list[int]:
        return sorted(len(note["text"].split()) for note in by_seller(key))

    assert words("des")[-1] < words("moira")[0]
    assert all(note.get("quotes") for note in by_seller("aylin"))
    assert {"tomasz"} == FRIDAYS
    assert not any(note.get("logged_days_later") for note in by_seller("tomasz"))
    assert max(note["days_ago"] for note in by_seller("claire")) <= 170
    assert min(note["days_ago"] for note in by_seller("gordon")) >= 90


def test_the_last_two_weeks_show_mixed_kinds_by_several_sellers() -> None:
    newest = [note for note in reversed(NOTES) if note["days_ago"] <= 14][:8]
    assert len(newest) == 8
    assert len({note["kind"] for note in newest}) >= 5
    assert len({note["seller"] for note in newest}) >= 4


@pytest.mark.parametrize(
    ("word", "least"), [("pricing", 10), ("discount", 5), ("migration", 10), ("Quellmann", 20)]
)
def test_a_search_finds_a_list_worth_reading(word: str, least: int) -> None:
    found = [note for note in NOTES if word.casefold() in everything_said(note).casefold()]
    assert len(found) >= least
    assert len({note["seller"] for note in found}) >= 4


def test_every_competitor_is_met_by_several_sellers() -> None:
    for name in COMPANY["competitors"]:
        met = [note for note in NOTES if name in note.get("competitors", ())]
        assert len(met) >= 4, name
        assert len({note["seller"] for note in met}) >= 2, name


def test_addresses_and_numbers_are_fictional() -> None:
    for note in NOTES:
        said = everything_said(note)
        for address in re.findall(r"\S+@\S+", said):
            assert address.endswith(("@example.com", "@example.org"))
        for number in PHONE.findall(said):
            assert number.startswith(("+44 20 7946 0", "+49 30 23125 "))


# --- what is planted ------------------------------------------------------------------------


def test_the_offer_appears_at_one_seller_spreads_and_ends() -> None:
    notes = planted("offer")
    assert len(notes) >= 9
    assert len({note["seller"] for note in notes}) >= 4
    assert len({note["account"] for note in notes}) >= 6
    assert all(note["days_ago"] >= 45 and latest_possible(note) <= 260 for note in notes)
    assert notes[0]["days_ago"] >= 230
    assert {note["seller"] for note in notes if note["days_ago"] > 217} == {notes[0]["seller"]}
    assert notes[-1]["days_ago"] <= 70
    assert "vorbei" in notes[-1]["text"]
    assert all("quellmann" in " ".join(note["competitors"]).casefold() for note in notes)


def test_nobody_else_speaks_of_the_offer() -> None:
    speaking = {note["text"] for note in NOTES if OFFERED.search(everything_said(note))}
    assert speaking <= {note["text"] for note in planted("offer")}


def test_nine_objections_say_too_expensive() -> None:
    notes = [note for note in NOTES if TOO_EXPENSIVE.search(everything_said(note))]
    assert notes == planted("too-expensive")
    assert len(notes) == 9
    assert all(TOO_EXPENSIVE.search(note["text"]) for note in notes)
    assert {(note["kind"], note["concern"]) for note in notes} == {("objection", "price")}
    assert sum(note.get("language", "en") == "en" for note in notes) == 7


def test_five_of_the_nine_say_neither_compared_with_what_nor_worth_how_much() -> None:
    without = planted("no-evidence")
    assert len(without) == 5
    for note in planted("too-expensive"):
        said = "\n".join(note.get(name, "") for name in ("text", "answer"))
        evident = bool(COMPARED.search(said)) or bool(note.get("competitors"))
        assert evident == (note not in without), note["text"]


def test_one_meeting_is_told_by_three_sellers() -> None:
    notes = planted("one-meeting")
    assert len(notes) == len({note["seller"] for note in notes}) == 3
    assert len({note["meeting"] for note in notes}) == len({note["text"] for note in notes}) == 3
    assert len({(note["account"], note["days_ago"]) for note in notes}) == 1
    assert not FRIDAYS & {note["seller"] for note in notes}


def test_a_claim_is_contradicted_by_another_seller_who_saw_it() -> None:
    claims, (proof,) = planted("contradiction"), planted("contradicted")
    assert len(claims) >= 2
    assert proof["seller"] not in {note["seller"] for note in claims}
    assert (proof["known_by"], proof["sureness"]) == ("seen", "confirmed")
    assert proof["days_ago"] < min(note["days_ago"] for note in claims)
    for note in (*claims, proof):
        assert (note["did"], note["competitors"]) == ("claim", ["Opsillary"])
        assert "offline" in note["text"]


def test_two_names_come_in_variants() -> None:
    notes = planted("name-variant")
    competitors = {name for note in notes for name in note.get("competitors", ())}
    assert {"Quellmann GmbH", "QUELLMANN"} <= competitors
    assert "Bredstetter Guss AG" in {note["account"] for note in notes}


def test_wins_come_with_every_sort_of_consent() -> None:
    def consents(label: str) -> list[dict[str, Any] | None]:
        assert {note["kind"] for note in planted(label)} == {"win"}
        return [note.get("consent") for note in planted(label)]

    assert consents("consent-none") == [None]
    (expired,) = consents("consent-expired")
    assert expired
    assert expired["until_in_days"] < 0
    assert "withdrawn_days_ago" not in expired
    (withdrawn,) = consents("consent-withdrawn")
    assert withdrawn
    assert withdrawn["withdrawn_days_ago"] > 0
    valid = consents("consent-valid")
    assert len(valid) >= 2
    for consent in valid:
        assert consent
        assert consent["until_in_days"] > 0
        assert "withdrawn_days_ago" not in consent
    assert sum("consent" in note for note in NOTES) == len(valid) + 2


def test_two_notes_are_for_their_sellers_only() -> None:
    assert [note for note in NOTES if note.get("see") == "me"] == planted("only-me")
    assert len(planted("only-me")) == 2


def test_one_text_contains_a_phone_number() -> None:
    assert [note for note in NOTES if PHONE.search(note["text"])] == planted("phone")
    assert len(planted("phone")) == 1


def test_one_note_was_edited_twice() -> None:
    assert [note for note in NOTES if "edited_twice" in note] == planted("edited-twice")
    (note,) = planted("edited-twice")
    assert note["edited_twice"]["text"] != note["text"]


def test_one_pitch_failed_six_times_out_of_six() -> None:
    (note,) = planted("failed-pitch")
    told = {name: note[name] for name in ("kind", "replies", "tries", "worked")}
    assert told == {"kind": "pitch", "replies": 0, "tries": 6, "worked": "no"}


def test_replies_never_exceed_tries() -> None:
    pitches = [note for note in NOTES if note["kind"] == "pitch"]
    assert all(0 <= note["replies"] <= note["tries"] for note in pitches)


@pytest.mark.parametrize(
    ("label", "outcome", "count"), [("arc-won", "won", 2), ("arc-lost", "lost", 1)]
)
def test_three_accounts_go_from_problem_through_objection_to_an_end(
    label: str, outcome: str, count: int
) -> None:
    accounts = {note["account"] for note in planted(label)}
    assert len(accounts) == count
    for account in accounts:
        arc = [note for note in planted(label) if note["account"] == account]
        assert arc == [note for note in NOTES if note.get("account") == account]
        assert len(arc) >= 4
        assert arc[0]["kind"] == "problem"
        objections = [note for note in arc if note["kind"] == "objection"]
        ends = [note for note in arc if note.get("outcome") == outcome]
        assert arc[0]["days_ago"] > latest_possible(objections[0])
        assert objections[-1]["days_ago"] > latest_possible(ends[0])
        kinds = {"win"} if outcome == "won" else {"competitor", "objection"}
        assert {note["kind"] for note in ends} <= kinds


def test_two_notes_keep_their_first_quote_private() -> None:
    marked = [note for note in NOTES if "marks" in note]
    assert [note["marks"] for note in marked] == [{"quotes.0": "red"}] * 2
    assert all(note["quotes"] for note in marked)
