"""What arrives is hostile until shown otherwise: one plain sentence, and nothing was changed."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from fieldnotes.bundle.reader import open_bundle
from fieldnotes.domain.notes import Quote
from fieldnotes.errors import BundleRefused
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.judging import Decisions
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import show_note
from fieldnotes.operations.previewing import preview_import
from fieldnotes.operations.reading_in import inspect_bundle, read_in
from tests.builders import Opener, a_notebook, got, logged, sent
from tests.faults.hostile.forging import Parts, taken_apart
from tests.faults.hostile.heavy import large_notes
from tests.faults.hostile.memory import is_quick
from tests.faults.hostile.table import ATTACKS, COSTS, SENTENCES
from tests.faults.strace import places_written

ROOT = Path(__file__).parents[2]
WELCOME = Decisions(all_new=True, removals=True, passphrase="not the right words")
PLAIN = re.compile(r"[A-Z][^\n]*[.:] ?[^\n]*\.")


class Target(msgspec.Struct):
    """A library with notes of its own, and a real file from a sender it knows."""

    notebook: Notebook
    parts: Parts
    folder: Path

    def file(self, content: bytes) -> Path:
        path = self.folder / "arrived.fieldnotes"
        path.write_bytes(content)
        return path

    def state(self) -> tuple[str, str, frozenset[Path]]:
        """What the library holds, its very file, and everything that lies around it."""
        inside = self.notebook.library.folder
        held = hashlib.sha256((inside / "library.db").read_bytes()).hexdigest()
        around = {p for p in self.folder.parent.rglob("*") if inside not in p.parents}
        return check_library(self.notebook).digest, held, frozenset(around)


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
    parts = taken_apart(folder / "next.fieldnotes", sender.library.owner)
    assert show_note(taker, first).author_name == "Mara Keel"
    (folder / "arrivals").mkdir()
    taker.close()  # all that it holds lies in its file from here on
    taker = a_notebook(folder, "Ines Vogt")
    target = Target(taker, parts, folder / "arrivals")
    target.file(b"")
    yield target
    sender.close()
    taker.close()


@pytest.mark.parametrize("name", ATTACKS)
def test_a_hostile_file_is_refused_with_its_one_sentence(target: Target, name: str) -> None:
    path = target.file(ATTACKS[name](target.parts))
    before = target.state()
    begun = time.process_time()
    plan = preview_import(target.notebook, [path], WELCOME)
    assert read_in(target.notebook, plan).result.batch is None
    assert is_quick(time.process_time() - begun)
    assert re.fullmatch(SENTENCES[name], plan.files[0].refused)
    assert target.state() == before


@pytest.mark.parametrize("name", COSTS)
def test_a_costly_file_costs_neither_time_nor_memory(target: Target, name: str) -> None:
    path = target.file(ATTACKS[name](target.parts))
    ran = _command(target, "import", str(path), measured=True)
    assert ran.returncode == 1
    *said, megabytes, seconds = ran.stderr.splitlines()
    assert len(said) == 1
    assert float(megabytes) < 200
    assert is_quick(float(seconds))
    assert ran.stdout == "Nothing to read in\n"


@pytest.mark.parametrize(
    ("field", "also"),
    [
        ("text", ["--plan"]),
        *(pytest.param(each, [], marks=pytest.mark.long) for each in ("text", "title", "account")),
    ],
)
def test_large_notes_take_no_more_memory_than_small_ones(
    target: Target, field: str, also: list[str]
) -> None:
    """They are read in, which takes as long as it takes: 60 notes of nearly 4 MB each."""
    path = target.file(large_notes(target.parts, field))
    ran = _command(target, "import", "--accept-new", *also, str(path), measured=True)
    assert ran.returncode == 0, ran.stderr
    assert float(ran.stderr.splitlines()[-2]) < 200


@pytest.mark.parametrize(
    "name",
    [
        "damage: half of it",
        "line: 2^64",
        "signature: a signature of nothing",
        "costly words: a passphrase that costs 4 GB",
    ],
)
def test_the_command_line_says_one_sentence_and_exits_with_1(target: Target, name: str) -> None:
    path = target.file(ATTACKS[name](target.parts))
    ran = _command(target, "import", str(path))
    assert ran.returncode == 1
    assert len(ran.stderr.splitlines()) == 1
    assert "Traceback" not in ran.stderr


def test_nothing_is_written_outside_the_library(target: Target, tmp_path: Path) -> None:
    """Every call of the kernel that makes, changes or names a file is followed."""
    cheap = [name for name in ATTACKS if name not in COSTS]
    arrivals = tmp_path / "arrivals"
    arrivals.mkdir()
    for number, name in enumerate(cheap):
        (arrivals / f"{number:03}.fieldnotes").write_bytes(ATTACKS[name](target.parts))
    (arrivals / "real.fieldnotes").write_bytes(target.parts.zipped())
    library = target.folder.parent / "followed"
    command = _line(target, "import", "--accept-new", str(arrivals))
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = {**_environment(target, library), "TMPDIR": str(temporary)}
    written, ran = places_written(command, environment, tmp_path / "calls", ROOT)
    assert "Traceback" not in ran.stderr
    assert len(ran.stderr.splitlines()) >= len(cheap)
    assert library / "library.db" in written
    assert list(temporary.iterdir()) == []  # Python tries whether it may write there
    inside = (library, target.folder.parent / "machine", temporary)
    outside = {place for place in written if not {*place.parents, place}.intersection(inside)}
    assert outside == set()


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


def test_devices_and_files_that_are_not_there_are_refused(target: Target) -> None:
    for path in (target.folder / "nowhere", Path("/dev/zero"), Path("/proc/self/mem")):
        plan = preview_import(target.notebook, [path], WELCOME)
        assert PLAIN.fullmatch(plan.files[0].refused)


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


def _command(
    target: Target, *words: str, measured: bool = False
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        _line(target, *words, measured=measured),
        cwd=ROOT,
        env=_environment(target, target.folder.parent / "command-line"),
        capture_output=True,
        text=True,
        check=False,
        timeout=110,
    )


def _line(target: Target, *words: str, measured: bool = False) -> list[str]:
    script = (
        "import sys, time; from fieldnotes.__main__ import main; status = main()\n"
        "if MEASURED:\n"
        " told = dict(line.split(':') for line in open('/proc/self/status'))\n"
        " print(int(told['VmHWM'].split()[0]) / 1024, file=sys.stderr)\n"
        " print(time.process_time(), file=sys.stderr)\n"
        "sys.exit(status)"
    ).replace("MEASURED", str(measured))
    return [sys.executable, "-c", script, *words]


def _environment(target: Target, library: Path) -> dict[str, str]:
    machine = str(target.folder.parent / "machine")
    told = {"FIELDNOTES_LIBRARY": str(library), "FIELDNOTES_MACHINE": machine}
    return {**os.environ, **told, "PYTHONDONTWRITEBYTECODE": "1"}
