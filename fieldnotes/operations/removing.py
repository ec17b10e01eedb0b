"""What removing notes would mean: who has copies, and whether it is a great part of them all."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from fieldnotes.domain.markings import Audience
from fieldnotes.domain.shapes import Shape
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.saving import settle_outbox

MASS = 20  # one in so many


class Removing(msgspec.Struct, frozen=True):
    """`people`: whom files with them were made for; they hear of it with the next one.

    `unnamed`: a file that names nobody held some of them, `own` one for oneself, `sheets` one
    that other programs read and that nothing can follow. `own_notes`: how many there are in all.
    """

    count: int
    own_notes: int
    people: tuple[str, ...] = ()
    unnamed: bool = False
    own: bool = False
    sheets: bool = False

    @property
    def mass(self) -> bool:
        """So many at once that somebody has to type a yes: more than one, and one in twenty."""
        return self.count > 1 and self.count * MASS > self.own_notes


def removing(notebook: Notebook, note_ids: Sequence[str]) -> Removing:
    """What there is to know before these notes are removed."""
    settle_outbox(notebook)
    records = notebook.library.records
    numbers = records.numbers_of(dict.fromkeys(note_ids))
    held = notebook.library.sendings.holders(numbers)
    others = [each for each in held if each[1] != Audience.MYSELF]
    bundles = [each for each in others if each[2] in ("", Shape.BUNDLE)]
    names = {name.strip() for recipient, *_ in bundles for name in recipient.split(";")}
    return Removing(
        count=len(dict.fromkeys(note_ids)),
        own_notes=records.count_own(),
        people=tuple(sorted(filter(None, names), key=str.casefold)),
        unnamed=any(not recipient for recipient, *_ in bundles),
        own=len(others) < len(held),
        sheets=len(bundles) < len(others),
    )
