"""The first page of a library and the window's settings, read by a process of their own.

A start spends most of its time on loading the window's library; meanwhile this process looks into
the notes on the machine's other core. It changes nothing: what is not ready to be looked at (no
library yet, an older or a newer one) is left to the window's own way of opening.

    python -c 'from fieldnotes.operations.first_look import main; main()' FOLDER
"""

from __future__ import annotations

import marshal
import os
import sys
from pathlib import Path

from fieldnotes.domain.query import Query
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.glances import find_glances
from fieldnotes.operations.notebook import look_into
from fieldnotes.settings import read_settings


def main() -> None:
    """Print what `fieldnotes.desktop.first_look` reads; exit 1 with nothing if that is not easy."""
    try:
        notebook = look_into(Path(sys.argv[1]))
        found = find_glances(notebook, Query(()))
        told = marshal.dumps((tuple(read_settings()), [tuple(note) for note in found.notes]))
    except FieldnotesError:
        os._exit(1)
    sys.stdout.buffer.write(told)
    sys.stdout.buffer.flush()
    os._exit(0)  # nothing was written, so nothing needs to be closed


if __name__ == "__main__":
    main()
