"""A SHA-256 beside every row that nothing else could be checked against."""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from fieldnotes.store.database import Connection, rows

SEALED: dict[str, tuple[str, ...]] = {
    "about": ("key", "value"),
    "owner": ("seed", "secret", "card"),
    "people": ("author", "card", "standing"),
    "former_keys": ("author", "seed", "secret", "card"),
    "addresses": ("author", "email"),
    "names": ("family", "name", "folded"),
    "batches": ("id", "at", "counts"),
    "bundles": ("batch", "bundle", "author", "manifest", "file"),
    "left_over": ("bundle", "notes"),
    "disclosures": ("bundle", "note_no", "revision", "line"),
    "sendings": ("bundle", "recipient", "audience", "at", "manifest"),
    "intake_rows": ("source", "row", "content", "turn", "id"),
    "looked_over": ("revision", "find"),
    "presets": ("name", "body"),
    "unproven": ("first", "last"),
    "read_whole": ("bundle", "seq", "taken_back"),
}


def seal_of(*values: Any) -> bytes:
    """SHA-256 over the values of a row, in the order of SEALED."""
    return hashlib.sha256(msgspec.msgpack.encode(values)).digest()


def broken_seals(connection: Connection) -> list[str]:
    """The tables that hold a row which is not as it was written."""
    found = []
    for table, columns in SEALED.items():
        sql = f"SELECT {', '.join(columns)}, seal FROM {table}"
        if any(seal_of(*values) != seal for *values, seal in rows(connection, sql)):
            found.append(table)
    return found


def loose_ends(connection: Connection) -> list[str]:
    """Tables with a row that refers to nothing."""
    pairs = {
        "bundles": "batch NOT IN (SELECT no FROM batches)",
        "arrivals": "bundle NOT IN (SELECT no FROM bundles)"
        " OR note_no NOT IN (SELECT note_no FROM facts)",
        "left_over": "bundle NOT IN (SELECT no FROM bundles)",
        "read_whole": "bundle NOT IN (SELECT no FROM bundles)",
        "disclosures": "bundle NOT IN (SELECT no FROM bundles)"
        " OR note_no NOT IN (SELECT note_no FROM facts)",
        "sent_revisions": "sending NOT IN (SELECT no FROM sendings)"
        " OR note_no NOT IN (SELECT note_no FROM facts)",
        "intake_rows": "id NOT IN (SELECT id FROM facts)",
        "history": "note_no NOT IN (SELECT note_no FROM facts)",
        "facts": "current NOT IN (SELECT seq FROM history)"
        " OR author NOT IN (SELECT no FROM people)"
        " OR EXISTS (SELECT 1 FROM (SELECT type AS no UNION SELECT kind UNION SELECT account"
        " UNION SELECT stage UNION SELECT outcome) WHERE no NOT IN (SELECT no FROM names))",
        "names": "entity IS NULL OR entity NOT IN (SELECT no FROM names)",
        "entries": "note_no NOT IN (SELECT note_no FROM facts)",
        "rollups": "name != 0 AND name NOT IN (SELECT no FROM names)",
    }
    return [
        table
        for table, loose in pairs.items()
        if rows(connection, f"SELECT 1 FROM {table} WHERE {loose} LIMIT 1")
    ]
