"""Alt and an underlined letter do one thing: two that share a letter would do nothing."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMenuBar, QWidget

from fieldnotes.desktop import theme
from fieldnotes.desktop.pictures import SIZES, every_page
from fieldnotes.operations.demo import play_demo
from fieldnotes.operations.samples import send_samples


def test_no_page_underlines_a_letter_twice(qapp: QApplication, tmp_path: Path) -> None:
    theme.apply(qapp, "light")
    demo = play_demo(tmp_path / "demo", lambda words: None)
    arriving = send_samples(tmp_path, place=2).path
    twice, names = dict[str, list[list[str]]](), list[str]()
    for name, page in every_page(demo.marketing, demo.selling, arriving, SIZES[0]):
        names.append(name)
        if found := underlined_twice(page.window()):
            twice[name] = found
    assert len(names) > 15
    assert twice == {}


def underlined_twice(window: QWidget) -> list[list[str]]:
    """The words on the screen that share a letter."""
    by_key: defaultdict[str, list[str]] = defaultdict(list)
    for widget in window.findChildren(QWidget):
        if widget.isVisibleTo(window):
            for words in words_of(widget):
                by_key[QKeySequence.mnemonic(words).toString()].append(words)
    return [words for key, words in by_key.items() if key and len(words) > 1]


def words_of(widget: QWidget) -> list[str]:
    if isinstance(widget, QMenuBar):
        return [action.text() for action in widget.actions()]
    if isinstance(widget, QLabel):
        return [widget.text()] if widget.buddy() is not None else []
    return [widget.text()] if isinstance(widget, QAbstractButton) else []
