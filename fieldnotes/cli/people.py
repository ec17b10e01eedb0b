"""The commands about people: cards, who is known, the team list, and who opens a file."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from fieldnotes.cli import printing
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.notebook import Notebook

if TYPE_CHECKING:
    from fieldnotes.operations.changes import Done
    from fieldnotes.operations.opening import Locked
    from fieldnotes.operations.people import KnownPerson
    from fieldnotes.operations.sending_plans import SendingPlan

_LONGEST = 4096


def card(notebook: Notebook, told: Namespace) -> int:
    """Write the owner's card, read somebody's, or tell of the owner's."""
    from fieldnotes.operations import cards
    from fieldnotes.operations.people import find_person

    if told.read is not None:
        met = cards.meet_by_card(notebook, told.read).result
        person = find_person(notebook, met.author)
        lines = [f"{person.name}: {person.in_words}", f"Six words: {' '.join(person.words)}"]
        printing.emit(told.json, _keys(person), lines)
        return 0
    if told.out is not None:
        cards.save_card(notebook, told.out, told.email)
    elif told.email is not None:
        raise FieldnotesError("The address stands on the card.", "Say where it goes with --out.")
    keys = {
        "name": notebook.owner.name,
        "author": notebook.owner.author,
        "words": list(notebook.words),
        "email": cards.own_address(notebook),
        "file": str(told.out) if told.out else None,
    }
    lines = [f"{notebook.owner.name}: {' '.join(notebook.words)}"]
    printing.emit(told.json, keys, [*lines, f"Saved {told.out}"] if told.out else lines)
    return 0


def people(notebook: Notebook, told: Namespace) -> int:
    """Decide something about somebody's key, or list everybody."""
    from fieldnotes.operations import people as operations
    from fieldnotes.operations import succession

    decisions: dict[str, Callable[[Notebook, str], Done[str]]] = {
        "accept": operations.accept_person,
        "refuse": operations.refuse_person,
        "forget": operations.forget_person,
        "trust": operations.trust_list,
        "distrust": lambda book, author: operations.trust_list(book, author, trusted=False),
        "was_mine": succession.went_on_from,
        "my_laptop": succession.go_on_as,
    }
    for name, decide in decisions.items():
        if (who := getattr(told, name)) is not None:
            author = operations.find_person(notebook, who).author
            decide(notebook, author)
            return _list(told, [operations.the_person(notebook, author)])
    if told.same:
        old, new = (operations.find_person(notebook, who).author for who in told.same)
        succession.confirm_new_key(notebook, old, new)
        return _list(told, [operations.the_person(notebook, new)])
    if told.laptop is not None:
        taken = succession.take_over_laptop(
            notebook, told.laptop, printing.progress("Taking over")
        ).result
        keys = {"name": taken.name, "records": taken.records}
        printing.emit(told.json, keys, [f"{taken.records} records of {taken.name} taken over"])
        return 0
    return _list(told, operations.people_known(notebook))


def team(notebook: Notebook, told: Namespace) -> int:
    """Change the owner's team list or write it as a file, then list it."""
    from fieldnotes.operations import people as operations
    from fieldnotes.operations import team as lists

    who = told.add or told.lost or told.remove
    author = operations.find_person(notebook, who).author if who else ""
    if told.add:
        lists.put_on_team(notebook, author, told.region, told.language, told.email)
    elif told.lost:
        lists.withdraw_key(notebook, author)
    elif told.remove:
        lists.take_off_team(notebook, author)
    elif told.out:
        lists.send_team(notebook, told.out)
    for entry in lists.list_team(notebook):
        member = entry.member
        words = [member.name, member.region, member.language, member.email]
        line = "  ".join(filter(None, [*words, "lost" if member.withdrawn else ""]))
        keys = {
            "name": member.name,
            "author": member.card.author,
            "region": member.region,
            "language": member.language,
            "email": member.email,
            "withdrawn": member.withdrawn,
        }
        printing.emit(told.json, keys, [line])
    return 0


def passphrase(told: Namespace) -> str:
    """The first line of the file that was given; '' where none was. Raises FieldnotesError."""
    if told.passphrase_file is None:
        return ""
    try:
        with told.passphrase_file.open(encoding="utf-8") as file:
            line: str = file.readline(_LONGEST).rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise FieldnotesError(
            f"{told.passphrase_file} could not be read.",
            "Write the passphrase into its first line.",
        ) from error
    if not line:
        raise FieldnotesError("There is no passphrase in the file.", "It is the first line.")
    return line


def who_opens(locked: Locked, plan: SendingPlan) -> str:
    """Who can read the file, in one sentence."""
    return {
        "mine": "Only you can open it.",
        "key": f"Only {', '.join(card.name for card in plan.sealed_for)} can open it.",
        "passphrase": "Whoever knows the passphrase can open it.",
        "open": "Anyone who has the file can read it.",
    }[locked]


def _list(told: Namespace, people: list[KnownPerson]) -> int:
    for person in people:
        line = f"{person.name}  {person.in_words}  {' '.join(person.words)}"
        former = f"  replaced {len(person.former)} other keys" if person.former else ""
        printing.emit(told.json, _keys(person), [line + former])
    return 0


def _keys(person: KnownPerson) -> dict[str, Any]:
    return {
        "name": person.name,
        "author": person.author,
        "words": list(person.words),
        "standing": person.standing.value,
        "in_words": person.in_words,
        "email": person.email,
        "region": person.region,
        "language": person.language,
        "keeps": person.keeps,
        "former": [{"author": key.author, "lost": key.lost} for key in person.former],
    }
