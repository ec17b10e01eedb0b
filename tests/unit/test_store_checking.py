"""A damaged row is found, wherever it lies, and told in one sentence."""

from __future__ import annotations

from typing import Any

import pytest
from sqlcipher3 import dbapi2

from fieldnotes.domain.notes import Attachment, Kind
from fieldnotes.domain.records import Reason
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.intake import take_over
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, remove_note
from tests.builders import a_note, an_exchange, at, logged


@pytest.fixture
def full(seller: Notebook, marketer: Notebook, tmp_path: Any) -> Notebook:
    """A library with something in every table."""
    sha256 = seller.library.blobs.put(b"a drawing of the shift plan")
    file = Attachment("00", "plan.png", "image/png", 27, sha256)
    for place, kind in enumerate(Kind):
        logged(
            seller,
            kind=kind,
            text=f"Number {place}",
            account="Pellinger Chemie",
            tags=["pricing", f"number:{place}"],
            competitors=("Quellmann",),
            happened=at(f"2026-0{place + 1}-01"),
            attachments=(file,),
        )
    note = logged(seller, text="Once")
    edit_note(seller, note, a_note(text="Twice"))
    remove_note(seller, logged(seller, text="Gone"), Reason.WRONG)
    logged(marketer, text="From the other side")
    an_exchange(marketer, seller)
    an_exchange(seller, marketer)
    (tmp_path / "rows.csv").write_text("body\nFrom a sheet\n")
    take_over(seller, tmp_path / "rows.csv")
    return seller


def test_a_library_that_was_used_is_as_it_should_be(full: Notebook) -> None:
    checked = check_library(full)
    assert checked.problems == []
    assert checked.records == 10


def test_checking_writes_nothing(full: Notebook) -> None:
    other = dbapi2.connect(str(full.library.folder / "library.db"))
    before = other.execute("PRAGMA data_version").fetchone()
    check_library(full)
    assert other.execute("PRAGMA data_version").fetchone() == before
    other.close()


DAMAGE = [
    "UPDATE history SET line = CAST(replace(CAST(line AS TEXT), 'Once', 'Onca') AS BLOB)"
    " WHERE instr(line, CAST('Once' AS BLOB))",
    "UPDATE history SET line = x'7b7d' WHERE seq = 3",
    "UPDATE history SET line = x'00' WHERE seq = 3",
    "UPDATE history SET line = substr(line, 2) WHERE seq = 3",
    "UPDATE history SET sha256 = zeroblob(32) WHERE seq = 3",
    "UPDATE history SET revision = zeroblob(32) WHERE seq = 3",
    "UPDATE history SET note_no = 999 WHERE seq = 3",
    "DELETE FROM history WHERE seq = 3",
    "DELETE FROM history WHERE seq = (SELECT max(seq) FROM history)",
    "UPDATE facts SET happened = happened + 1 WHERE note_no = 3",
    "UPDATE facts SET modified = modified + 1 WHERE note_no = 3",
    "UPDATE facts SET kind = kind + 1 WHERE note_no = 3",
    "UPDATE facts SET kind = NULL WHERE note_no = 3",
    "UPDATE facts SET account = NULL WHERE note_no = 3",
    "UPDATE facts SET author = 99 WHERE note_no = 3",
    "UPDATE facts SET marking = 'clear' WHERE note_no = 3",
    "UPDATE facts SET removed = 'wrong' WHERE note_no = 3",
    "UPDATE facts SET removed = NULL WHERE removed = 'wrong'",
    "UPDATE facts SET versions = 2 WHERE note_no = 3",
    "UPDATE facts SET masked = 1 - masked WHERE note_no = 3",
    "UPDATE facts SET current = 1 WHERE note_no = 3",
    "UPDATE facts SET plain = '' WHERE note_no = 3",
    "UPDATE facts SET plain = '-' WHERE plain <> '-'",
    "UPDATE facts SET id = zeroblob(16) WHERE note_no = 3",
    "UPDATE facts SET place = place + 1000 WHERE note_no = 3",
    "DELETE FROM facts WHERE note_no = 3",
    "UPDATE rollups SET n = n + 1 WHERE name = 0 AND month = (SELECT min(month) FROM rollups)",
    "DELETE FROM rollups WHERE name != 0",
    "INSERT INTO rollups VALUES (99, 24000, 1, 1)",
    "UPDATE names SET name = 'Pellinger Chemia' WHERE name = 'Pellinger Chemie'",
    "UPDATE names SET folded = 'other' WHERE name = 'Quellmann'",
    "DELETE FROM names WHERE name = 'Quellmann'",
    "UPDATE people SET standing = 'known' WHERE no = 1",
    "UPDATE people SET card = CAST(replace(CAST(card AS TEXT), 'Wren', 'Wran') AS BLOB)",
    "UPDATE about SET value = 'another' WHERE key = 'library'",
    "UPDATE batches SET at = at + 1",
    "UPDATE bundles SET manifest = x'7b7d'",
    "UPDATE arrivals SET note_no = 999",
    "UPDATE sendings SET recipient = 'Somebody Else'",
    "UPDATE sent_revisions SET note_no = 999",
    "UPDATE intake_rows SET row = '77'",
    "DELETE FROM words WHERE rowid = (SELECT place FROM facts WHERE note_no = 3)",
    "INSERT INTO words (rowid, text, more, filters) VALUES (5, 'stray', '', 'x')",
    "DELETE FROM words_docsize WHERE id = (SELECT min(id) FROM words_docsize)",
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_found(full: Notebook, damage: str) -> None:
    connection = full.library.connection
    before = connection.total_changes
    connection.execute(damage)
    assert connection.total_changes > before
    checked = check_library(full)
    assert checked.problems != []
    assert all("\n" not in problem for problem in checked.problems)


@pytest.mark.parametrize("at_byte", [0, 1, 5, 20, 60])
def test_a_flipped_byte_of_the_index_is_found(full: Notebook, at_byte: int) -> None:
    connection = full.library.connection
    blocks = connection.execute("SELECT id, block FROM words_data ORDER BY length(block) DESC")
    number, block = blocks.fetchall()[0]
    broken = bytearray(block)
    broken[at_byte] ^= 0x5A
    connection.execute("UPDATE words_data SET block = ? WHERE id = ?", (bytes(broken), number))
    assert check_library(full).problems != []


def test_a_damaged_attachment_is_found(full: Notebook) -> None:
    blobs = full.library.blobs.connection
    blobs.execute("UPDATE blobs SET content = x'00'")
    assert check_library(full).problems != []
