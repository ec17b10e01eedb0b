"""Two notes side by side, with what only one of them says marked in both."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.likeness.pair_list import origin
from fieldnotes.desktop.widgets.buttons import SignLabel, button
from fieldnotes.desktop.widgets.difference_text import ONLY, DifferenceText
from fieldnotes.desktop.widgets.marked_line import one_line
from fieldnotes.desktop.widgets.primary_button import PrimaryButton
from fieldnotes.desktop.widgets.rule import Rule
from fieldnotes.domain.differences import How, Piece, words_between
from fieldnotes.domain.notes import Kind, Note
from fieldnotes.domain.views import NoteView
from fieldnotes.operations.said_before import LikePair

_MARGIN = 24


class PairView(QWidget):
    """`same` and `different` judge the pair that is shown, `note_wanted` carries a note to read."""

    same = Signal()
    different = Signal()
    note_wanted = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.link = PrimaryButton(self.tr("The same"), "Return")
        self.differ = button(self.tr("Not the same"))
        self.differ.setToolTip("N")
        self._share = theme.label(ink="muted")
        self._share.setWordWrap(True)
        keys = self.tr("↵ links, N tells apart, J and K go along, Z takes back")
        self._keys = theme.label(keys, ink="muted", size="small")
        self._keys.setWordWrap(True)
        self._scroll = QScrollArea()
        self._lay_out()
        self.link.clicked.connect(self.same)
        self.differ.clicked.connect(self.different)

    def show_pair(self, pair: LikePair | None, today: date) -> None:
        """Show this one, or nothing."""
        for made in (self.link, self.differ):
            made.setEnabled(pair is not None)
        self._keys.setVisible(pair is not None)
        body = QWidget()
        if pair is None:
            self._share.setText("")
        else:
            share = int(pair.share * 100)
            words = self.tr("{share} % of the words are the same. Link the two notes?")
            self._share.setText(words.format(share=share))
            self._fill(body, pair, today)
        self._scroll.setWidget(theme.styled(body, ground="surface"))

    def _fill(self, body: QWidget, pair: LikePair, today: date) -> None:
        pieces = words_between(_said(pair.earlier.note), _said(pair.later.note))
        row = QHBoxLayout(body)
        row.setContentsMargins(_MARGIN, 16, _MARGIN, _MARGIN)
        row.setSpacing(_MARGIN)
        for view, gone in ((pair.later, How.GONE), (pair.earlier, How.COME)):
            side = self._side(view, [each for each in pieces if each.how is not gone], today)
            row.addWidget(side, 1)
            if view is pair.later:
                row.addWidget(Rule(upright=True))

    def _side(self, view: NoteView, pieces: Iterable[Piece], today: date) -> QWidget:
        side = QWidget()
        side.setMinimumWidth(200)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        first = QHBoxLayout()
        first.setSpacing(8)
        first.addWidget(SignLabel(view.note.kind if view.note.kind in set(Kind) else "note"))
        whose = theme.label(origin(view, today), bold=True)
        whose.setWordWrap(True)
        first.addWidget(whose, 1)
        read = button(self.tr("Read it"), "link")
        read.setAccessibleDescription(one_line(view.note.heading))
        read.clicked.connect(lambda: self.note_wanted.emit(view.id))
        first.addWidget(read)
        column.addLayout(first)
        # always there, so that the two texts begin on one line
        told = theme.label(_where(view.note) or " ", ink="muted", size="small")
        told.setWordWrap(True)
        column.addWidget(told)
        shown = ((each.how.value if each.how is How.SAME else ONLY, each.text) for each in pieces)
        column.addWidget(DifferenceText(shown, self.tr("Note of {who}").format(who=whose.text())))
        column.addStretch()
        return side

    def _lay_out(self) -> None:
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(self.tr("The two notes"))
        theme.styled(self._scroll, ground="surface")
        foot = QHBoxLayout()
        foot.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        foot.setSpacing(8)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._share)
        words.addWidget(self._keys)
        foot.addLayout(words, 1)
        foot.addWidget(self.differ)
        foot.addWidget(self.link)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._scroll, 1)
        column.addWidget(Rule())
        column.addLayout(foot)
        theme.styled(self, ground="surface")


def _said(note: Note) -> str:
    """Quotes, then the text; the title where nothing else is said."""
    quotes = [f"“{quote.text}”" for quote in note.quotes]
    said = "\n".join([*quotes, (note.text or note.text_redacted).strip()]).strip()
    return said or note.title


def _where(note: Note) -> str:
    return "  ·  ".join(filter(None, (note.account, *(f"#{tag}" for tag in note.tags))))
