"""The properties above a Markdown page (YAML), read without believing them.

Only texts, lists and mappings: no tags, no dates, no objects are made of anything, so "no" and
"2026-03-31" stay what somebody wrote. What YAML could cost is bounded: no aliases, no depth.
"""

from __future__ import annotations

import re
from typing import Any

_FENCE = re.compile(r"\A\ufeff?---[ \t]*\r?\n(.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
_DEEPEST = 8
_MOST = 100_000  # scalars, lists and mappings
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))


class Unreadable(ValueError):
    """The properties are no YAML that is read here; says why."""


def split_page(text: str) -> tuple[dict[str, Any], str]:
    """(properties, page). Raises Unreadable."""
    found = _FENCE.match(text)
    if found is None:
        return {}, text.removeprefix("\ufeff")
    return read_properties(found[1]), text[found.end() :]


def read_properties(above: str) -> dict[str, Any]:
    """A mapping of texts, lists, mappings and None. Raises Unreadable."""
    import yaml

    builder = _Builder()
    try:
        for event in yaml.parse(above, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
            builder.take(event)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise Unreadable("its properties cannot be read") from error
    told = builder.made[0] if builder.made else {}
    if told is None:
        return {}
    if not isinstance(told, dict):
        raise Unreadable("its properties are no properties")
    return told


class _Builder:
    """Puts values together from the scanner's events, so that nothing here calls itself."""

    def __init__(self) -> None:
        self.made: list[Any] = []
        self._open: list[list[Any]] = []
        self._count = 0

    def take(self, event: Any) -> None:
        match type(event).__name__:
            case "ScalarEvent":
                plain = event.implicit[0] and not event.style
                self._put(None if plain and event.value in _NOTHING else event.value)
            case "SequenceStartEvent" | "MappingStartEvent":
                if len(self._open) >= _DEEPEST:
                    raise Unreadable("too deep")
                self._open.append([])
            case "SequenceEndEvent":
                self._put(self._open.pop())
            case "MappingEndEvent":
                self._put(_mapping(self._open.pop()))
            case "AliasEvent":
                raise Unreadable("an alias")
            case _:
                pass

    def _put(self, value: Any) -> None:
        self._count += 1
        if self._count > _MOST:
            raise Unreadable("too much")
        (self._open[-1] if self._open else self.made).append(value)


def _mapping(flat: list[Any]) -> dict[str, Any]:
    names = [name if isinstance(name, str) else "" for name in flat[::2]]
    return dict(zip(names, flat[1::2], strict=True))
