"""The templates that ship and the owner's own: list them, save one, refuse broken files."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import msgspec

from fieldnotes import paths
from fieldnotes.domain.templates import (
    LARGEST,
    SUFFIX,
    Template,
    TemplateRefused,
    file_name,
    read_template,
    write_template,
)
from fieldnotes.domain.words import fold
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.notebook import Notebook

_MOST = 500  # files that are looked at


class Templates(msgspec.Struct, frozen=True):
    """`found`: the owner's first, by name; `refused`: one sentence for each file that is not."""

    found: tuple[Template, ...]
    refused: tuple[str, ...] = ()


def list_templates(notebook: Notebook) -> Templates:
    """Every template that can be chosen. One of the owner's hides a shipped one of its name."""
    own = _read(own_folder(notebook))
    shipped = _read(paths.resources() / "templates")
    names = {fold(template.name) for template in own.found}
    others = tuple(each for each in shipped.found if fold(each.name) not in names)
    return Templates(own.found + others, own.refused + shipped.refused)


def save_template(notebook: Notebook, template: Template) -> Done[Path]:
    """Put a template into the library's folder. Raises TemplateRefused, also for a name in use."""
    folder = own_folder(notebook)
    if fold(template.name) in {fold(each.name) for each in _read(folder).found}:
        raise TemplateRefused(
            f"You have a template called {template.name} already.", "Choose another name."
        )
    path = _free(folder, template.name)
    content = write_template(template).encode()
    read_template(content, path.name)  # what could not be read again is not written
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        _put(path, content)
    except OSError as error:
        raise TemplateRefused(
            f"The template could not be saved: {error.strerror or 'the disk refused'}.",
            "Free some space, or check the folder of your library.",
        ) from error
    return Done(path, Changes())


def own_folder(notebook: Notebook) -> Path:
    """Where the owner's templates lie."""
    return notebook.library.folder / "templates"


def _read(folder: Path) -> Templates:
    found, refused = [], []
    for path in _files(folder):
        try:
            found.append(read_template(_content(path), path.name))
        except TemplateRefused as error:
            refused.append(str(error))
    found.sort(key=lambda template: fold(template.name))
    return Templates(tuple(found), tuple(refused))


def _files(folder: Path) -> Iterator[Path]:
    with suppress(OSError):
        named = sorted(path for path in folder.iterdir() if path.suffix.lower() == SUFFIX)
        yield from named[:_MOST]


def _content(path: Path) -> bytes:
    """At most one byte more than is allowed; what is no file of its own is not opened."""
    try:
        if not path.is_file():
            raise OSError("no file")
        with path.open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise TemplateRefused(
            f"The template {path.name} cannot be read.", "Check the file, or take it away."
        ) from error


def _free(folder: Path, name: str) -> Path:
    path = folder / file_name(name)
    number = 2
    while path.exists():
        path = folder / f"{file_name(name).removesuffix(SUFFIX)}-{number}{SUFFIX}"
        number += 1
    return path


def _put(path: Path, content: bytes) -> None:
    """The whole file or none of it."""
    with tempfile.NamedTemporaryFile(dir=path.parent, suffix=".part", delete=False) as file:
        part = Path(file.name)
        try:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        except OSError:
            file.close()
            part.unlink(missing_ok=True)
            raise
    part.replace(path)
