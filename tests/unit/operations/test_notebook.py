"""The notebook's own clock and ids."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import UUID

import pytest

from fieldnotes.operations.notebook import Notebook, now


@pytest.fixture(params=["UTC", "Asia/Kolkata", "America/St_Johns", "Pacific/Kiritimati"])
def _somewhere(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.usefixtures("_somewhere")
def test_the_clock_tells_the_time_and_the_offset_of_the_place() -> None:
    before = datetime.now(UTC)
    told = now()
    after = datetime.now(UTC)
    assert before.timestamp() * 1000 - 1 <= told.ms <= after.timestamp() * 1000
    offset = after.astimezone().utcoffset()
    assert offset is not None
    assert told.offset * 60 == offset.total_seconds()


def test_what_is_made_in_one_millisecond_keeps_its_order(seller: Notebook) -> None:
    moment = seller.clock()
    seller.clock = lambda: moment
    made = [seller.new_id() for _ in range(500)]
    assert made == sorted(set(made))
    assert all(UUID(each).version == 7 for each in made)
