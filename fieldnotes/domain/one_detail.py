"""The one detail that makes a note useful to others, asked only when it is really missing.

The rules are a table that people read and write (`resources/one-detail.toml`, and a file of the
same name in a library); this module says what its lines mean.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import lru_cache

import msgspec

from fieldnotes.domain.languages import guess_language
from fieldnotes.domain.notes import Kind, Note
from fieldnotes.errors import FieldnotesError

LEADS = {"en": "One detail helps:", "de": "Ein Detail hilft:", "fr": "Un détail aide :"}
"""What stands before a question, in its language."""
ENOUGH = 45
"""Words: whoever wrote more said more than "too expensive"."""
_LEAST = 12
_ASK_ON = "The other rules ask on."
_WRITTEN = ("did_what", "effect", "problem", "result", "situation", "implication")
_FIELDS = frozenset(Note.__struct_fields__) | {"roles"}
_ANSWER = re.compile(r"(?ims)^\W*(response|answer|we said|antwort|réponse)\s*:.*")
_LINK = re.compile(r"\]\([^)]*\)|https?://\S+")
Words = dict[str, tuple[str, ...]]
"""Language → words. `*` stands for any ending, alone for up to three words, `#` for a number."""


class RulesRefused(FieldnotesError):
    """This table of rules cannot be read."""


class Rule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When to ask, and what.

    It looks at notes of these `kinds` with at most `at_most` words. It asks where one of the words
    of `heard` is found, a field holds what `where` says, or all fields of `filled` hold something
    (always, if none of the three is given), unless a word of `told` is found or one of the fields
    `told_in` holds something. `roles`: somebody who is quoted or met has a role.
    """

    kinds: tuple[Kind, ...]
    ask: dict[str, str] = {}
    heard: Words = {}
    where: dict[str, str] = {}
    filled: tuple[str, ...] = ()
    told: Words = {}
    told_in: tuple[str, ...] = ()
    at_most: int = ENOUGH
    off: bool = False


Rules = Mapping[str, Rule]
"""By name, in the order in which they are tried."""


class Missing(msgspec.Struct, frozen=True):
    """The rule that asks, its question, and the language of the question."""

    rule: str
    question: str
    language: str


def parse_rules(table: str, where: str) -> Rules:
    """The rules of a table (TOML); `where` names it to a person. Raises RulesRefused."""
    try:
        rules = msgspec.toml.decode(table, type=dict[str, Rule])
    except (msgspec.DecodeError, RecursionError) as error:
        raise RulesRefused(
            f"{where} cannot be read: {error}.", "The other rules ask on."
        ) from error
    for name, rule in rules.items():
        unknown = {*rule.filled, *rule.told_in, *rule.where} - _FIELDS
        if unknown or not (rule.ask or rule.off):
            why = f"there is no field {min(unknown)}" if unknown else "it asks nothing"
            raise RulesRefused(f"{where}, rule {name}: {why}.", _ASK_ON)
    return rules


def together(own: Rules, built_in: Rules) -> Rules:
    """A company's own rules first; one of the same name takes the place of a built-in one."""
    return {**own, **{name: rule for name, rule in built_in.items() if name not in own}}


def missing_detail(note: Note, rules: Rules) -> Missing | None:
    """At most one detail; None as well while there is hardly any text to judge."""
    said = _plain("\n".join(_written(note)))
    if len(said.strip()) < _LEAST:
        return None
    count = len(said.split())
    for name, rule in rules.items():
        if rule.off or note.kind not in rule.kinds or count > rule.at_most:
            continue
        language = _raised(rule, note, said)
        if language is not None and not _told(rule, note, said):
            return _asked(name, rule, language or note.language or guess_language(said))
    return None


def _raised(rule: Rule, note: Note, said: str) -> str | None:
    """The language of the words that raise the question, '' where a field does; None: nothing."""
    heard = _found(rule.heard, said)
    if heard is not None:
        return heard
    chosen = any(_says(note, field, value) for field, value in rule.where.items())
    filled = bool(rule.filled) and all(_holds(note, field) for field in rule.filled)
    always = not (rule.heard or rule.where or rule.filled)
    return "" if chosen or filled or always else None


def _told(rule: Rule, note: Note, said: str) -> bool:
    return _found(rule.told, said) is not None or any(_holds(note, each) for each in rule.told_in)


def _asked(name: str, rule: Rule, language: str) -> Missing:
    told = language if language in rule.ask else "en" if "en" in rule.ask else min(rule.ask)
    return Missing(name, rule.ask[told], told)


def _says(note: Note, field: str, value: str) -> bool:
    if (field, value) == ("quotes", "without a role"):
        return any(not quote.role for quote in note.quotes)
    return bool(getattr(note, field, None) == value)


def _holds(note: Note, field: str) -> bool:
    if field == "roles":
        return any([each.role for each in note.quotes] + [each.role for each in note.contacts])
    return getattr(note, field) not in ("", (), None)


def _written(note: Note) -> Iterable[str]:
    """Everything that was written but the answer, which is not what was heard."""
    yield from ("" if note.title in note.text else note.title, _ANSWER.sub("", note.text))
    yield from (getattr(note, name) for name in _WRITTEN)
    yield from (quote.text for quote in note.quotes)


def _found(words: Words, said: str) -> str | None:
    """The first language of which a word is said."""
    return next((each for each in words if _pattern(words[each]).search(said)), None)


@lru_cache(maxsize=256)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str]:
    """One expression for all of them, over text as `_plain` gives it."""
    return re.compile("|".join(map(_one, words)) or r"(?!)")


def _one(words: str) -> str:
    gap = r"(?: \S+){0,3}"
    parts = [gap if part == "*" else f" {_part(part)}" for part in _plain(words).split()]
    return rf"(?<!\w){''.join(parts).removeprefix(' ')}(?!\w)"


def _part(word: str) -> str:
    return re.escape(word).replace(r"\*", r"\w*").replace(r"\#", r"\d[\d.,]*")


def _plain(text: str) -> str:
    """Small letters without accents, one kind of apostrophe, single spaces, no addresses."""
    text = _LINK.sub(" ", text).casefold().replace("’", "'")
    spread = unicodedata.normalize("NFKD", text)
    return " ".join("".join(each for each in spread if not unicodedata.combining(each)).split())
