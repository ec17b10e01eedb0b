"""What came in: counted by competitor, objection, win and sender; and who shares whose name."""

from __future__ import annotations

from dataclasses import dataclass

from fieldnotes.operations.notebook import Notebook
from fieldnotes.trust.identity import six_words
from fieldnotes.trust.people import looks_like


@dataclass(frozen=True, slots=True)
class Namesake:
    """Somebody known here whose name looks like a sender's, and the six words of their key."""

    author: str
    name: str
    words: tuple[str, ...]


def namesakes(notebook: Notebook, name: str) -> tuple[Namesake, ...]:
    """Whoever is known here by a name that looks like `name`."""
    return tuple(
        Namesake(person.card.author, person.card.name, six_words(person.card.author))
        for person in notebook.library.people.everybody()
        if looks_like(person.card.name) == looks_like(name)
    )
