"""The guess of a note's language: right where it is clear, silent where it is not."""

from __future__ import annotations

import pytest

from fieldnotes.domain.languages import guess_language, language_code, language_name


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("They say we are too expensive and will decide in March.", "en"),
        ("Der Einkauf sagt, dass wir zu teuer sind, aber das Angebot ist gut.", "de"),
        ("Ils disent que nous sommes trop chers, mais le produit est bon.", "fr"),
        ("Dicen que es muy caro, pero el producto les gusta y no hay otro.", "es"),
        ("Dicono che è troppo caro, ma il prodotto è molto buono per loro.", "it"),
        ("Ze zeggen dat het te duur is, maar ze willen de proef wel doen.", "nl"),
        ("Eles dizem que é muito caro, mas não há outro produto como este.", "pt"),
    ],
)
def test_common_words_tell_the_language(text: str, language: str) -> None:
    assert guess_language(text) == language


@pytest.mark.parametrize("text", ["", "Halden Foods", "4711", "de la", "価格が高い", "ok", "🙂 🙂"])
def test_too_little_to_go_by_is_no_guess(text: str) -> None:
    assert guess_language(text) == ""


def test_a_quote_in_another_language_does_not_decide() -> None:
    text = "They said it twice and they meant it: the board will not pay for this. “Zu teuer.”"
    assert guess_language(text) == "en"


def test_decomposed_letters_count_as_composed_ones() -> None:
    assert guess_language("Das wa\u0308re gut fu\u0308r uns, aber nicht für die Werke.") == "de"


@pytest.mark.parametrize("written", ["de", " DE ", "German", "deutsch"])
def test_a_language_is_known_by_its_code_and_its_names(written: str) -> None:
    assert language_code(written) == "de"


def test_an_unknown_language_is_kept_as_it_was_written() -> None:
    assert language_code("Sv") == "sv"
    assert language_name("sv") == "sv"
    assert language_name("fr") == "French"
