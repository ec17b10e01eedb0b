"""The program and a reader written from the specification alone say the same of every bundle."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec.structs import replace

from fieldnotes.bundle.reader import open_bundle
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.notes import Attachment, Contact, Quote
from fieldnotes.domain.promises import Promise, PromiseDraft
from fieldnotes.domain.records import Reason
from fieldnotes.domain.selections import Selection
from fieldnotes.errors import BundleRefused
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, remove_note, show_note
from fieldnotes.operations.promises import make_promise, move_promise
from fieldnotes.trust.identity import signed_by
from tests import second_reader
from tests.builders import Opener, a_note, a_notebook, an_exchange, logged, sent
from tests.faults.hostile import archives, forging, lines, manifests
from tests.faults.hostile.forging import Attack, Parts

FILE = "sent.fieldnotes"


def agreed(path: Path) -> list[dict[str, Any]]:
    """What both read, after comparing it."""
    manifest, records = second_reader.read(path)
    with open_bundle(path) as bundle:
        assert json.loads(bundle.manifest_bytes) == manifest
        cards = {card.author: card.signs for card in [*bundle.manifest.people]}
        copies = [copy for _, held in bundle.records() for copy in held]
    assert [copy.name for copy in copies] == [record["revision"] for record in records]
    assert [copy.values for copy in copies] == [record["fields"] for record in records]
    accepted = [signed_by(copy, cards[copy.revision.author]) for copy in copies]
    assert accepted == [record["accepted"] for record in records]
    return records


def edited(notebook: Notebook, note: str, text: str) -> None:
    edit_note(notebook, note, msgspec.structs.replace(show_note(notebook, note).note, text=text))


def test_notes_with_nothing_hidden(notebooks: Opener, tmp_path: Path) -> None:
    mara = notebooks("Mara Keel")
    for text in ("Nights.", 'Ünïcödé \U0001f600 \ue000 \x7f \\ " \u2028', "tab\tand\nline"):
        logged(mara, text=text, tags=["a", "\U0001f600", "\ue000"])
    records = agreed(sent(mara, tmp_path / FILE).path)
    assert [record["accepted"] for record in records] == [True] * 3


def test_hidden_quotes_and_contacts(notebooks: Opener, tmp_path: Path) -> None:
    mara = notebooks("Mara Keel")
    quotes = (Quote("00", "We never sleep."), Quote("01", "Keep this to yourself."))
    contacts = (Contact("00", name="Jo Lind", email="jo@example.com", role="night lead"),)
    logged(mara, text="Nights.", quotes=quotes, contacts=contacts, marks={"quotes.01": "red"})
    (record,) = agreed(sent(mara, tmp_path / FILE).path)
    assert record["digests"].keys() == {"quotes.01", "contacts.00.name", "contacts.00.email"}
    assert record["accepted"]


def test_removals(notebooks: Opener, tmp_path: Path) -> None:
    mara = notebooks("Mara Keel")
    for reason in Reason:
        remove_note(mara, logged(mara, text="Nights."), reason)
    records = agreed(sent(mara, tmp_path / FILE).path)
    assert {record["removed"]["reason"] for record in records} == {"wrong", "consent", "erase"}


def test_notes_edited_twice(notebooks: Opener, tmp_path: Path) -> None:
    """A library that was copied to another laptop goes on there."""
    first = a_notebook(tmp_path, "Mara Keel")
    note = logged(first, text="Nights.")
    first.close()
    shutil.copytree(first.library.folder, tmp_path / "other-laptop")
    mara, other = notebooks("Mara Keel"), notebooks("Mara Keel", "other-laptop")
    edited(mara, note, "Nights and weekends.")
    edited(other, note, "Nights, mostly.")
    an_exchange(other, mara)
    records = agreed(sent(mara, tmp_path / FILE).path)
    assert [record["id"] for record in records] == [note, note]


def test_notes_of_others_passed_on_with_something_hidden(notebooks: Opener, tmp_path: Path) -> None:
    mara, relay = notebooks("Mara Keel"), notebooks("Otto Berg")
    logged(mara, text="Nights.", see="anyone", marks={"text": "red"}, title="Nights")
    logged(mara, text="Only us.", tags=["x"])
    an_exchange(mara, relay)
    assert len(agreed(sent(relay, tmp_path / FILE).path)) == 2
    clear = sent(relay, tmp_path / FILE, Selection(audience=Audience.ANYONE))
    (record,) = agreed(clear.path)
    assert record["author"] == mara.owner.author
    assert "text" in record["digests"]


def test_an_attachment(notebooks: Opener, tmp_path: Path) -> None:
    mara = notebooks("Mara Keel")
    sha256 = mara.library.blobs.put(b"%PDF-1.7 nothing in it")
    file = Attachment("00", "offer.pdf", "application/pdf", 22, sha256)
    logged(mara, note=a_note(attachments=(file,)))
    agreed(sent(mara, tmp_path / FILE).path)
    with open_bundle(tmp_path / FILE) as bundle:
        assert list(bundle.blobs()) == [(sha256, b"%PDF-1.7 nothing in it")]


def test_unknown_types_members_fields_and_markings(parts: Parts, tmp_path: Path) -> None:
    line = json.loads(parts.lines[0])
    line |= {"type": "later.thing", "mood": {"é": [1, None]}, "marking": "ultraviolet"}
    line["fields"] = {**line["fields"], "later_field.A-1": {"deep": [[{}]]}}
    line["removed"] = {"at": [1, 2], "reason": "moved"}
    made = parts.with_lines([forging.resigned(line, parts.signer), *parts.lines[1:]])
    (tmp_path / FILE).write_bytes(made.with_manifest(later={"a": 1}).zipped())
    records = agreed(tmp_path / FILE)
    assert all(record["accepted"] for record in records)
    assert records[0]["mood"] == {"é": [1, None]}


def test_an_empty_bundle(notebooks: Opener, tmp_path: Path) -> None:
    assert agreed(sent(notebooks("Mara Keel"), tmp_path / FILE).path) == []


def test_a_changed_letter_is_seen_by_both(parts: Parts, tmp_path: Path) -> None:
    changed = [line.replace(b"Nights", b"Nighty") for line in parts.lines]
    assert changed != parts.lines
    (tmp_path / FILE).write_bytes(parts.with_lines(changed).zipped())
    assert [record["accepted"] for record in agreed(tmp_path / FILE)].count(False) == 1
    unsigned = replace(parts, entries={**parts.entries, "records/00001.jsonl": b"\n".join(changed)})
    (tmp_path / FILE).write_bytes(unsigned.zipped())
    with pytest.raises(ValueError):  # noqa: PT011
        second_reader.read(tmp_path / FILE)


@pytest.mark.parametrize("attack", [*archives.ARCHIVES, *manifests.MANIFESTS, *lines.LINES])
def test_both_refuse_what_is_hostile(parts: Parts, tmp_path: Path, attack: str) -> None:
    attacks: dict[str, Attack] = {**archives.ARCHIVES, **manifests.MANIFESTS, **lines.LINES}
    (tmp_path / FILE).write_bytes(attacks[attack](parts))
    with pytest.raises(BundleRefused), open_bundle(tmp_path / FILE):
        pass
    with pytest.raises(Exception):  # noqa: B017, PT011 - it promises no single type
        second_reader.read(tmp_path / FILE)


def test_it_is_short_and_imports_nothing_of_ours() -> None:
    source = Path(second_reader.__file__).read_text("utf-8")
    assert "import fieldnotes" not in source
    assert "from fieldnotes" not in source
    assert len(source.splitlines()) <= 200


@pytest.fixture
def parts(notebooks: Opener, tmp_path: Path) -> Parts:
    """A real bundle of three notes, taken apart."""
    mara = notebooks("Mara Keel")
    for text in ("Nights.", "Days.", "Weekends."):
        logged(mara, text=text)
    made = sent(mara, tmp_path / "real.fieldnotes").path
    return forging.taken_apart(made, mara.library.owner)


def test_promises_are_read_like_any_other_record(tmp_path: Path, seller: Notebook) -> None:
    promise = Promise(what="the ROI sheet", to="Marta", until="2026-03-06")
    made = make_promise(seller, PromiseDraft(id=seller.new_id(), promise=promise)).result
    move_promise(seller, made, "2026-03-13", "finance is late")
    sent(seller, tmp_path / FILE, Selection(promises=True))
    (record,) = agreed(tmp_path / FILE)
    assert (record["type"], record["marking"]) == ("promise", "amber+strict")
    assert record["fields"]["what"] == "the ROI sheet"
    assert list(record["digests"]) == ["to"]
