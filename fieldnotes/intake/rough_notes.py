"""Rough notes in a file (.txt, .md, .eml) → their text: one boundary for other people's bytes."""

from __future__ import annotations

import email
import re
from email.message import EmailMessage
from email.policy import default
from html.parser import HTMLParser
from pathlib import Path

import msgspec

from fieldnotes.errors import IntakeRefused

ENDINGS = (".txt", ".md", ".markdown", ".text", ".eml")
LARGEST_TEXT = 1 << 20
_LARGEST_FILE = 40 << 20
_NULS = 8  # more of them, and it is no text
_BROKEN = (ValueError, LookupError, TypeError, AttributeError, RecursionError, AssertionError)
"""What the e-mail package was seen to raise on broken messages."""


class RoughNotes(msgspec.Struct, frozen=True):
    """`title`: the subject of an e-mail, else ''."""

    text: str
    title: str = ""


def read_rough_notes(path: Path) -> RoughNotes:
    """The words of a file. Raises IntakeRefused."""
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise IntakeRefused(f"{path.name} is too large for notes.", "Paste the part you need.")
        content = path.read_bytes()
    except OSError as error:
        raise IntakeRefused(f"{path.name} could not be read.", "Is it still there?") from error
    return rough_notes(content, path.name)


def rough_notes(content: bytes, name: str) -> RoughNotes:
    """The words of the content of a file. Raises IntakeRefused."""
    found = _of_email(content) if name.lower().endswith(".eml") else RoughNotes(_decoded(content))
    found = RoughNotes(found.text.replace("\0", ""), found.title)
    if not found.text.strip():
        raise IntakeRefused(f"{name} holds no words.", "Paste the text instead.")
    if len(found.text) > LARGEST_TEXT:
        raise IntakeRefused(f"{name} is too large for notes.", "Paste the part you need.")
    return found


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", errors="replace")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    return "" if text.count("\0") > _NULS else text


def _of_email(content: bytes) -> RoughNotes:
    """Subject and words; the plain part, else the HTML one without its marks."""
    try:
        message = email.message_from_bytes(content, policy=default)
        assert isinstance(message, EmailMessage)
        title = " ".join(str(message.get("subject", "")).split())[:300]
        part = message.get_body(("plain", "html"))
        if part is None:
            return RoughNotes("", title)
        text = str(part.get_content())
        plain = _without_marks(text) if part.get_content_subtype() == "html" else text
    except _BROKEN:
        return RoughNotes(_decoded(content).partition("\n\n")[2])
    return RoughNotes(plain.replace("\r\n", "\n"), title)


class _Words(HTMLParser):
    _LINES = frozenset("p div br li tr h1 h2 h3 h4 h5 h6 ul ol table blockquote".split())
    _SILENT = frozenset(("script", "style", "head", "title"))

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self._silent += tag in self._SILENT
        if tag in self._LINES:
            self.parts.append("\n- " if tag == "li" else "\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in self._SILENT))
        if tag in self._LINES:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(re.sub(r"\s+", " ", data))


def _without_marks(html: str) -> str:
    words = _Words()
    words.feed(html)
    words.close()
    return re.sub(r"\n{3,}", "\n\n", "".join(words.parts)).strip()
