"""Which machine this is: device ids and sequence numbers, kept outside every library.

A library that was copied to another machine, or to another folder, is another device there.
"""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from fieldnotes.store.database import flush_folder


class Machine:
    """One small file for this machine."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "devices.json"

    def device(self, library: str, folder: Path) -> str:
        """The device id of this library on this machine, made at the first call."""
        key = _key(library, folder)
        told = self._read()
        if key not in told:
            with self._alone():
                told = self._read()
                told.setdefault(key, {"device": str(uuid.uuid4()), "sequences": {}})
                self._write(told)
        return str(told[key]["device"])

    def next_sequence(self, library: str, folder: Path, recipient: str) -> int:
        """Reserve the next number of files to `recipient`; durable before it is used."""
        with self._alone():
            told = self._read()
            sequences = told[_key(library, folder)]["sequences"]
            sequences[recipient] = sequences.get(recipient, 0) + 1
            self._write(told)
            return int(sequences[recipient])

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """No other thread or program reads and writes meanwhile; a killed one leaves no lock."""
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._file.with_suffix(".lock").open("ab") as file:
            if sys.platform == "win32":
                import msvcrt

                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            else:
                import fcntl

                fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def _read(self) -> dict[str, Any]:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=dict[str, Any])
        except (FileNotFoundError, msgspec.DecodeError):
            return {}

    def _write(self, told: dict[str, Any]) -> None:
        fresh = self._file.with_name(f".{self._file.name}.{os.getpid()}")
        with fresh.open("wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(told, order="sorted"), indent=1))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self._file)
        flush_folder(self._file.parent)


def _key(library: str, folder: Path) -> str:
    return f"{library} {folder.resolve()}"
