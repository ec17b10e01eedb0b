"""Which machine this is: device ids and sequence numbers, kept outside every library.

A library that was copied to another machine, or to another folder, is another device there.
"""

from __future__ import annotations

import os
import sys
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from fieldnotes.domain.devices import Another, Reached, people_in, row_of
from fieldnotes.store.database import flush_folder


class Machine:
    """One small file for this machine."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "devices.json"

    def device(
        self,
        library: str,
        folder: Path,
        reached: Callable[[], Reached] = Reached,
        *,
        before: bool = False,
    ) -> str:
        """The device id of this library on this machine, made at the first call.

        `reached`: how far the library is. Where this machine has seen it further, an older copy was
        put back, and it is another device from then on. `before`: it was a device somewhere.
        """
        key = _key(library, folder)
        told = self._read()
        if not _goes_on(told.get(key), reached):
            with self._alone():
                told = self._read()
                held = told.get(key)
                if not _goes_on(held, reached):
                    copied = Another.COPIED if before else None
                    told[key] = _fresh(reached(), Another.RESTORED if held else copied)
                    self._write(told)
        return str(told[key]["device"])

    def reached(self, library: str, folder: Path, at: Reached) -> None:
        """Remember how far the library is; one that comes back and is behind was put back."""
        key = _key(library, folder)
        told = self._read()
        if key in told and at.with_(_seen(told[key])) != _seen(told[key]):
            with self._alone():
                told = self._read()
                told[key]["seen"] = msgspec.to_builtins(at.with_(_seen(told[key])))
                self._write(told)

    def another(self, library: str, folder: Path) -> Another | None:
        """Why it goes on as another device; told once, then it is None."""
        key = _key(library, folder)
        if "another" not in self._read().get(key, {}):
            return None
        with self._alone():
            told = self._read()
            why = told[key].pop("another", None)
            self._write(told)
            return Another(why) if why else None

    def next_number(self, library: str, folder: Path, row: str) -> tuple[str, int]:
        """(device, number): reserve the next number in this row; durable before it is used."""
        with self._alone():
            told = self._read()
            device = told[_key(library, folder)]
            numbers = device["sequences"]
            numbers[row] = 1 + max(
                (last for each, last in numbers.items() if _is_row(each, row)), default=0
            )
            self._write(told)
            return str(device["device"]), int(numbers[row])

    def last_number(self, library: str, folder: Path, row: str) -> int:
        """The last number that was reserved in this row; 0 where none was."""
        numbers = self._read().get(_key(library, folder), {}).get("sequences", {})
        return max((last for each, last in numbers.items() if _is_row(each, row)), default=0)

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


def _fresh(at: Reached, another: Another | None) -> dict[str, Any]:
    made = {"device": str(uuid.uuid4()), "sequences": {}, "seen": msgspec.to_builtins(at)}
    return made | ({"another": another.value} if another else {})


def _seen(device: dict[str, Any]) -> Reached:
    return msgspec.convert(device.get("seen", {}), Reached)


def _goes_on(device: dict[str, Any] | None, reached: Callable[[], Reached]) -> bool:
    """Whether the library is at least as far as this device was seen.

    It is asked after the machine's file was read: it only ever goes on, also meanwhile.
    """
    if device is None:
        return False
    at = reached()
    return at.with_(_seen(device)) == at


def _is_row(kept: str, row: str) -> bool:
    """Rows were kept under what was typed before they were kept under what is meant by it."""
    return kept == row or (not kept.startswith("\t") and row_of(people_in(kept), "") == row)
