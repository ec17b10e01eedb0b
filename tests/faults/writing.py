"""A process that writes like a seller and says what it was told is safe; others interrupt it.

    python -m tests.faults.writing

One line of JSON on stdin starts one run in a fork (so that nothing is imported again): it says its
process id, waits for a further line, then plays the steps on the library and reports `begin N`
and `done N`. The fork ends; `over STATUS` is said in its place.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec.structs import replace

from fieldnotes.domain.drafts import OpenDraft
from fieldnotes.domain.notes import Note, NoteDraft
from fieldnotes.domain.records import Reason
from fieldnotes.errors import FieldnotesError
from fieldnotes.operations.attachments import Source, attach, held
from fieldnotes.operations.drafts import (
    Held,
    draft_to_edit,
    forget_draft,
    keep_draft,
    list_drafts,
    save_draft,
    settle,
)
from fieldnotes.operations.housekeeping import tidy
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.notes import remove_note, restore_note, show_note

FIRST, SECOND, THIRD = (f"018f0000-0000-7000-8000-00000000000{n}" for n in (1, 2, 3))
EVERYONE = (FIRST, SECOND, THIRD)
_ANY_TRACER = 0x59616D61, ctypes.c_ulong(-1)  # PR_SET_PTRACER, for systems that restrict strace


class Seller:
    """One window's worth of writing: what it holds, as the window holds it."""

    def __init__(self, notebook: Notebook) -> None:
        self.notebook = notebook
        self._held: dict[str, Held] = {}

    def type(self, note_id: str, text: str) -> None:
        draft = OpenDraft(draft=NoteDraft(id=note_id, note=Note(text=text, tags=("cold",))))
        keep_draft(self.notebook, replace(draft, text=text), self._hold(note_id))

    def save(self, note_id: str, text: str) -> None:
        draft = NoteDraft(id=note_id, note=Note(text=text, account="Halden Foods", tags=("cold",)))
        save_draft(self.notebook, draft, self._hold(note_id))

    def save_again(self, note_id: str, text: str) -> None:
        draft = draft_to_edit(self.notebook, note_id).draft
        save_draft(self.notebook, replace(draft, note=replace(draft.note, text=text)))

    def settle(self) -> None:
        settle(self.notebook)

    def tidy(self) -> None:
        tidy(self.notebook)

    def forget(self, note_id: str) -> None:
        forget_draft(self.notebook, note_id)
        self._held.pop(note_id, None)

    def attach(self, note_id: str) -> None:
        """The content first, then the version that refers to it."""
        attached = attach(self.notebook, PICTURE).attachment
        draft = draft_to_edit(self.notebook, note_id).draft
        note = replace(draft.note, text="With a list.", attachments=(attached,))
        save_draft(self.notebook, replace(draft, note=note))

    def remove(self, note_id: str) -> None:
        remove_note(self.notebook, note_id, Reason.WRONG)

    def undo(self, note_id: str) -> None:
        restore_note(self.notebook, note_id)

    def _hold(self, note_id: str) -> Held:
        if note_id not in self._held:
            self._held[note_id] = Held(note_id, self.notebook.library.drafts.state(note_id))
        return self._held[note_id]


Step = Callable[[Seller], None]
PICTURE = Source("price list.txt", lambda: b"Kolvik, twelve months: 40 % off. " * 900)
STEPS: tuple[tuple[str, Step], ...] = (
    ("autosave", lambda seller: seller.type(FIRST, "They wait")),
    ("autosave", lambda seller: seller.type(FIRST, "They wait for spring.")),
    ("save", lambda seller: seller.save(FIRST, "They wait for spring.")),
    ("settle", Seller.settle),
    ("autosave", lambda seller: seller.type(SECOND, "Kolvik gave " + "a discount " * 600)),
    ("autosave", lambda seller: seller.type(THIRD, "Call")),
    ("save", lambda seller: seller.save(SECOND, "Kolvik gave 40 %.")),
    ("settle", Seller.settle),
    ("save", lambda seller: seller.save_again(FIRST, "They wait for summer.")),
    ("settle", Seller.settle),
    ("delete", lambda seller: seller.remove(FIRST)),
    ("delete", lambda seller: seller.forget(THIRD)),
    ("undo", lambda seller: seller.undo(FIRST)),
    ("tidy", Seller.tidy),
    ("autosave", lambda seller: seller.type(THIRD, "Call Petra")),
    ("save", lambda seller: seller.save(THIRD, "Call Petra.")),
    ("settle", Seller.settle),
    ("delete", lambda seller: seller.remove(SECOND)),
    ("attach", lambda seller: seller.attach(FIRST)),
    ("settle", Seller.settle),
)


def state(notebook: Notebook) -> dict[str, str]:
    """What a person would find: each draft by its heading, each note by its text or as removed."""
    found = {f"draft {view.id}": view.heading for view in list_drafts(notebook)}
    for note_id in EVERYONE:
        with suppress(FieldnotesError):
            view = show_note(notebook, note_id)
            found[f"note {note_id}"] = "removed" if view.removed else view.note.text
            here = [each.here for each in held(notebook, view.note.attachments)]
            assert all(here), "a note refers to an attachment that was lost"
    return found


def states(folder: Path, seen: Callable[[int], object] = lambda step: None) -> list[dict[str, str]]:
    """The state before the first step and after each; `seen` is called then, all files in use."""
    notebook = open_notebook(folder)
    seller, found = Seller(notebook), []
    for number, (_, step) in enumerate((*STEPS, ("end", lambda seller: None))):
        found.append(state(notebook))
        seen(number)
        step(seller)
    notebook.close()
    return found


class Run(msgspec.Struct):
    """Steps `first` to before `last` on the library in `folder`; `close`: and close it."""

    folder: str
    first: int = 0
    last: int = len(STEPS)
    close: bool = True


def play(run: Run) -> None:
    """Do it, and say so."""
    notebook = open_notebook(Path(run.folder))
    seller = Seller(notebook)
    for number, (_, step) in enumerate(STEPS[run.first : run.last], run.first):
        tell(f"begin {number}")
        step(seller)
        tell(f"done {number}")
    if run.close:
        notebook.close()


def tell(words: str) -> None:
    """On stdout at once, whatever becomes of us."""
    os.write(1, words.encode() + b"\n")


def main() -> None:
    while line := sys.stdin.buffer.readline():
        child = os.fork()
        if child == 0:
            _be_interrupted(msgspec.json.decode(line, type=Run))
        _, status = os.waitpid(child, 0)
        tell(f"over {status}")


def _be_interrupted(run: Run) -> None:
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(*_ANY_TRACER, 0, 0, 0)
    tell(f"here {os.getpid()}")
    os.read(0, 1)
    play(run)
    os._exit(0)


if __name__ == "__main__":
    main()
