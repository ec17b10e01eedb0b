"""Promises in what somebody writes: 'I promised Marta the sheet by Friday'.

Small rules, looked at sentence by sentence, in English, German and French. What stands between
quotation marks is somebody else's word, a question promises nothing, and neither does a sentence
about what others promised. A sentence of `_SAID` counts with or without a day; one of `_WILL`
('I'll send …', 'ich schicke …', "j'enverrai …") only where it names the day by which.
"""

from __future__ import annotations

import re

import msgspec

from fieldnotes.domain.moments import Moment
from fieldnotes.domain.until_when import read_until

LONGEST = 400  # characters of a sentence that is looked at
_WHAT = 200

_SAID = (
    # I promised Marta … · we have promised to … · Promised a price …
    r"(?:(?:^|\b(?:i|we)(?:'ve|\s+have|\s+had)?\s+(?:also\s+|just\s+)?)promised)\s+(?P<rest>.+)",
    # I owe them …
    r"\b(?:i|we)\s+owe\s+(?P<rest>.+)",
    # Ich habe Marta bis Freitag eine Liste versprochen · habe versprochen, bis …
    r"(?:^|\b(?:ich|wir)\s+)(?:hab|habe|haben)\s+(?:ich\s+|wir\s+)?(?P<mid>(?:.+?\s+)?)"
    r"(?:versprochen|zugesagt|zugesichert)\b[,:]?\s*(?P<rest>.*)",
    # Versprochen: … · Zugesagt, bis …
    r"^(?:versprochen|zugesagt)\s*[,:]\s*(?P<rest>.+)",
    # J'ai promis à Marta de … · je leur ai promis … · nous avons promis …
    r"(?:\bj'ai|^ai|\bje\s+(?:lui|leur|vous|t')\s*ai|\b(?:nous|on)\s+(?:lui\s+|leur\s+|vous\s+)?"
    r"(?:avons|a))\s+promis\b[,:]?\s*(?P<rest>.+)",
    r"^promis\s*[,:]\s*(?P<rest>.+)",
)
_WILL = (
    r"\b(?:i|we)(?:'ll|\s+will|'m\s+going\s+to|\s+am\s+going\s+to|'re\s+going\s+to)\s+(?P<rest>.+)",
    r"\b(?:ich|wir)\s+(?:werden?\s+)?(?P<rest>(?:.*\b)?(?:schick|send|liefer|meld|ruf|besorg|klär|"
    r"prüf|reich|kümmer|stell|bring|mach)\w*\b.*)",
    r"\b(?:je\s+vais|nous\s+allons)\s+(?P<rest>.+)",
    r"\b(?:j'|je\s+|nous\s+)(?:(?:lui|leur|vous)\s+)?(?P<rest>(?:enverr|livrer|appeller|rappeller|"
    r"fer|préparer|prepar|donner)(?:ai|ons)\b.*)",
)
_HINT = re.compile(
    r"promis|versproch|zugesagt|zugesichert|\bowe\b|'ll\b|\bwill\b|going to|\bvais\b|allons|\bj'|"
    r"\b(?:ich|wir|nous|je)\b",
    re.IGNORECASE,
)
_SAID_RULES = [re.compile(rule, re.IGNORECASE) for rule in _SAID]
_WILL_RULES = [re.compile(rule, re.IGNORECASE) for rule in _WILL]
_NOT = re.compile(
    r"\b(?:if|unless|wenn|falls|ob|si)\s+(?:i|we|ich|wir|je|j'|nous)\b"
    r"|\b(?:nicht|nichts|nie|niemals|keine?n?|rien|jamais|never)\b.*\b(?:versprochen|zugesagt|promis|promised)\b"
    r"|\b(?:i|we)\s+(?:will|'ll)?\s*(?:not|never)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|\"[^\"]*\"")
_SENTENCE = re.compile(r".+?(?:[!?;](?=\s|$)|(?<!\d)\.(?=\s|$)|(?<=\d)\.(?=\s+[^\W\d_a-zäöüß])|$)")
_STRONG = (
    r"by|until|till|before|no later than|not later than|bis zum|bis|spätestens|d'ici à|d'ici|avant"
)
_WEAK = r"on|for|in|within|am|zum|für|pour|jusqu'à|le|dans|vor"
_BARE = (
    r"today|tonight|tomorrow|next|this|end|heute|morgen|übermorgen|nächste\w*|ende|diese\w*|demain"
    r"|aujourd'hui|fin|ce"
)
_PLACE = re.compile(
    rf"(?<!\w)(?:(?P<strong>(?:{_STRONG})\s+)|(?P<weak>(?:{_WEAK})\s+)|(?=(?:{_BARE})\b))",
    re.IGNORECASE,
)
_PRONOUN = re.compile(
    r"^(?:to\s+)?(?:them|him|her|you|everyone|everybody|ihnen|ihm|ihr|euch|dir|dem kunden)\b\s*",
    re.IGNORECASE,
)
_NAME = r"(?:(?:Mr|Mrs|Ms|Dr|Frau|Herrn?|Mme|M)\.?\s+)?[A-ZÄÖÜÉ][a-zäöüßéèç'’-]+"
_WHOM_FIRST = re.compile(rf"^(?:to\s+|à\s+)?(?P<to>{_NAME}(?:\s+{_NAME}){{0,2}})\s*,?\s+(?=\S)")
_WHOM_IN = re.compile(rf"\b(?:to|for|à|pour|an|für)\s+(?P<to>{_NAME}(?:\s+{_NAME})?)")
_TITLED = re.compile(rf"\b(?P<to>(?:Frau|Herrn?|Dr\.)\s+{_NAME})")


class SpokenPromise(msgspec.Struct, frozen=True):
    """`said`: the sentence; `until`: ISO or ''."""

    said: str
    what: str
    to: str = ""
    until: str = ""


def spoken_promises(text: str, now: Moment) -> list[SpokenPromise]:
    """The promises that `text` speaks of, in its order. `now` gives weekdays their day."""
    found = []
    for line in _QUOTED.sub(lambda quote: " " * len(quote[0]), text).splitlines():
        for sentence in _SENTENCE.findall(line):
            promise = _promise(sentence.strip(" \t-–•*").replace("’", "'"), now)
            if promise is not None:
                found.append(promise)
    return found


def _promise(sentence: str, now: Moment) -> SpokenPromise | None:
    if len(sentence) > LONGEST or sentence.endswith("?") or not _HINT.search(sentence):
        return None
    if _NOT.search(sentence):
        return None
    for rules, needs_day in ((_SAID_RULES, False), (_WILL_RULES, True)):
        for rule in rules:
            if found := rule.search(sentence):
                promise = _told(sentence, found, now)
                if promise and (promise.until or not needs_day):
                    return promise
    return None


def _told(sentence: str, found: re.Match[str], now: Moment) -> SpokenPromise | None:
    parts = found.groupdict()
    first = (parts.get("mid") or "").strip()
    rest = (parts["rest"] or "").strip(" .!;,:")
    german = "mid" in parts
    told = f"{first} {rest}".strip() if german else rest
    told = _PRONOUN.sub("", told)
    told, until, lone = _without_day(told, now)
    to = lone if german else ""
    if not to and not german and (whom := _WHOM_FIRST.match(told)):
        to, told = whom["to"], told[whom.end() :]
    if not to and (whom := (_TITLED if german else _WHOM_IN).search(told)):
        to = whom["to"]
    if to and told.startswith(f"{to} "):
        told = told[len(to) :]
    what = _without_leads(told)
    if german:
        what = re.sub(r"\bzu\s+(?=[a-zäöü]+e?n\b)", "", what)
    return SpokenPromise(sentence, what[:_WHAT], to.strip(), until) if what else None


def _without_leads(told: str) -> str:
    """Without 'to', 'that', 'dass', 'de' in front, and without marks at the ends."""
    before = ""
    while told != before:
        before = told
        told = re.sub(r"(?i)^(?:(?:to|that|dass|de|que|zu)\s+|d'|qu'|[,:–-]\s*)", "", told.strip())
    return " ".join(told.split()).strip(" ,.;:")


def _without_day(told: str, now: Moment) -> tuple[str, str, str]:
    """(the words without the day, the day, a lone name in front of it)."""
    best: tuple[bool, int, int, str] | None = None
    for place in _PLACE.finditer(told):
        words = list(re.finditer(r"\S+", told[place.end() :]))[:5]
        for size in range(len(words), 0, -1):
            end = place.end() + words[size - 1].end()
            until = read_until(told[place.end() : end], now)
            if until is not None:
                strong = bool(place["strong"])
                if best is None or strong or not best[0]:
                    best = (strong, place.start(), end, until)
                break
    if best is None:
        return told, "", ""
    _strong, start, end, until = best
    before = told[:start].strip()
    lone = before if re.fullmatch(_NAME, before) and told[end:].strip(" .,") else ""
    return f"{told[:start]} {told[end:]}", until, lone
