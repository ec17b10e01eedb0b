"""Rows of other programs become notes: whatever wrote them, and never twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fieldnotes.errors import IntakeRefused
from fieldnotes.intake.columns import columns_for
from fieldnotes.intake.rows import Row, read_rows, shape_of
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.intake import TakenOver, take_over
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, show_note
from tests.builders import a_note, counted, found


def taken(notebook: Notebook, path: Path, content: str | bytes, **said: Any) -> TakenOver:
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return take_over(notebook, path, **said).result


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return tmp_path / "notes.csv"


def only(notebook: Notebook) -> Any:
    [note] = found(notebook)
    return show_note(notebook, note).note


# --- rows -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        "body,tag\nThey signed – à bientôt,x\n".encode(),
        "\ufeffbody,tag\r\nThey signed – à bientôt,x\r\n".encode(),
        "body;tag\nThey signed – à bientôt;x".encode(),
        "body\ttag\nThey signed – à bientôt\tx\n".encode(),
        "body,tag\nThey signed – à bientôt,x\n".encode("utf-16"),
        "body,tag\nThey signed – à bientôt,x\n".encode("cp1252"),
        'body,tag\n"They signed – à bientôt","x"\n\n\n'.encode(),
    ],
)
def test_a_sheet_is_read_whoever_wrote_it(sheet: Path, content: bytes) -> None:
    sheet.write_bytes(content)
    cells = {"body": "They signed – à bientôt", "tag": "x"}
    assert list(read_rows(sheet, "csv")) == [Row(1, cells)]


def test_a_cell_may_hold_lines_quotes_and_separators(sheet: Path) -> None:
    sheet.write_text('body,tag\n"One\nTwo, ""three"";",x\n')
    assert [row.cells for row in read_rows(sheet, "csv")] == [
        {"body": 'One\nTwo, "three";', "tag": "x"}
    ]


def test_lines_that_cannot_be_read_are_told_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "notes.jsonl"
    path.write_text('{"body":"One"}\nnot json\n[1]\n\n{"body":"Two"}\n' + "[" * 5000 + "\n")
    read = list(read_rows(path, "jsonl"))
    assert [row.number for row in read] == [1, 2, 3, 5, 6]
    assert [bool(row.why) for row in read] == [False, True, True, False, True]


def test_a_row_that_is_too_long_is_told(seller: Notebook, sheet: Path) -> None:
    result = taken(seller, sheet, "body,tag\nOne,a,b,c\nTwo,b\n")
    assert (result.new, [skipped.row for skipped in result.skipped]) == (1, [1])


@pytest.mark.parametrize("name", ["notes.txt", "notes", "notes.xls"])
def test_a_file_of_no_known_shape_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(IntakeRefused):
        shape_of(tmp_path / name, None)
    assert shape_of(tmp_path / name, "jsonl") == "jsonl"


# --- columns ----------------------------------------------------------------------------------


def test_columns_are_known_by_their_usual_names() -> None:
    header = ["ID", "Type", "Body", "Company", "Deal Stage", "Labels", "created-at", "Colour"]
    assert columns_for(header, {}) == {
        "row": "ID",
        "kind": "Type",
        "text": "Body",
        "account": "Company",
        "stage": "Deal Stage",
        "tags": "Labels",
        "happened": "created-at",
    }


def test_what_is_said_wins_over_the_usual_name() -> None:
    assert columns_for(["Body", "Memo"], {"text": "Memo"})["text"] == "Memo"


def test_our_own_name_wins_over_a_synonym() -> None:
    assert columns_for(["note", "text"], {})["text"] == "text"


def test_every_cell_finds_its_field(seller: Notebook, sheet: Path) -> None:
    taken(
        seller,
        sheet,
        "kind,title,body,competitors,tags,quote,date,replies,tries,see\n"
        'pitch,Post,Sent it,"Quellmann; Dunmarrow","a|b, c",Too dear,'
        "2026-03-31T10:30:00+02:00,0,6,me\n",
    )
    note = only(seller)
    assert (note.kind, note.title, note.text) == ("pitch", "Post", "Sent it")
    assert note.competitors == ("Quellmann", "Dunmarrow")
    assert note.tags == ("a", "b", "c")
    assert [quote.text for quote in note.quotes] == ["Too dear"]
    assert note.happened.local().isoformat() == "2026-03-31T10:30:00+02:00"
    assert (note.replies, note.tries, note.whole_day) == (0, 6, False)
    assert found(seller, "see:me") == found(seller)


def test_a_day_alone_is_a_whole_day_here(seller: Notebook, sheet: Path) -> None:
    taken(seller, sheet, "body,date\nThey signed,2026-03-31\n")
    assert only(seller).whole_day
    assert counted(seller, "on:2026-03-31") == 1


@pytest.mark.parametrize(
    ("see", "found_by"),
    [("", "company"), ("company", "company"), ("clear", "anyone"), ("secret!", "me")],
)
def test_a_marking_that_is_not_known_is_mine_alone(
    seller: Notebook, sheet: Path, see: str, found_by: str
) -> None:
    taken(seller, sheet, f"body,see\nThey signed,{see}\n")
    assert counted(seller, f"see:{found_by}") == 1


# --- again ------------------------------------------------------------------------------------

ROWS = "id,body\n1,One\n2,Two\n,Three\n,Three\n"


def test_the_same_rows_again_add_nothing(seller: Notebook, sheet: Path) -> None:
    assert taken(seller, sheet, ROWS).new == 4
    assert taken(seller, sheet, ROWS) == TakenOver(0, 4, [])
    assert check_library(seller).problems == []


def test_rows_in_another_order_add_nothing(seller: Notebook, sheet: Path) -> None:
    taken(seller, sheet, ROWS)
    assert taken(seller, sheet, "id,body\n,Three\n2,Two\n1,One\n,Three\n").unchanged == 4


def test_a_row_more_is_one_note_more(seller: Notebook, sheet: Path) -> None:
    taken(seller, sheet, ROWS)
    result = taken(seller, sheet, ROWS + "3,Four\n,Three\n")
    assert (result.new, result.unchanged) == (2, 4)
    assert counted(seller, "three") == 3


def test_a_row_that_changed_leaves_the_note_as_it_is(seller: Notebook, sheet: Path) -> None:
    taken(seller, sheet, ROWS)
    result = taken(seller, sheet, ROWS.replace("One", "One more"))
    assert (result.new, result.unchanged, len(result.skipped)) == (0, 3, 1)
    assert counted(seller, '"one more"') == 0


def test_a_note_edited_here_is_not_taken_again(seller: Notebook, sheet: Path) -> None:
    taken(seller, sheet, "body\nOne\n")
    edit_note(seller, found(seller)[0], a_note(text="Edited"))
    assert taken(seller, sheet, "body\nOne\n").unchanged == 1
    assert only(seller).text == "Edited"


def test_a_file_that_fails_midway_leaves_nothing(
    seller: Notebook, sheet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sheet.write_text(ROWS)

    def stop(done: int, total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        take_over(seller, sheet, progress=stop)
    assert counted(seller) == 0
    assert take_over(seller, sheet).result.new == 4
    assert check_library(seller).problems == []


def test_nothing_but_a_header_is_no_note(seller: Notebook, sheet: Path) -> None:
    assert taken(seller, sheet, "body,date\n") == TakenOver(0, 0, [])
    assert taken(seller, sheet, "") == TakenOver(0, 0, [])


def test_formulas_of_others_stay_as_they_are(seller: Notebook, sheet: Path) -> None:
    taken(seller, sheet, "body\n'=1+1 they typed\n")
    assert only(seller).text == "'=1+1 they typed"


def test_numbers_and_lists_in_json_become_text(seller: Notebook, tmp_path: Path) -> None:
    told = {"body": 42, "tags": ["a", 7], "account": None, "date": "2026-03-31"}
    taken(seller, tmp_path / "notes.jsonl", json.dumps(told))
    note = only(seller)
    assert (note.text, note.tags, note.account) == ("42", ("a", "7"), "")


def test_what_cannot_be_written_down_is_told(seller: Notebook, tmp_path: Path) -> None:
    lines = [r'{"body":"\ud800"}', '{"body":"fine"}', '{"body":1e400}', '{"body":{"a":NaN}}']
    result = taken(seller, tmp_path / "notes.jsonl", "\n".join(lines))
    assert result.new >= 1
    assert result.new + len(result.skipped) == 4
    assert check_library(seller).problems == []
