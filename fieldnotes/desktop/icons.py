"""Our own signs, drawn once in one colour and tinted with the theme's tokens when they are shown.

The six kinds are told by their shape: competitor a diamond, objection a disc, win a star, pitch
a triangle, problem a ring, note a square.
"""

from __future__ import annotations

import weakref
from functools import cache
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QByteArray, QObject, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from fieldnotes.desktop import theme
from fieldnotes.paths import resources

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

KINDS = ("competitor", "objection", "win", "pitch", "problem", "note")

_SIZES = (16, 20, 24, 32, 48)
_APP_SIZES = (16, 24, 32, 48, 64, 128, 256)
_OWN_COLOURS = ("fieldnotes",)


class _HasIcon(Protocol):
    def setIcon(self, icon: QIcon, /) -> None: ...


def sign_of(kind: str) -> str:
    """The sign of a note's kind, or of a record of another type."""
    return {"team": "people", "succession": "key"}.get(kind, kind)


def role_of(name: str, role: str | None = None) -> str:
    """The token that colours a sign: a kind has its own colour, every other sign is muted."""
    return role or (name if name in KINDS else "muted")


def pixmap(
    name: str, role: str | None = None, size: int = 16, ratio: float | None = None
) -> QPixmap:
    """One sign as a picture of `size` logical pixels for a screen of this device pixel ratio."""
    colour = getattr(theme.current(), role_of(name, role))
    return _pixmap(name, colour, size, ratio or _ratio())


def icon(name: str, role: str | None = None) -> QIcon:
    """A sign in today's colours, for every size in use. `assign` keeps it up to date as well."""
    tokens = theme.current()
    return _icon(name, getattr(tokens, role_of(name, role)), tokens.faint)


def assign(target: _HasIcon, name: str, role: str | None = None) -> None:
    """Give an action or a button its sign, now and after every change of theme."""
    target.setIcon(icon(name, role))
    if isinstance(target, QObject):
        _Follower(target, name, role)


@cache
def app_icon() -> QIcon:
    """The program's own icon."""
    from PySide6.QtGui import QIcon

    made = QIcon()
    for size in _APP_SIZES:
        made.addPixmap(_pixmap("fieldnotes", "", size, 1.0))
    return made


class _Follower(QObject):
    """Lives as long as its target and gives it a fresh icon when the theme changes."""

    def __init__(self, target: QObject, name: str, role: str | None) -> None:
        from PySide6.QtCore import Qt

        old = target.findChild(_Follower, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if old is not None:
            old.setParent(None)
            old.deleteLater()
        super().__init__(target)
        self._target = weakref.ref(target)
        self._sign = (name, role)
        theme.notifier().changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        target = self._target()
        if target is not None and self.parent() is target:
            target.setIcon(icon(*self._sign))  # type: ignore[attr-defined]


@cache
def _icon(name: str, colour: str, disabled: str) -> QIcon:
    from PySide6.QtGui import QIcon

    made = QIcon()
    for size in _SIZES:
        made.addPixmap(_pixmap(name, colour, size, 1.0), QIcon.Mode.Normal)
        made.addPixmap(_pixmap(name, disabled, size, 1.0), QIcon.Mode.Disabled)
    return made


@cache
def _pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace("currentColor", colour).encode()))
    side = round(size * ratio)
    made = QPixmap(QSize(side, side))
    made.fill(QColor(0, 0, 0, 0))
    painter = QPainter(made)
    renderer.render(painter, QRectF(0, 0, side, side))
    painter.end()
    made.setDevicePixelRatio(ratio)
    return made


@cache
def _drawing(name: str) -> str:
    return (resources() / "icons" / f"{name}.svg").read_text(encoding="utf-8")


def _ratio() -> float:
    app = QApplication.instance()
    return app.devicePixelRatio() if isinstance(app, QApplication) else 1.0
