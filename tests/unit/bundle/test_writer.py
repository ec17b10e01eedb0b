"""What is written: the same bytes for the same notes, whole or not at all, and never too much."""

from __future__ import annotations

import signal
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fieldnotes.bundle import lines, readings
from fieldnotes.bundle.contents import Counts, Line, Run
from fieldnotes.bundle.reader import open_bundle
from fieldnotes.bundle.writer import Cover, line_of, write_bundle
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import (
    Attachment,
    Consent,
    Contact,
    Meeting,
    Note,
    NoteDraft,
    Person,
    Quote,
)
from fieldnotes.domain.records import Copy, Revision, digests_under
from fieldnotes.domain.selections import Selection
from fieldnotes.errors import SendingRefused
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import log_note
from fieldnotes.trust.identity import make_identity, signed
from fieldnotes.trust.sealing import Keys
from tests.builders import Opener, a_note, a_notebook, logged, sent

ROOT = Path(__file__).parents[3]
MARA = make_identity("Mara Keel", bytes(32), Moment(0))
DEVICE = "00000000-0000-4000-8000-000000000000"
COVER = Cover(DEVICE, 1, DEVICE, "company", Moment(1), people=(MARA.card,))


def a_copy(number: int, text: str, **fields: object) -> Copy:
    record_id = f"00000000-0000-7000-8000-{number:012x}"
    values = {"kind": "note", "text": text, **fields}
    key, now = f"{number:032x}", Moment(number)
    about = ("note", record_id, MARA.author, DEVICE, 1, (), 0, now, now, None)
    revision = Revision(*about, "amber+strict", {}, digests_under(key, values))
    return signed(MARA, revision, values, key)


def made(path: Path, *copies: Copy) -> Path:
    write_bundle(path, COVER, map(line_of, copies), (), MARA)
    return path


def test_the_same_notes_make_the_same_bytes(tmp_path: Path) -> None:
    copies = [a_copy(number, f"Note {number}.") for number in range(50)]
    first = made(tmp_path / "a", *copies).read_bytes()
    assert made(tmp_path / "b", *copies).read_bytes() == first


def test_any_zip_program_opens_it_and_its_first_entry_tells_the_type(tmp_path: Path) -> None:
    path = made(tmp_path / "a", a_copy(1, "Nights."))
    assert path.read_bytes()[30:75] == b"mimetypeapplication/vnd.fieldnotes.bundle+zip"
    with zipfile.ZipFile(path) as zipped:
        assert zipped.testzip() is None
        names = ["mimetype", "records/00001.jsonl", "manifest.json", "manifest.sig"]
        assert zipped.namelist() == names


def test_many_notes_lie_in_several_entries(tmp_path: Path) -> None:
    path = made(tmp_path / "a", *(a_copy(number, "Short.") for number in range(5_001)))
    with open_bundle(path) as bundle:
        assert bundle.manifest.records == 5_001
        assert bundle.manifest.entries[2].name == "records/00002.jsonl"
        assert sum(1 for _ in bundle.records()) == 5_001


def test_each_record_is_counted_once_however_its_versions_lie_between_others(
    tmp_path: Path,
) -> None:
    """Of three people under one id, and of one under the next; some in runs, which are counted."""
    first, second = (f"00000000-0000-7000-8000-{number:012x}" for number in (1, 2))

    def line(id_: str, name: int, author: str) -> Line:
        return Line(id_, f"{name:064x}", author, "win", ["a", "a"], b"{}")

    def run(*names: tuple[str, int]) -> Run:
        told = [(bytes.fromhex(id_.replace("-", "")), name.to_bytes(32)) for id_, name in names]
        return Run(told, [b"{}"] * len(told))

    several = [
        line(first, 1, "una"),
        run((first, 2)),
        line(first, 3, "una"),
        run((first, 4), (second, 1)),
        line(second, 2, "una"),
    ]
    counted = Counts(Counter(pitch=3), Counter(b=1))
    told = write_bundle(tmp_path / "a", COVER, several, (), MARA, counted=counted)
    assert (told["records"], told["by_kind"], told["by_tag"]) == (
        5,
        {"pitch": 3, "win": 2},
        {"b": 1, "a": 2},
    )
    with pytest.raises(ValueError, match="order"):
        write_bundle(tmp_path / "b", COVER, [run((first, 2), (first, 2))], (), MARA)


def test_versions_out_of_order_are_a_mistake_of_ours(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="order"):
        made(tmp_path / "a", a_copy(2, "b"), a_copy(1, "a"))
    assert list(tmp_path.iterdir()) == []


def test_a_note_that_no_reader_takes_is_not_sent(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"older")
    with pytest.raises(SendingRefused, match="too long"):
        made(tmp_path / "a", a_copy(1, "a" * (lines.LONGEST_LINE + 1)))
    assert (tmp_path / "a").read_bytes() == b"older"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_note_of_more_parts_than_a_reader_takes_is_not_sent(tmp_path: Path) -> None:
    with pytest.raises(SendingRefused, match="too long"):
        made(tmp_path / "a", a_copy(1, "Short.", tags=["x"] * lines.MOST_PARTS))
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("limit", ["MOST_VERSIONS", "LARGEST_RECORD"])
def test_a_note_of_more_versions_than_a_reader_takes_is_not_sent(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    versions = sorted((a_copy(1, f"Version {n}") for n in range(3)), key=lambda copy: copy.name)
    weight = lines.weight_of(line_of(versions[0]).line)
    monkeypatch.setattr(readings, limit, {"MOST_VERSIONS": 2, "LARGEST_RECORD": 2 * weight}[limit])
    made(tmp_path / "two", *versions[:2])
    with pytest.raises(SendingRefused, match="too many versions to be sent; it begins “Version"):
        made(tmp_path / "three", *versions)
    assert not (tmp_path / "three").exists()


def test_a_file_that_would_pass_for_a_bomb_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(SendingRefused, match="too much"):
        made(tmp_path / "a", *(a_copy(number, "a" * 4_000_000) for number in range(20)))
    assert list(tmp_path.iterdir()) == []


def test_more_different_tags_than_a_reader_takes_are_not_sent(tmp_path: Path) -> None:
    """Half a million, as where each note has one of its own."""
    copies = []
    for number in range(11):
        tags = [f"t{number}.{tag:x}" for tag in range(49_000)]
        copies.append(a_copy(number, "Tagged", tags=tags))
    with pytest.raises(SendingRefused, match="too much"):
        made(tmp_path / "a", *copies)
    assert list(tmp_path.iterdir()) == []
    with open_bundle(made(tmp_path / "a", *copies[:7])) as bundle:
        assert len(bundle.manifest.by_tag) == 343_000


def test_a_note_of_very_many_commas_arrives(tmp_path: Path) -> None:
    text = "1,2,3,4,5,6,7,8\n" * 12_000
    with open_bundle(made(tmp_path / "b", a_copy(1, text))) as bundle:
        assert [copies[0].values["text"] for _, copies in bundle.records()] == [text]


def test_a_very_long_dull_note_arrives(tmp_path: Path) -> None:
    with open_bundle(made(tmp_path / "a", a_copy(1, " " * 4_000_000))) as bundle:
        assert sum(1 for _ in bundle.records()) == 1


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
def test_a_full_disk_leaves_the_older_file(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"older")
    (tmp_path / ".a.part").symlink_to("/dev/full")
    with pytest.raises(SendingRefused):
        made(tmp_path / "a", *(a_copy(number, "Nights.") for number in range(500)))
    assert (tmp_path / "a").read_bytes() == b"older"
    assert len(list(tmp_path.iterdir())) == 1


def test_a_folder_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(SendingRefused, match="could not be written"):
        made(tmp_path / "nowhere" / "a", a_copy(1, "Nights."))


def test_memory_stays_flat_from_many_notes_to_ten_times_as_many(tmp_path: Path) -> None:
    few, many = (_peak(tmp_path / str(number), number) for number in (6_000, 30_000))
    assert many < few + (16 << 20)


def test_a_sealed_file_leaves_nothing_unsealed_beside_it(notebooks: Opener, tmp_path: Path) -> None:
    mara = notebooks("Mara Keel")
    logged(mara, text="Only for me: canary.", see="me")
    folder = tmp_path / "stick"
    folder.mkdir()
    sent(mara, folder / "a.fieldnotes", Selection(audience=Audience.MYSELF))
    (only,) = folder.iterdir()
    assert only.read_bytes().startswith(b"age-encryption.org/v1\n")
    with open_bundle(only, Keys((mara.library.owner.secret,))) as bundle:
        assert bundle.manifest.records == 1


# --- killed while writing ---------------------------------------------------------------------

_KILLED = """
import os, pathlib, signal, sys
left = int(sys.argv[1])
def counted(call):
    def counting(*words, **named):
        global left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return call(*words, **named)
    return counting
from fieldnotes.__main__ import main
import fieldnotes.operations.sending
from fieldnotes.bundle.zip_writer import ZipWriter
os.fsync, os.replace, os.open = map(counted, (os.fsync, os.replace, os.open))
ZipWriter.add = counted(ZipWriter.add)
sys.argv = ["fieldnotes", *sys.argv[2:]]
sys.exit(main())
"""


def test_a_kill_leaves_the_old_file_or_the_new_one_and_no_litter(tmp_path: Path) -> None:
    library, out = tmp_path / "library", tmp_path / "out"
    out.mkdir()
    path = out / "a.fieldnotes"
    notebook = a_notebook(tmp_path, "Mara Keel", "library")
    logged(notebook, text="Nights.")
    old = sent(notebook, path).path.read_bytes()
    logged(notebook, text="Days.")
    notebook.close()
    killed = 0
    for call in range(1, 60):
        path.write_bytes(old)
        words = [str(call), "--library", str(library), "export", str(path)]
        ran = subprocess.run(
            [sys.executable, "-c", _KILLED, *words], cwd=ROOT, capture_output=True, check=False
        )
        a_notebook(tmp_path, "Mara Keel", "library").close()
        assert list(out.iterdir()) == [path]
        with open_bundle(path) as bundle:
            assert bundle.manifest.records == (1 if path.read_bytes() == old else 2)
        if ran.returncode == 0:
            break
        assert ran.returncode == -signal.SIGKILL, ran.stderr
        killed += 1
    assert killed >= 8
    assert path.read_bytes() != old


# --- what is only for its author --------------------------------------------------------------

MARKS = st.sampled_from(["red", "amber+strict", "amber", "green", "clear", "ultraviolet", ""])
TEXTS = (
    "title text text_redacted account opportunity place did_what effect answer problem why_us"
    " result why_happy tried on_whom situation implication need_payoff"
).split()
PEOPLE = {"contacts.00.name", "contacts.00.email", "contacts.00.phone", "meeting.people.p"}
NAMES = [
    *TEXTS,
    *("competitors", "products", "material", "heard_from.person", "quotes.00", "quotes.01"),
    *("contacts.00.name", "contacts.00.email", "contacts.00.phone", "contacts.00.role"),
    *("meeting.account", "meeting.people.p", "consent.who", "consent.wording"),
    *("consent.channels", "attachments.00"),
]


@pytest.fixture(scope="module")
def writer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Notebook]:
    notebook = a_notebook(tmp_path_factory.mktemp("marked"), "Mara Keel")
    yield notebook
    notebook.close()


@settings(max_examples=200)
@given(marks=st.dictionaries(st.sampled_from(NAMES), MARKS), marking=MARKS)
def test_no_byte_of_a_company_file_says_what_is_only_for_its_author(
    writer: Notebook, marks: dict[str, str], marking: str
) -> None:
    record_id = writer.new_id()
    note, attached = _full_of_canaries(writer, record_id)
    draft = NoteDraft(id=record_id, note=note, marking=marking, marks=marks)
    log_note(writer, draft)
    path = writer.library.folder.parent / "company.fieldnotes"
    sent(writer, path, Selection(tags=(record_id,)))
    everything = _all_bytes(path)
    secret = {"red", "ultraviolet", ""}
    for name in NAMES:
        mark = marks.get(name, "red" if name in PEOPLE else "clear")
        told = _canary(record_id, name).encode() in everything
        assert told == (marking not in secret and mark not in secret), name
        if name == "attachments.00":
            assert (attached.encode() in everything) == told


def _full_of_canaries(writer: Notebook, record_id: str) -> tuple[Note, str]:
    def canary(name: str) -> str:
        return _canary(record_id, name)

    attached = f"content {record_id}"
    sha256 = writer.library.blobs.put(attached.encode())
    contact = {part: canary(f"contacts.00.{part}") for part in ("name", "email", "phone", "role")}
    consent = {part: canary(f"consent.{part}") for part in ("who", "wording")}
    note = a_note(
        **{name: canary(name) for name in TEXTS},
        **{name: (canary(name),) for name in ("competitors", "products", "material")},
        tags=(record_id,),
        heard_from_person=canary("heard_from.person"),
        quotes=tuple(Quote(f"0{n}", canary(f"quotes.0{n}")) for n in range(2)),
        contacts=(Contact("00", **contact),),
        meeting=Meeting(
            "m", canary("meeting.account"), people=(Person("p", canary("meeting.people.p")),)
        ),
        consent=Consent(**consent, channels=(canary("consent.channels"),)),
        attachments=(Attachment("00", canary("attachments.00"), "text/plain", 9, sha256),),
    )
    return note, attached


def _canary(record_id: str, name: str) -> str:
    return f"<{record_id} {name}>"


def _all_bytes(path: Path) -> bytes:
    with zipfile.ZipFile(path) as zipped:
        return path.read_bytes() + b"".join(map(zipped.read, zipped.namelist()))


def _peak(path: Path, number: int) -> int:
    """The most bytes that a program held while it wrote and read so many notes."""
    script = f"from tests.unit.bundle import test_writer as t; t.written_and_read({number})"
    ran = subprocess.run(
        [sys.executable, "-c", script, str(path)], cwd=ROOT, capture_output=True, check=True
    )
    return int(ran.stdout)


def written_and_read(number: int) -> None:
    """Runs in a program of its own; prints the most bytes it held (Linux)."""
    path = Path(sys.argv[1])
    copies = (a_copy(each, "Short.") for each in range(number))
    write_bundle(path, COVER, map(line_of, copies), (), MARA)
    with open_bundle(path) as bundle:
        assert sum(1 for _ in bundle.records()) == number
    status = Path("/proc/self/status").read_text("utf-8")
    print(int(status.partition("VmHWM:")[2].split()[0]) * 1024)
