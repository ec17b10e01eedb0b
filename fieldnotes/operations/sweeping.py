"""Garbage is seldom looked for while very many things come and go that never hold each other."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_USUAL = gc.get_threshold()
_SELDOM = (100_000, 50, 1_000)


@contextmanager
def swept_seldom() -> Iterator[None]:
    """Looking through all that waits for its slice took a seventh of reading in."""
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*_USUAL)
