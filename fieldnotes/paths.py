"""The only module that knows where files live."""

from __future__ import annotations

import os
from pathlib import Path

APP = "fieldnotes"


def resources() -> Path:
    """The folder of icons, samples and help: inside the wheel, or beside the package."""
    package = Path(__file__).parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"


def package_parent() -> Path:
    """The folder that another Python has to look in to find the program."""
    return Path(__file__).absolute().parent.parent


def default_library() -> Path:
    """FIELDNOTES_LIBRARY, else the platform's data folder."""
    chosen = os.environ.get("FIELDNOTES_LIBRARY")
    return Path(chosen) if chosen else _data() / "library"


def sample_library() -> Path:
    """A library of its own for looking around with sample notes."""
    return _data() / "sample-library"


def machine_folder() -> Path:
    """What belongs to this machine and to no library: FIELDNOTES_MACHINE, else the platform's."""
    chosen = os.environ.get("FIELDNOTES_MACHINE")
    return Path(chosen) if chosen else _data() / "machine"


def settings_file() -> Path:
    """The window's own settings."""
    return machine_folder() / "settings.json"


def calendars_file() -> Path:
    """The calendar files that are watched on this machine."""
    return machine_folder() / "calendars.json"


def _data() -> Path:
    import platformdirs

    return Path(platformdirs.user_data_dir(APP, appauthor=False))
