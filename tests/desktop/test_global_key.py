"""A key that works in every program: on a real X server, beside programs that want keys as well."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import ClassVar

import pytest
from pytestqt.qtbot import QtBot
from Xlib import X
from Xlib.display import Display

from fieldnotes.desktop.global_key.chord import Chord, chord_of
from fieldnotes.desktop.global_key.global_key import GlobalKey, way_here
from fieldnotes.desktop.global_key.portal_key import PortalKey
from fieldnotes.desktop.global_key.way import Outcome, Pressed, Standing, Told
from fieldnotes.desktop.global_key.x11_key import X11Key
from tests.screens import Hands, OtherProgram, a_screen


@pytest.fixture(scope="module")
def screen() -> Iterator[str]:
    with a_screen() as shown:
        yield shown


@pytest.fixture
def other(screen: str) -> Iterator[OtherProgram]:
    program = OtherProgram(screen)
    yield program
    program.close()


@pytest.fixture
def key(screen: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[GlobalKey]:
    monkeypatch.setenv("DISPLAY", screen)
    made = GlobalKey(X11Key)
    yield made
    made.close()
    made.deleteLater()


def take(qtbot: QtBot, key: GlobalKey, keys: str) -> Outcome:
    key.take(keys)
    qtbot.waitUntil(lambda: key.standing.outcome is not Outcome.ASKING)
    return key.standing.outcome


def test_a_press_is_heard_whatever_has_the_keyboard(
    qtbot: QtBot, key: GlobalKey, screen: str, other: OtherProgram
) -> None:
    assert take(qtbot, key, "Ctrl+Alt+F") is Outcome.HELD
    hands = Hands(screen)
    hands.go_to(other.name)
    with qtbot.waitSignal(key.pressed):
        hands.press("ctrl+alt+f")


@pytest.mark.parametrize("lock", ["Caps_Lock", "Num_Lock"])
def test_a_lock_that_is_on_changes_nothing(
    qtbot: QtBot, key: GlobalKey, screen: str, lock: str
) -> None:
    take(qtbot, key, "Ctrl+Alt+F")
    hands = Hands(screen)
    hands.press(lock)
    with qtbot.waitSignal(key.pressed):
        hands.press("ctrl+alt+f")
    hands.press(lock)


def test_no_other_key_is_seen(qtbot: QtBot, key: GlobalKey, screen: str) -> None:
    take(qtbot, key, "Ctrl+Alt+F")
    hands = Hands(screen)
    heard: list[str] = []
    key._heard.connect(lambda *_: heard.append("a press"))
    hands.write("f and more")
    hands.press("ctrl+f", "alt+f", "ctrl+alt+shift+f", "ctrl+alt+g")
    with qtbot.waitSignal(key.pressed):
        hands.press("ctrl+alt+f")
    assert heard == ["a press"]


def test_what_is_typed_while_the_key_is_still_down_goes_where_the_keyboard_is(
    qtbot: QtBot, key: GlobalKey, screen: str, other: OtherProgram
) -> None:
    take(qtbot, key, "Ctrl+Alt+F")
    hands = Hands(screen)
    hands.go_to(other.name)
    with qtbot.waitSignal(key.pressed):
        hands.hold("ctrl", "alt", "f")
    asking = Display(screen)
    root = asking.screen().root
    status = root.grab_keyboard(False, X.GrabModeAsync, X.GrabModeAsync, X.CurrentTime)
    asking.close()
    hands.let_up("f", "alt", "ctrl")
    assert status == X.GrabSuccess


def test_a_key_that_another_program_has_is_told_and_left_to_it(
    qtbot: QtBot, key: GlobalKey, screen: str, other: OtherProgram
) -> None:
    assert other.takes("f")
    assert take(qtbot, key, "Ctrl+Alt+F") is Outcome.TAKEN
    with qtbot.assertNotEmitted(key.pressed):
        Hands(screen).press("ctrl+alt+f")


def test_a_key_that_another_program_has_with_a_lock_only_is_not_half_taken(
    qtbot: QtBot, key: GlobalKey, other: OtherProgram
) -> None:
    assert other.takes("f", X.ControlMask | X.Mod1Mask | X.LockMask)
    assert take(qtbot, key, "Ctrl+Alt+F") is Outcome.TAKEN
    assert other.takes("f")


def test_once_it_is_free_it_can_be_taken_after_all(
    qtbot: QtBot, key: GlobalKey, other: OtherProgram
) -> None:
    assert other.takes("f")
    assert take(qtbot, key, "Ctrl+Alt+F") is Outcome.TAKEN
    other.gives_back("f")
    assert take(qtbot, key, "Ctrl+Alt+F") is Outcome.HELD


def test_switched_off_it_is_free_for_others(
    qtbot: QtBot, key: GlobalKey, other: OtherProgram
) -> None:
    take(qtbot, key, "Ctrl+Alt+F")
    assert not other.takes("f")
    assert take(qtbot, key, "") is Outcome.OFF
    qtbot.waitUntil(lambda: other.takes("f"))


def test_other_keys_work_in_place_of_those_before(
    qtbot: QtBot, key: GlobalKey, screen: str, other: OtherProgram
) -> None:
    take(qtbot, key, "Ctrl+Alt+F")
    assert take(qtbot, key, "Meta+F9") is Outcome.HELD
    qtbot.waitUntil(lambda: other.takes("f"))
    with qtbot.waitSignal(key.pressed):
        Hands(screen).press("super+F9")


def test_off_and_on_at_once_it_is_held(qtbot: QtBot, key: GlobalKey) -> None:
    take(qtbot, key, "Ctrl+Alt+F")
    key.take("")
    assert take(qtbot, key, "Ctrl+Alt+F") is Outcome.HELD


def test_a_key_that_the_keyboard_has_not_is_told(qtbot: QtBot, key: GlobalKey) -> None:
    assert take(qtbot, key, "Ctrl+F24") is Outcome.NO_SUCH_KEY


def test_a_key_that_moves_on_the_keyboard_is_followed(
    qtbot: QtBot, key: GlobalKey, screen: str
) -> None:
    take(qtbot, key, "Ctrl+Alt+F")
    moving = Display(screen)
    places = [moving.keysym_to_keycode(ord(letter)) for letter in "fj"]
    f, j = (moving.get_keyboard_mapping(place, 1) for place in places)
    for place, keysyms, outcome in (
        (places[0], j, Outcome.NO_SUCH_KEY),
        (places[1], f, Outcome.HELD),
    ):
        moving.change_keyboard_mapping(place, keysyms)
        moving.sync()
        qtbot.waitUntil(lambda outcome=outcome: key.standing.outcome is outcome)
    with qtbot.waitSignal(key.pressed):
        Hands(screen).press("ctrl+alt+f")
    moving.change_keyboard_mapping(places[0], f)
    moving.change_keyboard_mapping(places[1], j)
    moving.sync()
    moving.close()


def test_closed_it_is_given_back(qtbot: QtBot, key: GlobalKey, other: OtherProgram) -> None:
    take(qtbot, key, "Ctrl+Alt+F")
    key.close()
    qtbot.waitUntil(lambda: other.takes("f"))


def test_closed_at_once_it_is_not_taken_any_more(
    qtbot: QtBot, key: GlobalKey, other: OtherProgram
) -> None:
    key.take("Ctrl+Alt+F")
    key.close()
    qtbot.waitUntil(lambda: other.takes("f"))


def test_without_a_screen_there_is_no_key(
    qtbot: QtBot, key: GlobalKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", "not a screen")
    assert take(qtbot, key, "Ctrl+Alt+F") is Outcome.NOT_OFFERED


def test_a_screen_that_goes_takes_the_key_with_it(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    with a_screen() as shown:
        monkeypatch.setenv("DISPLAY", shown)
        key = GlobalKey(X11Key)
        take(qtbot, key, "Ctrl+Alt+F")
    qtbot.waitUntil(lambda: key.standing.outcome is Outcome.LOST)
    key.close()


class ALateDesktop:
    """It tells that the key is held, and of a press, only once it was let go."""

    asks: ClassVar[bool] = False

    def __init__(self) -> None:
        self._gone = threading.Event()

    def hold(self, chord: Chord, told: Told, pressed: Pressed) -> None:
        self._gone.wait(60)
        told(Standing(Outcome.HELD))
        pressed("")

    def let_go(self) -> None:
        self._gone.set()


def test_what_is_told_after_the_key_was_let_go_is_not_heard(qtbot: QtBot) -> None:
    key = GlobalKey(ALateDesktop)
    key.take("Ctrl+Alt+F")
    key.take("")
    key.close()  # all that was told waits for this thread
    with qtbot.assertNotEmitted(key.pressed, wait=1):
        pass
    assert key.standing.outcome is Outcome.OFF


def test_each_desktop_has_one_way_and_pictures_have_none() -> None:
    assert way_here("xcb", {"DISPLAY": ":0", "XDG_SESSION_TYPE": "x11"}) is X11Key
    assert way_here("xcb", {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}) is PortalKey
    assert way_here("wayland", {"XDG_SESSION_TYPE": "wayland"}) is PortalKey
    assert way_here("offscreen", {"DISPLAY": ":0"}) is None
    assert way_here("cocoa", {}) is None


@pytest.mark.parametrize(
    ("words", "chord"),
    [
        ("Ctrl+Alt+F", Chord("F", ctrl=True, alt=True)),
        ("Meta+7", Chord("7", meta=True)),
        ("Shift+F12", Chord("F12", shift=True)),
        ("Ctrl+Shift+F24", Chord("F24", ctrl=True, shift=True)),
        ("F", None),  # what everybody types
        ("Shift+F", None),
        ("Ctrl+Return", None),
        ("Ctrl+F25", None),
        ("Ctrl+K, Ctrl+F", None),
        ("Ctrl+Ä", None),
        ("", None),
    ],
)
def test_only_keys_that_nobody_types_by_the_way_are_asked_for(
    words: str, chord: Chord | None
) -> None:
    assert chord_of(words) == chord
