"""What waits to be read in: files in the watched folder, and what was left of earlier ones."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.inbox.folder_watch import FolderWatch
from fieldnotes.desktop.inbox.questions import without_controls
from fieldnotes.desktop.widgets.buttons import SignLabel, button, icon_button
from fieldnotes.desktop.widgets.day_words import moment_words
from fieldnotes.desktop.widgets.rule import Rule
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.operations.left_over import LeftOver
from fieldnotes.operations.watching import Arrived

_SHOWN = 3  # files of which something is left, one by one
_NAMED = 2


class Offers(QWidget):
    """One row for each offer; hidden while there is none. `look_wanted(files)`."""

    look_wanted = Signal(object)

    def __init__(self, watch: FolderWatch, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._watch = watch
        self.rows: list[_Row] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.setAccessibleName(self.tr("Waiting to be read in"))
        watch.changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show what is offered now."""
        for row in self.rows:
            self._column.removeWidget(row)
            row.deleteLater()
        self.rows = [*self._arrived(), *self._refused(), *self._left()]
        for row in self.rows:
            self._column.addWidget(row)
        self.setVisible(bool(self.rows))

    def _arrived(self) -> list[_Row]:
        files = [each for each in self._watch.arrived if not each.why]
        if not files:
            return []
        row = _Row("inbox", arrived_words(files), self.tr("Look at them"))
        row.look.clicked.connect(lambda: self.look_wanted.emit([each.path for each in files]))
        return [row]

    def _refused(self) -> list[_Row]:
        files = [each for each in self._watch.arrived if each.why]
        if not files:
            return []
        words = self.tr("{n} files in the watched folder cannot be read in")
        if len(files) == 1:
            name = without_controls(files[0].path.name)
            words = self.tr("{name} cannot be read in: {why}").format(name=name, why=files[0].why)
        row = _Row("warning", words.format(n=grouped(len(files))), self.tr("Put aside"))
        row.look.clicked.connect(self._watch.put_aside)
        return [row]

    def _left(self) -> list[_Row]:
        made = []
        for offer in self._watch.left[:_SHOWN]:
            row = _Row("file", left_words(offer), self.tr("Take them"))
            row.look.clicked.connect(lambda _=False, each=offer: self.look_wanted.emit([each.path]))
            row.add_forget(self.tr("Do not offer this again"))
            row.forget.clicked.connect(lambda _=False, each=offer: self._watch.forget(each.sha256))
            made.append(row)
        return made


class _Row(QWidget):
    """A sentence, and what can be done about it."""

    def __init__(self, sign: str, words: str, action: str) -> None:
        super().__init__()
        theme.styled(self, ground="raised")
        self.words = words
        label = theme.label(words)
        label.setWordWrap(True)
        self.look = button(action)
        self.look.setAccessibleName(f"{action}: {words}")
        self.forget = icon_button("close", "")
        self.forget.hide()
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 16, 8)
        row.setSpacing(12)
        row.addWidget(SignLabel(sign, "amber_text" if sign == "warning" else "muted", 16))
        row.addWidget(label, 1)
        row.addWidget(self.look)
        row.addWidget(self.forget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(row)
        column.addWidget(Rule())

    def add_forget(self, name: str) -> None:
        """It can be put out of sight."""
        self.forget.setAccessibleName(f"{name}: {self.words}")
        self.forget.setToolTip(name)
        self.forget.show()


def arrived_words(files: list[Arrived]) -> str:
    """'3 files from Ana and Ben wait in the watched folder, with 41 notes'."""
    people = list(dict.fromkeys(without_controls(each.sender) for each in files if each.sender))
    notes = sum(each.notes for each in files)
    told = _tr("1 file") if len(files) == 1 else _tr("{n} files").format(n=grouped(len(files)))
    if people:
        told = _tr("{files} from {people}").format(files=told, people=_people(people))
    waits = _tr("{files} waits in the watched folder")
    waits = waits if len(files) == 1 else _tr("{files} wait in the watched folder")
    words = waits.format(files=told)
    if notes:
        count = _tr("1 note") if notes == 1 else _tr("{n} notes").format(n=grouped(notes))
        words = f"{words}: {count}"
    return words


def left_words(offer: LeftOver) -> str:
    """'12 notes left in the file of Ana that you read in on 3 Nov'."""
    one = _tr("1 note left in a file of {sender}, read in {when}")
    many = _tr("{n} notes left in a file of {sender}, read in {when}")
    return (one if offer.notes == 1 else many).format(
        n=grouped(offer.notes),
        sender=without_controls(offer.sender),
        when=moment_words(offer.at.local()),
    )


def _people(names: list[str]) -> str:
    if len(names) <= _NAMED:
        return _tr(" and ").join(names)
    others = len(names) - 1
    return _tr("{name} and {n} others").format(name=names[0], n=grouped(others))


def _tr(words: str) -> str:
    return QCoreApplication.translate("Offers", words)
