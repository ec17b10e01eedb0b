"""Whoever says what about keys, in any order: the same people, and liars gain nothing."""

from __future__ import annotations

import random
from functools import cache

from hypothesis import given
from hypothesis import strategies as st

from fieldnotes.domain import succession, team
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.people import KeyCard, Person, Standing
from fieldnotes.domain.succession import Claim, persons
from fieldnotes.domain.team import Listing, Member, listings
from fieldnotes.trust.identity import make_identity
from fieldnotes.trust.people import Circle

NAMES = ("Otto Berg", "Otto Berg", "Una Brandt", "Marketing", "Eve", "otto  berg")


@cache
def cards() -> tuple[KeyCard, ...]:
    made = (make_identity(name, bytes([no]) * 32, Moment(0)) for no, name in enumerate(NAMES, 1))
    return tuple(identity.card for identity in made)


keys = st.integers(0, len(NAMES) - 1)


@st.composite
def claims(draw: st.DrawFn, by: st.SearchStrategy[int] = keys) -> Claim:
    author, old, new = draw(by), draw(keys), draw(keys)
    lost = draw(st.booleans())
    return Claim(cards()[author].author, cards()[old].author, cards()[new], lost)


@st.composite
def listed(draw: st.DrawFn) -> Listing:
    member = Member(
        draw(st.sampled_from(NAMES)), cards()[draw(keys)], withdrawn=draw(st.booleans())
    )
    return Listing(draw(st.sampled_from("123")), cards()[draw(keys)].author, member)


many = st.lists(claims(), max_size=8)
lists = st.lists(listed(), max_size=6, unique_by=lambda each: (each.keeper, each.id))
trusting = st.sets(keys, max_size=2).map(lambda some: frozenset(cards()[no].author for no in some))
standings = st.sampled_from([Standing.KNOWN, Standing.TRUSTED, Standing.MET, Standing.REFUSED])
people = st.dictionaries(keys, standings).map(
    lambda known: [Person(cards()[no], standing) for no, standing in known.items()]
)


def shuffled(said: list[Claim], chance: random.Random) -> list[Claim]:
    again = [*said, *said[:3]]
    chance.shuffle(again)
    return again


@given(many, trusting, st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_matter(
    said: list[Claim], trusted: frozenset[str], chance: random.Random
) -> None:
    assert persons(shuffled(said, chance), trusted) == persons(said, trusted)


@given(people, many, lists, st.randoms(use_true_random=False))
def test_everybody_stands_the_same_whatever_came_first(
    known: list[Person], said: list[Claim], entries: list[Listing], chance: random.Random
) -> None:
    first = Circle(known, said, entries)
    chance.shuffle(known)
    chance.shuffle(entries)
    second = Circle(known, shuffled(said, chance), entries)
    assert [first.standing(card) for card in cards()] == [second.standing(card) for card in cards()]


@given(many, trusting)
def test_a_person_is_the_same_from_each_of_their_keys(
    said: list[Claim], trusted: frozenset[str]
) -> None:
    found = persons(said, trusted)
    for card in cards():
        group = found.keys(card.author)
        assert card.author in group
        assert found.present(card.author) in group
        assert all(found.keys(key) == group for key in group)
        assert len({found.present(key) for key in group}) == 1


LIAR, OTHERS = 4, [0, 1, 2, 3, 5]


@given(
    st.lists(claims(st.sampled_from(OTHERS)), max_size=6),
    st.lists(claims(st.just(LIAR)), max_size=6),
    trusting,
)
def test_a_liar_changes_nobody_else(
    said: list[Claim], lies: list[Claim], trusted: frozenset[str]
) -> None:
    """With one key and no trust: nobody is joined, parted, lost or renamed by what it says.

    It can only agree to what another key says of it as well.
    """
    liar = cards()[LIAR].author
    honest = [each for each in said if liar not in each.edge]
    trusted -= {liar}
    with_lies, without = persons([*honest, *lies], trusted), persons(honest, trusted)
    for no in OTHERS:
        author = cards()[no].author
        assert with_lies.keys(author) == without.keys(author)
        assert with_lies.present(author) == without.present(author)
    assert with_lies.lost - {liar} == without.lost


@given(people, st.lists(claims(st.just(LIAR)), max_size=6), lists)
def test_a_liar_is_not_known_for_what_it_says(
    known: list[Person], lies: list[Claim], entries: list[Listing]
) -> None:
    liar = cards()[LIAR].author
    others = [person for person in known if person.card.author != liar]
    honest = [each for each in entries if each.keeper != liar]
    spoken = [each for each in entries if each.keeper == liar]
    before, after = Circle(others, [], honest), Circle(others, lies, [*honest, *spoken])
    for card in cards():
        if card.author != liar:
            assert after.standing(card) is before.standing(card)
    assert after.lets_in(liar) == before.lets_in(liar)


@given(lists, trusting)
def test_withdrawn_beats_listed_wherever_it_stands(
    said: list[Listing], trusted: frozenset[str]
) -> None:
    found = listings(said, trusted)
    assert listings(said[::-1], trusted) == found
    for each in said:
        if each.keeper in trusted and each.member.withdrawn:
            assert found[each.member.card.author].member.withdrawn


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
)


@given(st.dictionaries(st.sampled_from([*team.FIELDS, *succession.FIELDS]), values), st.text())
def test_no_fields_raise(fields: dict[str, object], author: str) -> None:
    assert team.from_fields(fields) is None
    assert succession.from_fields(fields, author) is None


@given(listed(), claims())
def test_what_is_written_is_what_is_read(entry: Listing, claim: Claim) -> None:
    assert team.from_fields(team.to_fields(entry.member)) == entry.member
    told = succession.to_fields(claim.old, claim.card, claim.lost)
    read = succession.from_fields(told, claim.author)
    assert read == (None if claim.old == claim.card.author else claim)
