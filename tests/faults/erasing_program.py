"""Erases a note and goes on until nothing is left; whoever starts it kills it somewhere.

python -m tests.faults.erasing_program LIBRARY NOTE
"""

from __future__ import annotations

import sys
from pathlib import Path

from fieldnotes.domain.records import Reason
from fieldnotes.operations.erasing import finish_erasing
from fieldnotes.operations.notebook import open_notebook
from fieldnotes.operations.notes import remove_note


def main(folder: Path, note: str) -> None:
    notebook = open_notebook(folder)
    remove_note(notebook, note, Reason.ERASE)
    finish_erasing(notebook)
    print("done")
    notebook.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
