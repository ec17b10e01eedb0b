"""X11 gives a key to who asks first: that one key is grabbed on the root window, no other is seen.

The connection is its own: an error on it, or an X server that is slow, is none of the window's.
"""

from __future__ import annotations

from contextlib import closing, suppress
from itertools import combinations
from typing import TYPE_CHECKING, ClassVar

from fieldnotes.desktop.global_key.way import ENDED, Line, Outcome, Standing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from Xlib.display import Display

    from fieldnotes.desktop.global_key.chord import Chord
    from fieldnotes.desktop.global_key.way import Pressed, Told


class X11Key:
    """One passive grab on the screen that `display` names, else DISPLAY."""

    asks: ClassVar[bool] = False

    def __init__(self, display: str | None = None) -> None:
        self._name = display
        self._line = Line()

    def let_go(self) -> None:
        self._line.hang_up()

    def hold(self, chord: Chord, told: Told, pressed: Pressed) -> None:
        from Xlib.display import Display
        from Xlib.error import ConnectionClosedError, DisplayError

        try:
            display = Display(self._name)
        except (ConnectionClosedError, DisplayError, OSError):
            told(Standing(Outcome.NOT_OFFERED))
            return
        self._line.open_on(display.display.socket)
        outcome = Outcome.LOST
        with closing(display.display.socket), suppress(ConnectionClosedError, OSError):
            grab = _Grab(display, chord)
            while (outcome := grab.take()) not in ENDED:
                told(Standing(outcome))
                outcome = Outcome.LOST
                grab.listen(pressed)
        if not self._line.over:
            told(Standing(outcome))


class _Grab:
    """The key as the keyboard of this display has it."""

    def __init__(self, display: Display, chord: Chord) -> None:
        self._display, self._chord = display, chord
        self._root = display.screen().root
        self._code = 0

    def take(self) -> Outcome:
        """Grab it with every lock that may be on; where one is taken, none is kept for long."""
        from Xlib import X
        from Xlib.error import BadAccess, CatchError

        self._code = self._find_code()
        if not self._code:
            return Outcome.NO_SUCH_KEY  # until the keyboard is another one
        refused = CatchError(BadAccess)
        held = _held_with(self._chord)
        for locks in _locks(self._display):
            self._root.grab_key(
                self._code, held | locks, False, X.GrabModeAsync, X.GrabModeAsync, refused
            )
        self._display.sync()
        return Outcome.HELD if refused.get_error() is None else Outcome.TAKEN

    def listen(self, pressed: Pressed) -> None:
        """Call for every press, until the keyboard has the key in another place."""
        from Xlib import X

        while True:
            event = self._display.next_event()
            if event.type == X.KeyPress:
                # What is typed while the key is still down belongs to the window with the keyboard.
                self._display.ungrab_keyboard(event.time)
                self._display.flush()
                pressed("")
            elif event.type == X.MappingNotify:
                self._display.refresh_keyboard_mapping(event)
                if self._find_code() != self._code:
                    if self._code:
                        self._give_back()
                    return

    def _give_back(self) -> None:
        from Xlib import X

        self._root.ungrab_key(self._code, X.AnyModifier)
        self._display.sync()

    def _find_code(self) -> int:
        from Xlib import XK

        key = self._chord.key
        name = key if self._chord.is_function_key else key.lower()
        return self._display.keysym_to_keycode(XK.string_to_keysym(name))


def _held_with(chord: Chord) -> int:
    from Xlib import X

    masks = (X.ControlMask, X.Mod1Mask, X.ShiftMask, X.Mod4Mask)
    return sum(mask for mask, held in zip(masks, chord[1:], strict=True) if held)


def _locks(display: Display) -> Iterator[int]:
    """Caps Lock and Num Lock, on or off: X takes each for another key."""
    from Xlib import XK, X

    num_lock = display.keysym_to_keycode(XK.string_to_keysym("Num_Lock"))
    masks = [X.LockMask]
    for number, codes in enumerate(display.get_modifier_mapping()):
        if num_lock and num_lock in codes:
            masks.append(1 << number)
    for count in range(len(masks) + 1):
        for some in combinations(masks, count):
            yield sum(some)
