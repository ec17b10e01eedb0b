"""A seller attaches, marketing has it: without the place, and only what was meant for them."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldnotes.bundle.reader import open_bundle
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.notes import Attachment
from fieldnotes.domain.records import Reason
from fieldnotes.domain.selections import Selection
from fieldnotes.operations.attachments import Source, attach
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import remove_note, show_note
from fieldnotes.operations.sending_plans import plan_sending
from tests.builders import Opener, a_note, an_exchange, logged, sent
from tests.photos import PLACE, a_photo, opened, pixels
from tests.second_reader import read as read_by_somebody_else

RED = "red"


def a_file(notebook: Notebook, name: str, content: bytes) -> Attachment:
    return attach(notebook, Source(name, lambda: content)).attachment


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_photo_with_its_place_arrives_without_it(seller: Notebook, marketer: Notebook) -> None:
    photo = a_photo()
    file = a_file(seller, "shelf.jpg", photo)
    note = logged(seller, a_note(text="Their shelf", attachments=(file,)))
    exchange = an_exchange(seller, marketer)
    [arrived] = show_note(marketer, note).note.attachments
    content = marketer.library.blobs.get(arrived.sha256)
    assert content is not None
    assert pixels(content) == pixels(photo)
    assert not opened(content).getexif().get_ifd(0x8825)
    assert PLACE not in exchange.path.read_bytes()
    assert PLACE not in everything_in(seller.library.folder)
    assert PLACE not in everything_in(marketer.library.folder)
    assert check_library(marketer).ok


def test_the_marking_of_an_attachment_decides(
    tmp_path: Path, seller: Notebook, marketer: Notebook
) -> None:
    private, shown = a_file(seller, "me.txt", b"private"), a_file(seller, "all.txt", b"shown")
    note = logged(
        seller,
        a_note(attachments=(private, shown)),
        marks={f"attachments.{private.id}": RED},
    )
    plan = plan_sending(seller, Selection())
    assert plan.files == {shown.sha256: 5}
    assert plan.items[0].hidden == (("File: me.txt", "Marked “Only me”"),)
    exchange = an_exchange(seller, marketer)
    with open_bundle(exchange.path) as bundle:
        assert list(bundle.blobs()) == [(shown.sha256, b"shown")]
    assert [each.name for each in show_note(marketer, note).note.attachments] == ["all.txt"]
    assert b"private" not in everything_in(marketer.library.folder)


def test_my_other_laptop_gets_what_only_i_may_see(
    seller: Notebook, notebooks: Opener, tmp_path: Path
) -> None:
    private = a_file(seller, "me.txt", b"private")
    logged(seller, a_note(attachments=(private,)), marks={f"attachments.{private.id}": RED})
    plan = plan_sending(seller, Selection(audience=Audience.MYSELF))
    assert plan.files == {private.sha256: 7}


def test_files_of_a_note_that_stays_stay_too(seller: Notebook) -> None:
    logged(seller, a_note(attachments=(a_file(seller, "a.txt", b"a"),)), see="me")
    assert plan_sending(seller, Selection()).files == {}


def test_somebody_else_s_reader_takes_a_file_with_attachments(
    tmp_path: Path, seller: Notebook
) -> None:
    logged(seller, a_note(attachments=(a_file(seller, "shelf.jpg", a_photo()),)))
    path = tmp_path / "notes.fieldnotes"
    sent(seller, path)
    read_by_somebody_else(path)


def test_a_file_that_is_not_here_is_passed_on_by_name(
    seller: Notebook, marketer: Notebook, notebooks: Opener
) -> None:
    file = a_file(seller, "plan.txt", b"The plan")
    note = logged(seller, a_note(attachments=(file,)))
    an_exchange(seller, marketer)
    marketer.library.blobs.loosen({file.sha256: 1})
    marketer.library.blobs.drop_loose({file.sha256: 1})
    third = notebooks("Ines Rowe")
    an_exchange(marketer, third)
    assert show_note(third, note).note.attachments == (file,)
    assert third.library.blobs.hashes() == []


def test_a_removal_elsewhere_keeps_the_files_that_others_share(
    seller: Notebook, marketer: Notebook
) -> None:
    shared, alone = a_file(seller, "a.txt", b"shared"), a_file(seller, "b.txt", b"alone")
    note = logged(seller, a_note(attachments=(shared, alone)))
    logged(seller, a_note(attachments=(shared,)))
    an_exchange(seller, marketer)
    remove_note(seller, note, Reason.ERASE)
    an_exchange(seller, marketer, removals=True)
    assert marketer.library.blobs.hashes() == [shared.sha256]


@pytest.mark.parametrize("changed", [b"The pl4n", b""])
def test_content_that_is_not_what_its_hash_says_is_found_by_check(
    seller: Notebook, changed: bytes
) -> None:
    logged(seller, a_note(attachments=(a_file(seller, "plan.txt", b"The plan"),)))
    seller.library.blobs.connection.execute("UPDATE blobs SET content = ?", (changed,))
    assert check_library(seller).problems == ["An attachment is damaged."]
