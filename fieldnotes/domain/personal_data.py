"""What rules alone can tell of people in free text: addresses, numbers, and names.

Precision before recall: what is pointed out should be worth a look. Nothing here is complete.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

import msgspec

from fieldnotes.domain.known_people import KnownPeople


class What(StrEnum):
    """What was found, and the word that stands in its place once it is hidden."""

    EMAIL = "e-mail"
    PHONE = "phone number"
    BANK = "bank account"
    CARD = "card number"
    NAME = "name"

    @property
    def instead(self) -> str:
        """The neutral word."""
        return f"[{self.value}]"


class Find(msgspec.Struct, frozen=True):
    """Something in the free text of a field, from `start` to before `end`."""

    field: str
    start: int
    end: int
    what: What

    @property
    def key(self) -> str:
        """Names it within one version."""
        return key_of(self.field, self.start, self.end)


def key_of(field: str, start: int, end: int) -> str:
    """Names a place within one version, whose words never change, without repeating them."""
    return f"{field}:{start}:{end}"


_NOTE = (
    "title text text_redacted place opportunity did_what effect answer problem why_us result"
    " why_happy tried on_whom situation implication need_payoff heard_from.person consent.who"
    " consent.wording"
).split()
_PROMISE = "what depends_on reason".split()
_LISTS = ("material", "tags")
_PARTS = {"quotes": ("text", "role"), "attachments": ("name",), "moves": ("why",)}
FREE = frozenset((*_NOTE, *_PROMISE, *_LISTS))


def free_texts(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(field, its free text); parts of one field stand on lines of their own."""
    for name, value in values.items():
        if isinstance(value, str):
            if value and (name in FREE or _is_role(name)):
                yield name, value
        elif isinstance(value, list):
            if name in _LISTS:
                yield name, "\n".join(part for part in value if isinstance(part, str))
        elif isinstance(value, dict):
            parts = _PARTS.get(name.partition(".")[0], ())
            yield name, "\n".join(p for part in parts if isinstance(p := value.get(part), str))


def finds_in(
    field: str, text: str, phones: Iterable[tuple[int, int]], people: KnownPeople, near: Near
) -> list[Find]:
    """Everything that is found in the text of one field, in order, none within another.

    `phones`: where phone numbers stand; to know them takes tables that are not ours.
    """
    found = [Find(field, *span, What.EMAIL) for span in _emails(text)]
    found += [Find(field, *span, What.BANK) for span in _banks(text)]
    found += [Find(field, *span, What.CARD) for span in _cards(text)]
    found += [Find(field, *span, What.PHONE) for span in phones]
    found += [Find(field, *span, What.NAME) for span in people.spans(text, near.account, near.own)]
    found += [Find(field, *span, What.NAME) for span in _titled(text, near.things)]
    return _apart(found)


class Near(msgspec.Struct, frozen=True):
    """What stands beside a text: its account, the people of its note, and names of things."""

    account: str = ""
    own: tuple[str, ...] = ()
    things: tuple[str, ...] = ()


def without(text: str, hide: Iterable[tuple[str, What]]) -> str:
    """`text` with neutral words in place of every occurrence of these, the longest first."""
    for words, what in sorted(hide, key=lambda each: -len(each[0])):
        text = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", lambda _, w=what: w.instead, text)  # type: ignore[misc]
    return text


def _is_role(name: str) -> bool:
    return name.startswith("contacts.") and name.endswith(".role")


def _apart(found: list[Find]) -> list[Find]:
    """None that lies in another; of two that overlap the longer one."""
    kept: list[Find] = []
    for find in sorted(found, key=lambda each: (each.start - each.end, each.start)):
        if all(find.end <= other.start or other.end <= find.start for other in kept):
            kept.append(find)
    return sorted(kept, key=lambda each: each.start)


# --- addresses and numbers ---------------------------------------------------------------------

_EMAIL = re.compile(
    r"(?<![\w.+%-])[\w+%][\w.+%'-]{0,63}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,24}(?![\w@])"
)
_BANK = re.compile(r"(?<![^\W_])[A-Z]{2}\d\d(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?![^\W_])")
_CARD = re.compile(r"(?<![\w.,/+-])\d(?:[ -]?\d){12,18}(?![\w/]|[.,-]\d)")
_CARDS = re.compile(
    r"4\d{12}(?:\d{3})?(?:\d{3})?|5[1-5]\d{14}|2(?:2[2-9]|[3-6]\d|7[01]|720)\d{12,13}"
    r"|3[47]\d{13}|3(?:0[0-5]|[68]\d)\d{11}|35\d{14}|6(?:011|5\d\d|4[4-9]\d)\d{12}"
)


def _emails(text: str) -> Iterator[tuple[int, int]]:
    if "@" in text:
        yield from (found.span() for found in _EMAIL.finditer(text))


def _banks(text: str) -> Iterator[tuple[int, int]]:
    """IBANs with right check digits (ISO 13616); a word behind one may look like its end."""
    for found in _BANK.finditer(text):
        said = found.group()
        while len(said.replace(" ", "")) >= 15:
            if _is_iban(said.replace(" ", "")):
                yield found.start(), found.start() + len(said)
                break
            said = said.rpartition(" ")[0]


def _is_iban(said: str) -> bool:
    digits = "".join(str(int(sign, 36)) for sign in said[4:] + said[:4])
    return int(digits) % 97 == 1


def _cards(text: str) -> Iterator[tuple[int, int]]:
    """Numbers of the large card makers with a right check digit (Luhn)."""
    for found in _CARD.finditer(text):
        digits = re.sub(r"\D", "", found.group())
        if _CARDS.fullmatch(digits) and _checks(digits) and len(set(digits)) > 1:
            yield found.span()


def _checks(digits: str) -> bool:
    doubled = (2 * int(digit) for digit in digits[-2::-2])
    return (sum(map(int, digits[::-2])) + sum(d - 9 * (d > 9) for d in doubled)) % 10 == 0


# --- names with a title ------------------------------------------------------------------------

_TITLES = (
    r"(?:Mr|Mrs|Ms|Mx|Dr|Prof|Sig|Sra|Dhr|Mevr|Hr|Mme|Mlle)\b\.?|(?:Herrn?|Frau|Monsieur|Madame"
    r"|Señora?|Signora?|Mevrouw|Meneer|Professor)\b"
)
_BETWEEN = r"(?:[ \u00a0](?:Dr\.?|Prof\.?|Ing\.?|Dipl\.-Ing\.|von|van|de|der|den|zu|da|di))*"
_CALLED = r"[^\W\d_a-zß-öø-ÿ][\w'’]*[^\W\d_A-ZÀ-ÖØ-Þ](?:-[^\W\d_a-z]\w+)?"
_TITLED = re.compile(
    rf"(?<![^\W_])(?:{_TITLES}){_BETWEEN}[ \u00a0](?P<first>{_CALLED})(?:[ \u00a0]{_CALLED})?"
)
_NOBODY = frozenset(
    (
        "chef chefin direktor direktorin doktor geschäftsführer geschäftsführerin kollege kollegin"
        " minister ministerin präsident präsidentin vorstand universe president chairman"
        " chairwoman speaker right wonderful big der die das und oder the and or in is was ist hat"
        " has said sagt monday tuesday wednesday thursday friday saturday sunday montag dienstag"
        " mittwoch donnerstag freitag samstag sonntag"
    ).split()
)


def _titled(text: str, things: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    for found in _TITLED.finditer(text):
        start, end = found.span()
        if text[found.end("first") :][:1].isspace() and end > found.end("first"):
            second = text[found.end("first") : end].strip().casefold()
            end = found.end("first") if second in _NOBODY else end
        if found["first"].casefold() in _NOBODY or _is_thing(found.group(), things):
            continue
        yield start, end


def _is_thing(said: str, things: tuple[str, ...]) -> bool:
    """Dr. Oetker is a customer, and nobody's doctor."""
    plain = said.replace(".", "").casefold()
    return any(len(name) > 3 and name.replace(".", "").casefold() in plain for name in things)
