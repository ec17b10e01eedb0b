"""Files beside a note: what kind each is, what it may be called, and which are never opened."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from typing import Any

from fieldnotes.errors import FieldnotesError

LARGEST = 25 << 20  # bytes of one attachment
_LONGEST_NAME = 120
_UNKNOWN = "application/octet-stream"
_BEGINS: tuple[tuple[bytes, str], ...] = (
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"GIF8", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"%PDF-", "application/pdf"),
    (b"ID3", "audio/mpeg"),
    (b"\xff\xfb", "audio/mpeg"),
    (b"OggS", "audio/ogg"),
    (b"fLaC", "audio/flac"),
    (b"MZ", "application/x-msdownload"),
    (b"\x7fELF", "application/x-executable"),
    (b"\xca\xfe\xba\xbe", "application/x-executable"),
    (b"\xcf\xfa\xed\xfe", "application/x-executable"),
    (b"\xce\xfa\xed\xfe", "application/x-executable"),
    (b"#!", "text/x-script"),
)
_BRANDS = {
    **dict.fromkeys((b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1"), "image/heic"),
    **dict.fromkeys((b"avif", b"avis"), "image/avif"),
    **dict.fromkeys((b"M4A ", b"M4B "), "audio/mp4"),
    b"qt  ": "video/quicktime",
}
_BY_ENDING = {
    "bmp": "image/bmp",
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "eml": "message/rfc822",
    "ics": "text/calendar",
    "m4a": "audio/mp4",
    "md": "text/markdown",
    "mp3": "audio/mpeg",
    "msg": "application/vnd.ms-outlook",
    "opus": "audio/ogg",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "svg": "image/svg+xml",
    "txt": "text/plain",
    "vcf": "text/vcard",
    "wav": "audio/wav",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
_RUNS = frozenset(
    # programs, installers, packages and disks
    "app apk appimage bin com deb dll dmg dylib elf exe gadget img ipa iso jar msi msix msp mst pif"
    " pkg rpm run scr so sys vhd vhdx war xpi"
    # scripts, and what an office program or a browser runs
    " action asp aspx bash bat cgi chm cmd command cpl csh dotm docm fish hta htm html inf ins isp"
    " js jse jsx ksh lua mht mhtml mjs osascript php phtml pl ppam potm pptm ps1 psd1 psm1 py pyc"
    " pyw pyz rb reg scf scpt sct sh shtml shs svg swf tcl terminal vb vbe vbs wasm workflow ws wsc"
    " wsf wsh xhtml xht xlam xlm xlsm xltm xll xml xsl xslt zsh"
    # what points somewhere else
    " desktop lnk library-ms search-ms settingcontent-ms theme themepack url webloc website".split()
)
_PROGRAMS = frozenset(("application/x-msdownload", "application/x-executable", "text/x-script"))
_SHA256 = re.compile(r"[0-9a-f]{64}")
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\.|$)", re.IGNORECASE)
_DRAWN = frozenset(("image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp"))


class AttachmentRefused(FieldnotesError):
    """This file cannot be attached, or not be opened; nothing was changed."""


ATTACHED = b'"attachments.'  # stands in every line that refers to content


def hashes_in(fields: Mapping[str, Any]) -> Iterator[str]:
    """The hashes of the content that these fields of a record refer to."""
    for name, value in fields.items():
        if name.startswith("attachments.") and isinstance(value, dict):
            sha256 = value.get("sha256")
            if isinstance(sha256, str) and _SHA256.fullmatch(sha256):
                yield sha256


def media_of(name: str, content: bytes) -> str:
    """The media type: by how the content begins, else by the ending of the name."""
    if content[4:8] == b"ftyp":
        return _BRANDS.get(content[8:12], "video/mp4")
    if content[:4] == b"RIFF":
        return {b"WEBP": "image/webp", b"WAVE": "audio/wav"}.get(content[8:12], _UNKNOWN)
    for begins, media in _BEGINS:
        if content.startswith(begins):
            return media
    return _BY_ENDING.get(ending(name), _UNKNOWN)


def ending(name: str) -> str:
    """What stands behind the last full stop, in small letters: what a desktop goes by."""
    stem, stop, last = name.rstrip(" .").rpartition(".")
    return last.casefold() if stop and stem else ""


def may_run(name: str, media: str = "", content: bytes = b"") -> bool:
    """Whether opening it might run something: a program, a script, or what leads to one.

    `media` and `content` as far as they are known; each can only make it worse.
    """
    told = {media, media_of("", content)} if content else {media}
    return ending(safe_name(name)) in _RUNS or bool(told & _PROGRAMS)


def can_be_drawn(media: str) -> bool:
    """Whether a small picture is made of it."""
    return media in _DRAWN


def safe_name(name: str) -> str:
    """The last part of a name without anything that hides its ending or means something to a disk.

    Control and direction characters go, so that what is read is what there is.
    """
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    seen = "".join("_" if c in '<>:"|?*' else c for c in last if _is_seen(c))
    seen = " ".join(seen.split()).strip(". ")
    if _RESERVED.match(seen):
        seen = f"_{seen}"
    return _shortened(seen) or "file"


def _is_seen(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def _shortened(name: str) -> str:
    if len(name) <= _LONGEST_NAME:
        return name
    tail = f".{ending(name)}" if len(ending(name)) <= 16 and ending(name) else ""
    return name[: _LONGEST_NAME - len(tail) - 1].rstrip() + "…" + tail
