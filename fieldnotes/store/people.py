"""The owner's keys, and everybody whose notes are here."""

from __future__ import annotations

import msgspec

from fieldnotes.domain.people import Identity, KeyCard, Person, Standing
from fieldnotes.store.database import Connection, one, rows
from fieldnotes.store.seals import seal_of


def read_owner(connection: Connection) -> Identity | None:
    """The keys of this library, or None before its first start."""
    found = rows(connection, "SELECT seed, secret, card FROM owner")
    if not found:
        return None
    seed, secret, card = found[0]
    return Identity(seed, secret, msgspec.json.decode(card, type=KeyCard))


def write_owner(connection: Connection, owner: Identity) -> None:
    """Keep the owner's keys, and the owner among the people."""
    row = (owner.seed, owner.secret, msgspec.json.encode(owner.card))
    connection.execute(
        "INSERT OR REPLACE INTO owner (one, seed, secret, card, seal) VALUES (1, ?, ?, ?, ?)",
        (*row, seal_of(*row)),
    )
    People(connection).put(owner.card, Standing.MYSELF)


def read_former(connection: Connection) -> list[Identity]:
    """The owner's keys of earlier laptops."""
    found = rows(connection, "SELECT seed, secret, card FROM former_keys ORDER BY author")
    return [
        Identity(seed, secret, msgspec.json.decode(card, type=KeyCard))
        for seed, secret, card in found
    ]


def write_former(connection: Connection, former: Identity) -> None:
    """Keep a key of an earlier laptop of the owner's, who goes on writing with it as well."""
    author = bytes.fromhex(former.author)
    row = (author, former.seed, former.secret, msgspec.json.encode(former.card))
    connection.execute(
        "INSERT OR REPLACE INTO former_keys (author, seed, secret, card, seal)"
        " VALUES (?, ?, ?, ?, ?)",
        (*row, seal_of(*row)),
    )
    People(connection).put(former.card, Standing.MYSELF)


class People:
    """Authors by number and by hash."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._numbers: dict[str, int] = {}

    def put(self, card: KeyCard, standing: Standing) -> None:
        """Add somebody, or take their newer card; never forgets anybody."""
        known = self.find(card.author)
        if known is not None and known.card.made > card.made:
            card = known.card
        row = (bytes.fromhex(card.author), msgspec.json.encode(card), standing.value)
        self._connection.execute(
            "INSERT INTO people (author, card, standing, seal) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (author) DO UPDATE SET card = excluded.card,"
            " standing = excluded.standing, seal = excluded.seal WHERE seal != excluded.seal",
            (*row, seal_of(*row)),
        )

    def find(self, author: str) -> Person | None:
        """Who has this hash."""
        sql = "SELECT card, standing FROM people WHERE author = ?"
        found = rows(self._connection, sql, bytes.fromhex(author))
        return _person(*found[0]) if found else None

    def remove(self, author: str) -> bool:
        """Forget somebody of whom nothing is here. False where something is."""
        key = bytes.fromhex(author)
        self._connection.execute(
            "DELETE FROM people WHERE author = ?1 AND no NOT IN (SELECT author FROM facts)"
            " AND author NOT IN (SELECT author FROM bundles)",
            (key,),
        )
        self._numbers.pop(author, None)
        return self.find(author) is None

    def set_address(self, author: str, email: str) -> None:
        """Where somebody is written to."""
        row = (bytes.fromhex(author), email)
        self._connection.execute(
            "INSERT OR REPLACE INTO addresses (author, email, seal) VALUES (?, ?, ?)",
            (*row, seal_of(*row)),
        )

    def addresses(self) -> dict[str, str]:
        """E-mail addresses by the hash of a key."""
        found = rows(self._connection, "SELECT author, email FROM addresses")
        return {author.hex(): email for author, email in found}

    def everybody(self) -> list[Person]:
        """In the order they came."""
        found = rows(self._connection, "SELECT card, standing FROM people ORDER BY no")
        return [_person(card, standing) for card, standing in found]

    def number(self, author: str) -> int:
        """The number of somebody who was put before."""
        if author not in self._numbers:
            sql = "SELECT no FROM people WHERE author = ?"
            self._numbers[author] = int(one(self._connection, sql, bytes.fromhex(author)))
        return self._numbers[author]

    def forget(self) -> None:
        """After a rollback: numbers given in it are gone."""
        self._numbers.clear()

    def card(self, number: int) -> KeyCard:
        """The card behind a number."""
        found = one(self._connection, "SELECT card FROM people WHERE no = ?", number)
        return msgspec.json.decode(found, type=KeyCard)

    def numbers(self) -> dict[int, KeyCard]:
        """Everybody by number."""
        found = rows(self._connection, "SELECT no, card FROM people")
        return {no: msgspec.json.decode(card, type=KeyCard) for no, card in found}


def _person(card: bytes, standing: str) -> Person:
    return Person(msgspec.json.decode(card, type=KeyCard), Standing(standing))
