"""A note that was edited twice: both versions side by side, and the way to keep one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.notes import days
from fieldnotes.desktop.notes.reading import Reading, Version
from fieldnotes.desktop.notes.wording import FIELD_NAMES, sentence
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.day_words import told_apart
from fieldnotes.desktop.widgets.panel import Panel
from fieldnotes.desktop.widgets.side_by_side import SideBySide
from fieldnotes.domain.notes import Note

_SHOWN = 400
_BESIDE = 360  # pixels for both versions
_COMPARED = ("account", "opportunity", "stage", "outcome", "place", "tags", "competitors")


class VersionsPanel(Panel):
    """`kept` carries the Note of the version that somebody keeps; only its author may."""

    kept = Signal(object)

    def __init__(self, reading: Reading, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        mine = reading.view.mine
        self.set_heading(
            self.tr("Edited twice: two versions did not know of each other")
            if mine
            else self.tr("Edited twice: {who} will settle it").format(who=reading.view.author_name)
        )
        both = SideBySide(_BESIDE, (24, 16))
        for version, when in zip(reading.twice, self._whens(reading), strict=True):
            others = [each.note for each in reading.twice if each is not version]
            column = self._version(version, when, others, mine)
            both.parts.addLayout(column, 1)
            both.parts.setAlignment(column, Qt.AlignmentFlag.AlignTop)
        self.body.addWidget(both)

    def _whens(self, reading: Reading) -> list[str]:
        """'Today 14:10:12, newer'; an author reads on which laptop as well."""
        today = reading.now.local().date()
        moments = [days.here(each.modified, reading.now) for each in reading.twice]
        told = told_apart([days.told(when, today) for when in moments], moments)
        if not reading.view.mine:
            return [sentence(words) for words in told]
        this, other = self.tr("On this laptop, {when}"), self.tr("On another laptop, {when}")
        return [
            (this if each.here else other).format(when=words)
            for each, words in zip(reading.twice, told, strict=True)
        ]

    def _version(self, version: Version, when: str, others: list[Note], mine: bool) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(6)
        stamp = theme.label(when, ink="muted", size="small")
        stamp.setWordWrap(True)
        column.addWidget(stamp)
        for words in _differences(version.note, others):
            label = theme.label(words)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        if mine:
            keep = button(self.tr("Keep this one"))
            keep.setAccessibleDescription(when)
            keep.clicked.connect(lambda: self.kept.emit(version.note))
            column.addWidget(keep, 0, Qt.AlignmentFlag.AlignLeft)
        return column


def _differences(note: Note, others: list[Note]) -> list[str]:
    """What this version says otherwise than the others do."""
    found = []
    for name in ("title", "text", *FIELD_NAMES, "worked", *_COMPARED):
        value = getattr(note, name)
        if any(getattr(other, name) != value for other in others):
            words = ", ".join(value) if isinstance(value, tuple) else str(value or "–")
            words = words if len(words) <= _SHOWN else words[:_SHOWN].rstrip() + "…"
            label = FIELD_NAMES.get(name, sentence(name.replace("_", " ")))
            found.append(words if name in ("title", "text") else f"{label}: {words}")
    return found
