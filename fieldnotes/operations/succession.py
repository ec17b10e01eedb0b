"""One person, several keys: a new laptop goes on where the old one stopped.

Both keys have to say so (see domain/succession.py), or somebody whose word counts. Where the old
library lies before us, its owner has both keys, and goes on writing its notes with the old one:
one record keeps one writer.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from fieldnotes.domain import succession
from fieldnotes.domain.markings import DEFAULT
from fieldnotes.domain.people import Identity, KeyCard
from fieldnotes.errors import PersonRefused
from fieldnotes.operations import revising
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.people import circle, settle_persons
from fieldnotes.store.library import Library
from fieldnotes.store.others import said

Progress = Callable[[int, int], None]


class TakenOver(msgspec.Struct, frozen=True):
    """An old library: by what name, and how many of its records were not here yet."""

    name: str
    records: int


def take_over_laptop(
    notebook: Notebook, folder: Path, progress: Progress = lambda done, total: None
) -> Done[TakenOver]:
    """Take over the library of the owner's earlier laptop: its notes, its people and its key.

    The old folder keeps all it has. Raises LibraryRefused, and PersonRefused for this library.
    """
    if folder.resolve() == notebook.library.folder.resolve():
        raise PersonRefused("This is the library that is open.", "Choose the old one.")
    old = Library(folder)
    try:
        if old.owner.author in notebook.library.identities():
            raise PersonRefused("This library has your key already.", "Nothing is left to do.")
        files = [
            notebook.library.blobs.put(each, notebook.clock().ms)
            for _, each in old.blobs.everything()
        ]
        with notebook.library.transaction():
            notebook.library.add_former(old.owner)
            count = _bring(notebook, old, progress)
            for writer in (old.owner, notebook.library.owner):
                _say(notebook, old.owner.author, notebook.owner, writer)
            settle_persons(notebook)
        notebook.library.blobs.settle(files)
    finally:
        old.close()
    return Done(TakenOver(old.owner.card.name, count), Changes.many())


def go_on_as(notebook: Notebook, author: str) -> Done[str]:
    """On the old laptop: the owner goes on with this key, which is their new laptop's.

    It holds for others once the new laptop has said so as well. Raises PersonRefused.
    """
    card = _need(notebook, author)
    return _said(notebook, notebook.owner.author, card)


def went_on_from(notebook: Notebook, author: str) -> Done[str]:
    """On the new laptop: this key was the owner's before. Raises PersonRefused."""
    card = _need(notebook, author)
    done = _said(notebook, author, notebook.owner)
    return Done(card.name, done.changes)


def confirm_new_key(notebook: Notebook, old: str, new: str, lost: bool = True) -> Done[str]:
    """Somebody looked into it: whoever had the key `old` has `new` now. `lost`: and not `old`.

    It counts here, and for everybody who trusts the owner's team list. Raises PersonRefused.
    """
    _need(notebook, old)
    return _said(notebook, old, _need(notebook, new), lost)


def open_claims(notebook: Notebook) -> list[KeyCard]:
    """Keys of which it is said that the owner went on from them here, and who has not answered.

    They say so themselves, or somebody known does, as of a laptop that was lost.
    """
    known, own = circle(notebook), notebook.owner.author
    asking = {
        each.old
        for each in known.claims
        if each.card.author == own and (each.author == each.old or known.lets_in(each.author))
    }
    answered = known.persons.keys(own)
    cards = (known.card(author) for author in sorted(asking - answered))
    return [card for card in cards if card is not None]


def _bring(notebook: Notebook, old: Library, progress: Progress) -> int:
    """Everything that was accepted there, with whom it knew and what waited to be applied."""
    library, count = notebook.library, 0
    for person in old.people.everybody():
        if library.people.find(person.card.author) is None:
            library.people.put(person.card, person.standing)
    named = list(old.records.named())
    for done, (record_id, author) in enumerate(named):
        progress(done, len(named))
        before = library.records.facts(record_id, author)
        library.records.put(record_id, list(old.records.history(record_id, author).values()))
        count += before is None
        _keep_sent(notebook, old, record_id, author)
    for copy in old.outbox.waiting():
        library.records.put(copy.revision.id, [copy])
    return count


def _keep_sent(notebook: Notebook, old: Library, record_id: str, author: str) -> None:
    """What went out from the old laptop is not new on this one."""
    theirs, records = old.records.facts(record_id, author), notebook.library.records
    ours = records.facts(record_id, author)
    if theirs is not None and theirs.sent and ours is not None:
        names = old.records.history(record_id, author)
        records.mark_sent((ours.note_no, bytes.fromhex(name)) for name in names)


def _need(notebook: Notebook, author: str) -> KeyCard:
    card = circle(notebook).card(author)
    if card is None:
        raise PersonRefused("Nobody here has this key.", "Read in their card first.")
    return card


def _said(notebook: Notebook, old: str, card: KeyCard, lost: bool = False) -> Done[str]:
    if old == card.author:
        raise PersonRefused("This is one and the same key.", "Choose another one.")
    with notebook.library.transaction():
        _say(notebook, old, card, notebook.library.owner, lost)
        other_records = settle_persons(notebook)
    return Done(card.name, Changes.many() if other_records else Changes(people=True))


def _say(notebook: Notebook, old: str, card: KeyCard, writer: Identity, lost: bool = False) -> None:
    """Once, whoever says it how often."""
    claim = succession.Claim(writer.author, old, card, lost)
    records = notebook.library.records
    for each in said(records, succession.TYPE):
        held = succession.from_fields(each.fields, each.author)
        if held == claim:
            return
    told = revising.Version(
        succession.TYPE,
        notebook.new_id(),
        succession.to_fields(old, card, lost),
        succession.FIELDS.__contains__,
        DEFAULT.value,
    )
    records.put(told.id, [revising.version(notebook, told, {}, None, 0, writer)])
