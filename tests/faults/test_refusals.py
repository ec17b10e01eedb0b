"""Every write and sync of the real window fails once: nothing is lost, and the window says so."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from fieldnotes.domain.query import EVERYTHING
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.drafts import list_drafts
from fieldnotes.operations.notebook import open_notebook
from fieldnotes.operations.search import find_notes
from tests.faults.strace import traced

ROOT = Path(__file__).parents[2]
SYNCS = "fsync,fdatasync"  # a build of the engine has one or the other
SENTENCES = {
    "EIO": "The disk reported an error. Check it, then try again.",
    "ENOSPC": "The disk is full. Free some space; what you typed is still here.",
}

# One command a line: "type WORDS", "save"; the answer says what a person sees then.
WINDOW = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QEventLoop, QTimer, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from fieldnotes.desktop import theme
from fieldnotes.desktop.capture.capture_window import CaptureWindow
from fieldnotes.desktop.runner import Runner

app = QApplication([])
theme.apply(app, "light")
runner = Runner(Path(sys.argv[1]))
window = CaptureWindow(runner)
window.new_note()

def wait(*signals):
    loop = QEventLoop()
    for signal in signals:
        signal.connect(loop.quit)
    QTimer.singleShot(20_000, loop.quit)
    loop.exec()

def settled():
    loop = QEventLoop()
    window._keeper.read(lambda notebook: None, lambda _: loop.quit(), lambda _: loop.quit())
    loop.exec()

said = []
runner.crashed.connect(lambda error: said.append(f"crashed: {error!r}"))
window.saved.connect(lambda _: said.append("saved"))
print(os.getpid(), flush=True)
for line in sys.stdin:
    word, _, words = line.rstrip("\\n").partition(" ")
    said.clear()
    if word == "type":
        QTest.keyClicks(window.form.text, words)
        wait(window._keeper.kept, window._keeper.failed, runner.crashed)
    elif word == "save":
        QTest.keyClick(window.form.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        while window.saving.busy:
            app.processEvents()
    settled()
    app.processEvents()
    shown = window.notice.words() if window.notice.isVisible() else ""
    print("|".join([",".join(said), shown, window.form.text.text()]), flush=True)
runner.close()
"""


class Window:
    """The real window in a process of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", WINDOW, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=ROOT,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(ROOT)},
        )
        self.pid = int(self._line())

    def __call__(self, command: str) -> list[str]:
        """(what happened, what the notice says, what stands in the text)."""
        assert self._process.stdin is not None
        self._process.stdin.write(command + "\n")
        self._process.stdin.flush()
        return self._line().rstrip("\n").split("|")

    def close(self) -> None:
        with self._process:
            assert self._process.stdin is not None
            self._process.stdin.close()

    def _line(self) -> str:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, "the window has ended"
        return line


@pytest.fixture(scope="module")
def window() -> Iterator[Window]:
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None) as temporary:
        folder = Path(temporary) / "library"
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("FIELDNOTES_MACHINE", temporary + "/machine")
            open_notebook(folder, "Wren Tolliver").close()
            made = Window(folder)
        yield made
        made.close()


@pytest.fixture(autouse=True)
def _on_the_machine_of_the_window(window: Window, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FIELDNOTES_MACHINE", str(window.folder.parent / "machine"))


@pytest.mark.parametrize(
    ("command", "error", "calls"),
    [
        ("save", "EIO", "pwrite64"),
        ("save", "EIO", SYNCS),
        ("type", "ENOSPC", "pwrite64"),
        ("type", "EIO", SYNCS),
        pytest.param("save", "ENOSPC", "pwrite64", marks=pytest.mark.long),
        pytest.param("type", "EIO", "pwrite64", marks=pytest.mark.long),
    ],
)
def test_a_disk_that_refuses_at_any_call_takes_nothing_from_the_screen(
    window: Window, command: str, error: str, calls: str, tmp_path: Path
) -> None:
    log = tmp_path / "calls"
    refused, call = 0, 1
    while True:
        text = f"{command} {error} {calls} at call {call}"
        window(f"type {text}")
        with traced(window.pid, window.folder, f"{calls}:error={error}:when={call}", log):
            happened, shown, stands = window("type ." if command == "type" else "save")
        assert "crashed" not in happened
        injected = "(INJECTED)" in log.read_text()
        if happened == "saved":
            assert (shown, stands) == ("", "")
        elif command == "save":
            refused += 1
            assert injected
            assert (happened, shown, stands) == ("", SENTENCES[error], text)
        else:
            assert stands == text + "."
            assert shown in ("", SENTENCES[error])
            refused += shown != ""
        if happened != "saved":
            happened, shown, stands = window("save")  # the disk is well again
            assert (happened, shown, stands) == ("saved", "", "")
        if not injected:
            break
        call += 1
    assert refused >= (1 if calls == SYNCS else 2), f"only {refused} of {call} calls were felt"
    assert found(window.folder, f"{command} {error} {calls}") == call


def found(folder: Path, words: str) -> int:
    """How many notes hold these words, each once; nothing else is left over."""
    notebook = open_notebook(folder)
    try:
        assert check_library(notebook).problems == []
        assert list_drafts(notebook) == []
        texts = [view.note.text for view in find_notes(notebook, EVERYTHING, 1000).notes]
        assert len(set(texts)) == len(texts)
        return sum(text.startswith(words) for text in texts)
    finally:
        notebook.close()
