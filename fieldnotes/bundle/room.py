"""Whether what was chosen fits into one file, told before any of it is written.

A bundle is a ZIP without ZIP64 (see resources/help/bundle-format.md): any program opens it, and no
reader has to know two forms of each header. That leaves room for 163 of the largest attachments,
or for millions of notes.
"""

from __future__ import annotations

from collections.abc import Collection

from fieldnotes.bundle.archive import LARGEST_FILE, MOST_ENTRIES
from fieldnotes.errors import SendingRefused

BESIDE = 4  # entries beside the attachments, at least: the type, records, manifest, signature
_HEADERS = 30 + 46 + 2 * 70  # bytes that an attachment takes beside its content
_GB = 1_000_000_000


def refuse_too_much(files: Collection[int]) -> None:
    """Raises SendingRefused where attachments of so many bytes do not fit into one file.

    They are not packed, so this is certain; of texts it shows only while they are written.
    """
    total = sum(files)
    if len(files) + BESIDE > MOST_ENTRIES or total + len(files) * _HEADERS > LARGEST_FILE:
        raise SendingRefused(
            f"{len(files):,} attached files with {total / _GB:.1f} GB are too much for one file.",
            "Send fewer notes at a time, such as those of one month.",
        )
