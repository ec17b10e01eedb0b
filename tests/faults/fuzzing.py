"""Hostile files by the thousand through the preview of one process; a program of its own.

    python -m tests.faults.fuzzing --cases 1000000 --seed 1 [--begin 0] [--keep FOLDER]

Each file is refused with one sentence or previewed; what can be read in is read in elsewhere,
looked at, used, sent on, and taken back. It prints what it saw, and each failure with its number.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
import sys
import tempfile
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random

from fieldnotes.operations.checking import check_library
from fieldnotes.operations.judging import Decisions
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.previewing import preview_import
from fieldnotes.operations.reading_in import read_in
from tests.faults.hostile import life_after
from tests.faults.hostile.cases import PASSPHRASE, Case, case_of
from tests.faults.hostile.memory import Cost, is_quick
from tests.faults.hostile.world import World, made_in

MEGABYTES = 200.0
MOST_FAILURES = 20
TOLD = 10_000  # a run that was stopped goes on with --begin from the last one told
ELSEWHERE = "elsewhere"
TURN = 50  # files read in before that library is checked and a fresh one begun
_SENTENCES = re.compile(r"[A-Z][^\n]*[.:] ?[^\n]*\.|[A-Z][^\n]*\.")


class Fuzzing:
    """One run. Its folder holds the libraries and what is in the air, and at the end no more."""

    def __init__(self, folder: Path, seed: int, keep: Path | None) -> None:
        self.seed, self.keep, self.folder = seed, keep, folder
        self.world: World = made_in(folder / "world")
        self.temporary = folder / "temporary"
        self.temporary.mkdir()
        tempfile.tempdir = str(self.temporary)
        self.path = folder / "arrived.fieldnotes"
        self.path.touch()
        self.keys = {each.author: each.card.signs for each in self.world.signers.values()}
        self.keys[self.world.taker.owner.author] = self.world.taker.owner.signs
        self.before = self.state()
        self.seen: Counter[str] = Counter()
        self.sentences: Counter[str] = Counter()
        self.failures = self.done = self.joined = 0
        self.seconds = self.megabytes = (0.0, 0)  # the most of each, and of which case
        self._turn()

    def state(self) -> tuple[str, str, frozenset[str]]:
        """Of the library that is only asked: its digest, its file, and what lies around it."""
        taker = self.world.taker
        file = hashlib.sha256((taker.library.folder / "library.db").read_bytes()).hexdigest()
        lying = (str(path) for path in self.folder.rglob("*"))
        around = frozenset(path for path in lying if f"/{ELSEWHERE}" not in path)
        return check_library(taker).digest, file, around

    def run(self, numbers: range) -> None:
        for number in numbers:
            case = case_of(self.world, self.seed, number)
            try:
                self.one(case, number)
            except Exception:  # noqa: BLE001 - whatever it is, it is what is looked for
                self.failed(case, number, traceback.format_exc())
                self.end_turn(number)  # what it left would be found again with each that follows
            self.done += 1
            if self.done % TOLD == 0:
                print(f"up to {number:,}: {self.failures} failures", file=sys.stderr, flush=True)
            if self.failures >= MOST_FAILURES:
                break
        self.end_turn(numbers.stop)

    def one(self, case: Case, number: int) -> None:
        """Look at it where nothing may change; read it in elsewhere where that is possible."""
        self.path.write_bytes(case.content)
        random = Random(number)
        decisions = Decisions(
            all_new=random.random() < 0.8,
            removals=random.random() < 0.8,
            passphrase=PASSPHRASE if random.random() < 0.9 else "",
        )
        with Cost() as cost:
            plan = preview_import(self.world.taker, [self.path], decisions)
        self.seconds = max(self.seconds, (cost.seconds, number))
        self.megabytes = max(self.megabytes, (cost.megabytes, number))
        assert is_quick(cost.seconds), cost
        assert cost.megabytes <= MEGABYTES, cost
        if refused := plan.files[0].refused:
            assert _SENTENCES.fullmatch(refused), refused
            assert read_in(self.world.taker, plan).result.batch is None
            self.seen[f"{case.way}: refused"] += 1
            self.sentences[refused] += 1
            return
        self.seen[f"{case.way}: read in"] += 1
        self.read_in(case, decisions, random, number)

    def read_in(self, case: Case, decisions: Decisions, random: Random, number: int) -> None:
        plan = preview_import(self.other, [self.path], decisions)
        if plan.files[0].refused:  # what came before it changed who is known there
            self.seen["refused elsewhere"] += 1
            return
        read = read_in(self.other, plan).result
        self.turn += 1
        self.joined += 1
        life_after.look_at(self.other, plan, read)
        if random.random() < 0.05:
            life_after.use(self.other, self.folder)
        if read.batch and random.random() < 0.3:
            life_after.undo(self.other, read.batch)
        if self.turn >= TURN or case.way == "large":
            self.end_turn(number)

    def end_turn(self, number: int) -> None:
        """Both libraries are what they should be, and nothing lies about; then a fresh one."""
        problems = life_after.is_sound(self.other, self.keys)
        self.other.close()
        if self.state() != self.before:
            problems.append("the library that was only asked has changed")
        problems += [f"left: {path}" for path in self.temporary.iterdir()]
        if problems:
            self.failures += 1
            print(f"up to case {number}: {problems[:3]}", flush=True)
        self._turn()

    def _turn(self) -> None:
        self.other: Notebook = self.world.another_taker(ELSEWHERE)
        self.turn = 0

    def failed(self, case: Case, number: int, said: str) -> None:
        self.failures += 1
        print(f"case {number} ({case.way}): {said}", flush=True)
        if self.keep:
            self.keep.mkdir(parents=True, exist_ok=True)
            (self.keep / f"{self.seed}-{number}.fieldnotes").write_bytes(case.content)

    def close(self) -> None:
        self.other.close()
        self.world.close()


def main() -> int:
    """Exit status 0 where every file met its one outcome."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--cases", type=int, default=10_000)
    told.add_argument("--seed", type=int, default=1)
    told.add_argument("--begin", type=int, default=0, help="the number of the first case")
    told.add_argument("--keep", type=Path, help="where files that met another outcome are kept")
    asked = told.parse_args()
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        os.environ["FIELDNOTES_MACHINE"] = f"{folder}/machine"
        fuzzing = Fuzzing(Path(folder), asked.seed, asked.keep)
        begun, used = time.monotonic(), time.process_time()
        fuzzing.run(range(asked.begin, asked.begin + asked.cases))
        took, used = time.monotonic() - begun, time.process_time() - used
        _tell(fuzzing, asked, took, used)
        fuzzing.close()
        tempfile.tempdir = None
    return 1 if fuzzing.failures else 0


def _tell(fuzzing: Fuzzing, asked: argparse.Namespace, took: float, used: float) -> None:
    for way, count in sorted(fuzzing.seen.items()):
        print(f"{count:9,}  {way}")
    for sentence, count in fuzzing.sentences.most_common():
        print(f"{count:9,}  {sentence}")
    print(
        f"{fuzzing.done:,} files of seed {asked.seed} from {asked.begin:,} on, in one process:"
        f" {fuzzing.sentences.total():,} refused, {fuzzing.joined:,} read in,"
        f" {fuzzing.failures} met another outcome; {took:.0f} s,"
        f" {fuzzing.done / used:.0f} a second of CPU;"
        " a preview took at most {:.2f} s of CPU (number {})".format(*fuzzing.seconds)
        + " and {:.0f} MB (number {})".format(*fuzzing.megabytes)
    )


if __name__ == "__main__":
    sys.exit(main())
