"""A real bundle whose lines were altered, and signed again by their author and their sender."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from fieldnotes.domain.canonical import canonical
from tests.faults.hostile.forging import Attack, Parts, place_of, resigned, signed_raw


def _lines(change: Callable[[list[bytes]], list[bytes]]) -> Attack:
    return lambda parts: parts.with_lines(change(parts.lines)).zipped()


def _first(change: Callable[[bytes], bytes]) -> Attack:
    return _lines(lambda lines: [change(lines[0]), *lines[1:]])


def _member(**changes: Any) -> Attack:
    """The first line with other members, signed over what is then written there."""

    def attack(parts: Parts) -> bytes:
        copy = parts.copies[0]
        line = {**json.loads(parts.lines[0]), **changes}
        forged = signed_raw(line, parts.signer, dict(copy.revision.digests))
        return parts.with_lines([forged, *parts.lines[1:]]).zipped()

    return attack


def _field(raw: bytes) -> Attack:
    """One more field, with this for its value, as it stands."""
    return _first(lambda line: line.replace(b'"fields":{', b'"fields":{"a":' + raw + b","))


def _versions(number: int) -> Attack:
    def attack(parts: Parts) -> bytes:
        line = json.loads(parts.lines[0])
        lines = [resigned({**line, "rev": n}, parts.signer) for n in range(1, number + 1)]
        return parts.with_lines(sorted(lines, key=place_of), records=1).zipped()

    return attack


LINES: dict[str, Attack] = {
    "nested 100,000 deep": _field(b"[" * 100_000 + b"]" * 100_000),
    "nested 33 deep": _field(b"[" * 33 + b"]" * 33),
    "NaN": _field(b"NaN"),
    "Infinity": _field(b"-Infinity"),
    "2^64": _field(b"18446744073709551616"),
    "2^53": _field(b"9007199254740992"),
    "a number of 5,000 digits": _field(b"1" * 5_000),
    "2^63": _field(b"9223372036854775807"),
    "-2^64": _field(b"-18446744073709551616"),
    "2^64 in a list": _field(b"[[18446744073709551616]]"),
    "2^64 for a moment": _member(created=[2**64, 0]),
    "a float": _field(b"1.5"),
    "a float of 400 noughts": _field(b"1e400"),
    "a number with a plus": _field(b"+1"),
    "a number that begins with nought": _field(b"01"),
    "a number in hex": _field(b"0x10"),
    "undefined": _field(b"undefined"),
    "a comment": _field(b"1/* hello */"),
    "a comma too many": _field(b"[1,]"),
    "single quotes": _field(b"'x'"),
    "objects nested 33 deep": _field(b'{"a":' * 33 + b"1" + b"}" * 33),
    "objects nested 100,000 deep": _field(b'{"a":' * 100_000 + b"1" + b"}" * 100_000),
    "opened 100,000 times": _field(b"[" * 100_000),
    "opened and closed by turns": _field(b"[{]}" * 50_000),
    "a float that is whole": _field(b"1e2"),
    "minus nought": _field(b"-0"),
    "a lone surrogate": _field(b'"\\ud800"'),
    "a lone surrogate as a name": _first(
        lambda line: line.replace(b'"fields":{', b'"fields":{"\\udfff":1,')
    ),
    "surrogates the wrong way round": _field(b'"\\udc00\\ud800"'),
    "a surrogate for nothing": _field(b'"\\ud800x"'),
    "a byte order mark": _first(lambda line: b"\xef\xbb\xbf" + line),
    "UTF-16": _first(lambda line: line.decode().encode("utf-16")),
    "an overlong slash": _field(b'"\xc0\xaf"'),
    "a letter beyond the last": _field(b'"\xf4\x90\x80\x80"'),
    "NUL as an escape of two kinds": _field(b'"\\u0000\\U0000"'),
    "NUL behind the line": _first(lambda line: line + b"\0"),
    "NUL in a name": _field(b'1,"a\0":2'),
    "NUL in a type": _member(type="note\0"),
    "NUL in an id": lambda parts: _member(id=json.loads(parts.lines[0])["id"] + "\0")(parts),
    "bytes that are no text": _field(b'"\xff"'),
    "a surrogate in UTF-8": _field(b'"\xed\xa0\x80"'),
    "NUL as it is": _field(b'"\0"'),
    "an escape that is not needed": _field(b'"\\u0041"'),
    "a double key": _first(lambda line: line.replace(b'"rev":1', b'"rev":1,"rev":1')),
    "a blank": _first(lambda line: line.replace(b'"rev":1', b'"rev": 1')),
    "a carriage return": _first(lambda line: line + b"\r"),
    "an empty line": _lines(lambda lines: [*lines, b""]),
    "a line of 10 MB": _field(b'"' + b"a" * (10 << 20) + b'"'),
    "a list of 2,000,000 lists": _field(b"[" + b"[]," * 1_300_000 + b"[]]"),
    "members out of order": _first(lambda line: b'{"type":"note",' + line[1:]),
    "lines out of order": _lines(lambda lines: lines[::-1]),
    "a line twice": _lines(lambda lines: [lines[0], *lines]),
    "no line end": lambda parts: parts.with_entry(
        "records/00001.jsonl", b"\n".join(parts.lines)
    ).zipped(),
    "a list instead of a record": _first(lambda line: b"[" + line + b"]"),
    "null": _first(lambda line: b"null"),
    "a lineage that is a text": _member(lineage=""),
    "a lineage of no names": _member(lineage=["x"]),
    "a key that is null": _member(key=None),
    "salts that are empty": _member(salts={}),
    "a tightened field that is not there": _member(tight={"nothing": "red"}),
    "a tightening that tells a story": _member(tight={"*": "Dear reader"}),
    "a number that is true": _member(rev=True),
    "a revision before the first": _member(rev=-1),
    "a revision after the last": _member(rev=2**53 - 1),
    "a moment of one number": _member(created=[1]),
    "a moment of two days": _member(created=[1, 2880]),
    "a removal of another shape": _member(removed={"at": [1, 0], "reason": "wrong", "x": 1}),
    "a reason with NUL": _member(removed={"at": [1, 0], "reason": "wrong\0"}),
    "an id in capitals": lambda parts: _member(id=json.loads(parts.lines[0])["id"].upper())(parts),
    "an id in braces": lambda parts: _member(id="{" + json.loads(parts.lines[0])["id"] + "}")(
        parts
    ),
    "marks that are a list": _member(marks=[]),
    "fields that are a list": _member(fields=[]),
    "a signature in capitals": lambda parts: _first(
        lambda line: canonical({**json.loads(line), "sig": json.loads(line)["sig"].upper()})
    )(parts),
    "a field name with a slash": _first(
        lambda line: line.replace(b'"fields":{', b'"fields":{"../a":1,')
    ),
    "1,001 versions of one note": _versions(1_001),
}
