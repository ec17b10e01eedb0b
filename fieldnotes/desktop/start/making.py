"""Making a library beside the window: there is no notebook yet for the runner to open."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.notebook import open_notebook

Progress = Callable[[int, int], None]


class Making(QObject):
    """One job on a thread of its own: `progressed`, then `made` with its result or `failed`."""

    progressed = Signal(int, int)
    made = Signal(object)
    failed = Signal(object)

    def __init__(self, job: Callable[[Progress], object], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._job = job
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="fieldnotes making", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def cancel(self) -> None:
        """Stop at the next step; no signal comes after this."""
        self._stop.set()
        self.blockSignals(True)
        self._thread.join(timeout=30)

    def _run(self) -> None:
        try:
            result = self._job(self._report)
        except _Stopped:
            return
        except (FieldnotesError, OSError) as error:
            self.failed.emit(_told(error))
        except Exception as error:
            logging.getLogger(__name__).exception("a library could not be made")
            self.failed.emit(_told(error))
        else:
            self.made.emit(result)

    def _report(self, done: int, total: int) -> None:
        if self._stop.is_set():
            raise _Stopped
        self.progressed.emit(done, total)


class _Stopped(Exception):
    """Somebody changed their mind."""


def make_library(folder: Path, name: str) -> tuple[str, ...]:
    """A library for `name`; returns the six words. Raises LibraryRefused."""
    notebook = open_notebook(folder, name)
    try:
        return notebook.words
    finally:
        notebook.close()


def fill_samples(folder: Path, progress: Progress) -> None:
    """The library with sample notes, unless it is there already."""
    from fieldnotes.operations.samples import open_sample_library

    open_sample_library(folder, progress)


def _told(error: Exception) -> FieldnotesError:
    if isinstance(error, FieldnotesError):
        return error
    return FieldnotesError("This did not work.", "Choose another folder, or free some space.")
