"""Simulated power cuts: what the disk had flushed, and any torn part of what it had not.

    python -m tests.faults.power_cuts [--cuts 1000] [--notes 60] [--seed 1] [--careless]

Needs root, FUSE (libfuse3) and a loop device. A program saves on an ext4 whose disk remembers every
write and flush (`recording_disk`), and notes after each answer how long that memory was. Then the
power goes at random moments: everything up to the last flush is there, of the rest a random part,
in any order, torn at sectors. Each such disk is mounted, the library is checked, and whatever was
answered before the cut must be there. Exit status 1 where something was lost. With --careless
SQLite is told not to flush: then something must be lost, or this measures nothing.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from fieldnotes.domain.query import EVERYTHING
from fieldnotes.domain.records import Reason
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.drafts import list_drafts
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.notes import remove_note, restore_note
from fieldnotes.operations.search import find_notes
from tests.faults.recording_disk import FLUSH, NAME, entries
from tests.faults.writing import Seller

ROOT = Path(__file__).parents[2]
SIZE = 48 << 20
SECTOR = 512


def main() -> int:
    """Cut the power as often as was asked for, and say what was lost."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--cuts", type=int, default=1000)
    parser.add_argument("--notes", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--careless", action="store_true")
    parser.add_argument("--write", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--log", type=Path, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.write:
        write(told.write, told.log, told.notes, told.careless)
        return 0
    lost = cut(told.cuts, told.notes, told.seed, told.careless)
    return 1 if lost else 0


def write(folder: Path, log: Path, notes: int, careless: bool = False) -> None:
    """Type, save, change, remove and bring back; after each answer, what was answered and when."""
    notebook = open_notebook(folder, "Wren Tolliver")
    if careless:
        for connection in (notebook.library.connection, *notebook.library.others):
            connection.execute("PRAGMA synchronous=OFF")
    seller, chance = Seller(notebook), random.Random(notes)
    ids: list[str] = []
    _answered(notebook, log)
    for number in range(notes):
        note_id = notebook.new_id()
        text = f"Note {number}: " + "they wait for spring " * chance.randrange(1, 40)
        for part in (len(text) // 3, len(text)):
            seller.type(note_id, text[:part])
            _answered(notebook, log)
        seller.save(note_id, text)
        _answered(notebook, log)
        ids.append(note_id)
        if chance.random() < 0.8:
            seller.settle()
        match chance.randrange(6):
            case 0:
                seller.save_again(chance.choice(ids), f"Changed by {number}")
            case 1:
                remove_note(notebook, ids[-1], Reason.WRONG)
                _answered(notebook, log)
                restore_note(notebook, ids[-1])
            case 2:
                seller.tidy()
        _answered(notebook, log)
    notebook.close()


def state(notebook: Notebook) -> dict[str, str]:
    """Each draft by its heading, each note by its text."""
    found = {f"draft {view.id}": view.heading for view in list_drafts(notebook)}
    notes = find_notes(notebook, EVERYTHING, 100_000).notes
    return found | {f"note {view.id}": view.note.text for view in notes}


def _answered(notebook: Notebook, log: Path) -> None:
    at = log.stat().st_size  # first: what reads write afterwards proves nothing
    print(json.dumps({"at": at, "state": state(notebook)}), flush=True)


def cut(cuts: int, notes: int, seed: int, careless: bool = False) -> int:
    """How many of so many cuts lost something or left a damaged library."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as temporary:
        folder = Path(temporary)
        os.environ["FIELDNOTES_MACHINE"] = str(folder / "machine")
        image = folder / "image"
        image.write_bytes(bytes(SIZE))
        _run("mkfs.ext4", "-q", "-J", "size=4", "-E", "lazy_itable_init=0", str(image))
        answers, log = _record(folder, image, notes, careless)
        return _Cuts(folder, image.read_bytes(), log, answers, random.Random(seed)).run(cuts)


def _record(
    folder: Path, image: Path, notes: int, careless: bool
) -> tuple[list[dict[str, object]], bytes]:
    log, served, place = folder / "log", folder / "served", folder / "place"
    served.mkdir()
    place.mkdir()
    here = {**os.environ, "PYTHONPATH": str(ROOT)}
    module = [sys.executable, "-P", "-m", "tests.faults.recording_disk"]
    disk = subprocess.Popen([*module, str(image), str(served), str(log)], env=here, cwd=ROOT)
    try:
        _wait_for(served / NAME[1:])
        with _mounted(served / NAME[1:], place):
            command = [sys.executable, "-P", "-m", "tests.faults.power_cuts", "--notes", str(notes)]
            command += ["--write", str(place / "library"), "--log", str(log)]
            command += ["--careless"] if careless else []
            done = subprocess.run(
                command, check=True, stdout=subprocess.PIPE, text=True, env=here, cwd=ROOT
            )
        return [json.loads(line) for line in done.stdout.splitlines()], log.read_bytes()
    finally:
        _run("umount", str(served))
        disk.wait(30)


class _Cuts:
    """The recorded disk, and the moments at which its power goes."""

    def __init__(
        self,
        folder: Path,
        image: bytes,
        log: bytes,
        answers: list[dict[str, object]],
        chance: random.Random,
    ) -> None:
        self._folder, self._chance, self._answers = folder, chance, answers
        self._entries = list(entries(log))
        self._flushed = bytearray(image)
        self._applied = 0

    def run(self, cuts: int) -> int:
        """Cut, mount, look; print the totals."""
        begun, lost, unflushed = time.monotonic(), 0, 0
        first = next(
            number for number, (end, *_) in enumerate(self._entries) if end >= self._first_answer
        )
        moments = sorted(self._chance.randrange(first, len(self._entries)) for _ in range(cuts))
        for done, moment in enumerate(moments, 1):
            tail = self._flush_until(moment)
            unflushed += bool(tail)
            problem = self._look(moment, tail)
            if problem:
                lost += 1
                print(f"cut after entry {moment}: {problem}", flush=True)
            if done % 100 == 0:
                print(f"{done} cuts, {lost} lost something", flush=True)
        minutes = (time.monotonic() - begun) / 60
        flushes = sum(offset == FLUSH for _, offset, _ in self._entries)
        print(
            f"{cuts} power cuts over {len(self._entries)} writes and flushes ({flushes} flushes),"
            f" {len(self._answers)} answers; {unflushed} cuts with something unflushed;"
            f" {lost} lost something; {cuts / minutes:.0f} cuts a minute"
        )
        return lost

    @property
    def _first_answer(self) -> int:
        return int(str(self._answers[0]["at"]))

    def _flush_until(self, moment: int) -> list[tuple[int, bytes]]:
        """Apply everything up to the last flush; returns the writes after it."""
        last = max((n for n in range(self._applied, moment) if self._is_flush(n)), default=None)
        if last is not None:
            for _, offset, written in self._entries[self._applied : last]:
                if offset != FLUSH:
                    self._flushed[offset : offset + len(written)] = written
            self._applied = last
        rest = self._entries[self._applied : moment]
        return [(offset, written) for _, offset, written in rest if offset != FLUSH]

    def _is_flush(self, number: int) -> bool:
        return self._entries[number][1] == FLUSH

    def _look(self, moment: int, tail: list[tuple[int, bytes]]) -> str:
        disk = bytearray(self._flushed)
        self._chance.shuffle(tail)
        for offset, written in tail[: self._chance.randint(0, len(tail))]:
            for at in range(0, len(written), SECTOR):
                if self._chance.random() < 0.9:
                    disk[offset + at : offset + at + SECTOR] = written[at : at + SECTOR]
        (self._folder / "cut").write_bytes(disk)
        place = self._folder / "place"
        with _mounted(self._folder / "cut", place):
            return self._problem(place / "library", self._entries[moment - 1][0])

    def _problem(self, library: Path, length: int) -> str:
        answered = [answer for answer in self._answers if int(str(answer["at"])) <= length]
        following = self._answers[len(answered) : len(answered) + 1]
        try:
            notebook = open_notebook(library)
        except FieldnotesError as error:
            return str(error)
        try:
            found = state(notebook)
            told = check_library(notebook).problems
        except FieldnotesError as error:
            return str(error)
        finally:
            notebook.close()
        if told:
            return "; ".join(told)
        if found not in [answer["state"] for answer in (*answered[-1:], *following)]:
            return f"{len(found)} found, not what was answered"
        return ""


@contextmanager
def _mounted(image: Path, place: Path) -> Iterator[None]:
    device = _run("losetup", "--find", "--show", "--direct-io=on", str(image)).strip()
    try:
        _run("mount", "-t", "ext4", device, str(place))
        try:
            yield
        finally:
            _run("umount", str(place))
    finally:
        _run("losetup", "--detach", device)


def _wait_for(path: Path) -> None:
    for _ in range(500):
        if path.exists():
            return
        time.sleep(0.02)
    raise SystemExit("FUSE does not work on this machine: no power cut was simulated.")


def _run(*command: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{' '.join(command)}: {done.stderr.strip()}")
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
