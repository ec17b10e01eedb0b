"""One look for the whole program: colours, fonts and the switch between light and dark.

Widgets never name a colour. They ask `current()` while painting, or carry an ink and a size that
the style sheet knows (`styled`), so switching the theme is a repaint and nothing else.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from fieldnotes.desktop import scroll_bars
from fieldnotes.desktop.tokens import DARK, LIGHT, Tokens

if TYPE_CHECKING:
    from PySide6.QtWidgets import QLabel

__all__ = [
    "DARK",
    "GRID",
    "LIGHT",
    "RADIUS",
    "SIZES",
    "Scheme",
    "Size",
    "Tokens",
    "apply",
    "begin",
    "color",
    "current",
    "font",
    "label",
    "mono",
    "notifier",
    "restyle",
    "scheme",
    "styled",
]

Scheme = Literal["system", "light", "dark"]
Size = Literal["small", "text", "title", "reading"]

GRID = 8
FUSION = "fieldnotes dressed in Fusion"  # what an application knows that began so
RADIUS = 6
_HALF_LIGHT = 128  # of 255
SIZES: dict[str, int] = {"small": 12, "text": 13, "reading": 15, "title": 20}
"""Pixels: three sizes for the program's words, and `reading` for the words people wrote."""


_W = TypeVar("_W", bound=QWidget)


class _Notifier(QObject):
    """Says that the tokens changed, for what Qt does not repaint by itself."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.scheme: Scheme = "system"
        self.tokens: Tokens = LIGHT
        self.following = False


@cache
def notifier() -> _Notifier:
    """The one object whose `changed` signal is sent after every change of theme."""
    return _Notifier()


def current() -> Tokens:
    """The colours in force now."""
    return notifier().tokens


def scheme() -> Scheme:
    """What was asked for: follow the system, or always light, or always dark."""
    return notifier().scheme


def begin(app: QApplication, scheme: Scheme = "system") -> None:
    """Colours and fonts alone: enough for a first list. `apply` has to follow."""
    state = notifier()
    state.scheme = scheme
    system_is_dark = app.palette().window().color().lightness() < _HALF_LIGHT
    dark = system_is_dark if scheme == "system" else scheme == "dark"
    tokens = DARK if dark else LIGHT
    _colour(app, tokens)
    app.setStyleSheet(scroll_bars.sheet(tokens))


def apply(app: QApplication, scheme: Scheme = "system") -> None:
    """Dress the whole program, and keep following the system when `scheme` is 'system'."""
    from PySide6.QtCore import Qt

    state = notifier()
    state.scheme = scheme
    hints = app.styleHints()
    if not state.following:
        hints.colorSchemeChanged.connect(lambda _scheme: _follow(app))
        state.following = True
    if scheme == "system":
        hints.unsetColorScheme()
    else:
        dark = scheme == "dark"
        hints.setColorScheme(Qt.ColorScheme.Dark if dark else Qt.ColorScheme.Light)
    _dress(app, _wanted(app, scheme))


def color(role: str) -> QColor:
    """The colour of a token by its name, such as 'muted'."""
    return _color(getattr(current(), role))


def font(size: Size = "text", *, bold: bool = False, figures: bool = False) -> QFont:
    """A font of the program: `figures` gives every digit the same width, for columns."""
    return QFont(_font(size, bold, figures))


def mono(size: Size = "text") -> QFont:
    """The fixed-width font, for keys and the six words."""
    made = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
    made.setPixelSize(SIZES[size])
    return made


def styled(
    widget: _W,
    *,
    ink: str | None = None,
    size: Size | None = None,
    bold: bool | None = None,
    ground: str | None = None,
) -> _W:
    """Give a widget a text colour, size, weight and ground that follow the theme. Returns it.

    `ink` is a token for text, `ground` one of window, surface and raised.
    """
    for name, value in (("ink", ink), ("textSize", size), ("bold", bold), ("ground", ground)):
        if value is not None:
            widget.setProperty(name, value)
    if ground is not None:
        from PySide6.QtCore import Qt

        widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
    restyle(widget)
    return widget


def restyle(widget: QWidget) -> None:
    """Make the style sheet look again at a widget whose properties have changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)


def label(text: str = "", **looks: Any) -> QLabel:
    """A label that shows its text as it is, never as HTML. `looks` as for `styled`."""
    from PySide6.QtCore import Qt
    from PySide6.QtWidgets import QLabel

    made = QLabel()
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setText(text)
    return styled(made, **looks) if looks else made


def _follow(app: QApplication) -> None:
    if scheme() == "system":
        _dress(app, _wanted(app, "system"))


def _wanted(app: QApplication, scheme: Scheme) -> Tokens:
    from PySide6.QtCore import Qt

    if scheme == "system":
        return DARK if app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT
    return DARK if scheme == "dark" else LIGHT


def _colour(app: QApplication, tokens: Tokens) -> None:
    notifier().tokens = tokens
    app.setFont(font())
    app.setPalette(_palette(tokens))


def _dress(app: QApplication, tokens: Tokens) -> None:
    from fieldnotes.desktop import style_sheet

    if not app.property(FUSION):
        app.setStyle("Fusion")
        app.setProperty(FUSION, True)
    _colour(app, tokens)
    app.setStyleSheet(style_sheet.build(tokens, SIZES, RADIUS))
    notifier().changed.emit()


def _palette(tokens: Tokens) -> QPalette:
    role = QPalette.ColorRole
    colors = {
        role.Window: tokens.window,
        role.WindowText: tokens.text,
        role.Base: tokens.surface,
        role.AlternateBase: tokens.raised,
        role.Text: tokens.text,
        role.PlaceholderText: tokens.muted,
        role.Button: tokens.surface,
        role.ButtonText: tokens.text,
        role.BrightText: tokens.red_text,
        role.ToolTipBase: tokens.raised,
        role.ToolTipText: tokens.text,
        role.Light: tokens.raised,
        role.Midlight: tokens.line,
        role.Mid: tokens.line,
        role.Dark: tokens.faint,
        role.Shadow: tokens.faint,
        role.Highlight: tokens.selection,
        role.HighlightedText: tokens.text,
        role.Accent: tokens.accent,
        role.Link: tokens.accent,
        role.LinkVisited: tokens.accent,
    }
    palette = QPalette()
    for where, value in colors.items():
        palette.setColor(where, _color(value))
    for where in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, where, _color(tokens.faint))
    return palette


@cache
def _font(size: Size, bold: bool, figures: bool) -> QFont:
    made = QFont(_family())
    made.setPixelSize(SIZES[size])
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    if figures:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


@cache
def _color(value: str) -> QColor:
    return QColor(value)


@cache
def _family() -> str:
    if QFontDatabase.hasFamily("Inter"):
        return "Inter"
    from PySide6.QtGui import QFontInfo

    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    return QFontInfo(system).family()
