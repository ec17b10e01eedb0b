"""Signed versions with something in them, for plays of several people."""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from msgspec.structs import replace

from fieldnotes.domain.markings import Marking
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.people import Identity
from fieldnotes.domain.records import Copy, Revision, digests_under
from fieldnotes.trust.identity import signed
from tests.property.histories import BEGIN, FIELDS, a_value


def a_first(
    chance: random.Random, writer: Identity, device: str, type_: str, fields: Mapping[str, Any]
) -> Copy:
    """The first version of a new record."""
    empty = Revision(
        type=type_,
        id=an_id(chance),
        author=writer.author,
        device=device,
        rev=1,
        lineage=(),
        restored=0,
        created=Moment(BEGIN),
        modified=Moment(BEGIN + chance.randint(0, 3)),
        removed=None,
        marking=chance.choice(list(Marking)).value,
        marks={},
        digests={},
    )
    return saying(chance, writer, empty, fields)


def saying(
    chance: random.Random,
    writer: Identity,
    envelope: Revision,
    fields: Mapping[str, Any],
    carried: Mapping[str, str] | None = None,
) -> Copy:
    """`envelope` filled and signed. `carried`: digests of fields that the writer cannot see."""
    key = chance.randbytes(16).hex()
    digests = {**(carried or {}), **digests_under(key, fields)}
    return signed(writer, replace(envelope, digests=digests), dict(fields), key)


def some_fields(chance: random.Random) -> dict[str, Any]:
    """What a note says."""
    return {name: a_value(chance, name) for name in FIELDS if chance.random() < 0.6}


def an_id(chance: random.Random) -> str:
    """A UUID of chance."""
    return str(UUID(int=chance.getrandbits(128), version=4))
