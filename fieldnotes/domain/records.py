"""The envelope: what every shareable thing carries, named by what it says, signed by who said it.

A *revision* is the signed part: the envelope with a digest for each field. A *copy* is a revision
with what somebody holds of it: all values, or some hidden. Fields are leaves with ASCII names.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Any

import msgspec
from msgspec.structs import replace

from fieldnotes.domain.canonical import (
    MOST_PARTS,
    NotCanonical,
    canonical,
    canonical_each,
    check_numbers,
    check_shape,
    no_float,
    parse_but_numbers,
)
from fieldnotes.domain.markings import Audience, Marking, marking, may_see, strictest
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.written import MEMBERS, WHOLE, Written, check_form
from fieldnotes.errors import FieldnotesError

Value = Any  # a JSON value in canonical form
NAMING = b"fieldnotes revision 1\n"
_A_PART = 256  # bytes of memory that each comma in a line may stand for
_decode = msgspec.json.Decoder(Written, float_hook=no_float).decode
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


class Revision(msgspec.Struct, frozen=True, dict=True, omit_defaults=True):
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
        told = self.envelope() | {"digests": self.digests} if self.extra else self
        return hashlib.sha256(NAMING + canonical(told)).hexdigest()

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
        return self.key is not None and not self.values.keys() <= self.salts.keys()

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
    (form,) = canonical_each((value,))
    content = bytes.fromhex(salt) + name.encode() + b"\0" + form
    return hashlib.sha256(content).hexdigest()


def digests_under(key: str, values: Mapping[str, Value]) -> dict[str, str]:
    """The digest of every field, each with its `salt_of` the key; as `digest_of`.

    The key is worked in once for all fields.
    """
    inner, outer = _begun(key)
    begin, end, sha256, digests = inner.copy, outer.copy, hashlib.sha256, {}
    for name, form in zip(values, canonical_each(values.values()), strict=True):
        encoded = name.encode()
        first, second = begin(), end()
        first.update(encoded)
        second.update(first.digest())
        digests[name] = sha256(second.digest()[:16] + encoded + b"\0" + form).hexdigest()
    return digests


def _begun(key: str) -> tuple[Any, Any]:
    """The two hashes of an HMAC with its key worked in (RFC 2104)."""
    block = bytes.fromhex(key).ljust(64, b"\0")
    return hashlib.sha256(block.translate(_INNER)), hashlib.sha256(block.translate(_OUTER))


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
    said = marking(copy.revision.marking)
    return strictest((said, marking(copy.tight[WHOLE]))) if WHOLE in copy.tight else said


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
    try:
        told = _decode(line)
    except ValueError:  # it says more than is known
        return from_object(msgspec.json.decode(line))
    return _from_written(told, {})


def read_canonical(line: bytes, most_parts: int = MOST_PARTS) -> Copy:
    """The copy in a line, if it is written in its one form. Raises NotARecord, NotCanonical."""
    check_shape(line, most_parts)
    try:
        told = _decode(line)
    except (ValueError, RecursionError):  # no record, or one that says more than is known
        return from_object(parse_but_numbers(line, most_parts))
    if canonical(told) != line:
        raise NotCanonical("A line is not written in its one canonical form.")
    return _from_written(told, {})


def from_object(line: Mapping[str, Value]) -> Copy:
    """A copy from a parsed line. Raises NotARecord; says nothing yet about the signature."""
    try:
        known = {name: value for name, value in line.items() if name in MEMBERS}
        extra = {name: value for name, value in line.items() if name not in MEMBERS}
        told = msgspec.convert(known, Written)
    except (ValueError, AttributeError) as error:
        raise _shapeless() from error
    check_numbers(extra)
    return _from_written(told, extra)


def _from_written(told: Written, extra: dict[str, Value]) -> Copy:
    """The copy in a line of which everything but the form of its texts was looked at."""
    try:
        check_form(told)
    except ValueError as error:
        raise _shapeless() from error
    values, key = told.fields, told.key or None
    salts, tight = told.salts or {}, told.tight or {}
    salted = {name: digest_of(salt, name, values[name]) for name, salt in salts.items()}
    keyed = {name: values[name] for name in values.keys() - salts.keys()} if salts else values
    digests = {**told.digests, **salted, **digests_under(key or "", keyed)}
    return Copy(_revision(told, digests, extra), told.sig, values, key, salts, tight)


def _revision(told: Written, digests: dict[str, str], extra: dict[str, Value]) -> Revision:
    removed = told.removed
    return Revision(
        type=told.type,
        id=told.id,
        author=told.author,
        device=told.device,
        rev=told.rev,
        lineage=told.lineage,
        restored=told.restored,
        created=Moment(*told.created),
        modified=Moment(*told.modified),
        removed=None if removed is None else Removal(removed.reason, Moment(*removed.at)),
        marking=told.marking,
        marks=told.marks,
        digests=digests,
        extra=extra,
    )


def _shapeless() -> NotARecord:
    return NotARecord("A line does not have the shape of a record.")
