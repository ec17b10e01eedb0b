"""Somebody's own words, set apart by a bar, with who said them and how we know."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QTextOption
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from fieldnotes.desktop import theme

_BAR = 3
_MARKS = "“”„\"«»\u201a‘’'"


class _QuoteFrame(QWidget):
    """The raised ground with the bar at its left edge."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_BAR + 14, 8, 14, 8)
        self._column.setSpacing(4)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(box, theme.RADIUS, theme.RADIUS)
        square = QPainterPath()
        square.addRect(box.adjusted(0, 0, -theme.RADIUS, 0))
        painter.fillPath(shape.united(square), theme.color("raised"))
        painter.fillRect(QRectF(0, 0, _BAR, self.height()), theme.color("accent"))


class QuoteBlock(_QuoteFrame):
    """A quote to read. The text can be selected and copied."""

    def __init__(self, quote: str = "", said_by: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._quote = theme.label(size="reading")
        self._quote.setWordWrap(True)
        self._said_by = theme.label(ink="muted", size="small")
        self._said_by.setWordWrap(True)
        for label in (self._quote, self._said_by):
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._column.addWidget(label)
        self.set_quote(quote, said_by)

    def set_quote(self, quote: str, said_by: str = "") -> None:
        """Show these words, in quotation marks, and who said them."""
        self._quote.setText(quoted(quote))
        self._said_by.setText(said_by)
        self._said_by.setVisible(bool(said_by))
        self.setAccessibleName(quoted(quote))
        self.setAccessibleDescription(said_by)


class QuoteEditor(_QuoteFrame):
    """A quote to write: `changed` after every key. Enter in the words is a new line."""

    changed = Signal()

    def __init__(self, hint: str, who_hint: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = _GrowingText()
        self._words.setPlaceholderText(hint)
        self._words.setAccessibleName(hint)
        self._who = QLineEdit()
        self._who.setPlaceholderText(who_hint)
        self._who.setAccessibleName(who_hint)
        for field in (self._words, self._who):
            field.setProperty("bare", True)
            self._column.addWidget(field)
        theme.styled(self._words, size="reading")
        theme.styled(self._who, size="small", ink="muted")
        self._who.setTextMargins(-2, 0, -2, 0)
        self._words.textChanged.connect(self.changed)
        self._who.textEdited.connect(self.changed)

    def begin(self) -> None:
        """Write its words. Not a focus proxy: Tab would come round to that and go no further."""
        self._words.setFocus()

    def quote(self) -> str:
        """The words without quotation marks round them."""
        return self._words.toPlainText().strip().strip(_MARKS).strip()

    def said_by(self) -> str:
        """Who said it."""
        return self._who.text().strip()

    def set_quote(self, quote: str, said_by: str = "") -> None:
        """Show these words without a signal."""
        self._words.blockSignals(True)
        self._words.setPlainText(quote)
        self._words.blockSignals(False)
        self._words.grow()
        self._who.setText(said_by)


class _GrowingText(QPlainTextEdit):
    """As high as what is written in it, up to six lines; Tab leaves it."""

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(self.grow)
        self.viewport().installEventFilter(self)
        self.viewport().setAutoFillBackground(False)

    def grow(self) -> None:
        """Take the height that the lines need."""
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        lines = min(max(int(self.document().size().height()), 1), 6)
        return QSize(240, lines * self.fontMetrics().lineSpacing() + 4)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self.updateGeometry()
        return super().eventFilter(watched, event)


def quoted(words: str) -> str:
    """The words in the quotation marks of the place, unless they carry some already."""
    words = words.strip()
    if not words or words[0] in _MARKS:
        return words
    here = QLocale()
    return f"“{words}”" if here.language() == QLocale.Language.C else here.quoteString(words)
