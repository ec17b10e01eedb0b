"""Which keys do what, in one line at the foot of a window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.flow_layout import FlowLayout

if TYPE_CHECKING:
    from collections.abc import Iterable


class KeyHints(QWidget):
    """Pairs of a key and what it does. Where the line is too short a whole pair goes below it."""

    def __init__(self, hints: Iterable[tuple[str, str]]) -> None:
        super().__init__()
        flow = FlowLayout(self, gap=20, line_gap=4)
        for key, does in hints:
            flow.addWidget(_hint(key, does))


def _hint(key: str, does: str) -> QWidget:
    hint = QWidget()
    row = QHBoxLayout(hint)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(theme.label(key, bold=True))
    row.addWidget(theme.label(does, ink="muted"))
    return hint
