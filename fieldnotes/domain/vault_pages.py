"""How the columns of a note lie on a Markdown page with properties above, and back.

The text of the note is the page's. What follows the last `ENDS` is made from the properties, for
people to read: quotes, and the files beside. Tags are mended where Obsidian would not take them;
`tags_as_written` keeps them then.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from fieldnotes.domain.attachments import safe_name
from fieldnotes.domain.note_columns import COLUMNS, Columns

ENDS = "\n\n%% Fieldnotes: what follows is made from the properties %%\n"
FILES = "attachments_file"  # where each attached file lies beside, '' where it does not
TAGS = "tags_as_written"
INDEX = "fieldnotes_index"  # a page that lists notes and is none
_LONGEST_NAME = 140  # bytes of UTF-8, with room for a number and an ending on every system
_IN_LINKS = re.compile(r"[\[\]#^|%]+")  # what means something in a link


def page_of(columns: Columns, files: Sequence[str] = ()) -> tuple[dict[str, Any], str]:
    """The properties and the page below them. `files`: where each attachment lies, or ''."""
    properties: dict[str, Any] = {name: each for name, each in columns.items() if name != "text"}
    tags = columns.get("tags")
    if isinstance(tags, list):
        properties["tags"] = list(dict.fromkeys(map(tag_of, tags)))
        if properties["tags"] != tags:
            properties[TAGS] = tags
    if any(files):
        properties[FILES] = list(files)
    text = str(columns.get("text", ""))
    below = _below(columns, files)
    return properties, f"{text}{ENDS}{below}" if below or ENDS in text else f"{text}\n"


def columns_in(properties: Mapping[str, Any], page: str) -> Columns:
    """What `page_of` was given; properties that somebody added are left out."""
    told = {name: each for name, each in properties.items() if name in COLUMNS}
    if TAGS in properties:
        told["tags"] = properties[TAGS]
    text, ends, _ = page.rpartition(ENDS)
    told["text"] = text if ends else page.removesuffix("\n")
    return told


def tag_of(tag: str) -> str:
    """The tag as Obsidian takes it: letters, digits, `_`, `-` and `/`, and not digits alone."""
    plain = "".join(c if c in "_-/" or unicodedata.category(c)[0] in "LMN" else "-" for c in (
        tag.replace(":", "/")
    )).strip("/")  # fmt: skip
    plain = re.sub(r"/{2,}", "/", plain)
    return f"_{plain}" if not plain or plain.isnumeric() else plain


def page_name(day: str, heading: str) -> str:
    """A file name without its ending that every system takes and links can hold."""
    words = safe_name(_IN_LINKS.sub(" ", heading.replace("/", " ").replace("\\", " ")))
    words = "" if words == "file" and "file" not in heading else words
    return shortened(" ".join(f"{day} {words}".split())) or "note"


def shortened(name: str, most: int = _LONGEST_NAME) -> str:
    """As much of a name as every disk takes; `most` in bytes of UTF-8."""
    return name.encode()[:most].decode(errors="ignore").rstrip(" .")


def _below(columns: Columns, files: Sequence[str]) -> str:
    quotes, roles = _list(columns, "quotes"), _list(columns, "quotes_role")
    parts = []
    for place, quote in enumerate(quotes):
        role = roles[place] if place < len(roles) else ""
        lines = [*quote.splitlines(), f"— {role}"] if role else quote.splitlines()
        parts.append("".join(f"\n> {line}" for line in lines))
    parts += [f"\n![[{file}]]" for file in files if file]
    return "\n".join(parts) + "\n" if parts else ""


def _list(columns: Columns, name: str) -> list[str]:
    value = columns.get(name)
    return value if isinstance(value, list) else []
