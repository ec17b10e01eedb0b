"""Notes as a folder of Markdown pages that Obsidian opens, or the same in a ZIP."""

from __future__ import annotations

import os
import shutil
import unicodedata
import zipfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

import msgspec

from fieldnotes.bundle.writer import part_of, put_file
from fieldnotes.domain.attachments import safe_name
from fieldnotes.domain.note_columns import Columns
from fieldnotes.domain.vault_pages import INDEX, page_name, page_of, shortened
from fieldnotes.errors import SendingRefused

Put = Callable[[str, bytes], None]


class Page(msgspec.Struct, frozen=True):
    """A note as it is shown. `files`: (hex SHA-256, name) of what is attached."""

    columns: Columns
    heading: str
    files: tuple[tuple[str, str], ...] = ()


def write_vault(
    path: Path, pages: Iterable[Page], content: Callable[[str], bytes | None], made: datetime
) -> None:
    """A ZIP where the name ends so, else a new folder. `content`: of a file, by its hash.

    `notes/` one page a note, `attachments/` what is attached, `accounts/` what there is of each.
    Raises SendingRefused, also for a folder that is there and not empty.
    """
    if path.suffix.lower() == ".zip":
        put_file(path, lambda part: _fill_zip(part, pages, content, made))
    else:
        _put_folder(path, lambda part: _fill_folder(part, pages, content))


def _fill_zip(
    part: Path, pages: Iterable[Page], content: Callable[[str], bytes | None], made: datetime
) -> None:
    with zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as zipped:

        def put(name: str, written: bytes) -> None:
            info = zipfile.ZipInfo(name, max(made.timetuple()[:6], (1980, 1, 1, 0, 0, 0)))
            info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            zipped.writestr(info, written)

        _fill(put, pages, content)


def _fill_folder(part: Path, pages: Iterable[Page], content: Callable[[str], bytes | None]) -> None:
    def put(name: str, written: bytes) -> None:
        place = part / name
        place.parent.mkdir(exist_ok=True)
        with place.open("wb") as file:
            file.write(written)
            file.flush()
            os.fsync(file.fileno())

    _fill(put, pages, content)


def _put_folder(path: Path, fill: Callable[[Path], None]) -> None:
    """Write beside the place, flush, rename: the whole folder or none."""
    part = part_of(path)
    try:
        if path.exists() and (not path.is_dir() or any(path.iterdir())):
            raise SendingRefused(f"{path.name} is there already.", "Choose a new folder.")
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir()
        fill(part)
        for folder in (*filter(Path.is_dir, part.iterdir()), part):
            _flush(folder)
        if path.exists():
            path.rmdir()  # empty; only where folders may not be replaced is it gone for a moment
        part.rename(path)
        _flush(path.parent)
    except OSError as error:
        raise SendingRefused(
            f"{path.name} could not be written: {error.strerror or 'the disk refused'}.",
            "Choose another folder, or free some space.",
        ) from error
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _flush(folder: Path) -> None:
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            with suppress(OSError):  # not every disk can flush a folder
                os.fsync(handle)
        finally:
            os.close(handle)


def _fill(put: Put, pages: Iterable[Page], content: Callable[[str], bytes | None]) -> None:
    names, beside = _Names(), _Beside(put, content)
    accounts: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        files = [beside.place(*file) for file in page.files]
        name = names.free(page_name(str(page.columns.get("day", "")), page.heading))
        put(f"notes/{name}.md", _written(*page_of(page.columns, files)))
        if account := page.columns.get("account"):
            accounts[str(account)].append(name)
    indexes = _Names()
    for account in sorted(accounts):
        name = indexes.free(page_name("", account))
        links = "".join(f"- [[{note}]]\n" for note in sorted(accounts[account], reverse=True))
        put(f"accounts/{name}.md", _written({INDEX: True, "account": account}, links))


class _Names:
    """File names that differ on every system, also where capitals and accents make none."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def free(self, name: str, ending: str = "") -> str:
        for number in _from_two():
            tried = f"{name}{number}{ending}"
            key = unicodedata.normalize("NFKC", tried.casefold()).casefold()
            if key not in self._taken:
                self._taken.add(key)
                return tried
        raise AssertionError("numbers do not end")


def _from_two() -> Iterator[str]:
    yield ""
    number = 2
    while True:
        yield f" {number}"
        number += 1


class _Beside:
    """The attached files: each content under each name once."""

    def __init__(self, put: Put, content: Callable[[str], bytes | None]) -> None:
        self._put, self._content = put, content
        self._names = _Names()
        self._places: dict[tuple[str, str], str] = {}

    def place(self, sha256: str, name: str) -> str:
        """Where it lies, '' where it is not here."""
        if (sha256, name) not in self._places:
            self._places[sha256, name] = self._add(sha256, name)
        return self._places[sha256, name]

    def _add(self, sha256: str, name: str) -> str:
        written = self._content(sha256)
        if written is None:
            return ""
        stem, stop, ending = safe_name(name).rpartition(".")
        if not stop:
            stem, ending = ending, ""
        free = self._names.free(shortened(stem), f".{shortened(ending, 20)}" if stop else "")
        self._put(f"attachments/{free}", written)
        return f"attachments/{free}"


def _written(properties: dict[str, Any], page: str) -> bytes:
    import yaml

    day = properties.get("day")
    if isinstance(day, str) and day:
        with suppress(ValueError):
            properties = {**properties, "day": date.fromisoformat(day)}
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    above = yaml.dump(properties, Dumper=dumper, allow_unicode=True, sort_keys=False, width=1 << 30)
    return f"---\n{above}---\n{page}".encode()
