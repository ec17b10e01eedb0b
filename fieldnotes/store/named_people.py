"""Everybody at customers' whom the notes of a library name: their contacts, and who met."""

from __future__ import annotations

from collections.abc import Iterator

from fieldnotes.store.database import Connection
from fieldnotes.store.held_records import read_fields

_SIGNS = (b'"contacts.', b'"meeting.people.')


def named_people(connection: Connection, after: int = 0) -> Iterator[tuple[int, str, list[str]]]:
    """(turn of the version, account, names) of every version taken in after that turn."""
    sql = "SELECT seq, line FROM history WHERE seq > ? AND (instr(line, ?) OR instr(line, ?))"
    for seq, line in connection.execute(sql, (after, *_SIGNS)):
        fields = read_fields(line)[0]
        names = [
            value for field, value in fields.items() if isinstance(value, str) and _is_name(field)
        ]
        if names:
            account = fields.get("account")
            yield seq, account if isinstance(account, str) else "", names


def _is_name(field: str) -> bool:
    family, _, rest = field.partition(".")
    return (family == "contacts" and rest.endswith(".name")) or field.startswith("meeting.people.")
