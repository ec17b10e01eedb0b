"""Real laptops in plays of a team: libraries on disk, and the operations that a person asks for."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from fieldnotes.bundle.writer import Cover, line_of, write_bundle
from fieldnotes.domain import merge
from fieldnotes.domain.markings import Audience, Marking
from fieldnotes.domain.notes import Kind, Note
from fieldnotes.domain.people import Identity, Standing
from fieldnotes.domain.records import Reason
from fieldnotes.domain.selections import Selection
from fieldnotes.domain.views import NoteView
from fieldnotes.errors import NoSuchNote
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.notes import edit_note, remove_note, restore_note
from fieldnotes.operations.sending import send
from fieldnotes.operations.sending_plans import plan_sending
from fieldnotes.store import library as libraries
from tests.builders import BEGIN, TickingClock, got, logged
from tests.property.cast import known_from_the_start, person
from tests.property.histories import WORDS
from tests.property.teams import Parcel
from tests.property.versions import an_id
from tests.property.watching import Seen


def make_template(folder: Path, number: int) -> None:
    """A fresh library of somebody who knows the five, to be copied for each of their laptops."""
    libraries.make(folder, person(number))
    notebook = open_notebook(folder, machine_folder=folder.with_name(f"{folder.name}-machine"))
    with notebook.library.transaction():
        for card in known_from_the_start():
            if card.author != notebook.owner.author:
                notebook.library.people.put(card, Standing.KNOWN)
    notebook.close()


def open_laptop(template: Path, folder: Path, chance: random.Random) -> Notebook:
    """A copy of the library on a machine of its own; its clock may stand still."""
    shutil.copytree(template, folder)
    clock = TickingClock(BEGIN, chance.choice((0, 1000)))
    notebook = open_notebook(folder, None, clock, folder.with_name(f"{folder.name}-machine"))
    notebook.random = random.Random(chance.getrandbits(64)).randbytes
    return notebook


def write_down(chance: random.Random, notebook: Notebook, seen: Seen) -> None:
    """A new note, of which some fields may be the writer's alone."""
    red = {name: Marking.RED.value for name in ("text", "account") if chance.random() < 0.3}
    logged(notebook, _a_note(chance), chance.choice(("me", "company", "company", "anyone")), red)
    seen.did["first"] += 1


def change(chance: random.Random, notebook: Notebook, seen: Seen) -> None:
    """One of the owner's notes is edited, removed, erased or brought back."""
    did = seen.did
    own = [key for key in notebook.library.records.named() if key[1] == notebook.owner.author]
    views = [notebook.library.records.view(*key) for key in own]
    notes = [v for v in views if v and v.type == "note" and v.removed != Reason.ERASE]
    if not notes:
        return write_down(chance, notebook, seen)
    masked = [view for view in notes if view.hidden]
    view = chance.choice(masked if masked and chance.random() < 0.5 else notes)
    what = chance.choices(("edit", "remove", "erase"), (6, 3, 0.7))[0]
    if view.removed and what != "erase":
        what = "restore"
    did[what] += 1
    if what == "edit":
        _edit(chance, notebook, view, seen)
    elif what == "restore":
        with suppress(NoSuchNote):  # only its removal is here
            restore_note(notebook, view.id)
    else:
        reason = chance.choice((Reason.WRONG, Reason.CONSENT))
        remove_note(notebook, view.id, Reason.ERASE if what == "erase" else reason)
    return None


def _edit(chance: random.Random, notebook: Notebook, view: NoteView, seen: Seen) -> None:
    """What is hidden here stays what it was, so that whoever holds it goes on showing it."""
    seen.did["edit of what is hidden"] += bool(view.hidden)
    before = _digests(notebook, view.id)
    edit_note(notebook, view.id, replace(view.note, text=f"{view.note.text} {_words(chance)}"))
    after = _digests(notebook, view.id)
    changed = {name for name in view.hidden if name != "text" and after.get(name) != before[name]}
    seen.need(not changed, "hidden", f"an edit of {view.id} without knowing {changed}")


def _digests(notebook: Notebook, note_id: str) -> Mapping[str, str]:
    history = notebook.library.records.history(note_id, notebook.owner.author)
    return merge.current(history).revision.digests


def send_file(chance: random.Random, notebook: Notebook, folder: Path, did: Counter[str]) -> Path:
    """Everything that the audience may see; for oneself it is sealed."""
    audiences = (Audience.COMPANY, Audience.COMPANY, Audience.ANYONE, Audience.MYSELF)
    audience = chance.choice(audiences)
    path = folder / f"{an_id(chance)}.fieldnotes"
    plan = plan_sending(notebook, Selection(audience=audience))
    sent = send(notebook, plan, path).result
    did[f"file for {audience.value}"] += 1
    did["hidden"] += sent.hidden
    return path


def write_parcel(chance: random.Random, parcel: Parcel, writer: Identity, folder: Path) -> Path:
    """The file that another program makes of a parcel, whatever is in it."""
    path = folder / f"{an_id(chance)}.fieldnotes"
    cover = Cover(an_id(chance), 1, an_id(chance), "company", BEGIN, people=parcel.people)
    write_bundle(path, cover, map(line_of, parcel.copies), (), writer)
    return path


def read_files(notebook: Notebook, *paths: Path) -> None:
    """As one batch; new senders are welcome, and removals are believed."""
    got(notebook, *paths, removals=True)


def _a_note(chance: random.Random) -> Note:
    return Note(
        kind=chance.choice((Kind.NOTE, Kind.WIN, Kind.OBJECTION)).value,
        text=_words(chance),
        account=chance.choice(("", "Averill Glass", "Halden Foods")),
        tags=tuple(chance.sample(("pricing", "migration"), chance.randint(0, 2))),
    )


def _words(chance: random.Random) -> str:
    return " ".join(chance.choices(WORDS, k=3))
