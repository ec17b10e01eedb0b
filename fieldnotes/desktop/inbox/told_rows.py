"""Rows of the preview that only tell: nobody has to decide anything."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from fieldnotes.desktop.inbox.decision_rows import PreviewRow
from fieldnotes.desktop.inbox.questions import Removed, Told
from fieldnotes.desktop.widgets.quote_block import quoted
from fieldnotes.desktop.widgets.side_bar_model import grouped

_REASONS = {
    "wrong": "it was wrong",
    "consent": "the customer withdrew consent",
    "erase": "erased",
}
_ONE = "1 note is not accepted"
_ONE_LISTED = "Team list of {name}: 1 person"


def told_row(told: Told) -> PreviewRow:
    """Something to know, without anything to decide."""
    count = grouped(told.count)
    match told.what:
        case "gap" | "gap_or_others":
            one, many = _tr("Number {n} has not arrived"), _tr("Numbers {n} have not arrived")
            heading = (one if told.count == 1 else many).format(n=told.heading)
            detail = _tr("From {name}. It may come later; else ask for it again.")
            if told.what == "gap_or_others":
                detail = _tr("From {name}. It may come later, or it went to somebody else.")
            detail, chip = detail.format(name=told.detail), _tr("Not arrived")
        case "cover":
            heading, detail, chip = quoted(told.heading), told.detail, _tr("Note to you")
        case "team_list":
            heading = _tr("Team list of {name}: {n} people") if told.count > 1 else _tr(_ONE_LISTED)
            heading = heading.format(name=told.heading, n=count)
            detail, chip = (
                _tr("Say under “People and keys” whether you trust it."),
                _tr("Team list"),
            )
        case "said_before" | "said_before_or_more":
            one = _tr("1 note says nearly the same as a note already here")
            many = _tr("{n} notes say nearly the same as notes already here")
            if told.what == "said_before_or_more":
                one = many = _tr("{n} or more notes say nearly the same as notes already here")
            heading = (one if told.count == 1 else many).format(n=count)
            detail = _tr("Each is kept; a meeting that several people tell of counts once.")
            chip = _tr("Looks alike")
        case "lacking":
            one = _tr("1 attached file is not there")
            heading = (one if told.count == 1 else _tr("{n} attached files are not there")).format(
                n=count
            )
            one, many = _tr("… and those of 1 more note"), _tr("… and those of {n} more notes")
            more = [(one if told.detail == "1" else many).format(n=told.detail)]
            lines = [told.heading, *(more if told.detail else [])]
            detail = "\n".join([*lines, _tr("They appear as soon as another file brings them.")])
            chip = _tr("Missing files")
        case "late":
            one = _tr("1 file that was missing comes along")
            heading = one if told.count == 1 else _tr("{n} files that were missing come along")
            heading, detail, chip = heading.format(n=count), "", _tr("Files")
        case "edited_twice":
            heading = told.heading or _more(told.count)
            detail = _tr("By {name}, in two places. Both versions are kept; the author settles it.")
            detail, chip = (
                detail.format(name=told.detail) if told.detail else "",
                _tr("Edited twice"),
            )
        case _:
            heading = _tr("{n} notes are not accepted") if told.count > 1 else _tr(_ONE)
            heading, detail, chip = heading.format(n=count), told.detail, _tr("Not accepted")
    sign = "quote" if told.what == "cover" else "info"
    return PreviewRow(sign, heading, detail, chip, "grey")


def removed_row(told: Removed) -> PreviewRow:
    """What an author removed, which goes here as well, with the reason of each."""
    one = _tr("{name} removed 1 note: it goes here as well")
    many = _tr("{name} removed {n} notes: they go here as well")
    heading = (one if told.count == 1 else many).format(name=told.author, n=grouped(told.count))
    lines = [_with_reason(*each) for each in told.some]
    if (more := told.count - len(lines)) > 0:
        lines.append(_more(more))
    return PreviewRow("trash", heading, "\n".join(lines), _tr("Removal"), "amber")


def _with_reason(heading: str, reason: str) -> str:
    words = quoted(heading) if heading else _tr("A note that is not here")
    why = _tr(_REASONS.get(reason, reason))
    return f"{words}: {why}" if why else words


def _more(count: int) -> str:
    words = _tr("1 more note") if count == 1 else _tr("{n} more notes")
    return words.format(n=grouped(count))


def _tr(words: str) -> str:
    return QCoreApplication.translate("PreviewRow", words)
