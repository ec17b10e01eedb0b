"""Whatever a note says comes back from every shape as it was, through the file itself."""

from __future__ import annotations

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace
from openpyxl import load_workbook

from fieldnotes.bundle.foreign_archive import ForeignArchive
from fieldnotes.bundle.json_lines import write_lines
from fieldnotes.bundle.sheet import write_sheet
from fieldnotes.bundle.vault import Page, write_vault
from fieldnotes.bundle.workbook import write_workbook
from fieldnotes.domain.canonical import canonical
from fieldnotes.domain.markings import Marking
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.note_columns import COLUMNS, NoteRow, columns_of, is_ours, row_of
from fieldnotes.domain.note_fields import from_fields, is_known, to_fields
from fieldnotes.domain.notes import Attachment, Contact, Note, Quote
from fieldnotes.domain.shapes import Shape
from fieldnotes.domain.sheet_cells import armed, cell_of, defused, from_cells, is_computed
from fieldnotes.domain.vault_pages import ENDS, columns_in, page_name, page_of, tag_of
from fieldnotes.intake.columns import NotUsable
from fieldnotes.intake.front_matter import Unreadable, split_page
from fieldnotes.intake.own_rows import content_of, own_row, taken_as
from fieldnotes.intake.rows import Row, read_rows
from fieldnotes.intake.vault import Folder, read_pages
from fieldnotes.intake.workbook import read_workbook
from tests.property.test_canonical import FULL, JSON, NOTES, TEXT

NAUGHTY = st.sampled_from(
    [
        *(
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\tx",
            "\rx",
            "\nx",
            "'x",
            "''=1",
            "\uff1d1",
            "\uff0d",
            "'",
        ),
        *("a\0b", "\x01\x1b", "_x0041_", "_x005F_x0041_x0042_", "_x0041\x01", "\ufffe\uffff"),
        *("no", "null", "~", "2026-03-31", "1_000", "0x1f", "1e3", "- x", "a: b", "#c", "{", "%"),
        *(
            "\u202egnp.exe",
            "\u2028\u2029\x85",
            "👩‍👩‍👧",
            "---\n---",
            "a\r\nb\rc\n",
            "\\n\\",
            "  x  ",
        ),
        *(
            'a,"b";c',
            "</t>&amp;",
            "![[x]]",
            ENDS,
            f"x{ENDS}y",
            "\n",
            " ",
            "é é",
            "True",
            "12",
            "  x  ",
        ),
    ]
)
SAID = st.one_of(TEXT, NAUGHTY, st.lists(NAUGHTY, max_size=4).map("".join))
SEEN = NOTES.flatmap(
    lambda note: st.builds(
        lambda text, redacted, title, tags: replace(
            note,
            text=text,
            text_redacted=redacted,
            title=title,
            tags=tuple(tags),
            happened=note.happened and Moment(note.happened.ms % (1 << 45), note.happened.offset),
        ),
        *(SAID, SAID, SAID),
        st.lists(st.one_of(FULL, NAUGHTY), max_size=3),
    )
)
ROWS = st.builds(
    NoteRow,
    note=SEEN,
    id=st.uuids().map(str),
    author=TEXT,
    written=st.builds(Moment, st.integers(0, 1 << 42), st.integers(-1439, 1439)),
    see=st.sampled_from(Marking).map(str),
    marks=st.dictionaries(st.sampled_from(["title", "quotes.00"]), st.just("clear"), max_size=2),
    label=TEXT,
)
MADE = datetime(2026, 3, 2, 9, tzinfo=UTC)
ALL = list(COLUMNS)


def as_carried(row: NoteRow) -> NoteRow:
    """A text that is the one for others stands in its place already."""
    same = row.note.text == row.note.text_redacted
    return replace(row, note=replace(row.note, text="")) if same else row


def in_csv(path: Path, rows: Iterable[NoteRow]) -> Iterable[Row]:
    write_sheet(path, ALL, map(columns_of, rows))
    return read_rows(path, Shape.CSV)


def in_xlsx(path: Path, rows: Iterable[NoteRow]) -> Iterable[Row]:
    write_workbook(path, ALL, map(columns_of, rows), MADE)
    return read_workbook(path)


def in_jsonl(path: Path, rows: Iterable[NoteRow]) -> Iterable[Row]:
    write_lines(path, map(columns_of, rows))
    return read_rows(path, Shape.JSONL)


def in_vault(path: Path, rows: Iterable[NoteRow]) -> Iterator[Row]:
    pages = (Page(columns_of(row), row.note.heading) for row in rows)
    write_vault(path.with_suffix(".zip"), pages, lambda sha256: None, MADE)
    with ForeignArchive(path.with_suffix(".zip")) as archive:
        yield from read_pages(archive)


def in_folder(path: Path, rows: Iterable[NoteRow]) -> Iterator[Row]:
    pages = (Page(columns_of(row), row.note.heading) for row in rows)
    write_vault(path / "vault", pages, lambda sha256: None, MADE)
    yield from read_pages(Folder(path / "vault"))


SHAPES: dict[str, tuple[Callable[[Path, Iterable[NoteRow]], Iterable[Row]], Shape]] = {
    "csv": (in_csv, Shape.CSV),
    "xlsx": (in_xlsx, Shape.XLSX),
    "jsonl": (in_jsonl, Shape.JSONL),
    "vault": (in_vault, Shape.MARKDOWN),
}


@contextmanager
def a_place() -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.mark.parametrize("shape", SHAPES)
@settings(max_examples=60)
@given(st.lists(ROWS, min_size=1, max_size=3, unique_by=lambda row: row.id))
def test_notes_come_back_from_every_shape_as_they_were(shape: str, rows: list[NoteRow]) -> None:
    through, of = SHAPES[shape]
    with a_place() as folder:
        read = list(through(folder / "notes", rows))
    assert all(row.cells is not None and is_ours(row.cells) for row in read)
    back = {told.id: told for told in (own_row(row.cells or {}, of) for row in read)}
    for row in rows:
        assert back[row.id] == as_carried(row)
        assert content_of(back[row.id]) == content_of(row)
    assert len(read) == len(rows)


@settings(max_examples=300)
@given(ROWS)
def test_columns_and_cells_tell_the_whole_note(row: NoteRow) -> None:
    told = columns_of(row)
    assert row_of(told) == as_carried(row)
    cells = {name: armed(defused(cell_of(value))) for name, value in told.items()}
    assert row_of(from_cells(cells)) == as_carried(row)


@settings(max_examples=300)
@given(st.one_of(TEXT, NAUGHTY))
@example("'=1")
@example("''")
@example("-5 %")
@example("\uff1d1+1")
def test_a_cell_loses_its_apostrophe_again(text: str) -> None:
    assert armed(defused(text)) == text
    assert not is_computed(defused(text))


@settings(max_examples=60)
@given(st.lists(NAUGHTY, min_size=1, max_size=4))
def test_no_cell_of_a_csv_begins_like_a_formula(texts: list[str]) -> None:
    rows = [NoteRow(Note(text=text, title=text, account=text), id=text) for text in texts]
    with a_place() as folder:
        write_sheet(folder / "n.csv", ALL, map(columns_of, rows))
        with (folder / "n.csv").open(encoding="utf-8-sig", newline="") as file:
            assert not [cell for row in csv.reader(file) for cell in row if is_computed(cell)]


@settings(max_examples=60)
@given(st.lists(NAUGHTY, min_size=1, max_size=4))
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(texts: list[str]) -> None:
    rows = [NoteRow(Note(text=text, title="https://example.com"), id=text) for text in texts]
    with a_place() as folder:
        write_workbook(folder / "n.xlsx", ALL, map(columns_of, rows), MADE)
        book = load_workbook(folder / "n.xlsx")
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells if cell.value is not None} <= {"s"}
    assert not any(cell.hyperlink for cell in cells)


def test_a_text_of_any_length_comes_back_from_a_workbook(tmp_path: Path) -> None:
    long = "0123456789\n" * 20_000 + "🧾" * 20_000
    rows = [
        NoteRow(Note(text=long, title="x" * 32_767), id="00"),
        NoteRow(Note(text="short", title="🧾" * 16_384), id="01"),
    ]
    path = tmp_path / "n.xlsx"
    assert write_workbook(path, ALL, map(columns_of, rows), MADE) == 2
    book = load_workbook(path)
    longest = max(
        len(str(cell.value).encode("utf-16-le")) // 2
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
    )
    assert longest == 32_767
    back = [own_row(row.cells or {}, Shape.XLSX).note for row in read_workbook(path)]
    assert back == [row.note for row in rows]


def test_pages_have_names_that_differ_on_every_system(tmp_path: Path) -> None:
    headings = [
        "A",
        "a",
        "á",
        "a\u0301",
        "CON",
        "x/y",
        "x:y",
        "",
        ".",
        "🧾" * 99,
        "日" * 200,
        "[[l]]#^|",
    ]
    rows = [NoteRow(Note(text=text, title=text), id=f"{n:02}") for n, text in enumerate(headings)]
    assert len(list(in_folder(tmp_path, rows))) == len(rows)
    names = [path.name for path in (tmp_path / "vault" / "notes").iterdir()]
    assert len({name.casefold() for name in names}) == len(rows)
    assert all(len(name.encode()) <= 200 for name in names)
    assert not {c for name in names for c in name} & set('<>:"/\\|?*#^[]%')
    assert page_name("", "CON") == "_CON"


@settings(max_examples=300)
@given(st.one_of(FULL, NAUGHTY))
@example("deal:lost")
@example("2026")
@example("price list")
def test_every_tag_is_one_that_obsidian_takes(tag: str) -> None:
    mended = tag_of(tag)
    assert mended
    assert not mended.isnumeric()
    assert not any(c.isspace() or c in "#:,.;!?()[]{}'\"\\=+*&^$@`|<>~" for c in mended)


def test_a_page_tells_quotes_and_files_below_and_takes_only_the_text_back() -> None:
    note = Note(
        text=f"Said{ENDS}so",
        quotes=(Quote("00", "Too dear.\nReally.", "CFO"),),
        attachments=(Attachment("a", "plan.png", "image/png", 3, "ff"),),
    )
    properties, page = page_of(columns_of(NoteRow(note, id="1")), ["attachments/plan.png"])
    assert "> Too dear.\n> Really.\n> — CFO\n" in page
    assert "![[attachments/plan.png]]" in page
    assert row_of(columns_in(properties, page)).note == note


def test_a_contact_without_a_name_stays_one() -> None:
    note = Note(text="x", contacts=(Contact("a", role="CFO"), Contact("b", name="Marta")))
    assert row_of(columns_of(NoteRow(note))).note == note


@settings(max_examples=300)
@given(
    st.dictionaries(st.sampled_from(ALL), st.one_of(JSON, st.integers(), NAUGHTY)),
    st.sampled_from([Shape.CSV, Shape.XLSX, Shape.JSONL, Shape.MARKDOWN]),
)
@example({"replies": "9" * 16, "attachments": ["a"], "attachments_size": ["9" * 16]}, Shape.JSONL)
@example(
    {"quotes": ["a", "b"], "quotes_id": ["x", "x"], "see_parts": ["a=b=c", "=", "é=me"]}, Shape.CSV
)
@example(
    {"happened": "0001-01-01T00:00:00+23:59", "written": "9999-12-31T23:59:59-23:59"}, Shape.CSV
)
def test_rows_that_only_look_like_ours_become_notes_or_are_refused(
    cells: dict[str, Any], shape: Shape
) -> None:
    try:
        row = own_row(cells, shape)
        note = taken_as(row, "Wren Tolliver")
    except NotUsable:
        return
    canonical({"fields": to_fields(note), "marks": row.marks, "marking": row.see})
    assert all(map(is_known, to_fields(note)))
    assert from_fields(to_fields(note)).heading == note.heading


@settings(max_examples=300)
@given(st.text(max_size=60), st.text(max_size=20))
@example("a: &x [1]\nb: *x\n", "")
@example("!!python/object/apply:os.system [ls]", "")
@example("[" * 5000, "")
@example("a: 1\na: 2", "")
@example("? [a]\n: b", "")
def test_properties_of_any_sort_are_read_or_refused(above: str, page: str) -> None:
    try:
        properties, rest = split_page(f"---\n{above}\n---\n{page}")
    except Unreadable:
        return
    assert isinstance(properties, dict)
    assert rest.endswith(page.removeprefix("\ufeff")) or page.startswith("---")
