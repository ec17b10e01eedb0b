"""`fieldnotes flip`: the card where there is a display, the answers where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldnotes.cli.main import main
from tests.builders import a_notebook, logged
from tests.cli.commands import NoWindow, Type

TERMS = "A 12-month exit in writing"


class Desk(NoWindow):
    """A display on which nothing is shown."""

    def __init__(self) -> None:
        self.opened: list[tuple[object, ...]] = []

    def can_open(self) -> bool:
        return True

    def open(
        self, folder: Path, files: list[Path], capture: bool = False, flip: str | None = None
    ) -> int:
        self.opened.append((folder, files, capture, flip))
        return 0


@pytest.fixture
def written(tmp_path: Path) -> Path:
    """A library in which one answer worked and one did not."""
    notebook = a_notebook(tmp_path)
    told = {"kind": "objection", "competitors": ("Kolvik",), "account": "Halden Foods"}
    logged(notebook, answer=TERMS, worked="yes", stage="proposal", **told)
    logged(notebook, answer="Three-year sum", worked="no", **told)
    notebook.close()
    return notebook.library.folder


def test_with_a_display_the_card_opens_with_the_words_typed(tmp_path: Path) -> None:
    desk = Desk()
    assert main(["--library", str(tmp_path / "here"), "flip", "Acme", "price"], desk) == 0
    assert desk.opened == [(tmp_path / "here", [], False, "Acme price")]


def test_without_words_the_card_opens_empty(tmp_path: Path) -> None:
    desk = Desk()
    assert main(["--library", str(tmp_path / "here"), "flip"], desk) == 0
    assert desk.opened == [(tmp_path / "here", [], False, "")]


def test_without_a_display_the_answers_are_printed(fieldnotes: Type, written: Path) -> None:
    said = fieldnotes("--library", written, "flip", "kolvik")
    assert said.status == 0
    assert said.out.splitlines() == [
        TERMS,
        "    worked 1×  you  Halden Foods  proposal  2026-03-02",
        "Three-year sum",
        "    did not work 1×  you  Halden Foods  2026-03-02",
    ]


def test_without_a_display_somebody_has_to_say_what_it_is_about(fieldnotes: Type) -> None:
    said = fieldnotes("flip")
    assert said.status == 1
    assert said.err.startswith("What is it about?")


def test_it_says_when_only_some_of_the_words_were_found(fieldnotes: Type, written: Path) -> None:
    said = fieldnotes("--library", written, "flip", "kolvik", "submarine")
    assert said.out.startswith("Nothing that worked has all these words. This has some of them.")


def test_it_says_when_nothing_was_found(fieldnotes: Type, written: Path) -> None:
    said = fieldnotes("--library", written, "flip", "submarine")
    assert said.out == "Nothing that worked is noted for this yet.\n"
    assert fieldnotes("--library", written, "flip", "--json", "submarine").out == ""


def test_json_is_one_object_a_line_also_where_there_is_a_display(
    written: Path, capsys: pytest.CaptureFixture[str], fieldnotes: Type
) -> None:
    desk = Desk()
    assert main(["--library", str(written), "flip", "--json", "kolvik"], desk) == 0
    assert desk.opened == []
    assert len(capsys.readouterr().out.splitlines()) == 2
    first, second = fieldnotes("--library", written, "flip", "--json", "kolvik").lines
    assert (first["answer"], first["worked"], first["not"]) == (TERMS, 1, 0)
    assert (second["worked"], second["not"], second["who"]) == (0, 1, ["you"])
    assert set(first) == set(
        "answer worked partly not who accounts stage outcome newest quote note read_as".split()
    )
