"""One function for each command: call an operation, print what it returned."""

from __future__ import annotations

import sys
import tempfile
import time
from argparse import Namespace
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Protocol

import msgspec

from fieldnotes import paths
from fieldnotes.cli import (
    batches,
    exporting,
    flipping,
    ledger,
    likeness,
    names,
    people,
    printing,
    promising,
)
from fieldnotes.cli.arguments import NOTE_OPTIONS
from fieldnotes.domain import query_troubles
from fieldnotes.domain.markings import CHOICES, DEFAULT
from fieldnotes.domain.moments import Moment, moment_of
from fieldnotes.domain.notes import Kind, Meeting, Note, NoteDraft, Quote
from fieldnotes.domain.query import Query
from fieldnotes.domain.query_text import read_query
from fieldnotes.domain.records import Reason
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations import attachments, notes, search
from fieldnotes.operations.notebook import Notebook, open_notebook

_ERASED = "Erased: nothing of it is left in this library."
_ERASING = "Another program uses this library: the erasing goes on the next time nobody does."


class Window(Protocol):
    """What the command line needs of the desktop, handed in by `__main__`."""

    def open(
        self, folder: Path, files: list[Path], capture: bool = False, flip: str | None = None
    ) -> int:
        """Open the window, with `capture` the one to write in, with `flip` the card with what
        worked for these words; returns the exit status."""

    def can_open(self) -> bool:
        """Whether there is a display for a window."""

    def pictures(self, marketing: Path, selling: Path, out: Path) -> list[Path]:
        """Screenshots of every page of the real window on two libraries."""


def run(arguments: Namespace, window: Window) -> int:
    """Run one command; returns the exit status. Raises FieldnotesError."""
    if arguments.command == "schemas":
        return _schemas(arguments)
    if arguments.command == "inspect":
        return _inspect(arguments)
    if arguments.command == "demo":
        return _demo(arguments, window)
    if arguments.command == "log" and arguments.text is None:
        return _write_in_window(arguments, window)
    if arguments.command == "flip" and not arguments.json and window.can_open():
        folder = arguments.library or paths.default_library()
        return window.open(folder, [], flip=" ".join(arguments.words))
    folder = arguments.library or paths.default_library()
    notebook = open_notebook(folder, arguments.name, take_over=arguments.take_over)
    try:
        ledger.say_device(notebook)
        return _COMMANDS[arguments.command](notebook, arguments)
    finally:
        notebook.close()


def _write_in_window(told: Namespace, window: Window) -> int:
    """Without a text: the window to write in, of a program that runs or of a new one."""
    if any(getattr(told, name) for name in NOTE_OPTIONS):
        raise FieldnotesError(
            "There is no text to go with these options.",
            "Write it last, or leave them away to write in the window.",
        )
    return window.open(told.library or paths.default_library(), [], capture=True)


def _log(notebook: Notebook, told: Namespace) -> int:
    note = _with_fields(
        Note(kind=told.kind or Kind.NOTE.value, text=_text(told.text)), told, notebook.clock()
    )
    note = _with_files(notebook, note, told)
    draft = NoteDraft(id=notebook.new_id(), note=note, marking=CHOICES.get(told.see, DEFAULT).value)
    saved = notes.log_note(notebook, draft).result
    printing.emit(told.json, {"id": saved}, [f"Saved {saved}"])
    return 0


def _find(notebook: Notebook, told: Namespace) -> int:
    reading = read_query(" ".join(told.query))
    for trouble in reading.troubles:
        print(printing.plain(query_troubles.in_words(trouble)), file=sys.stderr)
    query = reading.query
    if told.facets:
        return _facets(notebook, query, told.json)
    if told.count:
        print(search.count_notes(notebook, query))
        return 0
    left, below = told.limit, None
    while left > 0:
        page = search.find_notes(notebook, query, min(left, 500), below)
        for view in page.notes[:left]:
            printing.emit(told.json, printing.found(view), [printing.found_line(view)])
        left -= len(page.notes)
        below = page.below
        if below is None:
            break
    return 0


def _facets(notebook: Notebook, query: Query, as_json: bool) -> int:
    from fieldnotes.operations.facets import count_facets

    facets = count_facets(notebook, query)
    printing.emit(as_json, printing.facets(facets), printing.facets_lines(facets))
    return 0


def _show(notebook: Notebook, told: Namespace) -> int:
    view = notes.show_note(notebook, told.id)
    files = attachments.held(notebook, view.note.attachments)
    printing.emit(told.json, printing.whole(view, files), printing.whole_lines(view, files))
    return 0


def _edit(notebook: Notebook, told: Namespace) -> int:
    view = notes.show_note(notebook, told.id)
    note = _with_fields(view.note, told, notebook.clock())
    if told.text is not None:
        note = msgspec.structs.replace(note, text=_text(told.text))
    if told.kind is not None:
        note = msgspec.structs.replace(note, kind=told.kind)
    draft = notes.draft_of(notebook, view.id, _with_files(notebook, note, told))
    if told.see is not None:
        draft = msgspec.structs.replace(draft, marking=CHOICES[told.see].value)
    saved = notes.log_note(notebook, draft).result
    printing.emit(told.json, {"id": saved}, [f"Saved a new version of {saved}"])
    return 0


def _remove(notebook: Notebook, told: Namespace) -> int:
    view = notes.show_note(notebook, told.id)
    removed = notes.remove_note(notebook, view.id, Reason(told.because)).result
    keys: dict[str, object] = {"id": removed}
    lines = [f"Removed {removed}"]
    if told.because == Reason.ERASE:
        from fieldnotes.operations.erasing import finish_erasing
        from fieldnotes.operations.promises_along import promises_made_with

        keys["erased"] = finish_erasing(notebook)
        lines.append(_ERASED if keys["erased"] else _ERASING)
        left = keys["promises"] = promises_made_with(notebook, [view.id])
        lines += [f"What you promised there stays, in its own words: {each}" for each in left]
    printing.emit(told.json, keys, lines)
    return 0


def _schemas(told: Namespace) -> int:
    from fieldnotes.operations.schemas import write_schemas

    for path in write_schemas(told.folder):
        printing.emit(told.json, {"file": str(path)}, [str(path)])
    return 0


def _inspect(told: Namespace) -> int:
    from fieldnotes.operations.reading_in import inspect_bundle

    seen = inspect_bundle(told.file)
    manifest = seen.manifest
    words = " ".join(seen.words)
    printing.emit(
        told.json,
        {"manifest": manifest, "signature": seen.signature, "words": list(seen.words)},
        [
            f"{seen.signature} Six words: {words}",
            f"Title: {manifest['title']}" if manifest["title"] else "No title",
            f"For: {', '.join(manifest['recipients']) or manifest['audience']}",
            f"{manifest['records']} records: "
            + ", ".join(f"{count} {kind}" for kind, count in manifest["by_kind"].items()),
        ],
    )
    return 0


def _intake(notebook: Notebook, told: Namespace) -> int:
    from fieldnotes.operations.intake import TakenOver, plan_intake, take

    begun = time.monotonic()
    maps = dict(told.map), dict(told.kind_map)
    plan = plan_intake(notebook, told.file, told.shape, *maps, printing.progress("Looking"))
    taken = TakenOver(len(plan.takings), plan.unchanged, plan.skipped)
    if not told.plan:
        taken = take(notebook, plan, printing.progress("Taking over")).result
    skipped = [{"row": each.row, "why": each.why, "where": each.where} for each in taken.skipped]
    printing.emit(
        told.json,
        {"new": taken.new, "unchanged": taken.unchanged, "skipped": skipped},
        [
            f"{taken.new} new, {taken.unchanged} unchanged, {len(skipped)} skipped,"
            f" in {time.monotonic() - begun:.1f} s",
            *(f"{each.where or f'Row {each.row}'}: {each.why}" for each in taken.skipped),
        ],
    )
    return 0


def _check(notebook: Notebook, told: Namespace) -> int:
    from fieldnotes.operations.checking import check_library

    checked = check_library(notebook, printing.progress("Checking"))
    for problem in checked.problems:
        print(printing.plain(problem), file=sys.stderr)
    if checked.erasing:
        erasing = f"The erasing of {checked.erasing} is not finished: words may still be found."
        print(erasing, file=sys.stderr)
    keys = {
        "ok": checked.ok,
        "records": checked.records,
        "digest": checked.digest,
        "erasing": checked.erasing,
    }
    printing.emit(
        told.json,
        keys | {"content": checked.content},
        [
            f"{checked.records} records, {'all is well' if checked.ok else 'not all is well'}",
            f"digest  {checked.digest}",
            f"content {checked.content}",
        ],
    )
    return 0 if checked.ok else 1


def _demo(told: Namespace, window: Window) -> int:
    from fieldnotes.operations.demo import play_demo

    if told.out:
        told.out.mkdir(parents=True, exist_ok=True)
        if any(told.out.iterdir()):
            raise FieldnotesError(f"{told.out} is not empty.", "Choose a new folder.")
    with tempfile.TemporaryDirectory() as temporary:
        folder = told.out or Path(temporary)
        demo = play_demo(folder, (lambda line: None) if told.json else print)
        pictures = window.pictures(demo.marketing, demo.selling, folder / "pictures")
        printing.emit(
            told.json,
            {"ok": demo.ok, "report": demo.lines, "pictures": [p.name for p in pictures]},
            [
                f"{len(pictures)} pictures of the window"
                + (f" in {folder / 'pictures'}." if told.out else "; --out DIR keeps them.")
            ],
        )
    return 0 if demo.ok else 1


def _with_fields(note: Note, told: Namespace, now: Moment) -> Note:
    """`note` with whatever options were given."""
    given = {
        "account": told.account,
        "competitors": told.competitor and tuple(told.competitor),
        "products": told.product and tuple(told.product),
        "tags": told.tag and tuple(told.tag),
        "title": told.title,
        "stage": told.stage,
        "outcome": told.outcome,
        "quotes": told.quote and (Quote("00", told.quote),),
    }
    note = msgspec.structs.replace(note, **{k: v for k, v in given.items() if v is not None})
    if told.on is not None:
        happened, whole_day = _when(told.on, now)
        note = msgspec.structs.replace(note, happened=happened, whole_day=whole_day)
    elif note.happened is None:
        note = msgspec.structs.replace(note, happened=now)
    if told.meeting is not None:
        day = (note.happened or now).local().date().isoformat()
        note = msgspec.structs.replace(note, meeting=Meeting(told.meeting, note.account, day))
    return note


def _with_files(notebook: Notebook, note: Note, told: Namespace) -> Note:
    """`note` with the files that were given as well; one that is refused stops the command."""
    sources = [attachments.from_path(path) for path in told.attach]
    attached = [attachments.attach(notebook, source) for source in sources]
    for name in (each.attachment.name for each in attached if each.place_kept):
        said = printing.plain(f"{name}: if it says where it was made, that stays in it.")
        print(said, file=sys.stderr)
    files = (*note.attachments, *(each.attachment for each in attached))
    return msgspec.structs.replace(note, attachments=files)


def _when(text: str, now: Moment) -> tuple[Moment, bool]:
    try:
        when = datetime.fromisoformat(text)
    except ValueError as error:
        raise FieldnotesError(f"{text} is not a date.", "Write it like 2026-03-31.") from error
    whole_day = len(text) <= 10
    if whole_day:
        when = when.replace(hour=12)
    return moment_of(when if when.tzinfo else when.replace(tzinfo=now.local().tzinfo)), whole_day


def _text(text: str) -> str:
    return sys.stdin.read().rstrip("\n") if text == "-" else text


_COMMANDS: dict[str, Callable[[Notebook, Namespace], int]] = {
    "log": _log,
    "find": _find,
    "show": _show,
    "edit": _edit,
    "remove": _remove,
    "export": exporting.export,
    "import": batches.read_in,
    "batches": batches.list_batches,
    "undo-import": batches.undo,
    "ledger": ledger.ledger,
    "send-again": ledger.send_again,
    "withdraw": ledger.withdraw,
    "intake": _intake,
    "check": _check,
    "flip": flipping.run,
    "promise": promising.promise,
    "promises": promising.promises,
    "same": likeness.same,
    "differ": likeness.differ,
    "card": people.card,
    "people": people.people,
    "team": people.team,
    **dict.fromkeys(("names", "rename", "merge", "also", "separate"), names.run),
}
