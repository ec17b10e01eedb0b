"""What a file is called, what it is, and what is never opened."""

from __future__ import annotations

import pytest

from fieldnotes.domain.attachments import ending, hashes_in, may_run, media_of, safe_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("offer.pdf", "offer.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\mara\\offer.pdf", "offer.pdf"),
        ("offer\u202efdp.exe", "offerfdp.exe"),  # would read as offerexe.pdf
        ("o\u200bffer.exe ", "offer.exe"),
        ("offer.exe . .", "offer.exe"),
        ("two\nlines.png", "two lines.png"),
        ("con.txt", "_con.txt"),
        ('a<b>c:"d".txt', "a_b_c__d_.txt"),
        ("...", "file"),
        ("", "file"),
        ("x" * 300 + ".pdf", "x" * 115 + "….pdf"),
    ],
)
def test_a_name_shows_its_true_ending_and_leads_nowhere(name: str, shown: str) -> None:
    assert safe_name(name) == shown


@pytest.mark.parametrize(
    "name",
    "setup.exe SETUP.EXE run.sh offer.pdf.scr macro.docm page.html sign.svg tool.desktop go.lnk"
    " offer\u202efdp.exe a.exe. script.py disk.iso b.appimage".split(),
)
def test_what_runs_is_known_by_its_ending(name: str) -> None:
    assert may_run(name)


@pytest.mark.parametrize("name", "a.pdf b.jpg c.docx d.mp3 e.eml f.txt g noending.".split())
def test_what_is_only_shown_may_be_opened(name: str) -> None:
    assert not may_run(name)


@pytest.mark.parametrize("begins", [b"MZ\x90", b"\x7fELF", b"#!/bin/sh", b"\xcf\xfa\xed\xfe"])
def test_a_program_is_known_by_its_content_whatever_its_name(begins: bytes) -> None:
    assert may_run("holiday.jpg", "image/jpeg", begins + bytes(60))


def test_the_content_says_what_a_file_is_before_its_name() -> None:
    assert media_of("photo.txt", b"\xff\xd8\xff\xe0") == "image/jpeg"
    assert media_of("memo", b"\0\0\0\x1cftypM4A ") == "audio/mp4"
    assert media_of("photo.jpg", b"\0\0\0\x1cftypheic") == "image/heic"
    assert media_of("letter.eml", b"From: mara") == "message/rfc822"
    assert media_of("what", b"ever") == "application/octet-stream"


def test_an_ending_is_what_a_desktop_goes_by() -> None:
    assert [ending(name) for name in ("a.PDF", "a.b.c", ".hidden", "none", "a.exe ")] == [
        *("pdf", "c", "", "", "exe"),
    ]


def test_hashes_are_found_in_whatever_fields_there_are() -> None:
    good = "a" * 64
    fields = {
        "attachments.1": {"sha256": good},
        "attachments.2": {"sha256": "short"},
        "attachments.3": "nothing",
        "other.4": {"sha256": "b" * 64},
    }
    assert list(hashes_in(fields)) == [good]
