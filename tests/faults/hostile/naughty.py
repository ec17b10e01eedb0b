"""Values that somebody hostile would try: texts, numbers and trees that JSON can hold, and more."""

from __future__ import annotations

from random import Random
from typing import Any

TEXTS = (
    "",
    " ",
    "\0",
    "a\0b",
    "\n\r\t",
    "\x1b[2J\x07",
    "invoice\u202efdp.exe",
    "\u2066\u2067\u2068 never closed",
    "\u200b\u200d\ufeff\u2028\u2029",
    "e\u0301",
    "\u00e9",
    "\u0130I\u0131i \u00df\u1e9e \ufb03",
    "M\u0430r\u0430 Keel",
    "\u0301" * 300,
    "\U0001f469\u200d\U0001f469\u200d\U0001f467 \U0010ffff \uffff \ue000 \ue010\ue013",
    "\u0661\u0662\u0663 \u00b2 \U0001d7d9",
    "\u5c71\u7530\u3055\u3093 \u3099",
    "a" * 5_000,
    "word " * 2_000,
    "'; DROP TABLE history; --",
    "<img src='file:///dev/zero'><script>alert(1)</script>",
    "=cmd|' /C calc'!A0",
    "../../etc/passwd",
    "C:\\Windows\\NUL",
    "offer.pdf.exe",
    "%s%n {0} ${HOME} `id`",
    '"unclosed AND (NEAR* OR -',
    'tag:* account:"x kind:win after:9999-99-99',
    "#tag @account !competitor ^product",
    "-",
    "2026-02-30",
    "2026-03-31",
    "9999-12-31",
    "0001-01-01",
    "10000-01-01",
    "2026-03-31T25:61",
    "0000-00-00T00:00",
    "red",
    "clear",
    "erase",
    "note",
    "0" * 64,
    "00000000-0000-7000-8000-000000000000",
    "FFFFFFFF-FFFF-FFFF-FFFF-FFFFFFFFFFFF",
)
NUMBERS = (
    *(0, 1, -1, 2, 59, 60, 1439, -1439, 1440, 2**31 - 1, 2**31, -(2**31), 2**32),
    *(2**53 - 1, -(2**53) + 1, 253_402_300_799_999, 253_402_300_800_000),
)
TOO_LARGE = (2**53, 2**63, 2**64, -(2**63) - 1, 10**30)


def number(random: Random) -> int:
    """One that a line may hold, at the edge of something; one in twenty that it may not."""
    return random.choice(TOO_LARGE if random.random() < 0.05 else NUMBERS)


def value(random: Random, depth: int = 0) -> Any:
    """Anything that a hostile line may hold; now and then something that no line may."""
    kind = random.randrange(12 if depth < 3 else 8)
    if kind < 4:
        return random.choice(TEXTS)
    if kind < 6:
        return number(random)
    if kind < 8:
        return random.choice((None, True, False, [], {}))
    size = random.choice((0, 1, 2, 3, 40)) if depth < 2 else 1
    if kind < 10:
        return [value(random, depth + 1) for _ in range(size)]
    if kind < 11:
        return {random.choice(TEXTS): value(random, depth + 1) for _ in range(size)}
    return _deep(random.choice((5, 20, 28, 28, 40)))


def moment(random: Random) -> list[Any]:
    """A moment that is mostly well formed and far off."""
    if random.random() < 0.1:
        return [number(random)] * random.randrange(4)
    return [number(random), random.choice((0, 60, -720, 1439, -1439))]


def altered(random: Random, tree: Any) -> Any:
    """The same tree with one thing in it replaced, added, doubled or taken away."""
    if isinstance(tree, dict) and tree and random.random() < 0.8:
        name = random.choice(sorted(tree))
        others = {each: held for each, held in tree.items() if each != name}
        way = random.randrange(5)
        if way == 0:
            return others
        if way == 1:
            return {**others, random.choice((*TEXTS, *tree)): tree[name]}
        return {**others, name: altered(random, tree[name])}
    if isinstance(tree, list) and tree and random.random() < 0.8:
        at = random.randrange(len(tree))
        way = random.randrange(5)
        if way == 0:
            return tree[:at] + tree[at + 1 :]
        if way == 1:
            return [*tree, *tree[at:]]
        return [*tree[:at], altered(random, tree[at]), *tree[at + 1 :]]
    if isinstance(tree, str) and tree and random.random() < 0.3:
        at = random.randrange(len(tree))
        return tree[:at] + random.choice(("", "0", "A", "\0", "\u202e", tree)) + tree[at + 1 :]
    return value(random)


def altered_bytes(random: Random, content: bytes) -> bytes:
    """The same bytes with one to four places flipped, set, cut out, doubled, moved or cut off."""
    made = bytearray(content)
    for _ in range(random.choice((1, 1, 1, 2, 4))):
        if not made:
            break
        at = random.randrange(len(made))
        size = random.choice((1, 1, 2, 4, 30, 300))
        piece = bytes(made[at : at + size])
        way = random.randrange(7)
        if way == 0:
            made[at] ^= 1 << random.randrange(8)
        elif way == 1:
            made[at] = random.choice((0, 1, 9, 10, 34, 44, 58, 91, 92, 93, 123, 125, 127, 128, 255))
        elif way == 2:
            del made[at : at + size]
        elif way == 3:
            made[at:at] = piece
        elif way == 4:
            to = random.randrange(len(made))
            made[to : to + size] = piece
        elif way == 5:
            told = number(random) & 0xFFFFFFFF
            made[at : at + 4] = told.to_bytes(4, random.choice(("little", "big")))
        else:
            del made[at:]
    return bytes(made)


def _deep(levels: int) -> Any:
    tree: Any = []
    for _ in range(levels):
        tree = [tree]
    return tree
