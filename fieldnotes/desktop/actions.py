"""Everything a person can do, in one table: its name, keys, sign, menu and the slot behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from PySide6.QtGui import QActionGroup, QKeySequence

from fieldnotes.desktop import icons
from fieldnotes.desktop.commands import Commands

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMenu

_APART = ""  # a name that draws a line in the menu


class Item(msgspec.Struct, frozen=True):
    """`group` names the choice that a checkable item belongs to; `toggle` is one by itself."""

    name: str
    text: str = ""
    slot: Callable[[Commands], None] = lambda _: None
    keys: str = ""
    icon: str = ""
    group: str = ""
    toggle: bool = False


TABLE: dict[str, tuple[Item, ...]] = {
    "&File": (
        Item("new-note", "&New note", Commands.new_note, "Ctrl+N", "plus"),
        Item("debrief", "&Write about the last meeting", Commands.debrief, "Ctrl+M", "people"),
        Item("split", "Split &rough notes you copied", Commands.split_clipboard, "Ctrl+Shift+V"),
        Item("take-over", "&Take over notes from a file…", Commands.choose_sheet, "", "file"),
        Item("take-folder", "Take over a &folder of pages…", Commands.choose_folder, "", "folder"),
        Item(_APART),
        Item("samples", "Look around with &sample notes", Commands.open_samples),
        Item("own-notes", "Go &back to my own notes", Commands.open_own_notes),
        Item(_APART),
        Item("people", "&People and keys", lambda do: do.go_to("people"), "", "people"),
        Item(_APART),
        Item("quit", "&Quit", Commands.quit, "Ctrl+Q"),
    ),
    "&Edit": (
        Item("undo", "&Undo", Commands.undo, "Ctrl+Z", "undo"),
        Item("redo", "Red&o", Commands.redo, "Ctrl+Shift+Z"),
        Item(_APART),
        Item("search", "&Search", Commands.search, "Ctrl+F", "search"),
        Item("save-search", "Sa&ve this search", Commands.save_search, "Ctrl+S", "saved-search"),
        Item("flip", "What &worked, in large type", Commands.flip, "Ctrl+Shift+F", "quote"),
        Item("palette", "Run &any action…", Commands.open_palette, "Ctrl+K"),
        Item(_APART),
        Item("details", "Ask for the one &detail", Commands.toggle_details, toggle=True),
        Item("before", "Tell what was said &before", Commands.toggle_said_before, toggle=True),
    ),
    "&Note": (
        Item("edit", "&Edit", Commands.edit, "Ctrl+E", "draft"),
        Item("withdraw", "Customer &withdrew consent to tell it", Commands.withdraw_consent),
        Item("versions", "&Versions…", Commands.versions, "Ctrl+H", "clock"),
        Item("copy", "&Copy for CRM", Commands.copy_as_text, "Ctrl+Shift+C", "copy"),
        Item("copy-meeting", "Copy the whole &meeting", Commands.copy_meeting, "Ctrl+Shift+M"),
        Item(_APART),
        Item("next", "&Next note", Commands.next_note, "Alt+Down"),
        Item("previous", "&Previous note", Commands.previous_note, "Alt+Up"),
        Item(_APART),
        Item("tag", "Add or take off a ta&g…", Commands.tag, "Ctrl+G", "tag"),
        Item("remove", "&Remove…", Commands.remove, "Del", "trash"),
    ),
    "&Share": (
        Item("send", "&Send notes…", Commands.send, "Ctrl+Shift+S", "send"),
        Item("not-sent", "Not sent &yet", lambda do: do.go_to("not-sent"), "", "not-sent"),
        Item(_APART),
        Item("read-in", "&Read in notes…", Commands.choose_files, "Ctrl+O", "read-in"),
        Item("card", "Read a &key card…", Commands.choose_card, "", "key"),
        Item("watch", "Watch a &folder…", Commands.watch_folder, "", "inbox"),
        Item("watch-no-more", "S&top watching", Commands.stop_watching),
        Item("came-in", "&What came in", lambda do: do.go_to("came-in"), "", "inbox"),
    ),
    "&View": (
        Item("all-notes", "&All notes", lambda do: do.go_to("all"), "Ctrl+0", "all-notes"),
        Item("competitors", "&Competitors", lambda do: do.go_to("competitor"), "", "competitor"),
        Item("objections", "&Objections", lambda do: do.go_to("objection"), "", "objection"),
        Item("wins", "&Wins", lambda do: do.go_to("win"), "", "win"),
        Item("pitches", "&Pitches", lambda do: do.go_to("pitch"), "", "pitch"),
        Item("problems", "P&roblems", lambda do: do.go_to("problem"), "", "problem"),
        Item("others", "Other &notes", lambda do: do.go_to("note"), "", "note"),
        Item("drafts", "&Drafts", lambda do: do.go_to("drafts"), "Ctrl+Shift+D", "draft"),
        Item("promises", "Prom&ises", lambda do: do.go_to("promises"), "Ctrl+Shift+P", "promise"),
        Item("trash", "Tras&h", lambda do: do.go_to("trash"), "", "trash"),
        Item("accounts", "Acco&unts", lambda do: do.go_to("accounts"), "Ctrl+Shift+A", "accounts"),
        Item("names", "Names and &tags", lambda do: do.go_to("names"), "", "tag"),
        Item("said-before", "Said b&efore", lambda do: do.go_to("said-before"), "", "likeness"),
        Item("meetings", "Meetin&gs", lambda do: do.go_to("meetings"), "Ctrl+Shift+J", "people"),
        Item(_APART),
        Item("facets", "Counts o&f the list", Commands.toggle_facets, "Ctrl+Shift+E", toggle=True),
        Item(_APART),
        Item("light", "&Light colours", Commands.light, group="scheme"),
        Item("dark", "Dar&k colours", Commands.dark, group="scheme"),
        Item("system", "Colours as the s&ystem has them", Commands.as_system, group="scheme"),
        Item(_APART),
        Item("sell", "Pages for who &sells", Commands.for_selling, group="side"),
        Item("market", "Pages for &marketing", Commands.for_marketing, group="side"),
        Item("both", "Pages for &both", Commands.for_both, group="side"),
    ),
    "&Help": (
        Item("help", "&Help for this page", Commands.help, "F1", "question"),
        Item("about", "&About Fieldnotes", Commands.about, "", "fieldnotes"),
    ),
}


class Actions:
    """The QActions of one window, by name, in its menus and for the palette."""

    def __init__(self, menus: Mapping[str, QMenu], commands: Commands) -> None:
        self._by_name: dict[str, QAction] = {}
        self._groups: dict[str, QActionGroup] = {}
        self._commands = commands
        for title, menu in menus.items():
            menu.aboutToShow.connect(self.update)
            for item in TABLE[title]:
                self._add(menu, item)
        commands.state_changed.connect(self.update)
        self.update()

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def all(self) -> list[QAction]:
        """Every action, in the order of the menus."""
        return list(self._by_name.values())

    def update(self) -> None:
        """Enable what can be done now, and tick what is chosen."""
        for name, enabled in self._commands.possible().items():
            self._by_name[name].setEnabled(enabled)
        for name, text in self._commands.texts().items():
            self._by_name[name].setText(text)
        for name, on in self._commands.chosen().items():
            self._by_name[name].setChecked(on)

    def _add(self, menu: QMenu, item: Item) -> None:
        if item.name == _APART:
            menu.addSeparator()
            return
        action = menu.addAction(self._commands.tr(item.text))
        if item.keys:
            action.setShortcut(QKeySequence(item.keys))
        if item.icon:
            action.setIconVisibleInMenu(True)
            icons.assign(action, item.icon)
        action.setCheckable(bool(item.group) or item.toggle)
        if item.group:
            self._group(item.group, menu).addAction(action)
        action.triggered.connect(lambda: item.slot(self._commands))
        self._by_name[item.name] = action

    def _group(self, name: str, menu: QMenu) -> QActionGroup:
        return self._groups.setdefault(name, QActionGroup(menu))
