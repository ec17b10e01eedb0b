"""Names that come in and look like one that is known here, or comes as well: other spellings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import suppress

import msgspec

from fieldnotes.domain.words import fold
from fieldnotes.operations.import_plans import NAMED, ImportPlan
from fieldnotes.operations.look_alikes import COMPARED, ENOUGH, bare, is_alike
from fieldnotes.operations.names import list_names
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.vocabulary import NameRefused, also_called

COMING = 2_000  # names that are compared, those in the most notes
MOST = 20  # suggestions, those with the most notes


class SameName(msgspec.Struct, frozen=True):
    """`names`, in so many notes that come, may all mean what is called `into`, here or there."""

    family: str
    names: tuple[str, ...]
    into: str
    notes: int


def same_names(notebook: Notebook, plan: ImportPlan) -> list[SameName]:
    """What new names may mean, those in the most notes first."""
    new = {family: _new(notebook, plan, family) for family in NAMED}
    found = [each for family in NAMED for each in _of(notebook, family, new[family])]
    return sorted(found, key=lambda each: (-each.notes, each.into))[:MOST]


def say_the_same(notebook: Notebook, same: Iterable[SameName]) -> list[SameName]:
    """From now on these names mean what they were said to; in the transaction they come in.

    Returns those that mean a name which is not here yet: say them again once it is.
    """
    later = []
    for each in sorted(same, key=lambda each: (each.family, each.into)):
        if notebook.library.names.entity(each.family, each.into) is None:
            later.append(each)
            continue
        for name in each.names:
            with suppress(NameRefused):  # said by somebody meanwhile
                also_called(notebook, each.family, each.into, name)
    return later


def _new(notebook: Notebook, plan: ImportPlan, family: str) -> Counter[str]:
    """Names of a family that nobody has written here yet, with how many notes bring them."""
    counts: Counter[str] = Counter()
    for file in plan.good:
        for (of, name), notes in file.names.items():
            if of == family and notebook.library.names.entity(family, name) is None:
                counts[name] += notes
    return counts


def _of(notebook: Notebook, family: str, new: Counter[str]) -> list[SameName]:
    if not new:
        return []
    from rapidfuzz import fuzz, process

    lines = list_names(notebook, family)[:COMPARED]
    known = {bare(line.name): line.name for line in reversed(lines)}
    together: dict[str, list[str]] = {}
    for name, _ in new.most_common(COMING):
        text = bare(name)
        for other, ratio, _ in process.extract(
            text, list(known), scorer=fuzz.ratio, score_cutoff=ENOUGH, limit=3
        ):
            if is_alike(text, other, ratio):
                if fold(known[other]) != fold(name):  # those are one name anyway
                    together.setdefault(known[other], []).append(name)
                break
        else:
            known[text] = name  # what else comes may be another spelling of it
    return [
        SameName(family, tuple(sorted(names)), into, sum(new[name] for name in names))
        for into, names in together.items()
    ]
