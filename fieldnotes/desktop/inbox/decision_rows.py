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
        one = self.tr("1 note waits until you have compared the words.")
        many = self.tr("{n} notes wait until you have compared the words.")
        lead = self.tr("Perhaps a new laptop, perhaps somebody else.")
        chip: tuple[str, ChipRole] = (self.tr("Check"), "red")
        if asked.accepted:
            chip = (self.tr("Accepted"), "green")
            lead = self.tr("You have compared the words.")
            one, many = self.tr("1 note will be read in."), self.tr("{n} notes will be read in.")
        count = (one if asked.notes == 1 else many).format(n=grouped(asked.notes))
        detail = f"{lead} {count}"
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
