"""Typed settings of the window with their defaults; what is not understood is ignored."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from fieldnotes import paths, typed_json

if TYPE_CHECKING:
    from pathlib import Path


class Settings(NamedTuple):
    """`side`: 'sell', 'market' or 'both'; `scheme`: 'system', 'light' or 'dark'.

    `one_detail`: whether a new note is asked for the one detail that helps; `said_before`: whether
    somebody who types is told what was logged before.
    `one_detail`: whether a new note is asked for the one detail that helps; `density`: how close
    the rows of the list stand, 'comfortable' or 'compact'.
    Plain tuples: they are read in one process and shown by another, before msgspec is loaded.
    """

    side: str = "both"
    scheme: str = "system"
    window: tuple[int, int, int, int] | None = None  # x, y, width, height
    one_detail: bool = True
    said_before: bool = True
    maximized: bool = False
    panes: tuple[int, ...] = ()
    list_box: tuple[int, int, int, int] | None = None  # where the list stood in that window
    recent_actions: tuple[str, ...] = ()
    team_folder: str = ""  # where files for others go, '' before somebody said
    watched_folder: str = ""  # where files of others appear, '' for nowhere
    density: str = "comfortable"
    facets: bool = False  # counts beside the list
    flip_key: str | None = None  # for the card in every program, '' for none, None: as it comes


def read_settings() -> Settings:
    """As saved; the defaults where nothing is, or nothing that can be read."""
    try:
        told = paths.settings_file().read_bytes()
    except OSError:
        return Settings()
    return typed_json.decode(told, Settings) or Settings()


def write_settings(settings: Settings) -> None:
    """Keep them; the old file or the new one."""
    file = paths.settings_file()
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh: Path = file.with_name(f".{file.name}.{os.getpid()}")
    fresh.write_bytes(typed_json.encode(settings))
    fresh.replace(file)
