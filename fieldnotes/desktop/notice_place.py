"""Where a message may come up: the notice itself is made with the first message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

if TYPE_CHECKING:
    from fieldnotes.desktop.widgets.notice import Notice, NoticeKind
    from fieldnotes.errors import FieldnotesError


class NoticePlace(QWidget):
    """Takes no room until it has something to say. `acted` when the action is pressed."""

    acted = Signal()

    def __init__(self, margin: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._margin = margin
        self._notice: Notice | None = None
        self.hide()

    def words(self) -> str:
        """What is said now; '' when nothing is."""
        return "" if self._notice is None or self.isHidden() else self._notice.words()

    def tell(self, kind: NoticeKind, words: str, lead: str = "", action: str = "") -> None:
        """Say this in place of what was said."""
        if self._notice is None:
            self._notice = self._make()
        self._notice.show_message(kind, words, lead=lead, action=action)
        self.show()

    def tell_error(self, error: FieldnotesError) -> None:
        """Say what happened and what to do next."""
        self.tell("error", error.next_step, lead=error.happened)

    def _make(self) -> Notice:
        from fieldnotes.desktop.widgets.notice import Notice

        made = Notice()
        made.acted.connect(self.acted)
        made.closed.connect(self.hide)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[self._margin] * 4)
        column.addWidget(made)
        return made
