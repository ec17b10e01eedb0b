"""Notes by invented sellers, as many as anybody asks for and the same ones for a seed.

Words follow Zipf's law: real ones that salespeople use most, then made-up ones, the more the more
notes there are (Heaps' law).
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache, cached_property
from itertools import accumulate
from uuid import UUID

import msgspec

from fieldnotes.domain import note_fields
from fieldnotes.domain.markings import DEFAULT, Marking
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import (
    CONCERNS,
    DID,
    KNOWN_BY,
    OUTCOMES,
    STAGES,
    TYPE,
    WORKED,
    Kind,
    Meeting,
    Note,
    Quote,
)
from fieldnotes.domain.people import Identity, KeyCard
from fieldnotes.domain.records import Copy, Revision, digests_under
from fieldnotes.operations.notebook import new_id
from fieldnotes.trust.identity import author_of, renamed, signed

PART = 1_000  # notes made together: those of a few hours to a few weeks
LAST_DAY = date(2026, 10, 30)
AUTHORS, ACCOUNTS, COMPETITORS, PRODUCTS, TAGS = 40, 5_000, 60, 30, 400
OFFSET = 60  # minutes
_EPOCH = date(1970, 1, 1)
KINDS = {
    Kind.NOTE: 30,
    Kind.OBJECTION: 25,
    Kind.COMPETITOR: 18,
    Kind.PROBLEM: 10,
    Kind.PITCH: 9,
    Kind.WIN: 8,
}
MARKINGS = {DEFAULT: 90, Marking.CLEAR: 6, Marking.RED: 4}
ROLES = ("buyer", "head of production", "CFO", "IT lead", "shift manager", "owner", "engineer")
USED_MOST = (
    "the and to of a in they it for is we that with our on as not he she have at be this but from"
    " are by or was an would has if their will so what which can do when there more about who one"
    " no his her all been had were its than them out up only some into could time other then now"
    " also two first after new because any these most may over year next before too how many"
    " through where much should well last still even just between under again since week month"
    " why while both few each does same another without said says asked told wants wanted need"
    " needs think thinks know knows get got make made take took see saw give gave use uses work"
    " works want like look call called came come going back down off away never always often once"
    " price discount offer contract renewal customer competitor budget quarter delivery support"
    " service product demo pricing proposal meeting buyer team plant machine order volume quality"
    " cheaper expensive savings cost costs payment terms lead sample samples trial pilot rollout"
    " migration integration software licence training maintenance warranty downtime shift night"
    " production warehouse supplier suppliers purchasing procurement tender deadline decision"
    " board manager director engineer operator safety audit compliance security data report"
    " dashboard spreadsheet export import invoice credit shipping stock season spring summer"
    " autumn winter march april september january holiday trade fair visit call email phone"
    " reference story win lost loss objection concern trust timing fit risk switch switching"
    " promise promised follow schedule later soon today tomorrow yesterday monday friday morning"
    " afternoon minutes hours days weeks months percent half double third euro thousand million"
    " faster slower better worse easier harder simple complex happy unhappy angry worried curious"
    " interested ready open closed signed pending urgent small large big long short early late"
    " free extra annual monthly local global direct final main own old current good bad best"
).split()
_SYLLABLES = (
    "ba be bo bra bre dan del der do dra el en er fa fen fi for gal gar ge gra hal hel ho in is ka"
    " kel ken kla ko lan len li lo lum ma mar mel mi mon na nel nor o pan pel per pra qua ra ren ri"
    " ro sal sen ska so sta stel ta ten ter tor tra u val ven ver vi vol wen wil za zen zo"
).split()
_ENDINGS = ("", "", "", "s", "t", "n", "ing", "ed", "er", "ung", "tion", "ment", "able", "ly")
_FIRMS = ("Foods", "Glass", "GmbH", "AG", "Systems", "Chemie", "Logistics", "& Sons", "Energy")


class World(msgspec.Struct, frozen=True, dict=True):
    """Who and what there is: everything that all notes of a library draw from."""

    seed: int
    notes: int

    @cached_property
    def words(self) -> Zipf:
        """Words of texts, the most used first."""
        count = int(150_000 * (self.notes / 1_000_000) ** 0.5)
        return Zipf([*USED_MOST, *self._words("words", max(count, 2_000))], 1.0)

    @cached_property
    def accounts(self) -> Zipf:
        """Names of customers."""
        chance = self.chance("firms")
        names = [f"{w.title()} {chance.choice(_FIRMS)}" for w in self._words("accounts", ACCOUNTS)]
        return Zipf(names, 0.8)

    @cached_property
    def competitors(self) -> Zipf:
        """Names of competitors."""
        return Zipf([word.title() for word in self._words("competitors", COMPETITORS)], 1.0)

    @cached_property
    def products(self) -> Zipf:
        """Names of products."""
        words = self._words("products", PRODUCTS)
        return Zipf([f"{word.title()} {100 * (at + 1)}" for at, word in enumerate(words)], 0.8)

    @cached_property
    def tags(self) -> Zipf:
        """Tags, plain ones that people know first, some of them with a family."""
        families = ("region", "industry", "team", "campaign")
        plain = USED_MOST[150:250]
        made = self._words("tags", TAGS - len(plain))
        return Zipf([*plain, *(f"{families[at % 4]}:{w}" for at, w in enumerate(made))], 0.9)

    @cached_property
    def owner(self) -> Identity:
        """Whose library it is: a marketer who writes no notes."""
        return self._person("Marketing", "owner")

    @cached_property
    def authors(self) -> list[Identity]:
        """The sellers."""
        words = [word.title() for word in self._words("people", 2 * AUTHORS)]
        names = [f"{words[2 * at]} {words[2 * at + 1]}" for at in range(AUTHORS)]
        return [self._person(name, f"author {at}") for at, name in enumerate(names)]

    @cached_property
    def devices(self) -> list[str]:
        """The laptop of each seller."""
        chance = self.chance("devices")
        return [str(UUID(int=chance.getrandbits(128), version=4)) for _ in range(AUTHORS)]

    @cached_property
    def days(self) -> list[int]:
        """Working days as local seconds: three years of them, six of more than five million."""
        first = LAST_DAY - timedelta(days=365 * (6 if self.notes > 5_000_000 else 3))
        all_days = (first + timedelta(days=n) for n in range((LAST_DAY - first).days + 1))
        return [(day - _EPOCH).days * 86_400 for day in all_days if day.weekday() < 5]

    def chance(self, what: object) -> random.Random:
        """Chances that repeat."""
        return random.Random(f"{self.seed}/{what}")

    def _words(self, what: str, count: int) -> list[str]:
        chance, found = self.chance(what), dict[str, None]()
        while len(found) < count:
            word = "".join(chance.choices(_SYLLABLES, k=chance.choice((2, 2, 3, 3, 4))))
            word += chance.choice(_ENDINGS)
            if chance.random() < 0.005:
                word = word.replace("a", "ä", 1).replace("e", "é", 1)
            found[word] = None
        return list(found)

    def _person(self, name: str, what: str) -> Identity:
        """Keys that follow from the seed, unlike anybody's real ones."""
        from nacl.bindings import crypto_scalarmult_base
        from nacl.signing import SigningKey

        seed = hashlib.sha256(f"{self.seed}/{what}/signs".encode()).digest()
        secret = hashlib.sha256(f"{self.seed}/{what}/seals".encode()).digest()
        seals = _bech32("age", crypto_scalarmult_base(secret))
        signs = bytes(SigningKey(seed).verify_key).hex()
        made = Moment(self.days[0] * 1000, OFFSET)
        card = KeyCard(author_of(signs, seals), "", signs, seals, made, "")
        identity = Identity(seed, _bech32("age-secret-key-", secret).upper(), card)
        return renamed(identity, name, made)


class Zipf:
    """Things of which the nth is drawn 1/n^s as often as the first."""

    def __init__(self, things: Sequence[str], s: float) -> None:
        self.things = things
        self._weights = list(accumulate(1 / (rank + 1) ** s for rank in range(len(things))))

    def draw(self, chance: random.Random, count: int = 1) -> list[str]:
        """So many, some perhaps twice."""
        return chance.choices(self.things, cum_weights=self._weights, k=count)


def part(world: World, number: int) -> list[Copy]:
    """The `number`th thousand notes, signed by their authors: those of one stretch of time."""
    chance = world.chance(number)
    wanted = min(PART, world.notes - number * PART)
    copies: list[Copy] = []
    while len(copies) < wanted:
        copies += _of_one_meeting(world, chance, number, wanted - len(copies))
    return copies


def _of_one_meeting(world: World, chance: random.Random, part_: int, most: int) -> Iterator[Copy]:
    who = min(int(chance.expovariate(4 / AUTHORS)), AUTHORS - 1)
    count = min(most, chance.choice((1, 1, 2, 2, 3)))
    at = (part_ * PART + chance.random() * PART) / world.notes * len(world.days)
    day = world.days[min(int(at), len(world.days) - 1)]
    second = day + 8 * 3600 + int(at % 1 * 36_000)
    account = world.accounts.draw(chance)[0]
    meeting = None
    if count > 1:
        told = _EPOCH + timedelta(seconds=day)
        meeting = Meeting(_fresh_id(chance, second), account, told.isoformat())
    for turn in range(count):
        happened = Moment((second + 180 * turn - OFFSET * 60) * 1000, OFFSET)
        yield _signed(world, chance, who, _note(world, chance, happened, account, meeting))


def _note(
    world: World, chance: random.Random, happened: Moment, account: str, meeting: Meeting | None
) -> Note:
    kind = chance.choices(list(KINDS), list(KINDS.values()))[0]
    rivals = 1 if kind is Kind.COMPETITOR else int(chance.random() < 0.25)
    return Note(
        kind=kind.value,
        title=_sentence(world, chance, 3, 7) if chance.random() < 0.5 else "",
        text=_text(world, chance),
        account=account,
        competitors=tuple(world.competitors.draw(chance, rivals)),
        products=tuple(world.products.draw(chance, int(chance.random() < 0.6))),
        tags=tuple(dict.fromkeys(world.tags.draw(chance, 3))),
        stage=chance.choice(STAGES) if chance.random() < 0.6 else "",
        outcome=chance.choice(OUTCOMES) if chance.random() < 0.4 else "",
        known_by=chance.choice(KNOWN_BY) if chance.random() < 0.5 else "",
        happened=happened,
        quotes=_quotes(world, chance),
        meeting=meeting,
        **_of_kind(world, chance, kind),
    )


def _of_kind(world: World, chance: random.Random, kind: Kind) -> dict[str, str]:
    def said() -> str:
        return _sentence(world, chance, 6, 14)

    worked = chance.choice(("", *WORKED))
    match kind:
        case Kind.COMPETITOR:
            return {"did": chance.choice(DID), "did_what": said(), "worked": worked}
        case Kind.OBJECTION:
            return {"concern": chance.choice(CONCERNS), "answer": said(), "worked": worked}
        case Kind.WIN:
            return {"why_us": said(), "result": said()}
        case Kind.PITCH:
            return {"tried": said(), "worked": worked}
        case Kind.PROBLEM:
            return {"problem": said(), "implication": said()}
        case Kind.NOTE:
            return {}


def _quotes(world: World, chance: random.Random) -> tuple[Quote, ...]:
    if chance.random() > 1 / 3:
        return ()
    id_ = f"{chance.getrandbits(32):08x}"
    return (Quote(id_, _sentence(world, chance, 8, 20), chance.choice(ROLES)),)


def _text(world: World, chance: random.Random) -> str:
    words = world.words.draw(chance, chance.randint(40, 130))
    told, begin = [], 0
    while begin < len(words):
        end = begin + chance.randint(6, 16)
        told.append(_capital(" ".join(words[begin:end])) + ".")
        begin = end
    return " ".join(told)


def _sentence(world: World, chance: random.Random, least: int, most: int) -> str:
    return _capital(" ".join(world.words.draw(chance, chance.randint(least, most))))


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _signed(world: World, chance: random.Random, who: int, note: Note) -> Copy:
    assert note.happened is not None
    later = chance.randint(1, 90) * 60_000
    created = Moment(note.happened.ms + later, OFFSET)
    fields, key = note_fields.to_fields(note), chance.randbytes(16).hex()
    author = world.authors[who]
    revision = Revision(
        type=TYPE,
        id=new_id(created, chance.randbytes(10)),
        author=author.card.author,
        device=world.devices[who],
        rev=1,
        lineage=(),
        restored=0,
        created=created,
        modified=created,
        removed=None,
        marking=chance.choices(list(MARKINGS), list(MARKINGS.values()))[0].value,
        marks={},
        digests=digests_under(key, fields),
    )
    return signed(author, revision, fields, key)


def _fresh_id(chance: random.Random, second: int) -> str:
    return new_id(Moment((second - OFFSET * 60) * 1000, OFFSET), chance.randbytes(10))


_BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"


@cache
def _bech32(prefix: str, content: bytes) -> str:
    """How age writes keys (BIP 173)."""
    bits = int.from_bytes(content) << 4  # 32 bytes as 52 groups of five bits
    digits = [bits >> (5 * place) & 31 for place in reversed(range(52))]
    spread = [ord(c) >> 5 for c in prefix] + [0] + [ord(c) & 31 for c in prefix]
    check = _checksum([*spread, *digits, *[0] * 6]) ^ 1
    digits += [check >> (5 * place) & 31 for place in reversed(range(6))]
    return f"{prefix}1" + "".join(_BECH32[digit] for digit in digits)


def _checksum(values: list[int]) -> int:
    total = 1
    for value in values:
        top, total = total >> 25, (total & 0x1FFFFFF) << 5 ^ value
        for bit, mixed in enumerate((0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)):
            total ^= mixed if top >> bit & 1 else 0
    return total
