"""From a key to its character on the screen: the window to write in against a plain text field.

    python -m tests.benchmarks.key_to_character [--runs 6] [--names 100000] [--processes N]

Both fields get the same text, names and all, in one process, by turns; `names` accounts and as
many tags are there to be completed. The plain field has the place, size, font, line height and
ground of the window's, and paints its own ground as Qt has it, without a frame. A character counts
as shown when the event loop has painted the field after its key; what its thread worked for that
is told as well, which a busy machine does not blur. Between two keys the program has `PACE_MS`,
faster than anybody types.
--screen uses the display that DISPLAY names (xvfb-run), else Qt paints into memory.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

if "--screen" not in sys.argv:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QElapsedTimer, QEvent, QEventLoop, QObject, QPoint, QRect, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.capture.capture_window import CaptureWindow
from fieldnotes.desktop.runner import Runner
from fieldnotes.domain.drafts import Sign
from fieldnotes.operations.notebook import open_notebook
from tests.builders import logged

PACE_MS = 40
TEXT = (
    "They say we are too expensive in the first year. @brandt asks why they should pay for nights "
    "nobody works, and #pricin came up twice. The plant manager likes the rounds, the CFO wants "
    "three references before #renew and a call in the second week of May. "
)


class Key(NamedTuple):
    """Microseconds after a key: until it was shown, and what the window's thread worked for it."""

    shown: float
    worked: float


class Painted(QObject):
    """Knows whether a field was painted since it was last asked."""

    def __init__(self, field: QTextEdit) -> None:
        super().__init__(field)
        self.seen = False
        field.viewport().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.seen = True
        return False


def main() -> None:
    """Print both 95th percentiles and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=6)
    parser.add_argument("--names", type=int, default=100_000)
    parser.add_argument("--screen", action="store_true")
    parser.add_argument(
        "--processes", type=int, help="so many, one after the other, told together: each differs"
    )
    parser.add_argument("--raw", action="store_true", help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.processes:
        _report([pair for _ in range(told.processes) for pair in _in_a_process(told)])
        return
    app = QApplication(sys.argv[:1])
    theme.apply(app, "light")
    with tempfile.TemporaryDirectory() as temporary:
        os.environ["FIELDNOTES_MACHINE"] = str(Path(temporary) / "machine")
        notebook = open_notebook(Path(temporary) / "library", "Seller")
        logged(notebook, account="Halden Foods", tags=["pricing"])
        notebook.close()
        runner = Runner(Path(temporary) / "library")
        ours, beside = _ours(runner, told.names), QWidget()
        try:
            found = _measure(app, _plain(beside, ours.form.text), ours, told.runs)
            if told.raw:
                print(json.dumps(found))
            else:
                _report(found)
        finally:
            ours.close()
            runner.close()


def _in_a_process(told: argparse.Namespace) -> list[tuple[list[Key], list[Key]]]:
    """The pairs of runs that a process of its own measured."""
    command = [sys.executable, "-m", "tests.benchmarks.key_to_character", "--raw"]
    command += ["--runs", str(told.runs), "--names", str(told.names)]
    command += ["--screen"] if told.screen else []
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    pairs = json.loads(done.stdout.splitlines()[-1])
    return [([Key(*each) for each in one], [Key(*each) for each in other]) for one, other in pairs]


def _measure(
    app: QApplication, plain: QTextEdit, ours: CaptureWindow, runs: int
) -> list[tuple[list[Key], list[Key]]]:
    fields = (plain, ours.form.text)
    marks = {field: Painted(field) for field in fields}
    found = []
    for run in range(runs + 1):
        times: dict[QTextEdit, list[Key]] = {}
        for field in fields if run % 2 else fields[::-1]:
            field.window().activateWindow()
            field.setFocus()
            field.selectAll()
            QTest.keyClick(field, Qt.Key.Key_Delete)
            _rest(300)
            times[field] = [_typed(app, field, marks[field], letter) for letter in TEXT]
        if run:  # the first warms everything up
            found.append((times[fields[0]], times[fields[1]]))
    return found


def _typed(app: QApplication, field: QTextEdit, mark: Painted, letter: str) -> Key:
    """From the key to the end of the turn that painted it."""
    _rest(PACE_MS)
    mark.seen = False
    clock = QElapsedTimer()
    worked = time.thread_time_ns()
    clock.start()
    QTest.keyPress(field, letter)
    while not mark.seen:
        app.processEvents(
            QEventLoop.ProcessEventsFlag.AllEvents | QEventLoop.ProcessEventsFlag.WaitForMoreEvents
        )
    taken = Key(clock.nsecsElapsed() / 1000, (time.thread_time_ns() - worked) / 1000)
    QTest.keyRelease(field, letter)
    return taken


def _rest(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def _ours(runner: Runner, names: int) -> CaptureWindow:
    """The window with so many names of each sign, in the shape in which it asks for them."""
    window = CaptureWindow(runner)
    window.new_note()
    end = time.monotonic() + 30
    while not window.form.text.names and time.monotonic() < end:
        _rest(50)
    shape = type(next(iter(window.form.text.names.values())))
    known = [(f"{_WORDS[at % 50]} {_WORDS[at // 50 % 50]} {at}", 1 + at % 7) for at in range(names)]
    window.form.set_names({sign: shape(known) for sign in Sign})
    return window


def _plain(window: QWidget, like: QTextEdit) -> QTextEdit:
    """A QTextEdit as Qt makes it, where and as large as `like` and set like it."""
    window.resize(like.window().size())
    field = QTextEdit(window)
    field.setAcceptRichText(False)
    field.setProperty("bare", True)
    theme.styled(field, size="reading", ground="surface")
    field.setGeometry(QRect(like.mapTo(like.window(), QPoint(0, 0)), like.size()))
    field.document().setDocumentMargin(0)
    cursor = field.textCursor()
    cursor.setBlockFormat(like.textCursor().blockFormat())
    window.show()
    field.viewport().setAutoFillBackground(True)
    return field


def _report(found: list[tuple[list[Key], list[Key]]]) -> None:
    plain = [each for one, _other in found for each in one]
    ours = [each for _one, other in found for each in other]
    for what in ("shown", "worked"):
        one, other = ([getattr(each, what) for each in keys] for keys in (plain, ours))
        middle = statistics.median(one), statistics.median(other)
        late = _p95(one), _p95(other)
        print(f"{what} after, in µs, of {len(one)} keys each")
        print("    plain field {:.0f}, window {:.0f}: ratio of the medians".format(*middle),
              f"{middle[1] / middle[0]:.3f}")  # fmt: skip
        print("    plain field {:.0f}, window {:.0f}: ratio of the p95".format(*late),
              f"{late[1] / late[0]:.3f}")  # fmt: skip


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


_WORDS = (
    "brandt halden lumen norden kolvik marlpit thrapwick combreuil averill quellmann pricing"
    " discount renewal security onboarding reporting nights shifts rounds audit finance legal"
    " harbour dairy steel paper glass cable foods stores works lines ports mills farms labs"
    " clinic school bakery garage studio depot winery airport railway council museum laundry"
    " brewery foundry"
).split()


if __name__ == "__main__":
    main()
