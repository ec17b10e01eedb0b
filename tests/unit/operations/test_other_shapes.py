"""Notes for other programs: what is in them, what is remembered, and how they come back."""

from __future__ import annotations

import gc
import json
import signal
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from fieldnotes import paths
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.note_columns import COLUMNS
from fieldnotes.domain.notes import (
    Attachment,
    Consent,
    Contact,
    Kind,
    Meeting,
    Note,
    Person,
    Quote,
)
from fieldnotes.domain.records import Reason
from fieldnotes.domain.selections import Selection
from fieldnotes.domain.shapes import ENDINGS, Shape
from fieldnotes.domain.vault_pages import FILES, TAGS
from fieldnotes.errors import SendingRefused
from fieldnotes.intake.front_matter import split_page
from fieldnotes.operations.attachments import Source, attach
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.intake import TakenOver, plan_intake, take, take_over
from fieldnotes.operations.ledger import went_to
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, remove_note, show_note
from fieldnotes.operations.other_shapes import send_as
from fieldnotes.operations.search import count_notes
from fieldnotes.operations.sending_plans import plan_sending
from tests.builders import Opener, a_note, a_notebook, at, counted, exported, found, logged

SHAPES = [Shape.CSV, Shape.XLSX, Shape.MARKDOWN, Shape.JSONL]
FULL = Note(
    kind=Kind.WIN.value,
    title="=They signed",
    text="- first\n- second\n\n  indented ",
    text_redacted="The text for others",
    language="en",
    account="Halden Foods",
    competitors=("Quellmann", "Dun; marrow"),
    products=("Basis",),
    tags=("pricing", "deal:lost", "price list", "2026"),
    opportunity="Renewal",
    stage="closed",
    outcome="won",
    happened=at("2026-03-31T14:00:00.123+02:00"),
    place="Hamburg",
    known_by="seen",
    sureness="confirmed",
    material=("Deck 3",),
    heard_from_person="Marta",
    problem="Night shifts",
    replies=0,
    tries=6,
    quotes=(Quote("00", "Nobody\ntold us", "CFO"), Quote("01", "Fine")),
    contacts=(Contact("a", "Marta", "CFO", "m@example.com", "+49 1"),),
    meeting=Meeting("m1", "Halden Foods", "2026-03-31", (Person("p", "Marta"),), "uid", "r"),
    consent=Consent("Marta", "as is", False, ("website",), "2027-01-01"),
)


def shown(note: Note) -> dict[str, str]:
    """Marks with which everything of a note goes to the company."""
    names = [
        f"contacts.{each.id}.{p}" for each in note.contacts for p in ("name", "email", "phone")
    ]
    names += [f"meeting.people.{each.id}" for each in (note.meeting.people if note.meeting else ())]
    return dict.fromkeys(names, "amber+strict")


def place_of(tmp_path: Path, shape: Shape) -> Path:
    return tmp_path / f"notes{ENDINGS[shape]}"


@pytest.mark.parametrize("shape", SHAPES)
def test_every_field_comes_back_in_another_library(
    tmp_path: Path, seller: Notebook, notebooks: Opener, shape: Shape
) -> None:
    logged(seller, FULL, marks=shown(FULL), see="anyone")
    exported(seller, place_of(tmp_path, shape), shape)
    back = notebooks("Wren Tolliver", "back")
    assert take_over(back, place_of(tmp_path, shape)).result == TakenOver(1, 0, [])
    [view] = [show_note(back, each) for each in found(back)]
    assert view.note == FULL
    assert (view.marking, view.hidden) == ("clear", ())
    again = place_of(tmp_path, shape).with_stem("again")
    assert exported(back, again, shape).hidden == 0  # what might be seen may still be seen


@pytest.mark.parametrize("shape", SHAPES)
def test_own_notes_that_come_back_are_unchanged(
    tmp_path: Path, seller: Notebook, shape: Shape
) -> None:
    logged(seller, FULL)
    logged(seller, text="Second", text_redacted="For others", see="anyone")
    exported(seller, place_of(tmp_path, shape), shape)
    assert take_over(seller, place_of(tmp_path, shape)).result == TakenOver(0, 2, [])
    assert counted(seller) == 2


@pytest.mark.parametrize("shape", SHAPES)
def test_a_note_that_changed_here_stays_as_it_is(
    tmp_path: Path, seller: Notebook, shape: Shape
) -> None:
    note = logged(seller, text="Before")
    gone = logged(seller, text="Gone since")
    exported(seller, place_of(tmp_path, shape), shape)
    edit_note(seller, note, a_note(text="After"))
    remove_note(seller, gone, Reason.WRONG)
    taken = take_over(seller, place_of(tmp_path, shape)).result
    assert (taken.new, taken.unchanged, len(taken.skipped)) == (0, 0, 2)
    assert show_note(seller, note).note.text == "After"
    assert counted(seller) == 1


def test_the_same_notes_in_another_shape_are_known(
    tmp_path: Path, seller: Notebook, marketer: Notebook
) -> None:
    logged(seller, FULL)
    news = []
    for shape in SHAPES:
        exported(seller, place_of(tmp_path, shape), shape)
        news.append(take_over(marketer, place_of(tmp_path, shape)).result.new)
    assert news == [1, 0, 0, 0]
    assert check_library(marketer).problems == []


def test_a_note_of_somebody_else_says_from_whom_it_came(
    tmp_path: Path, seller: Notebook, marketer: Notebook
) -> None:
    note = logged(seller, text="They ask for a discount")
    exported(seller, tmp_path / "n.csv", "csv")
    take_over(marketer, tmp_path / "n.csv")
    [view] = [show_note(marketer, each) for each in found(marketer)]
    assert view.note.heard_from_person == "Wren Tolliver"
    assert view.note.heard_from_note == note
    assert view.happened.local().date() == show_note(seller, note).happened.local().date()


def test_a_text_for_others_stands_for_the_text(
    tmp_path: Path, seller: Notebook, marketer: Notebook
) -> None:
    logged(seller, a_note(text="Secret", text_redacted="For others"), marks={"text": "red"})
    exported(seller, tmp_path / "n.jsonl", "jsonl")
    assert json.loads((tmp_path / "n.jsonl").read_text())["text"] == "For others"
    take_over(marketer, tmp_path / "n.jsonl")
    assert [show_note(marketer, each).note.text for each in found(marketer)] == ["For others"]


# --- the ledger and the check -----------------------------------------------------------------


@pytest.mark.parametrize("shape", [*SHAPES, Shape.SQLITE])
def test_the_ledger_remembers_what_went_in_which_shape(
    tmp_path: Path, seller: Notebook, shape: Shape
) -> None:
    note = logged(seller, text="They signed")
    exported(seller, place_of(tmp_path, shape), shape, recipient="Marketing")
    number = show_note(seller, note).note_no
    assert [recipient for recipient, _ in went_to(seller, number)] == ["Marketing"]
    later = Selection(recipient="Marketing", since_last=True, shape=shape)
    assert plan_sending(seller, later).items == []
    assert check_library(seller).problems == []


def test_the_check_shows_notes_alone_for_another_shape(seller: Notebook) -> None:
    keep, gone = logged(seller, FULL), logged(seller, text="Gone")
    remove_note(seller, gone, Reason.WRONG)
    plan = plan_sending(seller, Selection(shape=Shape.CSV))
    assert [item.id for item in plan.items] == [keep]
    hidden = {name for name, _ in plan.items[0].hidden}
    assert hidden == {"Contact: name", "Contact: email", "Contact: phone", "People in the meeting"}


@pytest.mark.parametrize("shape", SHAPES)
def test_a_win_without_consent_is_labelled_in_every_shape(
    tmp_path: Path, seller: Notebook, shape: Shape
) -> None:
    logged(seller, kind=Kind.WIN, text="Live in nine days")
    exported(seller, place_of(tmp_path, shape), shape)
    content = place_of(tmp_path, shape).read_bytes()
    if content.startswith(b"PK"):
        with zipfile.ZipFile(place_of(tmp_path, shape)) as zipped:
            content = b"".join(map(zipped.read, zipped.namelist()))
    assert b"ask the customer before use" in content


def test_promises_go_in_no_other_shape(seller: Notebook) -> None:
    with pytest.raises(SendingRefused):
        plan_sending(seller, Selection(shape=Shape.CSV, promises=True))


def test_nothing_is_remembered_of_what_could_not_be_written(
    tmp_path: Path, seller: Notebook
) -> None:
    note = logged(seller, text="They signed")
    for shape in (*SHAPES, Shape.SQLITE):
        with pytest.raises(SendingRefused):
            exported(seller, tmp_path / "no" / "where", shape)
    assert went_to(seller, show_note(seller, note).note_no) == []


# --- Markdown ---------------------------------------------------------------------------------


def test_a_vault_holds_a_page_a_note_its_files_and_an_index_by_account(
    tmp_path: Path, seller: Notebook, marketer: Notebook
) -> None:
    file = attach(seller, Source("Plan: 1.txt", lambda: b"a plan")).attachment
    gone = Attachment("zz", "gone.txt", "text/plain", 4, "0" * 64)
    note = replace(FULL, attachments=(file, gone))
    logged(seller, note)
    logged(seller, text="No account")
    exported(seller, tmp_path / "vault", "markdown")
    vault = tmp_path / "vault"
    names = sorted(str(each.relative_to(vault)) for each in vault.rglob("*.*"))
    assert names == [
        "accounts/Halden Foods.md",
        "attachments/Plan_ 1.txt",
        "notes/2026-03-02 No account.md",
        "notes/2026-03-31 =They signed.md",
    ]
    page = (vault / names[3]).read_text("utf-8")
    properties, below = split_page(page)
    assert properties["tags"] == ["pricing", "deal/lost", "price-list", "_2026"]
    assert properties["day"] == "2026-03-31"
    assert below.startswith(FULL.text)
    assert "> Fine\n" in below
    assert "![[attachments/Plan_ 1.txt]]" in below
    assert "[[2026-03-31 =They signed]]" in (vault / names[0]).read_text("utf-8")
    assert take_over(marketer, tmp_path / "vault").result == TakenOver(2, 0, [])
    [arrived] = [show_note(marketer, each) for each in found(marketer, "signed")]
    assert marketer.library.blobs.get(arrived.note.attachments[0].sha256) == b"a plan"
    assert [each.name for each in arrived.note.attachments] == [file.name, gone.name]


def test_a_folder_that_is_not_empty_is_never_written_into(tmp_path: Path, seller: Notebook) -> None:
    logged(seller)
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "a.md").write_text("Mine")
    with pytest.raises(SendingRefused):
        exported(seller, tmp_path / "mine", "markdown")
    assert [each.name for each in (tmp_path / "mine").iterdir()] == ["a.md"]
    (tmp_path / "empty").mkdir()
    assert exported(seller, tmp_path / "empty", "markdown").manifest["records"] == 1


def test_files_that_are_not_shown_lie_in_no_vault(tmp_path: Path, seller: Notebook) -> None:
    file = attach(seller, Source("plan.txt", lambda: b"a plan")).attachment
    note = a_note(text="With a plan", attachments=(file,))
    logged(seller, note, marks={f"attachments.{file.id}": "red"})
    exported(seller, tmp_path / "v.zip", "markdown")
    with zipfile.ZipFile(tmp_path / "v.zip") as zipped:
        assert [name for name in zipped.namelist() if "attachments" in name] == []


# --- plan and apply ---------------------------------------------------------------------------


def test_a_plan_writes_nothing_and_says_what_would_come(
    tmp_path: Path, seller: Notebook, marketer: Notebook
) -> None:
    logged(seller, FULL)
    exported(seller, tmp_path / "n.csv", "csv")
    plan = plan_intake(marketer, tmp_path / "n.csv")
    assert (len(plan.takings), plan.ours, plan.unchanged) == (1, 1, 0)
    assert plan.takings[0].draft.note.title == "=They signed"
    assert counted(marketer) == 0
    assert take(marketer, plan).result.new == 1
    assert take(marketer, plan).result == TakenOver(0, 1, [])  # shown twice, taken once
    assert counted(marketer) == 1


# --- interrupted ------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from pathlib import Path
from fieldnotes.operations.notebook import open_notebook
from fieldnotes.operations.other_shapes import send_as
from fieldnotes.domain.selections import Selection
from fieldnotes.operations.sending_plans import plan_sending
from fieldnotes.domain.shapes import Shape

notebook = open_notebook(Path(sys.argv[1]), machine_folder=Path(sys.argv[2]))
plan = plan_sending(notebook, Selection(shape=Shape(sys.argv[4])))
left = 2 * plan.records - 2 if sys.argv[4] in ("csv", "xlsx") else plan.records - 2

def die(done, total):
    global left
    left -= 1
    if left < 0:
        os.kill(os.getpid(), signal.SIGKILL)

send_as(notebook, plan, Path(sys.argv[3]), die)
"""


@pytest.mark.parametrize("name", ["n.csv", "n.xlsx", "n.jsonl", "n.zip", "folder"])
def test_a_kill_leaves_the_old_file_and_no_litter(tmp_path: Path, name: str) -> None:
    shapes = {".csv": "csv", ".xlsx": "xlsx", ".jsonl": "jsonl"}
    out = tmp_path / "out"
    out.mkdir()
    path = out / name
    notebook = a_notebook(tmp_path)
    folder = notebook.library.folder
    for number in range(8):
        logged(notebook, text=f"Note {number}")
    notebook.close()
    if path.suffix:
        path.write_text("old")
    told: list[Any] = [folder, f"{folder}-machine", path, shapes.get(path.suffix, "markdown")]
    ended = subprocess.run([sys.executable, "-c", KILLED, *map(str, told)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert len(list(out.iterdir())) > bool(path.suffix)  # it was in the middle of it
    notebook = a_notebook(tmp_path)
    assert [each.name for each in out.iterdir()] == ([name] if path.suffix else [])
    assert not path.suffix or path.read_text() == "old"
    assert count_notes(notebook, Selection().filter) == 8
    notebook.close()


def test_the_help_explains_every_column() -> None:
    told = (paths.resources() / "help" / "other-programs.md").read_text("utf-8")
    assert [name for name in (*COLUMNS, TAGS, FILES) if f"`{name}`" not in told] == []


@pytest.mark.parametrize("name", ["n.csv", "n.xlsx", "n.jsonl", "n.zip", "folder", "n.sqlite"])
def test_stopping_leaves_the_old_file_and_no_litter(
    tmp_path: Path, seller: Notebook, name: str
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    for number in range(5):
        logged(seller, text=f"Note {number}")
    endings = {ending: shape for shape, ending in ENDINGS.items()}
    plan = plan_sending(seller, Selection(shape=endings.get(Path(name).suffix, Shape.MARKDOWN)))
    told: list[tuple[int, int]] = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if done == total - 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        send_as(seller, plan, out / name, stop)
    gc.collect()  # whoever still held a file would say so
    assert list(out.iterdir()) == []
    assert told == [(done, told[0][1]) for done in range(told[0][1] - 1)]
    assert went_to(seller, show_note(seller, found(seller)[0]).note_no) == []


def test_audiences_mask_alike(tmp_path: Path, seller: Notebook) -> None:
    logged(seller, text="For the company")
    sent = exported(seller, tmp_path / "n.jsonl", "jsonl", Audience.ANYONE)
    assert (sent.manifest["records"], sent.not_sent) == (0, 1)
    assert (tmp_path / "n.jsonl").read_bytes() == b""
