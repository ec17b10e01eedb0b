"""What must hold of a library while files arrive in it, and at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from fieldnotes.domain import merge
from fieldnotes.domain.merge import History
from fieldnotes.domain.note_fields import from_fields
from fieldnotes.domain.records import to_line
from fieldnotes.domain.views import NoteView
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.notebook import Notebook
from fieldnotes.store.checking import digest
from fieldnotes.store.records import Records
from tests.property import naive_fold
from tests.property.naive_fold import Folded

Key = tuple[str, str]
OWNERS = (30, 2, 31)  # who reads everything in the end: two marketers, and one of the authors
ROUNDS = 6  # after so many nobody can still be waiting for the card of somebody else


class Seen(msgspec.Struct):
    """What many plays came to. `wrong`: by property, what does not hold, and where."""

    wrong: dict[str, list[str]] = {}
    did: Counter[str] = msgspec.field(default_factory=Counter)

    def need(self, holds: object, what: str, why: str) -> None:
        """Note what does not hold."""
        if not holds:
            self.wrong.setdefault(what, []).append(why)


class Held(msgspec.Struct):
    """How a record stands. `shown`: by version, every value that can be seen of it."""

    removed: bool
    erased: bool
    restored: int
    shown: dict[str, dict[str, Any]]

    @classmethod
    def of(cls, records: Records, key: Key) -> Held:
        """As the library holds it."""
        history = records.history(*key)
        top = merge.current(history).revision
        shown = {name: merge.view(history, copy) for name, copy in history.items()}
        return cls(top.removed is not None, top.erased, top.restored, shown)


class Watching:
    """One library, looked at after each arrival. `keys`: what verifies for each author."""

    def __init__(self, seen: Seen, where: str, notebook: Notebook, keys: Mapping[str, str]) -> None:
        self.seen, self.where, self.notebook, self.keys = seen, where, notebook, keys
        self.records = notebook.library.records
        self.held: dict[Key, Held] = {}
        self.everything: dict[Key, History] = {}  # in the end, to the last signature

    def need(self, holds: object, what: str, why: str) -> None:
        """Note what does not hold here."""
        self.seen.need(holds, what, f"{self.where}: {why}")

    def look_at(self, touched: Iterable[Key]) -> None:
        """Compare these records with how they stood before."""
        for key in touched:
            held = Held.of(self.records, key)
            if key in self.held:
                self._must_follow(self.held[key], held, f"{key[0]} by {key[1][:6]}")
            self.held[key] = held

    def ends_as(self, expected: Mapping[Key, Folded]) -> None:
        """All is signed, and is as the naive fold says."""
        here = set(self.records.named())
        self.need(here == expected.keys(), "same", f"records {here ^ expected.keys()}")
        for key in sorted(here & expected.keys()):
            self.everything[key] = self.records.history(*key)
            self._must_be(key, self.everything[key], expected[key])
        same = digest(self.notebook.library) == naive_fold.digest_of_all(expected)
        self.need(same, "same", "digest")

    def is_checked(self) -> None:
        """Its own check finds nothing."""
        checked = check_library(self.notebook)
        self.need(not checked.problems, "check", f"{checked.problems}")

    def is_signed(self) -> None:
        """Every version that is kept was signed by its author."""
        histories = [self.records.history(*key) for key in self.records.named()]
        lines = [to_line(copy) for history in histories for copy in history.values()]
        signed = naive_fold.accepted(lines, self.keys)
        self.need(len(signed) == len(lines), "signed", "keeps what is not signed")

    def _must_follow(self, before: Held, after: Held, who: str) -> None:
        back = before.removed and not after.removed
        self.need(not back or after.restored > before.restored, "removal", f"{who} came back")
        self.need(not before.erased or after.erased, "removal", f"{who} was erased")
        lost = before.shown.keys() - after.shown.keys()
        self.need(not lost or after.erased, "lost", f"{who} lost {lost}")
        for name in before.shown.keys() & after.shown.keys():
            values = after.shown[name]
            less = {n for n, v in before.shown[name].items() if n not in values or values[n] != v}
            self.need(not less, "hidden", f"{who} does not show {less} any more")

    def _must_be(self, key: Key, history: History, asked: Folded) -> None:
        view = self.records.view(*key)
        assert view is not None
        lines = map(to_line, history.values())
        signed = {line["revision"] for line in naive_fold.accepted(lines, self.keys)}
        self.need(signed == set(history), "signed", f"{key} keeps what is not signed")
        self.need(view.revision in signed, "signed", f"{key} shows what is not signed")
        self.need(_folded(history, view) == asked, "same", f"{key} is not {asked}")
        ends = 1 if asked.removed else asked.ends
        told = view.note, view.versions
        self.need(told == (from_fields(asked.fields), ends), "same", f"{key} shows {told}")


def _folded(history: History, view: NoteView) -> Folded:
    versions = {
        name: (
            dict(copy.values),
            merge.view(history, copy),
            {field: naive_fold.word_of(word) for field, word in copy.tight.items()},
        )
        for name, copy in history.items()
    }
    fields, ends = versions[view.revision][1], len(merge.heads(history))
    return Folded(view.revision, view.removed, ends, fields, set(view.hidden), versions)
