"""A library on disk: made once, never touched by an older program, and nothing waits unsaved."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from sqlcipher3 import dbapi2

from fieldnotes.domain.markings import DEFAULT
from fieldnotes.domain.notes import NoteDraft
from fieldnotes.domain.records import Reason
from fieldnotes.errors import LibraryRefused
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.notes import edit_note, log_note, remove_note, show_note, signed_version
from fieldnotes.operations.saving import settle_outbox
from tests.builders import Opener, TickingClock, a_note, counted, found, logged

DATABASES = ("library.db", "drafts.db", "blobs.db")


def bytes_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("database", DATABASES)
def test_a_newer_library_is_refused_and_not_touched(
    tmp_path: Path, seller: Notebook, database: str
) -> None:
    logged(seller)
    seller.close()
    folder = seller.library.folder
    connection = dbapi2.connect(str(folder / database))
    connection.execute("PRAGMA user_version=99")
    connection.close()
    before = bytes_of(folder)
    with pytest.raises(LibraryRefused, match="newer version"):
        open_notebook(folder, machine_folder=tmp_path / "machine")
    assert bytes_of(folder) == before


def test_a_file_that_is_no_library_is_refused_and_not_touched(tmp_path: Path) -> None:
    folder = tmp_path / "library"
    folder.mkdir()
    (folder / "library.db").write_bytes(b"my shopping list\n" * 20)
    before = bytes_of(folder)
    with pytest.raises(LibraryRefused, match="not a Fieldnotes library"):
        open_notebook(folder, machine_folder=tmp_path / "machine")
    assert bytes_of(folder) == before


def test_opening_again_finds_everything(seller: Notebook, tmp_path: Path) -> None:
    note = logged(seller, text="Still here")
    seller.close()
    again = open_notebook(seller.library.folder, machine_folder=tmp_path / "wren-tolliver-machine")
    assert show_note(again, note).note.text == "Still here"
    assert (again.owner, again.device) == (seller.owner, seller.device)
    again.close()


def test_a_name_given_later_does_not_change_the_owner(seller: Notebook) -> None:
    seller.close()
    again = open_notebook(seller.library.folder, "Somebody Else")
    assert again.owner.name == "Wren Tolliver"
    again.close()


def test_the_same_folder_on_another_machine_is_another_device(
    seller: Notebook, tmp_path: Path
) -> None:
    other = open_notebook(seller.library.folder, machine_folder=tmp_path / "another-machine")
    assert other.device != seller.device
    other.close()


def test_the_same_library_in_another_folder_is_another_device(
    seller: Notebook, tmp_path: Path
) -> None:
    seller.close()
    shutil.copytree(seller.library.folder, tmp_path / "copy")
    machine = tmp_path / "wren-tolliver-machine"
    other = open_notebook(tmp_path / "copy", machine_folder=machine)
    assert other.device != seller.device
    other.close()


MAKE = """
import sys
from pathlib import Path
from fieldnotes.operations.notebook import open_notebook
from fieldnotes.operations.notes import log_note
from fieldnotes.domain.notes import Note, NoteDraft
sys.stdin.readline()
notebook = open_notebook(Path(sys.argv[1]), sys.argv[2], machine_folder=Path(sys.argv[3]))
log_note(notebook, NoteDraft(id=notebook.new_id(), note=Note(text="From " + sys.argv[2])))
print(notebook.owner.author, notebook.library.id, notebook.device)
notebook.close()
"""


@pytest.mark.parametrize("round_", range(3))
def test_programs_that_make_one_library_at_once_share_it(tmp_path: Path, round_: int) -> None:
    folder, machine = tmp_path / "library", tmp_path / "machine"
    running = [
        subprocess.Popen(
            [sys.executable, "-c", MAKE, str(folder), f"Number {number}", str(machine)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for number in range(4)
    ]
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [process.communicate(timeout=60) for process in running]
    assert [process.returncode for process in running] == [0] * 4, told
    assert len({said for said, _ in told}) == 1
    notebook = open_notebook(folder, machine_folder=machine)
    while not settle_outbox(notebook):
        pass
    assert counted(notebook) == 4
    assert check_library(notebook).problems == []
    notebook.close()


def test_a_library_without_an_owner_gets_one(tmp_path: Path, seller: Notebook) -> None:
    """Killed between the file and its owner."""
    seller.close()
    folder = seller.library.folder
    connection = dbapi2.connect(str(folder / "library.db"))
    for table in ("owner", "people", "about"):
        connection.execute(f"DELETE FROM {table}")
    connection.commit()
    connection.close()
    again = open_notebook(folder, "Ines Rowe", machine_folder=tmp_path / "machine")
    assert again.owner.name == "Ines Rowe"
    again.close()


# --- saving while something long writes -------------------------------------------------------


class Lock:
    """Somebody else who writes to library.db for long."""

    def __init__(self, notebook: Notebook) -> None:
        self._connection = dbapi2.connect(
            str(notebook.library.folder / "library.db"), isolation_level=None
        )

    def __enter__(self) -> Any:
        self._connection.execute("BEGIN IMMEDIATE")
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.execute("ROLLBACK")
        self._connection.close()


def test_a_note_saved_meanwhile_is_durable_and_shown(seller: Notebook) -> None:
    before = logged(seller, text="Saved before")
    with Lock(seller):
        begun = time.monotonic()
        note = logged(seller, text="Saved meanwhile", tags=["pricing"], see="me")
        assert time.monotonic() - begun < 5
        assert seller.library.outbox.waiting()[0].revision.id == note
        assert show_note(seller, note).waiting
        assert found(seller) == [note, before]
        assert found(seller, "meanwhile tag:pricing see:me author:wren") == [note]
        assert found(seller, "meanwhile -tag:pricing") == []
        assert (counted(seller), counted(seller, "meanwhile")) == (2, 1)
    assert settle_outbox(seller)
    assert not show_note(seller, note).waiting
    assert (counted(seller), found(seller)) == (2, [note, before])
    assert seller.library.outbox.waiting() == []
    assert check_library(seller).problems == []


def test_a_note_edited_twice_meanwhile_counts_once(seller: Notebook) -> None:
    note = logged(seller, text="At first")
    with Lock(seller):
        edit_note(seller, note, a_note(text="Then"))
        edit_note(seller, note, a_note(text="Finally"))
        assert (counted(seller), counted(seller, "finally"), counted(seller, "then")) == (1, 1, 0)
        assert (found(seller, "first"), found(seller, "finally")) == ([], [note])
        assert show_note(seller, note).note.text == "Finally"
    assert settle_outbox(seller)
    view = show_note(seller, note)
    assert (view.note.text, view.rev, view.versions) == ("Finally", 3, 1)
    assert check_library(seller).problems == []


def test_a_note_removed_meanwhile_is_gone_at_once(seller: Notebook) -> None:
    note = logged(seller)
    with Lock(seller):
        remove_note(seller, note, Reason.WRONG)
        assert (found(seller), counted(seller)) == ([], 0)
        assert show_note(seller, note).removed == "wrong"
    assert settle_outbox(seller)
    assert (found(seller), counted(seller)) == ([], 0)


def test_what_waits_is_applied_by_whoever_opens_next(seller: Notebook, tmp_path: Path) -> None:
    """Killed between "Saved" and the library."""
    draft = NoteDraft(id=seller.new_id(), note=a_note(text="Only saved"), marking=DEFAULT.value)
    seller.library.outbox.put(signed_version(seller, draft))
    seller.close()
    again = open_notebook(seller.library.folder, machine_folder=tmp_path / "machine")
    assert found(again, "saved") == [draft.id]
    assert settle_outbox(again)
    assert found(again, "saved") == [draft.id]
    assert again.library.outbox.waiting() == []
    again.close()


def test_what_was_applied_but_still_waits_is_applied_once(seller: Notebook) -> None:
    """Killed between the library's commit and the end of the waiting."""
    draft = NoteDraft(id=seller.new_id(), note=a_note(text="Applied"))
    copy = signed_version(seller, draft)
    seller.library.outbox.put(copy)
    with seller.library.transaction():
        seller.library.records.put(draft.id, [copy])
    assert (counted(seller), found(seller)) == (1, [draft.id])
    assert settle_outbox(seller)
    assert (counted(seller), show_note(seller, draft.id).rev) == (1, 1)
    assert check_library(seller).problems == []


def test_saving_on_and_on_writes_over_the_log_instead_of_making_it_longer(
    seller: Notebook,
) -> None:
    log = seller.library.folder / "drafts.db-wal"
    sizes = []
    for _ in range(3):
        for _ in range(40):
            logged(seller)
        sizes.append(log.stat().st_size)
    assert sizes[0] == sizes[1] == sizes[2] < 512 * 1024
    assert seller.library.outbox.waiting() == []
    assert check_library(seller).problems == []


def test_what_waits_of_one_record_is_not_what_only_speaks_of_it(seller: Notebook) -> None:
    with Lock(seller):
        note = logged(seller)
        other = logged(seller, text=f"Like {note}", heard_from_note=note)
        [mine] = seller.library.outbox.waiting_of(note)
        assert mine.revision.id == note
        assert len(seller.library.outbox.waiting_of(other)) == 1
    assert seller.library.outbox.waiting_of(seller.new_id()) == []


def test_a_saved_version_takes_its_draft_with_it(seller: Notebook) -> None:
    draft = NoteDraft(id=seller.new_id(), note=a_note())
    seller.library.drafts.keep(draft.id, "capture", b"{}", 1)
    other = seller.new_id()
    seller.library.drafts.keep(other, "capture", b"{}", 2)
    log_note(seller, draft)
    assert [each for each, _, _ in seller.library.drafts.all()] == [other]


def test_two_notebooks_on_one_library_see_each_other(notebooks: Opener, tmp_path: Path) -> None:
    one = notebooks("Wren Tolliver")
    other = open_notebook(
        one.library.folder, clock=TickingClock(), machine_folder=tmp_path / "wren-tolliver-machine"
    )
    seen = other.library.changes()
    note = logged(one, account="Pellinger Chemie", tags=["pricing"])
    assert other.library.changes() != seen
    assert found(other, "account:pellinger* tag:pricing") == [note]
    edit_note(other, note, a_note(text="By the other", tags=["support"]))
    assert found(one, "tag:support") == [note]
    assert check_library(one).digest == check_library(other).digest
    assert check_library(one).problems == []
    other.close()


def test_a_transaction_that_failed_leaves_no_half_of_it(seller: Notebook) -> None:
    note = logged(seller)
    draft = NoteDraft(id=seller.new_id(), note=a_note(account="Never Seen", tags=["never"]))
    copy = signed_version(seller, draft)
    with suppress(KeyboardInterrupt), seller.library.transaction():
        seller.library.records.put(draft.id, [copy])
        raise KeyboardInterrupt
    assert found(seller) == [note]
    logged(seller, account="Never Seen", tags=["never"])
    assert counted(seller, "tag:never account:never*") == 1
    assert check_library(seller).problems == []


def test_thousands_of_notes_of_one_second_cost_the_same_each(seller: Notebook) -> None:
    """Counted in steps of SQLite's machine, which no busy neighbour slows down."""
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    def cost(count: int) -> int:
        nonlocal steps
        drafts = [
            NoteDraft(id=seller.new_id(), note=a_note(happened=seller_second)) for _ in range(count)
        ]
        versions = [signed_version(seller, draft) for draft in drafts]
        steps = 0
        seller.library.connection.set_progress_handler(step, 100)
        with seller.library.transaction():
            for draft, version in zip(drafts, versions, strict=True):
                seller.library.records.put(draft.id, [version])
        seller.library.connection.set_progress_handler(None, 0)
        return steps

    seller_second = seller.clock()
    first = cost(1000)
    cost(2000)
    assert cost(1000) < 2 * first
    assert counted(seller) == 4000
