"""The Tab key follows the eye, whatever was shown, hidden or added since, and is never lost."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QLayout, QScrollArea, QWidget

_AROUND = 16


def follow_the_eye(window: QWidget) -> None:
    """Let Tab go through the controls of `window` as its layouts show them, from the top."""
    for one, following in pairwise(stops(window)):
        QWidget.setTabOrder(one, following)


def bring_into_sight(focused: QWidget) -> None:
    """Scroll to what the keyboard came to. A mouse is on what it sees, which must not move."""
    if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
        return
    within = focused.parentWidget()
    while within is not None:
        if isinstance(within, QScrollArea):
            within.ensureWidgetVisible(focused, 0, _AROUND)
        within = within.parentWidget()


def stops(part: QWidget) -> Iterator[QWidget]:
    """Every control that can have the keyboard, in reading order, also what Tab leaves out now."""
    if part.focusPolicy() != Qt.FocusPolicy.NoFocus and part.focusProxy() is None:
        yield part
    if isinstance(part, QScrollArea):
        inner = part.widget()
        yield from stops(inner) if inner is not None else ()
    elif (layout := part.layout()) is not None:
        yield from _inside(layout)


def _inside(layout: QLayout) -> Iterator[QWidget]:
    for at in _as_read(layout):
        item = layout.itemAt(at)
        if item is None:
            continue
        if (widget := item.widget()) is not None:
            yield from stops(widget)
        elif (inner := item.layout()) is not None:
            yield from _inside(inner)


def _as_read(layout: QLayout) -> list[int]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        places.sort(key=lambda at: tuple(layout.getItemPosition(at))[:2])  # type: ignore[arg-type]
    return places
