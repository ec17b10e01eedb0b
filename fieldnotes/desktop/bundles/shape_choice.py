"""In which shape the notes are sent: a Fieldnotes file, or what other programs read."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.shapes import Shape


class ShapeChoice(QWidget):
    """`changed` when another shape was chosen. For oneself there is only the one that is sealed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shapes = QComboBox()
        self.shapes.setAccessibleName(self.tr("File"))
        self.shapes.setMinimumWidth(260)
        for shape, words in (
            (Shape.BUNDLE, self.tr("Fieldnotes file")),
            (Shape.XLSX, self.tr("Excel workbook")),
            (Shape.CSV, self.tr("CSV sheet")),
            (Shape.MARKDOWN, self.tr("Markdown pages, for Obsidian")),
            (Shape.JSONL, self.tr("JSON Lines, for programs")),
        ):
            self.shapes.addItem(words, shape)
        self._explained = theme.label(ink="muted", size="small")
        self._explained.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.shapes, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self._explained)
        self.setFocusProxy(self.shapes)
        self.shapes.currentIndexChanged.connect(self._on_chosen)
        self._explain()

    def shape(self) -> Shape:
        """What is chosen."""
        return Shape(self.shapes.currentData())

    def choose(self, shape: Shape) -> None:
        """Choose it, without a signal, where it is offered."""
        self.shapes.blockSignals(True)
        self.shapes.setCurrentIndex(max(self.shapes.findData(shape), 0))
        self.shapes.blockSignals(False)
        self._explain()

    def follow(self, audience: Audience) -> None:
        """Offer what can be made for `audience`."""
        sealed = audience is Audience.MYSELF
        if sealed:
            self.shapes.setCurrentIndex(0)
        self.shapes.setEnabled(not sealed)

    def _on_chosen(self) -> None:
        self._explain()
        self.changed.emit()

    def _explain(self) -> None:
        notes = self.tr("Notes alone, each as it is now, for programs other than Fieldnotes.")
        pages = self.tr("In one .zip; leave out .zip in its name for a folder.")
        self._explained.setText(
            {
                Shape.BUNDLE: self.tr("Signed by you. Whoever reads it in gets changes as well."),
                Shape.MARKDOWN: f"{notes} {pages}",
            }.get(self.shape(), notes)
        )
