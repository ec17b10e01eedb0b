"""The first start, on one page: who somebody is, what they do, then the words others know them by.

Nothing is made before the button is pressed; looking around with sample notes makes a library of
its own beside it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fieldnotes.desktop import icons, theme
from fieldnotes.desktop.start.making import Making, Progress, fill_samples, make_library
from fieldnotes.desktop.widgets.buttons import SignLabel, button
from fieldnotes.desktop.widgets.choice_pills import Choice, ChoicePills
from fieldnotes.desktop.widgets.notice import Notice
from fieldnotes.desktop.widgets.person_badge import KeyWords
from fieldnotes.desktop.widgets.progress_row import ProgressRow
from fieldnotes.errors import FieldnotesError

_WIDTH = 480


class FirstStart(QWidget):
    """`finished` carries what somebody does ('sell', 'market', 'both'); `samples_ready` when the
    sample notes can be shown; `closed` when a person gave up."""

    finished = Signal(str)
    samples_ready = Signal()
    closed = Signal()

    def __init__(self, folder: Path, name: str, samples: Path) -> None:
        super().__init__()
        self._folder, self._samples = folder, samples
        self._making: Making | None = None
        self.name = QLineEdit(name)
        self.side = ChoicePills(
            self.tr("What do you do?"),
            (
                Choice("sell", self.tr("I sell"), "accent"),
                Choice("market", self.tr("I do marketing"), "accent"),
                Choice("both", self.tr("Both"), "accent"),
            ),
            needed=True,
        )
        self.begin = button(self.tr("&Begin"), "primary")
        self.look_around = button(self.tr("&Look around with sample notes"))
        self.words = KeyWords()
        self.open_notebook = button(self.tr("&Open my notebook"), "primary")
        self.notice = Notice()
        self.progress = ProgressRow()
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self.setWindowTitle("Fieldnotes")
        self.setWindowIcon(icons.app_icon())
        self.resize(900, 680)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        self.leave()
        self.closed.emit()

    def leave(self) -> None:
        """Stop what is under way."""
        if self._making is not None:
            self._making.cancel()
            self._making = None

    def _lay_out(self) -> None:
        self._pages.addWidget(self._asking())
        self._pages.addWidget(self._telling())
        frame = QWidget()
        frame.setFixedWidth(_WIDTH)
        column = QVBoxLayout(frame)
        column.setContentsMargins(0, 24, 0, 24)
        column.setSpacing(16)
        column.addStretch(2)
        column.addWidget(SignLabel("fieldnotes", "accent", 48))
        column.addWidget(self._pages)
        column.addWidget(self.notice)
        column.addWidget(self.progress)
        column.addStretch(3)
        self.progress.hide()
        row = QHBoxLayout(self)
        row.addStretch()
        row.addWidget(frame)
        row.addStretch()
        theme.styled(self, ground="surface")

    def _asking(self) -> QWidget:
        page, column = _page()
        column.addWidget(theme.label(self.tr("Your field notes"), size="title", bold=True))
        column.addWidget(
            _words(
                self.tr(
                    "Write down what you hear in meetings. It stays on this laptop until you"
                    " send it to somebody."
                )
            )
        )
        column.addSpacing(8)
        column.addWidget(self._labelled(self.tr("Your &name, as colleagues know it"), self.name))
        column.addWidget(self._labelled(self.tr("What do you do?"), self.side))
        column.addSpacing(8)
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        buttons.addWidget(self.begin)
        buttons.addWidget(self.look_around)
        buttons.addStretch()
        column.addLayout(buttons)
        self.name.setMaxLength(120)
        self.side.set_value("sell")
        return page

    def _telling(self) -> QWidget:
        page, column = _page()
        column.addWidget(theme.label(self.tr("These are your six words"), size="title", bold=True))
        column.addWidget(
            _words(
                self.tr(
                    "Others recognise you by these. When somebody reads in your first file, read"
                    " the words out to them. You find them again under People and keys."
                )
            )
        )
        column.addSpacing(4)
        column.addWidget(self.words)
        column.addSpacing(8)
        column.addWidget(self.open_notebook, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch()
        return page

    def _labelled(self, words: str, field: QWidget) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        label = QLabel(words)
        label.setTextFormat(Qt.TextFormat.PlainText)
        theme.styled(label, ink="muted", size="small", bold=True)
        label.setBuddy(field)
        field.setAccessibleName(words.replace("&", ""))
        column.addWidget(label)
        column.addWidget(field)
        return holder

    def _connect(self) -> None:
        self.begin.clicked.connect(self._on_begin)
        self.name.returnPressed.connect(self._on_begin)
        self.side.entered.connect(self._on_begin)
        self.name.textChanged.connect(lambda: self.begin.setEnabled(bool(self.name.text().strip())))
        self.look_around.clicked.connect(self._on_look_around)
        self.open_notebook.clicked.connect(self._on_opened)
        self.progress.cancelled.connect(self._on_cancelled)
        self.name.selectAll()

    def _on_begin(self) -> None:
        name = self.name.text().strip()
        if not name or not self.begin.isEnabled():
            return
        folder = self._folder
        self._make(lambda _: make_library(folder, name), self._on_made)

    def _on_made(self, words: tuple[str, ...]) -> None:
        self._busy(False)
        self.words.set_words(words)
        self._pages.setCurrentIndex(1)
        self.open_notebook.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_opened(self) -> None:
        self.finished.emit(self.side.value())

    def _on_look_around(self) -> None:
        samples = self._samples
        self._make(lambda progress: fill_samples(samples, progress), self._on_filled)
        self.progress.start(self.tr("Filling a library with sample notes"))
        self.progress.show()

    def _on_filled(self) -> None:
        self.samples_ready.emit()

    def _make(self, job: Callable[[Progress], object], made: Callable[..., None]) -> None:
        self._busy(True)
        self._making = Making(job, self)
        self._making.progressed.connect(self.progress.set_progress)
        self._making.made.connect(made)
        self._making.failed.connect(self._fail)
        self._making.start()

    def _on_cancelled(self) -> None:
        self.leave()
        self.progress.hide()
        self._busy(False)

    def _busy(self, busy: bool) -> None:
        self.notice.hide()
        for made in (self.begin, self.look_around, self.name, self.side):
            made.setEnabled(not busy)

    def _fail(self, error: FieldnotesError) -> None:
        self._busy(False)
        self.progress.hide()
        self.notice.show_message("error", error.next_step, lead=error.happened)


def _page() -> tuple[QWidget, QVBoxLayout]:
    page = QWidget()
    page.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    return page, column


def _words(text: str) -> QLabel:
    label = theme.label(text, ink="muted")
    label.setWordWrap(True)
    return label
