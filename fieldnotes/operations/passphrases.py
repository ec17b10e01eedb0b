"""Words nobody guesses, for a file that is made for somebody whose key is not known."""

from __future__ import annotations

from fieldnotes.operations.notebook import Notebook
from fieldnotes.trust.identity import six_words


def random_words(notebook: Notebook) -> str:
    """Six words by chance, 66 bits of it: easy to read out on the phone."""
    return " ".join(six_words(notebook.random(32).hex()))
