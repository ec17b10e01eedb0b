"""The colours of the two themes, each named by what it is for."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Tokens(NamedTuple):
    """Every colour that is drawn, by what it is for. Values are #RRGGBB."""

    name: Literal["light", "dark"]
    window: str
    surface: str
    raised: str
    line: str
    hover: str
    text: str
    muted: str
    faint: str  # decoration only: too pale to read
    accent: str
    accent_hover: str
    on_accent: str
    cap_line: str  # round a key shown on the accent colour
    selection: str
    selection_line: str
    mark: str  # behind a found word
    competitor: str
    objection: str
    win: str
    pitch: str
    problem: str
    note: str
    amber_text: str
    amber_fill: str
    green_text: str
    green_fill: str
    red_text: str
    red_fill: str
    warn_page: str
    error_page: str
    success_page: str

    @property
    def dark(self) -> bool:
        """Whether light text stands on a dark ground."""
        return self.name == "dark"


LIGHT = Tokens(
    name="light",
    window="#F6F5F2",
    surface="#FFFFFF",
    raised="#FBFAF8",
    line="#E4E1DB",
    hover="#EEECE7",
    text="#1E2227",
    muted="#5B6069",
    faint="#9A9FA7",
    accent="#2C5CC5",
    accent_hover="#244EAB",
    on_accent="#FFFFFF",
    cap_line="#9DB5E8",
    selection="#E8EEFB",
    selection_line="#C6D3EF",
    mark="#EBD9BC",
    competitor="#C2453D",
    objection="#B7791F",
    win="#2F8557",
    pitch="#7A55B0",
    problem="#1F7A8C",
    note="#71767F",
    amber_text="#7F5618",
    amber_fill="#F3E6D3",
    green_text="#24663F",
    green_fill="#DEEBE4",
    red_text="#A8342D",
    red_fill="#F6E0DE",
    warn_page="#F6EFE4",
    error_page="#F9EBE9",
    success_page="#EAF3EE",
)

DARK = Tokens(
    name="dark",
    window="#17191C",
    surface="#1E2125",
    raised="#22262B",
    line="#31363D",
    hover="#2A2F35",
    text="#E7E8EA",
    muted="#9BA1AA",
    faint="#6E747D",
    accent="#7FA6F5",
    accent_hover="#98B8F8",
    on_accent="#14181F",
    cap_line="#3D5688",
    selection="#28324A",
    selection_line="#46557A",
    mark="#5E5130",
    competitor="#EF8078",
    objection="#E3B25A",
    win="#6FC596",
    pitch="#B79BE4",
    problem="#6FC3D4",
    note="#8C929B",
    amber_text="#E4C285",
    amber_fill="#413B2E",
    green_text="#86D3A8",
    green_fill="#263B31",
    red_text="#F49D96",
    red_fill="#452C2C",
    warn_page="#36332B",
    error_page="#38292A",
    success_page="#24332C",
)
