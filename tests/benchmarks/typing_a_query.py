"""Typing queries of three words key by key in the real window, on a large library.

    python -m tests.benchmarks.typing_a_query LIBRARY [--queries 12] [--pace 120] [--screen]

*key to results*: from a key until the list has painted what was found for it, where the next key
has not overtaken it. *key to character*: until the search field has painted the letter. *frames*:
by how much a timer that fires every 4 ms on the window's thread is late, which is how long that
thread was away. --screen uses the display that DISPLAY names (xvfb-run), else into memory.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

if "--screen" not in sys.argv:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.main_window import MainWindow
from fieldnotes.operations.notebook import look_into
from fieldnotes.operations.search import make_ready
from fieldnotes.settings import Settings
from tests.benchmarks.search import drawn_words, quantiles
from tests.benchmarks.windows import main_window, rest, until

GOAL = "goals: key to results p95 at most 16 ms; frames p99 at most 16 ms"
_TICK_MS = 4


class PaintTimes(QObject):
    """When a widget was painted, in seconds of the performance counter."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.times: list[float] = []
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._on_painted)
        return False

    def _on_painted(self) -> None:
        self.times.append(time.perf_counter())


class Frames(QObject):
    """How long the window's thread was away, in milliseconds, time after time."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.away: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self, interval=_TICK_MS, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)

    def begin(self) -> None:
        """Look from now on."""
        self._last = time.perf_counter()
        self._timer.start()

    def _on_tick(self) -> None:
        now = time.perf_counter()
        self.away.append(max(0.0, (now - self._last) * 1000 - _TICK_MS))
        self._last = now


def main() -> None:
    """Print the quantiles."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("--queries", type=int, default=12)
    parser.add_argument("--pace", type=int, default=120, help="milliseconds between two keys")
    parser.add_argument("--screen", action="store_true")
    told = parser.parse_args()
    app = QApplication(sys.argv[:1])
    theme.apply(app, "light")
    with TemporaryDirectory() as temporary:
        os.environ["FIELDNOTES_MACHINE"] = temporary
        texts = _queries(told.library, told.queries)
        with main_window(told.library, Settings()) as window:
            _measure(window, texts, told.pace)
    print(GOAL)


def _queries(library: Path, count: int) -> list[str]:
    notebook = look_into(library)
    make_ready(notebook)
    words = drawn_words(notebook, random.Random(11), 3 * count)
    notebook.close()
    return [" ".join(words[at : at + 3]) for at in range(0, len(words), 3)]


def _measure(window: MainWindow, texts: list[str], pace: int) -> None:
    finder = window.notes.finder
    field = finder.search.findChild(QLineEdit)
    assert field is not None
    answered: list[float] = []
    finder.answered.connect(lambda: answered.append(time.perf_counter()))
    shown, letters, frames = PaintTimes(finder.list.viewport()), PaintTimes(field), Frames(window)
    results: list[float] = []
    characters: list[float] = []
    overtaken = 0
    gc.collect()
    gc.freeze()
    frames.begin()
    for text in texts:
        finder.search.clear()
        rest(600)
        field.setFocus()
        for letter in text:
            for seen in (answered, shown.times, letters.times):
                seen.clear()
            begun = time.perf_counter()
            QTest.keyClick(field, letter)
            until(_app(), lambda: bool(letters.times))
            characters.append((letters.times[0] - begun) * 1000)
            rest(max(1, pace - int((time.perf_counter() - begun) * 1000)))
            if answered:  # the same rows as before are not painted again
                after = [at for at in shown.times if at >= answered[0]]
                results.append((min(after, default=answered[0]) - begun) * 1000)
            else:
                overtaken += 1
    keys = sum(map(len, texts))
    print(f"{len(texts)} queries, {keys} keys, {pace} ms apart; overtaken: {overtaken}")
    print(f"  key to results    {quantiles(results)}")
    print(f"  key to character  {quantiles(characters)}")
    print(f"  frames            {quantiles(frames.away)}")


def _app() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


if __name__ == "__main__":
    main()
