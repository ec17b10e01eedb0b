"""Who is believed: whether a sender is let in, and whose versions are accepted from a file."""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from fieldnotes.bundle.manifest import Manifest
from fieldnotes.domain.people import IN_WORDS, KeyCard, Standing
from fieldnotes.domain.records import Copy
from fieldnotes.operations.notebook import Notebook
from fieldnotes.trust.identity import signed_by
from fieldnotes.trust.people import standing_of


class Decisions(msgspec.Struct, frozen=True):
    """What a person allowed. `senders`: authors accepted by hash; `all_new`: whoever is new."""

    senders: frozenset[str] = frozenset()
    all_new: bool = False
    removals: bool = False


NOBODY_NEW = Decisions()


def refusal(author: KeyCard, standing: Standing, signed: bool, decisions: Decisions) -> str:
    """Why nothing of a sender's file is read in; '' where it is."""
    if not signed:
        return "This file is not signed: it can be looked at, but not read in."
    if author.author in decisions.senders or standing in (Standing.MYSELF, Standing.KNOWN):
        return ""
    if standing is Standing.OTHER_KEY:
        return (
            f"{author.name} is known here with another key: nothing is read in until you have"
            " compared the six words with them."
        )
    if decisions.all_new:
        return ""
    return f"{author.name} is a new sender: accept them first, best after comparing the six words."


class Judge:
    """Whose revision is accepted from this bundle, and why not.

    `unproven`: names of the versions that were not found genuine when these very bytes were looked
    at before; all others in them were. None where nobody looked.
    """

    def __init__(
        self, notebook: Notebook, manifest: Manifest, unproven: frozenset[str] | None = None
    ) -> None:
        self._owner = notebook.owner.author
        self._unproven = unproven
        self.unproven: set[str] = set()  # as far as was judged
        people = notebook.library.people.everybody()
        self._cards: dict[str, KeyCard] = {}
        self._other_key: set[str] = set()
        for card in [*manifest.people, manifest.author]:
            self._cards[card.author] = card
            if card.author == manifest.author.author:
                continue
            if standing_of(card, people) is Standing.OTHER_KEY:
                self._other_key.add(card.author)
        self._cards |= {person.card.author: person.card for person in people}

    def name_of(self, author: str) -> str:
        """The name on the card, if there is one."""
        card = self._cards.get(author)
        return card.name if card else "somebody unknown"

    def objection(self, copy: Copy) -> str:
        """Why this revision is not accepted; '' where it is."""
        author = copy.revision.author
        card = self._cards.get(author)
        if card is None:
            return "Nobody vouches for its author."
        if author in self._other_key:
            return f"{card.name}: {IN_WORDS[Standing.OTHER_KEY].lower()}."
        if self._is_forged(copy, card):
            return f"It is not what {card.name} signed: it was changed on the way."
        return ""

    def _is_forged(self, copy: Copy, card: KeyCard) -> bool:
        if self._unproven is not None and copy.name not in self._unproven:
            return False
        return not signed_by(copy, card.signs)

    def sorted_out(self, copies: list[Copy]) -> tuple[list[Copy], list[tuple[Copy, str]]]:
        """The copies that are accepted, and the others each with its objection."""
        good, others = [], []
        for copy in copies:
            why = self.objection(copy)
            if why:
                self.unproven.add(copy.name)
                others.append((copy, why))
            else:
                good.append(self._as_ours(copy))
        return good, others

    def _as_ours(self, copy: Copy) -> Copy:
        """Nobody on the way says who may see the owner's own notes."""
        return replace(copy, tight={}) if copy.revision.author == self._owner else copy
