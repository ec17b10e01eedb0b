"""What went where, sent again and withdrawn on the command line."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.builders import Opener, a_note, logged, sent
from tests.cli.commands import Type

TEXT = "They find it too dear"


def logged_and_sent(fieldnotes: Type, tmp_path: Path, *names: str) -> str:
    """One note to each of these, in a file each; returns its id."""
    note = str(fieldnotes("log", "--json", TEXT).json["id"])
    for name in names:
        fieldnotes("export", tmp_path / f"{name}.fieldnotes", "--for", name)
    return note


def test_a_ledger_of_nothing_says_so(fieldnotes: Type) -> None:
    assert fieldnotes("ledger").out == "Nothing went anywhere, and nothing came yet\n"
    assert fieldnotes("ledger", "--json").out == ""


def test_files_that_were_made_are_listed_with_their_numbers(
    fieldnotes: Type, tmp_path: Path
) -> None:
    logged_and_sent(fieldnotes, tmp_path, "Marketing", "Marketing")
    last, first = fieldnotes("ledger", "--sent", "--json").lines
    assert (first["number"], last["number"], last["what"]) == (1, 2, "sent")
    assert last["to"] == [{"name": "Marketing", "myself": False}]
    assert last["file"] == str(tmp_path / "Marketing.fieldnotes")
    assert "sent to Marketing, number 2: 1  Marketing.fieldnotes" in fieldnotes("ledger").out


def test_a_note_says_to_whom_it_went_in_which_version(fieldnotes: Type, tmp_path: Path) -> None:
    note = logged_and_sent(fieldnotes, tmp_path, "Marketing")
    fieldnotes("edit", note, "--text", "They find it far too dear")
    (told,) = fieldnotes("ledger", note, "--json").lines
    assert (told["name"], told["version"], told["versions"], told["newest"]) == (
        "Marketing",
        1,
        2,
        False,
    )
    assert "a newer one did not go there yet" in fieldnotes("ledger", note).out


def test_what_came_and_what_has_not_arrived(
    fieldnotes: Type, notebooks: Opener, tmp_path: Path
) -> None:
    seller = notebooks("Wren Tolliver")
    files = []
    for number in range(1, 4):
        logged(seller, a_note(text=f"Note {number}"))
        files.append(tmp_path / f"{number}.fieldnotes")
        sent(seller, files[-1])
    fieldnotes("import", files[0], "--accept-new")
    said = fieldnotes("import", files[2], "--plan")
    assert "Number 2 from Wren Tolliver has not arrived." in said.out
    told = fieldnotes("import", files[2], "--json").json
    assert told["not_arrived"] == [{"sender": "Wren Tolliver", "to": [], "numbers": [2]}]
    (gap,) = fieldnotes("ledger", "--missing", "--json").lines
    assert gap["numbers"] == [2]
    assert [each["number"] for each in fieldnotes("ledger", "--came", "--json").lines] == [3, 1]
    assert "not_arrived" not in fieldnotes("import", files[1], "--json").json
    assert fieldnotes("ledger", "--missing", "--json").out == ""


def test_a_file_is_sent_again_as_it_was(fieldnotes: Type, tmp_path: Path) -> None:
    logged_and_sent(fieldnotes, tmp_path, "Marketing")
    plan = fieldnotes("send-again", "x", "--to", "Marketing", "--number", 1, "--plan", "--json")
    assert plan.json["file"] == str(tmp_path / "Marketing.fieldnotes")
    again = tmp_path / "again.fieldnotes"
    said = fieldnotes("send-again", again, "--to", "marketing", "--number", 1)
    assert "the very same file" in said.out
    assert again.read_bytes() == (tmp_path / "Marketing.fieldnotes").read_bytes()


def test_what_changed_since_is_said(fieldnotes: Type, tmp_path: Path) -> None:
    note = logged_and_sent(fieldnotes, tmp_path, "Marketing")
    fieldnotes("edit", note, "--text", "They find it far too dear")
    again = tmp_path / "again.fieldnotes"
    words = ("send-again", again, "--to", "Marketing", "--number", 1)
    assert "1 note changed since" in fieldnotes(*words, "--plan").out
    told = fieldnotes(*words, "--json").json
    assert (told["number"], told["stands_for"], told["changed"]) == (2, 1, 1)


def test_a_number_that_never_was_is_refused(fieldnotes: Type, tmp_path: Path) -> None:
    said = fieldnotes("send-again", tmp_path / "x", "--to", "Marketing", "--number", 7)
    assert (said.status, "number 7" in said.err) == (1, True)


def test_notes_are_withdrawn_from_everybody_who_has_them(fieldnotes: Type, tmp_path: Path) -> None:
    note = logged_and_sent(fieldnotes, tmp_path, "Marketing", "Ida Quist")
    planned = fieldnotes("withdraw", note, "--because", "wrong", "--plan", "--json").json
    assert [each["name"] for each in planned["to"]] == ["Ida Quist", "Marketing"]
    assert fieldnotes("find", "--count").out == "1\n"
    out = tmp_path / "out"
    out.mkdir()
    told = fieldnotes("withdraw", note, "--because", "wrong", "--out", out, "--json").json
    assert {Path(each["file"]) for each in told["files"]} == set(out.iterdir())
    assert fieldnotes("find", "--count").out == "0\n"
    assert fieldnotes("ledger", "--open").out == "Nothing to tell\n"


def test_whoever_was_not_told_of_a_removal_is_listed(fieldnotes: Type, tmp_path: Path) -> None:
    note = logged_and_sent(fieldnotes, tmp_path, "Marketing")
    fieldnotes("remove", note, "--because", "wrong")
    (told,) = fieldnotes("ledger", "--open", "--json").lines
    assert (told["name"], told["notes"]) == ("Marketing", [{"id": note, "title": TEXT}])
    assert "removal not told yet" in fieldnotes("ledger", note).out


def test_a_copied_library_says_once_that_it_is_another_device(
    fieldnotes: Type, library: Path, tmp_path: Path
) -> None:
    fieldnotes("log", TEXT)
    shutil.copytree(library, tmp_path / "copy")
    first = fieldnotes("find", "--count", "--library", tmp_path / "copy")
    assert (first.out, "copied or moved" in first.err) == ("1\n", True)
    assert fieldnotes("find", "--count", "--library", tmp_path / "copy").err == ""
    assert fieldnotes("find", "--count").err == ""
