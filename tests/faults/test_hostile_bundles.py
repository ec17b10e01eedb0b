"""What arrives is hostile until shown otherwise: one plain sentence, and nothing was changed."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from msgspec.structs import replace

from fieldnotes.bundle.reader import open_bundle
from fieldnotes.domain.canonical import canonical
from fieldnotes.domain.merge import Word
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import Quote
from fieldnotes.domain.people import Standing
from fieldnotes.domain.records import Reason
from fieldnotes.errors import BundleRefused
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.judging import Decisions
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import remove_note, show_note
from fieldnotes.operations.previewing import preview_import
from fieldnotes.operations.reading_in import inspect_bundle, read_in
from fieldnotes.operations.sending import Selection
from fieldnotes.trust.identity import make_identity, renamed
from tests.builders import Opener, a_notebook, an_exchange, got, logged, sent
from tests.faults import hostile
from tests.faults.hostile import Attack, Parts

ROOT = Path(__file__).parents[2]
WELCOME = Decisions(all_new=True, removals=True)
SENTENCES = re.compile(r"[A-Z][^\n]*[.:] ?[^\n]*\.")
ATTACKS: dict[str, Attack] = {
    **hostile.ARCHIVES,
    **hostile.MANIFESTS,
    **hostile.LINES,
    **{f"sealed: {name}": attack for name, attack in hostile.SEALED.items()},
}
HEAVY = (
    "a bomb that says what it is",
    "a bomb that lies",
    "a bomb whose manifest lies as well",
    "a bomb that is just small enough",
    "a manifest of empty lists",
    "a manifest of 40 MB",
    "a deep manifest",
    "a hundred thousand entries",
    "65,500 entries",
    "a line of 10 MB",
    "a list of 2,000,000 lists",
    "1,001 versions of one note",
    "sealed: a passphrase that costs 4 GB",
    "sealed: a header without end",
)


class Target(msgspec.Struct):
    """A library with notes of its own, and a real file from a sender it knows."""

    notebook: Notebook
    sender: Notebook
    parts: Parts
    folder: Path

    def file(self, content: bytes) -> Path:
        path = self.folder / "arrived.fieldnotes"
        path.write_bytes(content)
        return path


@pytest.fixture(scope="module")
def target(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Target]:
    folder = tmp_path_factory.mktemp("hostile")
    sender, taker = a_notebook(folder, "Mara Keel"), a_notebook(folder, "Ines Vogt")
    logged(taker, text="A note of my own.")
    first = logged(sender, text="They pay for nights.", quotes=(Quote("00", "We never sleep."),))
    logged(sender, text="Nobody answers the phone.", tags=["support"])
    sent(sender, folder / "real.fieldnotes")
    got(taker, folder / "real.fieldnotes")
    logged(sender, text="They asked for a second demo.")
    sent(sender, folder / "next.fieldnotes")
    parts = hostile.taken_apart(folder / "next.fieldnotes", sender.library.owner)
    assert show_note(taker, first).author_name == "Mara Keel"
    (folder / "arrivals").mkdir()
    yield Target(taker, sender, parts, folder / "arrivals")
    sender.close()
    taker.close()


@pytest.mark.parametrize("name", ATTACKS)
def test_a_hostile_file_is_refused_with_one_sentence(target: Target, name: str) -> None:
    path = target.file(ATTACKS[name](target.parts))
    before = check_library(target.notebook).digest
    around = _files_around(target)
    begun = time.monotonic()
    plan = preview_import(target.notebook, [path], WELCOME)
    assert read_in(target.notebook, plan).result.batch is None
    assert time.monotonic() - begun < 2
    assert SENTENCES.fullmatch(plan.files[0].refused)
    assert _files_around(target) == around
    assert check_library(target.notebook).digest == before


@pytest.mark.parametrize("name", HEAVY)
def test_a_costly_file_costs_neither_time_nor_memory(target: Target, name: str) -> None:
    path = target.file(ATTACKS[name](target.parts))
    ran = _command(target, "inspect", str(path), measured=True)
    assert ran.returncode == 1
    *said, megabytes = ran.stderr.splitlines()
    assert len(said) == 1
    assert float(megabytes) < 200
    assert ran.stdout == ""


@pytest.mark.long
def test_a_line_of_300_megabytes_costs_neither(target: Target) -> None:
    line = b'"' + hashlib.shake_256(b"long").hexdigest(150 << 20).encode() + b'"\n'
    parts = target.parts.with_entry("records/00001.jsonl", line)
    stored = [replace(item, method=hostile.STORE) for item in parts.items()]
    ran = _command(target, "inspect", str(target.file(hostile.zipped(stored))), measured=True)
    *said, megabytes = ran.stderr.splitlines()
    assert "too long to be a note" in said[0]
    assert float(megabytes) < 200


@pytest.mark.parametrize(
    "name", ["half of it", "2^64", "another signature", "sealed: a passphrase that costs 4 GB"]
)
def test_the_command_line_says_one_sentence_and_exits_with_1(target: Target, name: str) -> None:
    path = target.file(ATTACKS[name](target.parts))
    ran = _command(target, "import", str(path))
    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1
    assert "Traceback" not in ran.stderr


def test_the_clean_file_is_accepted(target: Target) -> None:
    with open_bundle(target.file(target.parts.zipped())) as bundle:
        assert bundle.signed
        assert len(list(bundle.records())) == 3
    plan = preview_import(target.notebook, [target.file(target.parts.zipped())])
    assert plan.counts["new"] == 1
    assert plan.counts["unchanged"] == 2


def test_a_file_without_a_signature_can_be_looked_at_but_not_read_in(target: Target) -> None:
    path = target.file(target.parts.without("manifest.sig").zipped())
    assert inspect_bundle(path).signature == "Not signed by anybody."
    plan = preview_import(target.notebook, [path], WELCOME)
    assert "not signed" in plan.files[0].refused
    assert read_in(target.notebook, plan).result.batch is None


@pytest.mark.parametrize("newer", ["min_reader", "another name", "another shape"])
def test_a_newer_file_is_refused_with_advice(target: Target, newer: str) -> None:
    parts = target.parts.with_manifest(min_reader=2, version=2)
    if newer == "another shape":
        parts = target.parts.with_manifest(min_reader=2, entries={"a": 1}, author="Mara")
    items = parts.items()
    if newer == "another name":
        items.insert(1, hostile.Item(b"index/by-tag.json", b"{}"))
    path = target.file(hostile.zipped(items))
    plan = preview_import(target.notebook, [path], WELCOME)
    assert "newer version" in plan.files[0].refused
    assert "Update" in plan.files[0].refused


def test_random_bytes_and_folders_are_refused(target: Target) -> None:
    for path in (
        target.folder,
        target.folder / "nowhere",
        Path("/dev/zero"),
        Path("/proc/self/mem"),
    ):
        plan = preview_import(target.notebook, [path], WELCOME)
        assert SENTENCES.fullmatch(plan.files[0].refused)


def test_a_thousand_removals_need_a_yes_of_their_own(notebooks: Opener, tmp_path: Path) -> None:
    mara, ines = notebooks("Mara Keel"), notebooks("Ines Vogt")
    ids = [logged(mara, text=f"Note {number}.") for number in range(40)]
    an_exchange(mara, ines)
    for each in ids[:30]:
        remove_note(mara, each, Reason.WRONG)
    sent(mara, tmp_path / "removals.fieldnotes")
    plan = preview_import(ines, [tmp_path / "removals.fieldnotes"])
    assert plan.files[0].too_many_removals == ("Mara Keel",)
    assert plan.counts["removed"] == 0
    read_in(ines, plan)
    assert show_note(ines, ids[0]).removed is None
    assert got(ines, tmp_path / "removals.fieldnotes", removals=True).counts["removed"] == 30


@pytest.mark.parametrize("ms", [-(2**53) + 1, -1, 2**53 - 1, 4_102_444_800_000])
def test_a_clock_off_by_decades_is_ordered_by_revision(
    notebooks: Opener, tmp_path: Path, ms: int
) -> None:
    mara, ines = notebooks("Mara Keel"), notebooks("Ines Vogt")
    note = logged(mara, text="Before.")
    an_exchange(mara, ines)
    sent(mara, tmp_path / "a.fieldnotes")
    parts = hostile.taken_apart(tmp_path / "a.fieldnotes", mara.library.owner)
    copy = parts.copies[0]
    off = replace(
        copy.revision, rev=2, lineage=(copy.name,), created=Moment(ms), modified=Moment(ms)
    )
    line = {**json.loads(parts.lines[0]), **off.envelope()}
    path = tmp_path / "off.fieldnotes"
    path.write_bytes(parts.with_lines([hostile.resigned(line, mara.library.owner)]).zipped())
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
    parts = hostile.taken_apart(tmp_path / "passed-on.fieldnotes", relay.library.owner)
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
    parts = hostile.taken_apart(made, relay.library.owner)
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
    parts = hostile.taken_apart(made, thief.library.owner)
    line = {**json.loads(parts.lines[0]), "id": note, "rev": 99, "removed": removed}
    made.write_bytes(parts.with_lines([hostile.resigned(line, parts.signer)]).zipped())
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
    made.write_bytes(hostile.two_authors(hostile.taken_apart(made, mara.library.owner)))
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
    parts = hostile.taken_apart(made, relay.library.owner)
    tight = canonical({**json.loads(parts.lines[0]), "tight": {"*": "red"}})
    made.write_bytes(parts.with_lines([tight]).zipped())
    got(mara, made)
    assert sent(mara, tmp_path / "again.fieldnotes").manifest["records"] == 1


def test_a_file_that_changes_between_preview_and_import_writes_nothing(
    notebooks: Opener, tmp_path: Path
) -> None:
    mara, ines = notebooks("Mara Keel"), notebooks("Ines Vogt")
    logged(mara)
    path = sent(mara, tmp_path / "a.fieldnotes").path
    plan = preview_import(ines, [path], WELCOME)
    path.write_bytes(path.read_bytes() + b"\0")
    before = check_library(ines).digest
    with pytest.raises(BundleRefused):
        read_in(ines, plan)
    assert check_library(ines).digest == before


def _files_around(target: Target) -> set[Path]:
    """Everything in the tests' folder but what the library itself may write."""
    inside = target.notebook.library.folder
    return {p for p in target.folder.parent.rglob("*") if inside not in p.parents}


def _command(
    target: Target, *words: str, measured: bool = False
) -> subprocess.CompletedProcess[str]:
    script = (
        "import sys; from fieldnotes.__main__ import main; status = main()\n"
        "if MEASURED:\n"
        " told = dict(line.split(':') for line in open('/proc/self/status'))\n"
        " print(int(told['VmHWM'].split()[0]) / 1024, file=sys.stderr)\n"
        "sys.exit(status)"
    ).replace("MEASURED", str(measured))
    return subprocess.run(
        [sys.executable, "-c", script, *words],
        cwd=ROOT,
        env={**os.environ, "FIELDNOTES_LIBRARY": str(target.folder.parent / "command-line")},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
