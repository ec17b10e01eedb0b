"""What went where, in the words and rows of its page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QCoreApplication

from fieldnotes.desktop import icons
from fieldnotes.desktop.widgets.day_words import moment_words
from fieldnotes.desktop.widgets.marked_line import one_line
from fieldnotes.desktop.widgets.plain_table_model import Cell, Column, TableRow
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.domain.ledger import Gap, Whom
from fieldnotes.domain.moments import Moment
from fieldnotes.operations.ledger import Came, Made, Unfinished
from fieldnotes.operations.what_went_where import Contents
from fieldnotes.operations.where_it_went import OpenRemoval, Went, WhereItWent

MADE, CAME = "made:", "came:"  # before the number of a row


def person(whom: Whom) -> str:
    """Somebody who got files."""
    return whom.name or (_tr("Yourself") if whom.own else _tr("Nobody by name"))


def people(several: Iterable[Whom]) -> str:
    """All of them."""
    return ", ".join(map(person, several))


def made_rows(made: Iterable[Made], now: Moment) -> tuple[tuple[Column, ...], list[TableRow]]:
    """One row for each file that was made."""
    seen: set[str] = set()
    repeated = set()
    several = list(made)
    for each in reversed(several):
        if each.bundle in seen:
            repeated.add(each.no)
        seen.add(each.bundle)
    rows = [
        TableRow(
            (
                (
                    Cell(people(each.whom)),
                    _number(each, again=each.no in repeated),
                    Cell(_short(each.name) or each.title, ink="muted"),
                    Cell(grouped(each.records), ink="muted"),
                    Cell(_when(each.at, now), ink="muted"),
                ),
            ),
            f"{MADE}{each.no}",
            "send",
        )
        for each in several
    ]
    return _columns(_tr("To"), _tr("File")), rows


def came_rows(came: Iterable[Came], now: Moment) -> tuple[tuple[Column, ...], list[TableRow]]:
    """One row for each file that was read in; most have no title, and none needs its column."""
    several = list(came)
    titled = any(each.title for each in several)
    rows = [
        TableRow(
            (
                (
                    Cell(each.sender),
                    Cell(_stands_for(each.number, each.again)),
                    *([Cell(each.title, ink="muted")] if titled else []),
                    Cell(grouped(each.records), ink="muted"),
                    Cell(_when(each.at, now), ink="muted"),
                ),
            ),
            f"{CAME}{each.no}",
            "read-in",
        )
        for each in several
    ]
    return _columns(_tr("From"), _tr("Title") if titled else ""), rows


def contents_rows(found: Contents) -> tuple[tuple[Column, ...], list[TableRow]]:
    """The notes of a file, and what became of each since."""
    words = {
        "as it was": Cell(_tr("The newest"), ink="muted"),
        "changed": Cell(chip=_tr("Changed since"), role="amber"),
        "removed": Cell(chip=_tr("Removed since"), role="grey"),
    }
    rows = [
        TableRow(
            ((Cell(each.heading or _tr("(erased)")), words[each.state]),),
            each.id,
            icons.sign_of(each.kind),
        )
        for each in found.notes
    ]
    if found.more:
        more = _tr("… and {n} more").format(n=grouped(found.more))
        rows.append(TableRow(((Cell(more, ink="muted"),),)))
    return (Column(_tr("Note"), 54), Column(_tr("Here now"), 46)), rows


def went_rows(found: WhereItWent, now: Moment) -> tuple[tuple[Column, ...], list[TableRow]]:
    """One row for everybody who has a note."""
    rows = [
        TableRow(
            (
                (
                    Cell(person(each.whom)),
                    Cell(_version(each, found.versions)),
                    _state(each, removed=found.removed),
                    Cell(_short(each.name), ink="muted"),
                    Cell(_when(each.at, now), ink="muted"),
                ),
            ),
            sign="file" if each.sheet else "person",
        )
        for each in found.went
    ]
    columns = (
        Column(_tr("Who has it"), 22),
        Column(_tr("Version"), 16),
        Column(_tr("Newer"), 24),
        Column(_tr("Last file"), 22),
        Column(_tr("When"), 20),
    )
    return columns, rows


def gaps_words(gaps: Sequence[Gap]) -> tuple[str, str]:
    """(what has not arrived, from whom and what to do about it)."""
    if len(gaps) > 1:
        told = "; ".join(f"{gap.sender}: {_numbers(gap)}" for gap in gaps[:_NAMED])
        told += "; …" if len(gaps) > _NAMED else ""
        lead = _tr("{n} senders have numbers that did not arrive.").format(n=grouped(len(gaps)))
        return lead, _tr("{told}. They may come later; else ask for them again.").format(told=told)
    (gap,) = gaps
    one, many = _tr("Number {n} has not arrived."), _tr("Numbers {n} have not arrived.")
    lead = (one if len(gap.numbers) == 1 else many).format(n=_numbers(gap))
    to = ", ".join(gap.recipients)
    words = _tr("From {sender} to {to}. It may come later; else ask for it again.")
    if not to:
        words = _tr("From {sender}. It may come later, or it went to somebody else.")
    return lead, words.format(sender=gap.sender, to=to)


def unfinished_words(lost: Sequence[Unfinished]) -> tuple[str, str]:
    """(which numbers no file has, why nobody has to care)."""
    told = ", ".join(
        _tr("{n} to {who}").format(n=each.number, who=people(each.whom)) for each in lost[:_NAMED]
    )
    told += ", …" if len(lost) > _NAMED else ""
    one, many = _tr("Number {told} was never finished."), _tr("Numbers {told} were never finished.")
    lead = (one if len(lost) == 1 else many).format(told=told)
    return lead, _tr("Nobody can have it; nothing is lacking.")


def open_words(lacking: Sequence[OpenRemoval]) -> tuple[str, str]:
    """(who was not told, of which notes)."""
    unnamed = _tr("somebody you did not name")
    names = [each.whom.name or unnamed for each in sorted(lacking, key=lambda x: not x.whom.name)]
    named = ", ".join(names[:_NAMED]) + (", …" if len(names) > _NAMED else "")
    one = _tr("{who} has removed notes, and was not told yet.")
    many = _tr("{n} people have removed notes, and were not told yet.")
    lead = (one if len(names) == 1 else many).format(who=named, n=grouped(len(names)))
    headings = dict.fromkeys(
        one_line(note.heading) for each in lacking for note in each.notes if note.heading
    )
    notes = ", ".join(f"“{each}”" for each in [*headings][:_NAMED])
    notes += ", …" if len(headings) > _NAMED else ""
    lead = lead[:1].upper() + lead[1:]
    return lead, notes if len(names) == 1 else "\n".join(filter(None, (named, notes)))


_NAMED = 3


def _numbers(gap: Gap) -> str:
    *first, last = map(str, gap.numbers)
    told = _tr("{first} and {last}").format(first=", ".join(first), last=last)
    return told if first else last


def _columns(whom: str, file: str) -> tuple[Column, ...]:
    return (
        Column(whom, 30),
        Column(_tr("Number"), 14),
        *([Column(file, 22)] if file else []),
        Column(_tr("Notes"), 12),
        Column(_tr("When"), 22),
    )


def _number(made: Made, *, again: bool) -> Cell:
    if not made.number:
        return Cell(made.shape.upper() if made.shape != "markdown" else _tr("Pages"), ink="muted")
    words = _stands_for(made.number, made.again)
    return Cell(_tr("{n}, once more").format(n=words) if again else words)


def _stands_for(number: int, again: int) -> str:
    words = _tr("{n}, in place of {old}")
    return words.format(n=number, old=again) if again else str(number)


def _version(each: Went, versions: int) -> str:
    if not each.version:
        return _tr("An older one")
    return _tr("{n} of {all}").format(n=each.version, all=versions)


def _state(each: Went, *, removed: bool) -> Cell:
    if each.newest:
        return Cell(chip=_tr("Told of the removal") if removed else _tr("The newest"), role="green")
    if each.sheet:
        return Cell(_tr("A sheet stays as it is"), ink="muted")
    return Cell(chip=_tr("Not told yet") if removed else _tr("Newer not sent yet"), role="amber")


def _short(name: str) -> str:
    """A bundle needs no ending: it has a number."""
    return name.removesuffix(".fieldnotes")


def _when(moment: Moment, now: Moment) -> str:
    return moment_words(Moment(moment.ms, now.offset).local())


def _tr(words: str) -> str:
    return QCoreApplication.translate("LedgerPage", words)
