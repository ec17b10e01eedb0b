"""Random plays of a team: five authors on three devices each, a forger, and parcels that get lost.

The devices are pretended. They sign real versions, hide, tighten and pass on what they hold, and
know only what they wrote or were given. What they send is a *parcel*: what a bundle holds, before
it is a file. The devices of an author share a key; one author goes on with a new key on the third.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

import msgspec
from msgspec.structs import replace

from fieldnotes.domain import merge, succession, vocabulary
from fieldnotes.domain.markings import Marking
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.people import Identity, KeyCard
from fieldnotes.domain.records import Copy, Reason, Removal, Revision, masked
from fieldnotes.domain.vocabulary import Entry
from fieldnotes.domain.written import HIGHEST, WHOLE
from fieldnotes.trust.identity import signed_by
from tests.property.cast import (
    AUTHORS,
    DEVICES,
    HOSTILE,
    IMPOSTOR,
    NEW_LAPTOP,
    STRANGER,
    believable,
    known_from_the_start,
    person,
)
from tests.property.histories import BEGIN, WORDS
from tests.property.liars import a_claim, a_lie, forgeries, signed_again
from tests.property.versions import a_first, an_id, saying, some_fields

Key = tuple[str, str]  # a record is its id and its author


def key_of(copy: Copy) -> Key:
    """Which record it is a copy of."""
    return copy.revision.id, copy.revision.author


class Parcel(msgspec.Struct, frozen=True):
    """What a bundle holds. `people`: the cards in it; `copies` in the order of a bundle."""

    author: KeyCard
    people: tuple[KeyCard, ...]
    copies: tuple[Copy, ...]

    @property
    def manifest(self) -> Parcel:
        """It says itself what a manifest says, as far as anybody judges by it."""
        return self

    @property
    def by_kind(self) -> Counter[str]:
        """How many versions of each type."""
        return Counter(copy.revision.type for copy in self.copies)

    def records(self) -> Iterator[tuple[str, list[Copy]]]:
        """(id, the versions of one record), as from a bundle."""
        by_key: dict[Key, list[Copy]] = {}
        for copy in self.copies:
            by_key.setdefault(key_of(copy), []).append(copy)
        for (record_id, _), copies in sorted(by_key.items()):
            yield record_id, copies


class Play(msgspec.Struct):
    """What came of it. `did`: what happened how often."""

    parcels: list[Parcel] = []
    did: Counter[str] = msgspec.field(default_factory=Counter)

    def believed(self) -> dict[str, str]:
        """The keys of whoever is known from the start, or by a card in some parcel."""
        cards = [card for each in self.parcels for card in (*each.people, each.author)]
        met = {card.author for card in (*cards, *known_from_the_start())}
        return {author: key for author, key in believable().items() if author in met}

    def arriving(self, order: int) -> list[Parcel]:
        """The same parcels in another order, some of them doubled."""
        chance = random.Random(f"{order} of {len(self.parcels)}")
        twice = [each for each in self.parcels if chance.random() < 0.2]
        self.did["doubled"] += len(twice)
        parcels = self.parcels + twice
        return chance.sample(parcels, len(parcels))


class Device:
    """One of a person's devices: what it holds, and which key its owner writes with there."""

    def __init__(self, writer: Identity, device: str, hostile: bool = False) -> None:
        self.writer, self.id, self.hostile = writer, device, hostile
        self.held: dict[Key, dict[str, Copy]] = {}

    def take(self, copies: Iterable[Copy]) -> None:
        """Whatever its author signed is held from now on."""
        for copy in copies:
            key = key_of(copy)
            if signed_by(copy, believable().get(copy.revision.author, "")):
                self.held[key] = merge.join(self.held.get(key, {}), [copy])

    def own(self) -> list[Key]:
        """The records that it revises: who goes on as whom is said once, and stands."""
        forger = person(HOSTILE)
        return [
            key
            for key, history in self.held.items()
            if key[1] == self.writer.author
            and (self.writer == forger or merge.current(history).revision.type != succession.TYPE)
        ]


def a_play(seed: int, steps: int = 40) -> Play:
    """Some of everything happens on fifteen devices; every third or so step is a parcel."""
    chance, play = random.Random(seed), Play()
    devices = _devices(chance)
    busy = [chance.choice((0.2, 1, 4)) for _ in devices]
    busy[HOSTILE * DEVICES] = 3
    _go_on(chance, play, devices)
    for _ in range(chance.randint(steps // 2, steps)):
        device = chance.choices(devices, busy)[0]
        if not device.own() or chance.random() < 0.15:
            write(chance, play, device)
        elif chance.random() < 0.55:
            revise(chance, play, device)
        else:
            _send(chance, play, device, devices)
    for device in chance.sample(devices, 4):
        _send(chance, play, device, devices)
    _lose(chance, play)
    return play


def _devices(chance: random.Random) -> list[Device]:
    devices = []
    for number in range(AUTHORS):
        for which in range(DEVICES):
            is_new = number == 0 and which == DEVICES - 1
            writer = person(NEW_LAPTOP if is_new else number)
            devices.append(Device(writer, an_id(chance), number == HOSTILE and which == 0))
    return devices


def _go_on(chance: random.Random, play: Play, devices: list[Device]) -> None:
    """Both keys of one author say who goes on as whom, and everybody is told."""
    old, new = devices[0], devices[DEVICES - 1]
    fields = succession.to_fields(old.writer.author, new.writer.card)
    claims = [a_first(chance, each.writer, each.id, succession.TYPE, fields) for each in (old, new)]
    for device in (old, new):
        device.take(claims)
    play.parcels.append(_parcel(new, claims))


def _lose(chance: random.Random, play: Play) -> None:
    """Some parcels reach nobody else; the one that says who goes on as whom does."""
    first, *others = play.parcels
    play.parcels = [first, *(each for each in others if chance.random() < 0.8)]
    play.did["lost"] += 1 + len(others) - len(play.parcels)


# --- writing ----------------------------------------------------------------------------------


def write(chance: random.Random, play: Play, device: Device) -> None:
    """A record of some type that was not there before."""
    types = ("note", vocabulary.TYPE, "later.type", succession.TYPE)
    type_ = chance.choices(types, (12, 2, 1, 1))[0]
    fields = {vocabulary.TYPE: _entry, succession.TYPE: lambda by: a_claim(by, device.writer)}
    said = fields.get(type_, some_fields)(chance)
    if said or type_ != succession.TYPE:
        play.did[f"first {type_}"] += 1
        device.take([a_first(chance, device.writer, device.id, type_, said)])


def _entry(chance: random.Random) -> dict[str, Any]:
    family, names = chance.choice(("tag", "account")), chance.sample(WORDS, chance.randint(0, 2))
    return vocabulary.to_fields(Entry(family, chance.choice(WORDS), tuple(names)))


def revise(chance: random.Random, play: Play, device: Device) -> None:
    """A version on top of what is held here: an edit, a removal, a return, or a lie."""
    history = device.held[chance.choice(device.own())]
    envelope, fields, carried = _on_top(chance, device, history), {}, {}
    what = chance.choices(("edit", "removal", "erasure", "return"), (8, 3, 0.7, 2))[0]
    if what in ("removal", "erasure"):
        reason = (
            Reason.ERASE if what == "erasure" else chance.choice((Reason.WRONG, Reason.CONSENT))
        )
        envelope = replace(envelope, removed=Removal(reason.value, envelope.modified))
    else:
        fields, carried = _said_anew(chance, history)
        again = what == "return" and envelope.restored < HIGHEST
        envelope = replace(envelope, restored=envelope.restored + again)
    if chance.random() < 0.2:
        unseen = [copy.name for parcel in play.parcels for copy in parcel.copies]
        what, envelope = a_lie(chance, envelope, unseen)
    play.did[what] += 1
    play.did["edit of what is hidden"] += bool(carried)
    copy = saying(chance, device.writer, envelope, fields, carried)
    device.take([copy])
    if chance.random() < 0.05:
        play.did["lie: signed twice"] += 1
        again = signed_again(device.writer, copy, chance.randbytes(32))
        play.parcels.append(_parcel(device, [again]))


def _on_top(chance: random.Random, device: Device, history: dict[str, Copy]) -> Revision:
    """The envelope of a version that descends from everything that is held here."""
    held = sorted(history.values(), key=lambda copy: merge.order(copy.revision), reverse=True)
    rev = max(copy.revision.rev for copy in held)
    return replace(
        held[0].revision,
        device=device.id,
        rev=min(rev + 1, HIGHEST),
        lineage=tuple(copy.name for copy in held),
        modified=Moment(BEGIN + chance.randint(0, 3)),
        removed=None,
        marking=chance.choice(list(Marking)).value,
        digests={},
    )


def _said_anew(
    chance: random.Random, history: dict[str, Copy]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Some fields are kept, some changed, and what the writer cannot see is carried on.

    Sometimes more is carried on, as a device does that has a copy with more hidden.
    """
    base = merge.current(history)
    base = base if chance.random() < 0.8 else chance.choice(list(history.values()))
    sight = chance.choice((1, 1, 0.6, 0))
    shown = {n: v for n, v in merge.view(history, base).items() if chance.random() < sight}
    fields = {name: value for name, value in shown.items() if chance.random() < 0.8}
    new = some_fields(chance) if base.revision.type == "note" else {}
    fields |= {name: value for name, value in new.items() if chance.random() < 0.4}
    hidden = base.revision.digests.keys() - shown.keys() - fields.keys()
    return fields, {name: base.revision.digests[name] for name in sorted(hidden)}


# --- sending ----------------------------------------------------------------------------------


def _send(chance: random.Random, play: Play, device: Device, devices: list[Device]) -> None:
    """A parcel goes out, and some get it at once."""
    mine = chance.random() < 0.3
    parcel = send(chance, play, device, mine)
    for other in devices:
        likely = 0.7 if other.writer == device.writer else 0 if mine else 0.3
        if other is not device and chance.random() < likely:
            other.take(parcel.copies)


def send(chance: random.Random, play: Play, device: Device, mine: bool = False) -> Parcel:
    """A parcel of some of what is held. `mine`: only what is one's own, and nothing is hidden."""
    copies: list[Copy] = []
    for key, history in device.held.items():
        if chance.random() < 0.75 and (key[1] == device.writer.author or not mine):
            copies += _going(chance, play, history, device, mine)
    if device.hostile and copies:
        for how, forged in forgeries(chance, device.writer, copies):
            play.did[how] += 1
            copies.append(forged)
    parcel = _parcel(device, copies, forgetful=chance.random() < 0.1)
    play.parcels.append(parcel)
    return parcel


def _going(
    chance: random.Random, play: Play, history: dict[str, Copy], device: Device, mine: bool
) -> Iterator[Copy]:
    """The heads, or everything, or whatever; each with as much as this parcel shows of it."""
    some = [copy for copy in history.values() if chance.random() < 0.5]
    for copy in chance.choice((merge.travelling(history), list(history.values()), some)):
        whole = merge.completed(history, copy)
        hide = 0 if mine else chance.choice((0, 0.4, 1))
        shown = masked(whole, frozenset(n for n in sorted(whole.values) if chance.random() < hide))
        play.did["hidden"] += len(shown.values) < len(whole.values)
        if copy.revision.author != device.writer.author:
            play.did["passed on"] += 1
            shown = _tightened(chance, play, shown) if chance.random() < 0.25 else shown
        yield shown


def _tightened(chance: random.Random, play: Play, copy: Copy) -> Copy:
    play.did["tightened"] += 1
    name = chance.choice((WHOLE, *sorted(copy.revision.digests)))
    word = chance.choice((*(each.value for each in Marking), "later-word"))
    return replace(copy, tight={**copy.tight, name: word})


def _parcel(device: Device, copies: Iterable[Copy], forgetful: bool = False) -> Parcel:
    """`forgetful`: nobody vouches for the stranger in it."""
    ordered = sorted(copies, key=lambda copy: (copy.revision.id, copy.name))
    authors = {copy.revision.author for copy in ordered} - {device.writer.author}
    everybody = (*range(AUTHORS), NEW_LAPTOP, IMPOSTOR, *(() if forgetful else (STRANGER,)))
    cards = (person(each).card for each in everybody)
    people = tuple(card for card in cards if card.author in authors)
    return Parcel(device.writer.card, people, tuple(ordered))
