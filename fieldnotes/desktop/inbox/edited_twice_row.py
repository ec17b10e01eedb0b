"""A note that was edited twice: both versions side by side, with the words that only one has."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.inbox.decision_rows import PreviewRow
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.day_words import moment_words, told_apart
from fieldnotes.desktop.widgets.difference_text import ONLY, DifferenceText
from fieldnotes.desktop.widgets.quote_block import quoted
from fieldnotes.domain.differences import How, Piece, differences
from fieldnotes.operations.import_plans import Twice

_FIELDS = 12  # that differ, shown


class EditedTwiceRow(PreviewRow):
    """Told and not asked: its author will settle it. *Compare* shows both versions: `opened`."""

    opened = Signal()

    def __init__(self, told: Twice) -> None:
        detail = _tr("By {name}, in two places. Both versions are kept; the author settles it.")
        super().__init__(
            "info",
            quoted(told.heading or _tr("(hidden)")),
            detail.format(name=told.author),
            _tr("Edited twice"),
            "grey",
        )
        self._told = told
        self.both: QWidget | None = None
        self.compare = self.add_button(button(_tr("Compare")))
        self.compare.clicked.connect(self._on_compare)

    def _on_compare(self) -> None:
        if self.both is None:
            self.both = _side_by_side(self._told)
            self.below.addWidget(self.both)
            self.both.show()
        else:
            self.both.setVisible(self.both.isHidden())
        self.compare.setText(_tr("Compare") if self.both.isHidden() else _tr("Close"))
        if not self.both.isHidden():
            self.opened.emit()


def _side_by_side(told: Twice) -> QWidget:
    holder = QWidget()
    grid = QGridLayout(holder)
    grid.setContentsMargins(0, 8, 0, 8)
    grid.setHorizontalSpacing(24)
    grid.setVerticalSpacing(6)
    headings = _headings(told)
    for column, heading in enumerate(headings):
        grid.setColumnStretch(column, 1)
        label = theme.label(heading, bold=True)
        label.setWordWrap(True)
        grid.addWidget(label, 0, column, Qt.AlignmentFlag.AlignTop)
    # the spaces between words are those of the version that comes last
    others = {each.field: each for each in differences(told.other, told.one)}
    found = differences(told.one, told.other)[:_FIELDS]
    for number, each in enumerate(found):
        row = 1 + 2 * number
        name = _name(each.field)
        grid.addWidget(theme.label(name, ink="muted", size="small"), row, 0, 1, 2)
        for column, shown in enumerate((others[each.field], each)):
            pieces = [piece for piece in shown.pieces if piece.how is not How.GONE]
            text = _text(pieces, f"{name}, {headings[column]}")
            grid.addWidget(text, row + 1, column, Qt.AlignmentFlag.AlignTop)
    if not found:
        grid.addWidget(theme.label(_tr("They say the same."), ink="muted"), 1, 0, 1, 2)
    return holder


def _text(pieces: list[Piece], name: str) -> QWidget:
    shown = [("same" if each.how is How.SAME else ONLY, each.text) for each in pieces]
    return DifferenceText(shown or [("same", "–")], name)


def _headings(told: Twice) -> list[str]:
    """'Here: changed 21 Nov 2026, 14:10'; where it is clear which one the file brings."""
    whens = [when.local() for when in told.changed]
    told_whens = told_apart([moment_words(when) for when in whens], whens)
    if told.here[0] == told.here[1]:
        return [_tr("Changed {when}").format(when=when) for when in told_whens]
    here, there = _tr("Here: changed {when}"), _tr("In the file: changed {when}")
    return [
        (here if held else there).format(when=when)
        for held, when in zip(told.here, told_whens, strict=True)
    ]


def _name(field: str) -> str:
    known = {"text_redacted": _tr("Version for others"), "did": _tr("What they did")}
    return known.get(field, field.replace("_", " ").replace(".", " ").capitalize())


def _tr(words: str) -> str:
    return QCoreApplication.translate("EditedTwiceRow", words)
