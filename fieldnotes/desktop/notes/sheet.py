"""One note on its sheet: built anew for every note, so nothing of the last one can stay behind."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.notes import days, wording
from fieldnotes.desktop.notes.query_chips import filter_part
from fieldnotes.desktop.notes.reading import Reading
from fieldnotes.desktop.notes.sheet_foot import SheetFoot
from fieldnotes.desktop.widgets.buttons import SignLabel, button, icon_button
from fieldnotes.desktop.widgets.chips import Chip, ChipRole, ChipRow
from fieldnotes.desktop.widgets.flow_layout import FlowLayout
from fieldnotes.desktop.widgets.panel import FieldGrid
from fieldnotes.desktop.widgets.quote_block import QuoteBlock
from fieldnotes.desktop.widgets.reading_text import ReadingText
from fieldnotes.desktop.widgets.side_by_side import SideBySide
from fieldnotes.domain.moments import is_doubtful
from fieldnotes.domain.notes import KIND_FIELDS, Contact, Kind, also_noted

if TYPE_CHECKING:
    from fieldnotes.desktop.widgets.file_tiles import FileTiles

_ONE_LINE = 380  # pixels, for labels and values, and for the first line
_AS_TEXT = (
    "QPushButton { padding: 0; border: none } QPushButton:focus { text-decoration: underline }"
)


class Sheet(QWidget):
    """A note to read. `filter_wanted` carries the filter behind a name that was clicked.

    `consent_toggled`: the customer took consent back (False), or did so by mistake (True).
    """

    filter_wanted = Signal(str)
    edit_wanted = Signal()
    copy_wanted = Signal()
    removal_wanted = Signal()
    consent_toggled = Signal(bool)
    versions_wanted = Signal()
    where_wanted = Signal()

    def __init__(self, reading: Reading, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._reading = reading
        self._view = reading.view
        self._note = reading.view.note
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(16)
        self.setAccessibleName(self._note.heading)
        self._add_head()
        for quote in self._note.quotes:
            self._column.addWidget(QuoteBlock(quote.text, quote.role))
        self._add_text()
        self._add_fields()
        self.files = self._add_files()
        foot = SheetFoot(reading)
        foot.versions_wanted.connect(self.versions_wanted)
        foot.where_wanted.connect(self.where_wanted)
        self._column.addWidget(foot)

    def _add_head(self) -> None:
        head = QVBoxLayout()
        head.setSpacing(8)
        head.addWidget(self._first_line())
        title = theme.label(self._note.heading or self.tr("Nothing but hidden fields"))
        theme.styled(title, size="title", bold=True)
        head.addWidget(_readable(title))
        if where := self._where():
            head.addWidget(where)
        self._column.addLayout(head)

    def _first_line(self) -> QWidget:
        both = SideBySide(_ONE_LINE, (8, 4))
        line, after = QHBoxLayout(), QHBoxLayout()
        for part in (line, after):
            part.setSpacing(8)
        kind = self._note.kind if self._note.kind in set(Kind) else "note"
        line.addWidget(SignLabel(kind, size=14), 0, Qt.AlignmentFlag.AlignVCenter)
        words = theme.label(" · ".join(self._origin()), ink="muted")
        line.addWidget(_readable(words), 1)
        for made in self._buttons():
            after.addWidget(made, 0, Qt.AlignmentFlag.AlignVCenter)
        after.addSpacing(4)
        see = Chip(wording.who_may_see(self._view.marking), "grey")
        see.setToolTip(self.tr("Who may see it"))
        see.setMinimumWidth(see.sizeHint().width())
        after.addWidget(see, 0, Qt.AlignmentFlag.AlignVCenter)
        after.addStretch()
        both.parts.addLayout(line, 1)
        both.parts.addLayout(after)
        return both

    def _buttons(self) -> Iterable[QWidget]:
        mine = self._view.mine and not self._view.removed
        for icon, name, wanted, offered in (
            ("draft", self.tr("Edit"), self.edit_wanted, mine),
            ("copy", self.tr("Copy for CRM"), self.copy_wanted, True),
            ("trash", self.tr("Remove…"), self.removal_wanted, mine),
        ):
            if offered:
                made = icon_button(icon, name)
                made.setFixedSize(24, 24)
                made.clicked.connect(wanted)
                yield made

    def _origin(self) -> Iterable[str]:
        yield wording.kind_name(self._note.kind)
        if not self._view.mine:
            yield self._view.author_name
        when = days.told(self._view.happened.local(), self._today(), self._note.whole_day)
        yield f"{when}, {self._note.place}" if self._note.place else when
        told = (self._view.created, self._view.modified, self._view.happened)
        if any(is_doubtful(each, self._reading.now) for each in told):
            yield self.tr("date doubtful")

    def _where(self) -> QWidget | None:
        """Account, opportunity and stage."""
        note = self._note
        stage = ", ".join(part for part in (note.stage, note.outcome) if part)
        others = [part for part in (note.opportunity, wording.sentence(stage)) if part]
        if not note.account and not others:
            return None
        line = QWidget()
        flow = FlowLayout(line, gap=0)
        if note.account:
            flow.addWidget(self._name_button("account", note.account))
        words = "  ·  ".join(["", *others] if note.account else others)
        flow.addWidget(theme.label(words, ink="muted"))
        return line

    def _name_button(self, family: str, name: str) -> QWidget:
        made = button(name.replace("&", "&&"), "link")
        made.setAccessibleName(name)
        made.setStyleSheet(_AS_TEXT)
        made.clicked.connect(lambda: self.filter_wanted.emit(filter_part(family, name)))
        return made

    def _add_text(self) -> None:
        note = self._note
        text = note.text or note.text_redacted
        if not note.title:
            text = text.strip().partition("\n")[2] if _is_heading(text, note.heading) else text
        if text.strip():
            self._column.addWidget(ReadingText(text.strip(), self.tr("Text")))

    def _add_fields(self) -> None:
        grid = FieldGrid(least=_ONE_LINE)
        count = 0
        for name, value in self._fields():
            grid.add(name, value)
            count += 1
        if count:
            self._column.addWidget(grid)

    def _add_files(self) -> FileTiles | None:
        """What is attached: `ReaderPane` lets it be drawn and opened."""
        if not self._reading.files:
            return None
        from fieldnotes.desktop.file_desk import tile_of
        from fieldnotes.desktop.widgets.file_tiles import FileTiles

        tiles = FileTiles(self.tr("Attached files"))
        tiles.set_tiles(tile_of(each) for each in self._reading.files)
        self._column.addWidget(tiles)
        return tiles

    def _fields(self) -> Iterable[tuple[str, str | QWidget]]:
        note = self._note
        if note.competitors:
            yield self.tr("Competitor"), self._names("competitor", note.competitors, "accent")
        yield from self._kind_fields()
        if note.products:
            yield self.tr("Products"), self._names("product", note.products, "outline")
        if known := self._known():
            yield self.tr("How we know"), known
        for contact in note.contacts:
            yield self.tr("At the customer’s"), contact_words(contact)
        if note.meeting and note.meeting.people:
            people = ", ".join(person.name for person in note.meeting.people)
            yield self.tr("In the meeting"), people
        if note.material:
            yield self.tr("Material used"), ", ".join(note.material)
        if note.kind == Kind.WIN:
            yield self.tr("May we tell it?"), self._consent()
        for name in also_noted(note):
            yield self.tr("Also noted"), wording.also_noted_words(note, name, self._today())
        if note.tags:
            yield self.tr("Tags"), self._names("tag", note.tags, "outline")

    def _kind_fields(self) -> Iterable[tuple[str, str | QWidget]]:
        note = self._note
        fields = KIND_FIELDS[Kind(note.kind)] if note.kind in set(Kind) else ()
        for name in fields:
            value: str | int | None = getattr(note, name)
            match name:
                case "did" | "tries" | "worked":
                    continue
                case "did_what" if note.did or note.did_what:
                    yield self.tr("What they did"), wording.did_words(note)
                case "answer" | "tried" if value or note.worked:
                    yield wording.FIELD_NAMES[name], _with_answer(str(value), note.worked)
                case "replies" if value is not None or note.tries is not None:
                    yield self.tr("Replies"), wording.replies_words(note)
                case _ if isinstance(value, str) and value:
                    yield wording.FIELD_NAMES[name], wording.sentence(value)
                case _:
                    continue

    def _consent(self) -> QWidget:
        """Its state, what was agreed, and for the author the way to take it back."""
        given = self._note.consent
        state = wording.consent_state(given, self._today())
        holder = QWidget()
        flow = FlowLayout(holder, gap=8)
        flow.addWidget(Chip(state.words, state.role))
        if words := wording.consent_words(given):
            flow.addWidget(_readable(_Line(words)))
        if given and given.who and self._view.mine and not self._view.removed:
            back = bool(given.withdrawn)
            words = self.tr("Not withdrawn") if back else self.tr("Customer withdrew it")
            made = button(words, "link")
            made.setStyleSheet(_AS_TEXT)
            made.clicked.connect(lambda: self.consent_toggled.emit(back))
            flow.addWidget(made)
        holder.setAccessibleName(f"{state.words}, {wording.consent_words(given)}".strip(", "))
        return holder

    def _today(self) -> date:
        return self._reading.now.local().date()

    def _known(self) -> str:
        note = self._note
        heard = self.tr("heard from %s") % note.heard_from_person if note.heard_from_person else ""
        parts = [wording.sentence(note.known_by), note.sureness, heard]
        return "  ·  ".join(part for part in parts if part)

    def _names(self, family: str, names: Iterable[str], role: ChipRole) -> QWidget:
        row = ChipRow(role=role)
        for name in names:
            chip = row.add(name)
            chip.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            chip.setCursor(Qt.CursorShape.PointingHandCursor)
        row.clicked.connect(lambda name: self.filter_wanted.emit(filter_part(family, name)))
        return row


def contact_words(contact: Contact) -> str:
    """A person at the customer's on one line."""
    parts = (contact.name, contact.role, contact.email, contact.phone)
    return ", ".join(part for part in parts if part)


def _is_heading(text: str, heading: str) -> bool:
    """Whether the first line is shown whole as the title already."""
    return text.strip().partition("\n")[0].strip().lstrip("#").strip() == heading


def _with_answer(words: str, worked: str) -> QWidget:
    """What was said, and a pill for how it went."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    if words:
        row.addWidget(_readable(_Line(wording.sentence(words))))
    answer = wording.WORKED.get(worked)
    if answer is not None:
        chip = Chip(answer.words, answer.role)
        chip.setMinimumWidth(chip.sizeHint().width())
        row.addWidget(chip, 0, Qt.AlignmentFlag.AlignTop)
    row.addStretch()
    holder.setAccessibleName(", ".join(part for part in (words, answer and answer.words) if part))
    return holder


class _Line(QLabel):
    """Wants to be as wide as its words, and wraps where it may not be."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(words)

    def sizeHint(self) -> QSize:
        width = self.fontMetrics().horizontalAdvance(self.text()) + 4
        return QSize(width, self.fontMetrics().height())


def _readable(label: QLabel) -> QLabel:
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return label
