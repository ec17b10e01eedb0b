"""One proposed note after the other: Enter takes it, N leaves it, E changes its words."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from fieldnotes.desktop import icons, theme
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.widgets.buttons import button
from fieldnotes.desktop.widgets.chips import ChipRow
from fieldnotes.desktop.widgets.empty_state import EmptyState
from fieldnotes.desktop.widgets.kind_bar import KindBar, KindChoice
from fieldnotes.desktop.widgets.notice import Notice
from fieldnotes.desktop.widgets.page_states import PageStates
from fieldnotes.desktop.widgets.primary_button import PrimaryButton
from fieldnotes.desktop.widgets.quote_block import QuoteBlock
from fieldnotes.desktop.widgets.rule import Rule
from fieldnotes.domain.debrief import Proposed
from fieldnotes.domain.drafts import Sign, names_of
from fieldnotes.domain.notes import Kind
from fieldnotes.domain.spoken_times import say_time
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.changes import Done
from fieldnotes.operations.debrief import Debrief, keep_rest, take_proposed
from fieldnotes.operations.notebook import Clock, Notebook, now

_PAUSE_MS = 300
_LABELS = ("Competitor", "Objection", "Win", "Pitch", "Problem", "Other")


class DebriefWindow(QWidget):
    """What is not taken stays in its draft: `draft_wanted` carries its id, to write it by hand."""

    draft_wanted = Signal(str)

    def __init__(self, runner: Runner, parent: QWidget | None = None, clock: Clock = now) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._runner, self._clock = runner, clock
        self._id = ""
        self._left: list[Proposed] = []
        self._at = self._taken = 0
        self._busy = self._filling = self._changed = False
        self._keeping = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._keeping.timeout.connect(self._keep)
        self.kind_bar = KindBar(
            [
                KindChoice(kind.value, self.tr(label), f"Ctrl+{number}")
                for number, (kind, label) in enumerate(zip(Kind, _LABELS, strict=True), 1)
            ]
        )
        self.progress = theme.label(bold=True, size="reading")
        self.about = theme.label(ink="muted")
        self.why = theme.label(ink="muted", size="small")
        self.text = QPlainTextEdit()
        self.chips = ChipRow(role="accent")
        self.quote = QuoteBlock()
        self.following = theme.label(ink="muted")
        self.notice = Notice()
        self.leave = button(self.tr("&Leave it  (N)"))
        self.change = button(self.tr("&Change  (E)"))
        self.back = button(self.tr("&Back"), "flat")
        self.take = PrimaryButton(self.tr("Take it"), "Return")
        self._lay_out()
        self._connect()

    def show_debrief(self, debrief: Debrief) -> None:
        """Begin with the first proposal; nothing is taken by itself."""
        self._keep()
        self._id, self._left = debrief.id, list(debrief.proposed)
        self._at = self._taken = 0
        self._show()
        self.show()
        self.raise_()
        self.activateWindow()
        self.setFocus()

    def proposed(self) -> Proposed | None:
        """The one that is shown, with the words as they are now."""
        return self._left[self._at] if self._at < len(self._left) else None

    def take_it(self) -> None:
        """Save the one that is shown as a note."""
        taken = self.proposed()
        if taken is None or self._busy:
            return
        self._keeping.stop()
        self._changed = False
        rest = [each for at, each in enumerate(self._left) if at != self._at]
        draft_id, self._busy = self._id, True
        self._runner.do(
            lambda book: take_proposed(book, draft_id, taken, rest),
            done=lambda _saved: self._on_taken(rest),
            failed=self._on_failed,
            initiator=self,
        )

    def leave_it(self) -> None:
        """Go on to the next; this one stays."""
        if not self._busy and self._left:
            self._at = min(self._at + 1, len(self._left))
            self._show()

    def go_back(self) -> None:
        """One further up."""
        if not self._busy and self._at:
            self._at -= 1
            self._show()

    def change_it(self) -> None:
        """Put the cursor into the words; Esc comes back."""
        self.text.setFocus()
        self.text.selectAll()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Never asks: what was not taken is a draft already."""
        self._keep()
        super().closeEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys while nothing is being written."""
        match event.key():
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.take_it()
            case Qt.Key.Key_N | Qt.Key.Key_Right | Qt.Key.Key_Down:
                self.leave_it()
            case Qt.Key.Key_Left | Qt.Key.Key_Up | Qt.Key.Key_Backspace:
                self.go_back()
            case Qt.Key.Key_E | Qt.Key.Key_F2:
                self.change_it()
            case Qt.Key.Key_Escape:
                self.close()
            case _:
                super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """In the words, Esc and Ctrl+Enter come back to the keys of the window."""
        if watched is self.text and isinstance(event, QKeyEvent):
            ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and ctrl
            if event.type() == QEvent.Type.KeyPress and (enter or event.key() == Qt.Key.Key_Escape):
                self.setFocus()
                return True
        return super().eventFilter(watched, event)

    def _show(self) -> None:
        told = self.proposed()
        self.notice.hide()
        if told is None:
            self._show_end()
            return
        note = told.note
        self._filling = True
        self.text.setPlainText(note.text)
        self._filling = False
        self.kind_bar.set_kind(note.kind)
        self.progress.setText(
            self.tr("{number} of {all}").format(number=self._at + 1, all=len(self._left))
        )
        when = say_time(note.happened, note.whole_day, self._clock()) if note.happened else ""
        self.about.setText(", ".join(part for part in (note.account, when, note.title) if part))
        self.why.setText(self.tr("because of “%s”") % told.why if told.why else "")
        self.chips.set_texts(
            f"{name.sign}{name.name}" for name in names_of(note) if name.sign != Sign.ACCOUNT
        )
        self.quote.setVisible(bool(note.quotes))
        if note.quotes:
            self.quote.set_quote(note.quotes[0].text, note.quotes[0].role)
        following = self._left[self._at + 1 : self._at + 2]
        first = " ".join(following[0].note.text.split())[:90] if following else ""
        self.following.setText(self.tr("Next: %s") % first if first else "")
        self.setAccessibleDescription(f"{self.progress.text()}: {note.kind}: {note.text}")
        self.back.setEnabled(self._at > 0)
        self._pages.show_content()

    def _show_end(self) -> None:
        left = len(self._left)
        taken = self.tr("1 note taken") if self._taken == 1 else self.tr("%d taken") % self._taken
        if left:
            one = self.tr("1 was left. Its words stay among the drafts.")
            many = self.tr("%d were left. Their words stay among the drafts.")
            words = one if left == 1 else many % left
            self._end.show_words("draft", taken, words, self.tr("&Go through them again"))
        else:
            words = self.tr("Nothing is left of the rough notes.")
            self._end.show_words("success", taken, words, self.tr("&Close"))
        self._pages.show_empty()
        self._end.button.setFocus()

    def _on_end_acted(self) -> None:
        if self._left:
            self._at = 0
            self._show()
            self.setFocus()
        else:
            self.close()

    def _on_taken(self, rest: list[Proposed]) -> None:
        self._busy = False
        self._taken += 1
        self._left = rest
        self._show()
        if self.proposed():
            self.setFocus()

    def _on_failed(self, error: FieldnotesError) -> None:
        self._busy = False
        self.notice.show_message("error", error.next_step, lead=error.happened)

    def _on_kind_chosen(self, kind: str) -> None:
        self._alter(lambda told: replace(told, note=replace(told.note, kind=kind), why=""))
        self.why.setText("")
        self.setFocus()

    def _on_edited(self) -> None:
        if not self._filling and not self._busy:
            text = self.text.toPlainText()
            self._alter(lambda told: told.with_words(text))
            self._changed = True
            self._keeping.start()

    def _alter(self, change: Callable[[Proposed], Proposed]) -> None:
        told = self.proposed()
        if told is not None:
            self._left[self._at] = change(told)

    def _keep(self) -> None:
        """Changed words are on disk at every pause."""
        self._keeping.stop()
        if not (self._changed and self._left):
            return
        self._changed = False
        draft_id, rest = self._id, list(self._left)

        def operation(book: Notebook) -> Done[str]:
            return keep_rest(book, draft_id, rest[0].note, rest)

        self._runner.do(operation, None, self._on_failed, self)

    def _lay_out(self) -> None:
        self.setWindowTitle(self.tr("Rough notes – Fieldnotes"))
        self.setWindowIcon(icons.app_icon())
        self.setAccessibleName(self.tr("Rough notes"))
        theme.styled(self, ground="surface")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.text.setProperty("bare", True)
        theme.styled(self.text, size="reading")
        self.text.setTabChangesFocus(True)
        self.text.document().setDocumentMargin(0)
        self.text.setAccessibleName(self.tr("Words of the note"))
        self.following.setTextFormat(Qt.TextFormat.PlainText)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.progress)
        head.addWidget(self.about, 1)
        head.addWidget(self.why)
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(24, 16, 24, 12)
        column.setSpacing(12)
        column.addLayout(head)
        column.addWidget(self.text, 1)
        for part in (self.quote, self.chips, self.notice, self.following):
            column.addWidget(part)
        foot = theme.styled(QWidget(), ground="raised")
        row = QHBoxLayout(foot)
        row.setContentsMargins(24, 12, 20, 12)
        row.setSpacing(8)
        row.addWidget(self.back)
        row.addStretch()
        for made in (self.change, self.leave, self.take):
            row.addWidget(made)
        bar = theme.styled(QWidget(), ground="raised")
        kinds = QVBoxLayout(bar)
        kinds.setContentsMargins(14, 10, 14, 10)
        kinds.addWidget(self.kind_bar)
        content = QWidget()
        whole = QVBoxLayout(content)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        for band in (bar, Rule()):
            whole.addWidget(band)
        whole.addWidget(inner, 1)
        whole.addWidget(Rule())
        whole.addWidget(foot)
        self._end = EmptyState("draft", "", "", "")
        self._pages = PageStates(content, self._end)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)
        self.setMinimumSize(660, 360)
        self.resize(888, 520)

    def _connect(self) -> None:
        self.kind_bar.kind_chosen.connect(self._on_kind_chosen)
        self.text.textChanged.connect(self._on_edited)
        self.text.installEventFilter(self)
        self.take.clicked.connect(self.take_it)
        self.leave.clicked.connect(self.leave_it)
        self.change.clicked.connect(self.change_it)
        self.back.clicked.connect(self.go_back)
        self._end.acted.connect(self._on_end_acted)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self._end)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self.close)
