"""What is said about the key for every program: whether it works, and what to do if not."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QKeySequence

from fieldnotes.desktop.global_key.way import Outcome, Standing


def spelled(keys: str) -> str:
    """As this platform writes them."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)


def sentence(standing: Standing, keys: str) -> str:
    """What became of asking for `keys`."""
    match standing.outcome:
        case Outcome.OFF:
            words = _tr("No key is taken. Ctrl+Shift+F opens the card in this window.")
        case Outcome.ASKING:
            words = _tr("Asking for the key…")
        case Outcome.HELD if standing.trigger:
            words = _tr("Your desktop opens the card with: {trigger}")
        case Outcome.HELD:
            words = _tr("{keys} opens the card in every program.")
        case Outcome.TAKEN:
            words = _tr("Another program has {keys}. Choose other keys.")
        case Outcome.NO_SUCH_KEY:
            words = _tr("This keyboard has no {keys}. Choose other keys.")
        case Outcome.REFUSED:
            words = _tr("You did not allow the key. Switch it on to be asked once more.")
        case Outcome.NOT_OFFERED:
            words = _tr(
                "This desktop gives Fieldnotes no key. Give one to the command"
                " “fieldnotes flip” in the settings of the desktop."
            )
        case Outcome.LOST:
            words = _tr("The desktop took the key back. Switch it off and on to ask again.")
        case Outcome.ELSEWHERE:
            words = _tr("Another Fieldnotes has this library open, and the key with it.")
    return words.format(keys=spelled(keys), trigger=standing.trigger)


def _tr(words: str) -> str:
    return QCoreApplication.translate("GlobalKey", words)
