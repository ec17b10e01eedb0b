"""The search box with what helps to fill it: completion, and a sentence where something is wrong.

Every filter is a chip and every chip is its text: a chip can be taken up again, turned round and
taken away, and chips with words always look for the same as the text they were typed as.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from fieldnotes.desktop import icons, theme
from fieldnotes.desktop.notes.query_chips import chip_label, settle
from fieldnotes.desktop.widgets.buttons import icon_button
from fieldnotes.desktop.widgets.search_box import ChipToken, SearchBox
from fieldnotes.domain.query_text import Typing, negated, read_query, typing_at

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from fieldnotes.desktop.notes.search_offers import SearchOffers
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.desktop.widgets.completion_popup import CompletionPopup
    from fieldnotes.desktop.widgets.offers import Offer
    from fieldnotes.domain.query_text import Trouble
    from fieldnotes.operations.notebook import Notebook

PAUSE = 900  # ms without a key after which a piece that is being typed is judged as well
_SOON = 60  # ms until a completion is asked for: the key is painted first
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class SearchBar(QWidget):
    """`edited` whenever a person changes the search, `submitted` on Enter."""

    edited = Signal()
    submitted = Signal()
    left_downwards = Signal()
    facets_wanted = Signal()
    save_wanted = Signal()

    def __init__(self, runner: Runner, placeholder: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._offers: SearchOffers | None = None
        self._popup: CompletionPopup | None = None
        self._typing: Typing | None = None
        self._dismissed = ""
        self._is_saved: bool | None = None
        self.box = SearchBox(placeholder)
        self._facets = icon_button(
            "insights", self.tr("Counts beside the list"), self.tr("Counts (Ctrl+Shift+E)")
        )
        self._facets.setCheckable(True)
        self._save = icon_button("saved-search", "", "")
        self.box.add_control(self._save)
        self.box.add_control(self._facets)
        self.set_saved(possible=False, saved=False)
        self.trouble = theme.label(ink="red_text", size="small")
        self.trouble.setWordWrap(True)
        self.trouble.setContentsMargins(4, 0, 4, 0)
        self.trouble.hide()
        self._offering = QTimer(self, singleShot=True, interval=_SOON)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.box)
        column.addWidget(self.trouble)
        self.setFocusProxy(self.box)
        self._connect()

    def text(self) -> str:
        """The whole search as it is typed, with a space at the end where there is one."""
        return self._before() + self.box.free_text()

    def put(self, text: str) -> None:
        """Look for something else; every filter becomes a chip."""
        settled = settle(text)
        self._hide_offers()
        self.box.set_query_parts(settled.chips, settled.words, settled.cursor)
        self._judge()

    def set_saved(self, possible: bool, saved: bool) -> None:
        """Whether there is something to save, and whether it is saved already."""
        self._save.setVisible(possible)
        if saved is self._is_saved:
            return
        self._is_saved = saved
        words = self.tr("Take away from saved searches") if saved else self.tr("Save this search")
        self._save.setAccessibleName(words)
        self._save.setToolTip(words if saved else f"{words} (Ctrl+S)")
        icons.assign(self._save, *(("saved", "accent") if saved else ("saved-search", "muted")))

    def set_facets_shown(self, shown: bool) -> None:
        """Whether the counts stand beside the list now."""
        self._facets.setChecked(shown)
        icons.assign(self._facets, "insights", "accent" if shown else "muted")

    def offers(self) -> list[Offer]:
        """What is offered now, from the top."""
        shown = self._popup is not None and self._popup.isVisible()
        return self._popup.offers() if self._popup is not None and shown else []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusOut:
            self._hide_offers()
            self._judge(paused=True)
        if isinstance(event, QKeyEvent) and self.offers():
            if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            if event.type() == QEvent.Type.KeyPress:
                return self._took_key(event)
        return False

    def _connect(self) -> None:
        field = self.box.field
        field.installEventFilter(self)
        field.cursorPositionChanged.connect(self._on_moved)
        self._facets.clicked.connect(self.facets_wanted)
        self._save.clicked.connect(self.save_wanted)
        self.box.text_edited.connect(self._on_edited)
        self.box.submitted.connect(self._on_submitted)
        self.box.left_downwards.connect(self.left_downwards)
        self.box.chip_chosen.connect(self._take_up)
        self.box.chip_menu_wanted.connect(self._show_menu)
        self._offering.timeout.connect(self._ask_offers)
        self._pause.timeout.connect(partial(self._judge, paused=True))
        self._runner.changed.connect(self._on_changed)

    def _before(self) -> str:
        return "".join(f"{chip.text} " for chip in self.box.tokens())

    # --- chips ---

    def _on_edited(self) -> None:
        before = len(self._before())
        settled = settle(self.text(), before + self.box.field.cursor())
        self.box.set_query_parts(settled.chips, settled.words, settled.cursor)
        self._dismissed = ""
        self._after_key()
        self.edited.emit()

    def _on_submitted(self) -> None:
        self.put(self.text())
        self.submitted.emit()

    def _take_up(self, index: int) -> None:
        """A chip becomes text again, with the cursor behind it."""
        tokens = self.box.tokens()
        words = f"{tokens[index].text} {self.box.free_text()}".rstrip()
        others = tokens[:index] + tokens[index + 1 :]
        self.box.set_query_parts(others, words, len(tokens[index].text))
        self.box.field.setFocus(Qt.FocusReason.OtherFocusReason)
        self._after_key()

    def _turn_round(self, index: int) -> None:
        tokens = list(self.box.tokens())
        part = negated(tokens[index].text)
        tokens[index] = ChipToken(part, chip_label(part))
        self.box.set_query_parts(tokens, self.box.free_text())
        self.edited.emit()

    def _show_menu(self, index: int, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        part = self.box.tokens()[index].text
        turned = self.tr("Only this") if part.startswith(("-", "NOT")) else self.tr("Not this")
        menu.addAction(self.tr("&Edit"), partial(self._take_up, index))
        menu.addAction(turned, partial(self._turn_round, index))
        menu.addAction(self.tr("&Take away"), partial(self.box.remove_chip, index))
        menu.popup(place)

    # --- completion ---

    def _on_moved(self) -> None:
        self._after_key()

    def _after_key(self) -> None:
        self._offering.start()
        self._pause.start()
        self._judge()

    def _ask_offers(self) -> None:
        field = self.box.field
        typing = typing_at(field.text(), field.cursor()) if field.hasFocus() else None
        self._typing = typing
        if typing is None or field.hasSelectedText() or self._dismissed == field.text():
            self._hide_offers()
            return
        self._runner.ask(
            "complete",
            lambda book: self._find(book, typing),
            lambda found: self._show_offers(typing, found),
        )

    def _find(self, notebook: Notebook, typing: Typing) -> list[Offer]:
        """Beside the window, where the names are kept as well."""
        if self._offers is None:
            from fieldnotes.desktop.notes.search_offers import SearchOffers

            self._offers = SearchOffers()
        return self._offers.find(notebook, typing)

    def _show_offers(self, typing: Typing, found: list[Offer]) -> None:
        field = self.box.field
        if typing != self._typing or not field.hasFocus():
            return
        if not found:
            self._hide_offers()
            return
        if self._popup is None:
            from fieldnotes.desktop.widgets.completion_popup import CompletionPopup

            self._popup = CompletionPopup(self)
            self._popup.chosen.connect(self._accept)
        self._popup.offer(found, 0 if typing.family and typing.begun else -1)
        place = QRect(field.place_of(typing.start).left(), 0, 1, field.height())
        corner = field.mapTo(self.window(), QPoint(0, 0))
        below = (self.box.height() - field.height()) // 2 - 2  # under the box, not under its line
        self._popup.show_at(self.window(), place.translated(corner).adjusted(0, 0, 0, below))

    def _hide_offers(self) -> None:
        self._offering.stop()
        if self._popup is not None:
            self._popup.hide()

    def _took_key(self, event: QKeyEvent) -> bool:
        popup = self._popup
        assert popup is not None
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.KeypadModifier,
        )
        match event.key():
            case Qt.Key.Key_Down if plain:
                popup.step(1)
            case Qt.Key.Key_Up if plain:
                popup.step(-1)
            case Qt.Key.Key_Tab if plain:
                self._accept(max(popup.row(), 0))
            case Qt.Key.Key_Escape:
                self._dismissed = self.box.free_text()
                self._hide_offers()
            case key if key in _ENTER and plain and popup.row() >= 0:
                self._accept(popup.row())
            case _:
                return False
        return True

    def _accept(self, row: int) -> None:
        """Write what was chosen in place of what is being typed."""
        typing, offers = self._typing, self.offers()
        if typing is None or row >= len(offers):
            return
        text, fresh = self.box.free_text(), offers[row].text or offers[row].name
        rest = text[typing.end :]
        rest = rest[1:] if fresh.endswith(" ") and rest[:1] == " " else rest
        self._hide_offers()
        self.box.field.put(text[: typing.start] + fresh + rest, typing.start + len(fresh))
        self._on_edited()

    def _on_changed(self) -> None:
        if self._offers is not None:
            self._offers.forget()

    # --- what is not right ---

    def _judge(self, *, paused: bool = False) -> None:
        """Tell what is wrong, but not of a piece that is being typed at this moment."""
        before, cursor = len(self._before()), self.box.field.cursor()
        typing = self.box.field.hasFocus() and (not paused or bool(self.offers()))
        told = [
            (each, max(0, each.start - before), each.end - before)
            for each in read_query(self.text()).troubles
            if each.end > before
        ]
        told = [each for each in told if not (typing and each[1] <= cursor <= each[2])]
        self.box.field.underline((start, end) for _, start, end in told)
        self._say(told[0][0] if told else None)

    def _say(self, trouble: Trouble | None) -> None:
        words = ""
        if trouble is not None:
            from fieldnotes.domain.query_troubles import in_words

            words = in_words(trouble)
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))
        self.box.field.setAccessibleDescription(words)
