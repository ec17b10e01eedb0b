"""The envelope: what every shareable thing carries, named by what it says, signed by who said it.

A *revision* is the signed part: the envelope with a digest for each field. A *copy* is a revision
with what somebody holds of it: all values, or some hidden. Fields are leaves with ASCII names.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any

import msgspec
from msgspec.structs import replace

from fieldnotes.domain.canonical import LARGEST, canonical, canonical_text, check_numbers
from fieldnotes.domain.markings import Audience, Marking, marking, may_see, strictest
from fieldnotes.domain.moments import Moment
from fieldnotes.errors import FieldnotesError

Value = Any  # a JSON value in canonical form
FIELD_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[A-Za-z0-9_-]+)*", re.ASCII)
_HEX64 = re.compile(r"[0-9a-f]{64}", re.ASCII)
_HEX32 = re.compile(r"[0-9a-f]{32}", re.ASCII)
_HEX128 = re.compile(r"[0-9a-f]{128}", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_WORD = re.compile(r"[a-z][a-z0-9_.+-]{0,63}", re.ASCII)
HIGHEST = 2**31 - 1  # that a count of a version may be
NAMING = b"fieldnotes revision 1\n"
DISCLOSURE = frozenset({"digests", "fields", "key", "salts", "sig", "tight"})
ENVELOPE = frozenset(
    "author created device id lineage marking marks modified removed restored rev type".split()
)
_KNOWN = ENVELOPE | DISCLOSURE
_A_PART = 256  # bytes of memory that each comma in a line may stand for
WHOLE = "*"  # in `tight`: the whole record
_INNER, _OUTER = (bytes(byte ^ pad for byte in range(256)) for pad in (0x36, 0x5C))


class NotARecord(FieldnotesError):
    """A line does not have the shape of a record."""


class Reason(StrEnum):
    """Why a record was removed."""

    WRONG = "wrong"
    CONSENT = "consent"
    ERASE = "erase"


class Removal(msgspec.Struct, frozen=True):
    """`reason` is one of Reason, or a newer program's word, which is kept."""

    reason: str
    at: Moment


class Revision(msgspec.Struct, frozen=True, dict=True):
    """The signed part. `digests`: field name → hex SHA-256; `lineage`: names, newest first."""

    type: str
    id: str
    author: str
    device: str
    rev: int
    lineage: tuple[str, ...]
    restored: int
    created: Moment
    modified: Moment
    removed: Removal | None
    marking: str
    marks: Mapping[str, str]
    digests: Mapping[str, str]
    extra: Mapping[str, Value] = {}

    @cached_property
    def name(self) -> str:
        """Hex SHA-256 over the canonical envelope with its digests."""
        return hashlib.sha256(
            NAMING + canonical(self.envelope() | {"digests": self.digests})
        ).hexdigest()

    def envelope(self) -> dict[str, Value]:
        """As it is written, without digests."""
        removed = self.removed and {"at": list(self.removed.at), "reason": self.removed.reason}
        return {
            **self.extra,
            "author": self.author,
            "created": list(self.created),
            "device": self.device,
            "id": self.id,
            "lineage": list(self.lineage),
            "marking": self.marking,
            "marks": dict(self.marks),
            "modified": list(self.modified),
            "removed": removed,
            "restored": self.restored,
            "rev": self.rev,
            "type": self.type,
        }

    @property
    def erased(self) -> bool:
        """Nothing of this record may be kept."""
        return self.removed is not None and self.removed.reason == Reason.ERASE


class Copy(msgspec.Struct, frozen=True):
    """A revision as somebody holds it. `salts`: hex, of fields whose salt `key` does not give."""

    revision: Revision
    signature: str
    values: Mapping[str, Value]
    key: str | None = None
    salts: Mapping[str, str] = {}
    tight: Mapping[str, str] = {}

    @property
    def name(self) -> str:
        """The name of the revision: copies of one revision share it."""
        return self.revision.name

    @property
    def uses_key(self) -> bool:
        """Whether `key` gives the salt of some field."""
        return self.key is not None and bool(self.values.keys() - self.salts.keys())

    def salt(self, name: str) -> str:
        """The hex salt of a shown field."""
        return self.salts.get(name) or salt_of(self.key or "", name)

    @property
    def hidden(self) -> frozenset[str]:
        """Names of the fields whose values this copy does not show."""
        return frozenset(self.revision.digests) - frozenset(self.values)


def salt_of(key: str, name: str) -> str:
    """The salt of one field: HMAC-SHA256 of its name under the revision's key, 16 bytes in hex."""
    inner, outer = _begun(key)
    inner.update(name.encode())
    outer.update(inner.digest())
    salt: bytes = outer.digest()[:16]
    return salt.hex()


def digest_of(salt: str, name: str, value: Value) -> str:
    """SHA-256 over salt, name, NUL and canonical value; hex. Raises NotCanonical."""
    content = bytes.fromhex(salt) + name.encode() + b"\0" + _checked(value)
    return hashlib.sha256(content).hexdigest()


def digests_under(key: str, values: Mapping[str, Value]) -> dict[str, str]:
    """The digest of every field, each with its `salt_of` the key; as `digest_of`.

    The key is worked in once for all fields.
    """
    inner, outer = _begun(key)
    begin, end, sha256, digests = inner.copy, outer.copy, hashlib.sha256, {}
    for name, value in values.items():
        encoded = name.encode()
        first, second = begin(), end()
        first.update(encoded)
        second.update(first.digest())
        told = canonical_text(value) if type(value) is str else _checked(value)
        content = second.digest()[:16] + encoded + b"\0" + told
        digests[name] = sha256(content).hexdigest()
    return digests


def _begun(key: str) -> tuple[Any, Any]:
    """The two hashes of an HMAC with its key worked in (RFC 2104)."""
    block = bytes.fromhex(key).ljust(64, b"\0")
    return hashlib.sha256(block.translate(_INNER)), hashlib.sha256(block.translate(_OUTER))


def _checked(value: Value) -> bytes:
    """The canonical form of a field's value."""
    if not isinstance(value, str):
        check_numbers(value)
    return canonical(value)


def effective_marking(copy: Copy, name: str, known: bool = True) -> Marking:
    """The strictest of what record, field and relay say; an unknown field without a mark is RED."""
    said = copy.revision.marks.get(name)
    if said is None and not known:
        return Marking.RED
    layers = [copy.revision.marking, said, copy.tight.get(name), copy.tight.get(WHOLE)]
    return strictest(marking(layer) for layer in layers if layer is not None)


def masked(copy: Copy, hide: frozenset[str]) -> Copy:
    """The same revision without the values and salts of `hide`."""
    hide = hide & frozenset(copy.values)
    if not hide:
        return copy
    shown = {name: value for name, value in copy.values.items() if name not in hide}
    return replace(copy, values=shown, key=None, salts={name: copy.salt(name) for name in shown})


def whole_marking(copy: Copy) -> Marking:
    """Who may see that the record exists at all."""
    layers = [copy.revision.marking, copy.tight.get(WHOLE)]
    return strictest(marking(layer) for layer in layers if layer is not None)


def for_audience(copy: Copy, audience: Audience, known: frozenset[str]) -> Copy | None:
    """What of `copy` goes to `audience`; None where nothing does. `known`: field names we know.

    Removals carry no field and travel wherever the record itself may.
    """
    if not may_see(audience, whole_marking(copy)):
        return None
    hide = {
        name
        for name in copy.values
        if not may_see(audience, effective_marking(copy, name, name in known))
    }
    return masked(copy, frozenset(hide))


def to_line(copy: Copy) -> bytes:
    """The canonical JSON line, without a line end. Digests that can be computed are left out."""
    revision = copy.revision
    line = revision.envelope()
    line["digests"] = {name: revision.digests[name] for name in copy.hidden}
    line["fields"] = dict(copy.values)
    line["sig"] = copy.signature
    if copy.uses_key:
        line["key"] = copy.key
    if copy.salts:
        line["salts"] = dict(copy.salts)
    if copy.tight:
        line["tight"] = dict(copy.tight)
    return canonical(line)


def weight_of(line: bytes) -> int:
    """About the bytes of memory that a line takes once it is read."""
    return len(line) + _A_PART * line.count(b",")


def read_line(line: bytes) -> Copy:
    """The copy in a line that was checked before. Raises NotARecord."""
    return from_object(msgspec.json.decode(line))


def from_object(line: Mapping[str, Value]) -> Copy:
    """A copy from a parsed line. Raises NotARecord; says nothing yet about the signature."""
    try:
        return _copy(line)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise NotARecord("A line does not have the shape of a record.") from error


def _copy(line: Mapping[str, Value]) -> Copy:
    values = _mapping(line["fields"])
    key = _need(_HEX32, line["key"]) if "key" in line else None
    salts = {name: _need(_HEX32, salt) for name, salt in _optional(line, "salts").items()}
    digests = {name: _need(_HEX64, digest) for name, digest in _mapping(line["digests"]).items()}
    if digests.keys() & values.keys() or salts.keys() - values.keys():
        raise ValueError("a digest or salt that does not belong there")
    if key is None and values.keys() - salts.keys():
        raise ValueError("a field without a salt")
    if salts:
        digests |= {name: digest_of(salt, name, values[name]) for name, salt in salts.items()}
    keyed = {name: values[name] for name in values.keys() - salts.keys()} if salts else values
    digests |= digests_under(key or "", keyed)
    tight = {name: _need(_WORD, each) for name, each in _optional(line, "tight").items()}
    if tight.keys() - digests.keys() - {WHOLE}:
        raise ValueError("a tightened field that is not there")
    return Copy(
        revision=_revision(line, digests),
        signature=_need(_HEX128, line["sig"]),
        values=values,
        key=key,
        salts=salts,
        tight=tight,
    )


def _revision(line: Mapping[str, Value], digests: dict[str, str]) -> Revision:
    removed = line["removed"]
    if removed is not None:
        if removed.keys() != {"at", "reason"}:
            raise ValueError("a removal of another shape")
        removed = Removal(_need(_WORD, removed["reason"]), _moment(removed["at"]))
    return Revision(
        type=_need(_WORD, line["type"]),
        id=_uuid(line["id"]),
        author=_author(line["author"]),
        device=_device(line["device"]),
        rev=_count(line["rev"]),
        lineage=tuple(_need(_HEX64, name) for name in _list(line["lineage"])),
        restored=_count(line["restored"]),
        created=_moment(line["created"]),
        modified=_moment(line["modified"]),
        removed=removed,
        marking=_text(line["marking"]),
        marks={name: _text(mark) for name, mark in _mapping(line["marks"]).items()},
        digests=digests,
        extra={} if line.keys() <= _KNOWN else _extra(line),
    )


def _extra(line: Mapping[str, Value]) -> dict[str, Value]:
    extra = {k: line[k] for k in line.keys() - _KNOWN}
    check_numbers(extra)
    return extra


def _need(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError("not of the expected form")
    return text


def _text(value: Value) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _uuid(value: Value) -> str:
    return _need(_UUID, _text(value))


@lru_cache(1024)
def _author(value: Value) -> str:
    return _need(_HEX64, value)


@lru_cache(1024)
def _device(value: Value) -> str:
    return _uuid(value)


@lru_cache(1024)
def _field_name(name: str) -> str:
    return _need(FIELD_NAME, name)


def _count(value: Value) -> int:
    if type(value) is not int or not 0 <= value <= HIGHEST:
        raise ValueError("not a count")
    return value


def _moment(value: Value) -> Moment:
    ms, offset = _list(value)
    if type(ms) is not int or type(offset) is not int or abs(offset) > 1439 or abs(ms) > LARGEST:
        raise ValueError("not a moment")
    return Moment(ms, offset)


def _list(value: Value) -> list[Value]:
    if not isinstance(value, list):
        raise TypeError("not a list")
    return value


def _mapping(value: Value) -> dict[str, Value]:
    """An object whose names are field names."""
    told: dict[str, Value] = dict(value.items())
    for name in told:
        _field_name(name)
    return told


def _optional(line: Mapping[str, Value], name: str) -> dict[str, Value]:
    """A member that is left out rather than empty."""
    if name not in line:
        return {}
    told: dict[str, Value] = dict(line[name].items())
    if not told:
        raise ValueError("an empty member")
    return told
