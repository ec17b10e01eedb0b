"""What looking at something costs this process, counted by the kernel (Linux)."""

from __future__ import annotations

import time
from pathlib import Path
from types import TracebackType

import msgspec

SECONDS = 2.0
_TURNS = 200  # of a million each: what `SECONDS` are on a processor that takes 10 ms for one


class Cost(msgspec.Struct):
    """Of what happens inside `with`: seconds of CPU, and megabytes at the peak above the start."""

    seconds: float = 0.0
    megabytes: float = 0.0

    def __enter__(self) -> Cost:
        Path("/proc/self/clear_refs").write_text("5", "ascii")  # the peak counts from here on
        self.megabytes = -_megabytes("VmRSS")
        self.seconds = -time.process_time()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.seconds += time.process_time()
        self.megabytes += _megabytes("VmHWM")


def is_quick(seconds: float) -> bool:
    """Whether these are no more than SECONDS, or than they would be on a slower processor."""
    return seconds <= SECONDS or seconds <= _TURNS * min(_a_million_turns() for _ in range(5))


def _a_million_turns() -> float:
    begun = time.process_time()
    for _ in range(1_000_000):
        pass
    return time.process_time() - begun


def _megabytes(name: str) -> float:
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    raise ValueError(name)
