"""Wayland gives no key to programs, the desktop does: org.freedesktop.portal.GlobalShortcuts.

The desktop asks the person, remembers the answer and may choose other keys. It says when they are
pressed, and nothing else of the keyboard. https://flatpak.github.io/xdg-desktop-portal/docs/
"""

from __future__ import annotations

import secrets
from collections import deque
from typing import TYPE_CHECKING, Any, ClassVar

from fieldnotes import paths
from fieldnotes.desktop.global_key.way import Line, Outcome, Standing

if TYPE_CHECKING:
    from jeepney import Message
    from jeepney.io.blocking import DBusConnection

    from fieldnotes.desktop.global_key.chord import Chord
    from fieldnotes.desktop.global_key.way import Pressed, Told

_NAME = "org.freedesktop.portal.Desktop"
_PATH = "/org/freedesktop/portal/desktop"
_SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
_REGISTRY = "org.freedesktop.host.portal.Registry"
_ID, _DESCRIPTION = "flip", "What worked"
_GRANTED, _CANCELLED = 0, 1  # what a request answers; 2 is any other end


class PortalKey:
    """One shortcut in one session of the portal on the session bus."""

    asks: ClassVar[bool] = True

    def __init__(self) -> None:
        self._line = Line()

    def let_go(self) -> None:
        self._line.hang_up()

    def hold(self, chord: Chord, told: Told, pressed: Pressed) -> None:
        from jeepney.io.blocking import open_dbus_connection
        from jeepney.wrappers import DBusErrorResponse

        standing = Standing(Outcome.NOT_OFFERED)
        try:
            with open_dbus_connection() as bus:
                self._line.open_on(bus.sock)
                shortcut = _Shortcut(bus)
                standing = shortcut.bind(_trigger(chord))
                while standing.outcome is Outcome.HELD:
                    told(standing)
                    standing = Standing(Outcome.LOST)
                    standing = shortcut.listen(pressed)
        except (DBusErrorResponse, OSError, KeyError, RuntimeError):
            pass  # no session bus, no portal, one that knows no such thing, or one that has gone
        if not self._line.over:
            told(standing)


class _Shortcut:
    """What is said to the portal, and what is heard from it, in this order."""

    def __init__(self, bus: DBusConnection) -> None:
        from jeepney import MatchRule, message_bus

        self._bus, self._heard, self._session = bus, deque[Any](), ""
        bus.filter(MatchRule(type="signal"), queue=self._heard)
        gone = MatchRule(sender="org.freedesktop.DBus", member="NameOwnerChanged")
        gone.add_arg_condition(0, _NAME)
        for rule in (MatchRule(type="signal", sender=_NAME), gone):
            bus.send_and_get_reply(message_bus.AddMatch(rule))

    def bind(self, trigger: str) -> Standing:
        """Ask for the key; it takes as long as the person does."""
        self._say_who_asks()
        token = {"session_handle_token": ("s", _token())}
        code, results = self._request("CreateSession", "a{sv}", (), token)
        if code != _GRANTED:
            return Standing(Outcome.NOT_OFFERED)
        self._session = results["session_handle"][1]
        wish = {"description": ("s", _DESCRIPTION), "preferred_trigger": ("s", trigger)}
        body = (self._session, [(_ID, wish)], "")
        code, results = self._request("BindShortcuts", "oa(sa{sv})sa{sv}", body, {})
        if code not in (_GRANTED, _CANCELLED):
            return Standing(Outcome.NOT_OFFERED)
        return _given(results["shortcuts"][1] if "shortcuts" in results else [])

    def listen(self, pressed: Pressed) -> Standing:
        """Call for every press, until the desktop gives other keys, or none any more."""
        while True:
            match self._signal():
                case "Activated", self._session, (_, name, _, options) if name == _ID:
                    pressed(str(options.get("activation_token", ("s", ""))[1]))
                case "ShortcutsChanged", self._session, (_, shortcuts):
                    return _given(shortcuts)
                case ("Closed", self._session, _) | ("NameOwnerChanged", _, (_, _, "")):
                    return Standing(Outcome.LOST)
                case _:
                    pass  # of another session, or that the key was let up

    def _say_who_asks(self) -> None:
        """Asked for from 1.21 on; older portals find out by themselves: no answer is needed."""
        self._call(_REGISTRY, "Register", "sa{sv}", (paths.APP, {}))

    def _request(
        self, method: str, signature: str, body: tuple[Any, ...], options: dict[str, Any]
    ) -> tuple[int, dict[str, Any]]:
        """What the portal answers to a request in the end: a code, and what it gives."""
        from jeepney.wrappers import unwrap_msg

        options = {"handle_token": ("s", _token()), **options}
        reply = self._call(_SHORTCUTS, method, signature, (*body, options))
        (handle,) = unwrap_msg(reply)
        while True:
            match self._signal():
                case "Response", path, (code, results) if path == handle:
                    return code, results

    def _call(self, interface: str, method: str, signature: str, body: tuple[Any, ...]) -> Message:
        from jeepney import DBusAddress, new_method_call

        portal = DBusAddress(_PATH, bus_name=_NAME, interface=interface)
        return self._bus.send_and_get_reply(new_method_call(portal, method, signature, body))

    def _signal(self) -> tuple[str, str, tuple[Any, ...]]:
        """The next one: its name, what it is about, and what it says."""
        from jeepney import HeaderFields

        message = self._bus.recv_until_filtered(self._heard)
        fields, body = message.header.fields, message.body
        about = fields[HeaderFields.path]
        if fields.get(HeaderFields.interface) == _SHORTCUTS:
            about = body[0]  # the session
        return fields[HeaderFields.member], about, body


def _given(shortcuts: list[tuple[str, dict[str, Any]]]) -> Standing:
    for name, told in shortcuts:
        if name == _ID:
            return Standing(Outcome.HELD, str(told.get("trigger_description", ("s", ""))[1]))
    return Standing(Outcome.REFUSED)


def _trigger(chord: Chord) -> str:
    """As the XDG specification of shortcuts writes keys: 'CTRL+ALT+f'."""
    held = zip(("CTRL", "ALT", "SHIFT", "LOGO"), chord[1:], strict=True)
    key = chord.key if chord.is_function_key else chord.key.lower()
    return "+".join([*(name for name, on in held if on), key])


def _token() -> str:
    return f"fieldnotes{secrets.token_hex(8)}"
