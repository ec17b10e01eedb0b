"""Sealed files: read the header first, and leave nothing to guess."""

from __future__ import annotations

import io

import pyrage
import pytest

from fieldnotes.errors import BundleRefused, SendingRefused
from fieldnotes.trust.sealing import check_header, is_sealed, open_sealed, seal

OWNER = pyrage.x25519.Identity.generate()


def sealed(content: bytes) -> bytes:
    target = io.BytesIO()
    seal(io.BytesIO(content), target, [str(OWNER.to_public())])
    return target.getvalue()


@pytest.mark.parametrize("size", [0, 1, 1 << 16, (1 << 16) + 1, 3 << 16])
def test_what_was_sealed_opens_again(size: int) -> None:
    target = io.BytesIO()
    open_sealed(io.BytesIO(sealed(b"a" * size)), target, str(OWNER))
    assert target.getvalue() == b"a" * size
    assert is_sealed(sealed(b""))


def test_somebody_else_is_told_so() -> None:
    other = str(pyrage.x25519.Identity.generate())
    with pytest.raises(BundleRefused, match="not made for you"):
        open_sealed(io.BytesIO(sealed(b"x")), io.BytesIO(), other)


def test_a_passphrase_is_refused_before_any_work() -> None:
    locked = pyrage.passphrase.encrypt(b"x", "secret")
    with pytest.raises(BundleRefused, match="passphrase"):
        check_header(io.BytesIO(locked))


def test_a_damaged_key_seals_nothing() -> None:
    with pytest.raises(SendingRefused):
        seal(io.BytesIO(b"x"), io.BytesIO(), ["age1nobody"])
