"""Real, correctly signed bundles of people who know each other: what is hostile grows from them."""

from __future__ import annotations

import shutil
from pathlib import Path
from random import Random

import msgspec

from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import Attachment, Consent, Contact, Kind, Meeting, Person, Quote
from fieldnotes.domain.people import Identity
from fieldnotes.domain.promises import Promise, PromiseDraft
from fieldnotes.domain.records import Reason
from fieldnotes.domain.selections import Selection
from fieldnotes.operations.likeness import say_same
from fieldnotes.operations.names import list_names
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, remove_note, show_note
from fieldnotes.operations.promises import make_promise, move_promise
from fieldnotes.operations.team import put_on_team
from fieldnotes.operations.vocabulary import also_called
from fieldnotes.trust.identity import make_identity
from tests.builders import a_note, a_notebook, got, logged, sent
from tests.faults.hostile.forging import Parts, taken_apart

PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


class World(msgspec.Struct):
    """`taker` knows the senders of `bundles`, and has read in something of each.

    `signers`: everybody whose key somebody hostile has, by author; the taker is not among them.
    """

    folder: Path
    taker: Notebook
    senders: list[Notebook]
    bundles: list[Parts]
    signers: dict[str, Identity]

    def another_taker(self, name: str) -> Notebook:
        """The same library and machine once more, at another place."""
        for part in ("", "-machine"):
            to = self.folder / f"{name}{part}"
            shutil.rmtree(to, ignore_errors=True)
            shutil.copytree(self.folder / f"ines-vogt{part}", to)
        notebook = a_notebook(self.folder, "Ines Vogt", name)
        notebook.random = Random(name).randbytes
        return notebook

    def close(self) -> None:
        for notebook in (self.taker, *self.senders):
            notebook.close()


def made_in(folder: Path) -> World:
    """Mara sells; Otto passes on what is hers beside his own; Ines reads it all in."""
    folder.mkdir()
    mara, otto = a_notebook(folder, "Mara Keel"), a_notebook(folder, "Otto Berg")
    ines = a_notebook(folder, "Ines Vogt")
    logged(ines, text="A note of my own about Halden.", account="Halden Foods")
    first = _first_notes(mara)
    got(ines, sent(mara, folder / "first.fieldnotes").path)
    got(otto, folder / "first.fieldnotes")
    edit_note(mara, first[0], a_note(text="They pay for nights, and for Sundays.", tags=["shift"]))
    remove_note(mara, first[1], Reason.WRONG)
    logged(mara, text="They asked for a second demo.", competitors=("Acme",))
    next_ = sent(mara, folder / "next.fieldnotes", Selection(promises=True)).path
    logged(otto, text="Acme gave them 20 %.", kind=Kind.COMPETITOR, competitors=("Acme Ltd",))
    say_same(otto, first[0], first[2])
    put_on_team(otto, mara.owner.author, region="North")
    passed_on = sent(otto, folder / "passed-on.fieldnotes").path
    short = sent(mara, folder / "short.fieldnotes", Selection(query="demo")).path
    got(ines, passed_on)
    assert list_names(ines, "competitor")
    assert show_note(ines, first[0]).author_name == "Mara Keel"
    ines.close()  # all of it lies in its files from here on
    ines = a_notebook(folder, "Ines Vogt")
    thief = make_identity("Thief", b"\7" * 32, Moment(0))
    keys = [mara.library.owner, otto.library.owner, thief]
    bundles = [
        taken_apart(next_, mara.library.owner),
        taken_apart(passed_on, otto.library.owner),
        taken_apart(short, mara.library.owner),
    ]
    return World(folder, ines, [mara, otto], bundles, {each.author: each for each in keys})


def _first_notes(mara: Notebook) -> list[str]:
    """Something of everything that a bundle can hold."""
    sha256 = mara.library.blobs.put(PICTURE)
    offer = Attachment("00", "offer.png", "image/png", len(PICTURE), sha256)
    contact = Contact("00", name="Jo Lind", role="night lead", email="jo@example.com")
    meeting = Meeting("m1", "Halden Foods", "2026-03-02", (Person("00", "Jo Lind"),), "uid-1")
    rich = a_note(
        text="They pay for nights.",
        quotes=(Quote("00", "We never sleep.", "lead"), Quote("01", "Do not tell.")),
        attachments=(offer,),
        contacts=(contact,),
        meeting=meeting,
        account="Halden Foods",
    )
    win = a_note(
        text="Won it.",
        kind=Kind.WIN,
        why_us="the night shift",
        consent=Consent(who="Jo Lind", named=True, channels=("talk",), until="2027-01-01"),
    )
    ids = [
        logged(mara, rich, marks={"quotes.01": "red"}),
        logged(mara, text="Nobody answers the phone.", tags=["support", "industry:food"]),
        logged(mara, text="They pay for the nights as well.", account="Halden"),
        logged(mara, win),
        logged(mara, a_note(kind=Kind.OBJECTION, text="Too expensive.", concern="price")),
        logged(mara, a_note(kind=Kind.PITCH, text="The calculator.", replies=3, tries=10)),
    ]
    also_called(mara, "account", "Halden Foods", "Halden")
    promise = Promise(what="the ROI sheet", to="Marta", until="2026-03-06", note=ids[0])
    made = make_promise(mara, PromiseDraft(id=mara.new_id(), promise=promise)).result
    move_promise(mara, made, "2026-03-13", "finance is late")
    return ids
