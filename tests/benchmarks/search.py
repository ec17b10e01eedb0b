"""Finding notes in a large library, beside a walk down the row ids and beside other programs.

    python -m tests.benchmarks.search LIBRARY [--words 120] [--peers FOLDER] [--seed 7]

LIBRARY is one of `tests.benchmarks.big_library`. Words are drawn from the library's own by rank
(half of them from its ten-thousand most frequent), and each is asked for in every way: letter by
letter, whole, with another word, with filters. *query*: where the newest 50 hits stand; *page*: the
same with these notes read, cut and highlighted, as the list asks; *count*: up to 1,000.
With --peers other programs are installed into FOLDER, given the same notes, and asked the same.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from fieldnotes.domain.query import EVERYTHING, Query
from fieldnotes.domain.query_text import as_typed
from fieldnotes.operations.glances import find_glances
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.search import CAP, PAGE, count_notes, make_ready
from fieldnotes.store import search
from tests.benchmarks.peers.peers import Peer, write_sheet

GOALS = """goals, at a million notes: letter by letter: query p95 at most 5 ms (stretch: p99 10 ms),
p50 at most 1/100 of sqlite-utils' search; at 10 million at most twice that; with filters at most
3 times the word alone"""
SEARCHING_PEERS = ("sqlite_utils", "anki", "tantivy")


class Question(NamedTuple):
    """What is asked: text for us, and the same in parts for others."""

    text: str
    parts: dict[str, Any]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("--words", type=int, default=120)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--peer", action="append", choices=SEARCHING_PEERS)
    parser.add_argument("--seed", type=int, default=7)
    told = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        os.environ["FIELDNOTES_MACHINE"] = temporary
        notebook = open_notebook(told.library, take_over=True)
        begun = time.perf_counter()
        make_ready(notebook)
        print(f"dictionary read in {time.perf_counter() - begun:.1f} s")
        gc.collect()
        gc.freeze()
        asked = questions(notebook, random.Random(told.seed), told.words)
        print(GOALS)
        _print_floor(notebook)
        ours = {name: _ours(notebook, name, each) for name, each in asked.items()}
        _print_filters(ours)
        for name in told.peer or (SEARCHING_PEERS if told.peers else ()):
            _print_peer(notebook, Peer(told.peers, name, told.library.name), asked, ours)
        notebook.close()


def questions(notebook: Notebook, rng: random.Random, count: int) -> dict[str, list[Question]]:
    """The same words asked for in every way."""
    words = drawn_words(notebook, rng, count)
    tag = notebook.library.names.all_of("tag")[0][1]
    pairs = list(zip(words, words[1:] + words[:1], strict=True))
    letters = [word[:end] for word in words for end in range(1, len(word) + 1)]
    second = [(a, b[:end]) for a, b in pairs for end in range(1, min(len(b), 6) + 1)]
    return {
        "letter by letter": [Question(x, {"words": [x], "prefix": True}) for x in letters],
        "second word": [Question(f"{a} {b}", {"words": [a, b], "prefix": True}) for a, b in second],
        "word": [Question(f"{x} ", {"words": [x]}) for x in words],
        "two words": [Question(f"{a} {b} ", {"words": [a, b]}) for a, b in pairs],
        "word, tag": [Question(f"{x} tag:{tag}", {"words": [x], "tag": tag}) for x in words],
        "word, kind, time": [Question(f"{x} kind:objection last 180 days", {}) for x in words],
        "one or other": [Question(f"{a} OR {b} ", {}) for a, b in pairs],
        "phrase": [Question(f'"{a} {b}"', {}) for a, b in pairs],
    }


def drawn_words(notebook: Notebook, rng: random.Random, count: int) -> list[str]:
    """Words of the library, evenly over the logarithm of their rank."""
    sql = "SELECT term, doc FROM temp.terms WHERE term BETWEEN 'a' AND 'zzzz' ORDER BY doc DESC"
    ranked = [term for term, _ in notebook.library.connection.execute(sql)]
    return [ranked[int(len(ranked) ** rng.random()) - 1] for _ in range(count)]


def _ours(notebook: Notebook, name: str, asked: list[Question]) -> dict[str, list[float]]:
    records = notebook.library.records
    from fieldnotes.operations.search import dated

    times: dict[str, list[float]] = {"query": [], "page": [], "count": []}
    for question in asked:
        query = dated(notebook, as_typed(question.text))
        times["query"].append(_ms(lambda q=query: search.page(records, q, PAGE)))
        times["page"].append(_ms(lambda q=query: find_glances(notebook, q)))
        times["count"].append(_ms(lambda q=query: count_notes(notebook, q, CAP)))
    print(f"\n{name}: {len(asked)} questions")
    for what, each in times.items():
        print(f"  {what:14}{quantiles(each)}", flush=True)
    return times


def _print_floor(notebook: Notebook) -> None:
    records = notebook.library.records
    walk = "SELECT place FROM facts ORDER BY place DESC LIMIT 50"
    times = [_ms(lambda: records.connection.execute(walk).fetchall()) for _ in range(200)]
    print(f"\nfloor: the newest 50 row ids\n  {'':14}{quantiles(times)}")
    times = [_ms(lambda: find_glances(notebook, Query(EVERYTHING.terms))) for _ in range(50)]
    print(f"  {'read as a page':14}{quantiles(times)}")


def _print_filters(ours: dict[str, dict[str, list[float]]]) -> None:
    alone = ours["word"]["query"]
    for name in ("word, tag", "word, kind, time"):
        filtered = ours[name]["query"]
        ratios = [_quantile(filtered, share) / _quantile(alone, share) for share in (0.5, 0.95)]
        print(f"\n{name} against the word alone: p50 {ratios[0]:.2f} x, p95 {ratios[1]:.2f} x")


def _print_peer(
    notebook: Notebook,
    peer: Peer,
    asked: dict[str, list[Question]],
    ours: dict[str, dict[str, list[float]]],
) -> None:
    if not peer.is_filled:
        with tempfile.NamedTemporaryFile(suffix=".jsonl") as sheet:
            count = write_sheet(notebook.library, Path(sheet.name))
            filled = peer.fill(Path(sheet.name))
        rate = count / filled["seconds"]
        print(
            f"\n{peer.name}: {count:,} notes in {filled['seconds']:.0f} s, {rate:,.0f}/s,", end=""
        )
        print(f" {filled['MiB']:.0f} MiB")
    for name, several in asked.items():
        some = several[:: max(1, len(several) // 40)]
        if not all(question.parts for question in some):
            continue
        theirs = peer.ask([question.parts for question in some])
        print(f"{peer.name}, {name}: {quantiles(theirs)}")
        for what in ("query", "page"):
            mine = ours[name][what][:: max(1, len(several) // 40)]
            ratio = _quantile(mine, 0.5) / _quantile(theirs, 0.5)
            print(f"  our {what} takes {ratio:.5f} of it (p50)", flush=True)


def _ms(work: Callable[[], object]) -> float:
    begun = time.perf_counter_ns()
    work()
    return (time.perf_counter_ns() - begun) / 1e6


def quantiles(times: list[float]) -> str:
    """p50, p95, p99 and the longest, in a line."""
    shares = {"p50": 0.5, "p95": 0.95, "p99": 0.99, "max": 1.0}
    return "  ".join(f"{name} {_quantile(times, at):8.2f}" for name, at in shares.items()) + " ms"


def _quantile(times: list[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


if __name__ == "__main__":
    main()
