"""As much of jeepney as fieldnotes uses."""

from typing import Any

class HeaderFields:
    path: HeaderFields
    interface: HeaderFields
    member: HeaderFields

class Header:
    fields: dict[HeaderFields, str]

class Message:
    header: Header
    body: tuple[Any, ...]

class DBusAddress:
    def __init__(self, object_path: str, bus_name: str, interface: str) -> None: ...

class MatchRule:
    def __init__(
        self, *, type: str | None = None, sender: str | None = None, member: str | None = None
    ) -> None: ...
    def add_arg_condition(self, argno: int, value: str) -> None: ...

class DBus:
    def AddMatch(self, rule: MatchRule) -> Message: ...

message_bus: DBus

def new_method_call(
    remote_obj: DBusAddress, method: str, signature: str, body: tuple[Any, ...]
) -> Message: ...
