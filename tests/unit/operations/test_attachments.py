"""Attach, look, hand out a copy, and forget: content first, then what refers to it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from fieldnotes.domain.attachments import LARGEST, AttachmentRefused
from fieldnotes.domain.drafts import OpenDraft
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import Attachment, Note, NoteDraft
from fieldnotes.domain.records import Reason
from fieldnotes.operations.attachments import (
    Source,
    add_to_draft,
    attach,
    attach_all,
    copy_to_open,
    from_path,
    held,
    keep_again,
    save_copy,
    thumbnail,
)
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.drafts import forget_draft, keep_draft, list_drafts, read_draft
from fieldnotes.operations.loose_attachments import LOOSE_FOR, drop_loose, find_loose
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, remove_note, show_note, signed_version
from tests.builders import a_note, logged
from tests.photos import PLACE, a_photo, opened

FOREVER = 30 * 365 * 24 * 3600 * 1000


def a_file(notebook: Notebook, name: str = "plan.txt", content: bytes = b"The plan") -> Attachment:
    return attach(notebook, Source(name, lambda: content)).attachment


def swept(notebook: Notebook) -> int:
    """What an idle hour forgets."""
    loose = find_loose(notebook)
    return drop_loose(notebook, loose).result if loose else 0


def later(notebook: Notebook, ms: int = LOOSE_FOR + 1000) -> None:
    now = notebook.clock()
    notebook.clock = lambda: Moment(now.ms + ms, now.offset)


def a_draft(notebook: Notebook, *files: Attachment) -> OpenDraft:
    draft = OpenDraft(draft=NoteDraft(id=notebook.new_id(), note=Note(attachments=files)))
    keep_draft(notebook, draft)
    return draft


def test_a_photo_is_kept_without_its_place(seller: Notebook) -> None:
    attached = attach(seller, Source("IMG_1.JPG", a_photo))
    content = seller.library.blobs.get(attached.attachment.sha256)
    assert content is not None
    assert PLACE not in content
    assert not opened(content).getexif().get_ifd(0x8825)
    assert attached.attachment.size == len(content)
    assert attached.attachment.media == "image/jpeg"
    assert not attached.place_kept


def test_a_file_whose_place_cannot_be_taken_out_is_told(seller: Notebook) -> None:
    assert attach(seller, Source("offer.pdf", lambda: b"%PDF-1.7")).place_kept


def test_the_same_content_is_stored_once(seller: Notebook) -> None:
    one, other = a_file(seller, "a.txt"), a_file(seller, "b.txt")
    assert one.sha256 == other.sha256
    assert one.id != other.id
    assert seller.library.blobs.hashes() == [one.sha256]


def test_25_megabytes_are_taken_and_one_byte_more_is_not(tmp_path: Path, seller: Notebook) -> None:
    path = tmp_path / "film.bin"
    path.touch()
    os.truncate(path, LARGEST)
    assert attach(seller, from_path(path)).attachment.size == LARGEST
    os.truncate(path, LARGEST + 1)
    with pytest.raises(AttachmentRefused, match=r"film.bin is larger than 25 MB"):
        attach(seller, from_path(path))


def test_what_is_no_file_is_refused_and_never_waited_for(tmp_path: Path, seller: Notebook) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "empty").touch()
    for name in ("pipe", "nothing", "empty", "."):
        with pytest.raises(AttachmentRefused):
            attach(seller, from_path(tmp_path / name))
    assert seller.library.blobs.hashes() == []


def test_one_that_is_refused_keeps_no_other_from_being_attached(
    tmp_path: Path, seller: Notebook
) -> None:
    good = Source("a.txt", lambda: b"a")
    result = attach_all(seller, [good, from_path(tmp_path / "nothing"), good]).result
    assert [each.attachment.name for each in result.attached] == ["a.txt", "a.txt"]
    assert [str(each) for each in result.refused] == [
        "There is no file nothing. Choose another one."
    ]


def test_a_note_may_be_nothing_but_a_photo(seller: Notebook) -> None:
    note = logged(seller, Note(attachments=(a_file(seller, "card.txt"),)))
    assert show_note(seller, note).note.heading == "card.txt"


def test_files_that_come_late_find_their_draft(seller: Notebook) -> None:
    draft = a_draft(seller, a_file(seller))
    later_text = replace(draft.draft, note=replace(draft.draft.note, text="typed meanwhile"))
    keep_draft(seller, replace(draft, draft=later_text))
    add_to_draft(seller, draft, [attach(seller, Source("b.txt", lambda: b"b"))])
    note = read_draft(seller, draft.draft.id).draft.note
    assert note.text == "typed meanwhile"
    assert [file.name for file in note.attachments] == ["plan.txt", "b.txt"]


def test_files_that_come_late_make_the_draft_that_nobody_had_kept(seller: Notebook) -> None:
    draft = OpenDraft(draft=NoteDraft(id=seller.new_id(), note=Note()))
    add_to_draft(seller, draft, [attach(seller, Source("b.txt", lambda: b"b"))])
    assert [each.heading for each in list_drafts(seller)] == ["b.txt"]


# --- looking ----------------------------------------------------------------------------------


def test_what_has_not_arrived_and_what_runs_are_known(seller: Notebook) -> None:
    here = a_file(seller)
    script = a_file(seller, "holiday.jpg", b"#!/bin/sh\nrm -r ~")
    away = replace(here, sha256="0" * 64)
    assert [(each.here, each.runs) for each in held(seller, (here, script, away))] == [
        *((True, False), (True, True), (False, False)),
    ]


def test_a_picture_is_drawn_once(seller: Notebook) -> None:
    drawn: list[str] = []

    def draw(content: bytes, media: str) -> bytes:
        drawn.append(media)
        return b"small"

    photo = attach(seller, Source("a.jpg", a_photo)).attachment
    assert thumbnail(seller, photo.sha256, draw) == thumbnail(seller, photo.sha256, draw)
    assert drawn == ["image/jpeg"]
    assert (seller.library.folder / "thumbnails" / f"{photo.sha256}.png").read_bytes() == b"small"


def test_what_cannot_be_drawn_is_not_tried_again(seller: Notebook) -> None:
    tried: list[str] = []
    photo = attach(seller, Source("a.jpg", a_photo)).attachment
    for _ in range(2):
        assert thumbnail(seller, photo.sha256, lambda c, m: tried.append(m) or b"") is None  # type: ignore[func-returns-value]
    assert len(tried) == 1


def test_a_copy_is_opened_and_changing_it_changes_nothing(tmp_path: Path, seller: Notebook) -> None:
    file = a_file(seller, "../plan.txt")
    path = copy_to_open(seller, file, tmp_path / "opened")
    assert path == tmp_path / "opened" / file.sha256[:16] / "plan.txt"
    assert path.read_bytes() == b"The plan"
    assert path.stat().st_mode & 0o777 == 0o400
    assert copy_to_open(seller, file, tmp_path / "opened") == path  # once more


@pytest.mark.parametrize(
    ("name", "content"),
    [("setup.exe", b"x"), ("plan.pdf", b"MZ\x90"), ("a.jpg", b"#!/bin/sh"), ("m.docm", b"PK")],
)
def test_what_might_run_is_never_opened(
    tmp_path: Path, seller: Notebook, name: str, content: bytes
) -> None:
    file = replace(a_file(seller, "plan.txt", content), name=name, media="image/png")
    with pytest.raises(AttachmentRefused, match="not opened from here"):
        copy_to_open(seller, file, tmp_path / "opened")
    assert not (tmp_path / "opened").exists()
    save_copy(seller, file, tmp_path / name)
    assert (tmp_path / name).stat().st_mode & 0o111 == 0


def test_what_has_not_arrived_cannot_be_opened(tmp_path: Path, seller: Notebook) -> None:
    away = Attachment("1", "plan.pdf", "application/pdf", 9, "0" * 64)
    with pytest.raises(AttachmentRefused, match="is not here, only its name"):
        copy_to_open(seller, away, tmp_path)


def test_a_copy_that_cannot_be_written_leaves_the_old_file(
    tmp_path: Path, seller: Notebook
) -> None:
    with pytest.raises(AttachmentRefused, match="could not be written"):
        save_copy(seller, a_file(seller), tmp_path / "nowhere" / "plan.txt")


# --- forgetting -------------------------------------------------------------------------------


def test_what_nobody_refers_to_is_forgotten_after_a_day_with_its_picture(seller: Notebook) -> None:
    file = a_file(seller)
    thumbnail(seller, file.sha256, lambda content, media: b"small")
    assert swept(seller) == 0  # somebody may be about to save
    later(seller)
    assert swept(seller) == 1
    assert seller.library.blobs.hashes() == []
    assert list((seller.library.folder / "thumbnails").iterdir()) == []


def test_a_clock_that_jumps_back_keeps_nothing_for_ever(seller: Notebook) -> None:
    a_file(seller)
    later(seller, -FOREVER)
    assert swept(seller) == 1


def test_what_a_draft_a_record_or_its_history_refers_to_stays(seller: Notebook) -> None:
    files = [a_file(seller, content=str(number).encode()) for number in range(4)]
    a_draft(seller, files[0])
    logged(seller, a_note(attachments=(files[1],)))
    note = logged(seller, a_note(attachments=(files[2],)))
    edit_note(seller, note, a_note(text="without it"))
    later(seller)
    assert swept(seller) == 1
    assert set(seller.library.blobs.hashes()) == {file.sha256 for file in files[:3]}
    assert find_loose(seller) is not None  # the draft's
    assert check_library(seller).ok


def test_what_a_save_on_its_way_refers_to_stays(seller: Notebook) -> None:
    file = a_file(seller)
    draft = NoteDraft(id=seller.new_id(), note=a_note(attachments=(file,)))
    seller.library.outbox.put(signed_version(seller, draft))
    later(seller)
    assert swept(seller) == 0


def test_a_draft_of_another_version_of_the_program_keeps_its_files(seller: Notebook) -> None:
    file = a_file(seller)
    body = b'{"shape":"of tomorrow","file":"%s"}' % file.sha256.encode()
    seller.library.drafts.keep(seller.new_id(), "capture", body, 0)
    later(seller)
    assert swept(seller) == 0


def test_a_thrown_away_draft_lets_its_files_go(seller: Notebook) -> None:
    draft = a_draft(seller, a_file(seller))
    forget_draft(seller, draft.draft.id)
    later(seller)
    assert swept(seller) == 1


def test_what_is_attached_once_more_meanwhile_stays(seller: Notebook) -> None:
    file = a_file(seller)
    later(seller)
    loose = find_loose(seller)
    assert loose is not None
    keep_again(seller, file)
    drop_loose(seller, loose)
    assert seller.library.blobs.hashes() == [file.sha256]


def test_what_was_taken_out_long_ago_and_forgotten_says_so(seller: Notebook) -> None:
    file = a_file(seller)
    later(seller)
    swept(seller)
    with pytest.raises(AttachmentRefused):
        keep_again(seller, file)


def test_erasing_a_note_forgets_its_files_at_once_but_not_those_of_others(seller: Notebook) -> None:
    mine, shared = a_file(seller, content=b"mine"), a_file(seller, content=b"shared")
    waiting = a_file(seller, content=b"in a window that is open")
    thumbnail(seller, mine.sha256, lambda content, media: b"small")
    note = logged(seller, a_note(attachments=(mine, shared)))
    logged(seller, a_note(attachments=(shared,)))
    remove_note(seller, note, Reason.ERASE)
    assert set(seller.library.blobs.hashes()) == {shared.sha256, waiting.sha256}
    assert not (seller.library.folder / "thumbnails" / f"{mine.sha256}.png").exists()
