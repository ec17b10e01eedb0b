"""The command that says what worked, where there is no window for it."""

from __future__ import annotations

from argparse import Namespace
from typing import Any

from fieldnotes.cli import printing
from fieldnotes.domain.flip import Answer, How
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.notebook import Notebook

_SAYS = {
    How.ALL: "",
    How.LIKE: "Nothing that worked has these words. Read as {names}.",
    How.SOME: "Nothing that worked has all these words. This has some of them.",
    How.NOTHING: "Nothing that worked is noted for this yet.",
}


def run(notebook: Notebook, told: Namespace) -> int:
    """The answers, the best first; for other programs one object a line."""
    from fieldnotes.operations.flip import flip

    if not told.words:
        raise FieldnotesError("What is it about?", "Say two words, such as: fieldnotes flip …")
    card = flip(notebook, " ".join(told.words))
    says = _SAYS[card.how].format(names=", ".join(each.name for each in card.meant))
    if says and not told.json:
        printing.emit(False, {}, [says])
    for answer in (*card.answers, *card.failed):
        printing.emit(told.json, _keys(answer, card.how), _lines(answer))
    return 0


def _keys(answer: Answer, how: How) -> dict[str, Any]:
    newest = answer.newest
    return {
        "answer": newest.words,
        "worked": answer.yes,
        "partly": answer.partly,
        "not": answer.no,
        "who": [who or "you" for who in answer.who],
        "accounts": list(answer.accounts),
        "stage": newest.stage,
        "outcome": newest.outcome,
        "newest": newest.day.isoformat(),
        "quote": answer.quote.text if answer.quote else "",
        "note": newest.note,
        "read_as": how.value,
    }


def _lines(answer: Answer) -> list[str]:
    counts = ((answer.yes, "worked"), (answer.partly, "partly"), (answer.no, "did not work"))
    often = ", ".join(f"{word} {count}\N{MULTIPLICATION SIGN}" for count, word in counts if count)
    newest = answer.newest
    who = ", ".join(who or "you" for who in answer.who)
    where = ", ".join(answer.accounts)
    about = (often, who, where, newest.stage, newest.outcome, newest.day.isoformat())
    return [newest.words, "    " + "  ".join(part for part in about if part)]
