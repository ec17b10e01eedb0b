"""Anki's own core: notes with two fields and tags, found as its browser finds them."""

import json
import resource
import sys
import time
from pathlib import Path

from anki.collection import AddNoteRequest, Collection

folder, what, told = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
path = folder / "notes.anki2"
SLICE = 5_000


def requests(col, sheet):
    basic, deck = col.models.by_name("Basic"), col.decks.id("Default")
    with Path(sheet).open() as file:
        for line in file:
            row = json.loads(line)
            note = col.new_note(basic)
            note.fields = [row["title"] or row["text"][:80], row["text"]]
            note.tags = [tag.replace(" ", "_") for tag in row["tags"]] + [row["kind"]]
            yield AddNoteRequest(note=note, deck_id=deck)


if what == "fill":
    for old in folder.glob("notes.*"):
        old.unlink() if old.is_file() else None
    begun = time.perf_counter()
    col = Collection(str(path))
    waiting = []
    for request in requests(col, told):
        waiting.append(request)
        if len(waiting) == SLICE:
            col.add_notes(waiting)
            waiting = []
    col.add_notes(waiting)
    col.close()
    taken = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": taken, "MiB": memory}))
elif what == "export":
    from anki.collection import ExportAnkiPackageOptions

    Path(told).unlink(missing_ok=True)
    col = Collection(str(path))
    begun, cpu = time.perf_counter(), time.process_time()
    options = ExportAnkiPackageOptions(with_scheduling=False, with_media=True, legacy=False)
    notes = col.export_anki_package(out_path=told, options=options, limit=None)
    taken = time.perf_counter() - begun
    size, memory = Path(told).stat().st_size / 1e6, resource.getrusage(resource.RUSAGE_SELF)
    Path(told).unlink()
    print(
        json.dumps(
            {
                "notes": notes,
                "seconds": taken,
                "cpu": time.process_time() - cpu,
                "MiB": memory.ru_maxrss / 1024,
                "MB": size,
            }
        )
    )
else:
    col = Collection(str(path))
    times = []
    for question in json.load(sys.stdin):
        words = [f"w:{word}" for word in question["words"]]
        if question.get("prefix"):
            words[-1] += "*"
        if question.get("tag"):
            words.append(f"tag:{question['tag']}")
        begun = time.perf_counter()
        found = col.find_notes(" ".join(words), order=False)
        for note in sorted(found, reverse=True)[:50]:
            col.get_note(note)
        times.append((time.perf_counter() - begun) * 1000)
    print(json.dumps(times))
