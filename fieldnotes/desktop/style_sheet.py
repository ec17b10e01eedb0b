"""The one style sheet: what Fusion and the palette cannot say by themselves."""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING

from fieldnotes.desktop import scroll_bars
from fieldnotes.paths import resources

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldnotes.desktop.tokens import Tokens


def build(tokens: Tokens, sizes: Mapping[str, int], radius: int) -> str:
    """The text for QApplication.setStyleSheet with these colours, sizes and corner radius."""
    values: dict[str, object] = tokens._asdict()
    values |= {f"size_{name}": f"{pixels}px" for name, pixels in sizes.items()}
    values["radius"] = f"{radius}px"
    values["overlay_line"] = tokens.selection_line if tokens.dark else tokens.faint
    arrow = resources() / "icons" / f"combo-arrow-{tokens.name}.svg"
    values["arrow"] = arrow.as_posix()
    values["arrow_up"] = arrow.with_name(f"spin-arrow-{tokens.name}.svg").as_posix()
    values["tick"] = arrow.with_name(f"tick-{tokens.name}.svg").as_posix()
    inks = (f'*[ink="{name}"] {{ color: {getattr(tokens, name)}; }}' for name in _INKS)
    return scroll_bars.sheet(tokens) + _SHEET.substitute(values) + "\n".join(inks)


_INKS = (
    "text",
    "muted",
    "faint",
    "accent",
    "on_accent",
    "amber_text",
    "green_text",
    "red_text",
)

_SHEET = Template("""
QCheckBox, QRadioButton { spacing: 8px; }
QCheckBox::indicator, QAbstractItemView::indicator {
    width: 14px; height: 14px; border: 1px solid $muted; border-radius: 4px; background: $surface;
}
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
    background: $accent; border-color: $accent; image: url("$tick");
}
QCheckBox::indicator:disabled { border-color: $line; background: $raised; }
QRadioButton::indicator {
    width: 14px; height: 14px; border: 1px solid $muted; border-radius: 8px; background: $surface;
}
QRadioButton::indicator:checked {
    width: 6px; height: 6px; border: 5px solid $accent; background: $on_accent;
}
QCheckBox:focus, QRadioButton:focus { color: $accent; }

QAbstractItemView { outline: none; }
QAbstractScrollArea { border: none; }
QToolTip { background: $raised; color: $text; border: 1px solid $line; padding: 4px 8px; }
QMainWindow::separator { background: $line; width: 1px; height: 1px; }
QSplitter::handle { background: $line; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }

QMenuBar { background: $raised; color: $muted; border-bottom: 1px solid $line; padding: 0 4px; }
QMenuBar::item { background: transparent; padding: 6px 8px; border-radius: 4px; }
QMenuBar::item:selected { background: $hover; color: $text; }
QMenu { background: $surface; color: $text; border: 1px solid $line; padding: 4px; }
QMenu::item { padding: 6px 24px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $selection; }
QMenu::item:disabled { color: $faint; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }

QPushButton {
    background: $surface; color: $text; border: 1px solid $line; border-radius: $radius;
    padding: 7px 15px; font-weight: 500;
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $line; }
QPushButton:focus { border-color: $accent; }
QPushButton:disabled { color: $faint; background: $raised; }
QPushButton::menu-indicator {
    image: url("$arrow"); subcontrol-position: right center; subcontrol-origin: padding; right: 8px;
    width: 12px; height: 12px;
}
QPushButton[primary="true"] {
    background: $accent; color: $on_accent; border-color: $accent; font-weight: 600;
}
QPushButton[primary="true"]:hover, QPushButton[primary="true"]:focus {
    background: $accent_hover; border-color: $accent_hover;
}
QPushButton[primary="true"]:focus { border-color: $text; }
QPushButton[primary="true"]:disabled {
    background: $line; border-color: $line; color: $muted;
}
QPushButton[danger="true"] { color: $red_text; }
QPushButton[danger="true"]:disabled { color: $faint; }
QPushButton[flat="true"] {
    background: transparent; border: 1px solid transparent; color: $muted; padding: 3px 7px;
    font-weight: 400; border-radius: 4px;
}
QPushButton[flat="true"]:hover { color: $text; background: $hover; }
QPushButton[flat="true"]:focus { border-color: $accent; color: $text; }
QPushButton[link="true"] {
    background: transparent; border: 1px solid transparent; border-radius: 4px; color: $accent;
    padding: 1px 3px; font-weight: 400; text-align: left;
}
QPushButton[link="true"]:hover { text-decoration: underline; }
QPushButton[link="true"]:focus { border-color: $accent; }
QToolButton { border: 1px solid transparent; border-radius: 4px; padding: 3px; color: $muted; }
QToolButton:hover { background: $hover; color: $text; }
QToolButton:focus { border-color: $accent; }
QToolButton::menu-indicator { image: none; }

QLineEdit, QComboBox, QAbstractSpinBox {
    background: $raised; color: $text; border: 1px solid $line; border-radius: $radius;
    padding: 6px 8px; selection-background-color: $accent; selection-color: $on_accent;
}
QPlainTextEdit, QTextEdit {
    background: $raised; color: $text; border: 1px solid $line; border-radius: $radius;
    padding: 4px; selection-background-color: $accent; selection-color: $on_accent;
}
QLineEdit:focus, QComboBox:focus, QAbstractSpinBox:focus, QPlainTextEdit:focus, QTextEdit:focus {
    border-color: $accent;
}
QLineEdit:disabled, QComboBox:disabled, QAbstractSpinBox:disabled { color: $faint; }
QLineEdit, QPlainTextEdit, QTextEdit { placeholder-text-color: $muted; }
*[bare="true"] { background: transparent; border: none; padding: 0; }
QComboBox {
    background: $surface; padding-right: 24px; combobox-popup: 0;
    selection-background-color: $selection; selection-color: $text;
}
QComboBox::drop-down { border: none; width: 24px; }
QComboBox::down-arrow { image: url("$arrow"); width: 12px; height: 12px; }
QComboBox QAbstractItemView {
    background: $surface; color: $text; border: 1px solid $line; padding: 4px; outline: none;
    selection-background-color: $selection; selection-color: $text;
}
QComboBox QAbstractItemView::item { padding: 4px 8px; min-height: 20px; }
QComboBox QAbstractItemView::item:selected { background: $selection; color: $text; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 20px; }
QAbstractSpinBox::up-arrow { image: url("$arrow_up"); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url("$arrow"); width: 10px; height: 10px; }
QDateTimeEdit::drop-down { border: none; width: 24px; }
QDateTimeEdit::down-arrow { image: url("$arrow"); width: 12px; height: 12px; }
QCalendarWidget QWidget#qt_calendar_navigationbar { background: $raised; }
QCalendarWidget QAbstractItemView { selection-background-color: $accent;
    selection-color: $on_accent; }

QListView, QTreeView, QTableView {
    background: $surface; border: none; alternate-background-color: $raised;
    selection-background-color: $selection; selection-color: $text; gridline-color: $line;
}
QTableView::item { padding: 0 8px; }
QCalendarWidget QTableView::item { padding: 0; }
QHeaderView { background: $surface; border: none; }
QHeaderView::section {
    background: $surface; color: $muted; border: none; border-bottom: 1px solid $line;
    padding: 8px; font-size: $size_small; font-weight: 600;
}
QTabBar::tab {
    background: transparent; color: $muted; padding: 8px 4px; margin-right: 16px;
    border: none; border-bottom: 2px solid transparent;
}
QTabBar::tab:selected { color: $accent; border-bottom-color: $accent; font-weight: 600; }
QTabBar::tab:focus { color: $text; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }

QProgressBar {
    background: $line; border: none; border-radius: 3px; min-height: 6px; max-height: 6px;
}
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QFrame[overlay="true"] {
    background: $surface; border: 1px solid $overlay_line; border-radius: 8px;
}
*[textSize="small"] { font-size: $size_small; }
*[textSize="text"] { font-size: $size_text; }
*[textSize="reading"] { font-size: $size_reading; }
*[textSize="title"] { font-size: $size_title; }
*[bold="true"] { font-weight: 600; }
*[bold="false"] { font-weight: 400; }
*[ground="window"] { background: $window; }
*[ground="surface"] { background: $surface; }
*[ground="raised"] { background: $raised; }
""")
