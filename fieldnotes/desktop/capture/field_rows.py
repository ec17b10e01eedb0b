"""Rows of labels with pills or one-line editors; they hold words and know no note."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QSizePolicy, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.capture.fields import Field, role_of, words
from fieldnotes.desktop.widgets.choice_pills import Choice, ChoicePills
from fieldnotes.desktop.widgets.panel import FieldGrid

_SHORT = 72
FLUSH_LEFT = "padding-left: 0; margin-left: -1px;"
"""Puts a link where the words of the other fields begin."""


class LineField(QLineEdit):
    """A line without a frame: a thin rule under it says where one may write."""

    def __init__(self, name: str, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("bare", True)
        self.setPlaceholderText(hint)
        self.setAccessibleName(name)
        self.setTextMargins(-2, 1, 0, 3)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not (self.hasFocus() or self.underMouse()):
            return
        painter = QPainter(self)
        rule = QRectF(0, self.height() - 1, self.width(), 1)
        painter.fillRect(rule, theme.color("accent" if self.hasFocus() else "line"))


class FieldRows(FieldGrid):
    """`edited` while somebody types, `chosen` when a pill was pressed."""

    edited = Signal()
    chosen = Signal()

    def __init__(self, rows: Iterable[Field], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: dict[str, LineField] = {}
        self._pills: dict[str, ChoicePills] = {}
        self._places: dict[str, QWidget] = {}
        self._after: dict[str, str] = {}
        self._left_out: set[str] = set()
        for row in rows:
            self._places[row.name] = self.add(words(row.label), self._editor(row))
            if row.after:
                self._after[row.name] = row.after
        self._unfold()
        self.edited.connect(self._unfold)
        self.chosen.connect(self._unfold)

    def values(self) -> dict[str, str]:
        """The words in each field, by its name; not of those that are left out."""
        return {name: self._value(name) for name in self.names() if name not in self._left_out}

    def set_values(self, values: Mapping[str, str]) -> None:
        """Show these, without a signal; a field that is not among them stays."""
        for name, line in self._lines.items():
            if name in values and values[name] != line.text():
                line.setText(values[name])
                line.setCursorPosition(0)
        for name, pills in self._pills.items():
            if name in values:
                pills.set_value(values[name])
        self._unfold()

    def leave_out(self, names: Iterable[str]) -> None:
        """Another part of the window asks for these now, and for no others."""
        self._left_out = set(names)
        for name in self._places:
            self.show_row(self._places[name], name not in self._left_out)
        self._unfold()

    def names(self) -> list[str]:
        """The names of the fields."""
        return [*self._lines, *self._pills]

    def written(self) -> list[str]:
        """The names of the fields that are written."""
        return list(self._lines)

    def line(self, name: str) -> LineField:
        """The editor of a field that is written."""
        return self._lines[name]

    def pills(self, name: str) -> ChoicePills:
        """The pills of a field that is chosen."""
        return self._pills[name]

    def _value(self, name: str) -> str:
        return self._lines[name].text() if name in self._lines else self._pills[name].value()

    def _unfold(self) -> None:
        """Show what follows from an answer once the answer is there."""
        for name, before in self._after.items():
            wanted = bool(self._value(before) or self._value(name))
            self.show_row(self._places[name], wanted and name not in self._left_out)

    def _editor(self, row: Field) -> QWidget:
        if row.choices:
            return self._pills_for(row)
        if not row.beside:
            return self._line_for(row.name, words(row.label), words(row.hint))
        both = QWidget()
        side = QHBoxLayout(both)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(8)
        for name, hint in ((row.name, row.hint), (row.beside, row.beside_hint)):
            line = self._line_for(name, f"{words(row.label)}: {words(hint)}", words(hint))
            line.setMaximumWidth(_SHORT)
            side.addWidget(line)
            if name == row.name:
                side.addWidget(theme.label(words(row.between), ink="muted"))
        side.addStretch()
        return both

    def _line_for(self, name: str, label: str, hint: str) -> LineField:
        line = LineField(label, hint)
        line.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        line.textEdited.connect(self.edited)
        self._lines[name] = line
        return line

    def _pills_for(self, row: Field) -> ChoicePills:
        choices = [Choice(each, words(each), role_of(each)) for each in row.choices]
        pills = ChoicePills(words(row.label), choices)
        pills.changed.connect(self.chosen)
        self._pills[row.name] = pills
        return pills
