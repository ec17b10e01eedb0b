"""After a file was made: a draft of an e-mail with it, or a copy in the folder of a team."""

from __future__ import annotations

import shutil
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from mimetypes import guess_type
from pathlib import Path

from fieldnotes.bundle.card_file import is_address
from fieldnotes.bundle.manifest import MEDIA_TYPE, SUFFIX
from fieldnotes.bundle.writer import put_file
from fieldnotes.errors import SendingRefused
from fieldnotes.operations.cards import own_address
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.people import address_of

LARGEST_MAIL = 100 << 20
"""Above it no e-mail program is asked: hardly a mail server takes 25 MB."""


def draft_mail(notebook: Notebook, file: Path, recipient: str, title: str, folder: Path) -> Path:
    """An e-mail with `file` attached, to be looked at and sent by hand; returns where it lies.

    `recipient` as in the file's manifest; the address is filled in where it is known. `folder`:
    where the draft goes, which its caller takes away again. Raises SendingRefused.
    """
    try:
        if file.stat().st_size > LARGEST_MAIL:
            raise SendingRefused(
                "This file is too large for an e-mail.", "Put it in your team folder."
            )
        content = file.read_bytes()
    except OSError as error:
        raise SendingRefused(f"{file.name} is not there any more.", "Make it again.") from error
    mail = EmailMessage(policy=SMTP)
    mail["X-Unsent"] = "1"  # opens as a draft that can be sent
    mail["Subject"] = _one_line(title) or "Fieldnotes"
    if to := [each for each in address_of(notebook, recipient).split(", ") if is_address(each)]:
        mail["To"] = ", ".join(to)
    if own_address(notebook):
        mail["From"] = own_address(notebook)
    mail.set_content(_WORDS + (_HOW if file.suffix == SUFFIX else ""))
    maintype, _, subtype = _media(file, content).partition("/")
    mail.add_attachment(content, maintype=maintype, subtype=subtype, filename=file.name)
    draft = folder / f"{file.stem}.eml"
    put_file(draft, lambda part: _write(part, bytes(mail)))
    return draft


def put_in_folder(file: Path, folder: Path) -> Path:
    """A copy of `file` in `folder`, whole or not at all; an older one there keeps its name.

    Raises SendingRefused.
    """
    if not folder.is_dir():
        raise SendingRefused(f"The folder {folder} is not there.", "Choose another one.")
    target = _free(folder, file)
    if target is None:
        return folder / file.name
    put_file(target, lambda part: _copy(file, part))
    return target


def _media(file: Path, content: bytes) -> str:
    if file.suffix == SUFFIX and content.startswith(b"PK"):
        return MEDIA_TYPE.decode()
    return guess_type(file.name)[0] or "application/octet-stream"


def _free(folder: Path, file: Path) -> Path | None:
    """A name that nothing else there has; None where this very file lies there already."""
    number = 1
    while True:
        name = file.name if number == 1 else f"{file.stem}-{number}{file.suffix}"
        target = folder / name
        with suppress(OSError):
            if target.samefile(file):
                return None
        if not target.exists():
            return target
        number += 1


def _copy(file: Path, part: Path) -> None:
    shutil.copyfile(file, part)


def _write(part: Path, content: bytes) -> None:
    part.write_bytes(content)


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


_WORDS = """\
The attached file holds notes from Fieldnotes.
"""
_HOW = """
Open it with a double click, or with "Read in notes" in Fieldnotes.
"""
