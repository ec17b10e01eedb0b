"""Every command: its keys for other programs, its words for people, its exit status."""

from __future__ import annotations

import io
import json
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from fieldnotes.cli.main import main
from fieldnotes.domain.shapes import Shape
from fieldnotes.operations.erasing import finish_erasing
from fieldnotes.operations.notebook import open_notebook
from tests.builders import counted, found, logged
from tests.cli.commands import NoWindow, Type
from tests.photos import a_photo

FOUND = {"id", "kind", "title", "account", "competitors", "tags", "happened", "author"}
WORDS = [
    "new",
    "updated",
    "fuller",
    "unchanged",
    "older",
    "edited_twice",
    "not_accepted",
    "removed",
]


def log(fieldnotes: Type, *words: object) -> str:
    said = fieldnotes("log", "--json", *words)
    assert (said.status, said.err) == (0, "")
    return str(said.json["id"])


# --- log, edit, show, remove ------------------------------------------------------------------


def test_log_tells_the_id(fieldnotes: Type) -> None:
    said = fieldnotes("log", "--json", "They ask who trains the night shift")
    assert said.status == 0
    assert set(said.json) == {"id"}
    assert UUID(said.json["id"]).version == 7


def test_log_without_text_opens_the_window_to_write_in(tmp_path: Path) -> None:
    opened: list[tuple[object, ...]] = []

    class Window(NoWindow):
        def open(
            self, folder: Path, files: list[Path], capture: bool = False, flip: str | None = None
        ) -> int:
            opened.append((folder, files, capture))
            return 0

    assert main(["--library", str(tmp_path / "here"), "log"], Window()) == 0
    assert opened == [(tmp_path / "here", [], True)]


def test_log_with_fields_alone_asks_for_the_text(fieldnotes: Type) -> None:
    said = fieldnotes("log", "--tag", "pricing")
    assert said.status == 1
    assert said.err.startswith("There is no text to go with these options.")


def test_log_keeps_every_field(fieldnotes: Type) -> None:
    note = log(
        fieldnotes,
        *("--kind", "objection", "--account", "Pellinger Chemie", "--competitor", "Quellmann"),
        *("--competitor", "Dunmarrow", "--product", "Marlpit Rounds", "--tag", "pricing"),
        *("--tag", "deal:lost", "--quote", "Too dear", "--title", "Price again", "--stage", "demo"),
        *("--outcome", "open", "--on", "2026-03-31", "--meeting", "monday", "--see", "anyone"),
        "It is the price",
    )
    told = fieldnotes("show", note, "--json").json
    assert told["kind"] == "objection"
    assert told["title"] == "Price again"
    assert told["account"] == "Pellinger Chemie"
    assert told["competitors"] == ["Quellmann", "Dunmarrow"]
    assert told["tags"] == ["pricing", "deal:lost"]
    assert told["happened"] == "2026-03-31"
    assert told["marking"] == "clear"
    fields = told["fields"]
    assert fields["text"] == "It is the price"
    assert fields["products"] == ["Marlpit Rounds"]
    assert fields["quotes.00"] == {"text": "Too dear"}
    assert (fields["stage"], fields["outcome"]) == ("demo", "open")
    assert (fields["meeting.id"], fields["meeting.day"]) == ("monday", "2026-03-31")


def test_log_reads_standard_input(fieldnotes: Type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("One line\nand another – über alles\n"))
    note = log(fieldnotes, "-")
    text = fieldnotes("show", note, "--json").json["fields"]["text"]
    assert text == "One line\nand another – über alles"


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_to_save_is_refused_in_one_line(fieldnotes: Type, text: str) -> None:
    said = fieldnotes("log", text)
    assert (said.status, said.out) == (1, "")
    assert said.err.count("\n") == 1


def test_a_date_that_is_none_is_refused(fieldnotes: Type) -> None:
    said = fieldnotes("log", "--on", "yesteryear", "text")
    assert said.status == 1
    assert "2026-03-31" in said.err


@pytest.mark.parametrize(
    "words", [["log", "--kind", "rumour", "x"], ["sing"], ["find", "--limit", "0"]]
)
def test_wrong_usage_has_a_status_of_its_own(fieldnotes: Type, words: list[str]) -> None:
    said = fieldnotes(*words)
    assert (said.status, said.out) == (2, "")


def test_show_takes_a_number_and_the_beginning_of_an_id(fieldnotes: Type) -> None:
    note = log(fieldnotes, "One")
    number = fieldnotes("show", note, "--json").json["note_no"]
    for reference in (note, str(number), note[:13], note.replace("-", "")):
        assert fieldnotes("show", reference, "--json").json["id"] == note


def test_show_of_nothing_is_refused(fieldnotes: Type) -> None:
    log(fieldnotes, "One")
    for reference in ("999", "ffff0000", "no such thing", "", "%", "'"):
        said = fieldnotes("show", reference)
        assert (said.status, said.out) == (1, "")
        assert said.err.count("\n") == 1


def test_edit_changes_only_what_is_given(fieldnotes: Type) -> None:
    note = log(fieldnotes, "--tag", "pricing", "--account", "Pellinger Chemie", "Before")
    said = fieldnotes("edit", note, "--text", "After", "--kind", "win", "--json")
    assert said.json == {"id": note}
    told = fieldnotes("show", note, "--json").json
    assert (told["rev"], told["kind"], told["fields"]["text"]) == (2, "win", "After")
    assert (told["tags"], told["account"]) == (["pricing"], "Pellinger Chemie")


def test_edit_takes_a_text_that_begins_with_a_dash(fieldnotes: Type) -> None:
    note = log(fieldnotes, "Before")
    assert fieldnotes("edit", note, "--text", "- a list").status == 0
    assert fieldnotes("show", note, "--json").json["fields"]["text"] == "- a list"


def test_remove_takes_a_reason(fieldnotes: Type) -> None:
    note = log(fieldnotes, "Gone soon")
    assert fieldnotes("remove", note).status == 2
    assert fieldnotes("remove", note, "--because", "wrong", "--json").json == {"id": note}
    assert fieldnotes("find").out == ""
    assert fieldnotes("show", note, "--json").json["removed"] == "wrong"


# --- find -------------------------------------------------------------------------------------


def test_find_prints_one_object_a_line(fieldnotes: Type) -> None:
    log(fieldnotes, "--on", "2026-01-01", "Night shift one")
    second = log(fieldnotes, "--on", "2026-01-02T10:30:00+02:00", "Night shift two")
    said = fieldnotes("find", "night", "shift", "--json")
    assert [set(line) for line in said.lines] == [FOUND, FOUND]
    assert said.lines[0]["id"] == second
    assert said.lines[0]["title"] == "Night shift two"
    assert [line["happened"] for line in said.lines] == ["2026-01-02T10:30:00+02:00", "2026-01-01"]


def test_find_counts_exactly(fieldnotes: Type) -> None:
    for place in range(3):
        log(fieldnotes, f"Number {place}")
    assert fieldnotes("find", "number", "--count").out == "3\n"
    assert fieldnotes("find", "--count", "number", "--limit", "1").out == "3\n"
    assert fieldnotes("find", "--count", "nothing").out == "0\n"
    assert len(fieldnotes("find", "number", "--limit", "2").out.splitlines()) == 2


def test_a_query_may_begin_with_a_dash(fieldnotes: Type) -> None:
    log(fieldnotes, "--tag", "pricing", "One night")
    kept = log(fieldnotes, "Two nights")
    for words in (
        ["-tag:pricing"],
        ["--json", "-one"],
        ["-one", "--json"],
        ["--", "-one", "--json"],
    ):
        said = fieldnotes("find", *words, *([] if "--json" in words else ["--json"]))
        assert [line["id"] for line in said.lines] == [kept], words
    assert fieldnotes("find", "--count", "-night").out == "1\n"
    assert fieldnotes("find", "-night", "--count").out == "1\n"


def test_the_word_find_elsewhere_is_only_a_word(fieldnotes: Type, tmp_path: Path) -> None:
    note = log(fieldnotes, "--title", "find", "--account", "find", "find")
    assert fieldnotes("show", note, "--json").json["title"] == "find"
    assert fieldnotes("edit", note, "--text", "find", "--stage", "find").status == 0
    said = fieldnotes("export", tmp_path / "find", "--find", "find", "--json")
    assert said.json["records"] == 1
    assert fieldnotes("find", "find", "--count").out == "1\n"


def test_find_tells_what_it_found_by_kind_name_and_month(fieldnotes: Type) -> None:
    log(fieldnotes, "--kind", "win", "--tag", "pricing", "--on", "2026-01-01", "Night shift one")
    log(fieldnotes, "--account", "Kolvik", "--on", "2026-02-02", "Night shift two")
    said = fieldnotes("find", "--facets", "night", "--json")
    assert said.json["total"] == 2
    assert said.json["kind"] == {"note": 1, "win": 1}
    assert said.json["account"] == {"Kolvik": 1}
    assert said.json["tag"] == {"pricing": 1}
    assert said.json["month"] == {"2026-02": 1, "2026-01": 1}
    told = fieldnotes("find", "night", "tag:pricing", "--facets").out.splitlines()
    assert told[0] == "1 note"
    assert "        1  pricing" in told


def test_what_is_wrong_with_a_search_is_told_beside_what_it_finds(fieldnotes: Type) -> None:
    log(fieldnotes, "never say never")
    said = fieldnotes("find", "(never", "--count")
    assert (said.status, said.out, said.err) == (0, "1\n", "This bracket is not closed.\n")
    said = fieldnotes("find", "after:never")
    assert said.err.startswith("“never” is no time: write 2026")


@pytest.mark.parametrize(
    "query", ['"', "(", "a AND", "^x", "tag:*", "-", "%", "after:never", ":x", "*"]
)
def test_nothing_that_is_looked_for_fails(fieldnotes: Type, query: str) -> None:
    log(fieldnotes, "--tag", "pricing", "One night")
    said = fieldnotes("find", query)
    assert said.status == 0
    assert all(line.endswith(".") for line in said.err.splitlines())


def test_text_of_others_does_not_steer_the_terminal(fieldnotes: Type) -> None:
    log(fieldnotes, "--title", "\x1b[2J\x07red", "Text \x9b31m")
    assert "\x1b" not in fieldnotes("find").out
    assert "\x9b" not in fieldnotes("show", "1").out


# --- where the library is ---------------------------------------------------------------------


def test_the_library_is_named_before_or_after_the_command(
    fieldnotes: Type, tmp_path: Path, library: Path
) -> None:
    here = tmp_path / "here"
    before = log(fieldnotes, "--library", here, "One")
    assert fieldnotes("--library", here, "find", "--json").lines[0]["id"] == before
    assert fieldnotes("find", "--json", "--library", here).lines[0]["id"] == before
    assert fieldnotes("--json", "find", f"--library={here}").lines[0]["id"] == before
    assert not library.exists()
    assert log(fieldnotes, "Two")
    assert library.exists()
    assert fieldnotes("--library", here, "find", "--count").out == "1\n"


def test_a_new_library_takes_the_name_that_is_given(fieldnotes: Type) -> None:
    assert fieldnotes("--name", "Ines Rowe", "log", "One").status == 0
    assert fieldnotes("log", "Two", "--name", "Somebody Else").status == 0
    assert {line["author"] for line in fieldnotes("find", "--json").lines} == {"Ines Rowe"}


def test_a_folder_that_is_no_library_is_refused(fieldnotes: Type, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    said = fieldnotes("--library", tmp_path / "file", "find")
    assert (said.status, said.out) == (1, "")
    assert said.err.count("\n") == 1


def test_commands_work_beside_an_open_notebook(fieldnotes: Type, library: Path) -> None:
    notebook = open_notebook(library, "Wren Tolliver")
    here = logged(notebook, text="From the window")
    there = log(fieldnotes, "From the command line")
    assert {line["id"] for line in fieldnotes("find", "--json").lines} == {here, there}
    assert set(found(notebook)) == {here, there}
    assert fieldnotes("check").status == 0
    assert counted(notebook, "line") == 1
    notebook.close()


def test_the_program_starts_as_a_module(library: Path) -> None:
    def run(*words: str, said: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "fieldnotes", *words],
            input=said,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    logged_ = run("log", "--json", "--tag", "pricing", "-", said="Typed – there\n")
    assert (logged_.returncode, logged_.stderr) == (0, "")
    told = run("find", "-nothing", "tag:pricing", "--json")
    assert json.loads(told.stdout)["id"] == json.loads(logged_.stdout)["id"]
    assert json.loads(told.stdout)["title"] == "Typed – there"
    refused = run("show", "999")
    assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (1, "", 1)
    assert run("sing").returncode == 2
    assert library.exists()


# --- files ------------------------------------------------------------------------------------


KEYS = {"bundle", "records", "by_kind", "hidden", "not_sent", "opens", "finds"}  # of `export`


@pytest.fixture
def sent(fieldnotes: Type, tmp_path: Path) -> Path:
    """A file of two notes that Wren Tolliver made."""
    seller = ("--library", tmp_path / "seller", "--name", "Wren Tolliver")
    fieldnotes(
        *seller, "log", "--kind", "win", "--tag", "pricing", "--see", "company", "They signed"
    )
    fieldnotes(*seller, "log", "--kind", "objection", "Too dear")
    fieldnotes(*seller, "log", "--see", "me", "For me alone")
    path = tmp_path / "wren.fieldnotes"
    said = fieldnotes(*seller, "export", path, "--for", "Marketing", "--title", "March", "--json")
    assert said.status == 0
    return path


def test_export_tells_what_went_and_what_stayed(
    fieldnotes: Type, sent: Path, tmp_path: Path
) -> None:
    said = fieldnotes("--library", tmp_path / "seller", "export", tmp_path / "again", "--json").json
    assert set(said) == KEYS
    assert UUID(said["bundle"])
    assert (said["records"], said["by_kind"]) == (2, {"win": 1, "objection": 1})
    assert (said["hidden"], said["not_sent"]) == (0, 1)


@pytest.fixture
def telling(fieldnotes: Type, tmp_path: Path) -> Path:
    """A library whose one note names somebody and gives their address and number."""
    library = tmp_path / "telling"
    text = "Met Dr. Marta Halden, marta@halden.example, or +49 30 901820 on Mondays"
    fieldnotes("--library", library, "log", text)
    return library


@pytest.mark.parametrize("shape", [each.value for each in Shape])
def test_export_makes_nothing_before_somebody_looked_at_what_tells_of_people(
    fieldnotes: Type, telling: Path, tmp_path: Path, shape: str
) -> None:
    path = tmp_path / "out"
    said = fieldnotes("--library", telling, "export", path, "--as", shape, "--json")
    assert said.status == 1
    assert said.json["bundle"] is None
    found = {find["what"]: find["said"] for find in said.json["finds"]}
    assert found["e-mail"] == "marta@halden.example"
    assert found["phone number"] == "+49 30 901820"
    assert "Halden" in found["name"]
    assert said.err.splitlines()[-1].endswith("say --looked-at.")
    assert list(tmp_path.glob("out*")) == []


def test_export_without_json_prints_what_there_is_to_look_at(
    fieldnotes: Type, telling: Path, tmp_path: Path
) -> None:
    said = fieldnotes("--library", telling, "export", tmp_path / "out")
    assert said.status == 1
    assert "e-mail “marta@halden.example”" in said.err
    assert said.out == ""


def test_export_sends_what_was_looked_at_and_says_what_it_was(
    fieldnotes: Type, telling: Path, tmp_path: Path
) -> None:
    path = tmp_path / "out.fieldnotes"
    said = fieldnotes("--library", telling, "export", path, "--looked-at", "--json")
    assert (said.status, set(said.json), said.json["records"]) == (0, KEYS, 1)
    assert {find["what"] for find in said.json["finds"]} == {"e-mail", "phone number", "name"}
    assert set(said.json["finds"][0]) == {
        *("id", "heading", "where", "what", "said", "sentence", "mine")
    }
    assert path.exists()


def test_export_for_oneself_asks_nobody_to_look(
    fieldnotes: Type, telling: Path, tmp_path: Path
) -> None:
    path = tmp_path / "out.fieldnotes"
    said = fieldnotes("--library", telling, "export", path, "--audience", "myself", "--json")
    assert (said.status, said.json["finds"]) == (0, [])


def test_export_says_of_very_many_only_how_many_more_there_are(
    fieldnotes: Type, tmp_path: Path
) -> None:
    text = "\n".join(f"write to person{each}@halden.example" for each in range(60))
    fieldnotes("--library", tmp_path / "telling", "log", text)
    said = fieldnotes("--library", tmp_path / "telling", "export", tmp_path / "out")
    assert len(said.err.splitlines()) == 52
    assert said.err.splitlines()[-2] == "… and 10 more"


@pytest.mark.parametrize("shape", ["csv", "jsonl", "sqlite"])
def test_export_makes_other_files_with_the_same_keys(
    fieldnotes: Type, sent: Path, tmp_path: Path, shape: str
) -> None:
    path = tmp_path / f"notes.{shape}"
    said = fieldnotes("--library", tmp_path / "seller", "export", path, "--as", shape, "--json")
    assert set(said.json) == KEYS
    assert (said.json["records"], said.json["not_sent"]) == (2, 1)
    assert b"They signed" in path.read_bytes()
    assert b"For me alone" not in path.read_bytes()


@pytest.mark.parametrize(
    ("name", "shape"),
    [
        ("n.csv", "csv"),
        ("n.xlsx", "xlsx"),
        ("n.jsonl", "jsonl"),
        ("n.zip", "markdown"),
        ("folder", "markdown"),
    ],
)
def test_what_is_exported_comes_back_without_a_map(
    fieldnotes: Type, sent: Path, tmp_path: Path, name: str, shape: str
) -> None:
    seller, path = ("--library", tmp_path / "seller"), tmp_path / name
    fieldnotes(*seller, "export", path, "--as", shape)
    assert fieldnotes(*seller, "intake", path, "--json").json == {
        "new": 0,
        "unchanged": 2,
        "skipped": [],
    }
    other = ("--library", tmp_path / "other")
    assert fieldnotes(*other, "intake", path, "--plan", "--json").json["new"] == 2
    assert fieldnotes(*other, "find", "--count").out.strip() == "0"
    assert fieldnotes(*other, "intake", path).status == 0
    assert fieldnotes(*other, "find", "--count").out.strip() == "2"


def test_promises_go_into_a_bundle_alone(fieldnotes: Type, sent: Path, tmp_path: Path) -> None:
    words = ("export", tmp_path / "n.csv", "--as", "csv", "--promises")
    said = fieldnotes("--library", tmp_path / "seller", *words)
    assert (said.status, said.err.count("\n")) == (1, 1)
    assert not (tmp_path / "n.csv").exists()


def test_export_chooses_by_query_and_by_tag(fieldnotes: Type, sent: Path, tmp_path: Path) -> None:
    seller = ("--library", tmp_path / "seller")
    for words in (["--tag", "pricing"], ["--find", "kind:win"], ["--find", "-dear signed"]):
        said = fieldnotes(*seller, "export", tmp_path / "some", *words, "--json")
        assert said.json["by_kind"] == {"win": 1}, words


def test_export_since_last_holds_what_is_new(fieldnotes: Type, sent: Path, tmp_path: Path) -> None:
    seller = ("--library", tmp_path / "seller")
    words = ("--for", "Marketing", "--since-last", "--json")
    assert fieldnotes(*seller, "export", tmp_path / "none", *words).json["records"] == 0
    fieldnotes(*seller, "log", "--kind", "pitch", "Called them")
    assert fieldnotes(*seller, "export", tmp_path / "one", *words).json["by_kind"] == {"pitch": 1}


def test_export_to_nowhere_is_refused(fieldnotes: Type, sent: Path, tmp_path: Path) -> None:
    said = fieldnotes("--library", tmp_path / "seller", "export", tmp_path / "no" / "where")
    assert (said.status, said.out) == (1, "")
    assert said.err.count("\n") == 1


def test_import_tells_what_happened_to_how_many(fieldnotes: Type, sent: Path) -> None:
    said = fieldnotes("import", sent, "--accept-new", "--json")
    assert said.status == 0
    assert list(said.json) == ["batch", *WORDS]
    assert UUID(said.json["batch"])
    assert (said.json["new"], said.json["unchanged"]) == (2, 0)
    again = fieldnotes("import", sent, "--json")  # the sender is known now
    assert (again.status, again.json["new"], again.json["unchanged"]) == (0, 0, 2)


def test_import_of_a_new_sender_is_refused_in_one_line(fieldnotes: Type, sent: Path) -> None:
    said = fieldnotes("import", sent, "--json")
    assert said.status == 1
    assert said.err.count("\n") == 1
    assert "Wren Tolliver is a new sender" in said.err
    assert said.json == {"batch": None} | dict.fromkeys(WORDS, 0)
    assert fieldnotes("find", "--count").out == "0\n"


def test_a_plan_writes_nothing(fieldnotes: Type, sent: Path, library: Path) -> None:
    log(fieldnotes, "One of mine")
    before = {path.name: path.read_bytes() for path in library.glob("*.db*")}
    said = fieldnotes("import", sent, "--accept-new", "--plan", "--json")
    assert (said.status, said.json["batch"], said.json["new"]) == (0, None, 2)
    refused = fieldnotes("import", sent, "--plan")
    assert refused.status == 1
    assert {path.name: path.read_bytes() for path in library.glob("*.db*")} == before


def test_of_several_files_the_good_ones_are_read_in(
    fieldnotes: Type, sent: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.fieldnotes"
    broken.write_bytes(sent.read_bytes()[:-30])
    missing = tmp_path / "missing.fieldnotes"
    said = fieldnotes("import", broken, sent, missing, "--accept-new", "--json")
    assert said.status == 1
    assert said.json["new"] == 2
    assert len(said.err.splitlines()) == 2
    assert fieldnotes("find", "--count").out == "2\n"
    assert fieldnotes("check").status == 0


def test_the_same_file_twice_in_one_go_is_read_in_once(fieldnotes: Type, sent: Path) -> None:
    said = fieldnotes("import", sent, sent, "--accept-new", "--json")
    assert (said.status, said.json["new"], said.json["unchanged"]) == (0, 2, 2)
    assert fieldnotes("find", "--count").out == "2\n"


def test_inspect_needs_no_library(fieldnotes: Type, sent: Path, library: Path) -> None:
    said = fieldnotes("inspect", sent, "--json").json
    assert said["manifest"]["records"] == 2
    assert said["manifest"]["title"] == "March"
    assert said["signature"] == "Signed by Wren Tolliver."
    assert len(said["words"]) == 6
    assert not library.exists()
    assert "Signed by Wren Tolliver." in fieldnotes("inspect", sent).out


def test_inspect_refuses_what_is_no_bundle(fieldnotes: Type, tmp_path: Path) -> None:
    path = tmp_path / "list.fieldnotes"
    path.write_text("my shopping list")
    said = fieldnotes("inspect", path)
    assert (said.status, said.out, said.err.count("\n")) == (1, "", 1)


# --- intake and check -------------------------------------------------------------------------


def test_intake_tells_what_it_took_and_skipped(fieldnotes: Type, tmp_path: Path) -> None:
    path = tmp_path / "notes.csv"
    path.write_text(
        "type,body,date\nwin,They signed,2026-03-01\nrumour,Heard it,\nwin,,\nwin,Late,soon\n"
    )
    said = fieldnotes("intake", path, "--json")
    assert said.status == 0
    assert set(said.json) == {"new", "unchanged", "skipped"}
    assert (said.json["new"], said.json["unchanged"]) == (1, 0)
    assert [skipped["row"] for skipped in said.json["skipped"]] == [2, 3, 4]
    assert all(set(skipped) == {"row", "why", "where"} for skipped in said.json["skipped"])
    again = fieldnotes("intake", path, "--kind-map", "rumour=note", "--json").json
    assert (again["new"], again["unchanged"], len(again["skipped"])) == (1, 1, 2)


def test_intake_takes_columns_as_they_are_mapped(fieldnotes: Type, tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text(json.dumps({"what": "They signed", "who": "Pellinger", "n": 3}) + "\n")
    words = ("--as", "jsonl", "--map", "text=what", "--map", "account=who", "--map", "replies=n")
    assert fieldnotes("intake", path, *words, "--json").json["new"] == 1
    told = fieldnotes("show", "1", "--json").json
    assert (told["account"], told["fields"]["replies"]) == ("Pellinger", 3)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["notes.txt"], 1),
        (["missing.csv"], 1),
        (["notes.csv", "--map", "text=no such column"], 1),
        (["notes.csv", "--map", "colour=body"], 1),
        (["notes.csv", "--map", "text"], 2),
    ],
)
def test_intake_refuses_what_it_cannot_read(
    fieldnotes: Type, tmp_path: Path, words: list[str], status: int
) -> None:
    for name in ("notes.csv", "notes.txt"):
        (tmp_path / name).write_text("body\nThey signed\n")
    said = fieldnotes("intake", tmp_path / words[0], *words[1:])
    assert (said.status, said.out) == (status, "")
    assert said.err


def test_check_tells_digest_and_content(fieldnotes: Type) -> None:
    log(fieldnotes, "One")
    said = fieldnotes("check", "--json")
    assert said.status == 0
    assert set(said.json) == {"ok", "records", "digest", "content", "erasing"}
    assert (said.json["ok"], said.json["records"]) == (True, 1)
    assert len(said.json["digest"]) == len(said.json["content"]) == 64


def test_check_of_a_damaged_library_is_a_refusal(fieldnotes: Type, library: Path) -> None:
    from sqlcipher3 import dbapi2

    log(fieldnotes, "One")
    connection: Any = dbapi2.connect(str(library / "library.db"), isolation_level=None)
    connection.execute("UPDATE rollups SET n = n + 1")
    connection.close()
    said = fieldnotes("check", "--json")
    assert (said.status, said.json["ok"]) == (1, False)
    assert "counts" in said.err


# --- attachments ------------------------------------------------------------------------------


def test_log_attaches_files_and_show_lists_them(fieldnotes: Type, tmp_path: Path) -> None:
    (tmp_path / "shelf.jpg").write_bytes(a_photo())
    (tmp_path / "offer.pdf").write_bytes(b"%PDF-1.7")
    files = ["--attach", tmp_path / "shelf.jpg", "--attach", tmp_path / "offer.pdf"]
    said = fieldnotes("--json", "log", *files, "Their shelf")
    assert said.err == "offer.pdf: if it says where it was made, that stays in it.\n"
    told = fieldnotes("--json", "show", said.json["id"]).json["attachments"]
    assert [(each["name"], each["here"], each["runs"]) for each in told] == [
        *(("shelf.jpg", True, False), ("offer.pdf", True, False)),
    ]
    assert "Attached: offer.pdf (1 kB)" in fieldnotes("show", said.json["id"]).out


def test_edit_attaches_one_more(fieldnotes: Type, tmp_path: Path) -> None:
    (tmp_path / "run.sh").write_text("#!/bin/sh")
    note = fieldnotes("--json", "log", "A note").json["id"]
    fieldnotes("edit", note, "--attach", tmp_path / "run.sh")
    assert "Attached: run.sh (1 kB, a program or script)" in fieldnotes("show", note).out


def test_a_file_that_is_refused_saves_nothing(fieldnotes: Type, tmp_path: Path) -> None:
    said = fieldnotes("log", "--attach", tmp_path / "nothing.pdf", "A note")
    assert said.status == 1
    assert said.err == "There is no file nothing.pdf. Choose another one.\n"
    assert fieldnotes("find", "--count").out == "0\n"


def test_export_counts_attached_files(fieldnotes: Type, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    fieldnotes("log", "--attach", tmp_path / "a.txt", "A note")
    said = fieldnotes("export", tmp_path / "notes.fieldnotes")
    assert said.out.endswith("0 not sent; 1 attached files\nAnyone who has the file can read it.\n")


def test_check_finds_a_damaged_file(fieldnotes: Type, tmp_path: Path, library: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    fieldnotes("log", "--attach", tmp_path / "a.txt", "A note")
    with sqlite3.connect(library / "blobs.db") as blobs:
        blobs.execute("UPDATE blobs SET content = x'00'")
    blobs.close()
    said = fieldnotes("check")
    assert said.status == 1
    assert "An attachment is damaged." in said.out + said.err


def test_erasing_finishes_in_one_go_and_says_so(fieldnotes: Type, library: Path) -> None:
    note = log(fieldnotes, "Of Xanthippe4711", "--tag", "Xanthippe4711")
    said = fieldnotes("remove", note, "--because", "erase")
    assert said.out.splitlines()[1] == "Erased: nothing of it is left in this library."
    assert fieldnotes("check", "--json").json["erasing"] == 0
    files = (path for path in library.rglob("*") if path.is_file())
    assert not any(b"xanthippe" in path.read_bytes().lower() for path in files)


def test_erasing_beside_somebody_who_reads_goes_on_later_and_check_says_so(
    fieldnotes: Type, library: Path
) -> None:
    note = log(fieldnotes, "Of Xanthippe4711")
    reader = open_notebook(library)
    try:
        with reader.library.looking():
            assert reader.library.records.view(note) is not None
            said = fieldnotes("remove", note, "--because", "erase", "--json")
            assert said.json == {"id": note, "erased": False, "promises": []}
            checked = fieldnotes("check")
            assert (checked.status, "not finished" in checked.err) == (0, True)
        assert finish_erasing(reader)
    finally:
        reader.close()
