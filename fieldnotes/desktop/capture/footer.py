"""The band at the bottom: is it safe, who may see it, more fields, save."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.primary_button import PrimaryButton, key_words
from fieldnotes.domain.markings import CHOICES, DEFAULT, IN_WORDS, Marking, marking

SAVE_KEYS = "Ctrl+Return"
MORE_KEYS = "Alt+M"


class Footer(QWidget):
    """`marking_chosen` after a person chose who may see it."""

    marking_chosen = Signal()
    more_toggled = Signal(bool)
    save_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme.styled(self, ground="raised")
        self.state = StateWord()
        self.who = WhoMaySee()
        self.who.chosen.connect(self.marking_chosen)
        asks = theme.label(self.tr("Who may see it"), ink="muted")
        self.more = button("")
        self.more.setCheckable(True)
        self._say_more(False)
        self.more.toggled.connect(self.show_more)
        self.save = PrimaryButton(self.tr("Save"), SAVE_KEYS)
        self.save.setAutoDefault(False)
        self.save.clicked.connect(self.save_asked)
        row = QHBoxLayout(self)
        row.setContentsMargins(24, 12, 20, 12)
        row.setSpacing(8)
        row.addWidget(self.state, 1)
        for part in (asks, self.who, self.more, self.save):
            row.addWidget(part)

    def show_more(self, shown: bool) -> None:
        """Say that the fields are unfolded."""
        self.more.setChecked(shown)
        self._say_more(shown)
        self.more_toggled.emit(shown)

    def _say_more(self, shown: bool) -> None:
        self.more.setText(self.tr("Fewer fields") if shown else self.tr("More fields"))
        self.more.setAccessibleName(self.more.text())
        self.more.setToolTip(key_words(MORE_KEYS))

    def show_saving_of(self, edits: bool) -> None:
        """Name the button for a new note or for a new version of one."""
        words = self.tr("Save new version") if edits else self.tr("Save")
        self.save.setText(words)
        self.save.setAccessibleName(words)
        self.save.updateGeometry()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.color("raised"))
        painter.fillRect(QRect(0, 0, self.width(), 1), theme.color("line"))


class WhoMaySee(QPushButton):
    """A button that shows who may see the note and opens the choice."""

    chosen = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._marking = DEFAULT
        self._group = QActionGroup(self)
        self._choices = QMenu(self)
        for each in CHOICES.values():
            self._add(each)
        self.setMenu(self._choices)
        self.setAutoDefault(False)
        self.setStyleSheet("padding-left: 11px; padding-right: 24px;")
        self.set_marking(DEFAULT.value)

    def marking(self) -> str:
        """Who may see it."""
        return self._marking.value

    def set_marking(self, value: str) -> None:
        """Show this marking, without a signal; one that came from elsewhere is kept."""
        self._marking = marking(value)
        if self._marking not in [action.data() for action in self._group.actions()]:
            self._add(self._marking)
        for action in self._group.actions():
            action.setChecked(action.data() == self._marking)
        self.setText(self.tr(IN_WORDS[self._marking]))
        self.setAccessibleName(self.tr("Who may see it: %s") % self.text())

    def choose(self, what: Marking) -> None:
        """As if a person had chosen it."""
        self.set_marking(what.value)
        self.chosen.emit()

    def _add(self, what: Marking) -> None:
        action = QAction(self.tr(IN_WORDS[what]), self)
        action.setCheckable(True)
        action.setData(what)
        action.triggered.connect(lambda: self.choose(what))
        self._group.addAction(action)
        self._choices.addAction(action)


class StateWord(QWidget):
    """A green dot and "Draft kept 14:05" or "Saved"; nothing while nothing is certain."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = ""
        self._good = True
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def say(self, words: str, *, good: bool = True) -> None:
        """Show these words; an empty text takes them away."""
        if (words, good) == (self._words, self._good):
            return  # at every key: nothing to paint
        self._words, self._good = words, good
        self.setAccessibleName(words)
        self.setToolTip(words)
        self.update()

    def words(self) -> str:
        """What is shown."""
        return self._words

    def sizeHint(self) -> QSize:
        return QSize(160, 24)

    def minimumSizeHint(self) -> QSize:
        return QSize(60, 24)

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._words:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("win" if self._good else "faint"))
        painter.drawEllipse(QPointF(4, self.height() / 2), 4, 4)
        painter.setPen(theme.color("green_text" if self._good else "muted"))
        painter.setFont(theme.font("small", figures=True))
        room = self.rect().adjusted(14, 0, 0, 0)
        metrics = QFontMetrics(painter.font())
        shown = metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, room.width())
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(room, flags, shown)
