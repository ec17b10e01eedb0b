"""What a preview remembers: counts of everything, lines of some, and nothing twice in memory."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from fieldnotes.domain.merge import Word
from fieldnotes.operations import weighing
from fieldnotes.operations.arriving_alike import AlreadySaid, already_said
from fieldnotes.operations.import_plans import LONGEST
from fieldnotes.operations.judging import Decisions
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note
from fieldnotes.operations.previewing import preview_import
from tests.builders import Opener, a_note, got, logged, sent

WELCOME = Decisions(all_new=True)


def a_file(book: Notebook, path: Path) -> Path:
    sent(book, path)
    return path


def test_more_than_is_listed_is_counted(
    seller: Notebook, marketer: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(weighing, "LISTED", 3)
    for number in range(5):
        logged(seller, text=f"Note {number}")
    plan = preview_import(marketer, [a_file(seller, tmp_path / "a.fieldnotes")], WELCOME)
    assert plan.counts["new"] == 5
    assert len(plan.files[0].lines) == 3


def test_a_note_in_several_files_is_new_once(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    note = logged(seller, text="First")
    first = a_file(seller, tmp_path / "a.fieldnotes")
    edit_note(seller, note, a_note(text="Second"))
    second = a_file(seller, tmp_path / "b.fieldnotes")
    plan = preview_import(marketer, [first, second, second], WELCOME)
    assert [dict(file.counts) for file in plan.files] == [
        {Word.NEW: 1},
        {Word.UPDATED: 1},
        {Word.UNCHANGED: 1},
    ]


def test_a_file_that_is_not_whole_counts_for_none_after_it(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    logged(seller, text="First")
    good = a_file(seller, tmp_path / "a.fieldnotes")
    bad = tmp_path / "bad.fieldnotes"
    bad.write_bytes(good.read_bytes()[:-30])
    plan = preview_import(marketer, [bad, good], WELCOME)
    assert plan.files[0].refused
    assert plan.files[1].counts[Word.NEW] == 1


def test_both_versions_of_what_was_edited_twice_are_told(
    seller: Notebook, marketer: Notebook, notebooks: Opener, tmp_path: Path
) -> None:
    note = logged(seller, text="As it was")
    got(marketer, a_file(seller, tmp_path / "first.fieldnotes"))
    shutil.copytree(seller.library.folder, tmp_path / "laptop")
    laptop = notebooks(folder="laptop")
    edit_note(seller, note, a_note(text="Here"))
    edit_note(laptop, note, a_note(text="There"))
    got(marketer, a_file(seller, tmp_path / "here.fieldnotes"))
    plan = preview_import(marketer, [a_file(laptop, tmp_path / "there.fieldnotes")])
    (twice,) = plan.files[0].twice
    assert plan.counts["edited_twice"] == 1
    assert {twice.one.text, twice.other.text} == {"Here", "There"}
    assert twice.author == "Wren Tolliver"


def test_progress_reaches_its_end_and_never_goes_back(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    logged(seller, text="First")
    files = [a_file(seller, tmp_path / f"{number}.fieldnotes") for number in range(3)]
    told: list[float] = []
    preview_import(marketer, files, WELCOME, lambda done, total: told.append(done / total))
    assert told == sorted(told)
    assert told[-1] == 1


def test_a_folder_stands_for_the_bundles_in_it(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    logged(seller, text="First")
    folder = tmp_path / "team"
    (folder / "older").mkdir(parents=True)
    inside = a_file(seller, folder / "b.fieldnotes")
    below = a_file(seller, folder / "older" / "a.fieldnotes")
    (folder / ".hidden.fieldnotes").write_bytes(b"")
    (folder / "notes.txt").write_text("no bundle", encoding="utf-8")
    plan = preview_import(marketer, [inside, folder], WELCOME)
    assert [file.path for file in plan.files] == [inside, below]


def test_new_notes_that_say_what_is_here_are_counted(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    said = (
        "Kolvik gave them the first year for nothing and promised two engineers on the night shift"
    )
    logged(marketer, text=said)
    logged(seller, text=f"{said} as well")
    logged(
        seller, text="They went live in nine days and the plant manager is happy about the reports"
    )
    plan = preview_import(marketer, [a_file(seller, tmp_path / "a.fieldnotes")], WELCOME)
    assert already_said(marketer, plan, lambda: 0.0) == AlreadySaid(1)
    ticks = iter(range(0, 100, 2))
    assert already_said(marketer, plan, lambda: float(next(ticks))) == AlreadySaid(0, more=True)


def test_a_plan_remembers_the_beginning_of_long_names_and_no_long_note(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    """However large the notes are: a preview is held in memory."""
    long = "x" * 100_000
    logged(seller, title=long, account=long, tags=[long])
    plan = preview_import(marketer, [a_file(seller, tmp_path / "a.fieldnotes")], WELCOME)
    (file,) = plan.files
    assert (len(file.lines[0].heading), len(file.lines[0].account)) == (LONGEST, LONGEST)
    assert file.lines[0].heading.endswith("x…")
    assert file.new == []
    assert not file.names
    assert all(len(choice.key) <= LONGEST for choice in file.choices)


def test_a_long_note_that_was_edited_twice_is_counted_and_not_shown(
    notebooks: Opener, tmp_path: Path
) -> None:
    mara, ines = notebooks("Mara Keel"), notebooks("Ines Vogt")
    note = logged(mara, text="First.")
    shutil.copytree(mara.library.folder, tmp_path / "copy")
    twin = notebooks("Mara Keel", "copy")
    for book, text in ((mara, "x" * 100_000), (twin, "y")):
        edit_note(book, note, a_note(text=text))
    paths = [a_file(mara, tmp_path / "a.fieldnotes"), a_file(twin, tmp_path / "b.fieldnotes")]
    plan = preview_import(ines, paths, WELCOME)
    assert plan.counts["edited_twice"] == 1
    assert plan.files[1].twice == []


def test_a_note_cannot_steer_the_screen_that_lists_it(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    logged(seller, title="Offer \u202efdp.exe\x1b[2J", account="Halden\u2066\nFoods")
    plan = preview_import(marketer, [a_file(seller, tmp_path / "a.fieldnotes")], WELCOME)
    (line,) = plan.files[0].lines
    assert (line.heading, line.account) == ("Offer fdp.exe [2J", "Halden Foods")
