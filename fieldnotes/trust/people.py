"""Who is known here, new, or known under another key; in plain words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from fieldnotes.domain.people import LET_IN, KeyCard, Person, Standing
from fieldnotes.domain.succession import Claim, persons
from fieldnotes.domain.team import Listing, listings
from fieldnotes.trust.identity import is_genuine

_CONFIRMED = frozenset({Standing.MYSELF, Standing.KNOWN, Standing.TRUSTED})


class Circle:
    """Everybody who is known here, one way or another.

    It follows from what a person decided (`people`), from what was claimed of keys (`claims`) and
    from the team lists that are trusted (`listed`), in whatever order they come.
    """

    def __init__(
        self, people: Iterable[Person], claims: Iterable[Claim] = (), listed: Iterable[Listing] = ()
    ) -> None:
        self.people = {person.card.author: person for person in people}
        self.claims = [each for each in claims if _is_genuine(each.card)]
        said = [each for each in listed if _is_genuine(each.member.card)]
        # Whoever keeps this library speaks for others in it, too.
        trusted = self._stored(Standing.TRUSTED, Standing.MYSELF)
        self.persons = persons(self.claims, trusted)
        for author in trusted:
            trusted |= self.persons.keys(author)
        self.owner = self._stored(Standing.MYSELF)
        self.trusted = trusted - self.persons.lost - self._stored(Standing.REFUSED)
        self.listed = listings(said, self.trusted)
        self._lists: dict[str, set[str]] = {}
        for each in said:
            if not each.member.withdrawn:
                self._lists.setdefault(each.keeper, set()).add(each.member.card.author)
        self._namesakes = self._by_look()

    def standing(self, card: KeyCard) -> Standing:
        """How well whoever holds this card, by the name on it, is known.

        The owner's own name is no warning: nobody passes for you in your own library, and a
        namesake or your other laptop is a new sender like any other.
        """
        stored = self._standing(card.author)
        if stored in (Standing.MYSELF, Standing.REFUSED):
            return stored
        if self.is_lost(card.author):
            return Standing.LOST
        if stored in (Standing.KNOWN, Standing.TRUSTED):
            return Standing.OTHER_KEY if self._takes_a_name(card) else stored
        if (same := self._as_same_person(card.author)) is not None:
            return same
        others = self._namesakes.get(looks_like(card.name), set()) - self.persons.keys(card.author)
        if card.author in self.listed:
            known = {key for key in others - self.listed.keys() if self._is_confirmed(key)}
            return Standing.OTHER_KEY if known else Standing.LISTED
        if stored is Standing.MET:
            return stored
        return Standing.OTHER_KEY if others else Standing.NEW

    def lets_in(self, author: str) -> bool:
        """Whether what this key signs is taken without asking."""
        card = self.card(author)
        return card is not None and self.standing(card) in LET_IN

    def is_lost(self, author: str) -> bool:
        """Whether somebody trusted said that this key is nobody's any more."""
        listing = self.listed.get(author)
        return author in self.persons.lost or (listing is not None and listing.member.withdrawn)

    def card(self, author: str) -> KeyCard | None:
        """The card of a key, wherever it was told."""
        if author in self.people:
            return self.people[author].card
        if author in self.listed:
            return self.listed[author].member.card
        return next((each.card for each in self.claims if each.card.author == author), None)

    def everybody(self) -> dict[str, KeyCard]:
        """Each key that is known or listed here, with its card."""
        listed = {key: each.member.card for key, each in self.listed.items()}
        return listed | {key: person.card for key, person in self.people.items()}

    def namesakes(self, card: KeyCard) -> list[str]:
        """Other known keys whose holders' names look like this one's."""
        alike = self._namesakes.get(looks_like(card.name), set())
        return sorted(alike - self.persons.keys(card.author))

    def on_list_of(self, keys: Iterable[str]) -> set[str]:
        """Keys on the team list that whoever has these keys keeps, trusted or not."""
        return set().union(*(self._lists.get(key, ()) for key in keys))

    def _stored(self, *standings: Standing) -> frozenset[str]:
        return frozenset(key for key, each in self.people.items() if each.standing in standings)

    def _standing(self, author: str) -> Standing | None:
        person = self.people.get(author)
        return person.standing if person else None

    def _is_confirmed(self, author: str) -> bool:
        return self._standing(author) in _CONFIRMED - {Standing.MYSELF}

    def _takes_a_name(self, card: KeyCard) -> bool:
        """Somebody known calls themselves, from this card on, what another known one is called."""
        held = self.people[card.author].card
        return looks_like(held.name) != looks_like(card.name) and bool(self.namesakes(card))

    def _as_same_person(self, author: str) -> Standing | None:
        """Known by another key of theirs that is not lost."""
        others = self.persons.keys(author) - {author}
        stored = {self._standing(key) for key in others}
        if Standing.TRUSTED in stored:
            return Standing.TRUSTED
        if stored & _CONFIRMED:
            return Standing.KNOWN
        return Standing.LISTED if others & self.listed.keys() else None

    def _by_look(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for key, card in self.everybody().items():
            if self._standing(key) not in (Standing.MYSELF, Standing.REFUSED, Standing.OTHER_KEY):
                found.setdefault(looks_like(card.name), set()).add(key)
        return found


@lru_cache(maxsize=4096)
def _is_genuine(card: KeyCard) -> bool:
    return is_genuine(card)


@lru_cache(maxsize=8192)
def looks_like(name: str) -> str:
    """What a hurried reader takes `name` for: no case, marks, signs or look-alike letters."""
    capitals = unicodedata.normalize("NFKD", name).translate(_CAPITALS)
    plain = capitals.casefold().translate(_LOOK_ALIKE)
    letters = "".join(letter for letter in plain if letter.isalnum())
    return letters.replace("rn", "m").replace("vv", "w")


# Cyrillic, Greek and Latin letters that look like the plain ones, each above its double. A capital
# I is a small L in most typefaces, so that case cannot tell them apart.
_CAPITALS = str.maketrans("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ABEZHIKMNOPTYX")  # noqa: RUF001
_LOOK_ALIKE = str.maketrans(
    "авекмнорстухіјѕԁɡӏαβεικνορτυχηωıłi01|",  # noqa: RUF001
    "abekmhopctyxljsdglabelkvoptuxnwllloll",
)
