"""Commands as somebody types them, without a process for each."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fieldnotes.cli.main import main


class NoWindow:
    """No command of these tests opens one."""

    def open(
        self, folder: Path, files: list[Path], capture: bool = False, flip: str | None = None
    ) -> int:
        raise AssertionError("a window was opened")

    def can_open(self) -> bool:
        return False

    def pictures(self, folder: Path, out: Path) -> list[Path]:
        raise AssertionError("pictures were taken")


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one object."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]


Type = Callable[..., Said]


def typed(capsys: Any, *words: object) -> Said:
    """Run one command line."""
    try:
        status = main([str(word) for word in words], NoWindow())
    except SystemExit as leaving:
        status = int(leaving.code or 0)
    out, err = capsys.readouterr()
    return Said(status, out, err)
