"""The largest bundle there can be is read by everybody, and nothing is begun of a larger one."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from fieldnotes.bundle.archive import LARGEST_FILE, MOST_ENTRIES
from fieldnotes.bundle.reader import open_bundle
from fieldnotes.bundle.room import BESIDE, refuse_too_much
from fieldnotes.bundle.writer import Cover, line_of, write_bundle
from fieldnotes.domain.attachments import LARGEST
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.records import Copy, Revision, digests_under
from fieldnotes.domain.selections import Selection
from fieldnotes.errors import SendingRefused
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.sending import send
from fieldnotes.operations.sending_plans import plan_sending
from fieldnotes.trust.identity import make_identity, signed
from tests import second_reader
from tests.builders import Opener, logged

MARA = make_identity("Mara Keel", bytes(32), Moment(0))
DEVICE = "00000000-0000-4000-8000-000000000000"
COVER = Cover(DEVICE, 1, DEVICE, "company", Moment(1), people=(MARA.card,))
FILES = 1_000  # of one note


def files(count: int) -> dict[str, bytes]:
    """So many different ones by their hashes, in order."""
    contents = [number.to_bytes(3) for number in range(count)]
    return dict(sorted((hashlib.sha256(each).hexdigest(), each) for each in contents))


def notes_with(hashes: list[str]) -> Iterator[Copy]:
    for number in range(0, len(hashes), FILES):
        told = {"media": "text/plain", "name": "a.txt", "size": 3}
        values = {"kind": "note"} | {
            f"attachments.{sha256[:16]}": {**told, "sha256": sha256}
            for sha256 in hashes[number : number + FILES]
        }
        record_id = f"00000000-0000-7000-8000-{number:012x}"
        key, now = f"{number:032x}", Moment(number)
        about = ("note", record_id, MARA.author, DEVICE, 1, (), 0, now, now, None)
        revision = Revision(*about, "amber+strict", {}, digests_under(key, values))
        yield signed(MARA, revision, values, key)


def test_a_bundle_with_as_many_entries_as_there_can_be_is_read_by_everybody(
    tmp_path: Path,
) -> None:
    path, held = tmp_path / "a.fieldnotes", files(MOST_ENTRIES - BESIDE)
    refuse_too_much([len(each) for each in held.values()])
    write_bundle(path, COVER, map(line_of, notes_with(list(held))), held.items(), MARA)
    with open_bundle(path) as bundle:
        assert sum(1 for _ in bundle.records()) == -(-len(held) // FILES)
        assert dict(bundle.blobs()) == held
    manifest, records = second_reader.read(path)
    assert len(manifest["entries"]) == MOST_ENTRIES - 2
    assert len(records) == -(-len(held) // FILES)
    listed = subprocess.run(["unzip", "-l", path], capture_output=True, text=True, check=True)
    assert listed.stdout.rstrip().endswith(f"{MOST_ENTRIES} files")


@pytest.mark.parametrize("count", [MOST_ENTRIES - BESIDE + 1, 65_536])
def test_more_files_are_refused_before_anything_is_written(
    notebooks: Opener, tmp_path: Path, count: int
) -> None:
    refused(notebooks(), tmp_path, dict.fromkeys(files(count), 3))


def test_more_bytes_are_refused_before_anything_is_written(
    notebooks: Opener, tmp_path: Path
) -> None:
    most = LARGEST_FILE // LARGEST
    refused(notebooks(), tmp_path, dict.fromkeys(files(most + 1), LARGEST))
    refuse_too_much([LARGEST] * most)


def refused(notebook: Notebook, tmp_path: Path, held: dict[str, int]) -> None:
    """As if the notes that were chosen had these attachments."""
    logged(notebook)
    plan = msgspec.structs.replace(plan_sending(notebook, Selection()), files=held)
    folder = tmp_path / "out"
    folder.mkdir()
    with pytest.raises(SendingRefused, match="are too much for one file"):
        send(notebook, plan, folder / "a.fieldnotes")
    assert list(folder.iterdir()) == []
    assert notebook.library.sendings.recipients() == []


def test_no_more_people_are_passed_on_than_a_reader_takes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldnotes.bundle.manifest.MOST_CARDS", 3)
    path = tmp_path / "out.fieldnotes"
    cards = tuple(
        make_identity(name, bytes([seed] * 32), Moment(0)).card
        for seed, name in enumerate(("Una", "Duo", "Tre"), 1)
    )
    cover = msgspec.structs.replace(COVER, people=cards[:2])
    write_bundle(path, cover, [], [], MARA)
    with open_bundle(path) as bundle:
        assert len(bundle.manifest.people) == 2
    with pytest.raises(SendingRefused, match="too much for one file"):
        write_bundle(path, msgspec.structs.replace(COVER, people=cards), [], [], MARA)
    with open_bundle(path) as bundle:  # the older file is untouched
        assert len(bundle.manifest.people) == 2
