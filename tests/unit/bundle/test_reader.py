"""A file that was checked once is not checked again, as long as it is the very same."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldnotes.bundle.reader import open_bundle
from fieldnotes.errors import BundleRefused
from fieldnotes.trust.sealing import Keys
from tests.builders import Opener, logged, sent
from tests.faults.hostile import forging


def test_only_the_very_same_bytes_pass_for_checked(notebooks: Opener, tmp_path: Path) -> None:
    mara = notebooks("Mara Keel")
    logged(mara, text="Nights.")
    path = sent(mara, tmp_path / "a.fieldnotes").path
    with open_bundle(path) as bundle:
        checked, held = bundle.sha256, list(bundle.records())
    with open_bundle(path, checked=checked.__eq__) as bundle:
        assert list(bundle.records()) == held
    parts = forging.taken_apart(path, mara.library.owner)
    path.write_bytes(parts.with_manifest(records=2).zipped())
    with pytest.raises(BundleRefused), open_bundle(path, checked=checked.__eq__):
        pass


def test_a_wrong_key_never_opens_a_sealed_file(tmp_path: Path) -> None:
    import pyrage

    sealed = pyrage.encrypt(b"x" * 99, [pyrage.x25519.Identity.generate().to_public()])
    (tmp_path / "a").write_bytes(sealed)
    with (
        pytest.raises(BundleRefused, match="not made for you"),
        open_bundle(tmp_path / "a", Keys((str(pyrage.x25519.Identity.generate()),))),
    ):
        pass
    with pytest.raises(BundleRefused, match="sealed"), open_bundle(tmp_path / "a"):
        pass
