"""What looking at something costs this process, counted by the kernel (Linux)."""

from __future__ import annotations

import time
from pathlib import Path
from types import TracebackType

import msgspec


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


def _megabytes(name: str) -> float:
    for line in Path("/proc/self/status").read_text("ascii").splitlines():
        if line.startswith(name):
            return int(line.split()[1]) / 1024
    raise ValueError(name)
