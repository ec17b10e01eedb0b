"""A draft of an e-mail, and a copy where the team looks."""

from __future__ import annotations

from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest

from fieldnotes.errors import SendingRefused
from fieldnotes.operations import handing_over
from fieldnotes.operations.handing_over import draft_mail, put_in_folder
from fieldnotes.operations.notebook import Notebook
from tests.builders import logged, sent


def read(draft: Path) -> EmailMessage:
    mail = message_from_bytes(draft.read_bytes(), policy=default)
    assert isinstance(mail, EmailMessage)
    return mail


def attached(draft: Path) -> tuple[str, str | None, bytes]:
    (part,) = read(draft).iter_attachments()
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return part.get_content_type(), part.get_filename(), content


@pytest.fixture
def drafts(tmp_path: Path) -> Path:
    folder = tmp_path / "drafts"
    folder.mkdir()
    return folder


def test_a_bundle_is_attached_as_what_it_is(seller: Notebook, tmp_path: Path, drafts: Path) -> None:
    logged(seller)
    file = sent(seller, tmp_path / "notes.fieldnotes").path
    draft = draft_mail(seller, file, "Nobody", "", drafts)
    media = "application/vnd.fieldnotes.bundle+zip"
    assert attached(draft) == (media, "notes.fieldnotes", file.read_bytes())
    mail = read(draft)
    assert (mail["X-Unsent"], mail["Subject"], mail["To"]) == ("1", "Fieldnotes", None)


@pytest.mark.parametrize(
    ("name", "media"),
    [
        ("sealed.fieldnotes", "application/octet-stream"),
        ("notes.csv", "text/csv"),
        ("notes.unknown", "application/octet-stream"),
        ("Ünïcode \u202egpj.zip", "application/zip"),
    ],
)
def test_whatever_was_made_is_attached_byte_for_byte(
    seller: Notebook, tmp_path: Path, drafts: Path, name: str, media: str
) -> None:
    (tmp_path / name).write_bytes(b"a,b\r\n\0\xff\n.\n")
    found = attached(draft_mail(seller, tmp_path / name, "", "Hello", drafts))
    assert found == (media, name, b"a,b\r\n\0\xff\n.\n")


def test_what_is_gone_or_too_large_is_told(
    seller: Notebook, tmp_path: Path, drafts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SendingRefused, match="not there any more"):
        draft_mail(seller, tmp_path / "none", "", "", drafts)
    monkeypatch.setattr(handing_over, "LARGEST_MAIL", 3)
    (tmp_path / "large").write_bytes(b"1234")
    with pytest.raises(SendingRefused, match="too large for an e-mail"):
        draft_mail(seller, tmp_path / "large", "", "", drafts)
    assert list(drafts.iterdir()) == []


def test_an_older_file_in_the_team_folder_keeps_its_name(tmp_path: Path) -> None:
    team = tmp_path / "team"
    team.mkdir()
    file = tmp_path / "notes.fieldnotes"
    for content in (b"one", b"two"):
        file.write_bytes(content)
        put_in_folder(file, team)
    held = {path.name: path.read_bytes() for path in team.iterdir()}
    assert held == {"notes.fieldnotes": b"one", "notes-2.fieldnotes": b"two"}


def test_what_lies_in_the_team_folder_already_stays_one_file(tmp_path: Path) -> None:
    file = tmp_path / "notes.fieldnotes"
    file.write_bytes(b"one")
    assert put_in_folder(file, tmp_path) == file
    assert [path.name for path in tmp_path.glob("*.fieldnotes")] == ["notes.fieldnotes"]


def test_a_team_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"one")
    with pytest.raises(SendingRefused, match="is not there"):
        put_in_folder(tmp_path / "a", tmp_path / "gone")
