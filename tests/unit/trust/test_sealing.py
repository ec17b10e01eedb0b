"""Sealed files: read the header first, and leave nothing to guess."""

from __future__ import annotations

import io
import threading

import pyrage
import pytest

from fieldnotes.errors import BundleRefused, PassphraseNeeded, SendingRefused
from fieldnotes.trust import passphrase
from fieldnotes.trust.sealing import INTRO, Keys, Lock, asks_for_passphrase, is_sealed, open_sealed
from fieldnotes.trust.sealing import seal as seal_for

OWNER = pyrage.x25519.Identity.generate()
MAC = b"--- " + b"A" * 43 + b"\n"


def sealed(content: bytes, *others: pyrage.x25519.Identity) -> bytes:
    target = io.BytesIO()
    recipients = tuple(str(each.to_public()) for each in (OWNER, *others))
    seal_for(io.BytesIO(content), target, Lock(recipients))
    return target.getvalue()


def locked(content: bytes, words: str = "six words", work: int = 2) -> bytes:
    """With a work factor at which a test does not wait."""
    target = io.BytesIO()
    before, passphrase.WORK = passphrase.WORK, work
    try:
        seal_for(io.BytesIO(content), target, Lock(passphrase=words))
    finally:
        passphrase.WORK = before
    return target.getvalue()


def opened(content: bytes, keys: Keys) -> bytes:
    target = io.BytesIO()
    open_sealed(io.BytesIO(content), target, keys)
    return target.getvalue()


SIZES = [0, 1, (1 << 16) - 1, 1 << 16, (1 << 16) + 1, 3 << 16]


@pytest.mark.parametrize("size", SIZES)
def test_what_was_sealed_opens_again(size: int) -> None:
    assert opened(sealed(b"a" * size), Keys((str(OWNER),))) == b"a" * size
    assert is_sealed(sealed(b""))


@pytest.mark.parametrize("size", SIZES)
def test_what_was_locked_with_a_passphrase_opens_again(size: int) -> None:
    assert opened(locked(b"a" * size), Keys(passphrase="six words")) == b"a" * size


@pytest.mark.parametrize("size", SIZES)
def test_pyrage_opens_what_we_locked(size: int) -> None:
    assert pyrage.passphrase.decrypt(locked(b"a" * size), "six words") == b"a" * size


def test_each_of_several_recipients_opens_it() -> None:
    others = [pyrage.x25519.Identity.generate() for _ in range(40)]
    content = sealed(b"x", *others)
    for each in (OWNER, others[0], others[-1]):
        assert opened(content, Keys((str(each),))) == b"x"


def test_one_of_several_keys_is_enough() -> None:
    other = str(pyrage.x25519.Identity.generate())
    assert opened(sealed(b"x"), Keys((other, str(OWNER)))) == b"x"


def test_somebody_else_is_told_so() -> None:
    other = str(pyrage.x25519.Identity.generate())
    with pytest.raises(BundleRefused, match="not made for you"):
        opened(sealed(b"x"), Keys((other,)))


def test_without_the_words_it_is_asked_for_them() -> None:
    with pytest.raises(PassphraseNeeded, match="locked with a passphrase"):
        opened(locked(b"x"), Keys((str(OWNER),)))
    with pytest.raises(PassphraseNeeded, match="does not open"):
        opened(locked(b"x"), Keys(passphrase="seven words"))


@pytest.mark.parametrize("work", [b"19", b"22", b"24", b"64", b"99", b"1" * 4000])
def test_a_passphrase_that_asks_for_gigabytes_is_refused_before_any_work(work: bytes) -> None:
    content = INTRO + b"-> scrypt " + b"A" * 22 + b" " + work + b"\n" + b"A" * 43 + b"\n" + MAC
    with pytest.raises(BundleRefused, match="more memory"):
        opened(content, Keys(passphrase="x"))


@pytest.mark.parametrize(
    "stanzas",
    [
        b"",
        b"-> scrypt AAAA\n" + b"A" * 43 + b"\n",
        b"-> scrypt AAAA 0\n" + b"A" * 43 + b"\n",
        b"-> scrypt AAAA 010\n" + b"A" * 43 + b"\n",
        b"-> scrypt AAAA +9\n" + b"A" * 43 + b"\n",
        b"-> scrypt AAAA 9 9\n" + b"A" * 43 + b"\n",
        b"-> X25519 AAAA\n" + b"A" * 64 + b"\n",
        b"-> X25519 AAAA\r\n" + b"A" * 43 + b"\r\n",
        b"-> scrypt " + b"A" * 22 + b" 9\n" + b"A" * 43 + b"\n-> X25519 AAAA\nAAAA\n",
        b"-> " + b"A" * 70_000 + b"\nAAAA\n",
    ],
)
def test_what_is_no_header_is_refused_before_any_work(stanzas: bytes) -> None:
    with pytest.raises(BundleRefused, match="damaged"):
        asks_for_passphrase(io.BytesIO(INTRO + stanzas + MAC))


def test_thousands_of_recipients_are_refused() -> None:
    stanzas = b"-> X25519 AAAA\nAAAA\n" * 300
    with pytest.raises(BundleRefused, match="too many recipients"):
        opened(INTRO + stanzas + MAC, Keys((str(OWNER),)))


def test_a_locked_file_that_was_touched_is_refused() -> None:
    content = locked(b"a" * 70_000)
    for at in (30, 60, 120, 150, 200, 70_000, len(content) - 1):
        touched = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
        with pytest.raises(BundleRefused):
            opened(touched, Keys(passphrase="six words"))
    for cut in (content[:-1], content[: 1 << 16], content + b"x"):
        with pytest.raises(BundleRefused, match="damaged"):
            opened(cut, Keys(passphrase="six words"))


def test_other_threads_go_on_while_a_passphrase_is_worked_on() -> None:
    """Counted in turns, not in time: a library that held them all would let none through."""
    turns, over = 0, threading.Event()
    work = threading.Thread(target=lambda: (locked(b"x", work=17), over.set()))
    work.start()
    while not over.wait(0.001):
        turns += 1
    work.join()
    assert turns > 10


def test_a_damaged_key_seals_nothing() -> None:
    with pytest.raises(SendingRefused):
        seal_for(io.BytesIO(b"x"), io.BytesIO(), Lock(("age1nobody",)))
