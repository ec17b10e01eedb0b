"""Reads key cards by `resources/help/bundle-format.md` alone, as `second_reader` does bundles."""

import re
from pathlib import Path
from typing import Any

from tests.second_reader import HEX64, canonical, check_card, like, need, parse, signed

ADDRESS = re.compile(r"[^\s@<>()\[\]\\,;:\"]+@[^\s@<>()\[\]\\,;:\"]+")


def read(path: Path) -> dict[str, Any]:
    """The object in the file. Raises ValueError, or what Python raises at what is no card."""
    told = parse(path.read_bytes(), 64 << 10)
    need((told["format"], told["min_reader"]) == ("fieldnotes-card", 1), "format or version")
    check_card(told["card"])
    content = canonical({name: told[name] for name in told.keys() - {"sig"}})
    need(like((HEX64, told["sig"])) and type(told["min_reader"]) is int, "the form of a member")
    signature = bytes.fromhex(told["sig"])
    said = b"fieldnotes card file 1\n" + content
    need(signed(told["card"]["signs"], signature, said), "signature of the file")
    need(told["email"] == "" or ADDRESS.fullmatch(told["email"]), "e-mail")
    return told
