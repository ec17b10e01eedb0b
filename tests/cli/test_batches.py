"""What was read in, listed and taken back on the command line."""

from __future__ import annotations

from pathlib import Path

from fieldnotes.domain.records import Reason
from fieldnotes.operations.attachments import Source, attach
from fieldnotes.operations.notes import remove_note
from tests.builders import Opener, a_note, logged, sent
from tests.cli.commands import Type


def read_in(fieldnotes: Type, notebooks: Opener, tmp_path: Path) -> str:
    seller = notebooks("Wren Tolliver")
    logged(seller, text="They find it too dear")
    path = tmp_path / "from-wren.fieldnotes"
    sent(seller, path)
    return str(fieldnotes("import", path, "--accept-new", "--json").json["batch"])


def test_import_says_which_attached_files_no_file_brings(
    fieldnotes: Type, notebooks: Opener, tmp_path: Path
) -> None:
    seller, path = notebooks(), tmp_path / "notes.fieldnotes"
    file = attach(seller, Source("offer.pdf", lambda: b"offer")).attachment
    note = logged(seller, a_note(text="Norden visit", attachments=(file,)))
    whole = tmp_path / "whole.fieldnotes"
    sent(seller, whole)
    seller.library.blobs.loosen({file.sha256: 1})
    seller.library.blobs.drop_loose({file.sha256: 1})
    sent(seller, path)
    said = fieldnotes("import", path, "--accept-new", "--json")
    missing = {"id": note, "heading": "Norden visit", "files": ["offer.pdf"]}
    assert said.json["missing"] == [missing]
    assert said.err == "not in any file: offer.pdf: Norden visit\n"
    later = fieldnotes("import", whole, "--json")
    assert (later.json["late"], "missing" in later.json) == (1, False)


def test_an_import_is_undone_by_its_batch(
    fieldnotes: Type, notebooks: Opener, tmp_path: Path
) -> None:
    batch = read_in(fieldnotes, notebooks, tmp_path)
    said = fieldnotes("undo-import", batch, "--json")
    assert said.status == 0
    assert {key: said.json[key] for key in ("reversed", "kept", "failed")} == {
        "reversed": 1,
        "kept": 0,
        "failed": 0,
    }
    assert fieldnotes("find", "--count").out == "0\n"


def test_an_import_is_undone_once(fieldnotes: Type, notebooks: Opener, tmp_path: Path) -> None:
    batch = read_in(fieldnotes, notebooks, tmp_path)
    fieldnotes("undo-import", batch)
    again = fieldnotes("undo-import", batch)
    assert again.status == 1
    assert "undone already" in again.err


def test_batches_are_listed(fieldnotes: Type, notebooks: Opener, tmp_path: Path) -> None:
    batch = read_in(fieldnotes, notebooks, tmp_path)
    (told,) = fieldnotes("batches", "--json").lines
    assert (told["batch"], told["senders"], told["undone"]) == (batch, ["Wren Tolliver"], None)
    assert batch in fieldnotes("batches").out


def test_what_stays_says_why(fieldnotes: Type, notebooks: Opener, tmp_path: Path) -> None:
    batch = read_in(fieldnotes, notebooks, tmp_path)
    fieldnotes("import", tmp_path / "from-wren.fieldnotes")
    said = fieldnotes("undo-import", batch)
    assert "They find it too dear: another file brought it as well" in said.out


def test_what_undoing_would_do_is_told_before(
    fieldnotes: Type, notebooks: Opener, tmp_path: Path
) -> None:
    batch = read_in(fieldnotes, notebooks, tmp_path)
    said = fieldnotes("undo-import", batch, "--plan", "--json")
    assert (said.json["reversed"], said.json["left"]) == (1, [])
    [told] = said.json["back"]
    assert (told["heading"], told["becomes"]) == ("They find it too dear", "goes again")
    assert fieldnotes("find", "--count").out == "1\n"


def test_a_batch_that_was_undone_still_says_from_whom_it_was(
    fieldnotes: Type, notebooks: Opener, tmp_path: Path
) -> None:
    batch = read_in(fieldnotes, notebooks, tmp_path)
    fieldnotes("undo-import", batch)
    (told,) = fieldnotes("batches", "--json").lines
    assert told["senders"] == ["Wren Tolliver"]
    assert told["undone"] is not None
    assert (told["counts"]["new"], told["counts"]["reversed"]) == (1, 1)


def test_many_removals_need_a_word_of_their_own(
    fieldnotes: Type, notebooks: Opener, tmp_path: Path
) -> None:
    seller, path = notebooks(), tmp_path / "notes.fieldnotes"
    notes = [logged(seller, text=f"Note {number}") for number in range(4)]
    sent(seller, path)
    fieldnotes("import", path, "--accept-new")
    for note in notes[:2]:
        remove_note(seller, note, Reason.ERASE)
    sent(seller, path)
    held = fieldnotes("import", path, "--accept-new", "--json")
    assert (held.status, held.json["removed"], held.json["not_accepted"]) == (1, 0, 2)
    assert "So many removals at once need your yes" in held.err
    assert fieldnotes("find", "--count").out == "4\n"
    agreed = fieldnotes("import", path, "--accept-removals", "--json")
    assert (agreed.status, agreed.json["removed"]) == (0, 2)
    assert fieldnotes("find", "--count").out == "2\n"
