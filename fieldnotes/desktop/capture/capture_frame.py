"""How the window is put together: kinds on top, the form, a message, the footer."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QMimeData, Qt, QTimer
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from fieldnotes.desktop import icons, theme
from fieldnotes.desktop.capture.fields import kind_choices
from fieldnotes.desktop.capture.footer import MORE_KEYS, Footer
from fieldnotes.desktop.capture.form import NoteForm
from fieldnotes.desktop.capture.meeting_line import CHANGE_KEYS, DAY_KEYS
from fieldnotes.desktop.capture.pasted_files import is_for_attaching
from fieldnotes.desktop.capture.promise_offer import PROMISE_KEYS
from fieldnotes.desktop.capture.quotes_editor import QUOTE_KEYS
from fieldnotes.desktop.widgets.just_met_strip import JUST_MET_KEYS, JustMetStrip
from fieldnotes.desktop.widgets.kind_bar import KindBar
from fieldnotes.desktop.widgets.notice import Notice
from fieldnotes.desktop.widgets.rule import Rule
from fieldnotes.desktop.widgets.tab_order import follow_the_eye

STAGE_KEYS = "Alt+S"
_WIDE, _HIGH, _UNFOLDED = 888, 640, 704


class CaptureFrame(QWidget):
    """The parts and their places; what they do is the window's.

    `take_files` is offered what is dropped anywhere on the window.
    """

    def __init__(self, mint: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.take_files: Callable[[QMimeData], bool] = lambda source: False
        self.setAcceptDrops(True)
        self.kind_bar = KindBar(kind_choices())
        self.form = NoteForm(mint)
        self.notice = Notice()
        self.just_met = JustMetStrip()
        self.footer = Footer()
        self.footer.more_toggled.connect(self._on_more_toggled)
        # Not setShortcut: that one clicks a tenth of a second later.
        self.on_keys(MORE_KEYS, self.footer.more.toggle)
        self.on_keys(CHANGE_KEYS, self.form.meeting.change.click)
        self.on_keys(STAGE_KEYS, self.go_to_stage)
        self.on_keys(JUST_MET_KEYS, self.just_met.take.click)
        self.on_keys(QUOTE_KEYS, self.form.begin_quote)
        self.on_keys(PROMISE_KEYS, self.form.promises.take_or_begin)
        self.on_keys(DAY_KEYS, self.form.meeting.day.click)
        self._lay_out()

    def add_row(self, row: QWidget) -> None:
        """Put a row that asks something above the footer."""
        self._outer.insertWidget(self._outer.count() - 1, _inset((24, 0, 24, 0), "surface", row))

    def come_forward(self) -> None:
        """Show the window with the cursor in the text."""
        self.show()
        self.raise_()
        self.activateWindow()
        self.form.text.setFocus()

    def go_to_stage(self) -> None:
        """Unfold the fields and choose the stage."""
        self.footer.show_more(True)
        self._go_to(self.form.more.rows.pills("stage"))

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        _accept_files(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        _accept_files(event)

    def dropEvent(self, event: QDropEvent) -> None:
        if _accept_files(event):
            self.take_files(event.mimeData())

    def focusNextPrevChild(self, forwards: bool) -> bool:
        """Tab: parts come and go, so the order is looked up when it is wanted."""
        follow_the_eye(self)
        return super().focusNextPrevChild(forwards)

    def on_keys(self, keys: str, slot: Callable[[], object]) -> None:
        """Call `slot` on these keys anywhere in the window."""
        QShortcut(QKeySequence(keys), self).activated.connect(slot)

    def _lay_out(self) -> None:
        theme.styled(self, ground="surface")
        self.setWindowIcon(icons.app_icon())
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(theme.styled(self.form, ground="surface"))
        outer = self._outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(_inset((14, 10, 14, 10), "raised", self.kind_bar))
        outer.addWidget(Rule())
        outer.addWidget(_inset((14, 10, 14, 0), "surface", self.just_met))
        outer.addWidget(self._scroll, 1)
        # below what scrolls: a question that nobody sees is none
        asking = (self.form.detail, self.form.promises.offer, self.notice)
        outer.addWidget(_inset((24, 0, 24, 12), "surface", *asking))
        outer.addWidget(self.footer)
        self.setMinimumSize(660, 360)
        self.resize(_WIDE, _HIGH)

    def _on_more_toggled(self, shown: bool) -> None:
        self.form.more.setVisible(shown)
        self._resize(shown)
        if shown:
            self._go_to(self.form.more.rows.line("title"))
        else:
            self.form.text.setFocus()

    def _go_to(self, field: QWidget) -> None:
        field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        QTimer.singleShot(0, self, lambda: self._scroll.ensureWidgetVisible(field, 0, 400))

    def _resize(self, shown: bool) -> None:
        if not self.isMaximized():
            room = self.screen().availableGeometry().height() - 64
            self.resize(self.width(), min(room, _UNFOLDED if shown else _HIGH))


def _accept_files(event: QDropEvent) -> bool:
    files = is_for_attaching(event.mimeData())
    if files:
        event.acceptProposedAction()
    return files


def _inset(margins: tuple[int, int, int, int], ground: str, *parts: QWidget) -> QWidget:
    band = theme.styled(QWidget(), ground=ground)
    column = QVBoxLayout(band)
    column.setContentsMargins(*margins)
    for part in parts:
        column.addWidget(part)
    return band
