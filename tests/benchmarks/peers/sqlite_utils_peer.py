"""sqlite-utils as its documentation shows it: insert_all, enable_fts, search."""

import json
import resource
import sys
import time
from pathlib import Path

import sqlite_utils

folder, what, told = Path(sys.argv[1]), sys.argv[2], sys.argv[3]
path = folder / "notes.db"


def rows(sheet):
    with Path(sheet).open() as file:
        for line in file:
            row = json.loads(line)
            yield {**row, "tags": " ".join(row["tags"])}


if what == "fill":
    path.unlink(missing_ok=True)
    begun = time.perf_counter()
    db = sqlite_utils.Database(path)
    db["notes"].insert_all(rows(told), pk="id")
    db["notes"].enable_fts(["title", "text", "tags", "kind", "account"])
    taken = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"seconds": taken, "MiB": memory}))
else:
    db = sqlite_utils.Database(path)
    times = []
    for question in json.load(sys.stdin):
        words = [f'"{word}"' for word in question["words"]]
        if question.get("prefix"):
            words[-1] += "*"
        if question.get("tag"):
            words.append(f'tags : "{question["tag"]}"')
        begun = time.perf_counter()
        list(db["notes"].search(" ".join(words), limit=50))
        times.append((time.perf_counter() - begun) * 1000)
    print(json.dumps(times))
