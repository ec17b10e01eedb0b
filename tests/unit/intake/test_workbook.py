"""Workbooks of others: whatever wrote them, and whatever they try."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from fieldnotes.errors import IntakeRefused
from fieldnotes.intake.workbook import read_workbook
from fieldnotes.operations.intake import TakenOver, take_over
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import show_note
from tests.builders import counted, found


def a_workbook(path: Path, *rows: list[object]) -> Path:
    book = Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(path)
    return path


def repacked(path: Path, **parts: bytes) -> Path:
    """The workbook with the content of some parts replaced; `sheet1` names its first sheet."""
    with zipfile.ZipFile(path) as zipped:
        held = {name: zipped.read(name) for name in zipped.namelist()}
    for name in held:
        if (key := Path(name).stem) in parts:
            held[name] = parts[key]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, content in held.items():
            zipped.writestr(name, content)
    return path


DAY = datetime(2026, 3, 31, tzinfo=UTC).replace(tzinfo=None)  # a sheet knows no offset
SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    b"<sheetData>%s</sheetData></worksheet>"
)


def test_a_sheet_of_others_is_taken_over(tmp_path: Path, seller: Notebook) -> None:
    path = a_workbook(
        tmp_path / "n.xlsx",
        ["Body", "Company", "Tags", "Date", "Tries"],
        ["They signed", "Halden", "a; b", DAY, 3.0],
        [None, None, None, None, None],
        ["At two", "Halden", None, DAY.replace(hour=14), None],
    )
    assert take_over(seller, path).result == TakenOver(2, 0, [])
    one, two = sorted(
        (show_note(seller, each).note for each in found(seller)), key=lambda n: n.text
    )
    assert (two.text, two.account, two.tags) == ("They signed", "Halden", ("a", "b"))
    assert (two.whole_day, two.tries, one.whole_day) == (True, 3, False)
    assert take_over(seller, path).result == TakenOver(0, 2, [])


def test_a_formula_is_what_it_gave_last(tmp_path: Path) -> None:
    sheet = SHEET % (
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>body</t></is></c></row>'
        b'<row r="2"><c r="A2" t="str"><f>CONCAT("a","b")</f><v>ab</v></c></row>'
    )
    path = repacked(a_workbook(tmp_path / "n.xlsx", ["body"]), sheet1=sheet)
    assert [row.cells for row in read_workbook(path)] == [{"body": "ab"}]


def test_escapes_are_letters_but_for_halves_of_one(tmp_path: Path, seller: Notebook) -> None:
    sheet = SHEET % (
        b'<row r="1"><c r="A1" t="inlineStr"><is><t>body</t></is></c></row>'
        b'<row r="2"><c r="A2" t="inlineStr"><is><t>a_x0041__xD800__xdfff_</t></is></c></row>'
    )
    path = repacked(a_workbook(tmp_path / "n.xlsx", ["body"]), sheet1=sheet)
    assert [row.cells for row in read_workbook(path)] == [{"body": "aA_xD800__xdfff_"}]
    assert take_over(seller, path).result.new == 1


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"no archive",
        b"PK\x03\x04" + bytes(100),
        SHEET % b"<row><c",
        SHEET % b'<row r="x"><c r="A1"><v>1</v></c></row>',
        SHEET % b'<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        SHEET % b'<row r="1"><c r="1A" t="d"><v>soon</v></c></row>',
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
        + b"]>"
        + SHEET % b'<row r="1"><c r="A1" t="inlineStr"><is><t>&j;</t></is></c></row>',
    ],
)
def test_what_is_broken_is_refused_in_one_sentence(
    tmp_path: Path, seller: Notebook, content: bytes
) -> None:
    path = tmp_path / "n.xlsx"
    if content.startswith(b"<"):
        repacked(a_workbook(path, ["body"]), sheet1=content)
    else:
        path.write_bytes(content)
    with pytest.raises(IntakeRefused):
        take_over(seller, path)
    assert counted(seller) == 0


def test_a_sheet_that_says_it_is_huge_costs_what_is_in_it(tmp_path: Path) -> None:
    cell = b'<c r="XFD%d" t="inlineStr"><is><t>far</t></is></c>'
    rows = b'<row r="1"><c r="A1" t="inlineStr"><is><t>body</t></is></c></row>'
    rows += b'<row r="1048576">' + cell % 1048576 + b"</row>"
    path = repacked(a_workbook(tmp_path / "n.xlsx", ["body"]), sheet1=SHEET % rows)
    assert list(read_workbook(path)) == []


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path: Path, seller: Notebook) -> None:
    path = repacked(a_workbook(tmp_path / "n.xlsx", ["body"]), sheet1=bytes(80 << 20))
    assert path.stat().st_size < 1 << 20
    with pytest.raises(IntakeRefused, match="weighs"):
        take_over(seller, path)


def test_every_byte_may_be_flipped(tmp_path: Path, seller: Notebook) -> None:
    whole = a_workbook(tmp_path / "n.xlsx", ["body"], ["They signed"]).read_bytes()
    for at in range(0, len(whole), 97):
        flipped = bytearray(whole)
        flipped[at] ^= 0xFF
        path = tmp_path / "flipped.xlsx"
        path.write_bytes(flipped)
        try:
            assert take_over(seller, path).result.new <= 1
        except IntakeRefused:
            continue
    assert counted(seller) <= 1
