"""Who is believed: whether a sender is let in, and whose versions are accepted from a file."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec
from msgspec.structs import replace

from fieldnotes.bundle.manifest import Manifest
from fieldnotes.bundle.reader import Bundle
from fieldnotes.domain import merge, succession
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.people import IN_WORDS, LET_IN, KeyCard, Standing
from fieldnotes.domain.succession import Claim
from fieldnotes.domain.taking import NOTHING_LEFT, Leave
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.people import circle
from fieldnotes.store.arriving import Arrival, arrival_of
from fieldnotes.trust.identity import signed_by
from fieldnotes.trust.people import Circle


class Decisions(msgspec.Struct, frozen=True):
    """What a person allowed. `senders`: authors accepted by hash; `all_new`: whoever is new.

    `passphrase` opens the files that are locked with it; `leave`: what is not taken for now.
    """

    senders: frozenset[str] = frozenset()
    all_new: bool = False
    removals: bool = False
    passphrase: str = ""
    leave: Leave = NOTHING_LEFT


NOBODY_NEW = Decisions()


def refusal(author: KeyCard, standing: Standing, signed: bool, decisions: Decisions) -> str:
    """Why nothing of a sender's file is read in; '' where it is."""
    if not signed:
        return "This file is not signed: it can be looked at, but not read in."
    if standing is Standing.LOST:
        return f"This key of {author.name} was lost: nothing that it signs is read in any more."
    if standing is Standing.REFUSED:
        return f"You said that this is not {author.name}: nothing of it is read in."
    if author.author in decisions.senders or standing in LET_IN:
        return ""
    if standing is Standing.OTHER_KEY:
        return (
            f"{author.name} is known here with another key: nothing is read in until you have"
            " compared the six words with them."
        )
    if decisions.all_new:
        return ""
    return f"{author.name} is a new sender: accept them first, best after comparing the six words."


def standing_of(notebook: Notebook, manifest: Manifest, known: Circle) -> Standing:
    """How well a file's sender is known.

    A backup from the owner's own lost laptop is no more than a new sender's: whoever has that
    laptop could make another, but nobody else has to be asked.
    """
    author = manifest.author
    standing = known.standing(author)
    own = author.author in notebook.library.records.own
    if own and standing is Standing.LOST and manifest.audience == Audience.MYSELF:
        return Standing.NEW
    return standing


def claims_in(notebook: Notebook, bundle: Bundle) -> list[Claim]:
    """What a file says of keys that go on as others, as far as whoever says so signed it.

    Looked at before its sender is known: a new key that the old one vouches for is no stranger.
    """
    manifest = bundle.manifest
    if not manifest.by_kind.get(succession.TYPE):
        return []
    cards = {card.author: card for card in (*manifest.people, manifest.author)}
    found = []
    for record_id, copies in bundle.records():
        if copies[0].revision.type != succession.TYPE:
            continue
        held = notebook.library.records.history(record_id, copies[0].revision.author)
        if held and merge.current(held).revision.removed:
            continue  # taken back, as is known here
        for copy in copies:
            card = cards.get(copy.revision.author)
            claim = succession.from_fields(copy.values, copy.revision.author)
            if claim and card and not copy.revision.removed and signed_by(copy, card.signs):
                found.append(claim)
    return found


class Judge:
    """Whose versions are accepted from this bundle, and why not.

    `claims`: those in the bundle itself, where they matter.
    """

    def __init__(
        self, notebook: Notebook, manifest: Manifest, claims: Iterable[Claim] = ()
    ) -> None:
        self._own = notebook.library.records.own
        self.circle = circle(notebook, claims)
        self._cards: dict[str, KeyCard] = {}
        self._doubtful: dict[str, Standing] = {}
        for card in [*manifest.people, manifest.author]:
            self._cards[card.author] = card
            standing = self.circle.standing(card)
            sent_it = card.author == manifest.author.author
            # What a lost key signed before it was lost may still be passed on by others.
            if standing is Standing.REFUSED or (standing is Standing.OTHER_KEY and not sent_it):
                self._doubtful[card.author] = standing
        self._cards |= {author: person.card for author, person in self.circle.people.items()}
        self._welcome = self._cards.keys() - self._doubtful.keys() - self._own

    @property
    def keys(self) -> dict[str, str]:
        """By author what they sign with."""
        return {author: card.signs for author, card in self._cards.items()}

    def name_of(self, author: str) -> str:
        """The name on the card, if there is one."""
        card = self._cards.get(author)
        return card.name if card else "somebody unknown"

    def doubts_a_key(self) -> bool:
        """Whether somebody in the file goes by a known name with another key."""
        return Standing.OTHER_KEY in self._doubtful.values()

    def welcomes(self, authors: frozenset[str]) -> bool:
        """Whether everything that these signed is accepted as it comes."""
        return authors <= self._welcome

    def doubt(self, author: str) -> str:
        """Why nothing of an author is accepted; '' where something may be."""
        card = self._cards.get(author)
        if card is None:
            return "Nobody vouches for its author."
        if author in self._doubtful:
            return f"{card.name}: {IN_WORDS[self._doubtful[author]].lower()}."
        return ""

    def sorted_out(
        self, arrivals: list[Arrival]
    ) -> tuple[list[Arrival], list[tuple[Arrival, str]]]:
        """The versions of one record that are accepted, and the others each with its objection."""
        author = arrivals[0].author
        if author in self._welcome and False not in [each.genuine for each in arrivals]:
            return arrivals, []
        why = self.doubt(author)
        if why:
            return [], [(each, why) for each in arrivals]
        good = [each for each in arrivals if each.genuine is not False]
        others = [each for each in arrivals if each.genuine is False]
        if author in self._own:
            good = list(map(_as_ours, good))
        return good, [(each, self._forged(author)) for each in others]

    def seen_through(
        self, arrivals: list[Arrival]
    ) -> tuple[list[Arrival], list[tuple[Arrival, str]]]:
        """The same where those for which only the file vouches so far are verified themselves."""
        if None not in [each.genuine for each in arrivals]:
            return arrivals, []
        key = self._cards[arrivals[0].author].signs
        proven = [
            replace(each, genuine=signed_by(each.copy(), key)) if each.genuine is None else each
            for each in arrivals
        ]
        return self.sorted_out(proven)

    def proven(self, arrivals: list[Arrival]) -> list[Arrival]:
        """Those of a record's versions that their author signed."""
        return self.seen_through(arrivals)[0]

    def _forged(self, author: str) -> str:
        return f"It is not what {self.name_of(author)} signed: it was changed on the way."


def _as_ours(each: Arrival) -> Arrival:
    """Nobody on the way says who may see the owner's own notes."""
    if each.gist is None:
        return each
    copy = each.copy()
    return arrival_of(replace(copy, tight={}), genuine=each.genuine) if copy.tight else each
