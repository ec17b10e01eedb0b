"""A second start raises the first one and hands over what it was asked to do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from fieldnotes.desktop.single_instance import Message, SingleInstance

HAND_OVER = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from fieldnotes.desktop.single_instance import Message, SingleInstance

app = QCoreApplication([])
second = SingleInstance(Path(sys.argv[1]))
print(second.first, second.hand_over(Message(files=tuple(sys.argv[2:]), capture=True)))
"""


@pytest.fixture
def first(tmp_path: Path, qapp: object) -> Iterator[SingleInstance]:
    instance = SingleInstance(tmp_path / "library")
    instance.listen()
    yield instance
    instance.close()
    instance.deleteLater()


def test_the_first_start_is_the_one_that_shows_windows(first: SingleInstance) -> None:
    assert first.first


def test_a_second_start_hands_over_its_files(
    first: SingleInstance, tmp_path: Path, qtbot: QtBot
) -> None:
    command = [sys.executable, "-c", HAND_OVER, tmp_path / "library", "/a b.fieldnotes"]
    with qtbot.waitSignal(first.received, timeout=20_000) as received:
        second = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert received.args == [Message(files=("/a b.fieldnotes",), capture=True)]
    out, _ = second.communicate(timeout=20)
    assert out.split() == ["False", "True"]


def test_another_library_is_another_program(first: SingleInstance, tmp_path: Path) -> None:
    other = SingleInstance(tmp_path / "another")
    assert other.first
    other.close()


def test_after_the_first_ended_the_next_one_is_first(tmp_path: Path, qapp: object) -> None:
    one = SingleInstance(tmp_path / "library")
    one.listen()
    one.close()
    two = SingleInstance(tmp_path / "library")
    assert two.first
    two.close()


def test_a_program_that_was_killed_leaves_the_way_free(tmp_path: Path, qapp: object) -> None:
    script = HAND_OVER.split("print")[0] + "import os; os.kill(os.getpid(), 9)"
    subprocess.run([sys.executable, "-c", script, tmp_path / "library"], check=False)
    instance = SingleInstance(tmp_path / "library")
    assert instance.first
    instance.close()


@pytest.mark.parametrize("bytes_sent", [b"\n", b"not json\n", b'{"files": 7}\n', b"\xff\xfe\n"])
def test_what_is_no_message_is_refused(
    first: SingleInstance, qtbot: QtBot, bytes_sent: bytes
) -> None:
    got: list[object] = []
    first.received.connect(got.append)
    socket = QLocalSocket()
    socket.connectToServer(first._name)
    socket.write(bytes_sent)
    socket.flush()
    qtbot.waitUntil(lambda: socket.state() == QLocalSocket.LocalSocketState.UnconnectedState)
    assert got == []


def test_nobody_answers_when_nobody_listens(
    tmp_path: Path, qapp: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldnotes.desktop.single_instance._PATIENCE", 200)
    assert not SingleInstance(tmp_path / "library").hand_over(Message())
