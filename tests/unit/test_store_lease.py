"""Two machines, one folder: the second is refused, a crashed holder is not waited for for ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldnotes.errors import LibraryHeld
from fieldnotes.store.lease import FILE, STALE_MS, Lease

NOW = 1_772_000_000_000
YEARS = 30 * 365 * 24 * 3600 * 1000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "library"
    folder.mkdir()
    return folder


@pytest.fixture
def here(folder: Path, tmp_path: Path) -> Lease:
    return Lease(folder, tmp_path / "here")


@pytest.fixture
def there(folder: Path, tmp_path: Path) -> Lease:
    return Lease(folder, tmp_path / "there")


def test_another_machine_is_refused_until_this_one_closes(here: Lease, there: Lease) -> None:
    here.look(NOW)
    here.take()
    with pytest.raises(LibraryHeld, match="open on another machine"):
        there.look(NOW)
    here.release()
    there.look(NOW)
    there.take()
    with pytest.raises(LibraryHeld):
        here.look(NOW)


def test_looking_changes_nothing_in_the_folder(here: Lease, folder: Path) -> None:
    here.look(NOW)
    assert list(folder.iterdir()) == []


def test_programs_of_one_machine_share_it_and_the_last_one_leaves(
    here: Lease, there: Lease, folder: Path, tmp_path: Path
) -> None:
    beside = Lease(folder, tmp_path / "here")
    for lease in (here, beside):
        lease.look(NOW)
        lease.take()
    here.release()
    beside.check()
    with pytest.raises(LibraryHeld):
        there.look(NOW)
    beside.release()
    assert not (folder / FILE).exists()
    assert [path.name for path in (tmp_path / "here").iterdir()] == ["machine-id"]
    there.look(NOW)


def test_a_crashed_holder_is_gone_once_it_was_seen_unmoved_for_a_quarter_of_an_hour(
    here: Lease, there: Lease
) -> None:
    here.take()  # and never another word
    for minute in (0, 5, 14):
        with pytest.raises(LibraryHeld):
            there.look(NOW + minute * 60_000)
    there.look(NOW + STALE_MS)
    there.take()
    with pytest.raises(LibraryHeld, match="opened on another machine meanwhile"):
        here.check()


def test_a_holder_that_beats_is_never_gone(here: Lease, there: Lease) -> None:
    here.take()
    for minute in range(0, 60, 5):
        here.beat()
        with pytest.raises(LibraryHeld):
            there.look(NOW + minute * 60_000)


@pytest.mark.parametrize("jump", [YEARS, -YEARS])
def test_a_clock_that_jumps_locks_nobody_out_for_long(here: Lease, there: Lease, jump: int) -> None:
    here.take()
    with pytest.raises(LibraryHeld):
        there.look(NOW)
    try:
        there.look(NOW + jump)
    except LibraryHeld:
        there.look(NOW + jump + STALE_MS)
    there.take()


@pytest.mark.parametrize("jump", [YEARS, -YEARS])
def test_ones_own_library_opens_whatever_the_clock_says(here: Lease, jump: int) -> None:
    here.take()
    here.look(NOW + jump)
    here.beat()


def test_somebodys_word_opens_it_at_once_and_stops_the_other(here: Lease, there: Lease) -> None:
    here.take()
    there.look(NOW, take_over=True)
    there.take()
    for write in (here.check, here.beat):
        with pytest.raises(LibraryHeld, match="Nothing is written here any more"):
            write()
    here.release()
    there.check()


@pytest.mark.parametrize(
    "name",
    [
        "library (Wren's conflicted copy 2026-03-02).db",
        "library.sync-conflict-20260302-101112-ABCDEFG.db",
        "held-by (conflicted copy).json",
    ],
)
def test_what_a_sync_program_left_of_two_writers_is_refused(
    here: Lease, folder: Path, name: str
) -> None:
    (folder / name).write_bytes(b"")
    with pytest.raises(LibraryHeld, match="Two machines have written"):
        here.look(NOW)
    here.look(NOW, take_over=True)


@pytest.mark.parametrize("content", [b"", b"{", b'{"machine": 3}', b"\xff" * 100])
def test_a_torn_file_holds_nobody_off(here: Lease, folder: Path, content: bytes) -> None:
    (folder / FILE).write_bytes(content)
    here.look(NOW)
    here.take()
    here.check()


def test_a_machine_keeps_its_id(folder: Path, tmp_path: Path) -> None:
    first, again = (Lease(folder, tmp_path / "here") for _ in range(2))
    assert first._own() == again._own() != Lease(folder, tmp_path / "there")._own()
