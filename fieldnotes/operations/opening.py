"""Who can open a file: its recipients alone where their keys are known, or who knows the words."""

from __future__ import annotations

from typing import Literal

from fieldnotes.domain.markings import Audience
from fieldnotes.domain.people import KeyCard
from fieldnotes.domain.words import fold
from fieldnotes.errors import SendingRefused
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.people import circle
from fieldnotes.trust.people import Circle
from fieldnotes.trust.sealing import UNLOCKED, Keys, Lock

Locked = Literal["open", "mine", "key", "passphrase"]
"""Who opens a file: anybody, its sender alone, its recipients alone, or who knows the words."""


def lock_for(
    notebook: Notebook,
    audience: Audience,
    cards: tuple[KeyCard, ...],
    *,
    unsealed: bool = False,
    passphrase: str = "",
) -> tuple[Locked, Lock]:
    """For the recipients (`cards`) alone, not for the sender as well: then "only they" is true.

    Raises SendingRefused for a passphrase that would lock nothing.
    """
    if audience is Audience.MYSELF:
        if passphrase:
            happened = "A file for yourself is opened by your own keys alone."
            raise SendingRefused(happened, "Leave the passphrase out.")
        return "mine", Lock(own_recipients(notebook))
    if passphrase:
        return "passphrase", Lock(passphrase=passphrase)
    if cards and not unsealed:
        return "key", Lock(tuple(card.seals for card in cards))
    return "open", UNLOCKED


def keys_of(notebook: Notebook, passphrase: str = "") -> Keys:
    """What sealed files are opened with here."""
    identities = notebook.library.identities().values()
    return Keys(tuple(identity.secret for identity in identities), passphrase)


def sealed_for(notebook: Notebook, recipient: str) -> tuple[KeyCard, ...]:
    """The cards of everybody who is known here by one of the names; none where one is unknown.

    `recipient`: a name, or several with semicolons between them.
    """
    known, found = circle(notebook), dict[str, KeyCard]()
    for name in filter(None, map(str.strip, recipient.split(";"))):
        cards = _called(known, notebook.owner.author, name)
        if not cards:
            return ()
        found |= cards
    return tuple(found.values())


def own_recipients(notebook: Notebook) -> tuple[str, ...]:
    """The age recipients of the owner: this laptop's key, and those of their other ones."""
    known, own = circle(notebook), notebook.owner
    others = (known.card(author) for author in sorted(known.persons.keys(own.author)))
    cards = (card for card in others if card and not known.is_lost(card.author))
    return tuple(dict.fromkeys((own.seals, *(card.seals for card in cards))))


def known_names(notebook: Notebook) -> list[str]:
    """Whom a file could be sealed for, by name."""
    known, own = circle(notebook), notebook.owner.author
    mine = known.persons.keys(own)
    found = {
        fold(card.name): card.name
        for author, card in known.everybody().items()
        if author not in mine and known.lets_in(author)
    }
    return [found[key] for key in sorted(found)]


def _called(known: Circle, own: str, name: str) -> dict[str, KeyCard]:
    """The keys that somebody who is known by `name` goes by now."""
    found: dict[str, KeyCard] = {}
    for author, card in known.everybody().items():
        now = known.persons.present(author)
        others = now not in known.persons.keys(own) and not known.is_lost(now)
        if fold(card.name) == fold(name) and others and known.lets_in(now):
            held = known.card(now)
            found |= {now: held} if held else {}
    return found
