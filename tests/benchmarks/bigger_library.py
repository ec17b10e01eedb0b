"""A library as large as several: every note of one once more for each earlier span of time.

    python -m tests.benchmarks.bigger_library FROM TO --times 10

FROM is one of `tests.benchmarks.big_library`. All tables and the index are as large as those of so
many notes, but the copies are not signed anew, so it is for finding and not for `check`: a version
copied says the id of the note it was copied from. Words are as many as in FROM.
"""

from __future__ import annotations

import argparse
import shutil
import time
from pathlib import Path

from fieldnotes.store.index import Facts
from fieldnotes.store.library import Library
from fieldnotes.store.places import SLOTS
from fieldnotes.store.reindexing import index_rows

DAYS = 1_200  # a span: longer than the notes of FROM reach
_SPAN = DAYS * 86_400
_MONTHS = round(DAYS / 30.44)
_MERGED = 20_000  # pages of the index in one step


def main() -> None:
    """Make it, and print how it goes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path, metavar="FROM")
    parser.add_argument("folder", type=Path, metavar="TO")
    parser.add_argument("--times", type=int, default=10)
    told = parser.parse_args()
    shutil.copytree(told.source, told.folder)
    library = Library(told.folder)
    begun = time.monotonic()
    first = library.connection.execute("SELECT min(place) FROM facts").fetchone()[0]
    notes, seqs = library.records.last_numbers()
    for turn in range(1, told.times):
        with library.transaction():
            _copy(library, turn, first, notes, seqs)
        library.empty_logs(patience_ms=1000)
        print(f"{turn + 1} times in {time.monotonic() - begun:.0f} s", flush=True)
    while not library.tidy(_MERGED):
        pass
    library.empty_logs(patience_ms=1000)
    library.close()
    print(f"merged in {time.monotonic() - begun:.0f} s")


def _copy(library: Library, turn: int, first: int, notes: int, seqs: int) -> None:
    back = turn * _SPAN
    moved = back << SLOTS
    run = library.connection.execute
    run(
        "INSERT INTO history (seq, note_no, revision, line, sha256) SELECT seq + ?, note_no + ?,"
        " randomblob(32), line, sha256 FROM history WHERE seq <= ? ORDER BY seq",
        (turn * seqs, turn * notes, seqs),
    )
    changed = {
        "place": f"place - {moved}",
        "note_no": f"note_no + {turn * notes}",
        "id": "randomblob(16)",
        "current": f"current + {turn * seqs}",
        "happened": f"happened - {back}",
    }
    columns = ", ".join(Facts.__struct_fields__)
    told = ", ".join(changed.get(name, name) for name in Facts.__struct_fields__)
    run(
        f"INSERT INTO facts ({columns}) SELECT {told} FROM facts WHERE place >= ? ORDER BY place",
        (first,),
    )
    run(
        "INSERT INTO rollups (name, month, kind, n) SELECT name, month - ?, kind, n FROM rollups"
        " WHERE month > (SELECT max(month) - ? FROM rollups) ON CONFLICT DO NOTHING",
        (turn * _MONTHS, _MONTHS),
    )
    index = library.records.index
    index.hold(much=True)
    rows = index_rows(library.records, first)
    index.add_words((facts.place - moved, held) for facts, held in rows)
    index.hold(much=False)


if __name__ == "__main__":
    main()
