"""Typed settings of the window with their defaults; what is not understood is ignored."""

from __future__ import annotations

import os
from pathlib import Path

import msgspec

from fieldnotes import paths


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """`side`: 'sell', 'market' or 'both'; `scheme`: 'system', 'light' or 'dark'."""

    side: str = "both"
    scheme: str = "system"
    window: tuple[int, int, int, int] | None = None  # x, y, width, height
    maximized: bool = False
    panes: tuple[int, ...] = ()
    recent_actions: tuple[str, ...] = ()


def read_settings() -> Settings:
    """As saved; the defaults where nothing is, or nothing that can be read."""
    try:
        return msgspec.json.decode(paths.settings_file().read_bytes(), type=Settings)
    except (OSError, msgspec.DecodeError):
        return Settings()


def write_settings(settings: Settings) -> None:
    """Keep them; the old file or the new one."""
    file = paths.settings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh: Path = file.with_name(f".{file.name}.{os.getpid()}")
    fresh.write_bytes(msgspec.json.encode(settings))
    fresh.replace(file)
