"""Files beside notes: attach them, look at them, hand out a copy.

The order carries the promise: content first, then the draft or the record that refers to it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec.structs import replace

from fieldnotes.domain.attachments import (
    LARGEST,
    AttachmentRefused,
    ending,
    may_run,
    media_of,
    safe_name,
)
from fieldnotes.domain.drafts import OpenDraft
from fieldnotes.domain.notes import Attachment
from fieldnotes.errors import FieldnotesError, NoSuchNote
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.drafts import keep_draft, read_draft
from fieldnotes.operations.notebook import Notebook

Progress = Callable[[int, int], None]
Draw = Callable[[bytes, str], bytes]


class Source(msgspec.Struct, frozen=True):
    """Something to attach. `read` gives its content; it is called beside the window."""

    name: str
    read: Callable[[], bytes]


class Attached(msgspec.Struct, frozen=True):
    """A file that was kept. `place_kept`: a place may be in it, and cannot be taken out."""

    attachment: Attachment
    place_kept: bool


class Attaching(msgspec.Struct, frozen=True):
    """What became of several files."""

    attached: tuple[Attached, ...] = ()
    refused: tuple[FieldnotesError, ...] = ()


class Held(msgspec.Struct, frozen=True):
    """An attachment as it is here. `here`: its content has arrived; `runs`: never opened."""

    attachment: Attachment
    here: bool
    runs: bool


def from_path(path: Path) -> Source:
    """A file on this computer."""
    return Source(path.name, lambda: _read(path))


def attach(notebook: Notebook, source: Source) -> Attached:
    """Keep a file without the place where it was made; durable when this returns.

    Raises AttachmentRefused for what is too large, empty or cannot be read.
    """
    from fieldnotes.intake.whereabouts import Place, without_place

    name = safe_name(source.name)
    content = source.read()
    _check_size(name, len(content))
    media = media_of(name, content)
    cleaned = without_place(content, media)
    sha256 = notebook.library.blobs.put(cleaned.content, notebook.clock().ms)
    file = Attachment(notebook.new_id(), name, media, len(cleaned.content), sha256)
    return Attached(file, cleaned.place is Place.KEPT)


def attach_all(
    notebook: Notebook, sources: Iterable[Source], progress: Progress = lambda done, total: None
) -> Done[Attaching]:
    """Keep several files; one that is refused keeps no other from being attached."""
    several = list(sources)
    attached: list[Attached] = []
    refused: list[FieldnotesError] = []
    for done, source in enumerate(several):
        progress(done, len(several))
        try:
            attached.append(attach(notebook, source))
        except FieldnotesError as error:
            refused.append(error)
    return Done(Attaching(tuple(attached), tuple(refused)), Changes())


def add_to_draft(notebook: Notebook, draft: OpenDraft, attached: Iterable[Attached]) -> Done[str]:
    """Put files into a draft whose window was closed meanwhile; `draft`: as it was then."""
    draft = replace(draft, open=False)
    with suppress(NoSuchNote):
        draft = read_draft(notebook, draft.draft.id)
    note = draft.draft.note
    files = (*note.attachments, *(each.attachment for each in attached))
    fresh = replace(draft.draft, note=replace(note, attachments=files))
    return keep_draft(notebook, replace(draft, draft=fresh))


def keep_again(notebook: Notebook, attachment: Attachment) -> Done[Attachment]:
    """Make sure that something taken out can come back. Raises AttachmentRefused if it is gone."""
    content = _content(notebook, attachment)
    notebook.library.blobs.put(content, notebook.clock().ms)
    return Done(attachment, Changes())


# --- looking ----------------------------------------------------------------------------------


def held(notebook: Notebook, attachments: Iterable[Attachment]) -> tuple[Held, ...]:
    """The attachments of a note as they are here."""
    found = []
    for each in attachments:
        begins = notebook.library.blobs.begins(each.sha256)
        size = notebook.library.blobs.size(each.sha256)
        runs = may_run(each.name, each.media, begins or b"")
        told = each if size is None else replace(each, size=size)  # a sender may say anything
        found.append(Held(told, size is not None, runs))
    return tuple(found)


def thumbnail(notebook: Notebook, sha256: str, draw: Draw) -> bytes | None:
    """A small picture, drawn once by `draw` (content, media) and kept; None where there is none."""
    kept = notebook.library.thumbnails.get(sha256)
    if kept is None:
        content = notebook.library.blobs.get(sha256)
        if content is None:
            return None
        kept = draw(content, media_of("", content))
        notebook.library.thumbnails.keep(sha256, kept)
    return kept or None


def copy_to_open(notebook: Notebook, attachment: Attachment, folder: Path) -> Path:
    """A copy for another program to show. Raises AttachmentRefused for whatever might run."""
    content = _content(notebook, attachment)
    if may_run(attachment.name, attachment.media, content[:64]):
        raise AttachmentRefused(
            f"{safe_name(attachment.name)} is a program or a script: it is not opened from here.",
            "Save it if you trust who sent it.",
        )
    path = folder / attachment.sha256[:16] / _with_ending(attachment, content)
    path.parent.mkdir(parents=True, exist_ok=True)
    if not (path.is_file() and path.read_bytes() == content):
        path.unlink(missing_ok=True)
        _write(path, content)
        path.chmod(0o400)  # whoever changes the copy would think that the note changed
    return path


def save_copy(notebook: Notebook, attachment: Attachment, path: Path) -> Done[Path]:
    """Write the content to a place of somebody's choice. Raises AttachmentRefused."""
    content = _content(notebook, attachment)
    part = path.with_name(f".{path.name}.part")
    try:
        _write(part, content)
        part.replace(path)
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return Done(path, Changes())


def _content(notebook: Notebook, attachment: Attachment) -> bytes:
    content = notebook.library.blobs.get(attachment.sha256)
    if content is None:
        raise AttachmentRefused(
            f"{safe_name(attachment.name)} itself is not here, only its name.",
            "Ask whoever sent the note for the file.",
        )
    return content


def _with_ending(attachment: Attachment, content: bytes) -> str:
    """One that nothing tells apart from a program gets an ending that no program has."""
    name = safe_name(attachment.name)
    return name if ending(name) else f"{name}.{_ENDINGS.get(media_of('', content), 'bin.txt')}"


_ENDINGS = {
    "application/pdf": "pdf",
    "audio/mpeg": "mp3",
    "image/gif": "gif",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/webp": "webp",
}


def _write(path: Path, content: bytes) -> None:
    try:
        with path.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise AttachmentRefused(
            f"{path.name} could not be written: {error.strerror or 'the disk refused'}.",
            "Choose another folder, or free some space.",
        ) from error


def _read(path: Path) -> bytes:
    if not path.is_file():  # a pipe or a device would never end
        raise AttachmentRefused(f"There is no file {path.name}.", "Choose another one.")
    try:
        with path.open("rb") as file:
            _check_size(path.name, os.fstat(file.fileno()).st_size)
            return file.read(LARGEST + 1)
    except OSError as error:
        raise AttachmentRefused(
            f"{path.name} cannot be read.", "Copy it to this computer and try again."
        ) from error


def _check_size(name: str, size: int) -> None:
    if size > LARGEST:
        raise AttachmentRefused(
            f"{name} is larger than {LARGEST >> 20} MB, so it cannot be attached.",
            "Write down where it lies instead.",
        )
    if not size:
        raise AttachmentRefused(f"{name} is empty, so there is nothing to attach.")
