"""Records: facts, history, index and roll-ups, always changed together."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any

import msgspec

from fieldnotes.domain import merge
from fieldnotes.domain.merge import Word
from fieldnotes.domain.records import Copy, to_line
from fieldnotes.store.database import Connection, marks, one, plain_errors
from fieldnotes.store.gists import Gist, Said, gist_of
from fieldnotes.store.held_records import FACTS, HeldRecords
from fieldnotes.store.index import CLOSELY, Facts, Index
from fieldnotes.store.names import Names
from fieldnotes.store.people import People
from fieldnotes.store.places import Places
from fieldnotes.store.terms import Terms
from fieldnotes.store.unproven import Unproven

if TYPE_CHECKING:
    from fieldnotes.store.erasing import Erasing
    from fieldnotes.store.likeness import Likenesses
    from fieldnotes.store.vocabulary import Vocabulary

_IN_FACTS = ("kind", "account", "stage", "outcome")  # families


class Records(HeldRecords):
    """Joins records to those that are held. Writing is the caller's transaction."""

    def __init__(self, connection: Connection, names: Names, people: People, owner: str) -> None:
        super().__init__(connection, people, owner)
        self.names = names
        self.places = Places(connection)
        self.index = Index(connection, names)
        self.terms = Terms(connection)
        self.unproven = Unproven(connection)

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """What names mean; loaded when somebody first says so."""
        from fieldnotes.store.vocabulary import Vocabulary

        return Vocabulary(self.connection, self.names)

    @cached_property
    def likenesses(self) -> Likenesses:
        """Which notes say the same; loaded when somebody first says or asks so."""
        from fieldnotes.store.likeness import Likenesses

        return Likenesses(self.connection)

    @cached_property
    def erasing(self) -> Erasing:
        """What was erased and is not gone from the files yet; loaded when something was."""
        from fieldnotes.store.erasing import Erasing

        return Erasing(self.connection, self.names)

    def put(self, record_id: str, copies: list[Copy]) -> Word:
        """Join `copies` (of one record, so by one author; accepted) to what is held."""
        with plain_errors():
            return self._put(record_id, copies)

    def _put(self, record_id: str, copies: list[Copy]) -> Word:
        author = copies[0].revision.author
        ours = self.history(record_id, author)
        word = merge.word(ours, copies)
        both = merge.join(ours, copies)
        if both == ours:
            return word
        old = self.facts(record_id, author)
        note_no = old.note_no if old else self._next_note_no()
        self._write_history(note_no, ours, both)
        self._write_facts(old, both, note_no, ours)
        if (
            ours
            and both.keys().isdisjoint(ours)
            and any(copy.revision.erased for copy in both.values())
        ):
            self.erasing.begin(note_no, record_id, ours)
        return word

    def take_back(self, note_no: int, ours: merge.History, left: merge.History) -> None:
        """Of a record whose versions are `ours` only `left` stay: at least one, none of it new."""
        top = merge.current(left)
        old = self.facts(top.revision.id, top.revision.author)
        waiting = self.unproven.of(note_no)
        # what is shown from now on counts as just come: whoever goes through the history sees it
        self.connection.execute(
            "DELETE FROM history WHERE note_no = ? AND revision = ?",
            (note_no, bytes.fromhex(top.name)),
        )
        others = {name: copy for name, copy in ours.items() if name != top.name}
        self._write_history(note_no, others, left)
        self.unproven.follow(note_no, waiting)
        self._write_facts(old, left, note_no, ours)

    def keep_only(self, note_no: int, ours: merge.History, left: merge.History) -> None:
        """The same where the current version stays what it is."""
        top = merge.current(left).revision
        old = self.facts(top.id, top.author)
        self._write_history(note_no, ours, left)
        self._write_facts(old, left, note_no, ours)

    def mark_sent(self, revisions: Iterable[tuple[int, bytes]]) -> None:
        """These versions (note number, revision) went out; counts where still current."""
        self.connection.executemany(
            "UPDATE facts SET sent = 1 WHERE note_no = ? AND sent = 0 AND current ="
            " (SELECT seq FROM history h WHERE h.note_no = facts.note_no AND h.revision = ?)",
            revisions,
        )

    def _write_history(self, note_no: int, ours: merge.History, both: merge.History) -> None:
        for name in ours.keys() - both.keys():
            self.connection.execute(
                "DELETE FROM history WHERE note_no = ? AND revision = ?",
                (note_no, bytes.fromhex(name)),
            )
        for name, copy in both.items():
            if ours.get(name) == copy:
                continue
            self.write_line(note_no, copy)

    def write_line(self, note_no: int, copy: Copy) -> None:
        """Add a version, or what is held of it now."""
        line = to_line(copy)
        self.connection.execute(
            "INSERT INTO history (note_no, revision, line, sha256) VALUES (?, ?, ?, ?)"
            " ON CONFLICT (note_no, revision) DO UPDATE SET line = excluded.line,"
            " sha256 = excluded.sha256",
            (note_no, bytes.fromhex(copy.name), line, hashlib.sha256(line).digest()),
        )

    def _write_facts(
        self, old: Facts | None, both: merge.History, note_no: int, ours: merge.History
    ) -> None:
        top = merge.current(both)
        new = self.facts_of(both, note_no)
        place = old.place if old and old.happened == new.happened else None
        if place is None:
            place = self.places.free(new.happened, top.revision.id)
        new = msgspec.structs.replace(new, place=place)
        if old:
            self.index.take_out(old, _said(ours))
            self.connection.execute("DELETE FROM facts WHERE place = ?", (old.place,))
            if old.current == new.current:
                new = msgspec.structs.replace(new, sent=old.sent)
        self.add_facts([msgspec.structs.astuple(new)])
        self.index.add(new, _said(both))
        if new.kind is None or (old and old.kind is None):
            self.vocabulary.put(note_no, both)
            self.likenesses.put(note_no, both)

    def add_facts(self, several: Iterable[tuple[Any, ...]]) -> None:
        """Write narrow rows that are new, as Facts has them; cheapest in the order of places."""
        self.connection.executemany(
            f"INSERT INTO facts ({', '.join(FACTS)}) VALUES ({marks(len(FACTS))})",
            several,
        )

    def facts_of(self, history: merge.History, note_no: int) -> Facts:
        """The narrow row that `history` asks for; its place is still to be found."""
        sql = "SELECT seq FROM history WHERE note_no = ? AND revision = ?"
        name = merge.current(history).name
        seq = one(self.connection, sql, note_no, bytes.fromhex(name))
        return self.derived(gist_in(history), history, note_no, seq)

    def derived(self, gist: Gist, history: merge.History, note_no: int, seq: int) -> Facts:
        """`facts_of` where the gist is known. `seq`: the number of the current version."""
        top = merge.current(history)
        heads = 1 if gist.removed else len(merge.heads(history))
        return self.row(gist, top.revision.id, top.revision.author, note_no, seq, heads)

    def row(
        self, gist: Gist, record_id: str, author: str, note_no: int, seq: int, heads: int
    ) -> Facts:
        """The same for a record of which `heads` versions are ends."""
        number, said = self.names.number, gist.said
        counts = gist.is_note and gist.removed is None
        names = self.index.held(said.names if counts else said.named(*_IN_FACTS))
        named = {each.family: each.number for each in names}
        return Facts(
            place=0,
            note_no=note_no,
            id=bytes.fromhex(record_id.replace("-", "")),
            current=seq,
            type=number("type", gist.type),
            kind=(named.get("kind") or number("kind", "")) if gist.is_note else None,
            author=self.people.number(author),
            account=named.get("account"),
            stage=named.get("stage"),
            outcome=named.get("outcome"),
            happened=gist.happened,
            modified=gist.modified,
            marking=gist.marking,
            removed=gist.removed,
            versions=heads,
            masked=int(gist.masked),
            sent=0 if author in self.own else None,
            plain=_numbers(each.number for each in names if each.family == "tag")
            if gist.plain
            else CLOSELY,
        )

    def plain(self, tags: Iterable[str]) -> str:
        """What the narrow row says of a note of which all goes."""
        return _numbers(self.names.number("tag", tag) for tag in tags)


def _numbers(several: Iterable[int]) -> str:
    """Each once, in their order."""
    return " ".join(map(str, dict.fromkeys(several)))


def gist_in(history: merge.History) -> Gist:
    """Of everything that is held of a record."""
    top = merge.current(history)
    return gist_of(top, merge.view(history, top))


def _said(history: merge.History) -> Said:
    return gist_in(history).said
