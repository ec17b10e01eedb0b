"""Senders who are known and hostile all the same: what is theirs is read in, and no more."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from fieldnotes.domain.attachments import AttachmentRefused, safe_name
from fieldnotes.domain.canonical import canonical
from fieldnotes.domain.merge import Word
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import Attachment
from fieldnotes.domain.people import Standing
from fieldnotes.domain.records import Reason
from fieldnotes.domain.selections import Selection
from fieldnotes.operations.attachments import copy_to_open, held
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.judging import Decisions
from fieldnotes.operations.notes import remove_note, remove_notes, show_note
from fieldnotes.operations.previewing import preview_import
from fieldnotes.operations.reading_in import read_in
from fieldnotes.trust.identity import make_identity, renamed
from tests.builders import Opener, a_note, an_exchange, got, logged, sent
from tests.faults.hostile.forging import resigned, taken_apart, two_authors

WELCOME = Decisions(all_new=True, removals=True)


def test_a_thousand_removals_need_a_yes_of_their_own(notebooks: Opener, tmp_path: Path) -> None:
    mara, ines = notebooks("Mara Keel"), notebooks("Ines Vogt")
    ids = [logged(mara, text=f"Note {number}.") for number in range(1_001)]
    an_exchange(mara, ines)
    remove_notes(mara, ids[:1_000], Reason.WRONG)
    sent(mara, tmp_path / "removals.fieldnotes")
    plan = preview_import(ines, [tmp_path / "removals.fieldnotes"])
    assert plan.files[0].too_many_removals == ("Mara Keel",)
    assert plan.files[0].held_removals == 1_000
    assert plan.counts["removed"] == 0
    read_in(ines, plan)
    assert show_note(ines, ids[0]).removed is None
    assert got(ines, tmp_path / "removals.fieldnotes", removals=True).counts["removed"] == 1_000


@pytest.mark.parametrize("removed", [1, 2, 3])
def test_up_to_one_in_twenty_removals_apply_with_the_rest(
    notebooks: Opener, tmp_path: Path, removed: int
) -> None:
    mara, ines = notebooks("Mara Keel"), notebooks("Ines Vogt")
    ids = [logged(mara, text=f"Note {number}.") for number in range(40)]
    an_exchange(mara, ines)
    for each in ids[:removed]:
        remove_note(mara, each, Reason.WRONG)
    counts = got(ines, sent(mara, tmp_path / "removals.fieldnotes").path).counts
    assert counts["removed"] == (removed if removed <= 2 else 0)


@pytest.mark.parametrize(
    ("name", "media", "content", "shown"),
    [
        ("invoice\u202efdp.exe", "application/pdf", b"MZ" + bytes(64), "invoicefdp.exe"),
        ("photo.jpg", "image/jpeg", b"MZ" + bytes(64), "photo.jpg"),
        ("photo.jpg", "image/jpeg", b"\x7fELF" + bytes(64), "photo.jpg"),
        ("notes.txt", "text/plain", b"#!/bin/sh\nrm -rf ~\n", "notes.txt"),
        ("offer.pdf.scr ", "application/pdf", b"%PDF-1.7", "offer.pdf.scr"),
        ("offer.pdf\0.exe", "application/pdf", b"%PDF-1.7", "offer.pdf.exe"),
        ("../../.bashrc.sh", "text/plain", b"echo", "bashrc.sh"),
        ("report.\u200bexe", "application/pdf", b"%PDF-1.7", "report.exe"),
    ],
)
def test_an_executable_is_marked_and_never_opened(
    notebooks: Opener, tmp_path: Path, name: str, media: str, content: bytes, shown: str
) -> None:
    mara, ines = notebooks("Mara Keel"), notebooks("Ines Vogt")
    sha256 = mara.library.blobs.put(content)
    file = Attachment("00", name, media, len(content), sha256)
    note = logged(mara, a_note(attachments=(file,)))
    an_exchange(mara, ines)
    (here,) = held(ines, show_note(ines, note).note.attachments)
    assert here.here
    assert here.runs
    assert safe_name(here.attachment.name) == shown
    (tmp_path / "opened").mkdir()
    with pytest.raises(AttachmentRefused):
        copy_to_open(ines, here.attachment, tmp_path / "opened")
    assert list((tmp_path / "opened").iterdir()) == []


@pytest.mark.parametrize("ms", [-(2**53) + 1, -1, 2**53 - 1, 4_102_444_800_000])
def test_a_clock_off_by_decades_is_ordered_by_revision(
    notebooks: Opener, tmp_path: Path, ms: int
) -> None:
    mara, ines = notebooks("Mara Keel"), notebooks("Ines Vogt")
    note = logged(mara, text="Before.")
    an_exchange(mara, ines)
    sent(mara, tmp_path / "a.fieldnotes")
    parts = taken_apart(tmp_path / "a.fieldnotes", mara.library.owner)
    copy = parts.copies[0]
    off = replace(
        copy.revision, rev=2, lineage=(copy.name,), created=Moment(ms), modified=Moment(ms)
    )
    line = {**json.loads(parts.lines[0]), **off.envelope()}
    path = tmp_path / "off.fieldnotes"
    path.write_bytes(parts.with_lines([resigned(line, mara.library.owner)]).zipped())
    assert got(ines, path).counts["updated"] == 1
    assert show_note(ines, note).rev == 2
    assert check_library(ines).ok


def test_a_look_alike_with_another_key_brings_nothing(notebooks: Opener, tmp_path: Path) -> None:
    mara, ines = notebooks("Mara Keel"), notebooks("Ines Vogt")
    logged(mara)
    an_exchange(mara, ines)
    for number, name in enumerate(
        ("M\u0430r\u0430 Keel", "mara keel", "Ma\u200dra Keel", "Mára Keel")
    ):
        twin = notebooks(name, f"twin-{number}")
        logged(twin, text="Please call this number instead.")
        sent(twin, tmp_path / f"{number}.fieldnotes")
        plan = preview_import(ines, [tmp_path / f"{number}.fieldnotes"], WELCOME)
        assert plan.files[0].standing is Standing.OTHER_KEY
        assert "another key" in plan.files[0].refused
        assert read_in(ines, plan).result.batch is None


def test_a_name_cannot_steer_the_screen() -> None:
    name = renamed(make_identity("x", bytes(32), Moment(0)), " Mara\u202egnp\n\x1b[2J ", Moment(0))
    assert name.card.name == "Mara gnp [2J"


def test_one_changed_letter_on_the_way_loses_that_note_alone(
    notebooks: Opener, tmp_path: Path
) -> None:
    mara, relay, ines = notebooks("Mara Keel"), notebooks("Otto Berg"), notebooks("Ines Vogt")
    good = logged(mara, text="They pay for nights.")
    bad = logged(mara, text="They would pay 400.")
    an_exchange(mara, relay)
    sent(relay, tmp_path / "passed-on.fieldnotes")
    parts = taken_apart(tmp_path / "passed-on.fieldnotes", relay.library.owner)
    changed = [line.replace(b"pay 400", b"pay 900") for line in parts.lines]
    (tmp_path / "changed.fieldnotes").write_bytes(parts.with_lines(changed).zipped())
    read = got(ines, tmp_path / "changed.fieldnotes")
    assert read.counts["new"] == 1
    assert read.counts["not_accepted"] == 1
    assert [line.id for line in read.plan.files[0].lines if line.word is Word.NOT_ACCEPTED] == [bad]
    assert show_note(ines, good).note.text == "They pay for nights."
    assert not read.plan.whole


def test_what_nobody_vouched_for_at_first_is_looked_at_once_its_author_is_known(
    notebooks: Opener, tmp_path: Path
) -> None:
    """The file before it makes the author known only after both were looked at."""
    mara, relay, ines = notebooks("Mara Keel"), notebooks("Otto Berg"), notebooks("Ines Vogt")
    bad = logged(mara, text="They would pay 400.")
    an_exchange(mara, relay)
    made = sent(relay, tmp_path / "passed-on.fieldnotes").path
    parts = taken_apart(made, relay.library.owner)
    changed = [line.replace(b"pay 400", b"pay 900") for line in parts.lines]
    made.write_bytes(parts.with_lines(changed).with_manifest(people=[]).zipped())
    other = logged(mara, text="They pay for nights.")
    real = sent(mara, tmp_path / "real.fieldnotes", Selection(query="nights")).path
    read = got(ines, real, made)
    assert [line.why for line in read.plan.files[1].lines] == ["Nobody vouches for its author."]
    assert ines.library.records.view(bad) is None
    assert ines.library.records.view(other) is not None


@pytest.mark.parametrize("first", [True, False], ids=["read in before", "in the same batch"])
@pytest.mark.parametrize(
    "removed", [None, {"at": [1, 0], "reason": "erase"}], ids=["edit", "erase"]
)
def test_nobody_takes_over_or_erases_somebody_elses_note(
    notebooks: Opener, tmp_path: Path, removed: object, first: bool
) -> None:
    """A sender who is known signs, with their own key, a version of a note that is not theirs."""
    mara, thief, ines = notebooks("Mara Keel"), notebooks("Otto Berg"), notebooks("Ines Vogt")
    note = logged(mara, text="They pay for nights.")
    real = sent(mara, tmp_path / "real.fieldnotes").path
    logged(thief, text="They pay for nothing.")
    made = sent(thief, tmp_path / "made.fieldnotes").path
    parts = taken_apart(made, thief.library.owner)
    line = {**json.loads(parts.lines[0]), "id": note, "rev": 99, "removed": removed}
    made.write_bytes(parts.with_lines([resigned(line, parts.signer)]).zipped())
    if first:
        got(ines, real)
    got(ines, made, removals=True) if first else got(ines, real, made, removals=True)
    view = ines.library.records.view(note, mara.owner.author)
    assert view is not None
    assert (view.author_name, view.removed) == ("Mara Keel", None)
    assert view.note.text == "They pay for nights."


def test_one_id_by_two_authors_is_two_records_and_travels_on(
    notebooks: Opener, tmp_path: Path
) -> None:
    mara, ines, jon = notebooks("Mara Keel"), notebooks("Ines Vogt"), notebooks("Jon Roe")
    logged(mara, text="They pay for nights.")
    made = sent(mara, tmp_path / "made.fieldnotes").path
    made.write_bytes(two_authors(taken_apart(made, mara.library.owner)))
    assert got(ines, made).counts["new"] == 2
    an_exchange(ines, jon)
    both = [check_library(notebook) for notebook in (ines, jon)]
    assert [each.records for each in both] == [2, 2]
    assert both[0].digest == both[1].digest


def test_nobody_else_says_who_may_see_the_owners_notes(notebooks: Opener, tmp_path: Path) -> None:
    mara, relay = notebooks("Mara Keel"), notebooks("Otto Berg")
    logged(mara, text="They pay for nights.")
    an_exchange(mara, relay)
    made = sent(relay, tmp_path / "made.fieldnotes").path
    parts = taken_apart(made, relay.library.owner)
    tight = canonical({**json.loads(parts.lines[0]), "tight": {"*": "red"}})
    made.write_bytes(parts.with_lines([tight]).zipped())
    got(mara, made)
    assert sent(mara, tmp_path / "again.fieldnotes").manifest["records"] == 1
