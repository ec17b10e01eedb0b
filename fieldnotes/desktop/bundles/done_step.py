"""The file is made: where it lies, what is in it, and how to hand it over."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.bundles.handing_over import HandingOver
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.flow_layout import FlowLayout
from fieldnotes.desktop.widgets.panel import FieldGrid, Panel
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.operations.sending import Sent, notes_in


class DoneStep(QWidget):
    """Open an e-mail with the file, copy it, put it where the team looks, or look at it."""

    def __init__(self, hands: HandingOver, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hands = hands
        self._sent: Sent | None = None
        self.mail = button(self.tr("Open &e-mail draft"), "primary", icon="mail")
        self.copy = button(self.tr("&Copy file"), icon="copy")
        self.put = button(self.tr("Put in &team folder"), icon="people")
        self.elsewhere = button(self.tr("&Another team folder…"))
        self.show_file = button(self.tr("&Show file"), icon="folder")
        self.said = theme.label(ink="muted")
        self.said.setWordWrap(True)
        self._grid = FieldGrid(label_width=88)
        self._connect()
        self._lay_out()

    def show_sent(self, sent: Sent, who_opens: str) -> None:
        """Tell what was made. `who_opens`: who can read the file, in one sentence."""
        self._sent = sent
        self.said.hide()
        self._grid.clear()
        self._grid.add(self.tr("File"), sent.path.name)
        self._grid.add(self.tr("Folder"), str(sent.path.parent))
        self._grid.add(self.tr("In it"), self._contents(sent))
        if number := sent.manifest.get("sequence"):
            self._grid.add(self.tr("Number"), str(number))
        if who_opens:
            self._grid.add(self.tr("Who opens it"), who_opens)
        self._tell_folder()

    def path(self) -> Path | None:
        """Where the file lies."""
        return self._sent.path if self._sent else None

    def _contents(self, sent: Sent) -> str:
        records = notes_in(sent)
        parts = [self.tr("{n} notes") if records != 1 else self.tr("1 note")]
        if sent.hidden:
            parts.append(self.tr("{hidden} of them with something hidden"))
        if sent.not_sent:
            parts.append(self.tr("{kept} not sent"))
        if sent.continued:
            one = self.tr("1 long text goes on in the sheet “Long texts”")
            many = self.tr("{long} long texts go on in the sheet “Long texts”")
            parts.append(one if sent.continued == 1 else many)
        return ", ".join(parts).format(
            n=grouped(records),
            hidden=grouped(sent.hidden),
            kept=grouped(sent.not_sent),
            long=grouped(sent.continued),
        )

    def _connect(self) -> None:
        self.mail.clicked.connect(self._on_mail)
        self.copy.clicked.connect(lambda: self._with_path(self._hands.copy))
        self.put.clicked.connect(lambda: self._with_path(self._hands.put_in_folder))
        self.elsewhere.clicked.connect(
            lambda: self._with_path(lambda path: self._hands.put_in_folder(path, elsewhere=True))
        )
        self.show_file.clicked.connect(lambda: self._with_path(self._hands.show))
        self._hands.said.connect(self._on_said)
        self._hands.folder_chosen.connect(self._tell_folder)

    def _with_path(self, act: object) -> None:
        if self._sent is not None and callable(act):
            act(self._sent.path)

    def _on_mail(self) -> None:
        if self._sent is not None:
            told = self._sent.manifest  # of a sheet it says less
            names, title = told.get("recipients", []), told.get("title", "")
            self._hands.mail(self._sent.path, "; ".join(names), title)

    def _on_said(self, words: str) -> None:
        self.said.setText(words)
        self.said.show()

    def _tell_folder(self) -> None:
        """The folder is told before something goes there, and can be another one."""
        folder = self._hands.folder
        told = self.tr("Team folder: {folder}").format(folder=folder)
        self.put.setToolTip(told if folder else "")
        self.elsewhere.setToolTip(told if folder else "")
        self.elsewhere.setVisible(bool(folder))

    def _lay_out(self) -> None:
        panel = Panel()
        panel.body.addWidget(self._grid)
        buttons = QWidget()
        flow = FlowLayout(buttons, gap=8, line_gap=8)
        for made in (self.mail, self.copy, self.put, self.show_file, self.elsewhere):
            flow.addWidget(made)
        column = QVBoxLayout()
        column.setSpacing(16)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(panel)
        column.addWidget(buttons)
        column.addWidget(self.said)
        middle = QWidget()
        middle.setLayout(column)
        middle.setMaximumWidth(760)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(24, 24, 24, 24)
        outer.addWidget(middle)
        outer.addStretch()
