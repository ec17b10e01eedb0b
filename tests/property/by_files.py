"""Plays of a team through real files: written, sent and read in by the operations themselves.

Fifteen laptops are libraries on disk, opened when their owner first does something. Beside them a
liar and a forger write files with a program of their own. In the end all files that were not lost
come to three fresh libraries, one to three at a time, in any order, some of them twice.
"""

from __future__ import annotations

import hashlib
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import msgspec
import pyrage
from pyrage import x25519

from fieldnotes.bundle.reader import open_bundle
from fieldnotes.domain.people import Standing
from fieldnotes.errors import BundleRefused
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.succession import go_on_as, went_on_from
from fieldnotes.store.database import rows
from tests import second_reader
from tests.builders import sent
from tests.property import naive_fold
from tests.property.cast import (
    AUTHORS,
    DEVICES,
    HOSTILE,
    NEW_LAPTOP,
    believable,
    known_from_the_start,
    person,
    whole_cast,
)
from tests.property.laptops import (
    change,
    make_template,
    open_laptop,
    read_files,
    send_file,
    write_down,
    write_parcel,
)
from tests.property.teams import Device, Play, revise, send, write
from tests.property.versions import an_id
from tests.property.watching import OWNERS, ROUNDS, Seen, Watching

LIAR = 1  # goes by a known name, and counts and descends as nobody should
Entries = dict[str, bytes]  # of a file, by name
TABLES = "facts history rollups doubles entries entry_names likenesses alike names".split()


def make_templates(folder: Path) -> None:
    """A library of each, to be copied."""
    for number in {*range(AUTHORS), NEW_LAPTOP, *OWNERS}:
        make_template(folder / f"of {number}", number)


def play_by_files(found: Seen, folder: Path, seed: int) -> None:
    """One play, in a folder of its own. `folder`: where the templates are."""
    with Team(found, folder, seed) as team:
        team.plays()
        team.all_read_everything()


class Team:
    """One play: what lies where, and who has what open."""

    def __init__(self, seen: Seen, templates: Path, seed: int) -> None:
        self.chance, self.seen, self.seed = random.Random(seed), seen, seed
        self.templates, self.folder = templates, templates / f"play {seed}"
        self.laptops: dict[tuple[int, int], Notebook] = {}
        self.files: list[Path] = []
        self.liar = Device(person(LIAR), an_id(self.chance))
        self.forger = Device(person(HOSTILE), an_id(self.chance), hostile=True)
        self.pretended = Play()

    def __enter__(self) -> Team:
        self.folder.mkdir()
        return self

    def __exit__(self, *told: object) -> None:
        for notebook in self.laptops.values():
            notebook.close()
        shutil.rmtree(self.folder)

    def laptop(self, number: int, which: int) -> Notebook:
        """Opened when it is first needed. The third one of the first author has a new key."""
        if (number, which) not in self.laptops:
            owner = NEW_LAPTOP if (number, which) == (0, DEVICES - 1) else number
            where = self.folder / f"{number}-{which}"
            template = self.templates / f"of {owner}"
            self.laptops[number, which] = open_laptop(template, where, self.chance)
        return self.laptops[number, which]

    def plays(self) -> None:
        """Everybody writes, sends and reads for a while."""
        self._go_on()
        busy = [self.chance.choice((0, 0.3, 2)) for _ in range(AUTHORS * DEVICES)]
        busy[0] = 1
        for _ in range(self.chance.randint(14, 24)):
            number, which = divmod(self.chance.choices(range(AUTHORS * DEVICES), busy)[0], DEVICES)
            what = self.chance.choices((write_down, change, None), (2, 5, 4))[0]
            if what is None:
                self._send(number, which)
            else:
                what(self.chance, self.laptop(number, which), self.seen)
            if self.chance.random() < 0.2:
                self._lie()
        for number in range(2):
            self._send(number, 0)
        first, second, *others = self.files
        kept = [each for each in others if self.chance.random() < 0.8]
        self.seen.did["lost"] += len(others) - len(kept)
        self.files = [first, second, *kept]

    def _go_on(self) -> None:
        """The first author has a new laptop: both keys say so, and its first file tells it."""
        old, new = self.laptop(0, 0), self.laptop(0, DEVICES - 1)
        with old.library.transaction():
            old.library.people.put(new.owner, Standing.MET)
        go_on_as(old, new.owner.author)
        went_on_from(new, old.owner.author)
        for notebook in (old, new):
            write_down(self.chance, notebook, self.seen)
        for which in (0, DEVICES - 1):
            path = self.folder / f"{which}.fieldnotes"
            sent(self.laptop(0, which), path)
            self.files.append(path)
            read_files(new, path)

    def _send(self, number: int, which: int) -> None:
        path = send_file(self.chance, self.laptop(number, which), self.folder, self.seen.did)
        self._reach(self.laptop(number, which).owner.author, path)

    def _reach(self, sender: str, path: Path) -> None:
        """Some get it at once, and read it at once; a sender's own devices rather than others."""
        self.files.append(path)
        for notebook in self.laptops.values():
            own = notebook.owner.author == sender
            if self.chance.random() < (0.6 if own else 0.25):
                read_files(notebook, path)
        with suppress(BundleRefused), open_bundle(path) as bundle:
            several = [copies for _, copies in bundle.records()]
            for device in (self.liar, self.forger):
                for copies in several:
                    device.take(copies)

    def _lie(self) -> None:
        """A file that no honest program makes, of what was read before."""
        device = self.chance.choice((self.liar, self.forger))
        before = len(self.pretended.parcels)
        write(self.chance, self.pretended, device)
        for _ in range(3 if device.own() else 0):
            revise(self.chance, self.pretended, device)
        send(self.chance, self.pretended, device)
        for parcel in self.pretended.parcels[before:]:
            path = write_parcel(self.chance, parcel, device.writer, self.folder)
            self._reach(device.writer.author, path)

    def all_read_everything(self) -> None:
        """Three fresh libraries read all files; the laptops are looked at, too."""
        ends = []
        for owner in OWNERS:
            entries = [each for path in self.files if (each := entries_of(path, owner))]
            lines = [line for each in entries for line in lines_in(each)]
            good = naive_fold.accepted(lines, self._believed(entries))
            with self._fresh(owner) as watching:
                self._reads(watching)
                watching.ends_as(naive_fold.fold(good, watching.records.own))
                watching.is_checked()
                ends.append(watching.everything)
        self.seen.need(ends[0] == ends[2], "same", f"play {self.seed}: what two strangers hold")
        for (number, which), notebook in self.laptops.items():
            where = f"play {self.seed}, laptop {number}-{which}"
            watching = Watching(self.seen, where, notebook, whole_cast())
            watching.is_signed()
            watching.is_checked()
        self.seen.did += self.pretended.did

    @contextmanager
    def _fresh(self, owner: int) -> Iterator[Watching]:
        where = self.folder / f"reader {owner}"
        notebook = open_laptop(self.templates / f"of {owner}", where, self.chance)
        yield Watching(self.seen, f"play {self.seed}, {where.name}", notebook, believable())
        notebook.close()

    def _reads(self, watching: Watching) -> None:
        """Again and again, until nothing is new; each time in another order, some files twice."""
        for again in range(ROUNDS):
            before = state_of(watching.notebook)
            twice = [path for path in self.files if self.chance.random() < 0.2]
            self.seen.did["doubled"] += len(twice)
            waiting = self.chance.sample(self.files + twice, len(self.files + twice))
            while waiting:
                several = 9 if again else self.chance.randint(1, 3)
                read_files(watching.notebook, *waiting[:several])
                waiting = waiting[several:]
                watching.look_at(list(watching.records.named()))
            if state_of(watching.notebook) == before:
                return
        watching.need(False, "again", "rows change for ever")

    def _believed(self, several: list[Entries]) -> dict[str, str]:
        """The keys of whoever is known from the start, or by a card in some file."""
        told = [msgspec.json.decode(entries["manifest.json"]) for entries in several]
        met = {card["author"] for each in told for card in (*each["people"], each["author"])}
        met |= {card.author for card in known_from_the_start()}
        return {author: key for author, key in believable().items() if author in met}


def state_of(notebook: Notebook) -> str:
    """SHA-256 over every row that reading the same again may not change."""
    total = hashlib.sha256()
    for table in TABLES:
        for row in rows(notebook.library.connection, f"SELECT * FROM {table} ORDER BY 1, 2"):
            total.update(repr(tuple(row)).encode())
    return total.hexdigest()


def entries_of(path: Path, reader: int) -> Entries:
    """As the second reader takes a file apart; nothing where it is not sealed for `reader`."""
    content = path.read_bytes()
    if not content.startswith(b"PK"):
        try:
            content = pyrage.decrypt(content, [x25519.Identity.from_str(person(reader).secret)])
        except pyrage.DecryptError:
            return {}
    return second_reader.unzip(content)


def lines_in(entries: Entries) -> list[bytes]:
    """The records of a file, one on a line."""
    shards = [entries[name] for name in entries if name.startswith("records/")]
    return [line for shard in shards for line in shard.split(b"\n")[:-1]]
