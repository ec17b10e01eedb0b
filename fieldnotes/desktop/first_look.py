"""What the window shows before anything else is loaded: the first page, read ahead."""

from __future__ import annotations

import marshal
import os
import sys
from typing import TYPE_CHECKING, NamedTuple

from fieldnotes import paths

if TYPE_CHECKING:
    from pathlib import Path

    from fieldnotes.domain.glances import Glance
    from fieldnotes.settings import Settings

_PATIENCE = 2.0  # seconds for a machine that is busy; it takes a tenth of one
_READER = "from fieldnotes.operations.first_look import main; main()"


class FirstLook(NamedTuple):
    """The settings of the window and the newest notes, at least one."""

    settings: Settings
    notes: list[Glance]


class Ahead:
    """A process that reads the first page while this one loads Qt."""

    def __init__(self, process: int, pipe: int) -> None:
        self._process, self._pipe = process, pipe

    def take(self, patience: float = _PATIENCE) -> FirstLook | None:
        """What it found. None if that takes long, or there is nothing to be shown at once."""
        told = self._read(patience)
        if not told:
            return None
        from fieldnotes.domain.glances import Glance
        from fieldnotes.settings import Settings

        settings, notes = marshal.loads(told)
        return FirstLook(Settings(*settings), [Glance(*note) for note in notes]) if notes else None

    def _read(self, patience: float) -> bytes:
        import select

        parts: list[bytes] = []
        with os.fdopen(self._pipe, "rb", buffering=0) as pipe:
            while select.select([pipe], [], [], patience)[0]:
                if part := pipe.read(1 << 20):
                    parts.append(part)
                else:
                    os.waitpid(self._process, 0)
                    return b"".join(parts)
        os.kill(self._process, 9)
        os.waitpid(self._process, 0)
        return b""


def look_ahead(folder: Path) -> Ahead | None:
    """Begin to read the first page of the library in `folder`.

    None where the system cannot start a process of the same Python cheaply.
    """
    if not hasattr(os, "posix_spawn") or getattr(sys, "frozen", False):
        return None
    here = str(paths.package_parent())
    others = os.environ.get("PYTHONPATH", "")
    mine, theirs = os.pipe()
    try:
        process = os.posix_spawn(
            sys.executable,
            # -P: nothing is imported from where the program happens to be started
            [sys.executable, "-P", "-c", _READER, os.fspath(folder)],
            {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, (here, others)))},
            file_actions=[(os.POSIX_SPAWN_DUP2, theirs, 1)],
        )
    except OSError:
        os.close(mine)
        return None
    finally:
        os.close(theirs)
    return Ahead(process, mine)
