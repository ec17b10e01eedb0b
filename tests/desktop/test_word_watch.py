"""The words of the notes are learned beside the window, once it is quiet."""

from __future__ import annotations

from pathlib import Path

from pytestqt.qtbot import QtBot

from fieldnotes.operations.notebook import open_notebook
from tests.builders import logged
from tests.desktop.conftest import Starter
from tests.desktop.libraries import SELLER, write


def test_words_are_learned_once_the_first_list_is_painted(
    start: Starter, tmp_path: Path, qtbot: QtBot
) -> None:
    folder = write(tmp_path, SELLER, logged)
    start(folder)
    notebook = open_notebook(folder)
    try:
        terms = notebook.library.records.terms
        assert not terms.is_ready()
        qtbot.waitUntil(terms.is_ready)
    finally:
        notebook.close()
