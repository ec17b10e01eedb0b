"""The main job on 769 notes that other people wrote: intake, search, handing over, check."""

from __future__ import annotations

import json
import random
import re
from pathlib import Path
from typing import Any

import msgspec
import pytest

from fieldnotes.domain.notes import Note
from fieldnotes.domain.words import words_of
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.intake import TakenOver, take_over
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.notes import edit_note, show_note
from fieldnotes.operations.search import counts_by_kind
from tests.builders import TickingClock, an_exchange, counted, exported, found
from tests.journeys.writes import Writes

KINDS = {"question": "note"}


@pytest.fixture(scope="module")
def folder(real_data: Path) -> Path:
    return real_data / "gitlab_field_notes"


@pytest.fixture(scope="module")
def told(folder: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (folder / "notes.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="module")
def journey(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """A seller who took all notes over, and a marketer who read them in."""
    place = tmp_path_factory.mktemp("journey")
    notebooks = []
    for name in ("seller", "marketer"):
        notebook = open_notebook(
            place / name, f"The {name}", TickingClock(), machine_folder=place / f"{name}-machine"
        )
        notebook.random = random.Random(name).randbytes
        notebooks.append(notebook)
    seller, marketer = notebooks
    taken = take_over(seller, folder / "notes.jsonl", kinds=KINDS).result
    exchange = an_exchange(seller, marketer, recipient="The marketer")
    yield seller, marketer, taken, exchange
    for notebook in notebooks:
        notebook.close()


def test_every_note_is_taken_over(journey: Any, folder: Path) -> None:
    seller, _, taken, _ = journey
    assert (taken.new, taken.unchanged, taken.skipped) == (769, 0, [])
    assert check_library(seller).problems == []
    assert counts_by_kind(seller) == {"competitor": 313, "objection": 104, "win": 206, "note": 146}


def test_the_same_file_again_adds_nothing(journey: Any, folder: Path) -> None:
    seller: Notebook = journey[0]
    again = take_over(seller, folder / "notes.jsonl", kinds=KINDS).result
    assert again == TakenOver(0, 769, [])


def test_the_sheet_of_the_same_notes_says_the_same(
    folder: Path, tmp_path: Path, journey: Any
) -> None:
    notebook = open_notebook(tmp_path / "sheet", "Ines Rowe", TickingClock())
    taken = take_over(notebook, folder / "notes.csv", kinds=KINDS).result
    assert (taken.new, taken.skipped) == (769, [])
    ours, theirs = (_texts(each) for each in (notebook, journey[0]))
    assert ours == theirs
    notebook.close()


def _texts(notebook: Notebook) -> list[tuple[str, str, tuple[str, ...]]]:
    notes = [show_note(notebook, each).note for each in found(notebook)]
    return sorted((note.title, note.text, note.competitors) for note in notes)


def test_words_are_counted_as_the_oracle_counts_them(
    journey: Any, folder: Path, told: list[dict[str, Any]]
) -> None:
    """The oracle takes an underscore for a letter, so a word it misses there is counted here."""
    seller: Notebook = journey[0]
    oracle = json.loads((folder / "oracle.json").read_text("utf-8"))["whole_word"]
    for word, count in oracle.items():
        beside = sum(_only_beside_an_underscore(each, word) for each in told)
        assert counted(seller, f"text:{word}") == count + beside, word
    assert counted(seller, "text:security") == 119


def _only_beside_an_underscore(note: dict[str, Any], word: str) -> bool:
    text = f"{note['title']}\n{note['body']}"
    strict = re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)
    return strict is None and _says(text, word)


def _says(text: str, phrase: str) -> bool:
    return f" {' '.join(words_of(phrase))} " in f" {' '.join(words_of(text))} "


@pytest.mark.parametrize(
    "phrase", ["open source", "CI/CD", "Goldman Sachs", "rip-and-replace", "5x", "don’t"]
)
def test_phrases_are_counted_as_plain_python_counts_them(
    journey: Any, told: list[dict[str, Any]], phrase: str
) -> None:
    expected = sum(_says(note["title"], phrase) or _says(note["body"], phrase) for note in told)
    assert counted(journey[0], f'text:"{phrase}"') == expected


@pytest.mark.parametrize("beginning", ["migrat", "plugin", "secur", "x", "gitl"])
def test_beginnings_are_counted_as_plain_python_counts_them(
    journey: Any, told: list[dict[str, Any]], beginning: str
) -> None:
    expected = sum(
        any(word.startswith(beginning) for word in words_of(f"{note['title']} {note['body']}"))
        for note in told
    )
    assert counted(journey[0], f"text:{beginning}*") == expected


def test_years_are_counted_as_the_oracle_counts_them(journey: Any, folder: Path) -> None:
    for year, count in json.loads((folder / "oracle.json").read_text("utf-8"))["by_year"].items():
        assert counted(journey[0], f"on:{year}") == count


def test_competitors_are_counted_as_written(journey: Any, told: list[dict[str, Any]]) -> None:
    for name in {name for note in told for name in note["competitors"]}:
        expected = sum(
            name.casefold() in {each.casefold() for each in note["competitors"]} for note in told
        )
        assert counted(journey[0], f'competitor:"{name}"') == expected


def test_all_of_them_arrive(journey: Any) -> None:
    seller, marketer, _, exchange = journey
    assert exchange.words == {"new": 769}
    mine, theirs = check_library(seller), check_library(marketer)
    assert theirs.problems == []
    assert (mine.digest, mine.content) == (theirs.digest, theirs.content)
    assert counts_by_kind(marketer) == counts_by_kind(seller)


def test_a_second_time_writes_no_note(journey: Any) -> None:
    seller, marketer, _, _ = journey
    writes = Writes(marketer)
    before = writes.rows, writes.index, writes.sizes["facts"], writes.sizes["history"]
    assert an_exchange(seller, marketer, recipient="The marketer").words == {"unchanged": 769}
    after = writes.rows, writes.index, writes.sizes["facts"], writes.sizes["history"]
    assert after == before


def test_objection_handling_has_exactly_its_notes(
    journey: Any, told: list[dict[str, Any]], tmp_path: Path
) -> None:
    seller: Notebook = journey[0]
    reader = open_notebook(tmp_path / "reader", "Ines Rowe", TickingClock())
    an_exchange(seller, reader, tags=("objection-handling",))
    expected = sorted(note["title"] for note in told if "objection-handling" in note["tags"])
    titles = sorted(show_note(reader, each).note.title for each in found(reader))
    assert titles == expected
    assert len(titles) > 0
    reader.close()


@pytest.mark.parametrize("name", ["n.csv", "n.xlsx", "n.jsonl", "n.zip", "folder"])
def test_every_shape_takes_all_of_them_there_and_back(
    journey: Any, tmp_path: Path, name: str
) -> None:
    seller: Notebook = journey[0]
    path = tmp_path / name
    shapes = {".csv": "csv", ".xlsx": "xlsx", ".jsonl": "jsonl"}
    sent = exported(seller, path, shapes.get(path.suffix, "markdown"))
    assert (sent.manifest["records"], sent.not_sent, sent.hidden) == (769, 0, 0)
    assert take_over(seller, path).result == TakenOver(0, 769, [])
    back = open_notebook(tmp_path / "back", "The seller", TickingClock())
    taken = take_over(back, path).result
    assert (taken.new, taken.skipped) == (769, [])
    assert _whole(back) == _whole(seller)
    back.close()


def test_the_vault_of_the_same_notes_says_the_same(
    folder: Path, tmp_path: Path, journey: Any
) -> None:
    """One title has two lines, which no heading of a page can have."""
    notebook = open_notebook(tmp_path / "vault", "Ines Rowe", TickingClock())
    taken = take_over(notebook, folder / "vault_markdown.zip", kinds=KINDS).result
    assert (taken.new, taken.skipped) == (769, [])
    ours, theirs = (_whole(each) for each in (notebook, journey[0]))
    [broken] = [note for note in theirs if "\n" in note.title]
    theirs.remove(broken)
    [other] = [note for note in ours if note not in set(theirs)]
    assert [note for note in ours if note is not other] == theirs
    assert other.title == broken.title.partition("\n")[0]
    assert (other.kind, other.tags, other.happened) == (broken.kind, broken.tags, broken.happened)
    assert other.text.endswith(broken.text)
    notebook.close()


def _whole(notebook: Notebook) -> list[Note]:
    notes = [show_note(notebook, each).note for each in found(notebook)]
    return sorted(notes, key=repr)


def test_an_edit_is_all_that_is_new_since_last_time(journey: Any) -> None:
    seller, marketer, _, _ = journey
    note = found(seller, "text:security")[0]
    edited = msgspec.structs.replace(show_note(seller, note).note, title="Edited since")
    edit_note(seller, note, edited)
    exchange = an_exchange(seller, marketer, recipient="The marketer", since_last=True)
    assert exchange.sent.manifest["records"] == 1
    assert exchange.words == {"updated": 1}
    assert check_library(marketer).digest == check_library(seller).digest
