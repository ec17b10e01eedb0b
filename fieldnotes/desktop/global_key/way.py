"""What every way to a key in all programs promises, whichever desktop gives it."""

from __future__ import annotations

import enum
import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, ClassVar, NamedTuple, Protocol

if TYPE_CHECKING:
    from fieldnotes.desktop.global_key.chord import Chord


class Outcome(enum.Enum):
    """What became of asking for the key."""

    OFF = "nobody wants it"
    ASKING = "no answer yet"
    HELD = "it works"
    TAKEN = "another program has it"
    NO_SUCH_KEY = "the keyboard has no such key"
    REFUSED = "the person said no to the desktop"
    NOT_OFFERED = "the desktop has no way to give it"
    LOST = "it was there, and the desktop took it back"
    ELSEWHERE = "another window on the same library has it"


ENDED = frozenset({Outcome.TAKEN, Outcome.REFUSED, Outcome.NOT_OFFERED, Outcome.LOST})
"""Nobody waits for the key any more: it would have to be asked for once more."""


class Standing(NamedTuple):
    """`trigger`: how a desktop that chooses the keys itself says what to press, in its words."""

    outcome: Outcome
    trigger: str = ""


Told = Callable[[Standing], None]
Pressed = Callable[[str], None]
"""Takes what lets a window come to the front on this desktop, '' where nothing is needed."""


class Way(Protocol):
    """Holds one key once. `hold` runs in a thread of its own, `let_go` comes from another one."""

    asks: ClassVar[bool]  # whether the desktop puts a question to the person first

    def hold(self, chord: Chord, told: Told, pressed: Pressed) -> None:
        """Take the key, tell how that went, and call for every press until it is let go."""

    def let_go(self) -> None:
        """Give the key back; `hold` returns soon. It may come before `hold`."""


class Line:
    """The socket to the desktop: hung up from another thread, it ends whatever waits for it."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._socket: socket.socket | None = None
        self._over = False

    def open_on(self, connected: socket.socket) -> None:
        """From now on it is this one. Hung up already, it is ended at once."""
        with self._lock:
            self._socket = connected
            if self._over:
                _end(connected)

    def hang_up(self) -> None:
        """Whoever reads from it or writes to it gets an error from now on."""
        with self._lock:
            self._over = True
            if self._socket is not None:
                _end(self._socket)

    @property
    def over(self) -> bool:
        """Whether somebody hung up, rather than the desktop."""
        return self._over


def _end(connected: socket.socket) -> None:
    with suppress(OSError):  # the other side was faster
        connected.shutdown(socket.SHUT_RDWR)
