"""What the card says in words: how often, who, where and when."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from fieldnotes.desktop.widgets.day_words import day_words
from fieldnotes.desktop.widgets.quote_block import quoted
from fieldnotes.domain.flip import Answer, Flip, How


def hints() -> tuple[tuple[str, str], ...]:
    """The keys of the card, and what they do."""
    return (
        ("↑ ↓", _tr("next answer")),
        (_tr("Enter"), _tr("open the note")),
        (_tr("Ctrl+C"), _tr("copy")),
        (_tr("F11"), _tr("full screen")),
        (_tr("F1"), _tr("help")),
        (_tr("Esc"), _tr("close")),
    )


def how_often(answer: Answer) -> str:
    """'Worked in 3 meetings, partly in 1, not in 2'."""
    first, *others = [
        (count, word)
        for count, word in (
            (answer.yes, _tr("Worked")),
            (answer.partly, _tr("Worked partly")),
            (answer.no, _tr("Did not work")),
        )
        if count
    ]
    count, word = first
    where = _tr("in 1 meeting") if count == 1 else _tr("in {n} meetings").format(n=count)
    short = {_tr("Worked partly"): _tr("partly in {n}"), _tr("Did not work"): _tr("not in {n}")}
    return ", ".join([f"{word} {where}", *(short[each].format(n=n) for n, each in others)])


def about(answer: Answer) -> str:
    """Who said it, where, how that went on, and when."""
    newest = answer.newest
    went_on = ", ".join(each for each in (newest.stage, newest.outcome) if each)
    parts = (_who(answer.who), _where(answer.accounts), went_on, day_words(newest.day))
    return "  ·  ".join(part for part in parts if part)


def quote(answer: Answer) -> str:
    """The customer's words, and whose they are."""
    if answer.quote is None:
        return ""
    said_by = f"  {answer.quote.role}" if answer.quote.role else ""
    return f"{quoted(answer.quote.text)}{said_by}"


def more(count: int) -> str:
    """How many answers found no room."""
    return _tr("1 more worked.") if count == 1 else _tr("{n} more worked.").format(n=count)


def failed(answer: Answer) -> str:
    """One line for what did not work."""
    return _tr("Did not work: {words}").format(words=answer.newest.words)


def read_as(card: Flip) -> str:
    """How the words were taken, said whenever it is not plainly as they were typed."""
    names = "  ·  ".join(f"{each.name}: {_tr(each.family)}" for each in card.meant)
    match card.how:
        case How.ALL:
            told = names
        case How.LIKE:
            told = _tr("Nothing that worked has these words. Read as {names}").format(names=names)
        case How.SOME:
            told = _tr("Nothing that worked has all these words. This has some of them.")
        case How.NOTHING:
            told = ""
    if card.capped:
        newest = _tr("the newest {n} notes").format(n=card.looked_at)
        told = f"{told}  ·  {newest}" if told else newest
    return told


def spoken(answer: Answer) -> str:
    """Everything of an answer, for who hears the screen."""
    parts = (answer.newest.words, how_often(answer), about(answer), quote(answer))
    return ". ".join(part for part in parts if part)


def _who(names: tuple[str, ...]) -> str:
    told = [each or _tr("you") for each in names]
    if len(told) > 2:
        return _tr("{name} and {n} others").format(name=told[0], n=len(told) - 1)
    return _tr(" and ").join(told)


def _where(accounts: tuple[str, ...]) -> str:
    if len(accounts) > 2:
        return _tr("{name} and {n} others").format(name=accounts[0], n=len(accounts) - 1)
    return ", ".join(accounts)


def _tr(words: str) -> str:
    return QCoreApplication.translate("Flip", words)
