"""All notes of a library as one file: how fast, in how much memory, beside floors and Anki.

    python -m tests.benchmarks.bundles_out LIBRARY [LIBRARY…] [--runs 3] [--peers FOLDER]

LIBRARY is one of `tests.benchmarks.big_library`; of two sizes it shows whether memory stays flat.
Every run is a process of its own. *check*: look at every note and say what leaves; *file*: make it
and write the ledger; *packed*: the lines of all notes joined and packed, one thread, nothing else;
*stored*: the same lines in a ZIP that packs nothing. CPU is that of all threads: where other
programs run beside, it says more than the clock. With --peers Anki is installed into FOLDER, given
the same notes, and asked for its .apkg of all of them in the same run.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fieldnotes.store.library import Library
from tests.benchmarks.peers.peers import Peer, write_sheet

GOALS = """goals: at most 0.5 times Anki's time for its .apkg of the same notes (stretch 0.4),
and at most 150 MiB, flat"""
LINES = 5_000  # joined and packed together
Told = dict[str, float]


def main() -> None:
    """Print the table of every library."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("libraries", type=Path, nargs="+", metavar="LIBRARY")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--one", choices=WAYS, help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.one:
        print(json.dumps(WAYS[told.one](told.libraries[0])))
        return
    print(GOALS)
    for library in told.libraries:
        _print(library, told.runs, told.peers)


def _print(library: Path, runs: int, peers: Path | None) -> None:
    ways: dict[str, Callable[[], Told]] = {
        name: lambda name=name: _alone(name, library) for name in WAYS
    }
    if peers:
        ways["Anki"] = _anki(library, peers)
    taken = {name: [way() for _ in range(runs)] for name, way in ways.items()}
    ours = {key: _median(taken["ours"], key) for key in taken["ours"][0]}
    notes = ours["notes"]
    print(f"\n{library}: {notes:,.0f} notes sent; µs a note, median of {runs}")
    print(f"{'':16}{'time':>8}{'CPU':>8}{'notes/s':>10}{'MiB':>7}{'MB':>8}")
    for part in ("check", "file"):
        print(f"{part:16}{ours[part] / notes * 1e6:8.2f}")
    for name, several in taken.items():
        seconds, cpu = _median(several, "seconds"), _median(several, "cpu")
        count, memory = _median(several, "notes"), _median(several, "MiB")
        times = f"{seconds / count * 1e6:8.2f}{cpu / count * 1e6:8.2f}{count / seconds:10,.0f}"
        print(f"{name:16}{times}{memory:7.0f}{_median(several, 'MB'):8.1f}", flush=True)
    if "Anki" in taken:
        each = _median(taken["Anki"], "seconds") / _median(taken["Anki"], "notes") * notes
        whole, file = ours["seconds"] / each, ours["file"] / each
        print(f"against Anki: {whole:.2f} times with the check, {file:.2f} the file alone")


def _median(several: list[Told], key: str) -> float:
    return statistics.median(told[key] for told in several)


def _alone(name: str, library: Path) -> Told:
    command = [sys.executable, "-m", __spec__.name, str(library), "--one", name]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told: Told = json.loads(done.stdout.splitlines()[-1])
    return told


def _anki(library: Path, peers: Path) -> Callable[[], Told]:
    """Filled first, where it was not before; what it then sends are all notes of the library."""
    peer = Peer(peers, "anki", library.name)
    if not peer.is_filled:
        held = Library(library)
        with tempfile.NamedTemporaryFile(suffix=".jsonl") as sheet:
            write_sheet(held, Path(sheet.name))
            peer.fill(Path(sheet.name))
        held.close()
    return peer.export


# --- each in a process of its own --------------------------------------------------------------


def _ours(folder: Path) -> Told:
    """As the command line does it, on a machine that is made anew: then nothing was sent before."""
    from fieldnotes.domain.selections import Selection
    from fieldnotes.operations.notebook import open_notebook
    from fieldnotes.operations.sending import send
    from fieldnotes.operations.sending_plans import plan_sending

    with tempfile.TemporaryDirectory() as temporary:
        notebook = open_notebook(folder, machine_folder=Path(temporary) / "m", take_over=True)
        path = Path(temporary) / "all.fieldnotes"
        begun = time.perf_counter(), time.process_time()
        plan = plan_sending(notebook, Selection(), listed=False)
        checked = time.perf_counter()
        sent = send(notebook, plan, path).result
        told = _told(sent.manifest["records"], begun, path)
        told |= {"check": checked - begun[0], "file": begun[0] + told["seconds"] - checked}
        _forget(notebook.library)
        notebook.close()
    return told


def _forget(library: Library) -> None:
    """The next run finds the ledger as this one found it."""
    with library.transaction():
        library.connection.execute("DELETE FROM sent_revisions")
        library.connection.execute("DELETE FROM sendings")
    library.empty_logs(patience_ms=1000)


def _packed(folder: Path) -> Told:
    with tempfile.TemporaryDirectory() as temporary, (Path(temporary) / "all").open("wb") as file:
        begun, notes = (time.perf_counter(), time.process_time()), 0
        for several in _lines(folder):
            packer = zlib.compressobj(1, zlib.DEFLATED, -15)
            file.write(packer.compress(b"\n".join(several)) + packer.flush())
            notes += len(several)
        file.flush()
        os.fsync(file.fileno())
        return _told(notes, begun, Path(file.name))


def _stored(folder: Path) -> Told:
    with tempfile.TemporaryDirectory() as temporary:
        path, notes = Path(temporary) / "all.zip", 0
        begun = time.perf_counter(), time.process_time()
        with zipfile.ZipFile(path, "w") as zipped:
            for several in _lines(folder):
                zipped.writestr(f"{notes}.jsonl", b"\n".join(several))
                notes += len(several)
        with path.open("rb+") as file:
            os.fsync(file.fileno())
        return _told(notes, begun, path)


def _lines(folder: Path) -> Iterator[list[bytes]]:
    library = Library(folder)
    cursor = library.connection.execute("SELECT line FROM history ORDER BY seq")
    while several := cursor.fetchmany(LINES):
        yield [line for (line,) in several]
    library.close()


def _told(notes: int, begun: tuple[float, float], path: Path) -> Told:
    seconds, cpu = time.perf_counter() - begun[0], time.process_time() - begun[1]
    status = Path("/proc/self/status").read_text("utf-8")
    most = int(status.partition("VmHWM:")[2].split()[0]) / 1024
    size = path.stat().st_size / 1e6
    return {"notes": notes, "seconds": seconds, "cpu": cpu, "MiB": most, "MB": size}


WAYS: dict[str, Callable[[Path], Any]] = {"ours": _ours, "packed": _packed, "stored": _stored}


if __name__ == "__main__":
    main()
