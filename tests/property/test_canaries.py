"""No word leaves that its reader may not see: canaries in every field, name, file and old version.

Which canaries may be in a file is worked out here anew, from markings alone.
"""

from __future__ import annotations

import io
import json
import random
import re
import zipfile
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import pyrage
import pytest
from PIL.ExifTags import IFD

from fieldnotes.domain.drafts import OpenDraft
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.note_fields import to_fields
from fieldnotes.domain.notes import (
    Attachment,
    Consent,
    Contact,
    Kind,
    Meeting,
    Note,
    NoteDraft,
    Person,
    Quote,
)
from fieldnotes.domain.promises import Promise, PromiseDraft
from fieldnotes.domain.records import Reason
from fieldnotes.domain.selections import Selection
from fieldnotes.domain.shapes import ENDINGS, Shape
from fieldnotes.operations.attachments import Source, attach
from fieldnotes.operations.choosing import Wanted
from fieldnotes.operations.drafts import keep_draft
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import log_note, remove_note
from fieldnotes.operations.other_shapes import send_as
from fieldnotes.operations.presets import save_preset
from fieldnotes.operations.promises import make_promise
from fieldnotes.operations.saved_searches import save_search
from fieldnotes.operations.sending import send
from fieldnotes.operations.sending_plans import plan_sending
from fieldnotes.operations.vocabulary import also_called
from tests.builders import a_notebook, an_exchange
from tests.photos import a_picture, exif

LEVELS = ("red", "amber+strict", "amber", "green", "clear")
LOOSEST = {Audience.MYSELF: 0, Audience.COMPANY: 1, Audience.ANYONE: 4}
CANARY = re.compile(rb"cnry[0-9a-f]{12}")
ACCOUNTS = ("Alder", "Birch", "Cedar")
TEXTS = (
    "title text text_redacted language opportunity stage outcome place known_by sureness did"
    " did_what effect answer worked concern problem why_us result why_happy tried on_whom"
    " situation implication need_payoff heard_from_note heard_from_person"
).split()
LISTS = ("competitors", "products", "tags", "material")
OTHER_SHAPES = [shape for shape in Shape if shape is not Shape.BUNDLE]
EXPORTS = 100  # of one library
RUNS = [*range(10), *(pytest.param(n, marks=pytest.mark.long) for n in range(10, 100))]


class Aviary:
    """A seller's library full of canaries, and at which level each of them lives today."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.homes: dict[str, dict[str, tuple[str, int]]] = {}  # note → canary → (field, level)
        self.accounts: dict[str, str] = {}
        self.promises: dict[str, tuple[str, str]] = {}  # account → what, to whom
        self.told: set[str] = set()  # everybody may know: names of owners
        self.alias = self.canary()
        self.mine: list[str] = []
        giver = a_notebook(folder, f"Ada {self._known()}", self.canary())
        self.notebook = a_notebook(folder, f"Wren {self._known()}", self.canary())
        for _ in range(4):
            self.log(giver)
        an_exchange(giver, self.notebook)
        giver.close()
        self._forget_hidden()
        for _ in range(6):
            self.mine.append(self.log(self.notebook))
        for account in ACCOUNTS[:2]:
            self.promises[account] = self._promise(account)
        also_called(self.notebook, "account", ACCOUNTS[0], f"Alias {self.alias}")
        save_preset(
            self.notebook, self.canary(), Wanted(words=self.canary(), tags=(self.canary(),))
        )
        self.search = {self.canary(), self.canary()}
        save_search(self.notebook, *self.search)
        lost = self.log(self.notebook)
        remove_note(self.notebook, lost, Reason.WRONG)
        del self.homes[lost]
        text = self.canary()
        draft = OpenDraft(draft=NoteDraft(id=self.notebook.new_id(), note=Note(text=text)))
        keep_draft(self.notebook, draft)

    def canary(self) -> str:
        return f"cnry{self.chance.getrandbits(48):012x}"

    def change(self) -> None:
        """A new version of a note; no canary of the old one may leave from now on."""
        self.log(self.notebook, self.chance.choice(self.mine))

    def log(self, notebook: Notebook, note_id: str = "") -> str:
        note = self._note(notebook)
        fields = to_fields(note)
        whole = self.chance.choice(("red", "amber+strict", "amber+strict", "green", "clear"))
        marked = [name for name in fields if self.chance.random() < 0.3]
        marks = {name: self.chance.choice(LEVELS) for name in marked}
        draft = NoteDraft(id=note_id or notebook.new_id(), note=note, marking=whole, marks=marks)
        log_note(notebook, draft)
        self.accounts[draft.id] = note.account
        homes = self.homes[draft.id] = {"": ("account", _level("account", whole, marks))}
        for name, value in fields.items():
            content = json.dumps(value).encode()
            if name.startswith("attachments."):
                content += notebook.library.blobs.get(value["sha256"]) or b""
            level = _level(name, whole, marks)
            homes |= {each.decode(): (name, level) for each in CANARY.findall(content)}
        return draft.id

    def a_tag(self) -> str:
        """One that some note here has; it may be hidden from everybody else."""
        homes = [home for each in self.homes.values() for home in each.items()]
        return self.chance.choice([canary for canary, (field, _) in homes if field == "tags"])

    def may_leave(
        self, selection: Selection, account: str | None, words: Iterable[str]
    ) -> set[str]:
        """Every canary that a file may hold."""
        least = LOOSEST[selection.audience]
        bundle = selection.shape is Shape.BUNDLE
        chosen = [
            note
            for note, homes in self.homes.items()
            if account in (None, self.accounts[note]) and homes.keys() >= set(selection.tags)
        ]
        shown = [home for n in chosen for home in self.homes[n].items() if home[1][1] >= least]
        may = {canary for canary, _ in shown} | self.told | set(words)
        if bundle and least < 2 and self._names_alder(chosen, least):
            may.add(self.alias)
        for named, (what, to) in self.promises.items():
            if selection.audience is Audience.MYSELF and selection.everything:
                may |= {what, to, *self.search}
            elif selection.promises and account in (None, named):
                may.add(what)
        return may

    def _names_alder(self, chosen: list[str], least: int) -> bool:
        named = (n for n in chosen if self.accounts[n] == ACCOUNTS[0])
        return any(self.homes[n][""][1] >= least for n in named)

    def _note(self, notebook: Notebook) -> Note:
        say = {name: self.canary() for name in TEXTS if self.chance.random() < 0.5}
        say |= {"text": f"Said\n{self.canary()} and {self.canary()}"}
        several = {name: (self.canary(), self.canary()) for name in LISTS}
        return Note(
            kind=self.chance.choice(list(Kind)).value,
            account=self.chance.choice(ACCOUNTS),
            **say,
            **several,
            quotes=(Quote("01", self.canary(), self.canary()),),
            contacts=(Contact("01", self.canary(), self.canary(), self.canary(), self.canary()),),
            meeting=Meeting(
                "m1", self.canary(), self.canary(), (Person("p1", self.canary()),), self.canary()
            ),
            consent=Consent(who=self.canary(), wording=self.canary(), channels=(self.canary(),)),
            attachments=self._files(notebook),
        )

    def _files(self, notebook: Notebook) -> tuple[Attachment, ...]:
        if self.chance.random() < 0.5:
            return ()
        told = f"{self.canary()} in a file".encode()
        files = [Source(f"{self.canary()}.txt", lambda: told)]
        if self.chance.random() < 0.3:
            photo = _photo(self.canary(), self.canary())
            files.append(Source(f"{self.canary()}.jpg", lambda: photo))
        return tuple(attach(notebook, each).attachment for each in files)

    def _promise(self, account: str) -> tuple[str, str]:
        what, to = self.canary(), self.canary()
        promise = Promise(what=what, to=to, account=account)
        make_promise(self.notebook, PromiseDraft(id=self.notebook.new_id(), promise=promise))
        return what, to

    def _known(self) -> str:
        self.told.add(made := self.canary())
        return made

    def _forget_hidden(self) -> None:
        """What was hidden on the way here cannot leave from here, whatever is asked for."""
        for note_id, homes in self.homes.items():
            kept = {c: home for c, home in homes.items() if home[1] >= LOOSEST[Audience.COMPANY]}
            self.homes[note_id] = {"": homes[""], **kept}


def _level(name: str, whole: str, marks: dict[str, str]) -> int:
    """The stricter of record and field; people are the seller's own unless they say otherwise."""
    person = name.startswith("meeting.people.") or (
        name.startswith("contacts.") and not name.endswith(".role")
    )
    said = marks.get(name, "red" if person else whole)
    return min(LEVELS.index(whole), LEVELS.index(said))


def _photo(place: str, maker: str) -> bytes:
    told = exif()
    told.get_ifd(IFD.GPSInfo)[29] = place
    told.get_ifd(IFD.Exif)[0x927C] = maker.encode()
    file = io.BytesIO()
    _picture().save(file, "JPEG", exif=told)
    return file.getvalue()


_picture = cache(a_picture)


def bytes_of(path: Path, secret: str) -> Iterator[bytes]:
    """Everything in a file or folder, as it lies there and unpacked, names of files among it."""
    if path.is_dir():
        for each in path.rglob("*"):
            yield each.name.encode()
            yield from bytes_of(each, secret) if each.is_file() else ()
        return
    content = path.read_bytes()
    yield content
    if content.startswith(b"age-encryption.org/"):
        content = pyrage.decrypt(content, [pyrage.x25519.Identity.from_str(secret)])
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name in archive.namelist():
                yield name.encode()
                yield archive.read(name)


def seen_in(path: Path, secret: str) -> set[str]:
    return {c.decode() for each in bytes_of(path, secret) for c in CANARY.findall(each)}


def export(aviary: Aviary, path: Path, selection: Selection, title: str, note: str) -> set[str]:
    """Make the file; returns the canaries in it."""
    notebook = aviary.notebook
    plan = plan_sending(notebook, selection)
    if selection.shape is Shape.BUNDLE:
        send(notebook, plan, path, title, note)
    else:
        send_as(notebook, plan, path)
    return seen_in(path, notebook.library.owner.secret)


def a_selection(aviary: Aviary) -> tuple[Selection, str | None]:
    """Something to send, and the account that it is narrowed to."""
    chance = aviary.chance
    audience = chance.choice(list(Audience))
    other = audience is not Audience.MYSELF and chance.random() < 0.35
    shape = chance.choice(OTHER_SHAPES) if other else Shape.BUNDLE
    account = chance.choice((None, *ACCOUNTS))
    narrowed = f"account:{account} " if account else ""
    bundle = shape is Shape.BUNDLE
    selection = Selection(
        query=f"{narrowed}-{aviary.canary()}",
        tags=(aviary.a_tag(),) if chance.random() < 0.2 else (),
        audience=audience,
        recipient=aviary.canary() if bundle and chance.random() < 0.5 else "",
        promises=bundle and audience is Audience.COMPANY and chance.random() < 0.3,
        shape=shape,
    )
    return selection, account


@pytest.mark.parametrize("seed", RUNS)
def test_no_canary_leaves_that_its_reader_may_not_see(tmp_path: Path, seed: int) -> None:
    aviary = Aviary(tmp_path, seed)
    for number in range(EXPORTS):
        aviary.change()
        selection, account = a_selection(aviary)
        title, note = aviary.canary(), aviary.canary()
        path = tmp_path / f"out-{number}{ENDINGS[selection.shape]}"
        seen = export(aviary, path, selection, title, note)
        words = (title, note, selection.recipient) if selection.shape is Shape.BUNDLE else ()
        leaked = seen - aviary.may_leave(selection, account, words)
        assert not leaked, f"export {number} for {selection.audience}: {leaked}"
    aviary.notebook.close()


@pytest.fixture
def aviary(tmp_path: Path) -> Iterator[Aviary]:
    made = Aviary(tmp_path, 1000)
    yield made
    made.notebook.close()


@pytest.mark.parametrize("shape", Shape)
def test_a_canary_that_leaks_would_be_seen(aviary: Aviary, tmp_path: Path, shape: Shape) -> None:
    """What the company may see, judged as if anybody could read it."""
    selection = Selection(audience=Audience.COMPANY, shape=shape)
    seen = export(aviary, tmp_path / f"out{ENDINGS[shape]}", selection, "", "")
    strict = Selection(audience=Audience.ANYONE, shape=shape)
    assert seen - aviary.may_leave(strict, None, ())


def test_every_place_is_looked_into(aviary: Aviary, tmp_path: Path) -> None:
    """Nothing is hidden from its owner, so that every canary of a note must be found."""
    path = tmp_path / "out.fieldnotes"
    seen = export(aviary, path, Selection(audience=Audience.MYSELF), "", "")
    living = {canary for homes in aviary.homes.values() for canary in homes} - {""}
    assert living | aviary.search <= seen
    assert seen <= aviary.may_leave(Selection(audience=Audience.MYSELF), None, ())
    families = {
        home[0].partition(".")[0] for homes in aviary.homes.values() for home in homes.values()
    }
    assert families >= {*TEXTS[:4], *LISTS, "attachments", "contacts", "consent", "meeting"}


def test_a_sealed_file_shows_no_canary_at_all(aviary: Aviary, tmp_path: Path) -> None:
    path = tmp_path / "out.fieldnotes"
    export(aviary, path, Selection(audience=Audience.MYSELF), aviary.canary(), "")
    assert CANARY.findall(path.read_bytes()) == []


def test_where_a_photo_was_made_never_leaves() -> None:
    from fieldnotes.intake.whereabouts import without_place

    place, maker = "cnry0123456789ab", "cnryba9876543210"
    photo = _photo(place, maker)
    assert len(CANARY.findall(photo)) == 2
    assert CANARY.findall(without_place(photo, "image/jpeg").content) == []
