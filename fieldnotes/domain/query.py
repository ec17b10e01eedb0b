"""Search text → filter tree, and whether a note in memory passes it.

Nothing that a person types raises: what is not a filter is a word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta

import msgspec

from fieldnotes.domain.markings import CHOICES, DEFAULT
from fieldnotes.domain.moments import seconds_of, wall_time
from fieldnotes.domain.notes import Kind, Note


class Words(msgspec.Struct, frozen=True):
    """Consecutive words; the last may be a prefix. `within`: 'all' or 'text' (title and text)."""

    text: str
    prefix: bool = False
    within: str = "all"


class Named(msgspec.Struct, frozen=True):
    """A filter by a name as written: kind, tag, account, competitor, product, stage, author…"""

    family: str
    name: str
    prefix: bool = False


class Between(msgspec.Struct, frozen=True):
    """Happened in local seconds from `first` up to, not including, `end`."""

    first: int | None
    end: int | None


class Not(msgspec.Struct, frozen=True):
    """Everything but `what`."""

    what: Words | Named | Between


Term = Words | Named | Between | Not


class Query(msgspec.Struct, frozen=True):
    """All `terms` hold. `parts`: the pieces of text that the terms were read from."""

    terms: tuple[Term, ...]
    parts: tuple[str, ...] = ()


FAMILIES = {
    "kind": "kind",
    "tag": "tag",
    "account": "account",
    "competitor": "competitor",
    "product": "product",
    "stage": "stage",
    "outcome": "outcome",
    "concern": "concern",
    "worked": "worked",
    "author": "author",
    "bundle": "bundle",
    "meeting": "meeting",
    "see": "see",
    "is": "is",
}
EVERYTHING = Query(())
_WORD = re.compile(r"[^\W_]+")
_MAYBE_MARKS = re.compile(r"[^\w\s\x00-\x7f]+")
_PIECE = re.compile(r'(-?)(?:([a-z]+):)?("(?:[^"]*)"?\*?|\S+)', re.IGNORECASE)


def parse_query(text: str) -> Query:
    """Read what a person typed: words, "phrases", prefixes*, -not, kind:, tag:, after: …"""
    terms, parts = [], []
    for piece in _PIECE.finditer(text.replace("\0", " ")):
        term = _term(piece)
        if term is not None:
            terms.append(term)
            parts.append(piece.group(0))
    return Query(tuple(terms), tuple(parts))


def is_filter(part: str) -> bool:
    """Whether a piece of text reads as a filter rather than as words (it becomes a chip)."""
    terms = parse_query(part).terms
    what = terms[0].what if terms and isinstance(terms[0], Not) else terms[0] if terms else None
    return isinstance(what, Named | Between) and len(terms) == 1


def quoted(name: str) -> str:
    """A name as it is written after `family:`."""
    return f'"{name}"' if re.search(r"\s", name) or not name else name


def words_of(text: str) -> list[str]:
    """The words that the index makes of `text`: letters and digits, no case, no marks."""
    if text.isascii():
        return _WORD.findall(text.lower())
    plain = _MAYBE_MARKS.sub(_without_marks, unicodedata.normalize("NFKD", text))
    return _WORD.findall(plain.casefold())


def spelled(text: str) -> str:
    """`text` so that a tokenizer which knows only ASCII cuts it into `words_of(text)`."""
    return text if text.isascii() else " ".join(words_of(text))


def fold(name: str) -> str:
    """Names are the same whatever their case and inner spaces."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


Alike = Callable[[str, str, bool], frozenset[str]]


def _only_itself(family: str, name: str, prefix: bool) -> frozenset[str]:
    """Without a vocabulary a name means itself."""
    return frozenset()


def matches(
    query: Query, note: Note, author: str, see: str = DEFAULT.value, alike: Alike = _only_itself
) -> bool:
    """The reference: whether `note` passes, in plain Python. `bundle:` never does here.

    `see`: the marking of the whole note. `alike`: the folded names that mean the same as a name.
    """
    return all(_holds(term, note, author, see, alike) for term in query.terms)


def other_texts(note: Note) -> list[str]:
    """What words are looked for in beside title and text: quotes, names, fields of the kind."""
    kind_fields = "did_what effect answer problem why_us result why_happy tried on_whom situation "
    kind_fields += "implication need_payoff concern opportunity stage place heard_from_person"
    texts = [getattr(note, name) for name in kind_fields.split()]
    for quote in note.quotes:
        texts += [quote.text, quote.role]
    for contact in note.contacts:
        texts += [contact.name, contact.role, contact.email, contact.phone]
    if note.meeting:
        texts += [note.meeting.account, *(person.name for person in note.meeting.people)]
    texts += [note.account, *note.competitors, *note.products, *note.tags, *note.material]
    texts += [attachment.name for attachment in note.attachments]
    return [text for text in texts if text]


def main_texts(note: Note) -> list[str]:
    """Title and text; the text for others where the text itself is hidden."""
    return [text for text in (note.title, note.text or note.text_redacted) if text]


def names_in(note: Note, family: str) -> list[str]:
    """The names that `note` carries in a family."""
    several = {
        "tag": note.tags,
        "competitor": note.competitors,
        "product": note.products,
    }.get(family)
    if several is not None:
        return list(several)
    meeting = note.meeting.id if note.meeting else ""
    one = {"kind": note.kind, "account": note.account, "stage": note.stage}
    one |= {"outcome": note.outcome, "meeting": meeting}
    one |= {"concern": note.concern, "worked": note.worked}
    return [one[family]] if one.get(family) else []


def _term(piece: re.Match[str]) -> Term | None:
    minus, family, body = piece.groups()
    term = _filter(family.lower(), _bare(body)) if family else None
    if term is None:
        written = f"{family}:{body}" if family else body
        term = _words(written, "all")
    if term is None:
        return None
    return Not(term) if minus and not isinstance(term, Not) else term


def _without_marks(found: re.Match[str]) -> str:
    return "".join(letter for letter in found.group() if not unicodedata.combining(letter))


def _bare(body: str) -> tuple[str, bool]:
    prefix = body.endswith("*")
    return body.removesuffix("*").strip('"').strip(), prefix


def _words(body: str, within: str) -> Words | None:
    text, prefix = _bare(body)
    return Words(text, prefix, within) if words_of(text) else None


def _filter(family: str, bare: tuple[str, bool]) -> Term | None:
    name, prefix = bare
    if family == "text":
        return Words(name, prefix, "text") if words_of(name) else None
    if family in ("after", "before", "on"):
        return _dates(family, name)
    if family in FAMILIES and (name or prefix):
        return Named(FAMILIES[family], _kind(name) if family == "kind" else name, prefix)
    return None


def _kind(name: str) -> str:
    singular = name.lower().removesuffix("s")
    return singular if singular in set(Kind) else name.lower()


def _dates(family: str, text: str) -> Between | None:
    span = _span(text)
    if span is None:
        return None
    first, end = span
    return {
        "after": Between(first, None),
        "before": Between(None, first),
        "on": Between(first, end),
    }[family]


def _span(text: str) -> tuple[int, int] | None:
    """A year, month or day as local seconds [first, end)."""
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?", text)
    if not found:
        return None
    year, month, day = (int(group) if group else None for group in found.groups())
    try:
        first = date(year or 1, month or 1, day or 1)
        if day:
            end = first + timedelta(days=1)
        elif month:
            end = date(first.year + month // 12, month % 12 + 1, 1)
        else:
            end = date(first.year + 1, 1, 1)
    except (ValueError, OverflowError):
        return None
    return _midnight(first), _midnight(end)


def _midnight(day: date) -> int:
    return seconds_of(wall_time(0).replace(year=day.year, month=day.month, day=day.day))


def _holds(term: Term, note: Note, author: str, see: str, alike: Alike) -> bool:
    match term:
        case Not(what):
            return not _holds(what, note, author, see, alike)
        case Between(first, end):
            when = note.happened.local_seconds if note.happened else 0
            return (first is None or when >= first) and (end is None or when < end)
        case Words(text, prefix, within):
            texts = main_texts(note) + (other_texts(note) if within == "all" else [])
            return any(_said(words_of(text), words_of(each), prefix) for each in texts)
        case Named("author", name, _):
            return _said(words_of(name), words_of(author), prefix=True)
        case Named("see", name, prefix):
            wanted = CHOICES[name.lower()].value if name.lower() in CHOICES else fold(name)
            return see.startswith(wanted) if prefix else see == wanted
        case Named(family, name, prefix):
            wanted, prefix = fold(name), prefix and family != "meeting"
            held = set(map(fold, names_in(note, family)))
            if any(n.startswith(wanted) if prefix else n == wanted for n in held):
                return True
            return bool(held) and not held.isdisjoint(alike(family, name, prefix))


def _said(wanted: list[str], said: list[str], prefix: bool) -> bool:
    size = len(wanted)
    for start in range(len(said) - size + 1 if size else 0):
        window = said[start : start + size]
        if window[:-1] == wanted[:-1] and (
            window[-1].startswith(wanted[-1]) if prefix else window[-1] == wanted[-1]
        ):
            return True
    return False
