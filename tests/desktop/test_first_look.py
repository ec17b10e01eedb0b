"""The list that is seen before the rest of the window is loaded."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from fieldnotes.desktop.first_look import look_ahead
from fieldnotes.desktop.notes.rows import rows_of
from fieldnotes.desktop.program import Program
from fieldnotes.desktop.single_instance import Message
from fieldnotes.desktop.widgets.note_row import NoteListRole
from fieldnotes.domain.query import Query
from fieldnotes.operations.glances import find_glances
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.settings import Settings, write_settings
from tests.builders import logged
from tests.desktop.libraries import SELLER, write

PAINTED = """
import enum, json, os, sys
from pathlib import Path
from fieldnotes.desktop.app import build

def tell():
    kinds = list(enum.Enum.__subclasses__())
    for kind in kinds:
        kinds += kind.__subclasses__()
    names = [kind.__qualname__ for kind in kinds]
    rows = [window.list.notes.row(n).title for n in range(window.list.notes.rowCount())]
    print(json.dumps({
        "rows": rows,
        "namespace": [name for name in names if name.startswith("Qt.")],
        "modules": sorted(sys.modules),
    }), flush=True)
    os._exit(0)

app, window = build(Path(sys.argv[1]))
window.painted.connect(tell)
app.exec()
"""


def two_notes(notebook: Notebook) -> None:
    logged(notebook, title="They ask for a discount", text="A fifth.", account="Lumen Foods")
    logged(notebook, title="Kolvik came by", text="With a price list.", tags=["pricing"])


def ahead(folder: Path):  # type: ignore[no-untyped-def]
    process = look_ahead(folder)
    assert process is not None
    return process.take(patience=60)


def test_what_is_read_ahead_is_what_the_library_says(tmp_path: Path) -> None:
    write_settings(Settings(side="sell", scheme="dark", panes=(200, 400)))
    folder = write(tmp_path, SELLER, two_notes)
    first = ahead(folder)
    notebook = open_notebook(folder)
    assert first.notes == find_glances(notebook, Query(())).notes
    assert first.settings == Settings(side="sell", scheme="dark", panes=(200, 400))
    notebook.close()


def test_looking_ahead_writes_nothing(tmp_path: Path) -> None:
    folder = write(tmp_path, SELLER, two_notes)
    before = {file.name: file.read_bytes() for file in folder.glob("*.db")}
    assert ahead(folder)
    assert before == {file.name: file.read_bytes() for file in folder.glob("*.db")}


def test_without_a_library_or_a_note_there_is_nothing_to_be_seen_ahead(tmp_path: Path) -> None:
    assert ahead(tmp_path / "nowhere") is None
    assert ahead(write(tmp_path, SELLER, lambda notebook: None)) is None


def test_a_library_that_has_to_be_made_ready_is_not_looked_into(tmp_path: Path) -> None:
    folder = write(tmp_path, SELLER, two_notes)
    header = (folder / "library.db").read_bytes()
    (folder / "library.db").write_bytes(header[:60] + (99).to_bytes(4, "big") + header[64:])
    assert ahead(folder) is None
    (folder / "library.db").write_bytes(header)
    (folder / "drafts.db").unlink()
    assert ahead(folder) is None
    assert not (folder / "drafts.db").exists()


def test_the_first_list_is_painted_before_anything_heavy_is_loaded(tmp_path: Path) -> None:
    folder = write(tmp_path, SELLER, two_notes)
    done = subprocess.run(
        [sys.executable, "-c", PAINTED, str(folder)], capture_output=True, text=True, check=True
    )
    told = json.loads(done.stdout)
    assert told["rows"] == ["Kolvik came by", "They ask for a discount"]
    assert told["namespace"] == []  # all of Qt's enumerations: a seventh of a bare start
    loaded = {"msgspec", "sqlcipher3", "fieldnotes.store", "fieldnotes.operations"}
    loaded |= {"Xlib", "jeepney", "fieldnotes.desktop.global_key"}
    assert not loaded & set(told["modules"])


def test_the_window_is_furnished_around_the_first_list(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = write(tmp_path, SELLER, two_notes)
    first = ahead(folder)
    program = Program(qapp, folder)
    with qtbot.waitSignal(program.ready):
        program.start(Message(), first)
    window = program.window
    assert window is not None
    qtbot.waitUntil(lambda: window.notes.reader.reading is not None)
    qtbot.waitUntil(lambda: window.notes.finder.list.isVisible())
    shown = [window.list.notes.row(n) for n in range(window.list.notes.rowCount())]
    assert [row.title for row in shown] == ["Kolvik came by", "They ask for a discount"]
    program.close()
    program.deleteLater()


def test_a_window_closed_at_once_stays_closed(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = write(tmp_path, SELLER, two_notes)
    program = Program(qapp, folder)
    window = program.show_first(ahead(folder))
    with qtbot.waitSignal(window.closed):
        window.close()
    qtbot.wait(50)
    assert program.window is None
    program.close()
    program.deleteLater()


def test_the_list_stands_where_it_stood_before(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    folder = write(tmp_path, SELLER, two_notes)
    program = Program(qapp, folder)
    with qtbot.waitSignal(program.ready):
        program.start(Message())
    assert program.window is not None
    qtbot.waitUntil(program.window.list.isVisible)
    write_settings(program.window.place(Settings()))
    found = program.window.list
    whole = found.mapTo(program.window, found.rect().topLeft()), found.size()
    program.close()
    again = program.show_first(ahead(folder))
    assert (again.list.pos(), again.list.size()) == whole
    program.close()
    program.deleteLater()


def test_rows_are_dated_by_the_wall_time_of_the_note(tmp_path: Path) -> None:
    folder = write(tmp_path, SELLER, two_notes)
    notes = ahead(folder).notes
    from fieldnotes.domain.moments import wall_time

    day = wall_time(notes[0].happened).date()
    assert rows_of(notes, day)[0].day.startswith("Today")


def test_the_numbers_of_roles_are_qts_own() -> None:
    role = Qt.ItemDataRole
    qts = (NoteListRole.SHOWN, NoteListRole.TIP, NoteListRole.SPOKEN)
    assert (role.DisplayRole, role.ToolTipRole, role.AccessibleTextRole) == qts
    assert min(set(NoteListRole) - set(qts)) > role.UserRole


def test_a_copied_library_is_looked_into_where_it_lies(tmp_path: Path) -> None:
    folder = write(tmp_path, SELLER, two_notes)
    shutil.copytree(folder, tmp_path / "copy with a space")
    assert len(ahead(tmp_path / "copy with a space").notes) == 2
