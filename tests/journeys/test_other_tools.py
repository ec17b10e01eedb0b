"""A bundle is useful without us: `unzip`, `jq` and `sha256sum` read it as it is."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from fieldnotes.domain.selections import Selection
from fieldnotes.operations.attachments import Source, attach
from fieldnotes.operations.notebook import Notebook
from tests import second_reader
from tests.builders import logged, sent


@pytest.fixture
def bundle(seller: Notebook, tmp_path: Path) -> Path:
    """With tags, an attachment and something hidden."""
    file = attach(seller, Source("offer.txt", lambda: b"forty per cent")).attachment
    logged(seller, kind="win", text="Live in nine days", tags=["pricing"], attachments=(file,))
    logged(seller, kind="win", text="Grüße aus Łódź: 40 % – „ja“ 🙂", tags=["pricing", "de"])
    logged(seller, kind="problem", text="Four formats", marks={"text": "red"})
    path = tmp_path / "out.fieldnotes"
    sent(seller, path, Selection(recipient="Marketing"))
    return path


def said(*command: str | Path, given: bytes = b"") -> str:
    """What a program answers. Fails where it is missing: the set-up of the tests installs it."""
    done = subprocess.run(command, input=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def entry(bundle: Path, name: str) -> bytes:
    return subprocess.run(["unzip", "-p", bundle, name], capture_output=True, check=True).stdout


def test_unzip_lists_what_is_in_it_and_finds_it_whole(bundle: Path) -> None:
    names = said("unzip", "-Z1", bundle).split()
    assert names == list(second_reader.unzip(bundle.read_bytes()))
    assert names[:2] == ["mimetype", "records/00001.jsonl"]
    listed = said("unzip", "-l", bundle)
    assert all(name in listed for name in names)
    assert "No errors detected" in said("unzip", "-t", bundle)


def test_its_type_shows_without_its_name(bundle: Path) -> None:
    assert b"mimetypeapplication/vnd.fieldnotes.bundle+zip" in bundle.read_bytes()[:80]


def test_jq_counts_notes_by_kind_as_the_manifest_does(bundle: Path) -> None:
    lines = entry(bundle, "records/00001.jsonl")
    counted = said(
        "jq", "-sc", "group_by(.fields.kind) | map({(.[0].fields.kind): length}) | add", given=lines
    )
    told = said("jq", "-c", ".by_kind", given=entry(bundle, "manifest.json"))
    assert json.loads(counted) == json.loads(told) == {"problem": 1, "win": 2}


def test_jq_finds_the_texts_that_are_shown_and_no_other(bundle: Path) -> None:
    lines = entry(bundle, "records/00001.jsonl")
    texts = said("jq", "-r", ".fields.text // empty", given=lines).splitlines()
    assert sorted(texts) == ["Grüße aus Łódź: 40 % – „ja“ 🙂", "Live in nine days"]
    hidden = said("jq", "-r", ".digests | keys[]", given=lines).split()
    assert hidden == ["text"]


def test_an_attachment_is_named_by_what_sha256sum_says(bundle: Path) -> None:
    name = next(n for n in said("unzip", "-Z1", bundle).split() if n.startswith("blobs/"))
    content = entry(bundle, name)
    assert content == b"forty per cent"
    assert said("sha256sum", given=content).split()[0] == name.removeprefix("blobs/")


def test_every_entry_is_what_the_manifest_vouches_for(bundle: Path) -> None:
    parts = said(
        "jq", "-r", '.entries[] | "\\(.sha256) \\(.name)"', given=entry(bundle, "manifest.json")
    )
    for sha256, name in (line.split() for line in parts.splitlines()):
        assert said("sha256sum", given=entry(bundle, name)).split()[0] == sha256
