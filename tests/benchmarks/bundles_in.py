"""Reading bundles in, beside what other programs need for the same notes.

    python -m tests.benchmarks.bundles_in FOLDER --notes 100000 [--peers FOLDER] [--into LIBRARY]

Each of forty sellers sends one bundle, signed by themselves. FOLDER keeps the bundles for the next
time. *new*: all of them into an empty library, looked at and then read in, found by its words at
the end; *again*: the very same files; *known*: other files that hold the same notes. *passed on*
(with --passed-on) is one bundle by somebody else, so that every version is verified by itself.
With --into, 100,000 further notes go into a copy of LIBRARY and into an empty one; with --for-good
into LIBRARY itself, where there is no room for a copy.

Every step runs in a process of its own: seconds of the wall, of its processors, and the most memory
that it and its own processes held. With --peers other programs are installed into FOLDER: Anki
reads a package of its own with the same notes (it makes no index of words), sqlite-utils inserts
them and enables its search.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from uuid import UUID

from fieldnotes.bundle.writer import Cover, line_of, write_bundle
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.people import Identity
from fieldnotes.domain.records import Copy, read_line, to_line
from fieldnotes.operations.judging import Decisions
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.previewing import preview_import
from fieldnotes.operations.reading_in import read_in
from fieldnotes.store import library as libraries
from tests.benchmarks.made_up_notes import AUTHORS, PART, World, part
from tests.benchmarks.peers.peers import Peer, write_sheet

GOALS = """goals, at a million notes: new at most 1.5 times Anki's time (stretch 0.8) and 0.7 times
sqlite-utils', with a tenth of Anki's memory; again at most 0.1 times Anki's second time, known
at most 0.7 times; 100,000 into ten million at most 1.5 times into an empty library"""
MORE = 100_000  # notes that go into a large library
MAKERS = 2  # processes
SETS = ("first", "second")  # the same notes in files of other names


class Step(argparse.Namespace):
    """What one process measures."""

    seconds: float
    cpu: float
    mib: float


def main() -> None:
    """Make what is missing, then print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--notes", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--into", type=Path)
    parser.add_argument("--for-good", action="store_true")
    parser.add_argument("--passed-on", action="store_true")
    parser.add_argument("--step", nargs=2, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.step:
        measure(Path(told.step[0]), sorted(Path(told.step[1]).iterdir()))
        return
    print(GOALS, flush=True)
    made = told.folder / f"{told.notes}-{told.seed}"
    make_bundles(made, World(told.seed, told.notes))
    library = told.folder / "library"
    ours = {"new": _step(fresh(library, told.seed), made / "first", told.notes, "new")}
    ours["again"] = _step(library, made / "first", told.notes, "again")
    ours["known"] = _step(library, made / "second", told.notes, "known")
    if told.passed_on:
        _step(fresh(told.folder / "passed on", told.seed), made / "passed-on", told.notes, "passed")
    if told.peers:
        print_peers(told.peers, library, ours)
    if told.into:
        print_into(told.folder, told.into, told.seed, told.for_good)


# --- making -----------------------------------------------------------------------------------


def make_bundles(folder: Path, world: World) -> None:
    """The bundles of a world, where they are not there yet."""
    if (folder / "passed-on").is_dir():
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory(dir=folder) as temporary:
        lines = _write_lines(Path(temporary), world)
        chance = random.Random(world.seed)
        for name in SETS:
            (folder / name).mkdir()
            for author in range(AUTHORS):
                target = folder / name / f"{author:02}.fieldnotes"
                _bundle(target, world.authors[author], _sorted([lines[author]]), chance, world)
        (folder / "unfinished").mkdir()
        target = folder / "unfinished" / "all.fieldnotes"
        _bundle(target, world.owner, _sorted(lines), chance, world)
        (folder / "unfinished").rename(folder / "passed-on")


def _write_lines(folder: Path, world: World) -> list[Path]:
    """For each author a file of lines, each with what it is sorted by in front."""
    paths = [folder / f"{author}" for author in range(AUTHORS)]
    files = [path.open("wb") for path in paths]
    who = {author.author: at for at, author in enumerate(world.authors)}
    with ProcessPoolExecutor(MAKERS, initializer=_know, initargs=(world.seed, world.notes)) as pool:
        for lines in pool.map(_part, range(-(-world.notes // PART))):
            for author, key, line in lines:
                files[who[author]].write(key.encode() + b" " + line + b"\n")
    for file in files:
        file.close()
    return paths


_known: list[World] = []  # of a process that makes notes


def _know(seed: int, notes: int) -> None:
    _known.append(World(seed, notes))


def _part(number: int) -> list[tuple[str, str, bytes]]:
    return [
        (copy.revision.author, f"{copy.revision.id}{copy.name}", to_line(copy))
        for copy in part(_known[0], number)
    ]


def _sorted(paths: list[Path]) -> Iterable[Copy]:
    """All lines in order; sorted by the system, which needs no memory for it."""
    command = ["sort", *map(str, paths)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env={"LC_ALL": "C"}) as sorting:
        assert sorting.stdout is not None
        for line in sorting.stdout:
            yield read_line(line.partition(b" ")[2])


def _bundle(
    path: Path, sender: Identity, copies: Iterable[Copy], chance: random.Random, world: World
) -> None:
    passed_on = sender is world.owner
    cover = Cover(
        bundle=str(UUID(int=chance.getrandbits(128), version=4)),
        sequence=1,
        device=world.devices[0],
        audience="company",
        made=Moment(1_800_000_000_000),
        people=tuple(each.card for each in world.authors) if passed_on else (),
    )
    write_bundle(path, cover, map(line_of, copies), [], sender)


# --- measuring --------------------------------------------------------------------------------


def fresh(folder: Path, seed: int) -> Path:
    """An empty library of somebody who collects notes."""
    shutil.rmtree(folder, ignore_errors=True)
    libraries.make(folder, World(seed + 1, 1).owner)
    return folder


def measure(library: Path, files: list[Path]) -> None:
    """Read files in as the program does, and print what it took."""
    os.environ["FIELDNOTES_MACHINE"] = str(library.parent / "machine")
    notebook: Notebook = open_notebook(library, take_over=True)
    begun = time.perf_counter()
    plan = preview_import(notebook, files, Decisions(all_new=True))
    looked = time.perf_counter() - begun
    counts = read_in(notebook, plan).result.counts
    seconds = time.perf_counter() - begun
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    told = {
        "seconds": seconds,
        "looked": looked,
        "cpu": sum(each.ru_utime + each.ru_stime for each in used),
        "MiB": sum(each.ru_maxrss for each in used) / 1024,
        "counts": {word: count for word, count in counts.items() if count},
    }
    notebook.close()
    print(json.dumps(told))


def _step(library: Path, files: Path, notes: int, what: str) -> dict[str, float]:
    command = [sys.executable, "-m", "tests.benchmarks.bundles_in", str(library)]
    done = subprocess.run(
        [*command, "--step", str(library), str(files)], stdout=subprocess.PIPE, check=True
    )
    told: dict[str, float] = json.loads(done.stdout)
    print(
        f"{what:12}{told['seconds']:8.1f} s {notes / told['seconds']:9,.0f}/s"
        f"  looked {told['looked']:6.1f} s  cpu {told['cpu'] / notes * 1e6:5.0f} µs a note"
        f"  {told['MiB']:5.0f} MiB  {told['counts']}",
        flush=True,
    )
    return told


def print_into(folder: Path, library: Path, seed: int, for_good: bool) -> None:
    """The same new notes into an empty library, and into a large one or a copy of it."""
    made = folder / f"{MORE}-{seed + 2}"
    make_bundles(made, World(seed + 2, MORE))
    empty = _step(fresh(folder / "empty", seed), made / "first", MORE, "empty")
    copy = folder / "large"
    shutil.rmtree(copy, ignore_errors=True)
    if not for_good:
        shutil.copytree(library, copy)
    large = _step(library if for_good else copy, made / "first", MORE, "large")
    shutil.rmtree(copy, ignore_errors=True)
    print(f"into {library.name}: {large['seconds'] / empty['seconds']:.2f} x an empty library")


def print_peers(folder: Path, library: Path, ours: dict[str, dict[str, float]]) -> None:
    """What others take for the notes of this library, beside ours."""
    with tempfile.NamedTemporaryFile(suffix=".jsonl") as sheet:
        write_sheet_of(library, Path(sheet.name))
        utils = Peer(folder, "sqlite_utils", "import").fill(Path(sheet.name))
        anki = Peer(folder, "anki_package", "import").fill(Path(sheet.name))
    print(f"sqlite-utils {utils['seconds']:8.1f} s  {utils['MiB']:5.0f} MiB")
    print(f"Anki         {anki['seconds']:8.1f} s  {anki['MiB']:5.0f} MiB")
    print(f"Anki again   {anki['again']:8.1f} s")
    for what, of, theirs in (
        ("new", "Anki", anki["seconds"]),
        ("new", "sqlite-utils", utils["seconds"]),
        ("again", "Anki again", anki["again"]),
        ("known", "Anki again", anki["again"]),
    ):
        print(f"{what:6} {ours[what]['seconds'] / theirs:6.2f} x {of}")
    print(f"memory {ours['new']['MiB'] / anki['MiB']:6.2f} x Anki")


def write_sheet_of(library: Path, sheet: Path) -> None:
    """The notes of a library as every peer reads them."""
    opened = libraries.Library(library)
    write_sheet(opened, sheet)
    opened.close()


if __name__ == "__main__":
    main()
