"""The Tab key follows the eye, also to what was added later."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def follow_the_eye(parts: Iterable[QWidget]) -> None:
    """Let Tab go through `parts` in this order, each from its first to its last control."""
    stops = [stop for part in parts for stop in _stops(part)]
    for one, following in pairwise(stops):
        QWidget.setTabOrder(one, following)


def _stops(part: QWidget) -> list[QWidget]:
    """Children come in the order in which they were made: a part makes them as they stand."""
    every = [part, *part.findChildren(QWidget)]
    return [each for each in every if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
