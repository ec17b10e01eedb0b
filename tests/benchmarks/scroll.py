"""A page down, a turn of the wheel and a jump in the list, against a plain list of text rows.

    python -m tests.benchmarks.scroll [LIBRARY] [--frames 200] [--screen] [--compact]

The real window on a library (looked at, not changed; without one the list alone on a million rows
that are made up). A frame goes from the key, the wheel or the scroll bar to the end of the turn
that painted it. Its rows may still be blank, so the time until all of them are told is printed as
well, and what the window's thread worked for the frame, which a busy machine blurs less. The floor
is a QListView of 1,000 rows of uniform size with 100 of them in sight, in the same run, by turns.
--screen uses the display that DISPLAY names (xvfb-run), else Qt paints into memory.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

if "--screen" not in sys.argv:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import (
    QPoint,
    QPointF,
    QStringListModel,
    Qt,
)
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.note_list import NoteListView
from fieldnotes.desktop.widgets.note_list_model import Groups
from fieldnotes.desktop.widgets.note_row import NoteRow
from fieldnotes.settings import Settings
from tests.benchmarks.windows import Painted, main_window, rest, until

MADE_UP = 1_000_000
GOAL = "goal: p95 of a page at most 8 ms, p99 of all frames at most 16 ms"
_SEED = 7
_PACE_MS = 16


class Frame(NamedTuple):
    """Milliseconds until it was shown, and what the window's thread worked for it."""

    shown: float
    worked: float


def main() -> None:
    """Print p50, p95, p99 and the longest of each kind of frame."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("library", type=Path, nargs="?")
    parser.add_argument("--frames", type=int, default=200)
    parser.add_argument("--screen", action="store_true")
    parser.add_argument("--compact", action="store_true")
    told = parser.parse_args()
    app = QApplication(sys.argv[:1])
    theme.apply(app, "light")
    density = "compact" if told.compact else "comfortable"
    with TemporaryDirectory() as temporary:
        os.environ["FIELDNOTES_MACHINE"] = temporary
        opened = _found(told.library, density) if told.library else _made_up(density)
        with opened as view:
            print(f"{view.notes.rowCount():,} rows")
            _compare(app, _plain(), view, told.frames)
    print(GOAL)


def _compare(app: QApplication, plain: QListView, ours: NoteListView, frames: int) -> None:
    acts = {"a page down": _page, "a turn of the wheel": _wheel, "a jump": _jump}
    for name, act in acts.items():
        floor, found, worked, whole = [], [], [], []
        marks = {view: Painted(view) for view in (plain, ours)}
        for _ in range(frames):
            floor.append(_frame(app, plain, marks[plain], act).shown)
            begun = time.perf_counter()
            frame = _frame(app, ours, marks[ours], act)
            found.append(frame.shown)
            worked.append(frame.worked)
            until(app, lambda: _is_told(ours))
            whole.append((time.perf_counter() - begun) * 1000)
        _print(f"{name}: a plain list", floor)
        _print(f"{name}: the notes", found)
        _print(f"{name}: the notes, worked", worked)
        _print(f"{name}: until all rows are told", whole)


def _frame(
    app: QApplication,
    view: QAbstractItemView,
    mark: Painted,
    act: Callable[[QAbstractItemView], None],
) -> Frame:
    """From the event to the end of the turn that painted."""
    rest(_PACE_MS)
    mark.seen = False
    begun, worked = time.perf_counter(), time.thread_time()
    act(view)
    until(app, lambda: mark.seen)
    return Frame((time.perf_counter() - begun) * 1000, (time.thread_time() - worked) * 1000)


def _page(view: QAbstractItemView) -> None:
    bar = view.verticalScrollBar()
    if bar.value() >= bar.maximum() - bar.pageStep():
        QTest.keyClick(view, Qt.Key.Key_Home)
    else:
        QTest.keyClick(view, Qt.Key.Key_PageDown)


def _wheel(view: QAbstractItemView) -> None:
    bar, port = view.verticalScrollBar(), view.viewport()
    down = -1 if bar.value() < bar.maximum() - 2 * bar.pageStep() else 1
    middle = QPointF(port.rect().center())
    turn = QWheelEvent(
        middle,
        QPointF(port.mapToGlobal(middle.toPoint())),
        QPoint(),
        QPoint(0, 120 * down),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(port, turn)


def _jump(view: QAbstractItemView) -> None:
    bar = view.verticalScrollBar()
    to = _chance.randrange(bar.maximum())
    bar.setValue(to if to != bar.value() else to + 1)


_chance = random.Random(_SEED)


def _is_told(view: NoteListView) -> bool:
    port = view.viewport().rect()
    corners = (view.indexAt(QPoint(9, y)) for y in range(0, port.height(), 40))
    return all(not at.isValid() or view.notes.told_at(at.row()) for at in corners)


def _print(name: str, times: list[float]) -> None:
    ordered = sorted(times)

    def part(share: float) -> float:
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]

    print(
        f"{name:44s} p50 {part(0.5):6.2f}   p95 {part(0.95):6.2f}   p99 {part(0.99):6.2f}"
        f"   max {ordered[-1]:6.2f} ms"
    )


def _plain() -> QListView:
    made = QListView()
    made.setUniformItemSizes(True)
    made.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    model = QStringListModel([f"A row of plain text, number {n}" for n in range(1_000)], made)
    made.setModel(model)
    made.show()
    made.resize(448, 100 * made.sizeHintForRow(0))
    made.setCurrentIndex(model.index(0))
    return made


@contextmanager
def _found(library: Path, density: str) -> Iterator[NoteListView]:
    with main_window(library, Settings(density=density)) as window:
        yield window.list


@contextmanager
def _made_up(density: str) -> Iterator[NoteListView]:
    view = NoteListView("Notes", density=density)
    order = array("q", range(MADE_UP, 0, -1))
    starts = array("q", range(0, MADE_UP, 250))
    view.notes.set_order(order, Groups(starts, lambda group: f"Day {group}"))

    def tell(first: int, last: int) -> None:
        keys = view.notes.missing(first, last)
        if keys:
            view.notes.fill([_row(key) for key in keys], keys)

    view.seen.connect(tell, Qt.ConnectionType.QueuedConnection)
    view.resize(448, 620)
    view.show()
    view.go_to_first()
    yield view
    view.close()


def _row(key: int) -> NoteRow:
    return NoteRow(
        id=str(key),
        kind=("competitor", "objection", "win", "pitch")[key % 4],
        title=f"They gave year {key} away to win the renewal",
        snippet=f"The champion of site {key % 977} thinks that it is a bluff, the board does not",
        account=f"Account {key % 5_003}",
        tags=("pricing", f"tag-{key % 301}"),
        when=f"{key % 24:02}:{key % 60:02}",
        sent=not key % 3,
        place=key,
    )


if __name__ == "__main__":
    main()
