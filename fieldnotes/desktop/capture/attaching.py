"""From a paste, a drop or a dialog to a file beside the note: kept first, shown afterwards.

Reading, cleaning and storing happen beside the window, one file after the other, so that what is
typed meanwhile is kept in between. A file whose window was closed meanwhile goes into its draft.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QMimeData, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from fieldnotes.desktop.capture.beside_row import ATTACH_KEYS
from fieldnotes.desktop.capture.pasted_files import is_for_attaching, local_files, picture_in
from fieldnotes.desktop.drawing import as_png
from fieldnotes.desktop.file_desk import FileDesk
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.attachments import (
    Attached,
    Source,
    add_to_draft,
    attach,
    from_path,
    keep_again,
)
from fieldnotes.operations.changes import Changes, Done

if TYPE_CHECKING:
    from fieldnotes.desktop.capture.capture_frame import CaptureFrame
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.domain.drafts import OpenDraft
    from fieldnotes.domain.notes import Attachment
    from fieldnotes.operations.notebook import Notebook


class _Job(msgspec.Struct):
    """One file on its way. `draft`: as it was when the file came; `kept`: filled by the worker."""

    draft: OpenDraft
    source: Source
    kept: list[Attached] = []

    def run(self, notebook: Notebook) -> Done[Attached]:
        self.kept.append(attach(notebook, self.source))
        return Done(self.kept[0], Changes())


class Attaching(QObject):
    """Serves one window; `current` tells the draft that it shows."""

    def __init__(
        self, runner: Runner, current: Callable[[], OpenDraft], window: CaptureFrame
    ) -> None:
        super().__init__(window)
        self._runner, self._current, self._window = runner, current, window
        self._files = window.form.files
        self._job: _Job | None = None
        self._waiting: list[_Job] = []
        self._refused: list[FieldnotesError] = []
        self._afterwards: Callable[[], None] | None = None
        self.desk = FileDesk(runner, "capture files", self)
        self.desk.failed.connect(self._refuse)
        self._files.serve_at(self.desk)
        self._files.undone.connect(self._on_undone)
        runner.crashed.connect(self._on_crashed)
        window.form.text.take_files = window.take_files = self.take
        window.form.beside.files_wanted.connect(self.choose)
        window.on_keys(ATTACH_KEYS, self.choose)

    @property
    def busy(self) -> bool:
        """Whether a file is on its way."""
        return self._job is not None

    def then(self, act: Callable[[], None]) -> None:
        """Do something once every file has arrived."""
        self._afterwards = act

    def take(self, source: QMimeData) -> bool:
        """Attach what is pasted or dropped, if it is files or a picture."""
        if not is_for_attaching(source):
            return False
        paths, picture = local_files(source), picture_in(source)
        if paths:
            self.attach(from_path(Path(path)) for path in paths)
        elif picture is not None:
            self.attach([_pasted(picture, self.tr("Picture"))])
        return True

    def choose(self) -> None:
        """Ask for files, and attach them."""
        names, _ = QFileDialog.getOpenFileNames(self._window, self.tr("Attach files"))
        self.attach(from_path(Path(name)) for name in names)

    def attach(self, sources: Iterable[Source]) -> None:
        """Attach these to the note that is shown."""
        draft = self._current()
        self._waiting += [_Job(draft, source) for source in sources]
        if not self.busy:
            self._next()

    def leave(self) -> None:
        """The window goes on to something else: what is on its way goes into its draft."""
        jobs = [self._job, *self._waiting] if self._job else []
        self._job, self._waiting, self._afterwards = None, [], None
        for number, job in enumerate(jobs):
            if number:
                self._runner.do(job.run)
            self._add_later(job)

    def _next(self) -> None:
        if not self._waiting:
            self._job = None
            self._finish()
            return
        job = self._job = self._waiting.pop(0)
        words = self.tr("Attaching %s…") % job.source.name
        left = len(self._waiting)
        words = self.tr("%s %d more") % (words, left) if left else words
        self._window.footer.state.say(words, good=False)
        self._runner.do(
            job.run,
            lambda attached: self._on_attached(job, attached),
            lambda error: self._on_refused(job, error),
        )

    def _finish(self) -> None:
        refused, self._refused = self._refused, []
        afterwards, self._afterwards = self._afterwards, None
        if refused:
            self._refuse(_together(refused))
        elif afterwards:
            afterwards()

    def _on_attached(self, job: _Job, attached: Attached) -> None:
        if job is self._job:  # else the window was left, and its draft has it
            self._files.add([attached])
            self._next()

    def _on_refused(self, job: _Job, error: FieldnotesError) -> None:
        if job is self._job:
            self._refused.append(error)
            self._next()

    def _on_crashed(self, error: Exception) -> None:
        if self._job:
            happened = self.tr("%s could not be attached.") % self._job.source.name
            self._on_refused(self._job, FieldnotesError(happened, self.tr("Your text is safe.")))

    def _on_undone(self, file: Attachment) -> None:
        self._runner.do(
            lambda notebook: keep_again(notebook, file), self._files.put_back, self._refuse
        )

    def _refuse(self, error: FieldnotesError) -> None:
        """The note itself is as safe as before."""
        self._window.footer.state.say("")
        self._window.notice.show_message("warn", error.next_step, lead=error.happened)

    def _add_later(self, job: _Job) -> None:
        def add(notebook: Notebook) -> Done[str]:
            if not job.kept:  # it was refused
                return Done("", Changes())
            return add_to_draft(notebook, job.draft, job.kept)

        self._runner.do(add)


def _pasted(picture: QImage, name: str) -> Source:
    return Source(f"{name}.png", lambda: as_png(picture))


def _together(refused: list[FieldnotesError]) -> FieldnotesError:
    first = refused[0]
    if len(refused) == 1:
        return first
    return FieldnotesError(f"{len(refused)} files were not attached: {first.happened}")
