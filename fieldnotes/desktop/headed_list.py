"""A list under its heading, with what can be done about it; where it is empty, why that is so."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from fieldnotes.desktop import theme
from fieldnotes.desktop.notice_place import NoticePlace
from fieldnotes.desktop.widgets.empty_state import EmptyState
from fieldnotes.desktop.widgets.rule import Rule

_NARROWEST = 300
_SIZES = [448, 800]


class HeadedList(QWidget):
    """`told`: a line under the heading; `acts`: buttons beside it. Messages stand in `notice`."""

    def __init__(
        self,
        heading: str,
        shown: QWidget,
        empty: EmptyState,
        *,
        told: QLabel | None = None,
        acts: Sequence[QWidget] = (),
    ) -> None:
        super().__init__()
        self.notice = NoticePlace(8)
        self._shown, self.empty = shown, empty
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(theme.label(heading, size="reading", bold=True))
        if told is not None:
            words.addWidget(told)
        head = QHBoxLayout()
        head.setContentsMargins(16, 12, 12, 8)
        head.setSpacing(8)
        head.addLayout(words, 1)
        for act in acts:
            head.addWidget(act, 0, Qt.AlignmentFlag.AlignTop)
        self._pages = QStackedLayout()
        self._pages.addWidget(shown)
        self._pages.addWidget(empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.notice)
        column.addWidget(Rule())
        column.addLayout(self._pages, 1)
        self.setMinimumWidth(_NARROWEST)
        theme.styled(self, ground="surface")

    def show_list(self, anything: bool) -> None:
        """Show the list, or why there is nothing in it."""
        self._pages.setCurrentWidget(self._shown if anything else self.empty)


def put_beside(page: QSplitter, headed: HeadedList, beside: QWidget) -> None:
    """The list at the left; what is chosen in it takes the room that is left."""
    page.addWidget(headed)
    page.addWidget(beside)
    page.setStretchFactor(1, 1)
    page.setChildrenCollapsible(False)
    page.setHandleWidth(1)
    page.setSizes(_SIZES)
