"""The flip card: a small window on top, one large field, and what worked below it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from fieldnotes.desktop import icons, theme
from fieldnotes.desktop.flip import flip_words
from fieldnotes.desktop.flip.answer_list import AnswerList
from fieldnotes.desktop.flip.flip_start import FlipStart
from fieldnotes.desktop.help_window import open_help
from fieldnotes.desktop.widgets.key_hints import KeyHints
from fieldnotes.desktop.widgets.rule import Rule
from fieldnotes.operations.flip import examples, flip

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldnotes.desktop.runner import Runner
    from fieldnotes.domain.flip import Flip
    from fieldnotes.errors import FieldnotesError

_WISHED = QSize(960, 640)
_MARGIN = 64
_TYPED = 30  # pixels


class FlipWindow(QWidget):
    """Two words, read at arm's length. It remembers nothing; `note_chosen` is what Enter opens."""

    note_chosen = Signal(str)

    def __init__(self, runner: Runner) -> None:
        top = Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint
        super().__init__(None, top)
        self._runner = runner
        self.field = self._make_field()
        self.read_as = theme.label(ink="muted", size="reading")
        self.read_as.setWordWrap(True)
        self.answers = AnswerList()
        self.start = FlipStart()
        self.start.chosen.connect(self.field.setText)
        self.answers.stepped.connect(self._on_stepped)
        self.hints = KeyHints(flip_words.hints())
        self._lay_out()
        runner.changed.connect(self._on_changed)

    def open(self, words: str = "") -> None:
        """Come to the front with these words typed, or with an empty field.

        Asked for once more while somebody types, it keeps the words, marked to be typed over.
        """
        if not words and self.isActiveWindow() and self.field.text():
            self.field.selectAll()
            return
        room = self.screen().availableSize() - QSize(_MARGIN, _MARGIN)
        if not self.isVisible():
            self.resize(_WISHED.boundedTo(room))
        self.field.setText(words)
        self._ask()
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def copy(self) -> None:
        """Put the answer at hand on the clipboard."""
        if (answer := self.answers.current()) is not None and self._has_answers():
            QGuiApplication.clipboard().setText(answer.newest.words)
            self.read_as.setText(self.tr("Copied."))

    def open_note(self) -> None:
        """Show the note of the answer at hand in the main window, and get out of its way."""
        if (answer := self.answers.current()) is not None and self._has_answers():
            self.close()
            self.note_chosen.emit(answer.newest.note)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What the field does not need of the keyboard belongs to the answers."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._take(event)
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._take(event):
            super().keyPressEvent(event)

    def _take(self, event: QKeyEvent) -> bool:
        if event.matches(QKeySequence.StandardKey.Copy) and not self.field.hasSelectedText():
            self.copy()
            return True
        match event.key():
            case Qt.Key.Key_Down:
                self.answers.step(1)
            case Qt.Key.Key_Up:
                self.answers.step(-1)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.open_note()
            case Qt.Key.Key_Escape:
                self.close()
            case Qt.Key.Key_F1:
                open_help(self, "flip")
            case Qt.Key.Key_F11:
                self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
            case _:
                return False
        return True

    def _ask(self) -> None:
        text = self.field.text()
        if text.strip():
            self._runner.ask("flip", lambda book: flip(book, text), self._show, self._fail)
        else:
            self._runner.ask("flip", examples, self._show_start, self._fail)

    def _show(self, card: Flip) -> None:
        self.answers.show_card(card)
        self.read_as.setText(flip_words.read_as(card))
        if card.answers or card.failed:
            self._parts.setCurrentWidget(self.answers)
        else:
            self._say(
                self.tr("Nothing that worked is noted for this yet."),
                self.tr("Try one word alone, or what it is also called."),
            )

    def _show_start(self, offered: Sequence[str]) -> None:
        sentence = (
            self.tr("What you and your colleagues answered, and how often it worked. Such as:")
            if offered
            else self.tr("Answers stand here once a note says whether one worked.")
        )
        self._say(self.tr("Type a competitor and what it is about."), sentence, offered)

    def _say(self, title: str, sentence: str, offered: Sequence[str] = ()) -> None:
        self.start.show_words(title, sentence, offered)
        self._parts.setCurrentWidget(self.start)
        self.field.setAccessibleDescription(f"{title} {sentence}")
        if offered:
            self.read_as.clear()

    def _fail(self, error: FieldnotesError) -> None:
        self.read_as.clear()
        self._say(error.happened, error.next_step)

    def _has_answers(self) -> bool:
        return self._parts.currentWidget() is self.answers

    def _on_stepped(self) -> None:
        answer = self.answers.current()
        self.field.setAccessibleDescription(flip_words.spoken(answer) if answer else "")

    def _on_changed(self) -> None:
        if self.isVisible():
            self._ask()

    def _make_field(self) -> QLineEdit:
        field = QLineEdit()
        field.setPlaceholderText(self.tr("Two words"))
        field.setAccessibleName(self.tr("What worked? Type two words"))
        field.setProperty("bare", True)
        large = theme.font("title", bold=True)
        large.setPixelSize(_TYPED)
        field.setFont(large)
        field.installEventFilter(self)
        field.textChanged.connect(self._ask)
        return field

    def _lay_out(self) -> None:
        theme.styled(self, ground="surface")
        self.setWindowTitle(self.tr("What worked"))
        self.setWindowIcon(icons.app_icon())
        self._parts = QStackedWidget()
        self._parts.addWidget(self.start)
        self._parts.addWidget(self.answers)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(_band((24, 16, 24, 12), "raised", self.field, self.read_as))
        column.addWidget(Rule())
        column.addWidget(self._parts, 1)
        column.addWidget(Rule())
        column.addWidget(_band((24, 10, 24, 10), "raised", self.hints))
        self.setMinimumSize(480, 320)


def _band(margins: tuple[int, int, int, int], ground: str, *parts: QWidget) -> QWidget:
    band = theme.styled(QWidget(), ground=ground)
    column = QVBoxLayout(band)
    column.setContentsMargins(*margins)
    column.setSpacing(4)
    for part in parts:
        column.addWidget(part)
    return band
