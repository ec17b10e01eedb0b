"""Screenshots of every page of the real window: light and dark, on a small and a large screen."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QSize, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from fieldnotes import paths
from fieldnotes.desktop import contents, theme
from fieldnotes.desktop.actions import Actions
from fieldnotes.desktop.app import application
from fieldnotes.desktop.commands import Commands
from fieldnotes.desktop.main_window import MainWindow
from fieldnotes.desktop.runner import Runner
from fieldnotes.domain.query_text import parse_query
from fieldnotes.operations.notebook import open_notebook
from fieldnotes.operations.samples import send_samples
from fieldnotes.operations.search import find_notes
from fieldnotes.settings import Settings

SIZES = (QSize(1366, 768), QSize(1920, 1080))
SCHEMES: tuple[theme.Scheme, ...] = ("light", "dark")
SEARCH = "migration kind:competitor"
WORKED = "Quellmann migration"
ACCOUNT = "Thrapwick Steel"
TO_EDIT = "kind:objection"
_STILL_MS, _LONGEST_MS = 120, 8_000

_Widget = TypeVar("_Widget", bound=QWidget)
SELLING = (
    contents.NOT_SENT,
    contents.DRAFTS,
    contents.PROMISES,
    contents.MEETINGS,
    contents.TRASH,
)


def take_pictures(marketing: Path, selling: Path, out: Path) -> list[Path]:
    """Save a picture of every page of a marketer's and a seller's library; returns the files."""
    out.mkdir(parents=True, exist_ok=True)
    app = application()
    before = theme.scheme()
    taken: list[Path] = []
    with tempfile.TemporaryDirectory() as temporary:
        arriving = send_samples(Path(temporary), place=2).path
        for scheme in SCHEMES:
            theme.apply(app, scheme)
            for size in SIZES:
                for name, widget in every_page(marketing, selling, arriving, size):
                    file = out / f"{name}-{scheme}-{size.width()}x{size.height()}.png"
                    widget.grab().save(str(file))
                    taken.append(file)
    theme.apply(app, before)
    return taken


def every_page(
    marketing: Path, selling: Path, arriving: Path, size: QSize
) -> Iterator[tuple[str, QWidget]]:
    """(name, what is shown), one after the other, each in windows of this size and gone after."""
    with _window(marketing, "market", size) as (window, runner):
        yield "notes", _still(window)
        window.show_query(SEARCH)
        yield "search", _still(window)
        for key in (contents.CAME_IN, contents.PEOPLE):
            window.go_to(key)
            yield key, _still(window)
        window.go_to(contents.ACCOUNTS)
        window.page.show_account(ACCOUNT)  # type: ignore[attr-defined]
        yield "account", _still(window)
        window.go_to(contents.SAID_BEFORE)
        yield contents.SAID_BEFORE, _still(window)
        window.go_to(contents.NAMES)
        window.page.show_name("competitor")  # type: ignore[attr-defined]
        yield "names", _still(window)
        yield from _flip(runner)
        yield from _reading_in(window, runner, arriving)
    with _window(selling, "sell", size) as (window, runner):
        for key in SELLING:
            window.go_to(key)
            yield key, _still(window)
        yield from _sending(window, runner)
        yield from _capture(runner, selling)
    yield from _first_start(size)


def _flip(runner: Runner) -> Iterator[tuple[str, QWidget]]:
    from fieldnotes.desktop.flip.flip_window import FlipWindow

    with _shown(FlipWindow(runner)) as card:
        card.open(WORKED)
        yield "what-worked", _still(card)


def _reading_in(
    window: MainWindow, runner: Runner, arriving: Path
) -> Iterator[tuple[str, QWidget]]:
    from fieldnotes.desktop.inbox.reading_in_dialog import ReadingInDialog

    with _shown(ReadingInDialog(runner, [arriving], window)) as dialog:
        yield "reading-in", _still(dialog)


def _sending(window: MainWindow, runner: Runner) -> Iterator[tuple[str, QWidget]]:
    from fieldnotes.desktop.bundles.sending_dialog import SendingDialog

    with _shown(SendingDialog(runner, "", window)) as dialog:
        yield "sending", _still(dialog)
        dialog.check.click()
        yield "check-before-sending", _still(dialog)


def _capture(runner: Runner, selling: Path) -> Iterator[tuple[str, QWidget]]:
    from fieldnotes.desktop.capture.capture_window import CaptureWindow

    notebook = open_notebook(selling)
    note = next(iter(find_notes(notebook, parse_query(TO_EDIT), limit=1).notes), None)
    notebook.close()
    capture = CaptureWindow(runner)
    if note is None:
        capture.new_note()
    else:
        capture.edit(note.id)
    with _shown(capture):
        yield "capture", _still(capture)


def _first_start(size: QSize) -> Iterator[tuple[str, QWidget]]:
    from fieldnotes.desktop.start.first_start import FirstStart

    nowhere = paths.sample_library()
    with _shown(FirstStart(nowhere, "Mara Lindqvist", nowhere)) as first:
        first.resize(size)
        yield "first-start", _still(first)


@contextmanager
def _window(folder: Path, side: str, size: QSize) -> Iterator[tuple[MainWindow, Runner]]:
    runner = Runner(folder)
    settings = Settings(side=side)
    window = MainWindow(settings)
    window.furnish(runner)
    commands = Commands(window, runner, settings)
    commands.pages.offer(Actions(window.menus, commands).all)
    window.resize(size)
    try:
        with _shown(window):
            yield window, runner
    finally:
        commands.close()
        runner.close()


@contextmanager
def _shown(widget: _Widget) -> Iterator[_Widget]:
    widget.show()
    try:
        yield widget
    finally:
        widget.close()
        widget.deleteLater()
        QApplication.processEvents()


def _still(widget: QWidget) -> QWidget:
    """Wait until the widget looks the same twice running: everything asked for has arrived."""
    longest = QDeadlineTimer(_LONGEST_MS)
    before = None
    while not longest.hasExpired():
        _wait(_STILL_MS)
        now = widget.grab().toImage()
        if now == before:
            break
        before = now
    return widget


def _wait(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()
