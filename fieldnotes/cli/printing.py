"""How results look on a terminal, and as JSON for other programs."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from fieldnotes.domain import note_fields
from fieldnotes.domain.attachments import safe_name
from fieldnotes.domain.markings import IN_WORDS, marking
from fieldnotes.domain.views import NoteView
from fieldnotes.operations.attachments import Held

if TYPE_CHECKING:
    from fieldnotes.operations.facets import Facets


def emit(as_json: bool, told: Mapping[str, Any], lines: list[str]) -> None:
    """The keys as one JSON object, or lines for people."""
    if as_json:
        print(msgspec.json.encode(told).decode())
    else:
        for line in lines:
            print(plain(line))


def plain(text: str) -> str:
    """Without control characters: nothing that a note contains steers a terminal."""
    return "".join(c if c == "\n" or c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)


def found(view: NoteView) -> dict[str, Any]:
    """A hit of find."""
    return {
        "id": view.id,
        "kind": view.note.kind,
        "title": view.note.heading,
        "account": view.note.account,
        "competitors": list(view.note.competitors),
        "tags": list(view.note.tags),
        "happened": happened(view),
        "author": view.author_name,
    }


def found_line(view: NoteView) -> str:
    """A hit for people."""
    names = [view.note.account, *(f"#{tag}" for tag in view.note.tags)]
    where = "  ".join(name for name in names if name)
    return f"{happened(view)[:10]}  {view.note.kind:<10}  {view.note.heading}  {where}".rstrip()


def facets(told: Facets) -> dict[str, Any]:
    """Counts by family and name, the most first."""
    by_family = {
        family: {value.name: value.notes for value in values}
        for family, values in told.by_family.items()
    }
    return {"total": told.total, **by_family, "more": told.more}


def facets_lines(told: Facets) -> list[str]:
    """The same for people."""
    lines = ["1 note" if told.total == 1 else f"{told.total:,} notes"]
    for family, values in told.by_family.items():
        left = told.more[family]
        if values:
            lines += ["", f"{family.capitalize()}{f', {left:,} more' if left else ''}"]
        lines += [f"{value.notes:>9,}  {value.name}" for value in values]
    return lines


def happened(view: NoteView) -> str:
    """ISO 8601: the day, or local time with its offset."""
    when = view.happened.local()
    return when.date().isoformat() if view.note.whole_day else when.isoformat(timespec="seconds")


def whole(view: NoteView, files: tuple[Held, ...] = ()) -> dict[str, Any]:
    """Everything that is known of a note."""
    return {
        **found(view),
        "attachments": [_file(each) for each in files],
        "author_id": view.author,
        "fields": note_fields.to_fields(view.note),
        "hidden": list(view.hidden),
        "marking": view.marking,
        "note_no": view.note_no,
        "removed": view.removed,
        "rev": view.rev,
        "revision": view.revision,
        "sent": view.sent,
        "versions": view.versions,
    }


def whole_lines(view: NoteView, files: tuple[Held, ...] = ()) -> list[str]:
    """A note for people."""
    note = view.note
    about = [note.kind, view.author_name, happened(view), note.account, note.stage, note.outcome]
    lines = [note.heading, " · ".join(part for part in about if part)]
    lines.append(f"Who may see it: {IN_WORDS[marking(view.marking)]}")
    lines += [f"“{quote.text}” {quote.role}".rstrip() for quote in note.quotes]
    if note.text and note.text != note.heading:
        lines += ["", note.text]
    names = [*note.competitors, *note.products, *(f"#{tag}" for tag in note.tags)]
    if names:
        lines += ["", "  ".join(names)]
    lines += [_file_line(each) for each in files]
    if view.hidden:
        lines.append(f"Hidden by the author: {', '.join(view.hidden)}")
    if view.versions > 1:
        lines.append(f"Edited twice: {view.versions} versions are kept.")
    if view.removed:
        lines.append(f"Removed: {view.removed}")
    return lines


def _file(file: Held) -> dict[str, Any]:
    told = file.attachment
    about = {"name": told.name, "media": told.media, "size": told.size, "sha256": told.sha256}
    return about | {"here": file.here, "runs": file.runs}


def _file_line(file: Held) -> str:
    size = f"{max(1, file.attachment.size // 1000):,} kB"
    state = "" if file.here else ", not here"
    warning = ", a program or script" if file.runs else ""
    return f"Attached: {safe_name(file.attachment.name)} ({size}{state}{warning})"


def progress(told: str) -> Callable[[int, int], None]:
    """A bar on standard error for long work, only on a terminal."""
    if not sys.stderr.isatty():
        return lambda done, total: None
    shown = -1

    def show(done: int, total: int) -> None:
        nonlocal shown
        percent = 100 * done // total if total else 100
        if percent != shown:
            shown = percent
            bar = "█" * (percent // 4)
            end = "\r\033[K" if done >= total else ""
            sys.stderr.write(f"\r{told} {bar:<25} {percent:3} %{end}")
            sys.stderr.flush()

    return show
