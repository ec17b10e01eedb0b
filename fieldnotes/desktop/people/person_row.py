"""One person among those who are known: who it is, and what can be said about their key."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.chips import ChipRole
from fieldnotes.desktop.widgets.flow_layout import FlowLayout
from fieldnotes.desktop.widgets.panel import FieldGrid
from fieldnotes.desktop.widgets.person_badge import KeyWords, PersonBadge
from fieldnotes.domain.people import LET_IN, Standing
from fieldnotes.domain.query_text import quoted
from fieldnotes.domain.words import fold
from fieldnotes.operations.people import KnownPerson

ROLES: dict[Standing, ChipRole] = {
    **dict.fromkeys(LET_IN, "green"),
    Standing.MYSELF: "grey",
    Standing.MET: "amber",
    Standing.OTHER_KEY: "red",
    Standing.REFUSED: "grey",
    Standing.LOST: "grey",
}
_ASKING = (Standing.MET, Standing.OTHER_KEY)


class PersonRow(QWidget):
    """Unfolds what can be decided. `wished(what, author)` with one of the words below;
    `listed(author, region, language, email)` for the team list; `query_chosen` for their notes.

    Wishes: confirm, refuse, forget, trust, distrust, same, my-laptop, withdraw, unlist.
    """

    wished = Signal(str, str)
    listed = Signal(str, str, str, str)
    query_chosen = Signal(str)

    def __init__(self, person: KnownPerson, own_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.person = person
        self._own_name = own_name
        self.more: QPushButton = button(self._words_of_more(), "link")
        self.more.setCheckable(True)
        self.more.setAccessibleName(f"{self.more.text().replace('&', '')}: {person.name}")
        self._below = QWidget()
        self._filled = False
        self._lay_out()
        self.more.toggled.connect(self.unfold)

    def unfold(self, shown: bool = True) -> None:
        """Show the words of the key and what can be said about it, or fold it away."""
        if shown and not self._filled:
            self._filled = True
            self._fill()
        self.more.setChecked(shown)
        self._below.setVisible(shown)

    def buttons(self) -> dict[str, QPushButton]:
        """What can be pressed below, by wish."""
        return {str(b.property("wish")): b for b in self._below.findChildren(QPushButton)}

    def _words_of_more(self) -> str:
        return self.tr("Check…") if self.person.standing in _ASKING else self.tr("More…")

    def _lay_out(self) -> None:
        person = self.person
        about = [person.region, person.language, person.email, self._other_keys()]
        detail = " · ".join(filter(None, about)) or " ".join(person.words)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(PersonBadge(person.name, detail, person.in_words, ROLES[person.standing]), 1)
        show = button(self.tr("Show notes"), "link")
        show.setAccessibleName(self.tr("Show notes by %s") % person.name)
        show.clicked.connect(lambda: self.query_chosen.emit(f"author:{quoted(person.name)}"))
        row.addWidget(show)
        row.addWidget(self.more)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self._below)
        self._below.hide()

    def _other_keys(self) -> str:
        if not self.person.former:
            return ""
        lost = any(key.lost for key in self.person.former)
        return self.tr("replaced a lost key") if lost else self.tr("goes by several keys")

    # --- below ---

    def _fill(self) -> None:
        column = QVBoxLayout(self._below)
        column.setContentsMargins(44, 0, 0, 8)
        column.setSpacing(12)
        advice = theme.label(self._advice(), ink="muted")
        advice.setWordWrap(True)
        column.addWidget(advice)
        column.addWidget(self._keys())
        if self.person.standing in LET_IN:
            column.addWidget(self._team_form())
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8, line_gap=8)
        for wish, words, look in self._choices():
            flow.addWidget(self._button(wish, words, look))
        column.addWidget(buttons)

    def _advice(self) -> str:
        name = self.person.name
        if self.person.standing in _ASKING:
            return self.tr(
                "Ring {name}, or ask face to face, for the six words that stand under their name."
                " Confirm only if they read you these:"
            ).format(name=name)
        if self.person.standing is Standing.LOST:
            return self.tr("Nothing new that this key signs is read in.")
        if self.person.standing is Standing.REFUSED:
            return self.tr("You said that this is not {name}. Nothing is read in.").format(
                name=name
            )
        return self.tr("The six words of {name}:").format(name=name)

    def _keys(self) -> QWidget:
        holder = QWidget()
        flow = FlowLayout(holder, gap=32, line_gap=12)
        flow.addWidget(_titled(self.tr("This key"), self.person.words, large=True))
        for key in self._others():
            flow.addWidget(_titled(*key))
        return holder

    def _others(self) -> list[tuple[str, tuple[str, ...]]]:
        lost, also = self.tr("Lost"), self.tr("Also theirs")
        told = [(key, lost if key.lost else also) for key in self.person.former]
        if self.person.standing is Standing.OTHER_KEY:
            told += [(key, self.tr("Known by this name")) for key in self.person.namesakes]
        if self.person.asks is not None:
            told.append((self.person.asks, self.tr("Says it was this one")))
        return list({key.author: (words, key.words) for key, words in told}.values())

    def _choices(self) -> list[tuple[str, str, str]]:
        person, offered = self.person, list[tuple[str, str, str]]()
        if person.standing in (*_ASKING, Standing.REFUSED):
            offered.append(("confirm", self.tr("The words are right: &confirm"), "primary"))
        if self.old_key() and person.standing in (*_ASKING, *LET_IN):
            offered.append(("same", self.tr("&Same person, the old laptop is lost"), "plain"))
        if fold(person.name) == fold(self._own_name) and person.standing not in (
            Standing.LOST,
            Standing.REFUSED,
        ):
            offered.append(("my-laptop", self.tr("This is my new &laptop"), "plain"))
        if person.keeps and person.standing in (Standing.KNOWN, Standing.LISTED):
            words = self.tr("&Trust their team list ({n})").format(n=person.keeps)
            offered.append(("trust", words, "plain"))
        if person.standing is Standing.TRUSTED:
            offered.append(("distrust", self.tr("Stop &trusting their team list"), "plain"))
        if person.standing is not Standing.REFUSED:
            offered.append(("refuse", self.tr("&Not them"), "plain"))
        offered.append(("forget", self.tr("&Remove"), "plain"))
        return offered

    def old_key(self) -> str:
        """The one key that this one may have gone on from; '' where that is not certain."""
        if self.person.asks is not None:
            return self.person.asks.author
        if self.person.standing is Standing.OTHER_KEY and len(self.person.namesakes) == 1:
            return self.person.namesakes[0].author
        return ""

    def _team_form(self) -> QWidget:
        person = self.person
        fields = FieldGrid(label_width=88)
        edits = {}
        for name, words, value in (
            ("region", self.tr("Region"), person.region),
            ("language", self.tr("Language"), person.language),
            ("email", self.tr("E-mail"), person.email),
        ):
            edits[name] = QLineEdit(value)
            edits[name].setMaxLength(200)
            edits[name].setObjectName(name)
            fields.add(words, edits[name])
        on = person.on_my_list
        words = self.tr("Sa&ve on my team list") if on else self.tr("&Put on my team list")
        save = self._button("list", words, "plain")
        save.clicked.disconnect()

        def told() -> None:
            self.listed.emit(person.author, *(edit.text().strip() for edit in edits.values()))

        save.clicked.connect(told)
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(fields)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(save)
        if on:
            row.addWidget(self._button("withdraw", self.tr("Their &key is lost"), "plain"))
            row.addWidget(self._button("unlist", self.tr("Take &off the list"), "plain"))
        row.addStretch()
        column.addLayout(row)
        holder.setMaximumWidth(520)
        return holder

    def _button(self, wish: str, words: str, look: str) -> QPushButton:
        made = button(words, look)  # type: ignore[arg-type]
        made.setProperty("wish", wish)
        made.setAccessibleName(f"{words.replace('&', '')}: {self.person.name}")
        made.clicked.connect(lambda: self.wished.emit(wish, self.person.author))
        return made


def _titled(words: str, key: tuple[str, ...], large: bool = False) -> QWidget:
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.addWidget(theme.label(words, ink="muted", size="small", bold=True))
    column.addWidget(KeyWords(key, large=large))
    return holder
