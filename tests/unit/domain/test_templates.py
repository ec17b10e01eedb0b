"""Templates: small files that people write, and what a note of one becomes."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldnotes import paths
from fieldnotes.domain.drafts import OpenDraft, nothing_written
from fieldnotes.domain.notes import Note, NoteDraft
from fieldnotes.domain.templates import (
    LARGEST,
    Template,
    TemplateRefused,
    began,
    begin,
    begin_text,
    file_name,
    finished,
    read_template,
    template_of,
    title_of,
    without_empty_headings,
    write_template,
)
from tests.builders import at

FORM = Template(
    name="Renewal talk",
    title="Renewal: {account}, {day}",
    text="## What they use\n\n## Who would miss us\n",
    prompts={"place": "On site?"},
    fields={"stage": "negotiation"},
    lists={"tags": ("renewal",)},
)
ALL = sorted((paths.resources() / "templates").glob("*.toml"))


@pytest.mark.parametrize("file", ALL, ids=lambda file: file.stem)
def test_every_template_that_ships_can_be_used(file: object) -> None:
    template = read_template(file.read_bytes(), "x")  # type: ignore[attr-defined]
    assert template.about
    assert template.headings
    assert template.title


def test_the_occasions_of_sellers_and_marketers_ship() -> None:
    names = {read_template(file.read_bytes(), file.name).name for file in ALL}
    assert names == {"SPIN", "Win review", "Loss review", "First meeting", "Listening session"}


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "it has no name"),
        (b"name = ", "it is not TOML: Invalid value (at end of document)"),
        (b'name = "\xff"', "it is not written in UTF-8"),
        (b"name = 7", "its name is no text"),
        (b'name = "x"\nkind = "weather"', "“weather” is no kind of note"),
        (b'name = "x"\nmood = "y"', "it has “mood”, which no template has"),
        (b'name = "x"\nfields = 3', "its fields are no table"),
        (
            b'name = "x"\n[fields]\nreplies = 3',
            "it fills “replies”, which no note has in this form",
        ),
        (b'name = "x"\n[fields]\ntags = [3]', "its tags is no text"),
        (b'name = "x"\n[prompts]\nweather = "y"', "it asks for “weather”, which no note has"),
        (b'name = "x"\ntitle = "{weather}"', "its title says {weather}, which nothing fills"),
        (b'name = "x\\ny"', "its name is more than one plain line"),
        (b'name = "' + b"x" * 99 + b'"', "its name is longer than 80 characters"),
        (b"#" * (LARGEST + 1), "it is larger than 64 KB"),
        (b"a = " + b"[" * 20_000, ""),
    ],
)
def test_a_broken_file_is_refused_with_one_sentence(content: bytes, why: str) -> None:
    with pytest.raises(TemplateRefused) as refused:
        read_template(content, "mine.toml")
    assert refused.value.happened.startswith("The template mine.toml cannot be used: ")
    assert why in refused.value.happened
    assert "\n" not in str(refused.value)


@given(st.binary(max_size=200))
def test_no_bytes_raise_anything_else(content: bytes) -> None:
    with suppress(TemplateRefused):
        read_template(content, "x.toml")


@given(
    st.text(min_size=1, max_size=40).filter(lambda text: text.isprintable() and text.strip()),
    st.text(max_size=200),
    st.text(max_size=40),
)
def test_what_is_written_is_read_back(name: str, text: str, prompt: str) -> None:
    text = text.replace("\r", "")
    template = Template(name=name, text=text.lstrip("\n"), prompts={"answer": prompt})
    assert read_template(write_template(template).encode(), "x") == template


def test_a_template_fills_only_what_nobody_chose() -> None:
    note = begin(Note(stage="demo", tags=("pricing",), account="Halden Foods"), FORM)
    assert (note.stage, note.tags, note.account) == ("demo", ("pricing", "renewal"), "Halden Foods")
    assert began(begin(Note(), FORM), FORM) == Note()


def test_headings_come_below_what_is_written_and_the_cursor_under_the_first() -> None:
    text, cursor = begin_text("They call.", FORM)
    assert text == "They call.\n\n## What they use\n\n## Who would miss us\n"
    assert text[:cursor].endswith("## What they use\n")
    assert begin_text("", FORM)[0].startswith("## What they use")


def test_headings_left_empty_are_not_saved_as_words() -> None:
    text = "They call.\n\n## What they use\n\n## Who would miss us\n  The night shift\n"
    left = without_empty_headings(text, FORM.headings)
    assert left == "They call.\n\n## Who would miss us\n  The night shift"


def test_a_heading_that_is_no_prompt_stays() -> None:
    assert without_empty_headings("## Mine\n", FORM.headings) == "## Mine"
    assert without_empty_headings("## Mine\n\n", frozenset()) == "## Mine\n\n"


def test_the_title_follows_the_note() -> None:
    note = Note(account="Halden Foods", happened=at("2026-03-02"))
    assert title_of(FORM, note) == "Renewal: Halden Foods, 2026-03-02"
    assert title_of(FORM, Note(happened=at("2026-03-02"))) == "Renewal, 2026-03-02"
    assert title_of(FORM, Note()) == "Renewal"


def test_a_note_in_which_nothing_was_written_stays_empty() -> None:
    empty = begin(Note(text=FORM.text), FORM)
    assert finished(empty, FORM).text == ""
    assert finished(empty, FORM).title == ""
    draft = OpenDraft(
        draft=NoteDraft(id="", note=finished(empty, FORM)), text=FORM.text, template=FORM
    )
    assert nothing_written(draft)


def test_a_title_of_ones_own_stays() -> None:
    note = Note(text="## What they use\nAll of it", title="Mine")
    assert finished(note, FORM).title == "Mine"
    assert finished(Note(text="They call."), FORM).title == "Renewal"


def test_a_template_made_of_a_note_keeps_nothing_that_was_said() -> None:
    note = Note(
        kind="win",
        title="Review: Halden Foods",
        account="Halden Foods",
        text="## Why us\nBecause of Marta\n## What next\nA call",
        tags=("review",),
        stage="closed",
    )
    made = template_of(" Our review ", note)
    assert (made.name, made.kind, made.title) == ("Our review", "win", "Review: {account}")
    assert made.text == "\n## Why us\n\n## What next\n"
    assert made.lists == {"tags": ("review",)}
    assert "Marta" not in write_template(made)
    assert "closed" not in write_template(made)


def test_a_text_without_headings_is_a_form_and_kept() -> None:
    assert "Budget:" in template_of("x", Note(text="Budget:\nTimeline:")).text


def test_a_template_needs_a_name() -> None:
    with pytest.raises(TemplateRefused):
        template_of("  ", Note(text="## Why us"))


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("Win review", "win-review.toml"),
        ("../../etc", "etc.toml"),
        ("Größe & Co.", "grösse-co.toml"),
        ("CON", "con-template.toml"),
        ("!!!", "template.toml"),
    ],
)
def test_a_name_makes_a_file_that_every_system_takes(name: str, file: str) -> None:
    assert file_name(name) == file
