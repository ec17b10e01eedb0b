"""A key that works in every program, held beside the window by the way this desktop has for it."""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from fieldnotes.desktop.global_key.chord import chord_of
from fieldnotes.desktop.global_key.way import ENDED, Outcome, Standing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fieldnotes.desktop.global_key.chord import Chord
    from fieldnotes.desktop.global_key.way import Way

DEFAULT = "Ctrl+Alt+F"
_PATIENCE = 2.0  # seconds for a desktop that does not answer, when the program ends


class GlobalKey(QObject):
    """`pressed` on the GUI thread, wherever the keyboard is; `changed` when `standing` does.

    `way` is how this desktop gives keys, None where it gives none; `without` says why.
    """

    pressed = Signal()
    changed = Signal()
    _told = Signal(object, object)
    _heard = Signal(object, str)

    def __init__(
        self,
        way: type[Way] | None,
        parent: QObject | None = None,
        without: Outcome = Outcome.NOT_OFFERED,
    ) -> None:
        super().__init__(parent)
        self._kind, self._without = way, without
        self._way: Way | None = None
        self._threads: list[threading.Thread] = []
        self.keys = ""
        self.standing = Standing(Outcome.OFF if way else without)
        self._told.connect(self._on_told)
        self._heard.connect(self._on_heard)

    @property
    def asks(self) -> bool:
        """Whether the desktop would put a question to the person."""
        return self._kind is not None and self._kind.asks

    @property
    def possible(self) -> bool:
        """Whether there is any way to a key here."""
        return self._kind is not None

    def take(self, keys: str) -> None:
        """Hold these keys from now on in place of others; '' for none. It returns at once."""
        if self._kind is None or (self._way is not None and keys == self.keys):
            return
        self._let_go()
        self.keys = keys
        chord = chord_of(keys)
        if chord is not None:
            self._hold(self._kind(), chord)
        self._stand(Standing(Outcome.ASKING if chord else Outcome.OFF))

    def close(self) -> None:
        """Give the key back before the program ends."""
        self._let_go()
        for thread in self._threads:
            thread.join(_PATIENCE)

    def _hold(self, way: Way, chord: Chord) -> None:
        def run() -> None:
            way.hold(
                chord,
                lambda standing: self._told.emit(way, standing),
                lambda token: self._heard.emit(way, token),
            )

        self._way = way
        self._threads = [each for each in self._threads if each.is_alive()]
        self._threads.append(threading.Thread(target=run, name="fieldnotes key", daemon=True))
        self._threads[-1].start()

    def _let_go(self) -> None:
        if self._way is not None:
            self._way.let_go()
            self._way = None

    def _on_told(self, way: Way, standing: Standing) -> None:
        if way is not self._way:
            return  # it was let go meanwhile
        if standing.outcome in ENDED:
            self._way = None
        self._stand(standing)

    def _on_heard(self, way: Way, token: str) -> None:
        if way is not self._way:
            return
        if token:
            os.environ["XDG_ACTIVATION_TOKEN"] = token  # Qt takes it for the next window it raises
        self.pressed.emit()

    def _stand(self, standing: Standing) -> None:
        self.standing = standing
        self.changed.emit()


def way_here(platform: str, environment: Mapping[str, str]) -> type[Way] | None:
    """How the desktop gives keys, by what Qt calls it. A window of X11 may stand in Wayland."""
    on_wayland = (
        environment.get("XDG_SESSION_TYPE") == "wayland" or "WAYLAND_DISPLAY" in environment
    )
    match platform:
        case "xcb" if not on_wayland:
            from fieldnotes.desktop.global_key.x11_key import X11Key

            return X11Key
        case "xcb" | "wayland" | "wayland-egl":
            from fieldnotes.desktop.global_key.portal_key import PortalKey

            return PortalKey
        case "windows":
            from fieldnotes.desktop.global_key.windows_key import WindowsKey

            return WindowsKey
        case _:
            return None
