"""Every file that age's authors made to try readers with goes through the opening.

They come as a package (`packaging/set-up test` fetches it): one JavaScript module of base64.
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import sys
import tarfile
import zlib
from collections import defaultdict
from pathlib import Path

import pyrage
import pytest

from fieldnotes.errors import BundleRefused
from fieldnotes.trust.sealing import Keys, is_sealed, open_sealed

PACKAGE = Path(sys.prefix, "vectors", "cctv-age.tgz")
OURS = "AGE-SECRET-KEY-1"


def vectors() -> dict[str, bytes]:
    with tarfile.open(PACKAGE) as package:
        module = package.extractfile("package/index.js")
        assert module is not None
        text = module.read().decode()
    found = re.findall(r'^var (\w+)_default = __toBinary\("([^"]*)"\)', text, re.MULTILINE)
    return {name: base64.b64decode(content + "==") for name, content in found}


VECTORS = vectors()


class Vector:
    """A file with what is told about it above the first empty line."""

    def __init__(self, content: bytes) -> None:
        head, _, self.file = content.partition(b"\n\n")
        self.told: dict[str, list[str]] = defaultdict(list)
        for line in head.decode().splitlines():
            name, _, value = line.partition(": ")
            self.told[name].append(value)
        if self.told["compressed"]:
            self.file = zlib.decompress(self.file)

    @property
    def keys(self) -> Keys:
        """What the vector gives; a key of a kind that no library has is another one."""
        other = str(pyrage.x25519.Identity.generate())
        secrets = (each if each.startswith(OURS) else other for each in self.told["identity"])
        return Keys(tuple(secrets), (self.told["passphrase"] or [""])[0])

    @property
    def opens(self) -> bool:
        """Whether a bundle sealed so would be ours to open: binary, for an X25519 key or words."""
        foreign = [each for each in self.told["identity"] if not each.startswith(OURS)]
        return self.told["expect"] == ["success"] and not (self.told["armored"] or foreign)


def test_they_are_all_here() -> None:
    assert len(VECTORS) == 143


@pytest.mark.parametrize("name", VECTORS)
def test_it_opens_exactly_where_it_should(name: str) -> None:
    vector, target = Vector(VECTORS[name]), io.BytesIO()
    if vector.opens:
        assert is_sealed(vector.file)
        open_sealed(io.BytesIO(vector.file), target, vector.keys)
        assert hashlib.sha256(target.getvalue()).hexdigest() in vector.told["payload"]
    else:
        with pytest.raises(BundleRefused):
            open_sealed(io.BytesIO(vector.file), target, vector.keys)
