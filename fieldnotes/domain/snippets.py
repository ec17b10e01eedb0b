"""Why a note was found: the found words in it, and the few words around the first of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from fieldnotes.domain.glances import Span
from fieldnotes.domain.query import Every, Query, Some, Term, Words
from fieldnotes.domain.words import Token, letter_by_letter, runs_only, tokens, words_of

BEFORE = 28
_LOOKED_AT = 20_000
_ELLIPSIS = "…"


def wanted_words(query: Query) -> tuple[Words, ...]:
    """The words and phrases of a query that a hit shows; what it must not show is left out."""
    return tuple(words for term in query.terms for words in _shown(term))


def found_in(text: str, words: Iterable[Words]) -> tuple[Span, ...]:
    """Where `words` stand in `text`, in order; case and marks are nothing. Neighbours are one."""
    phrases = [(words_of(each.text), each.prefix) for each in words]
    phrases = [each for each in phrases if each[0] and _may_stand_in(text, each[0])]
    if not phrases:
        return ()
    simple = _simply(text[:_LOOKED_AT], tuple((*words, prefix) for words, prefix in phrases))
    if simple is not None:
        return _together(simple, text)
    held = list(tokens(text[:_LOOKED_AT]))
    spans = (span for phrase, prefix in phrases for span in _places(held, phrase, prefix))
    return _together(sorted(spans), text)


def snippet(
    text: str, words: Sequence[Words] = (), width: int = 160, before: int = BEFORE
) -> tuple[str, tuple[Span, ...]]:
    """One line of at most about `width` characters, from `before` in front of the first found word.

    Spans count in the line that is returned. Without a found word it is the beginning of the text.
    """
    line = " ".join(text[:_LOOKED_AT].split())
    spans = found_in(line, words)
    first = spans[0][0] if spans else 0
    start = _word_start(line, first - before) if first > before else 0
    cut = line[start : start + width]
    ended = start + len(cut) >= len(line)
    lead = _ELLIPSIS if start else ""
    shown = lead + (cut if ended else cut.rstrip() + _ELLIPSIS)
    moved = ((a - start + len(lead), b - start + len(lead)) for a, b in spans if b <= start + width)
    return shown, tuple(moved)


def _simply(text: str, phrases: tuple[tuple[str | bool, ...], ...]) -> list[Span] | None:
    """Where plain words stand, without cutting the text; None where it takes more to tell."""
    plain = letter_by_letter(text)
    pattern = _pattern(phrases)
    if plain is None or pattern is None or not runs_only(plain):
        return None
    return [found.span() for found in pattern.finditer(plain)]


@lru_cache(64)
def _pattern(phrases: tuple[tuple[str | bool, ...], ...]) -> re.Pattern[str] | None:
    """Finds single words of plain letters and figures."""
    parts = []
    for *words, prefix in phrases:
        word = str(words[0])
        if len(words) > 1 or not (word.isascii() and word.isalnum()):
            return None
        end = r"[^\W_]*" if prefix else r"(?![^\W_])"
        parts.append(rf"{word}(?<![^\W_]{word}){end}")
    return re.compile("|".join(parts))


def _may_stand_in(text: str, phrase: Sequence[str]) -> bool:
    """Whether it is worth to cut the text into words."""
    return not text.isascii() or not phrase[0].isascii() or phrase[0] in text.lower()


def _shown(term: Term) -> Iterator[Words]:
    match term:
        case Words():
            yield term
        case Every(terms) | Some(terms):
            for each in terms:
                yield from _shown(each)
        case _:
            return


def _places(tokens: Sequence[Token], phrase: Sequence[str], prefix: bool) -> Iterator[Span]:
    size = len(phrase)
    if not size:
        return
    *whole, last = phrase
    for at in range(len(tokens) - size + 1):
        said = tokens[at + size - 1][0]
        ends = said.startswith(last) if prefix else said == last
        if ends and all(tokens[at + n][0] == word for n, word in enumerate(whole)):
            yield tokens[at][1], tokens[at + size - 1][2]


def _together(spans: Iterable[Span], text: str) -> tuple[Span, ...]:
    """Spans that overlap, or have nothing but space between them, become one."""
    kept: list[Span] = []
    for start, end in spans:
        if kept and not text[kept[-1][1] : start].strip():
            kept[-1] = (kept[-1][0], max(kept[-1][1], end))
        else:
            kept.append((start, end))
    return tuple(kept)


def _word_start(line: str, at: int) -> int:
    """The beginning of the next word at or after `at`, unless that is far."""
    space = line.find(" ", max(at - 1, 0), at + 16)
    return space + 1 if space >= 0 else at
