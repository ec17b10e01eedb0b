"""The last look before a file is made: exactly this is in it, exceptions first."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.bundles import sending_words
from fieldnotes.desktop.bundles.look_at_these import LookAtThese
from fieldnotes.desktop.bundles.opening_choice import OpeningChoice
from fieldnotes.desktop.widgets.chips import ChipRow
from fieldnotes.desktop.widgets.plain_table import PlainTable
from fieldnotes.desktop.widgets.plain_table_model import Column
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.shapes import Shape
from fieldnotes.operations.sending_plans import SendingPlan

_OTHERS = 260  # pixels of what stands above and below; the two lists share the rest


class CheckingStep(QWidget):
    """Title and note for the reader, how many notes go how, and the notes themselves."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = QLineEdit()
        self.title.setPlaceholderText(self.tr("What is it about? For example: Renewals, week 47"))
        self.note = QLineEdit()
        self.note.setPlaceholderText(self.tr("What should they know before they read it?"))
        self.opening = OpeningChoice()
        self.look_at_these = LookAtThese()
        self.pills = ChipRow()
        self.table = PlainTable(self.tr("Notes that were chosen"))
        self.besides = theme.label(sending_words.besides(), ink="muted", size="small")
        self.besides.setWordWrap(True)
        self.besides.setContentsMargins(24, 8, 24, 12)
        self._lay_out()

    def show_plan(self, plan: SendingPlan) -> None:
        """Show what would go into the file, and who could open it.

        Only a bundle carries words to whoever reads it, and only a bundle can be sealed.
        """
        bundle = plan.selection.shape is Shape.BUNDLE
        self._words.setVisible(bundle)
        self.besides.setVisible(bundle)
        self.opening.show_plan(plan)
        self._opens.setVisible(plan.selection.audience is not Audience.MYSELF)
        self.show_notes(plan)

    def hide_words(self) -> None:
        """Title and note are those that the file had."""
        for widget in self._title_and_note:
            widget.hide()

    def show_notes(self, plan: SendingPlan) -> None:
        """Show what becomes of the notes; what was typed and chosen above stays."""
        hidden, not_sent, removals, whole = sending_words.counts(plan)
        self.pills.set_texts([])
        for count, words, role in (
            (hidden, self.tr("{n} with something hidden"), "amber"),
            (not_sent, self.tr("{n} not sent"), "grey"),
            (removals, self.tr("{n} removed"), "amber"),
            (whole, self.tr("{n} sent whole"), "green"),
        ):
            if count:
                self.pills.add(words.format(n=grouped(count)), role)  # type: ignore[arg-type]
        if plan.files:
            self.pills.add(sending_words.files(plan), "grey")
        exceptions = sending_words.exceptions(plan)
        rest = sending_words.sent_whole(plan)
        words = self.tr("{n} more, sent whole") if exceptions else self.tr("{n} sent whole")
        self.table.fill(
            (
                Column(self.tr("Note"), 34),
                Column(self.tr("Account"), 15),
                Column(self.tr("Hidden or not sent"), 28),
                Column(self.tr("Why"), 23),
            ),
            exceptions,
            rest,
            words.format(n=grouped(len(rest))),
        )
        if not exceptions and rest:
            self.table.toggle_fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.look_at_these.list.set_room((self.height() - _OTHERS) // 2)

    def _lay_out(self) -> None:
        self._words = QWidget()
        self._title_and_note: list[QWidget] = []
        fields = QGridLayout(self._words)
        fields.setContentsMargins(24, 12, 24, 0)
        fields.setHorizontalSpacing(16)
        fields.setVerticalSpacing(8)
        for row, (words, field) in enumerate(
            ((self.tr("&Title"), self.title), (self.tr("&Note to them"), self.note))
        ):
            label = theme.label(ink="muted")
            label.setText(words)
            label.setBuddy(field)
            field.setAccessibleName(words.replace("&", ""))
            fields.addWidget(label, row, 0)
            fields.addWidget(field, row, 1)
            self._title_and_note += [label, field]
        self._opens = theme.label(self.tr("Who opens it"), ink="muted")
        fields.addWidget(self._opens, 2, 0, Qt.AlignmentFlag.AlignTop)
        fields.addWidget(self.opening, 2, 1)
        fields.setColumnMinimumWidth(0, 88)
        fields.setColumnStretch(1, 1)
        pills = QVBoxLayout()
        pills.setContentsMargins(24, 16, 24, 8)
        pills.addWidget(self.pills)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._words)
        column.addWidget(self.look_at_these)
        column.addLayout(pills)
        column.addWidget(self.table, 1)
        column.addWidget(self.besides)
