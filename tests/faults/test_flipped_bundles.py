"""Every byte of a bundle flipped, and every length cut: refused, or it says what it always said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from fieldnotes.bundle.reader import open_bundle
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.notes import Contact, Quote
from fieldnotes.domain.records import to_line
from fieldnotes.domain.selections import Selection
from fieldnotes.errors import BundleRefused
from fieldnotes.operations.judging import Decisions
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.previewing import preview_import
from fieldnotes.trust.sealing import Keys
from tests.builders import a_notebook, logged, sent

WELCOME = Decisions(all_new=True)


@dataclass
class Sent:
    """A small file, and who looks at it."""

    content: bytes
    taker: Notebook
    path: Path

    def outcome(self, content: bytes) -> Any:
        """What is read from it and what would happen, or the sentence that refuses it."""
        self.path.write_bytes(content)
        keys = Keys((self.taker.library.owner.secret,))
        try:
            with open_bundle(self.path, keys) as bundle:
                lines = [to_line(copy) for _, copies in bundle.records() for copy in copies]
                read = (bundle.manifest_bytes, lines, list(bundle.blobs()))
        except BundleRefused as error:
            return str(error)
        file = preview_import(self.taker, [self.path], WELCOME).files[0]
        return (*read, file.lines, file.standing, file.refused)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sent]:
    """Two notes, one with a hidden contact and a hidden quote."""
    folder = tmp_path_factory.mktemp("flipped")
    sender, taker = a_notebook(folder, "Mara Keel"), a_notebook(folder, "Ines Vogt")
    quotes = (Quote("00", "We never sleep."), Quote("01", "Do not tell."))
    contacts = (Contact("00", name="Jo Lind", role="night lead"),)
    logged(sender, text="Nights.", quotes=quotes, contacts=contacts, marks={"quotes.01": "red"})
    logged(sender, text="Nobody answers.")
    content = sent(sender, folder / "small.fieldnotes").path.read_bytes()
    yield Sent(content, taker, folder / "flipped.fieldnotes")
    sender.close()
    taker.close()


@pytest.fixture(scope="module")
def sealed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sent]:
    """The owner's own notes for another laptop."""
    folder = tmp_path_factory.mktemp("sealed")
    owner = a_notebook(folder, "Mara Keel")
    logged(owner, text="Nobody answers.", see="me")
    chosen = Selection(audience=Audience.MYSELF)
    content = sent(owner, folder / "small.fieldnotes", chosen).path.read_bytes()
    yield Sent(content, owner, folder / "flipped.fieldnotes")
    owner.close()


def test_the_bundle_as_it_was_sent_is_accepted(small: Sent) -> None:
    _, lines, _, planned, _, refused = small.outcome(small.content)
    assert (len(lines), len(planned), refused) == (2, 2, "")


def test_one_flipped_bit_in_every_byte(small: Sent) -> None:
    _flip(small, [1])


@pytest.mark.long
@pytest.mark.timeout(1200)
def test_every_flipped_bit(small: Sent) -> None:
    _flip(small, [1 << bit for bit in range(1, 8)])


def test_every_length(small: Sent) -> None:
    for length in range(len(small.content)):
        assert isinstance(small.outcome(small.content[:length]), str), length


def test_one_flipped_bit_in_every_byte_of_a_sealed_file(sealed: Sent) -> None:
    assert not isinstance(sealed.outcome(sealed.content), str)
    _flip(sealed, [1])


def test_every_length_of_a_sealed_file(sealed: Sent) -> None:
    for length in range(len(sealed.content)):
        assert isinstance(sealed.outcome(sealed.content[:length]), str), length


def _flip(small: Sent, masks: list[int]) -> None:
    clean = small.outcome(small.content)
    refused = 0
    for place in range(len(small.content)):
        for mask in masks:
            flipped = bytearray(small.content)
            flipped[place] ^= mask
            outcome = small.outcome(bytes(flipped))
            if outcome != clean:
                refused += 1
                assert isinstance(outcome, str), (place, mask)
                assert outcome.endswith("."), (place, mask)
    assert refused > 0.99 * len(small.content) * len(masks)
