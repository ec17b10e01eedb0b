"""As much of jeepney.wrappers as fieldnotes uses."""

from typing import Any

from jeepney import Message

class DBusErrorResponse(Exception): ...

def unwrap_msg(msg: Message) -> tuple[Any, ...]: ...
