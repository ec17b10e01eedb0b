"""The first step of sending: click together what they need, and see how many notes that is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QGridLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from fieldnotes.desktop import theme
from fieldnotes.desktop.bundles.count_pills import CountPills, PillOffer
from fieldnotes.desktop.bundles.preset_row import PresetRow
from fieldnotes.desktop.bundles.shape_choice import ShapeChoice
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.notes import Kind
from fieldnotes.domain.query import Named
from fieldnotes.domain.query_text import parse_query
from fieldnotes.domain.shapes import Shape
from fieldnotes.operations.choosing import Choices, Wanted

_LABELS = 120


class ChoosingStep(QScrollArea):
    """`changed` when something was clicked or typed; `show_choices` answers with numbers.

    `notes`: ids that were picked by hand; then there is nothing to narrow.
    """

    changed = Signal()

    def __init__(
        self, query: str = "", parent: QWidget | None = None, *, notes: tuple[str, ...] = ()
    ) -> None:
        super().__init__(parent)
        self._notes = notes
        self._typed = bool(query)
        self.presets = PresetRow()
        self.words = QLineEdit()
        self.words.setPlaceholderText(self.tr("Any words, or a search such as competitor:Kolvik"))
        self.words.setClearButtonEnabled(True)
        self.kinds = CountPills(self.tr("Kind"), several=True)
        self.tags = CountPills(self.tr("Tag"), several=True, first=14)
        self.accounts = CountPills(self.tr("Account"), several=False, first=8)
        self.times = CountPills(self.tr("Time"), several=False)
        self.recipient = self._make_recipient()
        self.since_last = QCheckBox()
        self.promises = QCheckBox()
        self.audiences = QButtonGroup(self)
        self.shapes = ShapeChoice()
        self._explained = theme.label(ink="muted", size="small")
        self._explained.setWordWrap(True)
        self._begin_with(query)
        self._lay_out()
        self._connect()
        self._explain()

    def wanted(self) -> Wanted:
        """What is clicked now."""
        account, times = self.accounts.chosen(), self.times.chosen()
        return Wanted(
            words=self.words.text(),
            kinds=frozenset(self.kinds.chosen()),
            tags=self.tags.chosen(),
            account=account[0] if account else "",
            days=int(times[0]) if times else None,
            audience=self.audience(),
            recipient=self.recipient.currentText().strip(),
            since_last=self.since_last.isChecked() and self.since_last.isEnabled(),
            promises=self.promises.isChecked() and self.promises.isEnabled(),
            shape=self.shapes.shape(),
            notes=self._notes,
        )

    def audience(self) -> Audience:
        """Who may read the file."""
        return tuple(Audience.__members__.values())[self.audiences.checkedId()]

    def choose(self, wanted: Wanted) -> None:
        """Click all this together, in place of what is clicked."""
        self.words.setText(wanted.words)
        self.kinds.choose(sorted(wanted.kinds))
        self.tags.choose(wanted.tags)
        self.accounts.choose([wanted.account] if wanted.account else [])
        self.times.choose([str(wanted.days)] if wanted.days else [])
        self.recipient.setEditText(wanted.recipient)
        self.since_last.setChecked(wanted.since_last)
        self.promises.setChecked(wanted.promises)
        order = list(Audience)
        self.audiences.button(order.index(wanted.audience)).setChecked(True)
        self.shapes.choose(wanted.shape)
        self._on_audience_chosen()

    def show_choices(self, found: Choices) -> None:
        """The numbers for what is clicked now."""
        names = _kind_names()
        self.kinds.set_offers(
            PillOffer(each.key, names[each.key], each.notes, each.key) for each in found.kinds
        )
        # a click leaves every pill where it is; what is typed may bring others to the front
        first, self._typed = self._typed, False
        tags = (PillOffer(x.key, f"#{x.key}", x.notes) for x in found.tags)
        self.tags.set_offers(tags, found_first=first)
        accounts = (PillOffer(x.key, x.key, x.notes) for x in found.accounts)
        self.accounts.set_offers(accounts, found_first=first)
        self.times.set_offers(
            PillOffer(each.key, _days(int(each.key)), each.notes) for each in found.times
        )
        for shown, group in () if self._notes else self._optional:
            shown.setVisible(bool(group.pills()))
            group.setVisible(bool(group.pills()))
        self._show_recipients(found.recipients, found.known)
        self._show_new(found.new, found.removals)
        self._show_promises(found.promises)

    def _begin_with(self, query: str) -> None:
        """What a search says becomes clicked pills where there are some, and words elsewhere."""
        asked = parse_query(query)
        words: list[str] = []
        chosen: dict[str, list[str]] = {"kind": [], "tag": [], "account": []}
        for term, part in zip(asked.terms, asked.parts, strict=True):
            match term:
                case Named("tag", name, False):
                    chosen["tag"].append(name)
                case Named("kind", name, False) if name in set(Kind) and not chosen["kind"]:
                    chosen["kind"].append(name)
                case Named("account", name, False) if not chosen["account"]:
                    chosen["account"].append(name)
                case _:
                    words.append(part)
        self.words.setText(" ".join(words))
        self.kinds.begin_with(chosen["kind"])
        self.tags.begin_with(chosen["tag"])
        self.accounts.begin_with(chosen["account"])

    def _show_recipients(self, before: tuple[str, ...], known: tuple[str, ...]) -> None:
        names = list(dict.fromkeys((*before, *known)))
        if [self.recipient.itemText(at) for at in range(self.recipient.count())] != [*names]:
            typed = self.recipient.currentText()
            self.recipient.blockSignals(True)
            self.recipient.clear()
            self.recipient.addItems(names)
            self.recipient.setCurrentIndex(-1)
            self.recipient.setEditText(typed)
            self.recipient.blockSignals(False)
            if not typed and before:
                self.recipient.setEditText(names[0])  # most people send to the same ones

    def _show_new(self, new: int | None, removals: int) -> None:
        self.since_last.setEnabled(new is not None)
        words = self.tr("Only what is new since last time")
        if new is not None:
            one, many = self.tr("{words} ({n}, 1 removed)"), self.tr("{words} ({n}, {r} removed)")
            told = (one if removals == 1 else many) if removals else self.tr("{words} ({n})")
            words = told.format(words=words, n=grouped(new), r=grouped(removals))
        self.since_last.setText(words)
        self.since_last.setToolTip(
            "" if new is not None else self.tr("Nothing was made for them on this computer yet.")
        )

    def _show_promises(self, count: int) -> None:
        words = self.tr("My &promises as well ({n})").format(n=grouped(count))
        self.promises.setText(words)
        bundle = self.shapes.shape() is Shape.BUNDLE
        self.promises.setEnabled(bool(count) and bundle and self.audience() is Audience.COMPANY)
        self.promises.setToolTip(
            self.tr("The company may see them from then on; to whom you made them stays hidden.")
        )
        if count:
            self.promises.show()  # and it stays, so that nothing below moves while somebody types

    def _make_recipient(self) -> QComboBox:
        made = QComboBox()
        made.setEditable(True)
        made.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        made.setAccessibleName(self.tr("For"))
        made.setMinimumWidth(260)
        field = made.lineEdit()
        assert field is not None
        field.setPlaceholderText(self.tr("Marketing, or a name"))
        field.setAccessibleName(self.tr("For"))
        return made

    def _lay_out(self) -> None:
        page = theme.styled(QWidget(), ground="surface")
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(16)
        grid.setColumnMinimumWidth(0, _LABELS)
        grid.setColumnStretch(1, 1)
        rows: list[tuple[str, QWidget]] = [
            (self.tr("P&reset"), self.presets),
            (self.tr("&Words"), self.words),
            (self.tr("&Kind"), self.kinds),
            (self.tr("&Tags"), self.tags),
            (self.tr("&Account"), self.accounts),
            (self.tr("T&ime"), self.times),
            (self.tr("&For"), self._for()),
            (self.tr("Who may read it"), self._who()),
            (self.tr("Fil&e"), self.shapes),
        ]
        labels = {}
        for number, (words, field) in enumerate(rows):
            label = labels[words] = QLabel(words)
            theme.styled(label, ink="muted").setBuddy(field.focusProxy() or field)
            label.setContentsMargins(0, 6, 0, 0)
            grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(field, number, 1)
        self._optional = [
            (labels[self.tr("&Tags")], self.tags),
            (labels[self.tr("&Account")], self.accounts),
        ]
        for words, field in rows[:6] if self._notes else ():
            labels[words].hide()
            field.hide()
        self.since_last.setHidden(bool(self._notes))
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 16, 24, 16)
        column.addLayout(grid)
        column.addStretch()
        self.setWidget(page)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def _for(self) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.recipient, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.since_last)
        column.addWidget(self.promises)
        self.promises.hide()
        holder.setFocusProxy(self.recipient)
        return holder

    def _who(self) -> QWidget:
        words = {
            Audience.COMPANY: self.tr("Our &company"),
            Audience.ANYONE: self.tr("A&nyone (it may leave the company)"),
            Audience.MYSELF: self.tr("&Myself (another laptop, or to keep)"),
        }
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 6, 0, 0)
        column.setSpacing(8)
        order = list(Audience)
        for audience, label in words.items():
            choice = QRadioButton(label)
            choice.setChecked(audience is Audience.COMPANY)
            self.audiences.addButton(choice, order.index(audience))
            column.addWidget(choice)
        column.addWidget(self._explained)
        return holder

    def _connect(self) -> None:
        for group in (self.kinds, self.tags, self.accounts, self.times):
            group.changed.connect(self.changed)
        self.words.textChanged.connect(self._on_typed)
        self.recipient.editTextChanged.connect(self.changed)
        self.since_last.toggled.connect(self.changed)
        self.promises.toggled.connect(self.changed)
        self.audiences.idClicked.connect(self._on_audience_chosen)
        self.shapes.changed.connect(self.changed)

    def _on_typed(self) -> None:
        self._typed = True
        self.changed.emit()

    def _on_audience_chosen(self) -> None:
        self._explain()
        self.shapes.follow(self.audience())
        self.changed.emit()

    def _explain(self) -> None:
        self._explained.setText(
            {
                Audience.COMPANY: self.tr(
                    "What is marked “Only me” is not sent, and people at the customer’s stay"
                    " hidden unless you said otherwise."
                ),
                Audience.ANYONE: self.tr("Only what is marked “May leave the company” is sent."),
                Audience.MYSELF: self.tr(
                    "Everything is sent, also what is marked “Only me”. Only you can open the file."
                ),
            }[self.audience()]
        )


def _kind_names() -> dict[str, str]:
    from PySide6.QtCore import QCoreApplication

    return {
        key: QCoreApplication.translate("ChoosingStep", words)
        for key, words in (
            ("competitor", "Competitors"),
            ("objection", "Objections"),
            ("win", "Wins"),
            ("pitch", "Pitches"),
            ("problem", "Problems"),
            ("note", "Other notes"),
        )
    }


def _days(days: int) -> str:
    from PySide6.QtCore import QCoreApplication

    words = "Last 12 months" if days == 365 else "Last {n} days"
    return QCoreApplication.translate("ChoosingStep", words).format(n=days)
