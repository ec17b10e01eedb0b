"""How a version is written in a line: which members there are, and the form of each."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from fieldnotes.domain.canonical import LARGEST

HIGHEST = 2**31 - 1  # that a count of a version may be
FIELD_NAME = re.compile(r"[a-z][a-z0-9_]*(\.[A-Za-z0-9_-]+)*", re.ASCII)
WHOLE = "*"  # in `tight`: the whole record
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
_WORD = re.compile(r"[a-z][a-z0-9_.+-]{0,63}", re.ASCII)

_Count = Annotated[int, Meta(ge=0, le=HIGHEST)]
_Moment = tuple[  # ms, offset
    Annotated[int, Meta(ge=-LARGEST, le=LARGEST)], Annotated[int, Meta(ge=-1439, le=1439)]
]


class WrittenRemoval(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When and why a record was removed."""

    at: _Moment
    reason: str


class Written(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The members of a line that this program knows. `digests`: of the fields that are hidden."""

    author: str
    created: _Moment
    device: str
    digests: dict[str, str]
    fields: dict[str, Any]
    id: str
    key: str | UnsetType = UNSET
    lineage: tuple[str, ...]
    marking: str
    marks: dict[str, str]
    modified: _Moment
    removed: WrittenRemoval | None
    restored: _Count
    rev: _Count
    salts: dict[str, str] | UnsetType = UNSET
    sig: str
    tight: dict[str, str] | UnsetType = UNSET
    type: str


MEMBERS = frozenset(Written.__struct_fields__)


def check_form(told: Written) -> None:
    """Raise ValueError where a text is not of its form, or where members do not go together."""
    _need(_UUID, told.id)
    _hex(told.sig, 128)
    _author(told.author)
    _device(told.device)
    _word(told.type)
    for names in (told.fields, told.marks, told.digests):
        list(map(_field_name, names))
    for hashed in (*told.lineage, *told.digests.values()):
        _hex(hashed, 64)
    if told.removed is not None:
        _need(_WORD, told.removed.reason)
    if told.key is not UNSET:
        _hex(told.key, 32)
    if told.digests and not told.digests.keys().isdisjoint(told.fields):
        raise ValueError("a digest that does not belong there")
    _check_salts(told)
    if told.tight is not UNSET:
        _check_tight(told.tight, told)


def _check_salts(told: Written) -> None:
    salts: dict[str, str] = {}
    if told.salts is not UNSET:
        salts = _filled(told.salts)
        for salt in salts.values():
            _hex(salt, 32)
        if not salts.keys() <= told.fields.keys():
            raise ValueError("a salt that does not belong there")
    if told.key is UNSET and len(salts) < len(told.fields):
        raise ValueError("a field without a salt")


def _check_tight(tight: dict[str, str], told: Written) -> None:
    for name, marking in _filled(tight).items():
        _need(_WORD, marking)
        if name != WHOLE and name not in told.fields and name not in told.digests:
            raise ValueError("a tightened field that is not there")


def _filled(member: dict[str, str]) -> dict[str, str]:
    """A member that is left out rather than empty."""
    if not member:
        raise ValueError("an empty member")
    return member


def _need(pattern: re.Pattern[str], text: str) -> str:
    if not pattern.fullmatch(text):
        raise ValueError("not of the expected form")
    return text


def _hex(text: str, digits: int) -> str:
    """So many digits, in small letters: half the time that a pattern takes."""
    if len(text) != digits or bytes.fromhex(text).hex() != text:
        raise ValueError("not of the expected form")
    return text


# What comes again and again is looked at once.


@lru_cache(1024)
def _author(text: str) -> str:
    return _hex(text, 64)


@lru_cache(1024)
def _device(text: str) -> str:
    return _need(_UUID, text)


@lru_cache(1024)
def _word(text: str) -> str:
    return _need(_WORD, text)


@lru_cache(1024)
def _field_name(text: str) -> str:
    return _need(FIELD_NAME, text)
