"""Key cards: hand the owner's to others, and get to know somebody by theirs."""

from __future__ import annotations

from pathlib import Path

import msgspec

from fieldnotes.bundle.card_file import SUFFIX, CardFile, is_address, read_card, write_card
from fieldnotes.domain.people import Standing
from fieldnotes.errors import PersonRefused
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.people import circle

_EMAIL = "email"


class MetByCard(msgspec.Struct, frozen=True):
    """Whose card it was, and how well they are known with it."""

    author: str
    name: str
    standing: Standing


def own_address(notebook: Notebook) -> str:
    """Where the owner said others may write to."""
    return notebook.library.about(_EMAIL) or ""


def save_card(notebook: Notebook, path: Path, email: str | None = None) -> Done[Path]:
    """Write the owner's card as a small file; `email` None is the one told last.

    Raises PersonRefused for what is no address, SendingRefused where nothing can be written.
    """
    email = own_address(notebook) if email is None else email.strip()
    if email and not is_address(email):
        raise PersonRefused(f"{email} is no e-mail address.", "Write it like name@example.com.")
    if email != own_address(notebook) and not notebook.library.read_only:
        notebook.library.set_about(_EMAIL, email)
    write_card(path, notebook.library.owner, email)
    return Done(path, Changes(people=True))


def card_name(notebook: Notebook) -> str:
    """A file name for the owner's card."""
    plain = notebook.owner.name.casefold().replace(" ", "-")
    return ("".join(c for c in plain if c.isalnum() or c == "-") or "me") + SUFFIX


def meet_by_card(notebook: Notebook, path: Path) -> Done[MetByCard]:
    """Read somebody's card. They are no known sender yet: the six words are to be compared.

    Raises CardRefused for what is no card, PersonRefused for the owner's own.
    """
    return _meet(notebook, read_card(path))


def _meet(notebook: Notebook, told: CardFile) -> Done[MetByCard]:
    card, known = told.card, circle(notebook)
    if card.author in notebook.library.records.own:
        raise PersonRefused("This is your own card.", "Send it to others.")
    held = known.people.get(card.author)
    standing = known.standing(card)
    kept = Standing.OTHER_KEY if standing is Standing.OTHER_KEY else Standing.MET
    with notebook.library.transaction():
        people = notebook.library.people
        if held is None or standing is not Standing.OTHER_KEY:
            people.put(card, held.standing if held else kept)
        if told.email:
            people.set_address(card.author, told.email)
    return Done(MetByCard(card.author, card.name, standing), Changes(people=True))
