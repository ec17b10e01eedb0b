"""A note with twenty photos of 12 megapixels against one with twenty texts, on the window's thread.

    python -m tests.benchmarks.attachments [--rounds 5]

The first round draws the small pictures, later ones read them; notes take turns, so that a machine
that drifts drifts for both. Printed: processor time of the window's thread from choosing the note
to its last picture, and the longest that the window did not answer.
"""

from __future__ import annotations

import argparse
import io
import os
import statistics
import tempfile
import time
from functools import partial
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from fieldnotes.desktop import theme
from fieldnotes.desktop.notes.reader_pane import ReaderPane
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.widgets.file_tiles import FileTiles
from fieldnotes.operations.attachments import Source, attach
from fieldnotes.operations.notebook import Notebook, open_notebook
from tests.builders import a_note, logged

FILES = 20
BEAT = 5  # ms


def a_photo(seed: int) -> bytes:
    """4032 × 3024 pixels of noise that a JPEG keeps large."""
    made = io.BytesIO()
    noise = Image.effect_noise((504, 378), 40 + seed).convert("RGB")
    noise.resize((4032, 3024)).save(made, "JPEG", quality=80)
    return made.getvalue()


def a_text(seed: int) -> bytes:
    """A thousand numbers."""
    return b"%d " % seed * 1000


def written(notebook: Notebook) -> tuple[str, str]:
    """The ids of both notes."""
    ids = []
    for name, content in (("jpg", a_photo), ("txt", a_text)):
        sources = (Source(f"{n}.{name}", partial(content, n)) for n in range(FILES))
        kept = tuple(attach(notebook, source).attachment for source in sources)
        ids.append(logged(notebook, a_note(title=name, attachments=kept)))
    return ids[0], ids[1]


def shown(pane: ReaderPane, note_id: str, pictures: int) -> tuple[float, float]:
    """(ms of this thread's processor time, longest ms without an answer) until all is shown."""
    loop = QEventLoop()
    gaps: list[float] = []
    last = time.monotonic()

    def beat() -> None:
        nonlocal last
        now = time.monotonic()
        gaps.append(now - last)
        last = now

    def count() -> None:
        """The note is there: its pictures follow, one signal each."""
        if pane.reading is None or pane.reading.view.id != note_id:
            return
        left = pictures

        def arrived() -> None:
            nonlocal left
            left -= 1
            if not left:
                loop.quit()

        pane.findChildren(FileTiles)[-1].files.dataChanged.connect(arrived)
        if not left:
            loop.quit()

    pane.shown.connect(count)
    timer = QTimer(interval=BEAT)
    timer.timeout.connect(beat)
    timer.start()
    begun = time.thread_time()
    pane.show_note(note_id)
    loop.exec()
    spent = time.thread_time() - begun
    pane.shown.disconnect(count)
    beat()
    return spent * 1000, max(gaps) * 1000 - BEAT


def main() -> None:
    """Play it and print the figures."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--rounds", type=int, default=5)
    rounds = arguments.parse_args().rounds
    app = QApplication([])
    theme.apply(app, "light")
    with tempfile.TemporaryDirectory() as folder:
        notebook = open_notebook(Path(folder) / "library", "Wren Tolliver")
        photos, texts = written(notebook)
        notebook.close()
        runner = Runner(Path(folder) / "library")
        pane = ReaderPane(runner)
        pane.resize(760, 900)
        pane.show()
        shown(pane, texts, 0)  # loads what the first note loads
        told: dict[str, list[tuple[float, float]]] = {"photos": [], "texts": []}
        for _ in range(rounds):
            told["photos"].append(shown(pane, photos, FILES))
            told["texts"].append(shown(pane, texts, 0))
        pane.close()
        runner.close()
    for name, figures in told.items():
        first, later = figures[0], figures[1:] or figures
        spent, gap = (statistics.median(each) for each in zip(*later, strict=True))
        print(
            f"{name}: first {first[0]:.1f} ms, longest pause {first[1]:.1f} ms;"
            f" then {spent:.1f} ms, longest pause {gap:.1f} ms"
        )


if __name__ == "__main__":
    main()
