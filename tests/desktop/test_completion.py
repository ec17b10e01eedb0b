"""Names while they are typed: what is meant, what is offered, and in which order."""

from __future__ import annotations

import pytest

from fieldnotes.desktop.capture.completion import (
    Offer,
    finished_name,
    goes_on,
    left_behind,
    offers,
    typed_at,
)
from fieldnotes.desktop.widgets.known_names import KnownNames
from fieldnotes.domain.drafts import OBJECT, Sign
from fieldnotes.domain.words import fold

ACCOUNTS = [("Halden Foods", 9), ("Brandt & Söhne", 4), ("Überlingen Glas", 1)]
TAGS = [("discount", 61), ("displacement", 9), ("year-discount", 3), ("paid", 2)]
NAMES = {Sign.ACCOUNT: KnownNames(ACCOUNTS), Sign.TAG: KnownNames(TAGS)}


def offered(before: str) -> list[str]:
    typed = typed_at(before, NAMES)
    if typed is None:
        return []
    alike = next(filter(None, NAMES[typed.sign].alike(fold(typed.word), 6)), [])
    return [offer.name for offer in offers(typed, NAMES, alike)]


@pytest.mark.parametrize(
    ("before", "sign", "word"),
    [
        ("@", Sign.ACCOUNT, ""),
        ("See #dis", Sign.TAG, "dis"),
        ("(#dis", Sign.TAG, "dis"),
        ("von „!Kol", Sign.COMPETITOR, "Kol"),
        ("in ^Marl", Sign.PRODUCT, "Marl"),
        ('@"Two Wor', Sign.ACCOUNT, "Two Wor"),
        ("@halden f", Sign.ACCOUNT, "halden f"),
        (f"{OBJECT}#dis", Sign.TAG, "dis"),
    ],
)
def test_a_sign_at_the_beginning_of_a_word_begins_a_name(
    before: str, sign: Sign, word: str
) -> None:
    typed = typed_at(before, NAMES)
    assert typed is not None
    assert (typed.sign, typed.word) == (sign, word)


@pytest.mark.parametrize("before", ["", "dis", "wren@halden", "Great!", "#dis and", "a #b c", "@ "])
def test_elsewhere_nothing_is_meant(before: str) -> None:
    assert typed_at(before, NAMES) is None


def test_beginnings_come_first_then_words_then_parts_each_by_use() -> None:
    assert offered("#dis") == ["discount", "displacement", "year-discount", "dis"]
    assert offered("#cou") == ["discount", "year-discount", "cou"]


def test_letters_in_order_are_found_last() -> None:
    assert offered("#dspl") == ["displacement", "dspl"]


@pytest.mark.parametrize(
    ("misspelt", "meant"),
    [
        ("@Haldne", "Halden Foods"),
        ("@hladen", "Halden Foods"),
        ("@Fods", "Halden Foods"),
        ("@Soehne", "Brandt & Söhne"),
        ('@"halden fods', "Halden Foods"),
        ("#dicsount", "discount"),
        ("#diskount", "discount"),
        ("#displacment", "displacement"),
        ("#displcae", "displacement"),
    ],
)
def test_a_misspelt_name_is_found_before_a_new_one(misspelt: str, meant: str) -> None:
    found = offered(misspelt)
    assert found[0] == meant
    assert found[-1] == misspelt.lstrip('@#"')


def test_a_word_that_is_like_none_is_only_new() -> None:
    assert offered("@Nordlund") == ["Nordlund"]


def test_what_was_used_just_now_comes_first_among_those_that_fit_as_well() -> None:
    known = KnownNames([("Kolvik", 9), ("Kolberg", 5), ("Akol", 3)])
    known.use("Akol")
    known.use("kolberg")
    assert known.fitting("kol", 6) == [("Kolberg", 6), ("Kolvik", 9), ("Akol", 4)]
    assert [name for name, _ in known.most_wanted(6)] == ["Kolberg", "Akol", "Kolvik"]


def test_a_name_is_known_once_it_was_used() -> None:
    known = KnownNames(ACCOUNTS)
    known.use("Nordlund Glas")
    assert known.spelt("nordlund  glas") == "Nordlund Glas"
    assert known.fitting("glas", 6) == [("Nordlund Glas", 1), ("Überlingen Glas", 1)]
    assert known.begin("nordlund ")


def test_among_a_hundred_thousand_names_no_key_waits_for_all_of_them() -> None:
    known = KnownNames([(f"Account {at:05} of {at % 97}", 1) for at in range(100_000)])
    steps = list(known.alike("acocunt", 6))
    assert len(steps) > 5
    assert steps[:-1] == [None] * (len(steps) - 1)
    assert known.fitting("account 99", 2) == [
        ("Account 99000 of 60", 1),
        ("Account 99001 of 61", 1),
    ]


def test_only_a_sign_offers_what_is_used_most() -> None:
    assert offered("@") == ["Halden Foods", "Brandt & Söhne", "Überlingen Glas"]


def test_a_name_that_is_known_is_not_offered_as_new() -> None:
    assert offered("#DISCOUNT") == ["discount", "year-discount"]
    assert offered("@überlingen") == ["Überlingen Glas", "überlingen"]


def test_the_typed_part_is_bold() -> None:
    typed = typed_at("@söh", NAMES)
    assert typed is not None
    assert offers(typed, NAMES)[0] == Offer("Brandt & Söhne", 4, (9, 12))


def test_punctuation_after_a_name_does_not_belong_to_it() -> None:
    typed = typed_at("#paid,", NAMES)
    assert typed is not None
    assert finished_name(typed, NAMES) == ("paid", ",", False)


def test_a_new_name_is_told_as_new() -> None:
    typed = typed_at("#Onboarding", NAMES)
    assert typed is not None
    assert finished_name(typed, NAMES) == ("Onboarding", "", True)


def test_digits_alone_are_no_name() -> None:
    typed = typed_at("we are #1", NAMES)
    assert typed is not None
    assert finished_name(typed, NAMES) is None


def test_a_space_goes_on_only_where_a_known_name_does() -> None:
    known, unknown = typed_at("@brandt", NAMES), typed_at("@nordlund", NAMES)
    assert known is not None
    assert unknown is not None
    assert (goes_on(known, NAMES), goes_on(unknown, NAMES)) == (True, False)


def test_a_name_that_was_kept_open_ends_where_a_known_one_does() -> None:
    for before, word in (("@brandt calls", "brandt"), ("@halden foods c", "halden foods")):
        left = left_behind(before, NAMES)
        assert left is not None
        assert left.word == word


def test_a_new_name_may_grow_by_a_word_that_begins_large() -> None:
    before = f"{OBJECT} Glas"
    typed = typed_at(before, NAMES, (Sign.ACCOUNT, "Nordlund"))
    assert typed is not None
    assert (typed.word, typed.start, typed.longer) == ("Nordlund Glas", 0, True)
    assert typed_at(f"{OBJECT} waits", NAMES, (Sign.ACCOUNT, "Nordlund")) is None
    assert typed_at(before, NAMES, (Sign.TAG, "price")) is None
