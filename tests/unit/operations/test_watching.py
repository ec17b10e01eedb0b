"""A watched folder: what appears is offered once it is complete, and moved only when asked."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from fieldnotes.domain.markings import Audience
from fieldnotes.domain.selections import Selection
from fieldnotes.operations.judging import Decisions
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.previewing import preview_import
from fieldnotes.operations.reading_in import read_in
from fieldnotes.operations.watching import (
    READ_IN,
    REFUSED,
    Arrived,
    WatchedFolder,
    put_aside,
    put_away,
    put_read_in,
)
from tests.builders import Opener, counted, got, logged, sent


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "team"
    made.mkdir()
    return made


def a_file(book: Notebook, path: Path, text: str = "Too dear", **selection: object) -> Path:
    logged(book, text=text)
    sent(book, path, Selection(**selection))  # type: ignore[arg-type]
    return path


def settled(watched: WatchedFolder, book: Notebook) -> tuple[Arrived, ...]:
    """What is offered once a file was seen unchanged."""
    watched.look(book)
    return watched.look(book)


def long_ago(path: Path) -> None:
    os.utime(path, (1_000_000_000, 1_000_000_000))


def broken(folder: Path) -> Path:
    path = folder / "broken.fieldnotes"
    path.write_bytes(b"PK not really")
    return path


def test_a_file_is_offered_once_it_stays_the_same(
    seller: Notebook, marketer: Notebook, folder: Path
) -> None:
    path = a_file(seller, folder / "one.fieldnotes")
    watched = WatchedFolder(folder)
    assert watched.look(marketer) == ()
    assert watched.settling()
    (arrived,) = watched.look(marketer)
    assert (arrived.path, arrived.sender, arrived.notes) == (path, "Wren Tolliver", 1)
    assert not watched.settling()
    assert counted(marketer) == 0


def test_a_file_that_is_still_written_waits(
    seller: Notebook, marketer: Notebook, folder: Path
) -> None:
    whole = a_file(seller, folder.parent / "whole.fieldnotes").read_bytes()
    path = folder / "growing.fieldnotes"
    watched = WatchedFolder(folder)
    for end in (len(whole) // 3, len(whole) // 2, len(whole)):
        path.write_bytes(whole[:end])
        assert watched.look(marketer) == ()
    assert [each.why for each in watched.look(marketer)] == [""]


def test_half_a_file_is_no_offer_before_it_is_old(
    seller: Notebook, marketer: Notebook, folder: Path
) -> None:
    whole = a_file(seller, folder.parent / "whole.fieldnotes").read_bytes()
    path = folder / "half.fieldnotes"
    path.write_bytes(whole[: len(whole) // 2])
    now = marketer.clock().ms
    os.utime(path, (now / 1000, now / 1000))
    watched = WatchedFolder(folder)
    assert settled(watched, marketer) == ()
    path.write_bytes(whole)
    assert len(settled(watched, marketer)) == 1
    path.write_bytes(whole[: len(whole) // 2])
    long_ago(path)
    assert settled(watched, marketer)[0].why


def test_own_files_and_those_for_somebody_else_are_no_offer(
    seller: Notebook, marketer: Notebook, folder: Path
) -> None:
    a_file(marketer, folder / "mine.fieldnotes")
    a_file(seller, folder / "hers.fieldnotes", audience=Audience.MYSELF)
    for path in folder.iterdir():
        long_ago(path)
    assert settled(WatchedFolder(folder), marketer) == ()


def test_read_in_and_refused_files_move_apart(
    seller: Notebook, marketer: Notebook, folder: Path
) -> None:
    good = a_file(seller, folder / "good.fieldnotes")
    bad = broken(folder)
    plan = preview_import(marketer, [good, bad], Decisions(all_new=True))
    read_in(marketer, plan)
    assert put_away(folder, plan).result == 2
    assert (folder / READ_IN / "good.fieldnotes").is_file()
    reason = (folder / REFUSED / "broken.fieldnotes.txt").read_text(encoding="utf-8")
    assert reason.strip() == plan.files[1].refused
    assert settled(WatchedFolder(folder), marketer) == ()


def test_what_waits_for_a_decision_stays(
    seller: Notebook, marketer: Notebook, folder: Path
) -> None:
    path = a_file(seller, folder / "new.fieldnotes")
    assert put_away(folder, preview_import(marketer, [path])).result == 0
    assert path.is_file()


def test_files_from_elsewhere_are_not_moved(
    seller: Notebook, marketer: Notebook, folder: Path, tmp_path: Path
) -> None:
    path = a_file(seller, tmp_path / "elsewhere.fieldnotes")
    put_away(folder, preview_import(marketer, [path], Decisions(all_new=True)))
    assert path.is_file()


def test_a_name_that_is_taken_is_numbered(
    seller: Notebook, marketer: Notebook, folder: Path
) -> None:
    for text in ("One", "Two"):
        path = a_file(seller, folder / "same.fieldnotes", text)
        put_read_in([path])
    names = sorted(path.name for path in (folder / READ_IN).iterdir())
    assert names == ["same (2).fieldnotes", "same.fieldnotes"]


def test_whoever_moves_a_file_first_has_it(
    seller: Notebook, marketer: Notebook, notebooks: Opener, folder: Path
) -> None:
    path = a_file(seller, folder / "one.fieldnotes")
    other = notebooks("Second marketer")
    plans = [preview_import(book, [path], Decisions(all_new=True)) for book in (marketer, other)]
    assert [put_away(folder, plan).result for plan in plans] == [1, 0]
    assert [each.name for each in (folder / READ_IN).iterdir()] == ["one.fieldnotes"]


def test_what_was_read_in_elsewhere_is_only_moved(
    seller: Notebook, marketer: Notebook, folder: Path
) -> None:
    path = a_file(seller, folder / "one.fieldnotes")
    got(marketer, path)
    watched = WatchedFolder(folder)
    assert settled(watched, marketer) == ()
    assert watched.done == (path,)


def test_what_cannot_be_read_is_put_aside_with_the_reason(marketer: Notebook, folder: Path) -> None:
    long_ago(broken(folder))
    arrived = settled(WatchedFolder(folder), marketer)
    assert put_aside(arrived).result == 1
    assert (folder / REFUSED / "broken.fieldnotes").is_file()
    assert (folder / REFUSED / "broken.fieldnotes.txt").read_text(encoding="utf-8").strip()


def test_a_folder_that_is_away_is_empty(marketer: Notebook, folder: Path) -> None:
    assert settled(WatchedFolder(folder / "unplugged"), marketer) == ()
