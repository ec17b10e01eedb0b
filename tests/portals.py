"""A bus of a test's own, and a desktop on it that gives keys, speaking what real ones speak."""

from __future__ import annotations

import os
import shutil
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

NAME, PATH = "org.freedesktop.portal.Desktop", "/org/freedesktop/portal/desktop"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
REGISTRY = "org.freedesktop.host.portal.Registry"
GRANTED, CANCELLED, OTHER_END = range(3)
SIGNATURES = {
    "Register": "sa{sv}",
    "CreateSession": "a{sv}",
    "BindShortcuts": "oa(sa{sv})sa{sv}",
}

_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path={socket}</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/>
<allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"""


@contextmanager
def a_bus(folder: Path) -> Iterator[str]:
    """The address of a bus that ends with the test."""
    assert shutil.which("dbus-daemon"), "the set-up of the tests installs dbus-daemon"
    told = folder / "bus.conf"
    told.write_text(_BUS.format(socket=folder / "bus"))
    reading, writing = os.pipe()
    command = ["dbus-daemon", f"--config-file={told}", "--nofork", f"--print-address={writing}"]
    daemon = subprocess.Popen(command, pass_fds=[writing])
    os.close(writing)
    with os.fdopen(reading) as address:
        ready = address.readline().strip()
    try:
        yield ready
    finally:
        daemon.terminate()
        daemon.wait(60)


class Portal:
    """A desktop that answers with `code`, and says that `trigger` is what to press.

    `asked` has the bodies of all calls, by method. `knows` are the interfaces it has.
    """

    def __init__(
        self,
        address: str,
        code: int | None = GRANTED,
        trigger: str = "Press Ctrl+Alt+F",
        knows: tuple[str, ...] = (SHORTCUTS, REGISTRY),
    ) -> None:
        self._code, self._trigger, self._knows = code, trigger, knows
        self.asked: dict[str, tuple[Any, ...]] = {}
        self.client = self.session = ""
        self._bus: DBusConnection = open_dbus_connection(address)
        self._bus.send_and_get_reply(message_bus.RequestName(NAME))
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def press(self, session: str = "", **options: Any) -> None:
        body = (session or self.session, "flip", 4711, options)
        self._say(PATH, SHORTCUTS, "Activated", "osta{sv}", body)
        self._say(PATH, SHORTCUTS, "Deactivated", "osta{sv}", body)

    def change(self, *triggers: str) -> None:
        self._say(
            PATH, SHORTCUTS, "ShortcutsChanged", "oa(sa{sv})", (self.session, given(triggers))
        )

    def end_session(self) -> None:
        self._say(self.session, "org.freedesktop.portal.Session", "Closed", "a{sv}", ({},))

    def has_client(self) -> bool:
        with open_dbus_connection(str(self._address())) as asking:
            return bool(asking.send_and_get_reply(message_bus.NameHasOwner(self.client)).body[0])

    def close(self) -> None:
        with suppress(OSError):
            self._bus.sock.shutdown(2)
        self._thread.join(60)
        self._bus.close()

    def _address(self) -> str:
        return f"unix:path={self._bus.sock.getpeername()}"

    def _serve(self) -> None:
        with suppress(ConnectionError):
            while True:
                message = self._bus.receive()
                if message.header.message_type is MessageType.method_call:
                    self._answer(message)

    def _answer(self, call: Message) -> None:
        fields = call.header.fields
        method = fields[HeaderFields.member]
        if fields[HeaderFields.interface] not in self._knows:
            self._bus.send(new_error(call, "org.freedesktop.DBus.Error.UnknownMethod"))
            return
        assert fields[HeaderFields.signature] == SIGNATURES[method]
        self.client = fields[HeaderFields.sender]
        self.asked[method] = call.body
        if method == "Register":
            self._bus.send(new_method_return(call))
            return
        options = call.body[-1]
        own = self.client.removeprefix(":").replace(".", "_")
        handle = f"{PATH}/request/{own}/{options['handle_token'][1]}"
        self._bus.send(new_method_return(call, "o", (handle,)))
        if method == "CreateSession":
            self.session = f"{PATH}/session/{own}/{options['session_handle_token'][1]}"
            self._respond(handle, GRANTED, {"session_handle": ("s", self.session)})
        elif self._code is not None:
            results = {"shortcuts": ("a(sa{sv})", given([self._trigger]))}
            self._respond(handle, self._code, {} if self._code else results)

    def _respond(self, handle: str, code: int, results: dict[str, Any]) -> None:
        interface = "org.freedesktop.portal.Request"
        self._say(handle, interface, "Response", "ua{sv}", (code, results))

    def _say(self, path: str, interface: str, name: str, signature: str, body: Any) -> None:
        signal = new_signal(DBusAddress(path, interface=interface), name, signature, body)
        signal.header.fields[HeaderFields.destination] = self.client
        self._bus.send(signal)


def given(triggers: Any) -> list[Any]:
    """The one shortcut with what is to be pressed, or none."""
    told = {"description": ("s", "What worked")}
    return [("flip", told | {"trigger_description": ("s", each)}) for each in triggers]
