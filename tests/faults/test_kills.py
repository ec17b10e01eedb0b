"""Killed at any moment, a library has every note that was called saved, and is whole."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.faults.interrupted import KILLED, Left, Writer, looked_at
from tests.faults.strace import calls_in
from tests.faults.writing import STEPS, Run

SHORT = {1, 2, 3, 4, 8, 10, 11, 12, 13, 18}  # each kind of write once; the rest in the long run
EVERY_STEP = [
    pytest.param(number, id=f"{number}-{verb}", marks=[] if number in SHORT else [pytest.mark.long])
    for number, (verb, _) in enumerate(STEPS)
]
RANDOM_KILLS = 2_000


@pytest.fixture(scope="module")
def writer() -> Iterator[Writer]:
    # a kill loses nothing that the system holds, so that memory does as well as a disk
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as temporary:
        folder = Path(temporary)
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("FIELDNOTES_MACHINE", str(folder / "machine"))
            made = Writer(folder)
        yield made
        made.close()


@pytest.fixture(autouse=True)
def _on_the_machine_that_was_killed(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIELDNOTES_MACHINE", str(writer.folder / "machine"))


@pytest.mark.parametrize("step", EVERY_STEP)
def test_a_kill_at_any_write_or_sync_of_a_step_leaves_what_was_before_or_after_it(
    writer: Writer, step: int, tmp_path: Path
) -> None:
    log = tmp_path / "calls"
    run = Run(str(writer.fresh(step)), step, step + 1, close=False)
    assert writer.play(run, log=log) == Left(0, step, step)
    calls = calls_in(log)
    for call, number in calls:
        folder = writer.fresh(step)
        left = writer.play(run, f"{call}:signal=SIGKILL:when={number}", log)
        assert left.status == KILLED
        assert looked_at(folder) in writer.states[step : step + 2], f"killed at {call} {number}"
    synced = any("sync" in call for call, _ in calls)
    assert STEPS[step][0] in ("tidy", "settle") or synced, "nothing was made durable"


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_a_kill_at_any_write_or_sync_of_a_whole_session_loses_nothing(
    writer: Writer, tmp_path: Path
) -> None:
    log = tmp_path / "calls"
    writer.play(Run(str(writer.fresh(0))), log=log)
    calls = calls_in(log)
    assert len(calls) > 200
    for call, number in calls:
        folder = writer.fresh(0)
        left = writer.play(Run(str(folder)), f"{call}:signal=SIGKILL:when={number}", log)
        assert left.status == KILLED
        expected = writer.states[left.done + 1 : left.begun + 2]
        assert looked_at(folder) in expected, f"killed at {call} {number}"


@pytest.mark.parametrize(
    "kills",
    [10, pytest.param(RANDOM_KILLS, marks=[pytest.mark.long, pytest.mark.timeout(7200)])],
)
def test_kills_at_random_moments_lose_nothing(writer: Writer, kills: int) -> None:
    chance = random.Random(kills)
    killed = 0
    for _ in range(kills):
        folder = writer.fresh(0)
        kill = chance.randrange(len(STEPS)), chance.uniform(0.0, 0.005)
        left = writer.play(Run(str(folder)), kill=kill)
        killed += left.status == KILLED
        assert looked_at(folder) in writer.states[left.done + 1 : left.begun + 2]
    assert killed > kills / 4, "hardly any kill came in time"
