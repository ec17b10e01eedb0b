"""Send notes that were checked: make the file, and remember what went to whom."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import msgspec

from fieldnotes.bundle.room import refuse_too_much
from fieldnotes.bundle.writer import Cover, part_of, write_bundle
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.covers import new_cover
from fieldnotes.operations.going import lines
from fieldnotes.operations.ledger import remember
from fieldnotes.operations.notebook import Notebook, begin_file
from fieldnotes.operations.opening import Locked, lock_for
from fieldnotes.operations.people_along import TYPES as ABOUT_PEOPLE
from fieldnotes.operations.sending_plans import Progress, SendingPlan, quiet
from fieldnotes.operations.went import Went

MANY = 1_000  # notes; of more it is told that many changed


class Sent(msgspec.Struct, frozen=True):
    """A file that was made. `continued`: cells too long for one, which go on elsewhere in it."""

    path: Path
    manifest: dict[str, Any]
    hidden: int
    not_sent: int
    continued: int = 0
    locked: Locked = "open"


def send(
    notebook: Notebook,
    plan: SendingPlan,
    path: Path,
    title: str = "",
    note: str = "",
    progress: Progress = quiet,
    *,
    unsealed: bool = False,
    passphrase: str = "",
    cover: Cover | None = None,
) -> Done[Sent]:
    """Make the file that was checked. Raises SendingRefused; then nothing was sent.

    It is sealed for the recipients whose keys are known, or locked with `passphrase` where one is
    given; `unsealed` leaves it open. A file for oneself is always sealed. `cover`: another one
    than that of a new file.
    A library that can only be read does not remember that it was sent.
    """
    selection, library = plan.selection, notebook.library
    refuse_too_much(plan.files.values())
    locked, lock = lock_for(
        notebook, selection.audience, plan.sealed_for, unsealed=unsealed, passphrase=passphrase
    )
    if plan.loosened:
        with library.transaction():
            for copy in plan.loosened:
                library.records.put(copy.revision.id, [copy])
    cover = cover or new_cover(notebook, plan, title, note)
    if not library.read_only:
        begin_file(notebook, part_of(path))
    with Went() as went, closing(lines(notebook, plan, went, progress)) as told:
        blobs = _blobs(notebook, plan)
        manifest = write_bundle(path, cover, told, blobs, library.owner, lock, plan.whole)
        if not library.read_only:
            remember(notebook, plan, manifest, path, went)
    return sent(plan, path, manifest, locked=locked)


def sent(
    plan: SendingPlan,
    path: Path,
    manifest: dict[str, Any],
    continued: int = 0,
    locked: Locked = "open",
) -> Done[Sent]:
    """What is told of a file that was made."""
    tally = plan.tally
    result = Sent(path, manifest, tally.hidden, tally.not_sent, continued, locked)
    changed = None if len(plan.items) > MANY or not plan.items else frozenset(_ids(plan))
    return Done(result, Changes(changed, sendings=True, promises=plan.selection.promises))


def _ids(plan: SendingPlan) -> Iterator[str]:
    return (item.id for item in plan.items if not item.not_sent)


def notes_in(sent: Sent) -> int:
    """Records in the file but those that say who is who."""
    kinds: dict[str, int] = sent.manifest["by_kind"]
    return int(sent.manifest["records"]) - sum(kinds.get(type_, 0) for type_ in ABOUT_PEOPLE)


def _blobs(notebook: Notebook, plan: SendingPlan) -> Iterator[tuple[str, bytes]]:
    for sha256 in sorted(plan.files):
        content = notebook.library.blobs.get(sha256)
        if content is not None:
            yield sha256, content
