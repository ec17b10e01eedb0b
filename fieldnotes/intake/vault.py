"""A folder of Markdown pages, such as an Obsidian vault → rows of named cells: one boundary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import Protocol

from fieldnotes.domain.note_columns import is_ours
from fieldnotes.domain.vault_pages import FILES, INDEX, columns_in
from fieldnotes.errors import IntakeRefused
from fieldnotes.intake.front_matter import Unreadable, split_page
from fieldnotes.intake.rows import Cells, Row

PAGES = (".md", ".markdown")
LARGEST_PAGE = 8 << 20
MOST_FILES = 200_000
_HEADING = re.compile(r"\A\s*# +(.*?)[ \t]*#*[ \t]*(?:\n|\Z)")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Vault(Protocol):
    """Pages and other files by name, with `/` between folders."""

    def names(self) -> list[str]:
        """Every file, in a stable order. Raises IntakeRefused."""

    def read(self, name: str, at_most: int) -> bytes | None:
        """What is in it; None where it is not there or larger. Raises IntakeRefused."""


class Folder:
    """A vault that is a folder on this computer; what links elsewhere is no part of it."""

    def __init__(self, path: Path) -> None:
        self._path = path.resolve()

    def names(self) -> list[str]:
        """As in Vault, without what is hidden."""
        found: list[str] = []
        waiting = [self._path]
        try:
            while waiting:
                for each in sorted(waiting.pop().iterdir()):
                    if each.is_symlink() or each.name.startswith("."):
                        continue
                    if each.is_dir():
                        waiting.append(each)
                    elif each.is_file():
                        found.append(each.relative_to(self._path).as_posix())
                if len(found) > MOST_FILES:
                    raise IntakeRefused("This folder holds too many files.", "Choose a part of it.")
        except OSError as error:
            raise IntakeRefused(f"{self._path.name} could not be read.", "Check it.") from error
        return sorted(found)

    def read(self, name: str, at_most: int) -> bytes | None:
        """As in Vault; nothing outside of the folder."""
        place = self._path / name
        try:
            inside = place.resolve().is_relative_to(self._path)
            if not inside or not place.is_file() or place.stat().st_size > at_most:
                return None
            return place.read_bytes()
        except (OSError, ValueError):  # ValueError: a name that no disk takes
            return None


class Page:
    """One page alone, beside nothing."""

    def __init__(self, path: Path) -> None:
        self._folder, self._name = Folder(path.parent), path.name

    def names(self) -> list[str]:
        """The one."""
        return [self._name]

    def read(self, name: str, at_most: int) -> bytes | None:
        """As in Vault."""
        return self._folder.read(name, at_most) if name == self._name else None


def read_pages(vault: Vault) -> Iterator[Row]:
    """A row for every page, `where` it lies. Pages that list others are left out."""
    pages = [name for name in vault.names() if name.lower().endswith(PAGES) and _seen(name)]
    for number, name in enumerate(pages, 1):
        content = vault.read(name, LARGEST_PAGE)
        if content is None:
            yield Row(number, None, "it is too long or cannot be read", name)
            continue
        try:
            properties, page = split_page(content.decode("utf-8", errors="replace"))
        except Unreadable as error:
            yield Row(number, None, str(error), name)
            continue
        if INDEX in properties:
            continue
        if is_ours(properties):
            told: Cells = dict(columns_in(properties, page))
            told[FILES] = properties.get(FILES)
            yield Row(number, told, where=name)
        else:
            yield Row(number, _theirs(name, properties, page), where=name)


def _seen(name: str) -> bool:
    return not any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)


def _theirs(name: str, properties: Cells, page: str) -> Cells:
    """Somebody else's page: its title is the heading above, else the name of the file."""
    cells = {key: value for key, value in properties.items() if value is not None}
    page = page.replace("\r\n", "\n")
    stem = PurePosixPath(name).stem
    if heading := _HEADING.match(page):
        page = page[heading.end() :]
        cells.setdefault("title", heading[1])
    elif page.strip() and not _DAY.fullmatch(stem):
        cells.setdefault("title", stem)
    if _DAY.fullmatch(stem) and "date" not in cells:
        cells["date"] = stem  # a daily note
    if isinstance(tags := cells.get("tags"), list):
        cells["tags"] = [str(tag).removeprefix("#") for tag in tags]
    cells["text"] = page.strip()
    return cells
