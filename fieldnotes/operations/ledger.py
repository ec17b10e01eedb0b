"""What went where: which version of what went to whom in which file, and what came from whom."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from fieldnotes.bundle.manifest import Manifest
from fieldnotes.domain.devices import row_of
from fieldnotes.domain.ledger import Gap, Whom, missing, whom
from fieldnotes.domain.moments import Moment
from fieldnotes.operations.notebook import Notebook, end_file
from fieldnotes.operations.people_along import TYPES as ABOUT_PEOPLE
from fieldnotes.store.sendings import SentFile

if TYPE_CHECKING:
    from fieldnotes.domain.selections import Selection
    from fieldnotes.operations.sending_plans import SendingPlan
    from fieldnotes.operations.went import Went

_FILE = "file"  # in a manifest as the ledger keeps it: where the file was made


class Made(msgspec.Struct, frozen=True):
    """A file that was made. `number` is 0 in other shapes than a bundle; `again`: of an earlier
    file that it stands for. `here`: the number is of this device, else of an earlier one."""

    no: int
    bundle: str
    whom: tuple[Whom, ...]
    at: Moment
    shape: str
    audience: str
    number: int
    again: int
    title: str
    records: int
    path: Path | None
    here: bool

    @property
    def name(self) -> str:
        """How the file is called, as far as that is remembered."""
        return self.path.name if self.path else ""


class Came(msgspec.Struct, frozen=True):
    """A bundle that was read in."""

    no: int
    sender: str
    author: str
    device: str
    recipients: tuple[str, ...]
    at: Moment
    made: Moment
    number: int
    again: int
    title: str
    records: int
    batch: str


class Unfinished(msgspec.Struct, frozen=True):
    """A number that no file has: making it was stopped. Nobody can have it."""

    whom: tuple[Whom, ...]
    number: int


# --- writing ----------------------------------------------------------------------------------


def remember(
    notebook: Notebook, plan: SendingPlan, manifest: dict[str, Any], path: Path, went: Went
) -> None:
    """Note in the ledger which version of what went to whom; the file is finished."""
    library = notebook.library
    with library.transaction():
        told = manifest | {_FILE: _as_it_lies(path)}
        recipient, at = plan.selection.recipient, notebook.clock().ms
        number = library.sendings.add(told, recipient, at)
        for versions in went.everything():
            library.sendings.add_versions(number, versions)
            if versions.unsent:
                library.records.mark_sent(versions.each())
    notebook.remember_how_far()
    end_file(notebook)


def already_there(notebook: Notebook, selection: Selection) -> set[tuple[int, str]]:
    """(note number, revision name) that is not new since last time, where only that is asked."""
    if not selection.since_last:
        return set()
    return notebook.library.sendings.already(selection.recipient, selection.audience)


# --- reading ----------------------------------------------------------------------------------


def files_made(notebook: Notebook, numbers: Iterable[int] | None = None) -> list[Made]:
    """Every file that was made, or these, the last first."""
    return [_made(notebook, row) for row in notebook.library.sendings.files(numbers)]


def files_came(notebook: Notebook) -> list[Came]:
    """Every bundle that was read in and not taken back, the last first."""
    offset = notebook.clock().offset
    return [_came(told, offset) for told in notebook.library.arrivals.came()]


def unfinished(notebook: Notebook) -> list[Unfinished]:
    """Numbers of this device that went into no file."""
    library, machine = notebook.library, notebook.machine
    if library.read_only:
        return []
    rows: dict[str, tuple[tuple[Whom, ...], set[int]]] = {}
    for made in files_made(notebook):
        if made.here and made.number:
            row = row_of((each.name for each in made.whom if each.name), made.audience)
            rows.setdefault(row, (made.whom, set()))[1].add(made.number)
    found = []
    for row, (people, numbers) in rows.items():
        last = machine.last_number(library.id, library.folder, row)
        lacking = missing({0, *numbers, last + 1})
        found += [Unfinished(people, number) for number in lacking]
    return found


def gaps(notebook: Notebook, coming: Iterable[Manifest] = ()) -> list[Gap]:
    """What has not arrived of what was numbered, once the `coming` bundles are read in as well.

    With bundles that are coming only the rows that they stand in.
    """
    arrived: dict[tuple[str, str, str], set[int]] = {}
    told: dict[tuple[str, str, str], tuple[str, tuple[str, ...]]] = {}

    def arrive(
        author: str, name: str, device: str, audience: str, numbers: set[int], names: Iterable[str]
    ) -> tuple[str, str, str]:
        names = tuple(names)
        key = author, device, row_of(names, audience)
        arrived.setdefault(key, set()).update(numbers - {0})
        told[key] = name, names
        return key

    for (
        author,
        name,
        device,
        audience,
        number,
        again,
        names,
    ) in notebook.library.arrivals.numbered():
        arrive(author, name, device, audience, {number, again}, names)
    asked = {
        arrive(
            m.author.author,
            m.author.name,
            m.device,
            m.audience,
            {m.sequence, m.again},
            m.recipients,
        )
        for m in coming
    }
    return [
        Gap(key[0], *told[key], key[1], lacking)
        for key, numbers in arrived.items()
        if (key in asked or not asked) and (lacking := missing(numbers))
    ]


def recipients(notebook: Notebook) -> list[str]:
    """Whom files were made for, the last first."""
    return notebook.library.sendings.recipients()


def went_to(notebook: Notebook, note_no: int) -> list[tuple[str, int]]:
    """(recipient, ms since 1970) of the files that held this note."""
    return notebook.library.sendings.went_to(note_no)


def _as_it_lies(path: Path) -> dict[str, Any]:
    """Where a file was made, and what tells later whether it is still the same one."""
    try:
        found = path.stat()
    except OSError:
        return {}
    return {"path": str(path.absolute()), "size": found.st_size, "time": found.st_mtime_ns}


def still_there(made: SentFile) -> Path | None:
    """The file itself, as long as it lies where it was made and nobody changed it."""
    told = made.manifest.get(_FILE, {})
    path = Path(told["path"]) if told else None
    return path if path is not None and path.is_file() and _as_it_lies(path) == told else None


def path_there(notebook: Notebook, no: int) -> Path | None:
    """The same, by the number of its row."""
    return next(map(still_there, notebook.library.sendings.files([no])), None)


def _made(notebook: Notebook, row: SentFile) -> Made:
    told = row.manifest
    path = told.get(_FILE, {}).get("path")
    people = told["by_kind"]
    return Made(
        no=row.no,
        bundle=told["bundle"],
        whom=whom(row.recipient, row.audience),
        at=Moment(row.at, notebook.clock().offset),
        shape=row.shape,
        audience=row.audience,
        number=told.get("sequence", 0),
        again=told.get("again", 0),
        title=told.get("title", ""),
        records=told["records"] - sum(people.get(type_, 0) for type_ in ABOUT_PEOPLE),
        path=Path(path) if path else None,
        here=told.get("device", "") == notebook.device,
    )


def _came(told: tuple[int, dict[str, Any], str, int], offset: int) -> Came:
    no, manifest, batch, at = told
    people = manifest["by_kind"]
    return Came(
        no=no,
        sender=manifest["author"]["name"],
        author=manifest["author"]["author"],
        device=manifest["device"],
        recipients=tuple(manifest["recipients"]),
        at=Moment(at, offset),
        made=Moment(*manifest["made"]),
        number=manifest["sequence"],
        again=manifest.get("again", 0),
        title=manifest["title"],
        records=manifest["records"] - sum(people.get(type_, 0) for type_ in ABOUT_PEOPLE),
        batch=batch,
    )
