"""From the seller who writes to the marketer who reads: nothing lost, nothing twice."""

from __future__ import annotations

import random
import shutil
import sqlite3
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from fieldnotes.bundle.writer import Cover, line_of, write_bundle
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.merge import heads
from fieldnotes.domain.notes import Attachment, Contact, Kind, Meeting, Note, Person, Quote
from fieldnotes.domain.records import Copy, Reason, Revision, digest_of, digests_under
from fieldnotes.domain.selections import Selection
from fieldnotes.errors import BundleRefused, NoSuchNote, NotYours, SendingRefused
from fieldnotes.operations.checking import Checked, check_library
from fieldnotes.operations.housekeeping import tidy
from fieldnotes.operations.intake import take_over
from fieldnotes.operations.judging import Decisions
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.notes import edit_note, remove_note, restore_note, show_note, versions_of
from fieldnotes.operations.previewing import preview_import
from fieldnotes.operations.reading_in import inspect_bundle
from fieldnotes.operations.saving import history_of
from fieldnotes.operations.sending_plans import plan_sending
from fieldnotes.trust.identity import signed
from tests.builders import (
    Opener,
    TickingClock,
    a_note,
    an_exchange,
    at,
    counted,
    exported,
    found,
    got,
    logged,
    sent,
)
from tests.journeys.writes import Writes


def checked(notebook: Notebook) -> Checked:
    result = check_library(notebook)
    assert result.problems == []
    return result


def with_text(note: Note, text: str) -> Note:
    return msgspec.structs.replace(note, text=text)


def some_notes(notebook: Notebook) -> list[str]:
    kinds = [*Kind, Kind.WIN, Kind.OBJECTION]
    return [
        logged(
            notebook,
            kind=kind,
            text=f"Number {place}: the night shift asks for it – à bientôt",
            tags=["objection-handling"] if kind is Kind.OBJECTION else ["later"],
            account="Pellinger Chemie",
            competitors=("Quellmann",),
            happened=at(f"2026-01-{place + 1:02}"),
            quotes=(Quote("00", "Nobody told us", "night shift lead"),),
        )
        for place, kind in enumerate(kinds)
    ]


def test_everything_arrives_in_an_empty_library(seller: Notebook, marketer: Notebook) -> None:
    written = some_notes(seller)
    assert an_exchange(seller, marketer).words == {"new": len(written)}
    mine, theirs = checked(seller), checked(marketer)
    assert (mine.records, mine.digest, mine.content) == (
        theirs.records,
        theirs.digest,
        theirs.content,
    )
    assert found(marketer) == found(seller) == written[::-1]


def test_the_same_file_again_writes_no_note(seller: Notebook, marketer: Notebook) -> None:
    written = some_notes(seller)
    exchange = an_exchange(seller, marketer)
    writes = Writes(marketer)
    before = writes.rows, writes.index
    again = got(marketer, exchange.path).counts
    assert {word: count for word, count in again.items() if count} == {"unchanged": len(written)}
    assert (writes.rows, writes.index) == before


def test_another_file_of_the_same_notes_writes_no_note(
    seller: Notebook, marketer: Notebook
) -> None:
    written = some_notes(seller)
    an_exchange(seller, marketer)
    writes = Writes(marketer)
    before = writes.rows, writes.index
    assert an_exchange(seller, marketer).words == {"unchanged": len(written)}
    assert (writes.rows, writes.index) == before


def test_a_tag_chooses_exactly_its_notes(seller: Notebook, marketer: Notebook) -> None:
    some_notes(seller)
    chosen = found(seller, "tag:objection-handling")
    an_exchange(seller, marketer, tags=("objection-handling",))
    assert found(marketer) == chosen
    assert len(chosen) == 2


def test_what_is_new_since_last_time_is_one_edit(seller: Notebook, marketer: Notebook) -> None:
    written = some_notes(seller)
    an_exchange(seller, marketer, recipient="Marketing")
    edit_note(seller, written[3], with_text(show_note(seller, written[3]).note, "Now this"))
    exchange = an_exchange(seller, marketer, recipient="Marketing", since_last=True)
    assert exchange.sent.manifest["records"] == 1
    assert exchange.words == {"updated": 1}
    assert show_note(marketer, written[3]).note.text == "Now this"
    assert found(marketer, "text:this") == [written[3]]
    assert checked(seller).digest == checked(marketer).digest


def test_nothing_is_new_since_last_time(seller: Notebook, marketer: Notebook) -> None:
    some_notes(seller)
    an_exchange(seller, marketer, recipient="Marketing")
    plan = plan_sending(seller, Selection(recipient="Marketing", since_last=True))
    assert plan.items == []
    assert len(plan_sending(seller, Selection(recipient="Ines", since_last=True)).items) == 8


@pytest.mark.parametrize("first", [0, 1])
def test_a_note_edited_on_two_machines_keeps_both_versions(
    tmp_path: Path, notebooks: Opener, first: int
) -> None:
    laptop = notebooks("Wren Tolliver")
    note = logged(laptop, text="As it was")
    other = on_another_machine(tmp_path, laptop)
    edit_note(laptop, note, a_note(text="From the laptop"))
    edit_note(other, note, a_note(text="From the tablet"))
    files = [tmp_path / "laptop.fieldnotes", tmp_path / "tablet.fieldnotes"]
    sent(laptop, files[0])
    sent(other, files[1])
    marketer, ines = notebooks("Marketing"), notebooks("Ines Rowe")
    assert got(marketer, files[first]).counts["new"] == 1
    assert got(marketer, files[1 - first]).counts["edited_twice"] == 1
    got(ines, *files[:: 1 if first else -1])
    got(laptop, files[1])
    got(other, files[0])
    everybody = [laptop, other, marketer, ines]
    assert len({checked(each).digest for each in everybody}) == 1
    assert len({checked(each).content for each in everybody}) == 1
    for each in everybody:
        assert show_note(each, note).versions == 2
        texts = {told.text for _, told in versions_of(each, note)}
        assert {"From the laptop", "From the tablet"} <= texts
    # It is settled by its author, and that travels.
    edit_note(laptop, note, a_note(text="From both"))
    assert an_exchange(laptop, marketer).words == {"updated": 1}
    assert show_note(marketer, note).versions == 1
    other.close()


def on_another_machine(tmp_path: Path, notebook: Notebook) -> Notebook:
    """A copy of the library folder, opened elsewhere."""
    notebook.library.tidy()
    folder = tmp_path / "elsewhere" / "library"
    shutil.copytree(notebook.library.folder, folder)
    other = open_notebook(
        folder,
        clock=TickingClock(notebook.clock(), step=1500),
        machine_folder=tmp_path / "elsewhere" / "machine",
    )
    other.random = random.Random("elsewhere").randbytes
    return other


def test_a_copied_library_is_another_device(tmp_path: Path, seller: Notebook) -> None:
    other = on_another_machine(tmp_path, seller)
    assert other.device != seller.device
    assert other.owner == seller.owner
    assert other.library.id == seller.library.id
    other.close()


def test_both_versions_travel_in_one_file(
    tmp_path: Path, seller: Notebook, marketer: Notebook
) -> None:
    note = logged(seller, text="As it was")
    other = on_another_machine(tmp_path, seller)
    edit_note(seller, note, a_note(text="From the laptop"))
    edit_note(other, note, a_note(text="From the tablet"))
    an_exchange(other, seller)
    an_exchange(seller, marketer)
    assert show_note(marketer, note).versions == 2
    assert checked(marketer).digest == checked(seller).digest
    other.close()


def test_a_marketer_passes_on_what_a_seller_wrote(
    seller: Notebook, marketer: Notebook, notebooks: Opener
) -> None:
    written = some_notes(seller)
    an_exchange(seller, marketer)
    third = notebooks("Ines Rowe")
    assert an_exchange(marketer, third).words == {"new": len(written)}
    assert show_note(third, written[0]).author_name == "Wren Tolliver"
    assert checked(third).content == checked(seller).content


def relayed(relay: Notebook, path: Path, copies: list[Copy]) -> Path:
    """A file with a proper signature of the relay, whatever it says."""
    people = tuple(person.card for person in relay.library.people.everybody())
    cover = Cover(
        relay.new_id(), 7, relay.device, Audience.COMPANY.value, relay.clock(), people=people
    )
    write_bundle(path, cover, map(line_of, copies), [], relay.library.owner)
    return path


def one_letter_changed(copy: Copy) -> Copy:
    text = copy.values["text"].replace("n", "m", 1)
    digest = digest_of(copy.salt("text"), "text", text)
    revision = replace(copy.revision, digests={**copy.revision.digests, "text": digest})
    return replace(copy, revision=revision, values={**copy.values, "text": text})


def test_a_letter_changed_on_the_way_is_not_accepted_and_the_rest_is(
    tmp_path: Path, seller: Notebook, marketer: Notebook, notebooks: Opener
) -> None:
    written = some_notes(seller)
    an_exchange(seller, marketer)
    copies = [next(iter(history_of(marketer, each).values())) for each in sorted(written)]
    copies[2] = one_letter_changed(copies[2])
    path = relayed(marketer, tmp_path / "changed.fieldnotes", copies)
    third = notebooks("Ines Rowe")
    plan = preview_import(third, [path], Decisions(all_new=True))
    told = [line for file in plan.files for line in file.lines if line.why]
    assert [line.id for line in told] == [copies[2].revision.id]
    assert "changed on the way" in told[0].why
    read = got(third, path)
    assert read.counts["not_accepted"] == 1
    assert read.counts["new"] == len(written) - 1
    assert copies[2].revision.id not in found(third)
    assert checked(third).records == len(written) - 1


def test_nobody_revises_what_somebody_else_wrote_whoever_comes_first(
    tmp_path: Path, seller: Notebook, marketer: Notebook, notebooks: Opener
) -> None:
    note = logged(seller, text="Mine")
    original = tmp_path / "original.fieldnotes"
    sent(seller, original)
    got(marketer, original)
    [theirs] = history_of(marketer, note).values()
    values, key = {**theirs.values, "text": "Not mine"}, marketer.random(16).hex()
    revision = replace(
        theirs.revision,
        author=marketer.owner.author,
        rev=9,
        lineage=(theirs.name,),
        digests=digests_under(key, values),
    )
    forged = signed(marketer.library.owner, revision, values, key)
    path = relayed(marketer, tmp_path / "forged.fieldnotes", [forged])
    digests = set()
    for number, files in enumerate(([original, path], [path, original])):
        for name, batches in (("one", [files]), ("two", [[file] for file in files])):
            reader = notebooks(f"Ines Rowe {name} {number}")
            for batch in batches:
                got(reader, *batch)
            records = reader.library.records
            assert list(records.history(note, seller.owner.author)) == [theirs.name]
            assert list(records.history(note, marketer.owner.author)) == [forged.name]
            digests.add(checked(reader).digest)
    assert len(digests) == 1


def test_a_relay_that_says_nothing_of_its_own_changes_nothing(
    tmp_path: Path, seller: Notebook, marketer: Notebook, notebooks: Opener
) -> None:
    written = some_notes(seller)
    an_exchange(seller, marketer)
    copies = [next(iter(history_of(marketer, each).values())) for each in sorted(written)]
    path = relayed(marketer, tmp_path / "passed-on.fieldnotes", copies)
    third = notebooks("Ines Rowe")
    assert got(third, path).counts["new"] == len(written)


def test_a_removal_travels(seller: Notebook, marketer: Notebook) -> None:
    written = some_notes(seller)
    an_exchange(seller, marketer, recipient="Marketing")
    remove_note(seller, written[0], Reason.WRONG)
    assert an_exchange(seller, marketer, recipient="Marketing").words == {
        "removed": 1,
        "unchanged": len(written) - 1,
    }
    assert written[0] not in found(marketer)
    assert show_note(marketer, written[0]).removed == "wrong"
    assert checked(marketer).digest == checked(seller).digest


def test_a_removal_travels_with_a_choice_that_no_longer_finds_it(
    seller: Notebook, marketer: Notebook
) -> None:
    some_notes(seller)
    chosen = found(seller, "tag:objection-handling")
    an_exchange(seller, marketer, recipient="Marketing", tags=("objection-handling",))
    remove_note(seller, chosen[0], Reason.CONSENT)
    exchange = an_exchange(seller, marketer, recipient="Marketing", tags=("objection-handling",))
    assert exchange.words == {"removed": 1, "unchanged": 1}


def test_many_removals_need_a_yes(seller: Notebook, marketer: Notebook) -> None:
    written = some_notes(seller)
    an_exchange(seller, marketer)
    for each in written[:3]:
        remove_note(seller, each, Reason.WRONG)
    exchange = an_exchange(seller, marketer)
    assert exchange.words == {"not_accepted": 3, "unchanged": len(written) - 3}
    assert counted(marketer) == len(written)
    assert got(marketer, exchange.path, removals=True).counts["removed"] == 3
    assert counted(marketer) == len(written) - 3


def test_an_edit_that_did_not_know_of_the_removal_stays_removed(
    tmp_path: Path, seller: Notebook, marketer: Notebook
) -> None:
    note = logged(seller, text="As it was")
    other = on_another_machine(tmp_path, seller)
    remove_note(seller, note, Reason.WRONG)
    for text in ("One", "Two", "Three"):
        edit_note(other, note, a_note(text=text))
    an_exchange(seller, marketer)
    an_exchange(other, marketer)
    an_exchange(other, seller)
    assert found(marketer) == found(seller) == []
    restore_note(seller, note)
    an_exchange(seller, marketer)
    assert found(marketer) == found(seller) == [note]
    assert checked(marketer).digest == checked(seller).digest
    other.close()


def test_a_removed_note_does_not_travel_in_an_edit_that_did_not_know(
    tmp_path: Path, seller: Notebook, marketer: Notebook
) -> None:
    note = logged(seller, text="As it was")
    other = on_another_machine(tmp_path, seller)
    remove_note(seller, note, Reason.CONSENT)
    edit_note(other, note, a_note(text=f"Still {SECRET}"))
    an_exchange(other, seller)
    exchange = an_exchange(seller, marketer)
    assert SECRET.encode() not in everything_in(exchange.path)
    assert exchange.words == {"removed": 1}
    assert checked(marketer).digest == checked(seller).digest
    other.close()


def test_what_was_removed_comes_back_as_it_was(seller: Notebook, marketer: Notebook) -> None:
    written = some_notes(seller)
    before = show_note(seller, written[2]).note
    remove_note(seller, written[2], Reason.WRONG)
    an_exchange(seller, marketer)
    restore_note(seller, written[2])
    assert show_note(seller, written[2]).note == before
    assert an_exchange(seller, marketer).words == {"unchanged": len(written) - 1, "updated": 1}
    assert show_note(marketer, written[2]).note == before
    assert checked(marketer).content == checked(seller).content


def test_only_its_author_brings_a_note_back(seller: Notebook, marketer: Notebook) -> None:
    note = logged(seller)
    remove_note(seller, note, Reason.WRONG)
    an_exchange(seller, marketer)
    with pytest.raises(NotYours):
        restore_note(marketer, note)


def test_what_was_erased_does_not_come_back(seller: Notebook, marketer: Notebook) -> None:
    note = logged(seller, text="Erase me")
    exchange = an_exchange(seller, marketer)
    remove_note(seller, note, Reason.ERASE)
    with pytest.raises(NoSuchNote):
        restore_note(seller, note)
    an_exchange(seller, marketer)
    assert [told.text for _, told in versions_of(marketer, note)] == [""]
    assert got(marketer, exchange.path).counts["older"] == 1
    assert [told.text for _, told in versions_of(marketer, note)] == [""]
    assert checked(marketer).digest == checked(seller).digest


# --- what stays at home -----------------------------------------------------------------------

SECRET = "Zanzibarquartz"


def secrets(notebook: Notebook) -> dict[str, str]:
    """Notes with something that only their author may see."""
    return {
        "whole": logged(notebook, see="me", text=f"All of it {SECRET}"),
        "text": logged(
            notebook,
            text=f"The text {SECRET}",
            text_redacted="The text for others",
            marks={"text": "red"},
        ),
        "quote": logged(
            notebook,
            text="A quote",
            quotes=(Quote("00", SECRET), Quote("01", "An open word")),
            marks={"quotes.00": "red"},
        ),
        "people": logged(
            notebook,
            text="People",
            contacts=(Contact("c", SECRET, "CFO", f"{SECRET}@example.com", f"1{SECRET}"),),
            meeting=Meeting("m", "Pellinger", "2026-03-02", (Person("p", SECRET),)),
        ),
    }


def everything_in(path: Path) -> bytes:
    """The file's own bytes and, where it is an archive, all that is packed in it."""
    held = path.read_bytes()
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as archive:
            held += b"".join(archive.read(name) for name in archive.namelist())
    return held


def test_a_file_for_the_company_holds_nothing_that_is_mine_alone(
    tmp_path: Path, seller: Notebook, marketer: Notebook
) -> None:
    written = secrets(seller)
    exchange = an_exchange(seller, marketer)
    assert SECRET.encode() not in everything_in(exchange.path)
    assert exchange.sent.not_sent == 1
    assert exchange.sent.hidden == 3
    assert written["whole"] not in found(marketer)
    assert show_note(marketer, written["text"]).note.heading == "The text for others"
    assert show_note(marketer, written["people"]).note.contacts[0].role == "CFO"
    assert checked(marketer).problems == []


@pytest.mark.parametrize("shape", ["csv", "jsonl", "markdown", "sqlite", "xlsx"])
def test_no_other_shape_holds_anything_that_is_mine_alone(
    tmp_path: Path, seller: Notebook, shape: str
) -> None:
    secrets(seller)
    path = tmp_path / "out.file"
    exported(seller, path, shape)
    written = written_in(path)
    assert SECRET.encode() not in written
    assert b"The text for others" in written
    assert b"An open word" in written


def written_in(path: Path) -> bytes:
    """The names and content of a file, of a folder, or of a ZIP."""
    if path.is_dir():
        return b"".join(str(each).encode() + written_in(each) for each in path.rglob("*.*"))
    return everything_in(path) if zipfile.is_zipfile(path) else path.read_bytes()


@pytest.mark.parametrize("shape", ["csv", "jsonl", "markdown", "sqlite", "xlsx"])
def test_what_cannot_be_sealed_is_not_made_for_myself(
    tmp_path: Path, seller: Notebook, shape: str
) -> None:
    secrets(seller)
    with pytest.raises(SendingRefused):
        exported(seller, tmp_path / "out.file", shape, Audience.MYSELF)
    assert not (tmp_path / "out.file").exists()


def test_a_file_for_anyone_holds_only_what_may_leave(seller: Notebook, marketer: Notebook) -> None:
    secrets(seller)
    open_note = logged(seller, see="anyone", text="May leave the company")
    exchange = an_exchange(seller, marketer, audience=Audience.ANYONE)
    assert found(marketer) == [open_note]
    assert exchange.sent.not_sent == 4


def test_a_file_for_myself_holds_it_all_and_opens_with_my_key_only(
    tmp_path: Path, seller: Notebook, marketer: Notebook
) -> None:
    written = secrets(seller)
    other = on_another_machine(tmp_path, seller)
    extra = logged(seller, see="me", text=f"Later {SECRET}")
    path = tmp_path / "backup.fieldnotes"
    sent(seller, path, Selection(audience=Audience.MYSELF))
    assert SECRET.encode() not in everything_in(path)
    assert path.read_bytes().startswith(b"age-encryption.org/v1")
    plan = preview_import(marketer, [path], Decisions(all_new=True))
    assert plan.good == []
    assert "not made for you" in plan.files[0].refused
    assert got(other, path).counts["new"] == 1
    assert show_note(other, extra).note.text == f"Later {SECRET}"
    assert checked(other).content == checked(seller).content
    assert len(written) + 1 == counted(other)
    with pytest.raises(BundleRefused):
        inspect_bundle(path)
    other.close()


def test_a_later_whole_copy_fills_in_what_was_hidden(
    tmp_path: Path, seller: Notebook, marketer: Notebook
) -> None:
    written = secrets(seller)
    other = on_another_machine(tmp_path, seller)
    path = tmp_path / "backup.fieldnotes"
    an_exchange(seller, marketer)
    company = an_exchange(seller, other).path
    sent(seller, path, Selection(audience=Audience.MYSELF))
    got(other, path)
    assert got(other, company).counts["unchanged"] == 3
    assert show_note(other, written["quote"]).hidden == ()
    assert show_note(marketer, written["quote"]).hidden == ("quotes.00",)
    other.close()


# --- sheets and plain copies ------------------------------------------------------------------


def test_a_sheet_comes_back_through_intake(tmp_path: Path, seller: Notebook) -> None:
    logged(seller, text="=2+2 they typed", title="-5 % again", tags=["pricing", "deal:lost"])
    logged(
        seller, text="'quoted' start", account="@Pellinger", competitors=("Quellmann", "Dunmarrow")
    )
    logged(seller, kind=Kind.WIN, text='Two\nlines, and "quotes"', result="+40 %")
    logged(
        seller,
        kind=Kind.PITCH,
        text="\tTabbed",
        replies=0,
        tries=6,
        happened=at("2026-01-05T10:30:00+02:00"),
    )
    path = tmp_path / "notes.csv"
    exported(seller, path, "csv")
    for line in path.read_text("utf-8-sig").splitlines():
        assert not line.startswith(("=", "+", "-", "@"))
    back = open_notebook(tmp_path / "back", "Ines Rowe", machine_folder=tmp_path / "machine-b")
    taken = take_over(back, path).result
    assert (taken.new, taken.skipped) == (4, [])
    compared = "kind title text account competitors tags result replies tries".split()
    for here, there in zip(notes_of(seller), notes_of(back), strict=True):
        for name in compared:
            assert getattr(here, name) == getattr(there, name)
    back.close()


def notes_of(notebook: Notebook) -> list[Note]:
    notes = [show_note(notebook, each).note for each in found(notebook)]
    return sorted(notes, key=lambda note: note.text.strip(" '\t"))


def test_a_plain_copy_opens_with_any_sqlite(tmp_path: Path, seller: Notebook) -> None:
    written = some_notes(seller)
    path = tmp_path / "notes.sqlite"
    exported(seller, path, "sqlite")
    connection = sqlite3.connect(path)
    try:
        run = connection.execute
        assert run("SELECT count(*) FROM notes").fetchone() == (len(written),)
        assert run("SELECT count(*), sum(notes) FROM notes_by_month").fetchone() == (6, 8)
        heading, tags = run(
            "SELECT heading, tags FROM notes_readable WHERE kind = 'objection' LIMIT 1"
        ).fetchone()
        assert heading.startswith("Number")
        assert tags == "objection-handling"
        assert run("SELECT DISTINCT text FROM quotes").fetchall() == [("Nobody told us",)]
        assert run("PRAGMA integrity_check").fetchone() == ("ok",)
    finally:
        connection.close()


def test_removed_notes_are_in_no_sheet(tmp_path: Path, seller: Notebook) -> None:
    written = some_notes(seller)
    remove_note(seller, written[0], Reason.WRONG)
    path = tmp_path / "notes.csv"
    sheet = exported(seller, path, "csv")
    assert written[0] not in path.read_text("utf-8-sig")
    assert sheet.manifest["records"] == len(written) - 1


# --- what we do not know and what is not ours -------------------------------------------------


def test_attachments_of_others_are_kept_and_passed_on(
    seller: Notebook, marketer: Notebook, notebooks: Opener
) -> None:
    content = b"a drawing of the shift plan" * 100
    sha256 = seller.library.blobs.put(content)
    file = Attachment("00", "plan.png", "image/png", len(content), sha256)
    logged(seller, text="With a drawing", attachments=(file,))
    an_exchange(seller, marketer)
    third = notebooks("Ines Rowe")
    an_exchange(marketer, third)
    assert marketer.library.blobs.get(sha256) == third.library.blobs.get(sha256) == content
    assert checked(third).problems == []


def something_later(
    notebook: Notebook, kind: str, values: dict[str, Any], marks: dict[str, str]
) -> Copy:
    """A record as a newer program of the owner's would write it."""
    now, key = notebook.clock(), notebook.random(16).hex()
    revision = Revision(
        type=kind,
        id=notebook.new_id(),
        author=notebook.owner.author,
        device=notebook.device,
        rev=1,
        lineage=(),
        restored=0,
        created=now,
        modified=now,
        removed=None,
        marking="amber+strict",
        marks=marks,
        digests=digests_under(key, values),
        extra={"weather": {"rain": [1, True, None]}},
    )
    copy = signed(notebook.library.owner, revision, values, key)
    with notebook.library.transaction():
        notebook.library.records.put(revision.id, [copy])
    return copy


@pytest.mark.parametrize("kind", ["note", "forecast"])
def test_unknown_fields_are_passed_on_only_under_a_marking(
    seller: Notebook, marketer: Notebook, notebooks: Opener, kind: str
) -> None:
    copy = something_later(
        seller,
        kind,
        {"mood": {"told": "well"}, "secret_mood": "badly"},
        {"mood": "amber+strict"},
    )
    an_exchange(seller, marketer)
    third = notebooks("Ines Rowe")
    an_exchange(marketer, third)
    for notebook in (marketer, third):
        held = history_of(notebook, copy.revision.id)[copy.name]
        assert dict(held.values) == {"mood": {"told": "well"}}
        assert held.revision.extra == {"weather": {"rain": [1, True, None]}}
        assert checked(notebook).records == 1


def test_a_type_that_is_not_known_yet_is_no_note(tmp_path: Path, seller: Notebook) -> None:
    something_later(seller, "forecast", {"text": "I call back"}, {"text": "amber+strict"})
    logged(seller, text="A note")
    assert counted(seller) == 1
    path = tmp_path / "notes.csv"
    exported(seller, path, "csv")
    assert "I call back" not in path.read_text("utf-8-sig")
    assert checked(seller).records == 2


def test_an_edit_keeps_what_a_newer_program_wrote(seller: Notebook, marketer: Notebook) -> None:
    copy = something_later(seller, "note", {"text": "Before", "mood": 3}, {"mood": "amber+strict"})
    edit_note(seller, copy.revision.id, a_note(text="After"))
    [top] = heads(history_of(seller, copy.revision.id))
    assert top.values["mood"] == 3
    an_exchange(seller, marketer)
    [held] = heads(history_of(marketer, copy.revision.id))
    assert held.values["mood"] == 3
    assert held.values["text"] == "After"


# --- erasing ----------------------------------------------------------------------------------


def files_with_the_secret(notebook: Notebook) -> set[str]:
    """Where it still lies after the housekeeping of an idle hour."""
    while not tidy(notebook).result:
        pass
    return {
        path.name
        for path in notebook.library.folder.rglob("*")
        if path.is_file()
        and any(word.encode() in path.read_bytes() for word in (SECRET, SECRET.lower()))
    }


@pytest.mark.parametrize("others", [0, 1, 3, 40, 400])
def test_erasing_leaves_no_word_of_the_note_in_any_file(seller: Notebook, others: int) -> None:
    content = SECRET.encode() * 50
    file = Attachment(
        "00", "plan.png", "image/png", len(content), seller.library.blobs.put(content)
    )
    for place in range(others):
        logged(seller, text=f"Something else {place}")
    note = logged(seller, text=f"First {SECRET}", attachments=(file,))
    edit_note(seller, note, a_note(text=f"Second {SECRET}"))
    remove_note(seller, note, Reason.ERASE)
    assert files_with_the_secret(seller) == set()


def test_erasing_elsewhere_drops_what_the_file_brought(
    seller: Notebook, marketer: Notebook
) -> None:
    content = b"a drawing" * 50
    file = Attachment(
        "00", "plan.png", "image/png", len(content), seller.library.blobs.put(content)
    )
    note = logged(seller, text=f"First {SECRET}", attachments=(file,))
    an_exchange(seller, marketer)
    remove_note(seller, note, Reason.ERASE)
    assert an_exchange(seller, marketer).words == {"removed": 1}
    assert marketer.library.blobs.hashes() == []
    assert files_with_the_secret(marketer) == set()
