"""What can be done with several notes at once, in a bar that says how many are chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QStringListModel, Qt, Signal
from PySide6.QtWidgets import (
    QCompleter,
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.buttons import button, icon_button
from fieldnotes.desktop.widgets.flow_layout import FlowLayout
from fieldnotes.desktop.widgets.rule import Rule
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.domain.markings import CHOICES, IN_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QKeyEvent
    from PySide6.QtWidgets import QPushButton

    from fieldnotes.domain.markings import Marking


class SelectionBar(QWidget):
    """Comes up while more than one note is chosen.

    `tagged` and `untagged` carry a tag, `marked` a Marking; `tags_wanted` asks for the tags that
    are known, `left` when the keyboard is to go back to the list.
    """

    tagged = Signal(str)
    untagged = Signal(str)
    marked = Signal(object)
    send_wanted = Signal()
    copy_wanted = Signal()
    removal_wanted = Signal()
    cleared = Signal()
    tags_wanted = Signal()
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._words = theme.label(bold=True)
        self.tag = button(self.tr("&Tag…"))
        self.see = button(self.tr("Who may see it ▾"))
        self.send = button(self.tr("&Send…"))
        self.copy = icon_button("copy", self.tr("Copy as text"))
        self.remove = icon_button("trash", self.tr("Remove…"))
        for made in (self.copy, self.remove):
            made.setFixedHeight(self.tag.sizeHint().height())
        self.cross = icon_button("close", self.tr("Choose one note only"))
        self.field = QLineEdit()
        self.add = button(self.tr("&Add"), "primary")
        self.take_off = button(self.tr("Take o&ff"))
        self.leave_tag = button(self.tr("Cancel"), "flat")
        self._known = QStringListModel(self)
        self._lay_out()
        self._connect()
        self.setAccessibleName(self.tr("Several notes"))
        self.hide()

    def show_count(self, count: int) -> None:
        """So many notes are chosen: one needs no bar."""
        self._say(count)
        self.setVisible(count > 1)
        if count < 2:
            self._rows.setCurrentIndex(0)

    def words(self) -> str:
        """How many are chosen, as it is said."""
        return self._words.text()

    def offer_tags(self, tags: Iterable[str]) -> None:
        """Complete these."""
        self._known.setStringList(list(tags))

    def ask_for_tag(self, count: int) -> None:
        """Show the field for a tag for so many notes, with the keyboard in it."""
        self._say(count)
        self.show()
        self.tags_wanted.emit()
        self._rows.setCurrentIndex(1)
        self.field.clear()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._rows.currentIndex() == 1:
            self._show_actions()
            self.left.emit()
        else:
            self.left.emit()

    def _say(self, count: int) -> None:
        self._count = count
        several = self.tr("%s notes chosen") % grouped(count)
        self._words.setText(several if count != 1 else self.tr("1 note chosen"))

    def _lay_out(self) -> None:
        actions, tagging = QWidget(), QWidget()
        flow = FlowLayout(actions, gap=6, line_gap=6)
        for made in (self.tag, self.see, self.send, self.copy, self.remove):
            flow.addWidget(made)
        row = QHBoxLayout(tagging)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        self.field.setPlaceholderText(self.tr("Tag"))
        self.field.setAccessibleName(self.tr("Tag for all of them"))
        completer = QCompleter(self._known, self.field)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.field.setCompleter(completer)
        row.addWidget(self.field, 1)
        for made in (self.add, self.take_off, self.leave_tag):
            row.addWidget(made)
        head = QHBoxLayout()
        head.addWidget(self._words, 1)
        head.addWidget(self.cross)
        rows = QWidget()  # without it, what is added would be a window for a moment
        self._rows = QStackedLayout(rows)
        self._rows.addWidget(actions)
        self._rows.addWidget(tagging)
        inner = QVBoxLayout()
        inner.setContentsMargins(16, 6, 12, 10)
        inner.setSpacing(6)
        inner.addLayout(head)
        inner.addWidget(rows)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Rule())
        column.addLayout(inner)
        theme.styled(self, ground="raised")

    def _connect(self) -> None:
        self.tag.clicked.connect(lambda: self.ask_for_tag(self._count))
        self.see.clicked.connect(lambda: self._open_choices(self.see))
        self.send.clicked.connect(self.send_wanted)
        self.copy.clicked.connect(self.copy_wanted)
        self.remove.clicked.connect(self.removal_wanted)
        self.cross.clicked.connect(self.cleared)
        self.field.returnPressed.connect(self.add.click)
        self.add.clicked.connect(lambda: self._on_tag(self.tagged.emit))
        self.take_off.clicked.connect(lambda: self._on_tag(self.untagged.emit))
        self.leave_tag.clicked.connect(self._show_actions)

    def _on_tag(self, tell: Callable[[str], None]) -> None:
        if tag := self.field.text().strip().lstrip("#").strip():
            tell(tag)
            self._show_actions()
            self.left.emit()

    def _show_actions(self) -> None:
        self._rows.setCurrentIndex(0)
        self.setVisible(self._count > 1)

    def _open_choices(self, under: QPushButton) -> None:
        menu = QMenu(self)
        for marking in CHOICES.values():
            self._offer(menu, marking)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        above = QPoint(0, menu.sizeHint().height())  # the bar is at the foot of the window
        menu.popup(under.mapToGlobal(QPoint()) - above)

    def _offer(self, menu: QMenu, marking: Marking) -> None:
        action = menu.addAction(self.tr(IN_WORDS[marking]))
        action.triggered.connect(lambda: self.marked.emit(marking))
