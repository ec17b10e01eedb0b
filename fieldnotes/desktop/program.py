"""One run of the window: which library is open, and the way from one to another."""

from __future__ import annotations

import gc
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from fieldnotes import paths, settings
from fieldnotes.desktop import theme
from fieldnotes.desktop.crash import CrashReporter
from fieldnotes.desktop.main_window import MainWindow

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication, QWidget

    from fieldnotes.desktop.commands import Commands
    from fieldnotes.desktop.first_look import FirstLook
    from fieldnotes.desktop.global_key.global_key import GlobalKey
    from fieldnotes.desktop.heartbeat import Heartbeat
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.desktop.single_instance import Message
    from fieldnotes.operations.notebook import Clock


class Program(QObject):
    """Owns the window, its runner and what beats behind them. `ready` when nothing is urgent."""

    ready = Signal()

    def __init__(
        self, app: QApplication, own: Path, clock: Clock | None = None, *, second: bool = False
    ) -> None:
        super().__init__(app)
        self._app, self._own, self._clock, self._second = app, own, clock, second
        self.window: MainWindow | None = None
        self._commands: Commands | None = None
        self._runner: Runner | None = None
        self._heartbeat: Heartbeat | None = None
        self._first: QWidget | None = None
        self._key: GlobalKey | None = None
        self._waiting: Message | None = None
        self.crashes = CrashReporter(self)
        app.setQuitOnLastWindowClosed(False)

    def start(self, message: Message, first: FirstLook | None = None) -> None:
        """The first window of this run; `message` is obeyed as soon as there is a library."""
        self.crashes.install()
        self._waiting = message
        if first is not None:
            self.show_first(first)
            return
        from fieldnotes.operations.notebook import has_library

        theme.apply(self._app, _scheme(settings.read_settings()))
        if has_library(self._own):
            self.open(self._own)
        else:
            self._show_first_start()

    def show_first(self, first: FirstLook) -> MainWindow:
        """Show the newest notes that were read ahead, and furnish the window around them."""
        from fieldnotes.desktop.notes.rows import rows_of

        theme.begin(self._app, _scheme(first.settings))
        self.window = window = MainWindow(first.settings)
        window.show_first(rows_of(first.notes, datetime.now().astimezone().date()))
        # In a turn of its own: whoever else waits for the paint is told before the long part.
        window.painted.connect(lambda: QTimer.singleShot(0, self._on_first_painted))
        window.closed.connect(self._on_closed)
        window.show()
        return window

    def open(self, folder: Path, *, samples: bool = False) -> MainWindow:
        """Show the main window on a library, in place of whatever was shown."""
        self._leave()
        self.window = window = MainWindow(settings.read_settings(), samples=samples)
        self._furnish(folder)
        window.painted.connect(self._on_painted)
        window.closed.connect(self._on_closed)
        window.show()
        return window

    def receive(self, message: Message) -> None:
        """What another start asks for: come to the front, take files, write."""
        if self._commands is None or self.window is None:
            self._waiting = message
            _raise(self._first)
            return
        if message.flip is not None:
            self._commands.pages.flip(message.flip)
        elif message.capture:
            self._commands.writing.new_note()
        else:
            _raise(self.window)
        if message.files:
            self._commands.files.take([Path(file) for file in message.files])

    def keep_typed(self) -> None:
        """The session ends: what is being typed is on disk when this returns."""
        if self._commands is not None:
            self._commands.writing.keep_typed()

    def close(self) -> None:
        """Leave the library; nothing that was typed is lost."""
        self._leave()
        if self._key is not None:
            self._key.close()
        self.crashes.uninstall()

    def _leave(self) -> None:
        if self._heartbeat is not None:
            self._heartbeat.stop()
        if self._commands is not None:
            self._commands.close()
        if self._runner is not None:
            self._runner.close()
            self._runner.deleteLater()
        for widget in (self.window, self._first):
            if widget is not None:
                widget.blockSignals(True)
                widget.close()
                widget.deleteLater()
        self.window = self._commands = self._runner = self._heartbeat = self._first = None

    def _show_first_start(self) -> None:
        from fieldnotes.desktop.start.first_start import FirstStart
        from fieldnotes.operations.notebook import system_user

        self._leave()
        self._first = first = FirstStart(self._own, system_user(), paths.sample_library())
        first.finished.connect(self._on_first_start_finished)
        first.samples_ready.connect(self._on_samples_ready)
        first.closed.connect(self._on_closed)
        first.show()
        gc.enable()
        QTimer.singleShot(0, self.ready.emit)

    def _furnish(self, folder: Path) -> None:
        """Everything around the list, and the library behind it."""
        from fieldnotes.desktop.runner import Runner

        assert self.window is not None
        self._runner = runner = Runner(folder, self._clock, self)
        runner.crashed.connect(self.crashes.show)
        self.window.furnish(runner)

    def _on_first_painted(self) -> None:
        """The first rows are on the screen; a window that was closed at once stays closed."""
        if self.window is not None:
            theme.apply(self._app, _scheme(settings.read_settings()))
            self._furnish(self._own)
            self._on_painted()

    def _on_painted(self) -> None:
        """Now for what nobody waits for."""
        gc.freeze()
        gc.enable()
        assert self._runner is not None
        assert self.window is not None
        from fieldnotes.desktop import icons
        from fieldnotes.desktop.heartbeat import Heartbeat

        self.window.setWindowIcon(icons.app_icon())
        self._commands = self._command(self.window, self._runner)
        self._heartbeat = Heartbeat(self._runner, self._runner)
        self._heartbeat.start()
        from fieldnotes.desktop.read_only import tell_if_read_only

        tell_if_read_only(self.window, self._runner, self._commands)
        from fieldnotes.desktop.another_device import tell_if_another_device

        tell_if_another_device(self.window, self._runner)
        message, self._waiting = self._waiting, None
        if message is not None and (message.files or message.capture or message.flip is not None):
            self.receive(message)
        from fieldnotes.operations.drafts import open_draft

        self._runner.ask("open draft", lambda book: open_draft(book) is not None, self._restore)
        self.ready.emit()

    def _command(self, window: MainWindow, runner: Runner) -> Commands:
        """Fill the menus and put something behind them."""
        from fieldnotes.desktop.actions import Actions
        from fieldnotes.desktop.commands import Commands

        current = settings.read_settings()
        commands = Commands(window, runner, current, samples=window.samples, key=self._the_key())
        commands.samples_wanted.connect(self._on_samples_wanted)
        commands.own_notes_wanted.connect(self._on_own_notes_wanted)
        commands.pages.offer(Actions(window.menus, commands).all)
        return commands

    def _the_key(self) -> GlobalKey:
        """It is the program's, whichever library is shown: taken anew, another may be faster."""
        if self._key is None:
            from fieldnotes.desktop.global_key.global_key import GlobalKey, way_here
            from fieldnotes.desktop.global_key.way import Outcome
            from fieldnotes.desktop.single_instance import Message

            way = None if self._second else way_here(self._app.platformName(), os.environ)
            without = Outcome.ELSEWHERE if self._second else Outcome.NOT_OFFERED
            self._key = GlobalKey(way, self, without)
            self._key.pressed.connect(lambda: self.receive(Message(flip="")))
        return self._key

    def _restore(self, was_open: bool) -> None:
        if was_open and self._commands is not None:
            self._commands.writing.capture().restore_open()

    def _on_first_start_finished(self, side: str) -> None:
        settings.write_settings(settings.read_settings()._replace(side=side))
        self.open(self._own)

    def _on_samples_ready(self) -> None:
        self.open(paths.sample_library(), samples=True)

    def _on_samples_wanted(self) -> None:
        from fieldnotes.operations.notebook import has_library

        if has_library(paths.sample_library()):
            self.open(paths.sample_library(), samples=True)
        else:
            self._fill_samples()

    def _fill_samples(self) -> None:
        from fieldnotes.desktop.start.samples_bar import SamplesBar

        if self.window is not None and self.window.findChild(SamplesBar) is None:
            bar = SamplesBar(paths.sample_library())
            bar.ready.connect(self._on_samples_ready)
            self.window.add_bar(bar)
            self.window.closed.connect(bar.leave)

    def _on_own_notes_wanted(self) -> None:
        from fieldnotes.operations.notebook import has_library

        if has_library(self._own):
            self.open(self._own)
        else:
            self._show_first_start()

    def _on_closed(self) -> None:
        self._leave()
        self._app.quit()


def _scheme(current: settings.Settings) -> theme.Scheme:
    match current.scheme:
        case "light" | "dark" as chosen:
            return chosen
        case _:
            return "system"


def _raise(widget: QWidget | None) -> None:
    if widget is not None:
        from PySide6.QtCore import Qt

        widget.setWindowState(widget.windowState() & ~Qt.WindowState.WindowMinimized)
        widget.show()
        widget.raise_()
        widget.activateWindow()
