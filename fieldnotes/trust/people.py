"""Who is known here, new, or known under another key; in plain words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from fieldnotes.domain.people import KeyCard, Person, Standing


def standing_of(card: KeyCard, people: Iterable[Person]) -> Standing:
    """Where `card` stands. A name that looks like a known one, with another key, is no stranger.

    The owner's own name is no warning: nobody passes for you in your own library, and a namesake
    or your other laptop is a new sender like any other.
    """
    name, same_name = looks_like(card.name), False
    for person in people:
        if person.card.author == card.author:
            return person.standing
        if person.standing is not Standing.MYSELF:
            same_name = same_name or looks_like(person.card.name) == name
    return Standing.OTHER_KEY if same_name else Standing.NEW


def looks_like(name: str) -> str:
    """What a hurried reader takes `name` for: no case, marks, signs or look-alike letters."""
    plain = unicodedata.normalize("NFKD", name).casefold().translate(_LOOK_ALIKE)
    return "".join(letter for letter in plain if letter.isalnum())


# Cyrillic, Greek and Latin letters that look like the plain ones, each above its double.
_LOOK_ALIKE = str.maketrans(
    "авекмнорстухіјѕԁɡӏαβεικνορτυχηωıł01",  # noqa: RUF001
    "abekmhopctyxijsdglabeiknoptuxnwilol",
)
