"""Runs what users would use instead: installed by pip, into a folder, and asked from there."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from fieldnotes.domain import note_fields
from fieldnotes.domain.query import other_texts
from fieldnotes.store.library import Library

HERE = Path(__file__).parent
PACKAGES = {
    "anki": "anki",
    "anki_package": "anki",
    "sqlite_utils": "sqlite-utils>=4",
    "tantivy": "tantivy",
    "duckdb": "duckdb",
}


class Peer:
    """One of them, with its own copy of the notes beside the environment."""

    def __init__(self, folder: Path, name: str, notes: str) -> None:
        """`notes`: a word for the library that was copied, so that another one gets its own."""
        self.name = name
        self._python = folder / "environment" / "bin" / "python"
        self._held = folder / f"{name}-{notes}"
        folder.mkdir(parents=True, exist_ok=True)
        if not self._python.exists():
            subprocess.run([sys.executable, "-m", "venv", folder / "environment"], check=True)
        subprocess.run([self._python, "-m", "pip", "install", "-q", PACKAGES[name]], check=True)

    @property
    def is_filled(self) -> bool:
        """Whether it has the notes already."""
        return (self._held / "filled").exists()

    def fill(self, sheet: Path) -> dict[str, float]:
        """Give it the notes of a sheet of `write_sheet`; how long it took, and its memory."""
        self._held.mkdir(exist_ok=True)
        told = self._run("fill", str(sheet))
        (self._held / "filled").touch()
        return told

    def ask(self, questions: Iterable[dict[str, Any]]) -> list[float]:
        """Milliseconds for each question."""
        found: list[float] = self._run("ask", json.dumps(list(questions)))
        return found

    def export(self) -> dict[str, float]:
        """All its notes as one file, in its own shape: notes, seconds, cpu, MiB and MB."""
        told: dict[str, float] = self._run("export", str(self._held / "all.exported"))
        return told

    def _run(self, *words: str) -> Any:
        command = [self._python, HERE / f"{self.name}_peer.py", self._held, words[0]]
        done = subprocess.run(
            [*map(str, command), *(["-"] if words[0] == "ask" else words[1:])],
            input=words[1] if words[0] == "ask" else None,
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise SystemExit(f"{self.name} failed: {done.stderr}")
        return json.loads(done.stdout.splitlines()[-1])


def write_sheet(library: Library, sheet: Path) -> int:
    """The notes of a library as JSON Lines that every peer reads; how many."""
    count = 0
    with sheet.open("wb") as file:
        for row in _rows(library):
            file.write(msgspec.json.encode(row) + b"\n")
            count += 1
    return count


def _rows(library: Library) -> Iterator[dict[str, Any]]:
    sql = (
        "SELECT f.note_no, f.happened, h.line FROM facts f JOIN history h ON h.seq = f.current"
        " WHERE f.removed IS NULL AND f.kind IS NOT NULL ORDER BY f.place"
    )
    for note_no, happened, line in library.connection.execute(sql):
        note = note_fields.from_fields(msgspec.json.decode(line)["fields"])
        yield {
            "id": note_no,
            "happened": happened,
            "kind": note.kind,
            "account": note.account,
            "tags": list(note.tags),
            "title": note.title,
            "text": " \n".join([note.text, *other_texts(note)]),
        }
