"""The owner's key and everybody whose notes are here, as people compare them."""

from __future__ import annotations

import msgspec

from fieldnotes.domain.people import Standing
from fieldnotes.operations.notebook import Notebook
from fieldnotes.trust.identity import six_words


class KnownPerson(msgspec.Struct, frozen=True):
    """Somebody by name, the six words of their key, and how well they are known."""

    author: str
    name: str
    words: tuple[str, ...]
    standing: Standing


def people_known(notebook: Notebook) -> list[KnownPerson]:
    """The owner first, then everybody in the order they came."""
    people = [
        KnownPerson(each.card.author, each.card.name, six_words(each.card.author), each.standing)
        for each in notebook.library.people.everybody()
    ]
    return sorted(people, key=lambda person: person.standing is not Standing.MYSELF)
