"""Folders on file systems that refuse: full ones, and ones that can only be read."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest


@contextmanager
def small_disk(place: Path, size: str = "2m") -> Iterator[Path]:
    """A disk of its own at `place`."""
    if os.geteuid() != 0:
        pytest.skip("NOT PROVED: only root may mount the small disk that this test fills")
    place.mkdir()
    _run("mount", "-t", "tmpfs", "-o", f"size={size}", "fieldnotes-test", str(place))
    try:
        yield place
    finally:
        _run("umount", "--lazy", str(place))


@contextmanager
def read_only(folder: Path) -> Iterator[Path]:
    """The same folder where nothing can be written: root ignores the modes of files."""
    place = folder.with_name(f"{folder.name}-read-only")
    if os.geteuid() != 0:
        folder.rename(place)
        _allow(place, 0o500, 0o400)
        yield place
        _allow(place, 0o700, 0o600)
        return
    place.mkdir()
    _run("mount", "--bind", str(folder), str(place))
    try:
        _run("mount", "-o", "remount,bind,ro", str(place))
        yield place
    finally:
        _run("umount", "--lazy", str(place))


def fill(folder: Path) -> Path:
    """Take all room on the disk of `folder`; the file that holds it."""
    ballast = folder / "ballast"
    with ballast.open("ab", buffering=0) as file:
        for piece in (1 << 16, 1 << 12, 1):
            try:
                while True:
                    file.write(bytes(piece))
            except OSError:
                continue
    return ballast


def _allow(folder: Path, on_folder: int, on_files: int) -> None:
    for file in folder.iterdir():
        file.chmod(on_files)
    folder.chmod(on_folder)


def _run(*command: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{' '.join(command)}: {done.stderr}"
