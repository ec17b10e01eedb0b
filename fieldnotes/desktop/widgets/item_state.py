"""How an item of a view stands: chosen, under the mouse, with the keyboard.

Asked of the view itself, and of nothing that would load half of Qt before the first paint:
`option.state` brings all of QStyle, `viewport()` every kind of widget there is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtGui import QCursor

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect
    from PySide6.QtWidgets import QAbstractItemView


class ItemState(NamedTuple):
    """`focused`: chosen in a view that has the keyboard."""

    chosen: bool = False
    focused: bool = False
    hovered: bool = False


def item_state(
    view: QAbstractItemView, index: QModelIndex | QPersistentModelIndex, rect: QRect
) -> ItemState:
    """The state of the item at `index`, which is painted into `rect` of the viewport."""
    chosen = view.selectionModel().isSelected(index)
    mouse = mouse_in(view)
    under = mouse is not None and rect.contains(mouse)
    return ItemState(chosen, chosen and view.hasFocus(), under)


def mouse_in(view: QAbstractItemView) -> QPoint | None:
    """Where in the viewport the mouse is; None while it is elsewhere."""
    if not view.underMouse():
        return None
    return view.mapFromGlobal(QCursor.pos()) - view.contentsRect().topLeft()
