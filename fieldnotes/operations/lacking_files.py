"""Attached files that a bundle names and does not bring, and those that it brings at last."""

from __future__ import annotations

from collections.abc import Iterable

from fieldnotes.domain.attachments import hashes_in, safe_name
from fieldnotes.domain.records import Copy
from fieldnotes.operations.import_plans import WRITTEN, FilePlan, Lacking, Line
from fieldnotes.operations.notebook import Notebook

_BLOBS = "blobs/"


def blobs_of(names: Iterable[str]) -> frozenset[str]:
    """The hashes of the attachments among entries of these names."""
    return frozenset(n.removeprefix(_BLOBS) for n in names if n.startswith(_BLOBS))


def look_for_files(notebook: Notebook, file: FilePlan, line: Line, good: list[Copy]) -> None:
    """Note what of a record's files is in neither the bundle nor the library, or comes late.

    `good`: its versions that would be taken; `line`: what becomes of it.
    """
    if line.left:
        return
    written, blobs = line.word in WRITTEN, notebook.library.blobs
    lacking: dict[str, str] = {}
    for copy in good:
        for sha256 in hashes_in(copy.values):
            # with a note that is written its files come anyway; else only what is not here counts
            if (sha256 in file.brings) is not written and blobs.size(sha256) is None:
                lacking[sha256] = _name(copy, sha256)
    if not lacking:
        return
    if written:
        file.lacks(Lacking(line.id, line.heading, lacking))
    else:
        file.late_files |= lacking.keys()
        file.late_notes.add(line.id)


def _name(copy: Copy, sha256: str) -> str:
    """What the file is called, as a reader may see it."""
    told = (value for value in copy.values.values() if isinstance(value, dict))
    name = next(each.get("name") for each in told if each.get("sha256") == sha256)
    return safe_name(name) if isinstance(name, str) else safe_name("")
