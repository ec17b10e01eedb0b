"""A library that was copied or put back goes on as another device: the window says so once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from fieldnotes.domain.devices import Another

if TYPE_CHECKING:
    from fieldnotes.desktop.main_window import MainWindow
    from fieldnotes.desktop.runner import Runner


def tell_if_another_device(window: MainWindow, runner: Runner) -> None:
    """Ask once the notes are shown: nobody waits for it."""

    def tell(why: Another | None) -> None:
        if why is not None:
            lead, words = _words(why)
            window.notice.tell("info", words, lead=lead)

    runner.ask("another device", lambda book: book.another_device(), tell)


def _words(why: Another) -> tuple[str, str]:
    match why:
        case Another.COPIED:
            return (
                _tr("This library was copied or moved here."),
                _tr("It goes on as a device of its own, so both can be used."),
            )
        case Another.RESTORED:
            return (
                _tr("An older copy of this library was put back: it goes on as another device."),
                _tr(
                    "Files made meanwhile are not in its list;"
                    " read them in to have their notes back."
                ),
            )


def _tr(words: str) -> str:
    return QCoreApplication.translate("MainWindow", words)
