"""Named tuples from JSON, checked by their annotations. Loads msgspec only when it is asked."""

from __future__ import annotations

from typing import NamedTuple, TypeVar, get_type_hints

_T = TypeVar("_T", bound=NamedTuple)


def decode(told: bytes, kind: type[_T]) -> _T | None:
    """`told` as a `kind`, what it does not say by default; None where it does not fit.

    Every field of `kind` needs a default, and what `kind` does not know is left out.
    """
    import msgspec

    types = get_type_hints(kind).items()
    fields = [(name, its_type, kind._field_defaults[name]) for name, its_type in types]
    try:
        found = msgspec.json.decode(told, type=msgspec.defstruct("Told", fields))
    except msgspec.DecodeError:
        return None
    return kind(*msgspec.structs.astuple(found))


def encode(value: NamedTuple) -> bytes:
    """One JSON object on one line."""
    import msgspec

    return msgspec.json.encode(value._asdict())
