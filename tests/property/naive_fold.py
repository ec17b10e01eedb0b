"""What a library should hold, worked out the long way from the lines that came; shares no merge.

Lines are checked by the second reader, which was written from the specification alone.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Any

import msgspec

from tests.second_reader import canonical, check_record, digest

STRICTEST_FIRST = ("red", "amber+strict", "amber", "green", "clear")
Line = dict[str, Any]


class Folded(msgspec.Struct):
    """One record. `history`: name → (what any copy of that version shows, what anything held shows
    for its digests, tightenings)."""

    current: str
    removed: str | None
    ends: int
    fields: dict[str, Any]
    hidden: set[str]
    history: dict[str, tuple[dict[str, Any], dict[str, Any], dict[str, str]]]


def accepted(lines: Iterable[bytes], keys: Mapping[str, str]) -> list[Line]:
    """Those whose author signed them. `keys`: author → what verifies for them."""
    return [line for each in dict.fromkeys(lines) if (line := _checked(each, keys))["accepted"]]


def fold(lines: Iterable[Line], own: frozenset[str] = frozenset()) -> dict[Any, Folded]:
    """(id, author) → the record. `own`: whose records nobody else tightens."""
    records: dict[Any, list[Line]] = {}
    for line in lines:
        records.setdefault((line["id"], line["author"]), []).append(line)
    return {key: _folded(several, key[1] in own) for key, several in records.items()}


def digest_of_all(folded: Mapping[Any, Folded]) -> str:
    """SHA-256 over id, revision and removal of all current records in the order of ids."""
    total = hashlib.sha256()
    for (record_id, _), each in sorted(folded.items(), key=lambda pair: pair[0]):
        total.update(record_id.encode() + b"\0" + bytes.fromhex(each.current))
        total.update((each.removed or "").encode() + b"\0")
    return total.hexdigest()


def rank(line: Line) -> tuple[Any, ...]:
    """(erased, restored, removed, rev, modified, revision): the largest is current."""
    removed = line["removed"]
    is_erased = removed is not None and removed["reason"] == "erase"
    counts = line["restored"], removed is not None, line["rev"], line["modified"][0]
    return is_erased, *counts, line["revision"]


def _folded(lines: list[Line], own: bool) -> Folded:
    if any(rank(line)[0] for line in lines):
        lines = [line for line in lines if rank(line)[0]]
    top = max(lines, key=rank)
    shown: dict[tuple[str, str], Any] = {}
    versions: dict[str, tuple[dict[str, Any], set[tuple[str, str]], dict[str, str]]] = {}
    for line in lines:
        values, digests, tight = versions.setdefault(line["revision"], ({}, set(), {}))
        for name, value in line["fields"].items():
            values[name] = value
            shown[name, _digest_of(line, name)] = value
            digests.add((name, _digest_of(line, name)))
        digests |= set(line["digests"].items())
        for name, word in ({} if own else line.get("tight", {})).items():
            tight[name] = min(word_of(word), tight.get(name, "clear"), key=STRICTEST_FIRST.index)
    history = {}
    for revision, (values, digests, tight) in versions.items():
        seen = {name: shown[name, each] for name, each in digests if (name, each) in shown}
        history[revision] = values, seen, tight
    built_on = {name for line in lines for name in line["lineage"] if name != line["revision"]}
    ends = ({line["revision"] for line in lines} - built_on) | {top["revision"]}
    fields = history[top["revision"]][1]
    names = {name for name, _ in versions[top["revision"]][1]}
    removed = top["removed"] and top["removed"]["reason"]
    return Folded(top["revision"], removed, len(ends), fields, names - fields.keys(), history)


def _checked(line: bytes, keys: Mapping[str, str]) -> Line:
    told = msgspec.json.decode(line)
    return _checked_by(line, keys.get(told["author"], ""))


@lru_cache(maxsize=2000)  # three libraries hold much the same
def _checked_by(line: bytes, signs: str) -> Line:
    told = msgspec.json.decode(line)
    return check_record(told, {told["author"]: signs})


def word_of(tight: str) -> str:
    """A word that is not known is the strictest."""
    return tight if tight in STRICTEST_FIRST else "red"


def _digest_of(line: Line, name: str) -> str:
    salt = bytes.fromhex(line.get("salts", {}).get(name, ""))
    salt = salt or hmac.digest(bytes.fromhex(line["key"]), name.encode(), "sha256")[:16]
    return digest(salt + name.encode() + b"\0" + canonical(line["fields"][name]))
