"""The theme: every text can be read, and a change of theme reaches everything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QAction, QColor, QPalette
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import icons, theme
from fieldnotes.desktop.theme import DARK, LIGHT, Tokens
from fieldnotes.paths import resources

GROUNDS = ("window", "surface", "raised", "hover", "selection")
INKS = ("text", "muted", "accent")
PAIRS = (
    *((ink, ground) for ink in INKS for ground in GROUNDS),
    *((f"{hue}_text", f"{hue}_fill") for hue in ("amber", "green", "red")),
    *((f"{hue}_text", ground) for hue in ("amber", "green", "red") for ground in GROUNDS),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("muted", "line"),
    ("text", "mark"),
    ("text", "warn_page"),
    ("text", "error_page"),
    ("text", "success_page"),
    ("muted", "warn_page"),
    ("muted", "error_page"),
    ("muted", "success_page"),
    ("accent", "selection"),
    ("amber_text", "warn_page"),
    ("red_text", "error_page"),
    ("green_text", "success_page"),
)
SIGNS = sorted(path.stem for path in (resources() / "icons").glob("*.svg"))


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Iterator[None]:
    yield
    theme.apply(qapp, "light")


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), PAIRS)
def test_every_text_stands_out_from_its_ground(tokens: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(tokens, ink), getattr(tokens, ground)) >= 4.5


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("kind", icons.KINDS)
def test_every_kind_can_be_seen_on_every_ground(tokens: Tokens, kind: str) -> None:
    for ground in GROUNDS:
        assert contrast(getattr(tokens, kind), getattr(tokens, ground)) >= 3.0


@pytest.mark.parametrize("tokens", [LIGHT, DARK], ids=["light", "dark"])
def test_every_token_is_a_colour(tokens: Tokens) -> None:
    values = [getattr(tokens, each) for each in tokens._fields if each != "name"]
    assert all(QColor(value).isValid() for value in values)


def test_the_chosen_theme_colours_the_window(qapp: QApplication) -> None:
    theme.apply(qapp, "dark")
    assert theme.current() is DARK
    assert qapp.palette().color(QPalette.ColorRole.Window).name().upper() == DARK.window


def test_a_change_of_theme_is_told(qapp: QApplication, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.notifier().changed):
        theme.apply(qapp, "dark")


def test_a_fixed_theme_does_not_follow_the_system(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    qapp.styleHints().colorSchemeChanged.emit(qapp.styleHints().colorScheme())
    assert theme.current() is LIGHT
    assert theme.scheme() == "light"


def test_following_the_system_takes_its_scheme(qapp: QApplication) -> None:
    theme.apply(qapp, "dark")
    theme.apply(qapp, "system")
    assert theme.scheme() == "system"
    assert theme.current() in (LIGHT, DARK)


def test_a_label_shows_markup_as_it_is(qtbot: QtBot) -> None:
    label = theme.label("<b>bold</b>", ink="muted", size="small")
    qtbot.addWidget(label)
    plain = theme.label("bold", ink="muted", size="small")
    qtbot.addWidget(plain)
    assert label.sizeHint().width() > plain.sizeHint().width()


def test_small_words_are_smaller_than_titles(qapp: QApplication, qtbot: QtBot) -> None:
    theme.apply(qapp, "light")
    small, title = theme.label("x", size="small"), theme.label("x", size="title", bold=True)
    for label in (small, title):
        qtbot.addWidget(label)
        label.ensurePolished()
    assert small.font().pixelSize() == theme.SIZES["small"]
    assert title.font().pixelSize() == theme.SIZES["title"]


def test_changing_a_font_does_not_change_everybodys() -> None:
    theme.font("small").setPixelSize(40)
    assert theme.font("small").pixelSize() == theme.SIZES["small"]


@pytest.mark.parametrize("name", SIGNS)
def test_every_sign_draws_something(qapp: QApplication, name: str) -> None:
    image = icons.pixmap(name, None, 16, 1.0).toImage()
    spots = [image.pixelColor(x, y).alpha() for x in range(16) for y in range(16)]
    assert max(spots) > 128


def test_a_sign_is_drawn_for_the_screens_pixels(qapp: QApplication) -> None:
    shown = icons.pixmap("search", None, 16, 1.5)
    assert (shown.width(), shown.devicePixelRatio()) == (24, 1.5)


def test_a_kind_has_its_colour_and_other_signs_are_muted() -> None:
    assert icons.role_of("win") == "win"
    assert icons.role_of("search") == "muted"
    assert icons.role_of("search", "accent") == "accent"


def test_an_assigned_icon_follows_the_theme(qapp: QApplication) -> None:
    theme.apply(qapp, "light")
    action = QAction("Search")
    icons.assign(action, "competitor")
    theme.apply(qapp, "dark")
    middle = action.icon().pixmap(16, 16).toImage().pixelColor(8, 8)
    assert middle.name().upper() == DARK.competitor


def test_an_icon_can_be_assigned_twice(qapp: QApplication, qtbot: QtBot) -> None:
    button = QPushButton()
    qtbot.addWidget(button)
    icons.assign(button, "moon")
    icons.assign(button, "competitor")
    theme.apply(qapp, "dark")
    middle = button.icon().pixmap(16, 16).toImage().pixelColor(8, 8)
    assert middle.name().upper() == DARK.competitor


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, 1.4.3: the contrast ratio of two colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
