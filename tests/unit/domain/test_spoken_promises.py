"""Promises noticed in what somebody writes."""

from __future__ import annotations

import pytest

from fieldnotes.domain.spoken_promises import spoken_promises
from tests.builders import at

WEDNESDAY = at("2026-11-18T10:00:00+01:00")


@pytest.mark.parametrize(
    ("text", "what", "to", "until"),
    [
        ("I promised Marta the ROI sheet by Friday.", "the ROI sheet", "Marta", "2026-11-20"),
        ("I promised to send Marta the sheet by Friday", "send Marta the sheet", "", "2026-11-20"),
        ("We've promised them a price before the end of the month", "a price", "", "2026-11-30"),
        ("Promised a demo for Thursday 15:00.", "a demo", "", "2026-11-19T15:00"),
        (
            "I’ll send the contract to Jonas by tomorrow",
            "send the contract to Jonas",
            "Jonas",
            "2026-11-19",
        ),
        ("I owe them references.", "references", "", ""),
        ("On Monday I promised to call back by Wednesday", "call back", "", "2026-11-25"),
        ("I promised SSO support by March 3", "SSO support", "", "2027-03-03"),
        ("Ich habe Marta bis Freitag eine Liste versprochen.", "eine Liste", "Marta", "2026-11-20"),
        (
            "Habe versprochen, bis Freitag die Preise zu schicken",
            "die Preise schicken",
            "",
            "2026-11-20",
        ),
        (
            "Wir haben Frau Kessler einen Termin bis zum 27.11. zugesagt.",
            "einen Termin",
            "Frau Kessler",
            "2026-11-27",
        ),
        ("Versprochen: Demo bis Montag", "Demo", "", "2026-11-23"),
        (
            "J'ai promis à Claire de lui envoyer le devis d'ici vendredi.",
            "lui envoyer le devis",
            "Claire",
            "2026-11-20",
        ),
        ("Je leur ai promis une démo avant la fin du mois", "une démo", "", "2026-11-30"),
    ],
)
def test_a_promise_is_noticed_with_whom_and_until_when(
    text: str, what: str, to: str, until: str
) -> None:
    found = spoken_promises(text, WEDNESDAY)
    assert [(each.what, each.to, each.until) for each in found] == [(what, to, until)]


@pytest.mark.parametrize(
    "text",
    [
        "They promised us a decision by Friday.",
        "Sie haben uns bis Freitag eine Antwort versprochen.",
        "Ils ont promis une réponse d'ici lundi.",
        "I will think about it.",
        "I never promised SSO by March.",
        "Ich habe nichts versprochen.",
        "Did I promise it by Friday?",
        "We will not deliver by Friday.",
        "He said “I'll send you the list by Friday”.",
        "If I promised it by Friday they would laugh.",
        "I promised.",
        "It is the price.",
        "x" * 10_000 + " I promised it by Friday",
    ],
)
def test_what_promises_nothing_is_left_alone(text: str) -> None:
    assert spoken_promises(text, WEDNESDAY) == []


def test_every_sentence_is_looked_at_by_itself() -> None:
    text = "Too dear. I promised a price by 27.11. They wait.\n- I owe Jonas a call"
    found = spoken_promises(text, WEDNESDAY)
    assert [each.what for each in found] == ["a price", "a call"]
    assert found[0].said == "I promised a price by 27.11."
