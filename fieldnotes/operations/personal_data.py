"""What a program can find of people in the free text of what is about to be sent.

It never finds everything: whoever sends reads it themselves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

import msgspec

from fieldnotes.domain import note_fields, notes, promises
from fieldnotes.domain.known_people import KnownPeople
from fieldnotes.domain.notes import Note
from fieldnotes.domain.personal_data import Find, Near, What, finds_in, free_texts
from fieldnotes.domain.record_types import record_type
from fieldnotes.operations.changes import Changes, Done, Undo
from fieldnotes.operations.going import Showing, showings
from fieldnotes.operations.leaving import field_in_words
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.phone_numbers import phone_numbers
from fieldnotes.operations.sending_plans import SendingPlan
from fieldnotes.store.named_people import named_people

BEFORE, AFTER = 60, 120  # so much of a sentence is shown round what was found
_TYPES = (notes.TYPE, promises.TYPE)


class Pointed(msgspec.Struct, frozen=True):
    """Something to look at: where it stands, and the sentence round it with its span in that.

    `mine`: its words can be hidden; else only its author could.
    """

    id: str
    revision: str
    heading: str
    kind: str
    where: str
    find: Find
    said: str
    sentence: str
    mark: tuple[int, int]
    mine: bool

    @property
    def key(self) -> tuple[str, str]:
        """Names it in the list of what is fine."""
        return self.revision, self.find.key

    @property
    def what(self) -> What:
        """What it is."""
        return self.find.what


class PersonalData:
    """Looks through plans, for one library; what it saw of a version it does not look at again.

    `once`: it looks only once, so it need not remember.
    """

    def __init__(self, *, once: bool = False) -> None:
        self._once = once
        self._people: KnownPeople | None = None
        self._turn = 0
        self._seen: dict[tuple[str, frozenset[str]], list[tuple[Find, str]]] = {}

    def look(
        self, notebook: Notebook, plan: SendingPlan, wanted: Callable[[], bool] = lambda: True
    ) -> list[Pointed]:
        """Everything to look at in what is sent, without what somebody found fine.

        As soon as it is not `wanted` any more it comes back with what it has.
        """
        people = self._know(notebook)
        fine = notebook.library.looked_over.everything()
        own, found = notebook.library.records.own, []
        for each in showings(notebook, plan):
            if not wanted():
                break
            if each.type not in _TYPES or not each.values:
                continue
            for find, text in self._finds(each, people):
                if (each.name, find.key) not in fine:
                    found.append(_pointed(notebook, each, find, text, each.author in own))
        return found

    def _finds(self, copy: Showing, people: KnownPeople) -> list[tuple[Find, str]]:
        if self._once:
            return list(_look_at(copy, people))
        key = copy.name, frozenset(copy.values)
        if key not in self._seen:
            self._seen[key] = list(_look_at(copy, people))
        return self._seen[key]

    def _know(self, notebook: Notebook) -> KnownPeople:
        """Everybody named in notes; who was added since is looked for in everything anew."""
        library = notebook.library
        if self._people is None:
            self._people = KnownPeople(person.card.name for person in library.people.everybody())
        for turn, account, names in named_people(library.connection, self._turn):
            self._turn = turn
            self._seen.clear()
            for name in names:
                self._people.add(name, account)
        return self._people


def find_fine(notebook: Notebook, looked_at: Iterable[Pointed]) -> Done[int]:
    """These may go as they are; said again only where the words change."""
    return _mark_fine(notebook, tuple(each.key for each in looked_at))


def _mark_fine(notebook: Notebook, keys: tuple[tuple[str, str], ...]) -> Done[int]:
    with notebook.library.transaction():
        notebook.library.looked_over.add(keys)
    undo = Undo("that it is fine", lambda book: _unmark(book, keys))
    return Done(len(keys), Changes(sendings=True), undo)


def _unmark(notebook: Notebook, keys: tuple[tuple[str, str], ...]) -> Done[int]:
    with notebook.library.transaction():
        notebook.library.looked_over.drop(keys)
    undo = Undo("that it is fine", lambda book: _mark_fine(book, keys))
    return Done(len(keys), Changes(sendings=True), undo)


def _look_at(copy: Showing, people: KnownPeople) -> Iterator[tuple[Find, str]]:
    """Every find in a version, each with the text it stands in."""
    note = note_fields.from_fields(copy.values)
    near = _near(note)
    for field, text in free_texts(copy.values):
        phones = phone_numbers(text)
        for find in finds_in(field, text, phones, people, near):
            yield find, text


def _near(note: Note) -> Near:
    own = [contact.name for contact in note.contacts]
    own += [person.name for person in note.meeting.people] if note.meeting else []
    things = (note.account, *note.competitors, *note.products)
    return Near(note.account, tuple(filter(None, own)), tuple(filter(None, things)))


def _pointed(notebook: Notebook, copy: Showing, find: Find, text: str, mine: bool) -> Pointed:
    kind, heading = _called(notebook, copy)
    sentence, mark = sentence_round(text, find.start, find.end)
    return Pointed(
        copy.id,
        copy.name,
        heading,
        kind,
        field_in_words(find.field, copy.type, note_fields.from_fields(copy.values)),
        find,
        text[find.start : find.end],
        sentence,
        mark,
        mine,
    )


def _called(notebook: Notebook, copy: Showing) -> tuple[str, str]:
    """(kind, heading) as the last screen calls it, which hides nothing from who looks."""
    if says := record_type(copy.type).says:
        return copy.type, says(copy.values)
    view = notebook.library.records.view(copy.id, copy.author)
    note = view.note if view is not None else note_fields.from_fields(copy.values)
    return note.kind, note.heading


def sentence_round(text: str, start: int, end: int) -> tuple[str, tuple[int, int]]:
    """The line round a span, cut at words where it is long, and the span in it."""
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    lead = tail = ""
    if start - first > BEFORE:
        first = text.find(" ", start - BEFORE, start) + 1 or start - BEFORE
        lead = "…"
    if last - end > AFTER:
        cut = text.rfind(" ", end, end + AFTER)
        last, tail = (cut if cut > end else end + AFTER), "…"
    moved = len(lead) - first
    return lead + text[first:last] + tail, (start + moved, end + moved)
