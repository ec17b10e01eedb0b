"""Everything a person can do, in one table: its name, keys, sign, menu and the slot behind it."""

from __future__ import annotations

from functools import partial
from operator import attrgetter
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtGui import QActionGroup, QKeySequence

from fieldnotes.desktop import icons

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QMenu

    from fieldnotes.desktop.commands import Commands

_APART = ""  # a name that draws a line in the menu


class Item(msgspec.Struct, frozen=True):
    """`slot` is the method of `Commands` behind it; without one it goes to `page`.

    `group` names the choice that a checkable item belongs to; `toggle` is one by itself.
    """

    name: str
    text: str = ""
    slot: str = ""
    keys: str = ""
    icon: str = ""
    group: str = ""
    toggle: bool = False
    page: str = ""

    def behind(self, commands: Commands) -> Callable[[], None]:
        """What happens when it is chosen."""
        if self.page:
            return partial(commands.pages.go_to, self.page)
        found: Callable[[], None] = attrgetter(self.slot)(commands)
        return found


TABLE: dict[str, tuple[Item, ...]] = {
    "&File": (
        Item("new-note", "&New note", "writing.new_note", "Ctrl+N", "plus"),
        Item("debrief", "&Write about the last meeting", "writing.debrief", "Ctrl+M", "people"),
        Item("split", "Split &rough notes you copied", "writing.split_clipboard", "Ctrl+Shift+V"),
        Item("take-over", "&Take over notes from a file…", "files.choose_sheet", "", "file"),
        Item("take-folder", "Take over a &folder of pages…", "files.choose_folder", "", "folder"),
        Item(_APART),
        Item("samples", "Look around with &sample notes", "open_samples"),
        Item("own-notes", "Go &back to my own notes", "open_own_notes"),
        Item(_APART),
        Item("people", "&People and keys", icon="people", page="people"),
        Item(_APART),
        Item("quit", "&Quit", "quit", "Ctrl+Q"),
    ),
    "&Edit": (
        Item("undo", "&Undo", "notes.undo", "Ctrl+Z", "undo"),
        Item("redo", "Red&o", "notes.redo", "Ctrl+Shift+Z"),
        Item(_APART),
        Item("search", "&Search", "pages.search", "Ctrl+F", "search"),
        Item("save-search", "Sa&ve this search", "notes.save_search", "Ctrl+S", "saved-search"),
        Item("flip", "What &worked, in large type", "pages.flip", "Ctrl+Shift+F", "quote"),
        Item("flip-key", "A key for every &program…", "key.choose"),
        Item("palette", "Run &any action…", "pages.open_palette", "Ctrl+K"),
        Item(_APART),
        Item("details", "Ask for the one &detail", "writing.toggle_details", toggle=True),
        Item("before", "Tell what was said &before", "writing.toggle_said_before", toggle=True),
    ),
    "&Note": (
        Item("edit", "&Edit", "notes.edit", "Ctrl+E", "draft"),
        Item("withdraw", "Customer &withdrew consent to tell it", "notes.withdraw"),
        Item("versions", "&Versions…", "notes.versions", "Ctrl+H", "clock"),
        Item("copy", "&Copy for CRM", "notes.copy_as_text", "Ctrl+Shift+C", "copy"),
        Item("copy-meeting", "Copy the whole &meeting", "notes.copy_meeting", "Ctrl+Shift+M"),
        Item(_APART),
        Item("next", "&Next note", "notes.next", "Alt+Down"),
        Item("previous", "&Previous note", "notes.previous", "Alt+Up"),
        Item(_APART),
        Item("went", "Where i&t went…", "notes.where_it_went", "Ctrl+Shift+W", "send"),
        Item("withdraw-all", "With&draw everywhere…", "notes.withdraw_everywhere"),
        Item(_APART),
        Item("tag", "Add or take off a ta&g…", "notes.tag", "Ctrl+G", "tag"),
        Item("remove", "&Remove…", "notes.remove", "Del", "trash"),
    ),
    "&Share": (
        Item("send", "&Send notes…", "sharing.send", "Ctrl+Shift+S", "send"),
        Item("not-sent", "Not sent &yet", icon="not-sent", page="not-sent"),
        Item("ledger", "What w&ent where", icon="send", page="ledger"),
        Item(_APART),
        Item("read-in", "&Read in notes…", "sharing.choose_files", "Ctrl+O", "read-in"),
        Item("card", "Read a &key card…", "sharing.choose_card", "", "key"),
        Item("watch", "Watch a &folder…", "sharing.watch_folder", "", "inbox"),
        Item("watch-no-more", "S&top watching", "sharing.stop_watching"),
        Item("came-in", "&What came in", icon="inbox", page="came-in"),
    ),
    "&View": (
        Item("all-notes", "&All notes", keys="Ctrl+0", icon="all-notes", page="all"),
        Item("competitors", "&Competitors", icon="competitor", page="competitor"),
        Item("objections", "&Objections", icon="objection", page="objection"),
        Item("wins", "&Wins", icon="win", page="win"),
        Item("pitches", "&Pitches", icon="pitch", page="pitch"),
        Item("problems", "P&roblems", icon="problem", page="problem"),
        Item("others", "Other &notes", icon="note", page="note"),
        Item("drafts", "&Drafts", keys="Ctrl+Shift+D", icon="draft", page="drafts"),
        Item("promises", "Prom&ises", keys="Ctrl+Shift+P", icon="promise", page="promises"),
        Item("trash", "Tras&h", icon="trash", page="trash"),
        Item("accounts", "Acco&unts", keys="Ctrl+Shift+A", icon="accounts", page="accounts"),
        Item("names", "Names and &tags", icon="tag", page="names"),
        Item("said-before", "Said b&efore", icon="likeness", page="said-before"),
        Item("meetings", "Meetin&gs", keys="Ctrl+Shift+J", icon="people", page="meetings"),
        Item(_APART),
        Item("facets", "Counts o&f the list", "looks.toggle_facets", "Ctrl+Shift+E", toggle=True),
        Item(_APART),
        Item("light", "&Light colours", "looks.light", group="scheme"),
        Item("dark", "Dar&k colours", "looks.dark", group="scheme"),
        Item("system", "Colours as the s&ystem has them", "looks.as_system", group="scheme"),
        Item(_APART),
        Item("sell", "Pages for who &sells", "looks.for_selling", group="side"),
        Item("market", "Pages for &marketing", "looks.for_marketing", group="side"),
        Item("both", "Pages for &both", "looks.for_both", group="side"),
    ),
    "&Help": (
        Item("help", "&Help for this page", "pages.help", "F1", "question"),
        Item("about", "&About Fieldnotes", "pages.about", "", "fieldnotes"),
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
        behind = item.behind(self._commands)  # found now: a wrong name fails at every start
        action.triggered.connect(lambda: behind())
        self._by_name[item.name] = action

    def _group(self, name: str, menu: QMenu) -> QActionGroup:
        return self._groups.setdefault(name, QActionGroup(menu))
