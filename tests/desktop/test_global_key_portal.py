"""A key that the desktop gives: over a real bus, from a desktop that a test plays."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from fieldnotes.desktop.global_key.global_key import GlobalKey
from fieldnotes.desktop.global_key.key_words import sentence
from fieldnotes.desktop.global_key.portal_key import PortalKey
from fieldnotes.desktop.global_key.way import Outcome
from tests.portals import CANCELLED, OTHER_END, REGISTRY, SHORTCUTS, Portal, a_bus

Desk = Callable[..., Portal]


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """Plays a desktop on a bus of its own, as told."""
    portals: list[Portal] = []
    with a_bus(tmp_path) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)

        def play(**told: object) -> Portal:
            portals.append(Portal(address, **told))  # type: ignore[arg-type]
            return portals[-1]

        yield play
        for portal in portals:
            portal.close()


@pytest.fixture
def key(qtbot: QtBot) -> Iterator[GlobalKey]:
    made = GlobalKey(PortalKey)
    yield made
    made.close()
    made.deleteLater()


def take(qtbot: QtBot, key: GlobalKey, keys: str = "Ctrl+Alt+F") -> Outcome:
    key.take(keys)
    qtbot.waitUntil(lambda: key.standing.outcome is not Outcome.ASKING)
    return key.standing.outcome


def test_a_press_is_told_by_the_desktop_with_what_brings_the_window_to_the_front(
    qtbot: QtBot, desk: Desk, key: GlobalKey
) -> None:
    portal = desk()
    assert take(qtbot, key) is Outcome.HELD
    with qtbot.waitSignal(key.pressed):
        portal.press(activation_token=("s", "come-forward"))
    assert os.environ.pop("XDG_ACTIVATION_TOKEN") == "come-forward"


def test_the_desktop_is_told_who_asks_what_for_and_which_keys_are_wished(
    qtbot: QtBot, desk: Desk, key: GlobalKey
) -> None:
    portal = desk()
    take(qtbot, key, "Ctrl+Meta+F9")
    assert portal.asked["Register"] == ("fieldnotes", {})
    session, shortcuts, parent, _ = portal.asked["BindShortcuts"]
    wish = {"description": ("s", "What worked"), "preferred_trigger": ("s", "CTRL+LOGO+F9")}
    assert (session, shortcuts, parent) == (portal.session, [("flip", wish)], "")


def test_a_desktop_that_does_not_ask_who_it_is_gives_the_key_as_well(
    qtbot: QtBot, desk: Desk, key: GlobalKey
) -> None:
    desk(knows=(SHORTCUTS,))
    assert take(qtbot, key) is Outcome.HELD


def test_what_the_desktop_has_chosen_is_said_and_what_it_chooses_later(
    qtbot: QtBot, desk: Desk, key: GlobalKey
) -> None:
    portal = desk(trigger="Press Super+W")
    take(qtbot, key)
    said = sentence(key.standing, key.keys)
    assert said == "Your desktop opens the card with: Press Super+W"
    with qtbot.waitSignal(key.changed):
        portal.change("Press Super+E")
    assert key.standing.trigger == "Press Super+E"
    with qtbot.waitSignal(key.pressed):
        portal.press()


def test_a_press_in_another_session_is_none(qtbot: QtBot, desk: Desk, key: GlobalKey) -> None:
    portal = desk()
    take(qtbot, key)
    heard: list[str] = []
    key.pressed.connect(lambda: heard.append(os.environ.pop("XDG_ACTIVATION_TOKEN")))
    portal.press(session=f"{portal.session}x", activation_token=("s", "theirs"))
    portal.press(activation_token=("s", "ours"))
    qtbot.waitUntil(lambda: "ours" in heard)
    assert heard == ["ours"]


@pytest.mark.parametrize(
    ("code", "outcome"), [(CANCELLED, Outcome.REFUSED), (OTHER_END, Outcome.NOT_OFFERED)]
)
def test_no_is_taken_for_an_answer(
    qtbot: QtBot, desk: Desk, key: GlobalKey, code: int, outcome: Outcome
) -> None:
    desk(code=code)
    assert take(qtbot, key) is outcome


def test_a_desktop_without_the_portal_offers_no_key(
    qtbot: QtBot, desk: Desk, key: GlobalKey
) -> None:
    desk(knows=(REGISTRY,))
    assert take(qtbot, key) is Outcome.NOT_OFFERED


def test_a_bus_without_a_desktop_offers_no_key(
    qtbot: QtBot, tmp_path: Path, key: GlobalKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_bus(tmp_path) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        assert take(qtbot, key) is Outcome.NOT_OFFERED


@pytest.mark.parametrize("address", [None, "unix:path=/nowhere/bus", "tcp:host=nowhere"])
def test_without_a_bus_there_is_no_key(
    qtbot: QtBot, key: GlobalKey, monkeypatch: pytest.MonkeyPatch, address: str | None
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    if address is not None:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert take(qtbot, key) is Outcome.NOT_OFFERED


@pytest.mark.parametrize("end", [Portal.end_session, Portal.change, Portal.close])
def test_a_key_that_the_desktop_takes_back_is_lost_and_can_be_asked_for_again(
    qtbot: QtBot, desk: Desk, key: GlobalKey, end: Callable[[Portal], None]
) -> None:
    portal = desk()
    take(qtbot, key)
    with qtbot.waitSignal(key.changed):
        end(portal)
    assert key.standing.outcome in (Outcome.LOST, Outcome.REFUSED)
    portal.close()
    desk()
    assert take(qtbot, key) is Outcome.HELD


def test_let_go_it_leaves_the_bus(qtbot: QtBot, desk: Desk, key: GlobalKey) -> None:
    portal = desk()
    take(qtbot, key)
    assert portal.has_client()
    key.take("")
    qtbot.waitUntil(lambda: not portal.has_client())


def test_it_can_be_let_go_while_the_person_still_thinks(
    qtbot: QtBot, desk: Desk, key: GlobalKey
) -> None:
    portal = desk(code=None)
    key.take("Ctrl+Alt+F")
    qtbot.waitUntil(lambda: "BindShortcuts" in portal.asked)
    assert key.standing.outcome is Outcome.ASKING
    key.close()
    qtbot.waitUntil(lambda: not portal.has_client())
