"""What liars sign of their own, and what a forger makes of what others signed."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from msgspec.structs import replace
from nacl.bindings import (
    crypto_core_ed25519_scalar_add,
    crypto_core_ed25519_scalar_mul,
    crypto_scalarmult_ed25519_base_noclamp,
)
from nacl.bindings import crypto_core_ed25519_scalar_reduce as scalar

from fieldnotes.domain import succession
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.people import Identity
from fieldnotes.domain.records import (
    Copy,
    Reason,
    Removal,
    Revision,
    digest_of,
    masked,
)
from fieldnotes.domain.written import HIGHEST
from fieldnotes.trust.identity import REVISION_CONTEXT, signed
from tests.property.cast import AUTHORS, HOSTILE, IMPOSTOR, NEW_LAPTOP, STRANGER, person
from tests.property.histories import BEGIN
from tests.property.versions import a_first, an_id, saying, some_fields

FAR = 2**53 - 1  # the furthest moment


def a_lie(chance: random.Random, honest: Revision, unseen: Sequence[str]) -> tuple[str, Revision]:
    """(which, what its author signs in place of `honest`). `unseen`: names of other versions.

    That versions descend from each other in a circle cannot be signed: each names the other.
    """
    some = tuple(name for name in honest.lineage if chance.random() < 0.5)
    ahead = chance.choice((honest.rev % 1000 + 1000, HIGHEST))
    at = Moment(chance.choice((-FAR, FAR)))
    lies = {
        "a gap": {"lineage": some},
        "nobody's ancestors": {"lineage": (chance.randbytes(32).hex(), *some)},
        "never seen": {"lineage": (*some, *chance.choices(unseen or honest.lineage, k=2))},
        "twice the same": {"lineage": honest.lineage * 2},
        "counts from the start": {"rev": 0},
        "counts far ahead": {"rev": ahead},
        "came back very often": {"restored": chance.choice((7, HIGHEST))},
        "another time": {"modified": at},
        "made at another time": {"created": at},
        "another type": {"type": chance.choice(("note", "vocabulary", "later"))},
        "removed, and says something": {"removed": Removal(Reason.WRONG.value, Moment(BEGIN))},
    }
    which = chance.choice(list(lies))
    return f"lie: {which}", replace(honest, **lies[which])


def a_claim(chance: random.Random, writer: Identity) -> dict[str, Any]:
    """Keys that go on as each other in a circle; what a liar would like; nothing from others."""
    old, new, liar = person(0), person(NEW_LAPTOP), person(HOSTILE)
    if writer in (old, new):
        return succession.to_fields(new.author, old.card)
    if writer != liar:
        return {}
    victim, other = map(person, chance.sample(range(HOSTILE), 2))
    one, then = chance.choice(((victim, liar), (liar, victim), (other, victim)))
    lost = one != liar and chance.random() < 0.5  # of oneself it would be believed
    return succession.to_fields(one.author, then.card, lost)


def signed_again(writer: Identity, copy: Copy, nonce: bytes) -> Copy:
    """The same version with another good signature: nobody sees where a nonce came from.

    RFC 8032, 5.1.6, but for the nonce.
    """
    content = REVISION_CONTEXT + bytes.fromhex(copy.name)
    half = bytearray(hashlib.sha512(writer.seed).digest()[:32])
    half[0], half[31] = half[0] & 248, half[31] & 127 | 64
    secret, once = scalar(bytes(half) + bytes(32)), scalar(hashlib.sha512(nonce).digest())
    point = crypto_scalarmult_ed25519_base_noclamp(once)
    public = bytes.fromhex(writer.card.signs)
    challenge = scalar(hashlib.sha512(point + public + content).digest())
    proof = crypto_core_ed25519_scalar_add(once, crypto_core_ed25519_scalar_mul(challenge, secret))
    return replace(copy, signature=(point + proof).hex())


def forgeries(
    chance: random.Random, forger: Identity, genuine: Sequence[Copy]
) -> Iterator[tuple[str, Copy]]:
    """(how, what the forger adds to what they pass on), each of another name."""
    taken = {copy.name for copy in genuine}
    for copy in chance.choices(genuine, k=chance.randint(1, 6)):
        how = chance.choice(list(_FORGERIES))
        made = _FORGERIES[how](chance, forger, copy)
        if made.name not in taken:
            taken.add(made.name)
            yield how, made


def _altered(chance: random.Random, forger: Identity, copy: Copy) -> Copy:
    """One letter of a field, under the old signature; where none is shown, one of a digest."""
    texts = [name for name, value in sorted(copy.values.items()) if isinstance(value, str)]
    digests = dict(copy.revision.digests)
    if texts:
        name = chance.choice(texts)
        values = {**copy.values, name: copy.values[name] + "!"}
        digests[name] = digest_of(copy.salt(name), name, values[name])
        copy = replace(copy, values=values)
    elif digests:
        name = chance.choice(sorted(digests))
        copy, digests[name] = masked(copy, frozenset({name})), chance.randbytes(32).hex()
    return replace(copy, revision=replace(copy.revision, digests=digests))


def _bent(chance: random.Random, forger: Identity, copy: Copy) -> Copy:
    """Counted up, removed, erased or brought back by somebody who cannot sign for its author."""
    removed = Removal(chance.choice(list(Reason)).value, Moment(BEGIN))
    changes: dict[str, Any] = chance.choice(
        ({"rev": HIGHEST}, {"removed": removed}, {"restored": HIGHEST, "removed": None})
    )
    return replace(copy, revision=replace(copy.revision, **changes))


def _wrong_key(chance: random.Random, forger: Identity, copy: Copy) -> Copy:
    """Signed with the forger's key, in the name of somebody else."""
    bent = _moved(chance, forger, _bent(chance, forger, copy))
    return replace(bent, signature=signed(forger, bent.revision, {}, "").signature)


def _moved(chance: random.Random, forger: Identity, copy: Copy) -> Copy:
    """Somebody else is said to have written it."""
    others = {person(each).author for each in range(AUTHORS)} - {forger.author}
    author = chance.choice(sorted(others - {copy.revision.author}))
    return replace(copy, revision=replace(copy.revision, author=author))


def _taken_id(chance: random.Random, writer: Identity, copy: Copy) -> Copy:
    """Rightly signed, under the id of somebody else's note: a record of its own."""
    bent = _bent(chance, writer, copy).revision
    fields = some_fields(chance) if bent.removed is None else {}
    return saying(chance, writer, replace(bent, author=writer.author), fields)


def _from(number: int) -> Callable[[random.Random, Identity, Copy], Copy]:
    """By somebody whom nobody knows, or who goes by a known name with another key."""

    def written(chance: random.Random, forger: Identity, copy: Copy) -> Copy:
        if chance.random() < 0.5:
            return a_first(chance, person(number), an_id(chance), "note", some_fields(chance))
        return _taken_id(chance, person(number), copy)

    return written


_FORGERIES: dict[str, Callable[[random.Random, Identity, Copy], Copy]] = {
    "forged: altered": _altered,
    "forged: bent": _bent,
    "forged: wrong key": _wrong_key,
    "forged: moved": _moved,
    "hostile: taken id": _taken_id,
    "hostile: a stranger": _from(STRANGER),
    "hostile: an impostor": _from(IMPOSTOR),
}
