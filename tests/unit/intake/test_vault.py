"""Folders and archives of Markdown pages: Obsidian vaults, our own, and traps."""

from __future__ import annotations

import stat
import zipfile
from pathlib import Path

import pytest

from fieldnotes.errors import IntakeRefused
from fieldnotes.intake.front_matter import Unreadable, read_properties, split_page
from fieldnotes.intake.vault import Folder, read_pages
from fieldnotes.operations.intake import Skipped, TakenOver, take_over
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import show_note
from tests.builders import counted, found

PAGE = """---
kind: objection
competitors:
- GitHub
- Microsoft
tags: [a, "#b"]
date: 2022-10-25
Company: Halden Foods
---

# Why is the price 5x?

They ask, and nobody
answers.
"""


def taken(notebook: Notebook, path: Path) -> TakenOver:
    return take_over(notebook, path).result


def a_vault(folder: Path, **pages: str) -> Path:
    for name, page in pages.items():
        place = folder / name.replace("__", "/")
        place.parent.mkdir(parents=True, exist_ok=True)
        place.with_suffix(".md").write_text(page, "utf-8")
    return folder


def a_zip(path: Path, *entries: tuple[str | zipfile.ZipInfo, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        for entry, content in entries:
            zipped.writestr(entry, content)
    return path


@pytest.mark.parametrize("packed", [False, True])
def test_a_page_of_others_is_taken_over(tmp_path: Path, seller: Notebook, packed: bool) -> None:
    path = a_vault(tmp_path / "vault", sub__page=PAGE)
    if packed:
        path = a_zip(tmp_path / "v.zip", ("sub/page.md", PAGE), ("x.png", "no page"))
    assert taken(seller, path) == TakenOver(1, 0, [])
    [note] = [show_note(seller, each).note for each in found(seller)]
    assert (note.kind, note.title) == ("objection", "Why is the price 5x?")
    assert note.text == "They ask, and nobody\nanswers."
    assert (note.competitors, note.tags) == (("GitHub", "Microsoft"), ("a", "b"))
    assert (note.account, note.whole_day) == ("Halden Foods", True)
    assert taken(seller, path) == TakenOver(0, 1, [])


def test_a_page_alone_is_taken_over(tmp_path: Path, seller: Notebook) -> None:
    a_vault(tmp_path, page=PAGE, other=PAGE)
    assert taken(seller, tmp_path / "page.md").new == 1


def test_a_page_without_a_heading_is_called_as_its_file(tmp_path: Path, seller: Notebook) -> None:
    a_vault(tmp_path / "v", **{"A visit": "It went well.", "2026-03-31": "A daily note."})
    taken(seller, tmp_path / "v")
    notes = sorted((show_note(seller, each).note for each in found(seller)), key=lambda n: n.text)
    assert [note.title for note in notes] == ["", "A visit"]
    assert counted(seller, "on:2026-03-31") == 1


def test_what_is_hidden_or_leads_elsewhere_is_no_part_of_a_vault(tmp_path: Path) -> None:
    vault = a_vault(
        tmp_path / "v", page="Mine", **{".obsidian__x": "Settings", ".trash__y": "Gone"}
    )
    a_vault(tmp_path, secret="Somewhere else")
    (vault / "link.md").symlink_to(tmp_path / "secret.md")
    (vault / "folder").symlink_to(tmp_path, target_is_directory=True)
    assert [row.where for row in read_pages(Folder(vault))] == ["page.md"]
    assert Folder(vault).read("../secret.md", 100) is None
    assert Folder(vault).read("link.md", 100) is None
    assert Folder(vault).read("no\0name", 100) is None


def test_a_page_that_cannot_be_read_is_told_by_its_name(tmp_path: Path, seller: Notebook) -> None:
    path = a_vault(tmp_path / "v", bad="---\na: [\n---\nText", good="Fine")
    result = taken(seller, path)
    assert result.new == 1
    assert result.skipped == [Skipped(1, "its properties cannot be read", "bad.md")]


# --- properties ----------------------------------------------------------------------------------


def test_properties_stay_what_somebody_wrote() -> None:
    above = "a: no\nb: 2026-03-31\nc: 0x1f\nd: 1_000\ne: !!python/name:os.system x"
    above += "\nf:\ng: ~\nh: '~'"
    assert read_properties(above) == {
        "a": "no",
        "b": "2026-03-31",
        "c": "0x1f",
        "d": "1_000",
        "e": "x",
        "f": None,
        "g": None,
        "h": "~",
    }


@pytest.mark.parametrize(
    "above",
    [
        "a: &x [1]\nb: [*x, *x]",
        "[" * 100_000,
        "{a: " * 50_000,
        "- a\n- b",
        "a: b: c",
        "\x00",
        'a: "\\ud800"',
        "a: [" + "1," * 200_000 + "]",
    ],
)
def test_properties_that_cost_too_much_or_mean_nothing_are_refused(above: str) -> None:
    with pytest.raises(Unreadable):
        read_properties(above)


@pytest.mark.parametrize(
    ("page", "properties", "rest"),
    [
        ("no properties", {}, "no properties"),
        ("---\n---\nx", {}, "x"),
        ("---\r\na: b\r\n---\r\nx", {"a": "b"}, "x"),
        ("\ufeff---\na: b\n---\nx", {"a": "b"}, "x"),
        ("---\na: b\n---", {"a": "b"}, ""),
        ("---\na: b\nnever ends", {}, "---\na: b\nnever ends"),
        ("text\n---\na: b\n---\n", {}, "text\n---\na: b\n---\n"),
    ],
)
def test_properties_are_what_stands_between_the_first_lines(
    page: str, properties: dict[str, str], rest: str
) -> None:
    assert split_page(page) == (properties, rest)


# --- archives ------------------------------------------------------------------------------------


def link(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    "entry",
    ["../x.md", "/etc/x.md", "a/../../x.md", "C:/x.md", "a\\x.md", link("x.md")],
)
def test_an_archive_that_leads_elsewhere_is_refused(
    tmp_path: Path, seller: Notebook, entry: str | zipfile.ZipInfo
) -> None:
    path = a_zip(tmp_path / "v.zip", ("good.md", "Fine"), (entry, "Trap"))
    with pytest.raises(IntakeRefused):
        taken(seller, path)
    assert counted(seller) == 0


def test_an_archive_that_unpacks_to_too_much_is_refused(tmp_path: Path, seller: Notebook) -> None:
    path = a_zip(tmp_path / "v.zip", ("a.md", "x" * (80 << 20)))
    with pytest.raises(IntakeRefused, match="weighs"):
        taken(seller, path)


def test_an_archive_whose_entries_overlap_is_refused(tmp_path: Path, seller: Notebook) -> None:
    path = a_zip(tmp_path / "v.zip", ("a.md", "Text"), ("b.md", "Text"))
    content = path.read_bytes()
    second = content.rindex(b"PK\x01\x02")
    path.write_bytes(content[: second + 42] + bytes(4) + content[second + 46 :])
    with pytest.raises(IntakeRefused):
        taken(seller, path)


@pytest.mark.parametrize("cut", [0, 10, 60, -1])
def test_an_archive_that_is_cut_off_is_refused(tmp_path: Path, seller: Notebook, cut: int) -> None:
    path = a_zip(tmp_path / "v.zip", ("a.md", "Text" * 50))
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(IntakeRefused):
        taken(seller, path)


def test_every_byte_of_an_archive_may_be_flipped(tmp_path: Path, seller: Notebook) -> None:
    whole = a_zip(tmp_path / "v.zip", ("a.md", PAGE)).read_bytes()
    path = tmp_path / "flipped.zip"
    for at in range(0, len(whole), 3):
        flipped = bytearray(whole)
        flipped[at] ^= 0xFF
        path.write_bytes(flipped)
        try:
            take_over(seller, path)
        except IntakeRefused:
            continue
    assert counted(seller) <= 3
