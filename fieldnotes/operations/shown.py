"""What a file shows, as far as something else depends on it; kept while looking through notes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from fieldnotes.domain import notes, vocabulary
from fieldnotes.domain.attachments import hashes_in
from fieldnotes.domain.note_fields import KNOWN_FIELDS, from_fields
from fieldnotes.domain.records import Copy
from fieldnotes.domain.words import fold

Names = set[tuple[str, str]]  # (family, folded name)
_SEVERAL = {"competitor": "competitors", "product": "products", "tag": "tags"}


class Shown:
    """`headings`: of the notes that were `asked` for, as far as the file shows them.

    `named`: whether anybody will ask for names and tags. `closely`: whether any of this takes the
    values of fields.
    """

    def __init__(self, asked: Iterable[str], *, named: bool) -> None:
        self._asked, self._named = frozenset(asked), named
        self.closely = named or bool(self._asked)
        self._names: dict[str, set[str]] = {family: set() for family in vocabulary.FAMILIES}
        self.authors: set[str] = set()
        self.files: set[str] = set()
        self.headings: dict[str, str] = {}
        self.seal = Seal()

    def add(self, id_: str, author: str, type_: str, fields: Mapping[str, Any]) -> None:
        """What one version shows."""
        self.authors.add(author)
        if id_ in self._asked:
            self.headings[id_] = from_fields(fields).heading
        if not KNOWN_FIELDS.issuperset(fields):
            self.files.update(hashes_in(fields))
        if self._named and type_ == notes.TYPE:
            self._add_names(fields)

    def names(self) -> Names:
        """Every name that a note shows."""
        return {(family, fold(name)) for family, names in self._names.items() for name in names}

    def has_tag(self, tag: str) -> bool:
        """Whether some note shows it."""
        return any(fold(each) == fold(tag) for each in self._names["tag"])

    def _add_names(self, fields: Mapping[str, Any]) -> None:
        if isinstance(account := fields.get("account"), str) and account:
            self._names["account"].add(account)
        for family, field in _SEVERAL.items():
            if isinstance(several := fields.get(field), list):
                self._names[family].update(each for each in several if isinstance(each, str))


class Seal:
    """Stands for what a file shows: of records whose lines go as they lie here, in their order,
    the very bytes, by their SHA-256; of others the version and the names of what is shown."""

    def __init__(self) -> None:
        self._lines, self._parts = hashlib.sha256(), 0

    @property
    def value(self) -> tuple[str, int]:
        """Two alike: the same was shown."""
        return self._lines.hexdigest(), self._parts

    def add_lines(self, lines: Iterable[bytes]) -> None:
        """These go as they are."""
        self.add_whole([hashlib.sha256(line).digest() for line in lines])

    def add_whole(self, sha256s: Iterable[bytes]) -> None:
        """The same where the SHA-256 of each line is known."""
        self._lines.update(b"".join(sha256s))

    def add_copies(self, copies: Iterable[Copy]) -> None:
        """Of a record this is shown."""
        for copy in copies:
            self.add_part(bytes.fromhex(copy.name), copy.values, copy.tight)

    def add_part(self, revision: bytes, names: Iterable[str], tight: Mapping[str, str]) -> None:
        """Of a version the fields of these names."""
        told = f"{revision.hex()} {sorted(names)} {sorted(tight.items())}"
        self._parts += int.from_bytes(hashlib.sha256(told.encode()).digest())


NOTHING = Seal().value
