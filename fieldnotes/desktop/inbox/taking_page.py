"""Take or leave: what is ticked is read in, what is not stays with its file for later."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QScrollArea, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.inbox.questions import without_controls
from fieldnotes.desktop.widgets.flow_layout import FlowLayout
from fieldnotes.desktop.widgets.sections import Section
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.domain.taking import Choice, Facet, Leave
from fieldnotes.operations.import_plans import ImportPlan

SHOWN = 40  # of each, those with the most notes
_LONGEST = 40  # letters of a name


class TakingPage(QScrollArea):
    """`changed(choice, take)` when a box was ticked or unticked."""

    changed = Signal(object, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Take or leave"))
        theme.styled(self, ground="surface")
        self._boxes: dict[Choice, QCheckBox] = {}

    def show_choices(self, plan: ImportPlan) -> None:
        """Every choice of a plan, ticked unless it is left."""
        stood = next((choice for choice, box in self._boxes.items() if box.hasFocus()), None)
        place = self.verticalScrollBar().value()
        self._boxes = {}
        page = theme.styled(QWidget(), ground="surface")
        column = QVBoxLayout(page)
        column.setContentsMargins(16, 16, 24, 16)
        column.setSpacing(20)
        hint = theme.label(
            self.tr(
                "What is not ticked stays with its file, and is offered again. Removals always"
                " apply. To leave a single note, open it in the list of new ones."
            ),
            ink="muted",
        )
        hint.setWordWrap(True)
        hint.setContentsMargins(8, 0, 8, 0)
        column.addWidget(hint)
        for facet, heading in _HEADINGS.items():
            found = plan.choices(facet)
            if found:
                column.addWidget(self._section(_tr(heading), found, plan.decisions.leave))
        column.addStretch()
        self.setWidget(page)
        self.verticalScrollBar().setValue(place)
        if stood in self._boxes:
            self._boxes[stood].setFocus()

    def box(self, choice: Choice) -> QCheckBox:
        """The box of one choice."""
        return self._boxes[choice]

    def _section(self, heading: str, found: list[tuple[Choice, str, int]], leave: Leave) -> QWidget:
        more = len(found) - SHOWN
        words = self.tr("The {n} with the most notes; all others come along.")
        section = Section(heading, words.format(n=grouped(SHOWN)) if more > 0 else "")
        holder = QWidget()
        flow = FlowLayout(holder, gap=20, line_gap=8)
        holder.setContentsMargins(8, 0, 8, 0)
        for choice, name, count in found[:SHOWN]:
            flow.addWidget(self._box(choice, name, count, choice not in leave))
        section.body.addWidget(holder)
        return section

    def _box(self, choice: Choice, name: str, count: int, take: bool) -> QCheckBox:
        name = without_controls(name)
        if choice.facet is Facet.KIND:
            name = _tr(_KINDS.get(name, name))
        short = name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"
        box = QCheckBox(f"{short}  {grouped(count)}".replace("&", "&&"))
        words = self.tr("Take {name}, 1 note") if count == 1 else self.tr("Take {name}, {n} notes")
        box.setAccessibleName(words.format(name=name, n=grouped(count)))
        box.setChecked(take)
        box.toggled.connect(lambda on: self.changed.emit(choice, on))
        self._boxes[choice] = box
        return box


def with_choice(leave: Leave, choices: Iterable[Choice], take: bool) -> Leave:
    """`leave` after these were ticked or unticked."""
    return leave - frozenset(choices) if take else leave | frozenset(choices)


_HEADINGS = {
    Facet.SENDER: "By sender",
    Facet.KIND: "By kind",
    Facet.ACCOUNT: "By account",
    Facet.TAG: "By tag",
}
_KINDS = {
    "competitor": "About competitors",
    "objection": "Objections",
    "win": "Wins",
    "pitch": "Pitches",
    "problem": "Problems",
    "note": "Other notes",
    "promise": "Promises",
    "vocabulary": "What names mean",
    "likeness": "Which notes say the same",
}


def _tr(words: str) -> str:
    return QCoreApplication.translate("TakingPage", words)
