"""Choices of what is sent, kept by a name: "To marketing, weekly". They stay at home."""

from __future__ import annotations

from contextlib import suppress

import msgspec

from fieldnotes.domain.words import fold
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.changes import Changes, Done, Undo
from fieldnotes.operations.choosing import Wanted
from fieldnotes.operations.notebook import Notebook

LONGEST = 80
_CHANGES = Changes(sendings=True)


class PresetRefused(FieldnotesError):
    """No preset goes by this name, or none can."""


class Preset(msgspec.Struct, frozen=True):
    """What was clicked together, and what it is called."""

    name: str
    wanted: Wanted


def presets(notebook: Notebook) -> list[Preset]:
    """All of them, by name, but those that only a newer program understands."""
    told = []
    for name, body in notebook.library.presets.everything():
        with suppress(msgspec.ValidationError):
            told.append(Preset(name, msgspec.json.decode(body, type=Wanted)))
    return sorted(told, key=lambda preset: fold(preset.name))


def find_preset(notebook: Notebook, name: str) -> Preset:
    """The one that is called so, whatever its case. Raises PresetRefused."""
    for preset in presets(notebook):
        if fold(preset.name) == fold(name):
            return preset
    raise PresetRefused(f"There is no preset “{name}”.", "Save one in the window: Send notes.")


def save_preset(notebook: Notebook, name: str, wanted: Wanted) -> Done[str]:
    """Keep a choice in place of what is called so; returns the name. Raises PresetRefused."""
    name = _a_name(name)
    before = _called(notebook, name)
    return _put(notebook, before, Preset(name, wanted), "saving of a preset")


def rename_preset(notebook: Notebook, name: str, new: str) -> Done[str]:
    """Call it `new`. Raises PresetRefused where another one is called so."""
    preset, new = find_preset(notebook, name), _a_name(new)
    taken = _called(notebook, new)
    if taken is not None and taken.name != preset.name:
        raise PresetRefused(f"There is a preset “{taken.name}” already.", "Choose another name.")
    return _put(notebook, preset, Preset(new, preset.wanted), "rename of a preset")


def remove_preset(notebook: Notebook, name: str) -> Done[str]:
    """Forget it. Raises PresetRefused."""
    return _put(notebook, find_preset(notebook, name), None, "removal of a preset")


def _put(notebook: Notebook, before: Preset | None, after: Preset | None, words: str) -> Done[str]:
    """Keep `after` in place of `before`; the way back is the other way round."""
    kept = notebook.library.presets
    with notebook.library.transaction():
        if before is not None:
            kept.drop(before.name)
        if after is not None:
            kept.put(after.name, msgspec.json.encode(after.wanted))
    undo = Undo(words, lambda book: _put(book, after, before, words))
    return Done(after.name if after else "", _CHANGES, undo)


def _called(notebook: Notebook, name: str) -> Preset | None:
    return next((p for p in presets(notebook) if fold(p.name) == fold(name)), None)


def _a_name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST:
        raise PresetRefused("A preset needs a short name.", "For example: To marketing, weekly.")
    return name
