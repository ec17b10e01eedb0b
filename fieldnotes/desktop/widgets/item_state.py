"""How an item of a view stands: chosen, under the mouse, with the keyboard.

Asked of the view itself: `option.state` would load the whole of QStyle before the first paint.
"""

from __future__ import annotations

import msgspec
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QAbstractItemView


class ItemState(msgspec.Struct, frozen=True):
    """`focused`: chosen in a view that has the keyboard."""

    chosen: bool = False
    focused: bool = False
    hovered: bool = False


def item_state(
    view: QAbstractItemView, index: QModelIndex | QPersistentModelIndex, rect: QRect
) -> ItemState:
    """The state of the item at `index`, which is painted into `rect` of the viewport."""
    chosen = view.selectionModel().isSelected(index)
    viewport = view.viewport()
    under = viewport.underMouse() and rect.contains(viewport.mapFromGlobal(QCursor.pos()))
    return ItemState(chosen, chosen and view.hasFocus(), under)
