"""Find places of notes, newest first, and count them."""

from __future__ import annotations

from array import array

from fieldnotes.domain.query import Query
from fieldnotes.store import beginnings
from fieldnotes.store.database import one, whole_column
from fieldnotes.store.plans import plan, plan_begun
from fieldnotes.store.records import Records


def page(records: Records, query: Query, limit: int, below: int | None = None) -> list[int]:
    """Places of the newest `limit` hits; `below`: the last place of the page before; -1: all."""
    asked = plan_begun(records, query)
    if asked.unsure:
        return beginnings.newest(records, asked, limit, below)
    return beginnings.walk(records, asked, limit, below)


def count(records: Records, query: Query, at_most: int | None = None) -> int:
    """How many hits, exactly, or `at_most` + 1 where there are more."""
    asked = plan_begun(records, query)
    if asked.unsure:
        return beginnings.count(records, asked, at_most)
    sql, parameters = asked.select(), asked.parameters
    if at_most is not None:
        sql, parameters = sql + " LIMIT ?", (*parameters, at_most + 1)
    return int(one(records.connection, f"SELECT count(*) FROM ({sql})", *parameters))


def every(records: Records, query: Query) -> array[int]:
    """Places of all hits, newest first."""
    asked = plan(records, query)
    sql = f"{asked.select()} ORDER BY place DESC"
    return whole_column(records.connection, sql, *asked.parameters)


def every_number(records: Records, query: Query) -> array[int]:
    """Numbers of all hits, in no order."""
    asked = plan(records, query)
    sql = f"SELECT f.note_no FROM ({asked.select()}) p CROSS JOIN facts f ON f.place = p.place"
    return whole_column(records.connection, sql, *asked.parameters)
