"""Addresses, numbers and names are found in free text, and what only looks like them is not."""

from __future__ import annotations

import pytest

from fieldnotes.domain.known_people import KnownPeople
from fieldnotes.domain.personal_data import Near, What, finds_in, free_texts, without
from fieldnotes.operations.phone_numbers import phone_numbers

ANYWHERE = Near()
UNA = ("Una Brandt", "Halden Foods")


def found(text: str, *known: tuple[str, str], near: Near = ANYWHERE) -> list[tuple[str, str]]:
    people = KnownPeople(["Wren Tolliver"])
    for name, account in known:
        people.add(name, account)
    finds = finds_in("text", text, phone_numbers(text), people, near)
    return [(text[find.start : find.end], find.what.value) for find in finds]


@pytest.mark.parametrize(
    ("text", "said", "what"),
    [
        ("Write to una.b+eu@mail.example.com, please.", "una.b+eu@mail.example.com", "e-mail"),
        ("Call +49 30 901820 before nine", "+49 30 901820", "phone number"),
        ("(his desk: 020 7946 0018)", "020 7946 0018", "phone number"),
        ("or 202-456-1111 at night", "202-456-1111", "phone number"),
        ("to DE89 3704 0044 0532 0130 00 AND soon", "DE89 3704 0044 0532 0130 00", "bank account"),
        ("GB82WEST12345698765432", "GB82WEST12345698765432", "bank account"),
        ("paid with 4111 1111 1111 1111.", "4111 1111 1111 1111", "card number"),
        ("Mr Brandt signs.", "Mr Brandt", "name"),
        ("said Mrs. Jane O'Neill on Friday", "Mrs. Jane O'Neill", "name"),
        ("Ms Keller Monday at nine", "Ms Keller", "name"),
        ("wie Frau Dr. Keller sagt", "Frau Dr. Keller", "name"),
        ("an Herrn von Halden", "Herrn von Halden", "name"),
        ("avec Mme Lefèvre hier", "Mme Lefèvre", "name"),
    ],
)  # fmt: skip
def test_it_is_found_as_it_is_written(text: str, said: str, what: str) -> None:
    assert found(text) == [(said, what)]


@pytest.mark.parametrize(
    "text",
    [
        "Erreichbar unter 030 901820 oder mobil 0151 23456789",
        "They want a pilot. His desk is 030 901820, the mobile 0151 23456789",
    ],
)
def test_a_number_as_at_home_is_found_in_whichever_language(text: str) -> None:
    assert [said for said, _ in found(text)] == ["030 901820", "0151 23456789"]


@pytest.mark.parametrize(
    "text",
    [
        "2,400 seats at 19.99 from 2026-03-31 to 2026-12-31, 40 % off 1,250,000",
        "order no. 020 7946 0018 and Rechnung Nr. 0151 23456789",
        "4155552671 rows, ticket 4111111111111112, 4111 1111 1111 1112",
        "DE89 3704 0044 0532 0130 01",
        "@halden #pricing @kolvik.io, meet me @ 14.30, v1.2.3@latest",
        "Mr and Mrs, Dr. who? Miss Monday's call. Frau Chefin, Herr Direktor",
        "MR BRANDT CRM; the Dr was in",
        "Will, May and Mark met Art and Bill from Field",
        "",
    ],
)
def test_what_only_looks_like_it_is_no_find(text: str) -> None:
    known = (("Will May", ""), ("Mark Field", ""), ("Bill Art", ""))
    assert found(text, *known) == []


def test_a_customer_that_sounds_like_a_doctor_is_no_person() -> None:
    near = Near(things=("Dr. Oetzel",))
    assert found("Dr. Oetzel renewed", near=near) == []
    assert found("Dr. Oetzel renewed") == [("Dr. Oetzel", "name")]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I asked Una Brandt twice", "Una Brandt"),
        ("see una-brandt.pdf", "una-brandt"),
        ("Una from purchasing agreed", "Una"),
        ("Brandt, of finance", "Brandt"),
    ],
)
def test_people_of_the_library_are_found_anywhere(text: str, said: str) -> None:
    assert found(text, UNA) == [(said, "name")]


def test_a_part_of_a_name_says_who_it_is_only_near_by() -> None:
    text = "Una agreed at once"
    assert found(text, UNA) == []
    assert found(text, UNA, near=Near(account="halden  foods")) == [("Una", "name")]
    assert found(text, near=Near(own=("Una Brandt",))) == [("Una", "name")]


def test_marta_from_purchasing_is_somebody_only_where_she_is_known() -> None:
    assert found("Marta from purchasing agreed") == []
    assert found("Marta from purchasing agreed", ("Marta", "")) == [("Marta", "name")]


def test_colleagues_are_no_customers() -> None:
    assert found("Wren Tolliver saw it", ("Wren Tolliver", "Halden Foods")) == []
    assert found("Wren saw it", near=Near(own=("Wren Tolliver",))) == []


def test_of_two_that_overlap_the_longer_one_is_pointed_out() -> None:
    assert found("Mr Una Brandt", UNA) == [("Mr Una Brandt", "name")]


def test_quotes_and_names_of_files_are_free_text_and_ids_are_not() -> None:
    values = {
        "quotes.01": {"text": "We wait", "role": "CFO"},
        "attachments.01": {"name": "una.pdf", "media": "x", "size": 1, "sha256": "00"},
        "material": ["deck", "sheet"],
        "kind": "note",
        "meeting.id": "m-1",
        "text": "Hello",
    }
    assert dict(free_texts(values)) == {
        "quotes.01": "We wait\nCFO",
        "attachments.01": "una.pdf",
        "material": "deck\nsheet",
        "text": "Hello",
    }


def test_neutral_words_stand_for_every_occurrence_and_for_no_part_of_a_word() -> None:
    hide = [("Una", What.NAME), ("Una Brandt", What.NAME), ("+49 30 1", What.PHONE)]
    said = "Una Brandt: +49 30 1. Una, not Unaware."
    assert without(said, hide) == "[name]: [phone number]. [name], not Unaware."
