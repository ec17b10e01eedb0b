"""Rows of the preview that ask for a decision, or only tell."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.inbox.questions import (
    LeftOut,
    NewSender,
    OtherKey,
    Spelling,
    Told,
)
from fieldnotes.desktop.widgets.buttons import SignLabel, button
from fieldnotes.desktop.widgets.chips import Chip, ChipRole
from fieldnotes.desktop.widgets.flow_layout import FlowLayout
from fieldnotes.desktop.widgets.person_badge import KeyWords
from fieldnotes.desktop.widgets.quote_block import quoted
from fieldnotes.desktop.widgets.rule import Rule
from fieldnotes.desktop.widgets.side_bar_model import grouped

_INDENT = 32


class PreviewRow(QWidget):
    """A sign, what it is about, a sentence, a chip, perhaps a button, and what unfolds below.

    `about` tells the row from others, also after something was decided.
    """

    def __init__(self, sign: str, heading: str, detail: str, chip: str, role: ChipRole) -> None:
        super().__init__()
        self.heading, self.detail = heading, detail
        self.about = heading
        self.setAccessibleName(f"{chip}: {heading}. {detail}")
        inks: dict[str, str] = {"warning": "amber_text", "error": "red_text"}
        self._top = QHBoxLayout()
        self._top.setSpacing(8)
        words = theme.label(heading, bold=True)
        words.setWordWrap(True)
        self._top.addWidget(SignLabel(sign, inks.get(sign, "muted"), 16))
        self._top.addSpacing(8)
        self._top.addWidget(words, 1)
        self._top.addWidget(Chip(chip, role))
        self.below = QVBoxLayout()
        self.below.setContentsMargins(_INDENT, 0, 0, 0)
        self.below.setSpacing(8)
        self._sentence = theme.label(detail, ink="muted")
        self._sentence.setWordWrap(True)
        if detail:
            self.below.addWidget(self._sentence)
        column = QVBoxLayout()
        column.setContentsMargins(16, 10, 24, 10)
        column.setSpacing(2)
        column.addLayout(self._top)
        column.addLayout(self.below)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addLayout(column)
        outer.addWidget(Rule())

    def add_button(self, made: QPushButton) -> QPushButton:
        """Put a button at the right of the heading."""
        made.setAccessibleName(f"{made.text().replace('&', '')}: {self.heading}")
        self._top.addWidget(made)
        return made

    def warn(self) -> None:
        """The sentence says what went wrong."""
        theme.styled(self._sentence, ink="red_text")

    def take_focus(self) -> None:
        """Put the keyboard on the row's button."""
        for made in self.findChildren(QPushButton):
            if made.isEnabled() and made.isVisibleTo(self):
                made.setFocus(Qt.FocusReason.TabFocusReason)
                return


class NewSenderRow(PreviewRow):
    """Their six words, and Accept. `decided(author, yes)`."""

    decided = Signal(str, bool)

    def __init__(self, asked: NewSender) -> None:
        count = self.tr("1 note") if asked.notes == 1 else self.tr("{n} notes")
        heading = self.tr("New sender: {name}, {notes}").format(
            name=asked.name, notes=count.format(n=grouped(asked.notes))
        )
        detail = self.tr("Not read in unless you accept them. Best ask them for their six words:")
        if asked.accepted:
            detail = self.tr("Will be read in, and is a known sender from then on.")
        chip: tuple[str, ChipRole] = (self.tr("New sender"), "amber")
        if asked.accepted:
            chip = (self.tr("Accepted"), "green")
        super().__init__("success" if asked.accepted else "warning", heading, detail, *chip)
        self.about = asked.author
        words = self.tr("Take back") if asked.accepted else self.tr("Accept")
        self.accept = self.add_button(button(words))
        self.accept.clicked.connect(lambda: self.decided.emit(asked.author, not asked.accepted))
        if not asked.accepted:
            self.below.addWidget(_word_line(asked.words))


class AllNewRow(PreviewRow):
    """Many new senders on the first day: accept them together. `decided()`."""

    decided = Signal()

    def __init__(self, count: int) -> None:
        super().__init__(
            "people",
            self.tr("{n} new senders").format(n=grouped(count)),
            self.tr("Accept them all only if you know that each file came from its sender."),
            self.tr("New senders"),
            "amber",
        )
        self.accept = self.add_button(button(self.tr("Accept all {n}").format(n=grouped(count))))
        self.accept.clicked.connect(self.decided)


class OtherKeyRow(PreviewRow):
    """Both rows of six words side by side; Accept only after they were compared."""

    decided = Signal(str, bool)

    def __init__(self, asked: OtherKey) -> None:
        heading = self.tr("{name}, but with another key").format(name=asked.name)
        detail = self.tr(
            "Perhaps a new laptop, perhaps somebody else. {n} notes wait until you have compared"
            " the words."
        )
        chip: tuple[str, ChipRole] = (self.tr("Check"), "red")
        if asked.accepted:
            chip = (self.tr("Accepted"), "green")
            detail = self.tr("You have compared the words. {n} notes will be read in.")
        detail = detail.format(n=grouped(asked.notes))
        super().__init__("success" if asked.accepted else "error", heading, detail, *chip)
        self.about = asked.author
        self.compare = self.add_button(
            button(self.tr("Take back") if asked.accepted else self.tr("Compare keys"))
        )
        self.panel = QWidget()
        self.compared = QCheckBox(self.tr("I have compared the words with whoever sent it"))
        self.accept = button(self.tr("The words are right: accept"))
        if asked.accepted:
            self.compare.clicked.connect(lambda: self.decided.emit(asked.author, False))
            return
        self._lay_out_panel(asked)
        self.panel.hide()
        self.below.addWidget(self.panel)
        self.accept.setEnabled(False)
        self.compare.setCheckable(True)
        self.compare.toggled.connect(self.panel.setVisible)
        self.compared.toggled.connect(self.accept.setEnabled)
        self.accept.clicked.connect(lambda: self.decided.emit(asked.author, True))

    def _lay_out_panel(self, asked: OtherKey) -> None:
        column = QVBoxLayout(self.panel)
        column.setContentsMargins(0, 8, 0, 8)
        column.setSpacing(12)
        advice = theme.label(
            self.tr(
                "Ring {name}, or ask face to face, for the six words on their first page. Two"
                " people may share a name: accept only if the sender reads you the words of the"
                " file."
            ).format(name=asked.name)
        )
        advice.setWordWrap(True)
        column.addWidget(advice)
        keys = QWidget()
        flow = FlowLayout(keys, gap=32, line_gap=12)
        flow.addWidget(_titled(self.tr("In the file"), asked.words))
        for known in asked.known:
            flow.addWidget(
                _titled(self.tr("{name}, known here").format(name=known.name), known.words)
            )
        column.addWidget(keys)
        foot = QHBoxLayout()
        foot.setSpacing(16)
        foot.addWidget(self.compared)
        foot.addWidget(self.accept)
        foot.addStretch()
        column.addLayout(foot)


class SpellingRow(PreviewRow):
    """New names that may be other spellings: say so, or leave them apart. `decided(same, yes)`."""

    decided = Signal(object, bool)

    def __init__(self, asked: Spelling) -> None:
        same = asked.same
        names = ", ".join(quoted(name) for name in same.names)
        one = self.tr("1 note. It stays as written; one name in lists and counts.")
        many = self.tr("{n} notes. They stay as written; one name in lists and counts.")
        detail = (one if same.notes == 1 else many).format(n=grouped(same.notes))
        if asked.agreed:
            detail = self.tr("Will be the same as {name} in lists and counts.").format(
                name=same.into
            )
        chip: tuple[str, ChipRole] = (self.tr("Same name?"), "amber")
        if asked.agreed:
            chip = (self.tr("Same name"), "green")
        super().__init__("success" if asked.agreed else "warning", names, detail, *chip)
        into = self.tr("Also called {name}").format(name=same.into).replace("&", "&&")
        self.agree = self.add_button(button(self.tr("Take back") if asked.agreed else into))
        self.agree.clicked.connect(lambda: self.decided.emit(same, not asked.agreed))


def left_out_row(asked: LeftOut) -> PreviewRow:
    """A file that cannot be read in, with its one sentence."""
    chip = _tr("Not signed") if asked.unsigned else _tr("Not read in")
    return PreviewRow("error", asked.file, asked.why, chip, "grey")


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
        case "removed":
            heading = told.heading or _tr("{n} more notes").format(n=count)
            detail = _tr("{name} removed it: it goes here as well.").format(name=told.detail)
            detail, chip = detail if told.detail else "", _tr("Removal")
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
            more = [_tr("… and those of {n} more notes").format(n=told.detail)]
            lines = [told.heading, *(more if told.detail else [])]
            detail = "\n".join([*lines, _tr("They appear as soon as another file brings them.")])
            chip = _tr("Missing files")
        case "late":
            one = _tr("1 file that was missing comes along")
            heading = one if told.count == 1 else _tr("{n} files that were missing come along")
            heading, detail, chip = heading.format(n=count), "", _tr("Files")
        case "edited_twice":
            heading = told.heading or _tr("{n} more notes").format(n=count)
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


_ONE = "1 note is not accepted"
_ONE_LISTED = "Team list of {name}: 1 person"


def _titled(words: str, key: tuple[str, ...]) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.addWidget(theme.label(words, ink="muted", size="small", bold=True))
    column.addWidget(KeyWords(key))
    return holder


def _word_line(words: tuple[str, ...]) -> QWidget:
    line = theme.label("   ".join(words))
    line.setFont(theme.mono())
    line.setWordWrap(True)
    line.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return line


def _tr(words: str) -> str:
    from PySide6.QtCore import QCoreApplication

    return QCoreApplication.translate("PreviewRow", words)
