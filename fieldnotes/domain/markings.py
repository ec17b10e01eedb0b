"""Who may see what (TLP 2.0, FIRST 2022), and what of a copy goes into a file."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum


class Marking(StrEnum):
    """Strictest first."""

    RED = "red"
    AMBER_STRICT = "amber+strict"
    AMBER = "amber"
    GREEN = "green"
    CLEAR = "clear"


class Audience(StrEnum):
    """For whom a file is made."""

    MYSELF = "myself"
    COMPANY = "company"
    ANYONE = "anyone"


DEFAULT = Marking.AMBER_STRICT
_CALLED: dict[str | None, Marking] = {marking.value: marking for marking in Marking}
_STRICTNESS = {marking.value: place for place, marking in enumerate(Marking)}
_LOOSEST_SHOWN = {Audience.MYSELF: 0, Audience.COMPANY: 1, Audience.ANYONE: 4}

CHOICES = {"me": Marking.RED, "company": Marking.AMBER_STRICT, "anyone": Marking.CLEAR}
IN_WORDS = {
    Marking.RED: "Only me",
    Marking.AMBER_STRICT: "Our company",
    Marking.AMBER: "Our company and its customers",
    Marking.GREEN: "Our community",
    Marking.CLEAR: "May leave the company",
}


def marking(text: str | None) -> Marking:
    """What `text` says; a marking that is missing or not known counts as RED."""
    return _CALLED.get(text, Marking.RED)


def strictest(markings: Iterable[Marking]) -> Marking:
    """The strictest of at least one."""
    return min(markings, key=lambda each: _STRICTNESS[each])


def loosest(markings: Iterable[Marking]) -> Marking:
    """The loosest of at least one."""
    return max(markings, key=lambda each: _STRICTNESS[each])


def may_see(audience: Audience, what: Marking) -> bool:
    """Whether something marked `what` goes into a file made for `audience`."""
    return _STRICTNESS[what] >= _LOOSEST_SHOWN[audience]


def shows_as_much(audience: Audience) -> tuple[Audience, ...]:
    """Files for whom show at least what one for `audience` does, to the same people."""
    if audience is Audience.ANYONE:
        return Audience.COMPANY, Audience.ANYONE
    return (audience,)


def shown_to(audience: Audience) -> tuple[Marking, ...]:
    """How something may be marked that goes into a file made for `audience`."""
    return tuple(each for each in Marking if may_see(audience, each))
