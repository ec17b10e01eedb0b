"""The search field: filters stand as chips before the words that are being typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from fieldnotes.desktop import icons, theme
from fieldnotes.desktop.widgets.chips import Chip
from fieldnotes.desktop.widgets.search_field import SearchField

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtCore import QObject
    from PySide6.QtGui import QMouseEvent, QPaintEvent


class ChipToken(msgspec.Struct, frozen=True):
    """A filter: `text` is its part of the query, `label` the words on its chip."""

    text: str
    label: str


class SearchBox(QWidget):
    """A text field with filter chips inside it.

    `text_edited` carries the full query whenever a person changes it, `chip_removed` the text of a
    filter just taken away (before `text_edited`), `submitted` the full query on Enter.
    `chip_chosen` carries the number of a filter to be edited, `chip_menu_wanted` the place as well.
    """

    text_edited = Signal(str)
    chip_removed = Signal(str)
    submitted = Signal(str)
    left_downwards = Signal()
    chip_chosen = Signal(int)
    chip_menu_wanted = Signal(int, QPoint)

    def __init__(self, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._placeholder = placeholder
        self._tokens: tuple[ChipToken, ...] = ()
        self._chips: list[Chip] = []
        self._field = self._make_field(placeholder)
        self._sign = QLabel()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(12, 0, 10, 0)
        self._row.setSpacing(4)
        self._row.addWidget(self._field, 1)
        self._row.addWidget(self._sign)
        self.setFocusProxy(self._field)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.notifier().changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    def query(self) -> str:
        """The whole query: the chips' texts, then the words."""
        words = self._field.text().strip()
        return " ".join([*(token.text for token in self._tokens), *([words] if words else [])])

    def free_text(self) -> str:
        """Only the words after the chips."""
        return self._field.text()

    def tokens(self) -> tuple[ChipToken, ...]:
        """The filters that are shown as chips."""
        return self._tokens

    @property
    def field(self) -> SearchField:
        """The line in which words are typed."""
        return self._field

    def set_query_parts(
        self, chips: Iterable[ChipToken], text: str, cursor: int | None = None
    ) -> None:
        """Show these filters and words. Sends no signal; typing goes on where it was.

        `cursor`: where it stands among the characters of `text`; at their end unless told.
        """
        tokens = tuple(chips)
        if tokens != self._tokens:
            self._show_chips(tokens)
        self._field.put(text, len(text) if cursor is None else cursor)

    def add_control(self, control: QWidget) -> None:
        """Put a small button at the end of the box."""
        self._row.insertWidget(self._row.count() - 1, control)

    def remove_chip(self, index: int) -> None:
        """Take a filter away, as a person does."""
        self._remove(index)

    def clear(self) -> None:
        """Take away every filter and word, as a person would."""
        self.set_query_parts((), "")
        self.text_edited.emit("")

    def select_all(self) -> None:
        """Put the cursor in and select the words, so that typing replaces them."""
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def sizeHint(self) -> QSize:
        return QSize(320, 36)

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 36)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._field:
            if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
                self.update()
            elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
                return self._took_key(event)
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._field.setFocus(Qt.FocusReason.MouseFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = theme.current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        focused = self._field.hasFocus()
        if focused:
            painter.setPen(QPen(QColor(tokens.selection), 3))
            painter.drawRoundedRect(frame, theme.RADIUS, theme.RADIUS)
        painter.setPen(QPen(QColor(tokens.accent if focused else tokens.line), 1))
        painter.setBrush(QColor(tokens.raised))
        painter.drawRoundedRect(frame, theme.RADIUS, theme.RADIUS)

    def _make_field(self, placeholder: str) -> SearchField:
        field = SearchField()
        field.setProperty("bare", True)
        field.setMinimumWidth(80)
        # chips come first: the line takes what they leave
        field.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        field.setPlaceholderText(placeholder)
        field.setAccessibleName(placeholder or self.tr("Search"))
        field.textEdited.connect(self._on_words_edited)
        field.returnPressed.connect(lambda: self.submitted.emit(self.query()))
        field.installEventFilter(self)
        return field

    def _took_key(self, event: QKeyEvent) -> bool:
        at_start = self._field.cursorPosition() == 0 and not self._field.hasSelectedText()
        if event.key() == Qt.Key.Key_Backspace and at_start and self._tokens:
            self._remove(len(self._tokens) - 1)
            return True
        if event.key() == Qt.Key.Key_Escape and self.query():
            self.clear()
            return True
        if event.key() == Qt.Key.Key_Down:
            self.left_downwards.emit()
            return True
        return False

    def _remove(self, index: int) -> None:
        gone = self._tokens[index]
        self._show_chips(self._tokens[:index] + self._tokens[index + 1 :])
        self._field.setFocus()
        self.chip_removed.emit(gone.text)
        self.text_edited.emit(self.query())

    def _show_chips(self, tokens: tuple[ChipToken, ...]) -> None:
        for chip in self._chips:
            self._row.removeWidget(chip)
            chip.hide()
            chip.deleteLater()
        self._tokens = tokens
        self._field.setPlaceholderText("" if tokens else self._placeholder)
        self._chips = [self._make_chip(index, token) for index, token in enumerate(tokens)]

    def _make_chip(self, index: int, token: ChipToken) -> Chip:
        chip = Chip(token.label, "accent", removable=True, parent=self)
        chip.setAccessibleName(self.tr("Filter: %s") % token.label)
        chip.removed.connect(lambda: self._remove(index))
        chip.clicked.connect(lambda: self.chip_chosen.emit(index))
        chip.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        chip.customContextMenuRequested.connect(
            lambda place: self.chip_menu_wanted.emit(index, chip.mapToGlobal(place))
        )
        self._row.insertWidget(index, chip)
        return chip

    def _on_words_edited(self) -> None:
        self.text_edited.emit(self.query())

    def _on_theme_changed(self) -> None:
        self._sign.setPixmap(icons.pixmap("search", "muted", 16))
