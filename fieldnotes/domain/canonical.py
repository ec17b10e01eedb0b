"""One byte sequence for one value: RFC 8785, without floats and with integers within 2^53."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

import msgspec

from fieldnotes.errors import FieldnotesError

type_json = Any  # what JSON can hold: None, bool, int, str, list, dict

LARGEST = 2**53 - 1
DEEPEST = 32
MOST_PARTS = 500_000  # commas and opening brackets outside texts: what may cost memory
_ONLY_TEXTS = {str}
_ORDER_DIFFERS = range(0xEE, 0xF5)  # bytes that begin a letter from U+E000 on
_TEXTS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)
_TO_BRACKETS = bytes.maketrans(b"{}", b"[]")
_NO_BRACKETS = bytes(set(range(256)) - set(b"[]{}"))
_LONG_NUMBER = re.compile(rb"[:,\[]-?[0-9]{16}")  # within a text, too: then a look costs more
_encode = msgspec.json.Encoder(order="sorted").encode


class NotCanonical(FieldnotesError):
    """These bytes are not the one way to write this value."""


def no_float(text: str) -> float:
    """For a decoder: there is no canonical form of a float. Raises NotCanonical."""
    raise NotCanonical("A number is not a whole number.")


_decode = msgspec.json.Decoder(float_hook=no_float).decode


def canonical(value: type_json) -> bytes:
    """The RFC 8785 form of `value` in UTF-8. Raises NotCanonical for what has none here."""
    try:
        encoded = _encode(value)
    except (UnicodeEncodeError, TypeError, RecursionError) as error:
        raise NotCanonical("A value cannot be written as text.") from error
    # Code points sort like UTF-16 units unless U+E000 and above meet a surrogate pair.
    differs = not encoded.isascii() and any(map(encoded.__contains__, _ORDER_DIFFERS))
    return _by_utf16(msgspec.to_builtins(value)) if differs else encoded


def canonical_each(values: Collection[type_json]) -> list[bytes]:
    """The canonical form of each; quicker than one by one. Raises NotCanonical, also for floats."""
    try:
        forms = list(map(_encode, values))
    except (UnicodeEncodeError, TypeError, RecursionError) as error:
        raise NotCanonical("A value cannot be written as text.") from error
    for place, value in enumerate(values):
        if type(value) is not str:
            check_numbers(value)
            if not forms[place].isascii():
                forms[place] = canonical(value)
    return forms


def parse(line: bytes) -> dict[str, type_json]:
    """The object written in `line`, if `line` is its canonical form, else NotCanonical."""
    value = parse_but_numbers(line)
    if _LONG_NUMBER.search(line):
        check_numbers(value)
    return value


def parse_but_numbers(line: bytes, most_parts: int = MOST_PARTS) -> dict[str, type_json]:
    """The same where whoever asks looks at the size of every number."""
    check_shape(line, most_parts)
    try:
        value = _decode(line)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise NotCanonical("A line is not JSON.") from error
    if not isinstance(value, dict):
        raise NotCanonical("A line is not a record.")
    if canonical(value) != line:
        raise NotCanonical("A line is not written in its one canonical form.")
    return value


def check_numbers(value: type_json) -> None:
    """Raise NotCanonical for floats and for integers beyond 2^53, however deep."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, dict | list):
            parts = item.values() if isinstance(item, dict) else item
            if set(map(type, parts)) != _ONLY_TEXTS:
                waiting.extend(parts)
        elif isinstance(item, float):
            raise NotCanonical("A number is not a whole number.")
        elif isinstance(item, int) and not -LARGEST <= item <= LARGEST:
            raise NotCanonical("A number is larger than every reader can hold.")


def check_shape(line: bytes, most_parts: int = MOST_PARTS) -> None:
    """Refuse what would cost a parser its stack or its memory, before any parser sees it.

    Raises NotCanonical.
    """
    opened = line.count(b"[") + line.count(b"{")
    few = len(line) <= most_parts or opened + line.count(b",") <= most_parts
    if few and opened <= DEEPEST:
        return
    outside = _TEXTS.sub(b"", line)
    if outside.count(b",") + outside.count(b"[") + outside.count(b"{") > most_parts:
        raise NotCanonical("A line has too many parts.")
    brackets = outside.translate(_TO_BRACKETS, _NO_BRACKETS)
    for _ in range(DEEPEST):  # each round takes the innermost pairs away
        brackets = brackets.replace(b"[]", b"")
    if brackets:
        raise NotCanonical("A line is nested too deeply.")


def _by_utf16(value: type_json) -> bytes:
    if isinstance(value, dict):
        keys = sorted(value, key=lambda key: key.encode("utf-16-be"))
        return b"{" + b",".join(_encode(key) + b":" + _by_utf16(value[key]) for key in keys) + b"}"
    if isinstance(value, list | tuple):
        return b"[" + b",".join(map(_by_utf16, value)) + b"]"
    return _encode(value)
