"""Calendar files that lie on this machine: which are watched, and the meetings just held."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta, timezone
from pathlib import Path

import msgspec

from fieldnotes import paths
from fieldnotes.domain.calendars import (
    Accounts,
    CalendarEvent,
    Encounter,
    encounters,
    held_lately,
)
from fieldnotes.domain.moments import Moment
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.meetings import recent_meetings
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.search import names_used

_REMEMBERED = 400


class Watched(msgspec.Struct, frozen=True):
    """`files`: absolute paths; `settled`: keys of meetings that nobody wants to be asked about."""

    files: tuple[str, ...] = ()
    settled: tuple[str, ...] = ()


class Met(msgspec.Struct, frozen=True):
    """The meetings of today and yesterday, the latest first.

    `open`: those without a note that nobody said no to; `files`: what is watched; `problems`: a
    sentence for each file that could not be read; `now`: when this was so.
    """

    encounters: tuple[Encounter, ...] = ()
    open: tuple[Encounter, ...] = ()
    files: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()
    now: Moment = Moment(0)


class CalendarFiles:
    """Reads them, each only when it changed. For one thread."""

    def __init__(self) -> None:
        self._read: dict[Path, tuple[object, tuple[CalendarEvent, ...]]] = {}

    def met(self, notebook: Notebook, others: Sequence[Path] = ()) -> Met:
        """Whom the owner met today and yesterday, by what is watched and these `others`."""
        watched = read_watched(notebook)
        events: dict[str, CalendarEvent] = {}
        problems = []
        for path in dict.fromkeys((*map(Path, watched.files), *others)):
            try:
                events |= {event.key: event for event in self._events(notebook, path)}
            except FieldnotesError as error:
                problems.append(str(error))
        now = notebook.clock()
        held = held_lately(events.values(), now)
        if not held:
            return Met(files=watched.files, problems=tuple(problems), now=now)
        accounts = Accounts(name for name, _notes in names_used(notebook, "account"))
        found = encounters(held, accounts, recent_meetings(notebook), notebook.owner.name)
        settled = set(watched.settled)
        left = (each for each in found if not each.notes and each.event.key not in settled)
        return Met(tuple(found), tuple(left), watched.files, tuple(problems), now)

    def _events(self, notebook: Notebook, path: Path) -> tuple[CalendarEvent, ...]:
        from fieldnotes.intake.calendars import read_calendar, read_file

        now = notebook.clock()
        today = now.local().date()
        state = (today, now.offset, _state(path))
        before, events = self._read.get(path, (None, ()))
        if before == state:
            return events
        days = (today - timedelta(days=1), today)
        here = timezone(timedelta(minutes=now.offset))
        found = read_calendar(read_file(path), path.name, days, here)
        self._read[path] = (state, found.events)
        return found.events


def watch_calendar(notebook: Notebook, path: Path) -> Done[str]:
    """Look into this file from now on, where it lies. Raises IntakeRefused for what is none."""
    CalendarFiles()._events(notebook, path)
    watched = read_watched(notebook)
    files = tuple(dict.fromkeys((*watched.files, str(path.absolute()))))
    return _keep(notebook, msgspec.structs.replace(watched, files=files), str(path))


def forget_calendar(notebook: Notebook, path: str) -> Done[str]:
    """Do not look into this file any more."""
    watched = read_watched(notebook)
    files = tuple(each for each in watched.files if each != path)
    return _keep(notebook, msgspec.structs.replace(watched, files=files), path)


def settle_meeting(notebook: Notebook, key: str) -> Done[str]:
    """Nothing is to be written about this meeting: it is not asked about again."""
    watched = read_watched(notebook)
    settled = tuple(dict.fromkeys((*watched.settled, key)))[-_REMEMBERED:]
    return _keep(notebook, msgspec.structs.replace(watched, settled=settled), key)


def read_watched(notebook: Notebook) -> Watched:
    """What is watched on this machine; nothing where that cannot be read."""
    with suppress(OSError, msgspec.DecodeError):
        return msgspec.json.decode(paths.calendars_file().read_bytes(), type=Watched)
    return Watched()


def _state(path: Path) -> tuple[int, int]:
    """What changes when somebody writes the file."""
    with suppress(OSError):
        told = path.stat()
        return told.st_mtime_ns, told.st_size
    return 0, 0


def _keep(notebook: Notebook, watched: Watched, result: str) -> Done[str]:
    file = paths.calendars_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        fresh = file.with_name(f".{file.name}.{notebook.new_id()}")
        fresh.write_bytes(msgspec.json.encode(watched))
        fresh.replace(file)
    except OSError as error:
        raise FieldnotesError(
            "What you chose about calendars could not be kept.", "Is the disk full?"
        ) from error
    return Done(result, Changes())
