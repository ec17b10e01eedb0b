"""Templates: what a note of some occasion begins with, as a small TOML file that people can write.

A template gives a kind, a pattern for the title, headings as prompts in the text, prompts in the
fields and values for them. Headings under which nothing was written are not saved as words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import msgspec
from msgspec.structs import replace

from fieldnotes.domain.notes import KIND_FIELDS, Kind, Note
from fieldnotes.errors import FieldnotesError

LARGEST = 64 << 10  # bytes of a file
SUFFIX = ".toml"
_NAME, _LINE, _TEXT = 80, 200, 20_000
_HEADING = re.compile(r"#{1,6}\s+\S")
_LISTS = ("tags", "competitors", "products", "material")
_TEXTS = frozenset(
    {"account", "opportunity", "stage", "outcome", "place", "known_by", "sureness"}
    | {name for fields in KIND_FIELDS.values() for name in fields} - {"replies", "tries"}
)
_MEMBERS = ("name", "about", "kind", "title", "text", "prompts", "fields")
_RESERVED = re.compile(r"con|prn|aux|nul|(?:com|lpt)\d")  # by Windows
_PATTERN = re.compile(r"\{(\w+)\}")
_PATTERNS = ("account", "day", "opportunity", "competitor")


class TemplateRefused(FieldnotesError):
    """A template cannot be read or written."""


class Template(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """`about`: one line for whoever chooses; `prompts`: field → what to write there.

    `title` may hold {account}, {day}, {opportunity} and {competitor}.
    """

    name: str
    about: str = ""
    kind: str = Kind.NOTE.value
    title: str = ""
    text: str = ""
    prompts: dict[str, str] = {}
    fields: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}

    @property
    def headings(self) -> frozenset[str]:
        """The lines that only ask."""
        return frozenset(line.strip() for line in self.text.splitlines() if _is_heading(line))


def read_template(content: bytes, file: str) -> Template:
    """The template in a file. Raises TemplateRefused with one sentence, whatever the bytes are."""
    import tomllib

    try:
        if len(content) > LARGEST:
            raise ValueError("it is larger than 64 KB")
        told = tomllib.loads(content.decode("utf-8-sig"))
        return _template(told)
    except UnicodeDecodeError as error:
        raise _refused(file, "it is not written in UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise _refused(file, f"it is not TOML: {_one_line(str(error))}") from error
    except (ValueError, RecursionError) as error:
        raise _refused(file, _one_line(str(error))) from error


def write_template(template: Template) -> str:
    """The same as a file, readable and ready to be changed by hand."""
    lines = [f"name = {_quoted(template.name)}"]
    said = [(name, getattr(template, name)) for name in ("about", "kind", "title")]
    lines += [f"{name} = {_quoted(told)}" for name, told in said if told]
    if template.text:
        lines.append(f"text = {_long(template.text)}")
    values: dict[str, Any] = {**template.fields, **template.lists}
    for table, entries in (("prompts", template.prompts), ("fields", values)):
        if entries:
            lines += ["", f"[{table}]"]
            lines += [f"{name} = {_value(value)}" for name, value in entries.items()]
    return "\n".join(lines) + "\n"


def begin(note: Note, template: Template) -> Note:
    """`note` with what the template gives; what somebody has chosen or written already stays."""
    given = {name: v for name, v in template.fields.items() if not getattr(note, name)}
    lists = {
        name: tuple(dict.fromkeys((*getattr(note, name), *values)))
        for name, values in template.lists.items()
    }
    return replace(note, kind=template.kind, **given, **lists)


def began(note: Note, template: Template) -> Note:
    """`note` without what the template gave: what is left was written by somebody."""
    empty = Note()
    given = {
        name: getattr(empty, name)
        for name, v in template.fields.items()
        if getattr(note, name) == v
    }
    lists = {
        name: tuple(each for each in getattr(note, name) if each not in values)
        for name, values in template.lists.items()
    }
    return replace(note, **given, **lists)


def begin_text(text: str, template: Template) -> tuple[str, int]:
    """The text with the template's headings below it, and where to go on writing."""
    before = f"{text.rstrip()}\n\n" if text.strip() else ""
    lines = template.text.strip("\n").splitlines()
    place = len(before)
    for line in lines:
        place += len(line) + 1
        if _is_heading(line):
            break
    else:
        place = len(before)
    asked = "\n".join(lines) + "\n" if lines else ""
    return before + asked, min(place, len(before + asked))


def without_empty_headings(text: str, headings: Iterable[str]) -> str:
    """`text` without those headings under which nothing was written."""
    asked = set(headings)
    kept: list[str] = []
    waiting: list[str] = []  # a heading, and the empty lines below it
    for line in text.splitlines():
        if line.strip() in asked:
            waiting = [line]
        elif waiting and not line.strip():
            waiting.append(line)
        else:
            kept += waiting
            waiting = []
            kept.append(line)
    return "\n".join(kept).rstrip() if asked else text


def finished(note: Note, template: Template) -> Note:
    """`note` as it is saved: without empty headings, with the title that the pattern gives.

    Where nothing was written, there is no title either.
    """
    note = replace(note, text=without_empty_headings(note.text, template.headings))
    written = began(note, template)
    fields = (getattr(written, name) for kind in KIND_FIELDS.values() for name in kind)
    said = written.text.strip() or written.quotes or any(fields)
    return note if note.title or not said else replace(note, title=title_of(template, note))


def title_of(template: Template, note: Note) -> str:
    """The title by the template's pattern, without what the note does not say."""
    day = note.happened.local().date() if note.happened else None
    told = {
        "account": note.account,
        "day": day.isoformat() if isinstance(day, date) else "",
        "opportunity": note.opportunity,
        "competitor": ", ".join(note.competitors),
    }
    title = _PATTERN.sub(lambda found: told.get(found[1], found[0]), template.title)
    title = re.sub(r"\s*[:,–-]\s*(?=[,:–-]|$)", "", title)
    return re.sub(r"\s+", " ", title).strip(" ,:–-")


def template_of(name: str, note: Note) -> Template:
    """A template made of a note: its kind, its tags and its headings; nothing else of what it says.

    A text without headings is a form that somebody wrote, and is kept as it is.
    """
    headings = [line for line in note.text.splitlines() if _is_heading(line)]
    text = "\n\n".join(headings) if headings else note.text.strip()
    title = note.title
    if note.account and note.account in title:
        title = title.replace(note.account, "{account}")
    made = Template(
        name=name.strip(),
        kind=note.kind,
        title=title,
        text=f"\n{text}\n" if text else "",
        lists={"tags": note.tags} if note.tags else {},
    )
    try:
        return _checked(made)
    except ValueError as error:
        raise TemplateRefused(f"This cannot be a template: {error}.", "Change it first.") from error


def has_headings(text: str) -> bool:
    """Whether any line of it is a heading."""
    return any(map(_is_heading, text.splitlines()))


def file_name(name: str) -> str:
    """A name for its file that every system takes."""
    plain = re.sub(r"[^\w]+", "-", name.casefold()).strip("-_")
    if _RESERVED.fullmatch(plain):
        plain += "-template"
    return f"{plain[:60] or 'template'}{SUFFIX}"


def _template(told: dict[str, Any]) -> Template:
    unknown = sorted(told.keys() - set(_MEMBERS))
    if unknown:
        raise ValueError(f"it has “{unknown[0]}”, which no template has")
    texts = {name: _text(told.get(name, ""), name) for name in _MEMBERS[:5]}
    prompts = {name: _text(each, name) for name, each in _table(told, "prompts").items()}
    fields, lists = _fields(_table(told, "fields"))
    texts["kind"] = texts["kind"] or Kind.NOTE.value
    return _checked(Template(**texts, prompts=prompts, fields=fields, lists=lists))


def _checked(template: Template) -> Template:
    if not template.name.strip():
        raise ValueError("it has no name")
    for what, longest in (("name", _NAME), ("about", _LINE), ("title", _LINE), ("text", _TEXT)):
        if len(getattr(template, what)) > longest:
            raise ValueError(f"its {what} is longer than {longest} characters")
        if what != "text" and not getattr(template, what).isprintable():
            raise ValueError(f"its {what} is more than one plain line")
    if template.kind not in set(Kind):
        raise ValueError(f"“{template.kind}” is no kind of note")
    for name in template.prompts:
        if name not in _TEXTS:
            raise ValueError(f"it asks for “{name}”, which no note has")
    for name in _PATTERN.findall(template.title):
        if name not in _PATTERNS:
            raise ValueError(f"its title says {{{name}}}, which nothing fills")
    return template


def _fields(told: Mapping[str, Any]) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    fields: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    for name, value in told.items():
        if name in _LISTS and isinstance(value, list):
            lists[name] = tuple(_text(each, name) for each in value)
        elif name in _TEXTS:
            fields[name] = _text(value, name)
        else:
            raise ValueError(f"it fills “{name}”, which no note has in this form")
    return fields, lists


def _table(told: Mapping[str, Any], name: str) -> dict[str, Any]:
    found = told.get(name, {})
    if not isinstance(found, dict):
        raise ValueError(f"its {name} are no table")
    return found


def _text(value: Any, name: str) -> str:
    if not isinstance(value, str):
        raise ValueError(f"its {name} is no text")
    return value


def _is_heading(line: str) -> bool:
    return _HEADING.match(line.strip()) is not None


def _refused(file: str, why: str) -> TemplateRefused:
    return TemplateRefused(
        f"The template {file} cannot be used: {why}.", "Correct the file, or take it away."
    )


def _one_line(words: str) -> str:
    return " ".join(words.split()).rstrip(".")


def _quoted(text: str) -> str:
    """A TOML basic string: JSON's escapes, and DEL as well."""
    told = msgspec.json.encode(text).decode()
    return told.replace("\x7f", "\\u007f")


def _long(text: str) -> str:
    """Lines as lines, in quotes that take no escapes, where the text allows it."""
    plain = all(c in "\n\t" or c.isprintable() for c in text)
    if not plain or "'''" in text or text.endswith("'"):
        return _quoted(text)
    return f"'''\n{text.lstrip(chr(10))}'''"


def _value(value: str | tuple[str, ...]) -> str:
    if isinstance(value, str):
        return _quoted(value)
    return "[" + ", ".join(map(_quoted, value)) + "]"
