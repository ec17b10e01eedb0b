"""The files that tell of a removal, each with whom it is for and how to hand it over."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.bundles.handing_over import HandingOver
from fieldnotes.desktop.bundles.withdrawing_words import person
from fieldnotes.desktop.widgets.buttons import SignLabel, button
from fieldnotes.desktop.widgets.flow_layout import FlowLayout
from fieldnotes.desktop.widgets.rule import Rule
from fieldnotes.domain.ledger import Whom
from fieldnotes.operations.sending import Sent


class WithdrawnStep(QScrollArea):
    """One row for each file."""

    def __init__(self, hands: HandingOver, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hands = hands
        self.buttons: list[list[QPushButton]] = []
        self.said: QLabel = theme.label(ink="muted")
        self.said.setWordWrap(True)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        hands.said.connect(self.said.setText)

    def show_files(self, files: Sequence[tuple[Whom, Sent, str]]) -> None:
        """Show (for whom, file, who can open it)."""
        page = theme.styled(QWidget(), ground="surface")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        for whom, sent, opens in files:
            column.addWidget(self._row(whom, sent, opens))
            column.addWidget(Rule())
        self.said.setContentsMargins(24, 12, 24, 12)
        column.addWidget(self.said)
        column.addStretch()
        self.setWidget(page)

    def _row(self, whom: Whom, sent: Sent, opens: str) -> QWidget:
        name = person(whom)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(theme.label(name, bold=True))
        detail = theme.label(f"{sent.path.name} · {opens}", ink="muted", size="small")
        detail.setWordWrap(True)
        words.addWidget(detail)
        made = [
            button(_tr("Open e-mail draft"), icon="mail"),
            button(_tr("Copy file"), icon="copy"),
            button(_tr("Put in team folder"), icon="people"),
            button(_tr("Show file"), icon="folder"),
        ]
        acts = (
            lambda: self._hands.mail(sent.path, whom.name, _tr("Removed notes")),
            lambda: self._hands.copy(sent.path),
            lambda: self._hands.put_in_folder(sent.path),
            lambda: self._hands.show(sent.path),
        )
        holder = QWidget()
        flow = FlowLayout(holder, gap=8, line_gap=8)
        for each, act in zip(made, acts, strict=True):
            each.setAccessibleName(f"{each.text()}: {name}")
            each.clicked.connect(act)
            flow.addWidget(each)
        self.buttons.append(made)
        words.addSpacing(6)
        words.addWidget(holder)
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(24, 12, 24, 12)
        line.setSpacing(12)
        line.addWidget(SignLabel("person", "muted"), 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(words, 1)
        return row


def _tr(words: str) -> str:
    return QCoreApplication.translate("WithdrawingDialog", words)
