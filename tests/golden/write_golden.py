"""Make the golden files of a version, once, at its release: `… -m tests.golden.write_golden N`.

They are never made again: later versions must open what an earlier one wrote.
"""

from __future__ import annotations

import sys
import tempfile
import zipfile
from pathlib import Path

from msgspec.structs import replace

from fieldnotes.domain.notes import Contact, Quote
from fieldnotes.domain.records import Reason
from fieldnotes.domain.selections import Selection
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.notes import edit_note, remove_note, show_note
from tests.builders import a_notebook, logged, sent

HERE = Path(__file__).parent


def main(version: str) -> None:
    """A library of four notes and the file it sends."""
    with tempfile.TemporaryDirectory() as temporary:
        notebook = a_notebook(Path(temporary), "Wren Tolliver")
        first = logged(
            notebook,
            kind="objection",
            text="Too expensive beside Kolvik.\nDecision in März.",
            account="Halden Foods",
            competitors=("Kolvik",),
            tags=("pricing", "industry:food"),
            quotes=(Quote("00", "Why pay in year one?", "CFO"),),
            contacts=(Contact("00", "Ada Brandt", "CFO", "ada@example.com"),),
        )
        edit_note(notebook, first, replace(show_note(notebook, first).note, worked="partly"))
        logged(notebook, kind="win", text="Nine days to go live.", account="Halden Foods")
        removed = logged(notebook, kind="note", text="Wrong customer.")
        remove_note(notebook, removed, Reason.WRONG)
        logged(notebook, kind="competitor", text="日本語 and café.", competitors=("Kolvik",))
        sent(notebook, HERE / f"version-{version}.fieldnotes", Selection(recipient="Marketing"))
        folder = notebook.library.folder
        print(check_library(notebook))
        notebook.close()
        with zipfile.ZipFile(HERE / f"library-{version}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            for file in sorted(folder.glob("*.db")):
                archive.write(file, file.name)


if __name__ == "__main__":
    main(sys.argv[1])
