"""The window as the tests of its pages start it."""

from __future__ import annotations

from tests.desktop.conftest import start as start
