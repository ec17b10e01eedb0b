"""Long plays in parts, each played once for all tests that look at it, in whatever process."""

from __future__ import annotations

import fcntl
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
import pytest

from tests.property.watching import Seen

Part = tuple[str, int, int]  # what is played, and which part of how many


class PlayedOnce:
    """What each part came to lies in a file; whoever plays it has a lock meanwhile."""

    def __init__(self, folder: Path, parts: list[Part], play: Callable[[Part], Seen]) -> None:
        self._folder, self._parts, self._play = folder, parts, play

    def of(self, part: Part) -> Seen:
        """Play it, or another one while another process plays it."""
        for each in (part, *self._parts):
            with self._lock(each, wait=False) as mine:
                if mine and self._come_to(each) is None:
                    self._keep(each, self._play(each))
            if self._come_to(part) is not None:
                break
        with self._lock(part, wait=True):
            seen = self._come_to(part) or self._play(part)
            self._keep(part, seen)
            return seen

    def _come_to(self, part: Part) -> Seen | None:
        file = self._file(part)
        if not file.exists():
            return None
        told = msgspec.json.decode(file.read_bytes())
        return Seen(told["wrong"], Counter(told["did"]))

    def _keep(self, part: Part, seen: Seen) -> None:
        fresh = self._file(part).with_suffix(".part")
        fresh.write_bytes(msgspec.json.encode(seen))
        fresh.replace(self._file(part))

    def _file(self, part: Part) -> Path:
        return self._folder / f"{part[0]}-{part[1]}.json"

    @contextmanager
    def _lock(self, part: Part, wait: bool) -> Iterator[bool]:
        with self._file(part).with_suffix(".lock").open("ab") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            except BlockingIOError:
                yield False
                return
            yield True


def shared_folder(factory: pytest.TempPathFactory, name: str) -> Path:
    """One folder for all processes of a run."""
    base = factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / name
    folder.mkdir(exist_ok=True)
    return folder
