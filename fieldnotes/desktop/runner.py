"""Work beside the window: the GUI thread touches no SQL, no file and no cryptography.

One serial worker writes what a person does; readers have connections of their own, and a question
that a newer one has overtaken is interrupted. Long work reports progress and can be cancelled.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QObject, Signal

from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.changes import Done
from fieldnotes.operations.notebook import now, open_notebook

if TYPE_CHECKING:
    from pathlib import Path

    from fieldnotes.operations.changes import Changes
    from fieldnotes.operations.notebook import Clock, Notebook

_TURN = 0.001  # seconds of Python in one thread before another one that waits has its turn
T = TypeVar("T")
Progress = Callable[[int, int], None]
Failed = Callable[[FieldnotesError], None]


_LONG = frozenset({"words", "columns", "facets", "saved counts"})
"""Topics of which nothing is lost where the window closes in the middle."""


class Cancelled(Exception):
    """A person changed their mind; nothing was left half done."""


class Task(QObject):
    """Long work under way. `progressed(done, total)`, then exactly one of the other three."""

    progressed = Signal(int, int)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._stop = threading.Event()

    def cancel(self) -> None:
        """Stop at the next step and roll back."""
        self._stop.set()

    def report(self, done: int, total: int) -> None:
        """Called by the work itself. Raises Cancelled."""
        if self._stop.is_set():
            raise Cancelled
        self.progressed.emit(done, total)


class Runner(QObject):
    """Runs operations on notebooks of its own threads; callbacks come back on the GUI thread."""

    changed = Signal(object, object)  # Changes, initiator
    done = Signal(object)  # Done, of everything that was written
    crashed = Signal(object)  # an exception that nobody expected
    _answer = Signal(object)

    def __init__(
        self, folder: Path, clock: Clock | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        sys.setswitchinterval(_TURN)  # Python's own 5 ms are a third of a frame
        clock = clock or now
        self._closed = False
        # what was on its way when it closed may belong to windows that are gone
        self._answer.connect(lambda deliver: None if self._closed else deliver())
        self._writer = _Worker(self, "writer", folder, clock)
        self._readers: dict[str, _Worker] = {}
        self._turns: dict[str, int] = {}
        self._folder, self._clock = folder, clock
        self.take_over = False  # somebody said that no other machine uses the library

    def do(
        self,
        operation: Callable[[Notebook], Done[T]],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        initiator: object = None,
    ) -> None:
        """Write something, after what was asked for before; `changed` tells every page."""

        def deliver(result: Done[T]) -> None:
            if result.changes:
                self.changed.emit(result.changes, initiator)
            self.done.emit(result)
            if done:
                done(result.result)

        self._writer.put(operation, deliver, failed or self._log)

    def ask(
        self,
        topic: str,
        question: Callable[[Notebook], T],
        answered: Callable[[T], None],
        failed: Failed | None = None,
    ) -> None:
        """Read something. A newer question of the same topic overtakes this one: no answer then."""
        if self._closed:
            return
        turn = self._turns[topic] = self._turns.get(topic, 0) + 1
        reader = self._readers.get(topic)
        if reader is None:
            reader = self._readers[topic] = _Worker(self, topic, self._folder, self._clock)
        reader.drop_waiting()

        def deliver(answer: T) -> None:
            if self._turns[topic] == turn:
                answered(answer)

        reader.put(question, deliver, failed or self._log)

    def start(self, operation: Callable[[Notebook, Progress], Any]) -> Task:
        """Long work on a notebook of its own. A Done result tells every page as well."""
        task = Task(self)
        worker = _Worker(self, "long work", self._folder, self._clock)

        def deliver(result: Any) -> None:
            worker.stop()
            if isinstance(result, Done):
                if result.changes:
                    self.changed.emit(result.changes, task)
                self.done.emit(result)
                result = result.result
            task.finished.emit(result)

        def failed(error: BaseException) -> None:
            worker.stop()
            if isinstance(error, Cancelled):
                task.cancelled.emit()
            else:
                task.failed.emit(error)

        worker.put(lambda notebook: operation(notebook, task.report), deliver, failed)
        return task

    @property
    def closed(self) -> bool:
        """Nobody waits for answers any more; may be asked from any thread."""
        return self._closed

    def tell(self, changes: Changes) -> None:
        """Another program wrote to the library."""
        self.changed.emit(changes, None)

    def close(self) -> None:
        """Finish what is being written, then leave. No callback comes after this."""
        self._closed = True
        for topic in _LONG.intersection(self._readers):
            self._readers[topic].drop_waiting()
        workers = [self._writer, *self._readers.values()]
        for worker in workers:
            worker.stop()
        for worker in workers:
            worker.join()

    def deliver(self, callback: Callable[[], None]) -> None:
        """From any thread: run `callback` on the GUI thread."""
        if not self._closed:
            self._answer.emit(callback)

    def _log(self, error: FieldnotesError) -> None:
        logging.getLogger(__name__).warning("%s", error)


class _Worker:
    """One thread with a notebook of its own, opened at its first job."""

    def __init__(self, runner: Runner, name: str, folder: Path, clock: Clock) -> None:
        self._runner, self._folder, self._clock = runner, folder, clock
        self._jobs: SimpleQueue[tuple[Any, Any, Any] | None] = SimpleQueue()
        self._notebook: Notebook | None = None
        self._busy = threading.Lock()
        self._thread = threading.Thread(target=self._run, name=f"fieldnotes {name}", daemon=True)
        self._thread.start()

    def put(self, job: Any, deliver: Any, failed: Any) -> None:
        """After the jobs before it."""
        self._jobs.put((job, deliver, failed))

    def drop_waiting(self) -> None:
        """Forget jobs not begun, and interrupt the query of the one that runs."""
        while not self._jobs.empty():
            self._jobs.get()
        with self._busy:
            if self._notebook is not None:
                self._notebook.library.interrupt()

    def stop(self) -> None:
        """After the jobs before it."""
        self._jobs.put(None)

    def join(self) -> None:
        """Wait until it has stopped."""
        self._thread.join(timeout=30)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            self._one(*job)
        with self._busy:
            if self._notebook is not None:
                self._notebook.close()
                self._notebook = None

    def _open(self) -> Notebook:
        over = self._runner.take_over
        return open_notebook(self._folder, clock=self._clock, take_over=over)

    def _one(self, job: Any, deliver: Any, failed: Any) -> None:
        try:
            if self._notebook is None:
                notebook = self._open()
                with self._busy:
                    self._notebook = notebook
            self._notebook.library.listen()
            result = job(self._notebook)
        except (FieldnotesError, Cancelled) as error:
            caught: Exception = error
            self._runner.deliver(lambda: failed(caught))
        except Exception as error:
            if "interrupted" not in str(error):
                bug: Exception = error
                logging.getLogger(__name__).exception("a job failed")
                self._runner.deliver(lambda: self._runner.crashed.emit(bug))
        else:
            self._runner.deliver(lambda: deliver(result))
