"""One detail is asked for, and only when it is really missing."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldnotes.domain.notes import Contact, Note, Quote
from fieldnotes.domain.one_detail import RulesRefused, missing_detail, parse_rules, together
from fieldnotes.intake.columns import columns_for, note_from, row_key
from fieldnotes.intake.rows import read_rows
from fieldnotes.operations.one_detail import built_in_rules
from tests.builders import a_note

RULES = built_in_rules()
JUDGED_RIGHT = frozenset(
    f"GL{number:04}" for number in (7, 8, 10, 11, 12, 13, 14, 15, 16, 17, 24, 25, 26, 102)
)
"""Of the 104 objections that other people wrote, all read: those where the question helps."""


def asked(note: Note) -> str:
    missing = missing_detail(note, RULES)
    return f"{missing.rule} {missing.language}" if missing else ""


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("They say we are too expensive.", "compared-with en"),
        ("Why is the price 5x?", "compared-with en"),
        ("Wir sind ihnen einfach zu teuer.", "compared-with de"),
        ("Der Preis ist das Problem.", "compared-with de"),
        ("« C'est trop cher. » Et il est parti.", "compared-with fr"),
        ("Kolvik has it, they have it and we do not.", "what-for en"),
        ("We should build what they have.", "what-for en"),
        ("Die haben das und wir nicht, sagt er.", "what-for de"),
        ("Uns fehlt die Schnittstelle.", "what-for de"),
        ("Ils l'ont et pas nous.", "what-for fr"),
        ("I’ve already got scanners that I can use", "what-they-use en"),
        ("Sie nutzen schon etwas anderes.", "what-they-use de"),
        ("Ils ont déjà un outil pour ça.", "what-they-use fr"),
        ("How do I justify this to my boss?", "worth-how-much en"),
        ("Das können wir uns nicht leisten.", "worth-how-much de"),
        ("Ils n'ont pas les moyens, disent-ils.", "worth-how-much fr"),
        ("“Just not good timing right now”", "until-when en"),
        ("Es ist ihnen noch zu früh.", "until-when de"),
        ("Ce n'est pas le moment pour eux.", "until-when fr"),
        ("Someone in the room did not trust it.", "who-said-it en"),
        ("Jemand traut der Sache nicht.", "who-said-it de"),
        ("Il paraît que c'est compliqué.", "who-said-it fr"),
    ],
)
def test_an_objection_that_says_too_little_is_asked_in_its_language(words: str, rule: str) -> None:
    assert asked(a_note("objection", words)) == rule


@pytest.mark.parametrize(
    ("note", "rule"),
    [
        (a_note("objection", "They need to think.", concern="price"), "compared-with"),
        (a_note("competitor", "Somebody else was there last week."), "which-competitor"),
        (a_note("win", "They are happy with the new rounds."), "in-numbers"),
        (a_note("pitch", "Wrote to plant managers.", replies=3), "out-of-how-many"),
        (a_note("problem", "They write shifts on paper.", problem="Errors"), "what-if-not"),
        (a_note("objection", "No trust.", quotes=(Quote("q", "We do not know you."),)), "who-said"),
    ],
)
def test_a_field_raises_the_question_as_well(note: Note, rule: str) -> None:
    assert asked(note).startswith(rule)


@pytest.mark.parametrize(
    "note",
    [
        a_note("objection", "Too dear"),
        a_note("objection", "They say we are 20 % too expensive."),
        a_note("objection", "They say we are too expensive.", competitors=("Kolvik",)),
        a_note("objection", "More expensive than doing nothing."),
        a_note("objection", "Teurer als bei Kolvik, sagt der Einkauf."),
        a_note("objection", "Plus cher que la solution en place."),
        a_note("objection", "They have it, we don't have it, which means they type it twice."),
        a_note("objection", "Uns fehlt der Export, sonst müssen sie abtippen."),
        a_note("objection", "Ils l'ont, pas nous.", problem="Double saisie"),
        a_note("objection", "They already use Kolvik.", competitors=("Kolvik",)),
        a_note("objection", "Not now: after the move in September."),
        a_note("objection", "Nicht jetzt, erst nach der Messe im Herbst."),
        a_note("objection", "Someone doubts it.", contacts=(Contact("c", role="CFO"),)),
        a_note("objection", "No.", quotes=(Quote("q", "We do not know you yet.", "CFO"),)),
        a_note("objection", "Too expensive. " + "They went on about their plant. " * 10),
        a_note("objection", "Our environment is too complex for this."),
        a_note("objection", "Rounds take long.\nAnswer: we are too expensive for small plants."),
        a_note("competitor", "Kolvik was there last week.", competitors=("Kolvik",)),
        a_note("win", "They are happy now.", result="8 hours a week"),
        a_note("note", "They are too expensive, they say."),
    ],
)
def test_a_note_that_says_it_is_left_alone(note: Note) -> None:
    assert asked(note) == ""


def test_quotes_count_as_what_was_said() -> None:
    note = Note(kind="objection", quotes=(Quote("q", "You are far too expensive for us."),))
    assert asked(note) == "compared-with en"


def test_addresses_count_as_no_words() -> None:
    link = "[prices](https://example.org/a-price-list-than)"
    assert asked(a_note("objection", f"Too expensive, they say. {link}")) == "compared-with en"


def test_a_company_s_own_rule_comes_first_and_replaces_one_of_its_name() -> None:
    own = parse_rules(
        """
        [cloud]
        kinds = ["objection"]
        heard.en = ["cloud"]
        ask.en = "which of our regions would do?"
        [compared-with]
        kinds = ["objection"]
        off = true
        """,
        "one-detail.toml",
    )
    rules = together(own, RULES)
    missing = missing_detail(a_note("objection", "Too expensive, and the cloud."), rules)
    assert missing is not None
    assert missing.question == "which of our regions would do?"
    assert missing_detail(a_note("objection", "They say it is too expensive."), rules) is None


@pytest.mark.parametrize(
    ("table", "why"),
    [
        ("[x", "cannot be read"),
        ('[x]\nkinds = ["objektion"]\nask.en = "?"', "cannot be read"),
        ('[x]\nkinds = ["objection"]\nheared.en = ["a"]\nask.en = "?"', "cannot be read"),
        ('[x]\nkinds = ["objection"]\ntold_in = ["rivals"]\nask.en = "?"', "no field rivals"),
        ('[x]\nkinds = ["objection"]', "asks nothing"),
    ],
)
def test_a_table_that_cannot_be_read_is_refused_with_the_reason(table: str, why: str) -> None:
    with pytest.raises(RulesRefused, match=why):
        parse_rules(table, "one-detail.toml")


def test_what_other_people_wrote_is_asked_where_it_helps(real_data: Path) -> None:
    flagged = set()
    for row in read_rows(real_data / "gitlab_field_notes" / "notes.jsonl", "jsonl"):
        assert row.cells is not None
        if row.cells["kind"] == "objection":
            columns = columns_for(list(row.cells), {})
            note, _mark = note_from(row.cells, columns, {}, 0)
            flagged |= {row_key(row.cells, columns)} if asked(note) else set()
    assert len(flagged & JUDGED_RIGHT) >= 12
    assert len(flagged - JUDGED_RIGHT) <= 1
