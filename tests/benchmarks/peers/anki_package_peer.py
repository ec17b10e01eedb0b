"""Anki's own core reading a package of its own: new, and the same again."""

import json
import resource
import subprocess
import sys
import time
from pathlib import Path

from anki.collection import (
    AddNoteRequest,
    Collection,
    ExportAnkiPackageOptions,
    ImportAnkiPackageRequest,
)

folder, what, sheet = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
package = folder / "notes.apkg"
SLICE = 5_000


def fresh(name):
    for old in folder.glob(f"{name}.*"):
        old.unlink() if old.is_file() else None
    return Collection(str(folder / f"{name}.anki2"))


def requests(col):
    basic, deck = col.models.by_name("Basic"), col.decks.id("Default")
    with Path(sheet).open() as file:
        for line in file:
            row = json.loads(line)
            note = col.new_note(basic)
            note.fields = [row["title"] or row["text"][:80], row["text"]]
            note.tags = [tag.replace(" ", "_") for tag in row["tags"]] + [row["kind"]]
            yield AddNoteRequest(note=note, deck_id=deck)


def pack():
    """Notes as a package, by a process of its own so that its memory does not count."""
    col, waiting = fresh("from"), []
    for request in requests(col):
        waiting.append(request)
        if len(waiting) == SLICE:
            col.add_notes(waiting)
            waiting = []
    col.add_notes(waiting)
    options = ExportAnkiPackageOptions(with_scheduling=False, with_media=False)
    col.export_anki_package(out_path=str(package), options=options, limit=None)
    col.close()


def taken(col):
    begun = time.perf_counter()
    log = col.import_anki_package(ImportAnkiPackageRequest(package_path=str(package))).log
    return time.perf_counter() - begun, log


if what == "fill":
    subprocess.run([sys.executable, __file__, str(folder), "pack", sheet], check=True)
    col = fresh("into")
    seconds, log = taken(col)
    assert len(log.new) == log.found_notes, "all notes are new"
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    again, log = taken(col)
    assert not log.new, "no note is new"
    col.close()
    print(json.dumps({"seconds": seconds, "MiB": memory, "again": again}))
else:
    pack()
