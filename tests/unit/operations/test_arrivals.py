"""What came in, counted: also where a hostile sender chose the names."""

from __future__ import annotations

from pathlib import Path

from fieldnotes.operations.arrivals import what_came_in
from tests.builders import Opener, a_note, counted, got, logged, sent


def test_a_name_that_is_blank_is_no_name(notebooks: Opener, tmp_path: Path) -> None:
    mara, ines = notebooks("Mara Keel"), notebooks("Ines Vogt")
    logged(mara, a_note(kind="objection", concern=" "))
    logged(mara, a_note(kind="objection", concern="price", competitors=(" ", "Acme")))
    logged(mara, a_note(kind="objection"))
    got(ines, sent(mara, tmp_path / "a.fieldnotes").path)
    came = what_came_in(ines)
    assert [each.name for each in came.competitors] == ["Acme"]
    assert [(each.concern, each.notes) for each in came.concerns] == [("price", 1), ("", 2)]
    assert [counted(ines, each.query) for each in came.concerns] == [1, 2]


def test_a_sender_whose_name_has_no_words_is_found(notebooks: Opener, tmp_path: Path) -> None:
    dash, ines = notebooks("-", "dash"), notebooks("Ines Vogt")
    logged(dash, text="They pay for nights.")
    logged(ines, text="A note of my own.")
    got(ines, sent(dash, tmp_path / "a.fieldnotes").path)
    (sender,) = what_came_in(ines).senders
    assert sender.name == "-"
    assert counted(ines, sender.query) == counted(ines, 'author:"-"') == 1
