"""Rough notes become proposals by small rules, and no word is lost."""

from __future__ import annotations

import csv
import re
from itertools import count
from pathlib import Path

import pytest

from fieldnotes.domain.debrief import (
    MOST,
    KnownMeanings,
    Proposed,
    rest_of,
    split_notes,
)
from fieldnotes.domain.drafts import Sign
from fieldnotes.domain.notes import Meeting, Note
from tests.builders import at

NOW = at("2026-03-04T14:20:00+01:00")
BASE = Note(account="Nordlund", happened=NOW, meeting=Meeting(id="m"))
KNOWN = KnownMeanings(
    [
        (Sign.ACCOUNT, "Halden Foods"),
        (Sign.COMPETITOR, "Kolvik"),
        (Sign.COMPETITOR, "Kolvik Cloud"),
        (Sign.PRODUCT, "Marlpit Rounds"),
    ]
)


def split(text: str) -> list[Proposed]:
    numbers = count()
    return split_notes(text, BASE, KNOWN, NOW, lambda: f"id{next(numbers)}")


def texts(text: str) -> list[str]:
    return [each.note.text for each in split(text)]


def kinds(text: str) -> list[str]:
    return [each.note.kind for each in split(text)]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def test_each_item_of_a_list_is_a_note_with_what_stands_below_it() -> None:
    text = "- They wait.\n  - until May\n- Kolvik called.\n\n1. One more\n   and its second line\n"
    assert texts(text) == [
        "They wait.\n- until May",
        "Kolvik called.",
        "One more\nand its second line",
    ]


def test_paragraphs_and_short_sentences_on_lines_of_their_own_are_notes() -> None:
    assert texts("They wait.\nKolvik called.\n\nA third one") == [
        "They wait.",
        "Kolvik called.",
        "A third one",
    ]


def test_a_long_line_that_was_wrapped_goes_on() -> None:
    text = "They told us at length why they would rather wait for the budget of the\nnext year."
    assert texts(text) == [text]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Objection: only in May", "objection"),
        ("Einwand: erst im Mai", "objection"),
        ("Objection : pas avant mai", "objection"),
        ("Konkurrenz – waren letzte Woche da", "competitor"),
        ("Concurrent : déjà venu", "competitor"),
        ("They say it is too expensive", "objection"),
        ("Ist ihnen zu teuer", "objection"),
        ("C'est trop cher pour eux", "objection"),
        ("We won the hall!", "win"),
        ("Sie haben unterschrieben", "win"),
        ("Ils ont signé hier", "win"),
        ("I showed them the rounds", "pitch"),
        ("On a essayé la démo courte", "pitch"),
        ("They do it manually every night", "problem"),
        ("Machen alles von Hand", "problem"),
        ("Ils saisissent tout à la main", "problem"),
        ("Kolvik was there on Monday", "competitor"),
        ("Petra likes coffee", "note"),
        ("The princess is expensive", "note"),
        ("Wins are rare here", "note"),
    ],
)
def test_a_label_or_a_word_tells_the_kind(text: str, kind: str) -> None:
    assert kinds(text) == [kind]


def test_a_heading_tells_the_kind_of_all_below_it_until_the_next() -> None:
    text = (
        "## Objections\n- only in May\n- no people\n\nErfolge:\n- nothing\n\nWins:\n- night shift\n"
    )
    assert kinds(text) == ["objection", "objection", "note", "win"]


def test_names_and_signs_become_chips() -> None:
    (told,) = split('@"Brandt & Söhne" left Kolvik Cloud for marlpit rounds #price !Quellmann')
    assert told.note.text == "Brandt & Söhne left Kolvik Cloud for marlpit rounds price Quellmann"
    assert told.note.account == "Brandt & Söhne"
    assert told.note.competitors == ("Quellmann", "Kolvik Cloud")
    assert (told.note.products, told.note.tags) == (("Marlpit Rounds",), ("price",))


@pytest.mark.parametrize(
    ("text", "quote", "role"),
    [
        ('The CFO said "we pay twice for that" twice', "we pay twice for that", "CFO"),
        (
            "„Das zahlen wir doppelt“, sagt der Einkaufsleiter",
            "Das zahlen wir doppelt",
            "Einkaufsleiter",
        ),
        ("Le DSI : « on paie deux fois déjà »", "on paie deux fois déjà", "DSI"),
        ("“It takes us a whole night”", "It takes us a whole night", ""),
    ],
)
def test_words_in_quotation_marks_become_a_quote_with_its_speaker(
    text: str, quote: str, role: str
) -> None:
    (told,) = split(text)
    assert [(each.text, each.role) for each in told.note.quotes] == [(quote, role)]


def test_a_heading_with_an_account_and_a_day_tells_both_for_all_below() -> None:
    first, second = split("Halden Foods, 3.3.\n==========\n- one\n- two")
    for each in (first, second):
        assert each.note.account == "Halden Foods"
        assert each.note.happened is not None
        assert each.note.happened.local().date().isoformat() == "2026-03-03"
        assert each.note.title == ""


def test_any_other_heading_is_the_title_of_the_note_below_it() -> None:
    first, second = split("# Night shift\n- one\n- two")
    assert (first.note.title, second.note.title) == ("Night shift", "")
    assert first.source == "Night shift\none"


ROUGH = """\
Halden Foods 3.3.

Einwände:
* zu teuer, sagt die CFO: "das zahlen wir doppelt"
* erst im Mai

# Weather
Sunny.

[ ] send the offer
[x] call Tom
Last words
"""


def test_no_word_is_lost() -> None:
    proposed = split(ROUGH)
    told = sorted(words(rest_of(proposed)))
    assert told == sorted(words(ROUGH.replace("[x]", "")))


def test_a_very_long_list_ends_in_one_note_with_the_rest() -> None:
    proposed = split("\n".join(f"- item {at}" for at in range(MOST + 50)))
    assert len(proposed) == MOST
    assert "item 349" in proposed[-1].note.text


@pytest.mark.parametrize(
    "text", ["", "\n\n", "---", "- ", "::", "#", '"', "@", "* * *", "\x00", "„"]
)
def test_odd_texts_are_no_trouble(text: str) -> None:
    assert len(split(text)) <= 1


def test_real_notes_split_without_losing_a_word(real_data: Path) -> None:
    file = real_data / "gitlab_field_notes" / "notes.csv"
    with file.open(encoding="utf-8", newline="") as rows:
        bodies = [(row["kind"], row["body"]) for row in csv.DictReader(rows)]
    proposals = 0
    for _kind, body in bodies:
        proposed = split(body)
        proposals += len(proposed)
        lost = {*words(body)} - {*words(rest_of(proposed))}
        assert all(len(word) == 1 or word.isdigit() for word in lost), lost  # marks of a list
    assert proposals > len(bodies)
