"""Killed at any write: the old file or the new one, the library before or after, and no litter."""

from __future__ import annotations

import csv
import io
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pyrage
import pytest

from fieldnotes.domain.markings import Audience
from fieldnotes.domain.shapes import ENDINGS, Shape
from fieldnotes.operations.attachments import Source, attach
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.notebook import open_notebook
from tests import second_reader
from tests.builders import found, got, logged, sent
from tests.faults.handing_over import KILLED, RECIPIENT, Carrier, Job
from tests.faults.strace import calls_in

NOTES = 12
OLD = b"an older file of the same name"


class Place:
    """A folder in memory (a kill loses nothing that the system holds) with two libraries."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.carrier = Carrier()
        self.library = folder / "run"
        self.out = folder / "out"
        giver = open_notebook(folder / "giver", "Wren Tolliver")
        for number in range(NOTES):
            picture = Source(f"{number}.txt", lambda n=number: b"list %d " % n * 900)  # type: ignore[misc]
            files = (attach(giver, picture).attachment,) if number % 4 == 0 else ()
            logged(giver, text=f"They wait, {number}", attachments=files)
        sent(giver, folder / "notes.fieldnotes")
        self.secret = giver.library.owner.secret
        giver.close()
        open_notebook(folder / "taker", "Marketing").close()

    def fresh(self, whose: str) -> None:
        """A library as it lies on the disk, and an empty folder for files."""
        for folder in (self.library, self.out):
            shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder / whose, self.library)
        self.out.mkdir()


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as temporary:
        folder = Path(temporary)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("FIELDNOTES_MACHINE", str(folder / "machine"))
            made = Place(folder)
        yield made
        made.carrier.close()


@pytest.fixture(autouse=True)
def _on_the_machine_that_was_killed(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIELDNOTES_MACHINE", str(place.folder / "machine"))


def is_whole(path: Path, job: Job, secret: str) -> bool:
    """Whether this is the whole new file."""
    if job.audience is Audience.MYSELF:
        opened = pyrage.decrypt(path.read_bytes(), [pyrage.x25519.Identity.from_str(secret)])
        with zipfile.ZipFile(io.BytesIO(opened)) as archive:
            return archive.testzip() is None and "manifest.sig" in archive.namelist()
    if job.shape is Shape.CSV:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return len(list(csv.reader(file))) == NOTES + 1
    return len(second_reader.read(path)[1]) == NOTES


@pytest.mark.parametrize(
    ("shape", "audience"),
    [
        (Shape.BUNDLE, Audience.COMPANY),
        pytest.param(Shape.BUNDLE, Audience.MYSELF, marks=pytest.mark.long),
        pytest.param(Shape.CSV, Audience.COMPANY, marks=pytest.mark.long),
    ],
)
@pytest.mark.timeout(900)
def test_a_kill_at_any_write_of_an_export_leaves_the_old_file_or_the_new_one(
    place: Place, tmp_path: Path, shape: Shape, audience: Audience
) -> None:
    path, log = place.out / f"notes{ENDINGS[shape]}", tmp_path / "calls"
    job = Job(str(place.library), str(path), shape, audience)
    place.fresh("giver")
    assert place.carrier.carry(job, None, log) == 0
    assert is_whole(path, job, place.secret)
    calls = calls_in(log)
    assert {"write", "fsync", "pwrite64"} <= {call for call, _ in calls}
    assert any(call.startswith("rename") for call, _ in calls)
    left = set()
    for call, number in calls:
        place.fresh("giver")
        path.write_bytes(OLD)
        status = place.carrier.carry(job, f"{call}:signal=SIGKILL:when={number}", log)
        assert status == KILLED, f"not killed at {call} {number}"
        new = path.read_bytes() != OLD
        assert not new or is_whole(path, job, place.secret), f"killed at {call} {number}"
        notebook = open_notebook(place.library)
        told = notebook.library.sendings.recipients()
        assert told in ([], [RECIPIENT])
        assert new or told == [], "it was called sent, and is not there"
        assert check_library(notebook).problems == []
        assert len(found(notebook)) == NOTES
        notebook.close()
        assert list(place.out.iterdir()) == [path], f"litter after {call} {number}"
        left.add(new)
    assert left == {True, False}


@pytest.mark.timeout(900)
def test_a_kill_at_any_write_of_an_import_leaves_the_library_before_or_after_it(
    place: Place, tmp_path: Path
) -> None:
    file, log = place.folder / "notes.fieldnotes", tmp_path / "calls"
    job = Job(str(place.library), str(file), read=True)
    place.fresh("taker")
    assert place.carrier.carry(job, None, log) == 0
    calls = calls_in(log)
    assert len(calls) > 10
    before = {each.name for each in (place.folder / "taker").iterdir()}
    left = set()
    for call, number in calls:
        place.fresh("taker")
        status = place.carrier.carry(job, f"{call}:signal=SIGKILL:when={number}", log)
        assert status == KILLED, f"not killed at {call} {number}"
        notebook = open_notebook(place.library)
        count, batches = len(found(notebook)), len(notebook.library.arrivals.bundles())
        assert (count, batches) in ((0, 0), (NOTES, 1)), f"killed at {call} {number}"
        assert check_library(notebook).problems == []
        got(notebook, file)
        assert len(found(notebook)) == NOTES
        notebook.close()
        litter = {each.name for each in place.library.iterdir()} - before
        assert not {name for name in litter if not name.endswith(("-wal", "-shm"))}
        left.add(count)
    assert left == {0, NOTES}
