"""A library that was copied, moved or put back goes on as another device, and loses no number."""

from __future__ import annotations

import itertools
import shutil
from pathlib import Path

import pytest

from fieldnotes.bundle.reader import open_bundle
from fieldnotes.domain.devices import Another
from fieldnotes.domain.selections import Selection
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.notes import edit_note, show_note
from fieldnotes.operations.samples import open_sample_library
from tests.builders import Opener, TickingClock, a_note, got, logged, sent

TO = Selection(recipient="Marketing")


def opened(tmp_path: Path, folder: str = "library", machine: str = "machine") -> Notebook:
    return open_notebook(
        tmp_path / folder, "Wren Tolliver", TickingClock(), machine_folder=tmp_path / machine
    )


def used(tmp_path: Path, *texts: str, folder: str = "library", machine: str = "machine") -> str:
    """Log each text and send all to marketing after each; returns the device."""
    notebook = opened(tmp_path, folder, machine)
    for text in texts:
        logged(notebook, text=text)
        made = len([*tmp_path.glob("*.fieldnotes")])
        sent(notebook, tmp_path / f"{made:02}.fieldnotes", TO)
    notebook.close()
    return notebook.device


def back_up(tmp_path: Path, folder: str = "library", copy: str = "copy") -> None:
    shutil.copytree(tmp_path / folder, tmp_path / copy)


def put_back(tmp_path: Path) -> None:
    shutil.rmtree(tmp_path / "library")
    shutil.copytree(tmp_path / "copy", tmp_path / "library")


def numbers(tmp_path: Path) -> list[tuple[str, int]]:
    """(device, number) of every file."""
    found = []
    for path in sorted(tmp_path.glob("*.fieldnotes")):
        with open_bundle(path) as bundle:
            found.append((bundle.manifest.device, bundle.manifest.sequence))
    return found


def why(tmp_path: Path, folder: str = "library", machine: str = "machine") -> Another | None:
    """What is told when the library is opened."""
    notebook = opened(tmp_path, folder, machine)
    try:
        return notebook.another_device()
    finally:
        notebook.close()


def test_a_library_that_stays_where_it_is_stays_one_device(tmp_path: Path) -> None:
    assert used(tmp_path, "One") == used(tmp_path, "Two")
    assert why(tmp_path) is None
    assert [number for _, number in numbers(tmp_path)] == [1, 2]


def test_a_backup_that_is_put_back_goes_on_as_another_device_and_says_so_once(
    tmp_path: Path,
) -> None:
    before = used(tmp_path, "One", "Two")
    back_up(tmp_path)
    used(tmp_path, "Three")
    put_back(tmp_path)
    assert why(tmp_path) is Another.RESTORED
    assert why(tmp_path) is None
    assert used(tmp_path, "Four") != before
    assert len(set(numbers(tmp_path))) == 4


def test_a_backup_is_known_also_where_nothing_was_sent_since(tmp_path: Path) -> None:
    used(tmp_path, "One")
    back_up(tmp_path)
    notebook = opened(tmp_path)
    logged(notebook, text="Never sent")
    notebook.close()
    put_back(tmp_path)
    assert why(tmp_path) is Another.RESTORED


def test_a_backup_of_what_did_not_change_since_is_the_same_device(tmp_path: Path) -> None:
    before = used(tmp_path, "One")
    back_up(tmp_path)
    why(tmp_path)
    put_back(tmp_path)
    assert why(tmp_path) is None
    assert used(tmp_path, "Two") == before


def test_a_backup_put_back_after_a_program_was_killed_is_known(tmp_path: Path) -> None:
    used(tmp_path, "One")
    back_up(tmp_path)
    killed = opened(tmp_path)
    logged(killed, text="Two")
    sent(killed, tmp_path / "01.fieldnotes", TO)
    killed.library.close()  # and nothing that a program does when it ends
    put_back(tmp_path)
    assert why(tmp_path) is Another.RESTORED


@pytest.mark.parametrize(
    ("folder", "machine"), [("copy", "machine"), ("copy", "other"), ("library", "other")]
)
def test_a_copied_library_is_another_device_and_says_so_once(
    tmp_path: Path, folder: str, machine: str
) -> None:
    before = used(tmp_path, "One")
    back_up(tmp_path)
    assert why(tmp_path, folder, machine) is Another.COPIED
    assert why(tmp_path, folder, machine) is None
    assert used(tmp_path, "Two", folder=folder, machine=machine) != before
    assert used(tmp_path) == before


def test_a_new_library_and_the_sample_notes_say_nothing(tmp_path: Path) -> None:
    assert why(tmp_path) is None
    open_sample_library(tmp_path / "samples")
    assert why(tmp_path, "samples") is None


def test_both_go_on_and_every_file_brings_the_same_in_any_order(
    tmp_path: Path, notebooks: Opener
) -> None:
    """Two copies are used, on one machine and on another; one is put back in between."""
    used(tmp_path, "One", "Two")
    back_up(tmp_path)
    notebook = opened(tmp_path)
    first = next(iter(notebook.library.records.named()))[0]
    edit_note(notebook, first, a_note(text="One, as the first laptop has it"))
    notebook.close()
    used(tmp_path, "Three")
    copy = opened(tmp_path, "copy", "other")
    edit_note(copy, first, a_note(text="One, as the second laptop has it"))
    copy.close()
    used(tmp_path, "Four", folder="copy", machine="other")
    shutil.copytree(tmp_path / "copy", tmp_path / "beside")
    used(tmp_path, "Five", folder="beside", machine="other")
    put = tmp_path / "kept"
    shutil.copytree(tmp_path / "library", put)
    used(tmp_path, "Six")
    shutil.rmtree(tmp_path / "library")
    put.rename(tmp_path / "library")
    used(tmp_path, "Seven")

    told = numbers(tmp_path)
    assert len(told) == 7 == len(set(told))
    assert len({device for device, _ in told}) == 4
    files = sorted(tmp_path.glob("*.fieldnotes"))
    digests = set()
    for turn, order in enumerate(itertools.islice(itertools.permutations(files), 0, 5040, 631)):
        reader = notebooks("Marketing", folder=f"reader-{turn}")
        for path in order:
            got(reader, path)
        checked = check_library(reader)
        assert checked.ok
        digests.add((checked.digest, checked.content))
    assert len(digests) == 1
    everything = opened(tmp_path)
    got(everything, *files)
    assert check_library(everything).digest in {digest for digest, _ in digests}
    assert show_note(everything, first).versions == 2
    everything.close()
