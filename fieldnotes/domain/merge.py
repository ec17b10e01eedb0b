"""Ours and theirs → their join, and the word for what happened.

For one id, current is the maximum over all accepted revisions of `order`. A history is a set of
copies, so order and repetition of bundles cannot matter; lineage decides nothing but words.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

from msgspec.structs import replace

from fieldnotes.domain.markings import marking, strictest
from fieldnotes.domain.records import Copy, Revision, Value, salt_of

History = Mapping[str, Copy]  # revision name → the most that is held of it


class Word(StrEnum):
    """What a bundle did to one record."""

    NEW = "new"
    UPDATED = "updated"
    FULLER = "fuller"
    UNCHANGED = "unchanged"
    OLDER = "older"
    EDITED_TWICE = "edited_twice"
    NOT_ACCEPTED = "not_accepted"
    REMOVED = "removed"


def order(revision: Revision) -> tuple[bool, int, bool, int, int, str]:
    """Larger wins. A removal beats edits made without knowing it; only a restore beats that."""
    return (
        revision.erased,
        revision.restored,
        revision.removed is not None,
        revision.rev,
        revision.modified.ms,
        revision.name,
    )


def join(ours: History, theirs: Iterable[Copy]) -> dict[str, Copy]:
    """The union: of revisions, and for one revision of what is disclosed.

    Once erased, nothing but the erasure is kept.
    """
    together = dict(ours)
    for copy in theirs:
        held = together.get(copy.name)
        together[copy.name] = copy if held is None else _fuller(held, copy)
    if any(copy.revision.erased for copy in together.values()):
        return {name: copy for name, copy in together.items() if copy.revision.erased}
    return together


def current(history: History) -> Copy:
    """The revision that is shown. `history` holds at least one."""
    return max(history.values(), key=lambda copy: order(copy.revision))


def heads(history: History) -> list[Copy]:
    """Revisions from which no other held one descends, the current one first."""
    descended = _ancestors(history)
    alone = [copy for name, copy in history.items() if name not in descended]
    alone.sort(key=lambda copy: order(copy.revision), reverse=True)
    top = current(history)
    return [top, *(copy for copy in alone if copy.name != top.name)]


def travelling(history: History) -> list[Copy]:
    """What goes into a file: all heads, but of a removed record nothing that it still says."""
    ends = heads(history)
    return [copy for copy in ends if copy.revision.removed] if ends[0].revision.removed else ends


def edited_twice(history: History) -> bool:
    """Neither of two versions descends from the other, and the author has not settled it."""
    return len(heads(history)) > 1


def view(history: History, copy: Copy) -> dict[str, Value]:
    """All values of `copy` that anyone's copy shows: the same digest is the same value."""
    return {**_found_elsewhere(history, copy)[0], **copy.values}


def completed(history: History, copy: Copy) -> Copy:
    """`copy` with the values (and salts) that other held copies show for its hidden digests."""
    values, salts = _found_elsewhere(history, copy)
    if not values:
        return copy
    return replace(copy, values={**copy.values, **values}, salts={**copy.salts, **salts})


def word(ours: History, theirs: Iterable[Copy]) -> Word:
    """What happens to `ours` when `theirs` (at least one copy) are joined to it."""
    theirs = list(theirs)
    both = join(ours, theirs)
    if not ours:
        return Word.REMOVED if current(both).revision.removed else Word.NEW
    if both.keys() <= ours.keys():
        return _same_revisions(ours, both, theirs)
    before, after = current(ours), current(both)
    if after.revision.removed and not before.revision.removed:
        return Word.REMOVED
    if edited_twice(both) and not after.revision.removed:
        newly = {copy.name for copy in heads(both)} - {copy.name for copy in heads(ours)}
        if newly:
            return Word.EDITED_TWICE
    return Word.UPDATED if after.name != before.name else Word.OLDER


def _same_revisions(ours: History, both: History, theirs: list[Copy]) -> Word:
    if any(both[name].values.keys() > ours[name].values.keys() for name in both):
        return Word.FULLER
    shown = {copy.name for copy in heads(ours)}
    return Word.UNCHANGED if any(copy.name in shown for copy in theirs) else Word.OLDER


def _fuller(one: Copy, other: Copy) -> Copy:
    """What both copies of one revision show together; the stricter of two tightenings.

    Written in one way, whichever copy came first.
    """
    if one == other:
        return one
    tight = {
        name: strictest(
            marking(each[name]) for each in (one.tight, other.tight) if name in each
        ).value
        for name in {*one.tight, *other.tight}
    }
    values = {**one.values, **other.values}
    key = min(filter(None, (_used_key(one), _used_key(other))), default=None)
    salts = {name: (one if name in one.values else other).salt(name) for name in values}
    if key is not None:
        salts = {name: salt for name, salt in salts.items() if salt != salt_of(key, name)}
    signature = min(one.signature, other.signature)  # an author may have signed more than once
    return replace(one, signature=signature, values=values, key=key, salts=salts, tight=tight)


def _used_key(copy: Copy) -> str | None:
    """The key, where a salt is derived from it."""
    return copy.key if copy.uses_key else None


def _ancestors(history: History) -> set[str]:
    """Names from which some other held revision descends, also through one that is held."""
    found: set[str] = set()
    for name, copy in history.items():
        found.update(each for each in copy.revision.lineage if each != name)
    return found


def _found_elsewhere(history: History, copy: Copy) -> tuple[dict[str, Value], dict[str, str]]:
    wanted = {(name, copy.revision.digests[name]) for name in copy.hidden}
    values: dict[str, Value] = {}
    salts: dict[str, str] = {}
    if wanted:
        for other in history.values():
            for name, digest in wanted:
                if name in other.values and other.revision.digests.get(name) == digest:
                    values[name], salts[name] = other.values[name], other.salt(name)
    return values, salts
