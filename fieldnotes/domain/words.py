"""How text is cut into words: once, for the index, the query, the reference and the highlights.

A word is a run of letters and digits without case and marks. Chinese and Japanese are written
without spaces, so each of their signs is a word of its own, and a phrase of them finds a part of a
longer one. Signs that belong to a name or a number are words as well, so that `C++`, `.NET`, `F#`,
`25%` and `€200` are found as such and not as `c`, `net`, `f`, `25` and `200`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

Token = tuple[str, int, int]

_KANA = "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff"
_CJK = _KANA + "\u2e80-\u2fd5\u3005-\u3007\u3021-\u3029\u3400-\u4dbf"
_CJK += "\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_PICTURES = "\u2600-\u27bf\U0001f000-\U0001faff"
_SPELLED = {"+": "\ue010", "#": "\ue011", "%": "\ue012", ".": "\ue013", "$": "\ue014"}
_ALONE = f"[{_CJK}{_PICTURES}€£¥\ue010-\ue014]"  # a word by itself, wherever it stands
_DOT = r"\.(?<![\w.]\.)(?=[^\W\d_])"
_SIGNS = re.compile(rf"[$%]|(?<=[^\W_])[+#]+(?![^\W_])|{_DOT}")
_LEADING_DOT = re.compile(_DOT)  # begins with what it looks for, which makes it fast
_ASCII_WORD = re.compile(r"[a-z0-9]+")
_ODD = re.compile(r"[^\x00-\x7f]")
_LONE = re.compile(_ALONE)
_ANY_WORD = re.compile(f"{_ALONE}|(?:(?!{_ALONE})[^\\W_])+")
_MAYBE_MARKS = re.compile(r"[^\w\s\x00-\x7f]+")
_VOICES = "\u3099\u309a"  # marks that make another kana, as not all marks do
_VOICED = re.compile(f"[{_KANA}][{_VOICES}]")

# Line ends, other controls, and what turns the direction of writing round.
STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")


def words_of(text: str) -> list[str]:
    """The words of `text`, in order."""
    if text.isascii():
        plain = text.lower()
        if not _may_have_signs(plain):
            return _ASCII_WORD.findall(plain)
    else:
        plain = _MAYBE_MARKS.sub(_without_marks, unicodedata.normalize("NFKD", text))
        if _VOICES[0] in plain or _VOICES[1] in plain:
            plain = _VOICED.sub(_composed, plain).translate(_NO_VOICES)
        plain = plain.casefold()
    return _ANY_WORD.findall(_SIGNS.sub(_sign_spelled, plain))


def tokens(text: str) -> Iterator[Token]:
    """Every word of `words_of(text)` with the span of `text` in which it stands."""
    if (plain := letter_by_letter(text)) is not None:
        words = _ANY_WORD if not text.isascii() or _may_have_signs(plain) else _ASCII_WORD
        for found in words.finditer(_SIGNS.sub(_sign_in_place, plain)):
            yield found.group(), *found.span()
    else:
        yield from _tokens_of_any(text)


def letter_by_letter(text: str) -> str | None:
    """`text` without case and marks where each letter stays one, so that places stay as well."""
    if text.isascii():
        return text.lower()
    odd = {letter for letter in set(text) if not letter.isascii()}
    folded = {ord(letter): _one_letter(letter) for letter in odd}
    return None if None in folded.values() else text.translate(folded).lower()


@lru_cache(4096)
def _one_letter(letter: str) -> str | None:
    """A letter as words have it, a space for what is in none; None where it becomes several."""
    parts = list(unicodedata.normalize("NFKD", letter))
    folded = "".join(part for part in parts if not unicodedata.combining(part)).casefold()
    if any(part in _VOICES for part in parts):
        return None
    if len(folded) > 1 and not words_of(folded):
        return " "
    return folded if len(folded) == 1 else None


def _tokens_of_any(text: str) -> Iterator[Token]:
    plain: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for part in letter if letter.isascii() else unicodedata.normalize("NFKD", letter):
            voiced = _VOICED.fullmatch(plain[-1] + part) if part in _VOICES and plain else None
            if voiced is not None:
                plain[-1] = _composed(voiced)
            elif not unicodedata.combining(part):
                for folded in part.casefold():
                    plain.append(folded)
                    places.append(place)
    for found in _ANY_WORD.finditer(_SIGNS.sub(_sign_in_place, "".join(plain))):
        end = places[found.end() - 1] + 1
        while end < len(text) and unicodedata.combining(text[end]):
            end += 1
        yield found.group(), places[found.start()], end


def spelled(text: str) -> str:
    """`text` so that a tokenizer which knows only ASCII cuts it into `words_of(text)`."""
    return " ".join(words_of(text)) if _may_have_signs(text) else _spelled_without_signs(text)


def all_spelled(texts: Sequence[str], between: str) -> str:
    """Each of `texts` as `spelled` has it, with `between` between them."""
    together = " ".join(texts)  # looked at once: most texts are plain
    if _may_have_signs(together):
        return between.join(map(spelled, texts))
    return between.join(texts if together.isascii() else map(_spelled_without_signs, texts))


def _spelled_without_signs(text: str) -> str:
    return text if text.isascii() else "".join(_spelled_where_odd(text))


def _spelled_where_odd(text: str) -> Iterator[str]:
    """Only what stands between two spaces and has letters beyond ASCII is cut into words."""
    at = 0
    for found in _ODD.finditer(text):
        if found.start() >= at:
            begin, end = text.rfind(" ", at, found.start()) + 1, text.find(" ", found.start())
            begin, end = max(begin, at), end if end >= 0 else len(text)
            yield text[at:begin]
            yield " ".join(words_of(text[begin:end]))
            at = end
    yield text[at:]


def is_whole(word: str) -> bool:
    """Whether no longer word begins with this one: a sign that stands by itself."""
    return _LONE.fullmatch(word) is not None


def runs_only(plain: str) -> bool:
    """Whether every word of a text without case and marks is a run of letters and figures."""
    return plain.isascii() or _LONE.search(plain) is None


def in_one_line(text: str) -> str:
    """`text` so that it reads from its beginning to its end, beside whatever else is shown."""
    return " ".join(STEERING.sub(" ", text).split())


def fold(name: str) -> str:
    """Names are the same whatever their case and inner spaces."""
    return " ".join(unicodedata.normalize("NFC", name).casefold().replace("\0", " ").split())


def said(wanted: list[str], words: list[str], prefix: bool) -> bool:
    """Whether `wanted` stand in `words` one after the other; the last may be a beginning."""
    if not wanted:
        return False
    *whole, last = wanted
    size = len(wanted)
    for start in range(len(words) - size + 1):
        end = words[start + size - 1]
        if (end.startswith(last) if prefix else end == last) and (
            words[start : start + size - 1] == whole
        ):
            return True
    return False


def is_called(name: str, wanted: str) -> bool:
    """Whether the words of `wanted` stand in `name`, the last perhaps as a beginning.

    What has no words, such as a dash, is looked for as it is written.
    """
    words = words_of(wanted)
    return said(words, words_of(name), prefix=True) if words else fold(name) == fold(wanted)


def _may_have_signs(text: str) -> bool:
    """Most texts have none, and this is asked of every text."""
    return (
        "%" in text
        or "+" in text
        or "#" in text
        or "$" in text
        or _LEADING_DOT.search(text) is not None
    )


def _without_marks(found: re.Match[str]) -> str:
    return "".join(c for c in found.group() if c in _VOICES or not unicodedata.combining(c))


def _composed(found: re.Match[str]) -> str:
    """The kana with its mark as one; alone where there is no such kana."""
    one = unicodedata.normalize("NFC", found.group())
    return one if len(one) == 1 else one[0]


_NO_VOICES = dict.fromkeys(map(ord, _VOICES))


def _sign_spelled(found: re.Match[str]) -> str:
    return " " + " ".join(_SPELLED[sign] for sign in found.group()) + " "


def _sign_in_place(found: re.Match[str]) -> str:
    return "".join(_SPELLED[sign] for sign in found.group())
