"""What can be added to a note beside its fields: a promise, a template, files."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from fieldnotes.desktop.capture.field_rows import FLUSH_LEFT
from fieldnotes.desktop.capture.promise_offer import PROMISE_KEYS
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.panel import FieldGrid
from fieldnotes.desktop.widgets.primary_button import key_words

TEMPLATE_KEYS = "Ctrl+T"
ATTACH_KEYS = "Alt+A"


class BesideRow(FieldGrid):
    """Links with their keys in the tip; `promise_wanted`, `template_wanted`, `files_wanted`."""

    promise_wanted = Signal()
    template_wanted = Signal()
    files_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        links = QWidget()
        row = QHBoxLayout(links)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        for words, keys, wanted in (
            (self.tr("Add a promise"), PROMISE_KEYS, self.promise_wanted),
            (self.tr("Use a template"), TEMPLATE_KEYS, self.template_wanted),
            (self.tr("Attach files"), ATTACH_KEYS, self.files_wanted),
        ):
            made = button(words, "link")
            made.setStyleSheet(FLUSH_LEFT)
            made.setToolTip(key_words(keys))
            made.clicked.connect(wanted)
            row.addWidget(made)
        row.addStretch()
        self.add(self.tr("Besides"), links)
