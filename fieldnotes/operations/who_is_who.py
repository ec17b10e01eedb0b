"""Everything that the page of people shows, in one look."""

from __future__ import annotations

import msgspec

from fieldnotes.domain.people import KeyCard
from fieldnotes.operations.cards import own_address
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.people import KnownPerson, people_known
from fieldnotes.operations.succession import open_claims
from fieldnotes.trust.identity import six_words


class WhoIsWho(msgspec.Struct, frozen=True):
    """The owner with their address; `claims`: keys, each with its words, that say they were
    theirs; and everybody else, whoever needs a look first."""

    own: KnownPerson
    email: str
    claims: tuple[tuple[KeyCard, tuple[str, ...]], ...]
    people: tuple[KnownPerson, ...]


def who_is_who(notebook: Notebook) -> WhoIsWho:
    """Writes nothing."""
    own, *others = people_known(notebook)
    claims = tuple((card, six_words(card.author)) for card in open_claims(notebook))
    return WhoIsWho(own, own_address(notebook), claims, tuple(others))
