"""The owner's own key: the words to read out, the card to hand round, the laptop before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.flow_layout import FlowLayout
from fieldnotes.desktop.widgets.panel import Panel
from fieldnotes.desktop.widgets.person_badge import KeyWords, PersonBadge
from fieldnotes.domain.people import KeyCard
from fieldnotes.operations.people import KnownPerson


class OwnPanel(Panel):
    """`card_wanted(email)` to save the card, `list_wanted` to save the team list, `laptop_wanted`
    for the library of an earlier laptop, `was_mine(author)` for a key that says it was."""

    card_wanted = Signal(str)
    list_wanted = Signal()
    laptop_wanted = Signal()
    was_mine = Signal(str)

    def __init__(
        self,
        person: KnownPerson,
        email: str,
        claims: Sequence[tuple[KeyCard, tuple[str, ...]]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(self.tr("You"), parent)
        self.email = QLineEdit(email)
        self.email.setMaxLength(200)
        self.email.setPlaceholderText(self.tr("Your e-mail, if it should be on your card"))
        self.email.setAccessibleName(self.tr("Your e-mail, for your card"))
        self.email.setMaximumWidth(420)
        self.save_card = button(self.tr("Save my &card…"), icon="key")
        self.save_list = button(self.tr("Save &team list…"), icon="people")
        self.laptop = button(self.tr("I had another &laptop…"))
        self._lay_out(person)
        for card, words in claims:
            self.body.addWidget(self._claim(card, words))
        self.save_list.setVisible(person.keeps > 0)
        self.save_card.clicked.connect(lambda: self.card_wanted.emit(self.email.text().strip()))
        self.save_list.clicked.connect(self.list_wanted)
        self.laptop.clicked.connect(self.laptop_wanted)

    def _lay_out(self, person: KnownPerson) -> None:
        keys = len(person.former)
        detail = self.tr("with the key of {n} earlier laptops").format(n=keys) if keys > 1 else ""
        detail = self.tr("with the key of an earlier laptop") if keys == 1 else detail
        self.body.addWidget(PersonBadge(person.name, detail))
        words = theme.label(
            self.tr(
                "Others recognise your files by these six words. When somebody reads in your"
                " first file or card, read the words out to them, best on the phone."
            ),
            ink="muted",
        )
        words.setWordWrap(True)
        self.body.addWidget(words)
        self.body.addWidget(KeyWords(person.words, large=True))
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8, line_gap=8)
        for made in (self.save_card, self.save_list, self.laptop):
            flow.addWidget(made)
        self.body.addSpacing(8)
        self.body.addWidget(self.email)
        self.body.addWidget(buttons)

    def _claim(self, card: KeyCard, words: tuple[str, ...]) -> QWidget:
        """A key from which this laptop goes on, it is said: only its owner can say whether."""
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(8)
        asked = self.tr(
            "It is said that you went on here from the laptop of {name} with these words."
            " Was it yours?"
        )
        said = theme.label(asked.format(name=card.name))
        said.setWordWrap(True)
        yes = button(self.tr("&Yes, that was my laptop"), "primary")
        yes.clicked.connect(lambda: self.was_mine.emit(card.author))
        column.addWidget(said)
        column.addWidget(KeyWords(words))
        row = QWidget()
        FlowLayout(row).addWidget(yes)
        column.addWidget(row)
        return holder
