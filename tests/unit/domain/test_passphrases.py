"""How hard a passphrase is to guess: too low rather than too high."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fieldnotes.domain.passphrases import Strength, strength


@pytest.mark.parametrize(
    ("passphrase", "how"),
    [
        ("", Strength.NONE),
        ("kolvik", Strength.WEAK),
        ("12345678", Strength.WEAK),
        ("password password password password", Strength.WEAK),
        ("aaaaaaaaaaaaaaaaaaaaaaaaaa", Strength.WEAK),
        ("correct horse battery staple", Strength.FAIR),
        ("silly shed prize actual sick pumpkin", Strength.STRONG),
        ("q7!Rv#0z-Lp4&Tw9", Strength.STRONG),
    ],
)
def test_a_passphrase_is_as_hard_as_what_it_is_made_of(passphrase: str, how: Strength) -> None:
    assert strength(passphrase) is how


@given(st.text())
def test_nothing_raises(text: str) -> None:
    assert (strength(text) is Strength.NONE) == (text == "")
