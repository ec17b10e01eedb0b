"""The small choice above the list: what stands together, what comes first, how close it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QMenu, QPushButton, QWidgetAction

from fieldnotes.desktop import theme
from fieldnotes.desktop.notes.listing import Arrangement
from fieldnotes.operations.hits import Grouping, Order

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

GROUPINGS = tuple(Grouping)
ORDERS = tuple(Order)
DENSITIES = ("comfortable", "compact")
_Value = TypeVar("_Value", bound=str)


class ArrangingButton(QPushButton):
    """Says how the notes stand and lets a person change it.

    `chosen` when they arranged them otherwise, `density_chosen` carries 'comfortable' or 'compact'.
    """

    chosen = Signal()
    density_chosen = Signal(str)

    def __init__(self, density: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.value = Arrangement()
        self._density = density
        self.setProperty("flat", True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(False)
        theme.styled(self, size="small")
        self._say()
        self.clicked.connect(self.open)

    def group_by(self, grouping: Grouping) -> None:
        """Put other notes together."""
        self._arrange(self.value._replace(grouping=grouping))

    def sort_by(self, order: Order) -> None:
        """Let others come first."""
        self._arrange(self.value._replace(order=order))

    def set_density(self, density: str) -> None:
        """Let them stand closer, or less so."""
        self._density = density
        self.density_chosen.emit(density)

    def open(self) -> QMenu:
        """Show the choices."""
        menu = QMenu(self)
        groups, orders, densities = self._grouping_words(), self._order_words(), self._densities()
        self._offer(menu, self.tr("Group by"), groups, self.value.grouping, self.group_by)
        self._offer(menu, self.tr("Sort by"), orders, self.value.order, self.sort_by)
        self._offer(menu, self.tr("Rows"), densities, self._density, self.set_density)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.mapToGlobal(self.rect().bottomLeft()))
        return menu

    def _arrange(self, value: Arrangement) -> None:
        self.value = value
        self._say()
        self.chosen.emit()

    def _say(self) -> None:
        grouped = self._grouping_words()[self.value.grouping]
        sorted_by = self._order_words()[self.value.order]
        usual = self.value.order is Order.NEWEST
        self.setText(f"{grouped} ▾" if usual else f"{grouped}  ·  {sorted_by} ▾")
        words = self.tr("Grouped: {group}. Sorted: {sort}.")
        self.setAccessibleName(words.format(group=grouped, sort=sorted_by))

    def _offer(
        self,
        menu: QMenu,
        title: str,
        words: Mapping[_Value, str],
        now: _Value,
        choose: Callable[[_Value], None],
    ) -> None:
        if menu.actions():
            menu.addSeparator()
        shown = theme.label(title, ink="muted", size="small", bold=True)
        shown.setContentsMargins(12, 6, 12, 2)
        head = QWidgetAction(menu)
        head.setDefaultWidget(shown)
        head.setEnabled(False)  # the keyboard passes over it
        menu.addActions([head])
        group = QActionGroup(menu)
        for value, label in words.items():
            action = menu.addAction(label)
            action.setCheckable(True)
            action.setChecked(value == now)
            action.triggered.connect(lambda _on=False, value=value: choose(value))
            group.addAction(action)

    def _grouping_words(self) -> dict[Grouping, str]:
        return {
            Grouping.DAY: self.tr("By day"),
            Grouping.MONTH: self.tr("By month"),
            Grouping.MEETING: self.tr("By meeting"),
            Grouping.ACCOUNT: self.tr("By account"),
            Grouping.COMPETITOR: self.tr("By competitor"),
            Grouping.KIND: self.tr("By kind"),
            Grouping.NONE: self.tr("No headings"),
        }

    def _order_words(self) -> dict[Order, str]:
        words = {
            Order.NEWEST: self.tr("Newest first"),
            Order.OLDEST: self.tr("Oldest first"),
            Order.CHANGED: self.tr("Last changed first"),
            Order.BEST: self.tr("Best match first"),
            Order.ACCOUNT: self.tr("Account, A to Z"),
        }
        return {order: words[order] for order in ORDERS}

    def _densities(self) -> dict[str, str]:
        words = (self.tr("Comfortable"), self.tr("Compact"))
        return dict(zip(DENSITIES, words, strict=True))
