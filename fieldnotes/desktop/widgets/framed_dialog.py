"""A dialog as they all look: a heading above, a raised foot with what happens next below."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.notice import Notice
from fieldnotes.desktop.widgets.progress_row import ProgressRow
from fieldnotes.desktop.widgets.rule import Rule
from fieldnotes.desktop.widgets.tab_order import bring_into_sight, follow_the_eye

_MARGIN = 48


class FramedDialog(QDialog):
    """`under` holds what stands below the heading, `body` the steps, `notice` what went wrong.

    While something runs (`show_progress`) the foot shows how far it is instead of the buttons;
    `cancel_work` is what its Cancel, Esc and closing do.
    """

    wished = QSize(1056, 800)  # as large as that, where the screen has room

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(name)
        self.setAccessibleName(name)
        theme.styled(self, ground="surface")
        self._heading = theme.label(name, size="title", bold=True)
        self._heading.setWordWrap(True)
        self.under = QVBoxLayout()
        self.under.setSpacing(4)
        self.notice = Notice(closable=True)
        self.body = QStackedWidget()
        self.foot_words = theme.label(ink="muted")
        self.foot_words.setWordWrap(True)
        self._buttons = QHBoxLayout()
        self._progress = ProgressRow()
        self._progress.cancelled.connect(self.cancel_work)
        self._foot = QStackedWidget()
        self._busy = False
        self._lay_out_frame()
        self.resize(self.sizeHint())
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def set_heading(self, words: str) -> None:
        """Say what this step is."""
        self._heading.setText(words)

    def heading(self) -> str:
        """What this step says it is."""
        return self._heading.text()

    def set_buttons(self, *buttons: QPushButton) -> None:
        """Show these buttons from left to right; the last is the one that goes on."""
        while (item := self._buttons.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
        for button in buttons:
            self._buttons.addWidget(button)
            button.show()

    def show_progress(self, words: str, *, counted: bool = True) -> None:
        """Something long has begun; `counted` as in `ProgressRow.start`."""
        self._busy = True
        self._progress.start(words, counted=counted)
        self._foot.setCurrentIndex(1)

    def set_progress(self, done: int, total: int) -> None:
        """How far it is."""
        self._progress.set_progress(done, total)

    def end_progress(self) -> None:
        """It is over."""
        self._busy = False
        self._foot.setCurrentIndex(0)

    def is_busy(self) -> bool:
        """Whether something long is under way."""
        return self._busy

    def cancel_work(self) -> None:
        """Ask what is under way to stop; for dialogs that do long work."""

    def reject(self) -> None:
        """Esc stops what runs before it closes the dialog."""
        if self._busy:
            self._progress.button.click()
        else:
            super().reject()

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab: the body is built again and again, so the order is looked up when it is wanted."""
        follow_the_eye(self)
        return super().focusNextPrevChild(forwards)

    def sizeHint(self) -> QSize:
        room = self.screen().availableSize() - QSize(_MARGIN, _MARGIN)
        return self.wished.boundedTo(room)

    def _on_focus_changed(self, _: QWidget | None, focused: QWidget | None) -> None:
        if focused is not None and self.isAncestorOf(focused):
            bring_into_sight(focused)

    def _lay_out_frame(self) -> None:
        head = QVBoxLayout()
        head.setContentsMargins(24, 20, 24, 16)
        head.setSpacing(4)
        head.addWidget(self._heading)
        head.addLayout(self.under)
        warned = QVBoxLayout()
        warned.setContentsMargins(16, 0, 16, 0)
        warned.addWidget(self.notice)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(Rule())
        column.addWidget(self.body, 1)
        column.addLayout(warned)
        column.addWidget(self._make_foot())

    def _make_foot(self) -> QWidget:
        foot = theme.styled(QWidget(), ground="raised")
        column = QVBoxLayout(foot)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        words = QWidget()
        row = QHBoxLayout(words)
        row.setContentsMargins(24, 0, 24, 0)
        row.setSpacing(16)
        row.addWidget(self.foot_words, 1)
        self._buttons.setSpacing(8)
        row.addLayout(self._buttons)
        work = QWidget()
        frame = QVBoxLayout(work)
        frame.setContentsMargins(24, 0, 24, 0)
        frame.addStretch()
        frame.addWidget(self._progress)
        frame.addStretch()
        self._foot.addWidget(words)
        self._foot.addWidget(work)
        self._foot.setFixedHeight(64)
        column.addWidget(self._foot)
        return foot
