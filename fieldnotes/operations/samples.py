"""The notes that ship: six invented sellers, a year up to today, for looking around."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import msgspec

from fieldnotes import paths
from fieldnotes.domain.markings import CHOICES, DEFAULT, Marking
from fieldnotes.domain.moments import Moment, moment_of
from fieldnotes.domain.notes import Consent, Contact, Meeting, Note, NoteDraft, Person, Quote
from fieldnotes.domain.selections import Selection
from fieldnotes.operations.judging import Decisions
from fieldnotes.operations.notebook import Notebook, has_library, new_id, open_notebook
from fieldnotes.operations.notes import draft_of, log_note, signed_version
from fieldnotes.operations.previewing import preview_import
from fieldnotes.operations.reading_in import read_in
from fieldnotes.operations.sample_promises import write_promises
from fieldnotes.operations.sending import Sent, send
from fieldnotes.operations.sending_plans import plan_sending

Progress = Callable[[int, int], None]
_FRIDAY = 4
PROMISING = "aylin"  # whose accounts the sample promises are about
_PLAIN = (
    "kind title text text_redacted language account opportunity stage outcome place known_by"
    " sureness did did_what effect answer worked concern problem why_us result why_happy tried"
    " on_whom replies tries situation implication need_payoff heard_from_person"
).split()
_SEVERAL = ("competitors", "products", "tags", "material")


def _quiet(done: int, total: int) -> None:
    """Nobody watches."""


class Seller(msgspec.Struct, frozen=True):
    """Somebody who wrote sample notes."""

    key: str
    name: str
    region: str
    about: str
    only_fridays: bool = False


class Sample(msgspec.Struct, frozen=True):
    """One note on its way: the draft, when it was logged, and perhaps another version of it."""

    draft: NoteDraft
    logged: Moment
    other_version: str = ""
    planted: tuple[str, ...] = ()


def sellers() -> list[Seller]:
    """The six, in the order of the file."""
    told = msgspec.json.decode((_folder() / "company.json").read_bytes())
    return [msgspec.convert(each, Seller) for each in told["sellers"]]


def sample_notes(seller: Seller, today: datetime) -> list[Sample]:
    """What a seller wrote in the year up to `today` (aware), the oldest first."""
    samples = [
        _sample(told, seller, today, place)
        for place, told in enumerate(_lines())
        if told["seller"] == seller.key
    ]
    return sorted(samples, key=lambda sample: sample.logged)


def write_samples(notebook: Notebook, seller: Seller, today: datetime) -> int:
    """Log everything that a seller wrote, each note at its time. Returns how many."""
    clock = notebook.clock
    samples = sample_notes(seller, today)
    try:
        for sample in samples:
            notebook.clock = lambda at=sample.logged: at  # type: ignore[misc]
            _write(notebook, sample)
    finally:
        notebook.clock = clock
    return len(samples)


def open_sample_library(folder: Path, progress: Progress = _quiet) -> None:
    """A marketer's library with the notes of all six sellers, made if it is not there yet."""
    if has_library(folder):
        return
    with tempfile.TemporaryDirectory() as temporary:
        files = []
        for place in range(len(sellers())):
            progress(place, len(sellers()))
            files.append(send_samples(Path(temporary), place).path)
        beside = folder.with_name(f"{folder.name}.new")  # half a library is no library
        shutil.rmtree(beside, ignore_errors=True)
        notebook = open_notebook(beside, "You", machine_folder=Path(temporary) / "machine")
        try:
            plan = preview_import(notebook, files, Decisions(all_new=True))
            read_in(notebook, plan)
            write_promises(notebook)
            notebook.pass_on()
        finally:
            notebook.close()
        beside.replace(folder)


class SampleFile(msgspec.Struct, frozen=True):
    """A file that a seller sent to marketing: where, whose library it is from, what was in it."""

    path: Path
    seller: Seller
    library: Path
    written: int
    sent: Sent


def send_samples(folder: Path, place: int) -> SampleFile:
    """Let one of the sellers log everything and send it, in a library and a file in `folder`."""
    seller = sellers()[place]
    library = folder / seller.key
    notebook = open_notebook(library, seller.name, machine_folder=folder / f"machine-{seller.key}")
    try:
        written = write_samples(notebook, seller, notebook.clock().local())
        plan = plan_sending(notebook, Selection(recipient="Marketing"))
        file = folder / f"{seller.key}.fieldnotes"
        sent = send(notebook, plan, file, title=f"Notes from {seller.region}").result
        if seller.key == PROMISING:
            write_promises(notebook)
        notebook.pass_on()
        return SampleFile(file, seller, library, written, sent)
    finally:
        notebook.close()


def _write(notebook: Notebook, sample: Sample) -> None:
    if not sample.other_version:
        log_note(notebook, sample.draft)
        return
    note = sample.draft.note
    begun = msgspec.structs.replace(note, text=note.text.splitlines()[0])
    log_note(notebook, msgspec.structs.replace(sample.draft, note=begun))
    both = [
        draft_of(notebook, sample.draft.id, msgspec.structs.replace(note, text=text))
        for text in (note.text, sample.other_version)
    ]
    here, elsewhere = notebook.device, new_id(sample.logged, notebook.random(10))
    versions = [signed_version(notebook, both[0])]
    notebook.device = elsewhere
    versions.append(signed_version(notebook, both[1]))
    notebook.device = here
    with notebook.library.transaction():
        notebook.library.records.put(sample.draft.id, versions)


def _sample(told: dict[str, Any], seller: Seller, today: datetime, place: int) -> Sample:
    day = today.date() - timedelta(days=told["days_ago"])
    if seller.only_fridays:
        day -= timedelta(days=(day.weekday() - _FRIDAY) % 7)
    happened = _at(day, told["time"], today)
    late = timedelta(days=told.get("logged_days_later", 0), minutes=40)
    logged = min(happened + late, today)
    note = _note(told, day, moment_of(happened), today.date())
    draft = NoteDraft(
        id=new_id(moment_of(logged), place.to_bytes(10)),
        note=note,
        marking=_marking(told).value,
        marks=_marks(told, note),
    )
    other = told.get("edited_twice", {}).get("text", "")
    return Sample(draft, moment_of(logged), other, tuple(told.get("planted", ())))


def _note(told: dict[str, Any], day: date, happened: Moment, today: date) -> Note:
    meeting = None
    if "meeting" in told:
        people = tuple(Person(f"{n:02}", x) for n, x in enumerate(told.get("meeting_people", ())))
        meeting = Meeting(told["meeting"], told.get("account", ""), day.isoformat(), people)
    fields: dict[str, Any] = {name: told[name] for name in _PLAIN if name in told}
    fields |= {name: tuple(told[name]) for name in _SEVERAL if name in told}
    return Note(
        **fields,
        happened=happened,
        quotes=tuple(Quote(f"{n:02}", **each) for n, each in enumerate(told.get("quotes", ()))),
        contacts=tuple(
            Contact(f"{n:02}", **each) for n, each in enumerate(told.get("contacts", ()))
        ),
        meeting=meeting,
        consent=_consent(told.get("consent"), today),
    )


def _consent(told: dict[str, Any] | None, today: date) -> Consent | None:
    if told is None:
        return None
    until, withdrawn = told.get("until_in_days"), told.get("withdrawn_days_ago")
    return Consent(
        who=told.get("who", ""),
        wording=told.get("wording", ""),
        named=told.get("named"),
        channels=tuple(told.get("channels", ())),
        until="" if until is None else (today + timedelta(days=until)).isoformat(),
        withdrawn="" if withdrawn is None else (today - timedelta(days=withdrawn)).isoformat(),
    )


def _marking(told: dict[str, Any]) -> Marking:
    return CHOICES[told["see"]] if "see" in told else DEFAULT


def _marks(told: dict[str, Any], note: Note) -> dict[str, str]:
    marks = {}
    for name, mark in told.get("marks", {}).items():
        family, _, place = name.partition(".")
        marks[f"{family}.{int(place):02}" if place.isdecimal() else name] = mark
    if note.text_redacted:
        marks["text"] = Marking.RED.value
    return marks


def _at(day: date, clock: str, today: datetime) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime.combine(day, time(hour, minute), today.tzinfo)


def _lines() -> Iterator[dict[str, Any]]:
    for line in (_folder() / "notes.jsonl").read_bytes().splitlines():
        yield msgspec.json.decode(line)


def _folder() -> Path:
    return paths.resources() / "samples"
