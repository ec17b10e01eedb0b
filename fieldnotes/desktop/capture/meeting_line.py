"""The line that says which meeting a note belongs to, and lets somebody choose another."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.flow_layout import FlowLayout
from fieldnotes.desktop.widgets.primary_button import key_words
from fieldnotes.domain.meetings import HeldMeeting
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import Note
from fieldnotes.domain.spoken_times import say_time

CHANGE_KEYS = "Alt+C"
DAY_KEYS = "Alt+D"


class MeetingLine(QWidget):
    """`change_asked` when the other meetings are wanted; then `offer` them.

    `meeting_chosen` carries a HeldMeeting, or None for a new one; `day_taken` the words for the
    day that the text tells, once somebody said that this is when it was.
    """

    change_asked = Signal()
    meeting_chosen = Signal(object)
    day_taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lead = theme.label(self.tr("Meeting:"), ink="muted")
        self._title = theme.label(bold=True)
        self._people = theme.label(ink="muted")
        self._saved = theme.label(ink="muted")
        self.change = button(self.tr("change"), "link")
        self.change.setAccessibleName(self.tr("Change the meeting"))
        self.change.setToolTip(key_words(CHANGE_KEYS))
        self.change.clicked.connect(self.change_asked)
        self._told_day = ""
        self.day = button("", "link")
        self.day.setToolTip(key_words(DAY_KEYS))
        self.day.clicked.connect(lambda: self.day_taken.emit(self._told_day))
        flow = FlowLayout(self, gap=5, line_gap=2)
        parts = (self._lead, self._title, self._people, self.day, self.change, self._saved)
        for part in parts:
            flow.addWidget(part)
            part.setMinimumHeight(22)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.menu = QMenu(self)
        self.ask_day("")
        self.show_note(Note(), Moment(0), 0)

    def ask_day(self, words: str) -> None:
        """Ask whether it was on the day that the text tells; '' asks nothing."""
        self._told_day = words
        self.day.setText(self.tr("It was %s") % words)
        self.day.setAccessibleName(self.day.text())
        self.day.setVisible(bool(words))

    def show_note(self, note: Note, now: Moment, saved: int) -> None:
        """Say account, time and people of this note, and how many notes the meeting has."""
        people = [person.name for person in note.meeting.people] if note.meeting else []
        title = meeting_words(note.account, note.happened, note.whole_day, now)
        self._title.setText(title)
        self._people.setText(self.tr("with %s") % ", ".join(people) if people else "")
        self._people.setVisible(bool(people))
        self._saved.setText(self._count(saved))
        self._saved.setVisible(saved > 0)
        self.setAccessibleName(f"{self.tr('Meeting:')} {title} {self._people.text()}".strip())
        self.updateGeometry()

    def words(self) -> str:
        """What the line says."""
        return f"{self.accessibleName()} {self._saved.text()}".strip()

    def offer(self, meetings: Iterable[HeldMeeting], now: Moment) -> None:
        """Show these in a menu, and a new meeting last."""
        self.fill(meetings, now)
        self.menu.popup(self.change.mapToGlobal(QPoint(0, self.change.height() + 2)))

    def fill(self, meetings: Iterable[HeldMeeting], now: Moment) -> None:
        """Put these into the menu."""
        self.menu.clear()
        for held in meetings:
            title = meeting_words(held.meeting.account, held.happened, held.first.whole_day, now)
            count = self.tr("1 note") if held.notes == 1 else self.tr("%d notes") % held.notes
            # a single & would become the underline of a mnemonic
            self._add(f"{title}  ·  {count}".replace("&", "&&"), held)
        if self.menu.actions():
            self.menu.addSeparator()
        self._add(self.tr("New meeting"), None)

    def _add(self, words: str, held: HeldMeeting | None) -> None:
        action = QAction(words, self.menu)
        action.triggered.connect(lambda: self.meeting_chosen.emit(held))
        self.menu.addAction(action)

    def _count(self, saved: int) -> str:
        if saved == 1:
            return self.tr("·  1 note saved")
        return self.tr("·  %d notes saved") % saved


def meeting_words(account: str, happened: Moment | None, whole_day: bool, now: Moment) -> str:
    """'Halden Foods, today 13:00'; without an account the time alone."""
    when = say_time(happened, whole_day, now) if happened else ""
    return ", ".join(part for part in (account, when) if part) or "…"
