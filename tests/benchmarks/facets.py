"""Counts beside a list, under a search of a fifth of the notes and of all, against DuckDB.

    python -m tests.benchmarks.facets FOLDER [--rounds 7]

DuckDB works on one thread over the same narrow columns, and is told which notes were found: it has
no part in finding them. It is fetched into an environment of its own the first time.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from platformdirs import user_cache_path

from fieldnotes.domain.query import Query, Words
from fieldnotes.operations.facets import count_facets, make_facets_ready
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.store import columns
from fieldnotes.store.database import rows
from fieldnotes.store.plans import plan

GOAL = "goal: of all notes at most 1.0 × DuckDB; under a search of a fifth at most 50 ms"
DUCKDB = ("duckdb==1.5.*", "numpy==2.*")
ROUNDS = """
import sys, time
import duckdb, numpy as np
given = np.load(sys.argv[1])
db = duckdb.connect()
db.execute("SET threads = 1")
for name, shown in (("facts", ("place", "kind", "account", "stage", "month")),
                    ("tag", ("place", "name")), ("competitor", ("place", "name"))):
    whole = {each: given[f"{name}_{each}"] for each in shown}
    db.register("whole", whole)
    db.execute(f"CREATE TABLE {name} AS SELECT * FROM whole")
    db.unregister("whole")
hits = {"place": given["hits"]}
def counted(source):
    for each in ("kind", "account", "stage", "month"):
        db.execute(f"SELECT {each}, count(*) FROM facts {source} GROUP BY 1").fetchall()
    for each in ("tag", "competitor"):
        db.execute(f"SELECT name, count(*) AS n FROM {each} {source} GROUP BY 1"
                   " ORDER BY n DESC LIMIT 8").fetchall()
def best(run):
    found = []
    for _ in range(int(sys.argv[2])):
        begin = time.perf_counter(); run(); found.append(time.perf_counter() - begin)
    return sorted(found)[len(found) // 2] * 1000
def under():
    db.register("found", hits)
    counted("SEMI JOIN found USING (place)")
print(best(lambda: counted("")), best(under))
"""


def main() -> None:
    """Print both, and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--rounds", type=int, default=7)
    told = parser.parse_args()
    notebook = open_notebook(told.folder)
    try:
        loading = _ms(lambda: make_facets_ready(notebook), 1)
        total = count_facets(notebook, Query(())).total
        word, query = _common(notebook)
        found = count_facets(notebook, query).total
        everything = _ms(lambda: count_facets(notebook, Query(())), told.rounds)
        under = _ms(lambda: count_facets(notebook, query), told.rounds)
        duck_everything, duck_under = _duckdb(notebook, query, told.rounds)
    finally:
        notebook.close()
    print(f"{total:,} notes; “{word}” finds {found:,} of them ({found / total:.0%})")
    print(f"  into memory   {loading:8.1f} ms, once")
    for name, ours, theirs in (
        ("of all notes", everything, duck_everything),
        ("under a search", under, duck_under),
    ):
        print(f"  {name:14}{ours:8.1f} ms  DuckDB {theirs:8.1f} ms  {ours / theirs:5.2f}")
    print(GOAL)


def _common(notebook: Notebook) -> tuple[str, Query]:
    """A word that a fifth of the notes hold."""
    connection = notebook.library.connection
    sql = "CREATE VIRTUAL TABLE IF NOT EXISTS temp.terms USING fts5vocab(main, words, row)"
    rows(connection, sql)
    wanted = rows(connection, "SELECT count(*) FROM facts")[0][0] // 5
    sql = (
        "SELECT term FROM temp.terms WHERE term > '¬￿' OR term < '¬' ORDER BY abs(doc - ?) LIMIT 1"
    )
    word = rows(connection, sql, wanted)[0][0]
    return word, Query((Words(word),))


def _duckdb(notebook: Notebook, query: Query, rounds: int) -> tuple[float, float]:
    """Milliseconds for everything, and for the hits."""
    python = user_cache_path("fieldnotes-benchmarks") / "duckdb" / "bin" / "python"
    if not python.exists():
        venv.create(python.parents[1], with_pip=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *DUCKDB], check=True)
    with TemporaryDirectory() as folder:
        file = Path(folder) / "columns.npz"
        np.savez(file, **_columns(notebook, query))
        told = subprocess.run(
            [python, "-c", ROUNDS, str(file), str(rounds)], check=True, stdout=subprocess.PIPE
        )
    everything, under = map(float, told.stdout.split())
    return everything, under


def _columns(notebook: Notebook, query: Query) -> dict[str, np.ndarray]:
    records = notebook.library.records
    held, asked = columns.load(records), plan(records, query)
    hits = columns.numbers(records.connection, "place", asked.select(), *asked.parameters)
    told = {"hits": hits, "facts_place": held.places, "facts_month": held.months}
    told |= {f"facts_{family}": held.one[family] for family in columns.ONE}
    for family in ("tag", "competitor"):
        named = held.many[family]
        told[f"{family}_place"] = np.repeat(held.places, np.diff(named.starts))
        told[f"{family}_name"] = named.names
    return told


def _ms(run: Callable[[], object], rounds: int) -> float:
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        run()
        times.append(time.perf_counter() - begin)
    return sorted(times)[len(times) // 2] * 1000


if __name__ == "__main__":
    sys.exit(main())
