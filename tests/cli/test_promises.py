"""The commands about promises: their keys, their words, their exit status."""

from __future__ import annotations

from typing import Any

from tests.cli.commands import Said, Type

KEYS = {
    *("id", "what", "to", "account", "until", "depends_on", "state", "reason", "due", "moves"),
    *("note", "author", "marking", "hidden"),
}


def promised(fieldnotes: Type, *words: object) -> str:
    said = fieldnotes("promise", "--json", *words)
    assert (said.status, said.err) == (0, "")
    return str(said.json["id"])


def told(fieldnotes: Type, *words: object) -> list[Any]:
    said: Said = fieldnotes("promises", "--json", *words)
    assert said.status == 0
    return said.lines


def test_a_promise_is_listed_with_every_key(fieldnotes: Type) -> None:
    note = fieldnotes("log", "--json", "--account", "Halden Foods", "They want figures").json["id"]
    made = promised(
        fieldnotes,
        *("The ROI sheet", "--to", "Marta", "--by", "2031-03-06", "--depends-on", "finance"),
        *("--note", note),
    )
    (line,) = told(fieldnotes)
    assert set(line) == KEYS
    assert line["id"] == made
    assert (line["account"], line["note"]) == ("Halden Foods", note)
    assert (line["until"], line["due"], line["state"]) == ("2031-03-06", "later", "open")


def test_what_became_of_it_is_told_with_the_reason(fieldnotes: Type) -> None:
    moved = promised(fieldnotes, "moved", "--by", "2031-03-06")
    broken, kept = promised(fieldnotes, "broken"), promised(fieldnotes, "kept")
    fieldnotes("promise", "--move", moved, "--by", "2031-03-13", "--because", "finance is late")
    fieldnotes("promise", "--broken", broken, "--because", "no budget")
    fieldnotes("promise", "--kept", kept)
    (line,) = told(fieldnotes)
    assert line["moves"] == [
        {"before": "2031-03-06", "until": "2031-03-13", "why": "finance is late"}
    ]
    states = {each["what"]: (each["state"], each["reason"]) for each in told(fieldnotes, "--all")}
    assert states["broken"] == ("broken", "no budget")
    assert states["kept"] == ("kept", "")


def test_due_ones_alone_are_asked_for(fieldnotes: Type) -> None:
    promised(fieldnotes, "late", "--by", "2020-01-01")
    promised(fieldnotes, "some day")
    assert [line["what"] for line in told(fieldnotes, "--due")] == ["late"]
    assert fieldnotes("promises", "--due").out.startswith("2020-01-01        overdue    late")


def test_a_removed_promise_is_listed_no_more(fieldnotes: Type) -> None:
    fieldnotes("promise", "--remove", promised(fieldnotes, "nothing"))
    assert told(fieldnotes, "--all") == []


def test_a_day_that_cannot_be_read_is_refused_with_one_sentence(fieldnotes: Type) -> None:
    said = fieldnotes("promise", "The sheet", "--by", "the meeting")
    assert said.status == 1
    assert said.err.count("\n") == 1
    assert "the meeting is no day" in said.err


def test_moving_needs_a_day(fieldnotes: Type) -> None:
    said = fieldnotes("promise", "--move", promised(fieldnotes, "x"))
    assert (said.status, "--by" in said.err) == (1, True)


def test_promises_leave_by_their_switch_alone(fieldnotes: Type, tmp_path: Any) -> None:
    promised(fieldnotes, "The sheet")
    fieldnotes("log", "A note")
    without = fieldnotes("export", tmp_path / "a.fieldnotes", "--json")
    with_them = fieldnotes("export", tmp_path / "b.fieldnotes", "--promises", "--json")
    assert without.json["by_kind"] == {"note": 1}
    assert with_them.json["by_kind"] == {"note": 1, "promise": 1}


def test_erasing_a_note_says_which_promises_stay(fieldnotes: Type) -> None:
    note = fieldnotes("log", "--json", "They want figures").json["id"]
    made = promised(fieldnotes, "the figures", "--note", note)
    promised(fieldnotes, "something else")
    said = fieldnotes("remove", note, "--because", "erase")
    assert said.out.splitlines()[2:] == [f"What you promised there stays, in its own words: {made}"]
    assert {line["id"] for line in told(fieldnotes)} >= {made}
