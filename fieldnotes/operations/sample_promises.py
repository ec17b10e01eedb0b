"""The promises that ship with the sample notes, as if made in the weeks before today."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import msgspec

from fieldnotes import paths
from fieldnotes.domain.promises import Promise, PromiseDraft
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.promises import keep_promise, make_promise, move_promise


def write_promises(notebook: Notebook) -> int:
    """Make them for the owner, their days counted from today. Returns how many."""
    today = notebook.clock().local().date()
    lines = (paths.resources() / "samples" / "promises.jsonl").read_bytes().splitlines()
    for line in lines:
        _write(notebook, msgspec.json.decode(line), today)
    return len(lines)


def _write(notebook: Notebook, told: dict[str, Any], today: date) -> None:
    until = _day(told.get("in_days"), today)
    before = _day(told.get("moved_from_days"), today)
    promise = Promise(
        what=told["what"],
        to=told.get("to", ""),
        account=told["account"],
        until=before or until,
        depends_on=told.get("depends_on", ""),
    )
    draft = PromiseDraft(id=notebook.new_id(), promise=promise)
    made = make_promise(notebook, draft).result
    if before:
        move_promise(notebook, made, until, told["why"])
    if "kept" in told:
        keep_promise(notebook, made, told["kept"])


def _day(days: int | None, today: date) -> str:
    return "" if days is None else (today + timedelta(days=days)).isoformat()
