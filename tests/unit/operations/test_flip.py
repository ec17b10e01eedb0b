"""Two words in, what worked out: said the same counts once, what worked stands first."""

from __future__ import annotations

from typing import Any

import pytest

from fieldnotes.domain.flip import How
from fieldnotes.domain.notes import Kind, Meeting, Quote
from fieldnotes.operations.flip import AT_FIRST, FAILED, SHOWN, examples, flip
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.vocabulary import also_called
from tests.builders import Opener, an_exchange, at, logged

PROOF = "Let him call two customers who went live"
TERMS = "A 12-month exit in writing"


def objection(seller: Notebook, answer: str, worked: str = "yes", **fields: Any) -> str:
    fields = {"competitors": ("Kolvik",), "concern": "price", "account": "Halden Foods", **fields}
    return logged(seller, kind=Kind.OBJECTION, answer=answer, worked=worked, **fields)


def words(seller: Notebook, text: str) -> list[str]:
    return [each.newest.words for each in flip(seller, text).answers]


def test_two_words_are_read_as_a_competitor_and_a_concern(seller: Notebook) -> None:
    objection(seller, PROOF, text="They say we are dear.")
    objection(seller, TERMS, text="They say we are dear.", competitors=("Brefor",))
    objection(seller, "Asked for a week", text="They say we are dear.", concern="timing")
    card = flip(seller, "kolvik price")
    assert [each.newest.words for each in card.answers] == [PROOF]
    assert card.how is How.ALL
    assert [(each.family, each.name) for each in card.meant] == [
        ("competitor", "Kolvik"),
        ("concern", "price"),
    ]


def test_a_word_of_the_text_finds_what_carries_no_such_name(seller: Notebook) -> None:
    objection(seller, PROOF, text="Their price is half of ours.", concern="")
    assert words(seller, "kolvik price") == [PROOF]


def test_the_last_word_may_be_a_beginning(seller: Notebook) -> None:
    objection(seller, PROOF, text="They say we are dear.")
    assert words(seller, "kol") == words(seller, "kolvik pr") == [PROOF]


def test_another_name_of_the_competitor_finds_the_same(seller: Notebook) -> None:
    objection(seller, PROOF)
    also_called(seller, "competitor", "Kolvik", "Big K")
    assert words(seller, "big k price") == [PROOF]


def test_a_name_of_several_words_is_found_by_all_of_them(seller: Notebook) -> None:
    objection(seller, TERMS, concern="cannot decide alone", text="Ask my sister.")
    assert words(seller, "cannot decide alone kolvik") == [TERMS]


def test_a_misspelt_name_is_read_as_the_one_that_is_written_alike(seller: Notebook) -> None:
    objection(seller, PROOF, competitors=("Quellmann GmbH",))
    card = flip(seller, "quelman price")
    assert [each.newest.words for each in card.answers] == [PROOF]
    assert card.how is How.LIKE
    assert card.meant[0].name == "Quellmann GmbH"


def test_where_nothing_has_all_words_some_of_them_do_and_it_says_so(seller: Notebook) -> None:
    objection(seller, PROOF, text="They say we are dear.")
    card = flip(seller, "kolvik submarine")
    assert [each.newest.words for each in card.answers] == [PROOF]
    assert card.how is How.SOME


def test_what_failed_for_all_words_is_told_beside_what_worked_for_some(seller: Notebook) -> None:
    objection(seller, PROOF, text="They say we are dear.", concern="trust")
    objection(seller, TERMS, "no", text="They say we are dear.")
    card = flip(seller, "kolvik price")
    assert card.how is How.SOME
    assert [each.newest.words for each in card.answers] == [PROOF]
    assert [each.newest.words for each in card.failed] == [TERMS]


def test_a_filter_holds_also_where_some_of_the_words_are_enough(seller: Notebook) -> None:
    objection(seller, PROOF, account="Halden Foods")
    objection(seller, TERMS, account="Tessaro")
    assert words(seller, "account:Tessaro kolvik submarine") == [TERMS]


def test_where_nothing_is_found_nothing_is_made_up(seller: Notebook) -> None:
    objection(seller, PROOF)
    card = flip(seller, "submarine")
    assert card.how is How.NOTHING
    assert not card.answers


@pytest.mark.parametrize("text", ["", "  ", '"', "-", "(", "tag:"])
def test_nothing_asked_is_nothing_found(seller: Notebook, text: str) -> None:
    objection(seller, PROOF)
    assert not flip(seller, text).answers


def test_the_same_said_at_two_meetings_is_one_answer_that_worked_twice(seller: Notebook) -> None:
    objection(seller, PROOF, account="Halden Foods")
    objection(seller, PROOF.upper() + "!", account="Tessaro")
    (answer,) = flip(seller, "kolvik").answers
    assert answer.yes == 2
    assert answer.accounts == ("Tessaro", "Halden Foods")


def test_nearly_the_same_is_the_same(seller: Notebook) -> None:
    objection(seller, PROOF)
    objection(seller, PROOF.replace("two", "a few"), account="Tessaro")
    (answer,) = flip(seller, "kolvik").answers
    assert answer.yes == 2


def test_two_notes_of_one_meeting_are_one_voice(seller: Notebook) -> None:
    day = at("2026-03-02T10:00:00+01:00")
    objection(seller, PROOF, happened=day)
    objection(seller, PROOF, happened=day, concern="trust")
    (answer,) = flip(seller, "kolvik").answers
    assert answer.yes == 1


def test_one_event_of_the_calendar_is_one_voice_whatever_the_account(seller: Notebook) -> None:
    meeting = Meeting(id="one", event="abc@calendar")
    objection(seller, PROOF, account="Halden", meeting=meeting)
    objection(seller, PROOF, account="Halden Foods", meeting=meeting)
    (answer,) = flip(seller, "kolvik").answers
    assert answer.yes == 1


def test_what_was_passed_on_counts_with_its_source(seller: Notebook) -> None:
    source = objection(seller, PROOF, account="Halden Foods")
    objection(seller, PROOF, account="Tessaro", heard_from_note=source)
    (answer,) = flip(seller, "kolvik").answers
    assert answer.yes == 1


def test_a_source_that_is_no_id_changes_nothing(seller: Notebook) -> None:
    objection(seller, PROOF, heard_from_note="my cousin")
    (answer,) = flip(seller, "kolvik").answers
    assert answer.yes == 1


def test_colleagues_are_named_and_the_owner_is_first(notebooks: Opener) -> None:
    mine, theirs = notebooks(), notebooks("Ines Carvalho")
    objection(theirs, PROOF, account="Tessaro")
    objection(mine, PROOF)
    an_exchange(theirs, mine)
    (answer,) = flip(mine, "kolvik").answers
    assert answer.who == ("", "Ines Carvalho")
    assert answer.yes == 2


def test_what_worked_more_often_stands_first(seller: Notebook) -> None:
    for account in ("Halden Foods", "Tessaro"):
        objection(seller, PROOF, account=account)
    objection(seller, TERMS)
    objection(seller, "Showed the three-year sum", "partly")
    assert words(seller, "kolvik") == [PROOF, TERMS, "Showed the three-year sum"]


def test_of_what_worked_as_often_the_newest_stands_first(seller: Notebook) -> None:
    objection(seller, TERMS, happened=at("2026-01-02"))
    objection(seller, PROOF, happened=at("2026-02-02"))
    assert words(seller, "kolvik") == [PROOF, TERMS]


def test_what_failed_as_often_as_it_worked_stands_behind_what_always_did(
    seller: Notebook,
) -> None:
    objection(seller, PROOF, happened=at("2026-02-01"))
    objection(seller, PROOF, "no", happened=at("2026-02-02"))
    objection(seller, TERMS, happened=at("2026-01-02"))
    first, second = flip(seller, "kolvik").answers
    assert (first.newest.words, second.newest.words) == (TERMS, PROOF)
    assert (second.yes, second.no) == (1, 1)


def test_what_did_not_work_is_apart(seller: Notebook) -> None:
    objection(seller, PROOF, "no")
    card = flip(seller, "kolvik")
    assert not card.answers
    assert [each.newest.words for each in card.failed] == [PROOF]


def test_an_answer_of_which_nobody_says_whether_it_worked_is_none(seller: Notebook) -> None:
    objection(seller, PROOF, "")
    assert flip(seller, "kolvik").how is How.NOTHING


def test_a_win_says_why_they_took_us(seller: Notebook) -> None:
    logged(seller, kind=Kind.WIN, competitors=("Kolvik",), why_us="Live in nine days")
    assert words(seller, "kolvik") == ["Live in nine days"]


def test_a_pitch_says_what_was_tried(seller: Notebook) -> None:
    logged(seller, kind=Kind.PITCH, tried="The audit story", worked="partly", tags=["cfo"])
    (answer,) = flip(seller, "cfo").answers
    assert (answer.newest.words, answer.partly) == ("The audit story", 1)


def test_the_customers_words_come_along(seller: Notebook) -> None:
    objection(seller, PROOF, quotes=(Quote("q1", "That settles it.", "CFO"),))
    (answer,) = flip(seller, "kolvik").answers
    assert answer.quote is not None
    assert answer.quote.text == "That settles it."


def test_the_card_holds_what_is_read_at_arms_length_and_counts_the_rest(
    seller: Notebook,
) -> None:
    spoken = "alpha bravo charlie delta echo foxtrot golf hotel india juliett".split()
    for word in spoken[: SHOWN + 2]:
        objection(seller, f"{word} " * 5)
        objection(seller, f"never {word} " * 5, "no")
    card = flip(seller, "kolvik")
    assert (len(card.answers), card.more, len(card.failed)) == (SHOWN, 2, FAILED)


def test_while_a_word_has_only_begun_few_notes_are_looked_at(seller: Notebook) -> None:
    for _ in range(AT_FIRST + 1):
        objection(seller, PROOF, text="Zebras are dear.")
    card = flip(seller, "ze")
    assert (card.looked_at, card.capped) == (AT_FIRST, True)
    assert not flip(seller, "zebras").capped


def test_examples_are_words_that_find_something(seller: Notebook) -> None:
    objection(seller, PROOF, competitors=("Quellmann GmbH",))
    objection(seller, TERMS, competitors=("Quellmann GmbH",))
    objection(seller, TERMS, concern="", tags=["night-shift", "exit"])
    objection(seller, PROOF, "no", competitors=("Nobody",))
    offered = examples(seller)
    assert offered == ["Quellmann price", "Kolvik exit"]
    assert all(flip(seller, each).how is How.ALL for each in offered)


def test_an_empty_library_offers_no_examples(seller: Notebook) -> None:
    assert examples(seller) == []
