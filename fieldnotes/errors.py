"""The errors that people see: what happened and what to do next, one plain sentence each."""

from __future__ import annotations


class FieldnotesError(Exception):
    """Something a person can act on. The window and the command line show exactly this."""

    def __init__(self, happened: str, next_step: str = "") -> None:
        super().__init__(happened)
        self.happened = happened
        self.next_step = next_step

    def __str__(self) -> str:
        return f"{self.happened} {self.next_step}".strip()


class IncompleteDraft(FieldnotesError):
    """Nothing was written down yet."""


class NoSuchNote(FieldnotesError):
    """No note has this id, or its text was erased."""


class LibraryRefused(FieldnotesError):
    """This folder cannot be opened as a library; nothing in it was touched."""


class LibraryHeld(LibraryRefused):
    """Another machine writes to this library; two would tear it. A person may open it anyway."""


class LibraryTaken(LibraryHeld):
    """Another machine has taken it while it was open here; it has to be opened anew."""


class NotYours(FieldnotesError):
    """Only its author revises a record."""


class CannotUndo(FieldnotesError):
    """Something else changed since; nothing was undone."""


class BundleRefused(FieldnotesError):
    """These bytes are not a bundle that can be read in; nothing was written."""


class NotForYou(BundleRefused):
    """This file opens with somebody else's key."""


class PassphraseNeeded(BundleRefused):
    """This file opens with a passphrase, and the right one was not given yet."""


class NoSuchBatch(FieldnotesError):
    """Nothing was read in under this name, or it was taken back already."""


class IntakeRefused(FieldnotesError):
    """This file of somebody else's notes cannot be read."""


class SendingRefused(FieldnotesError):
    """The file to send was not made; an older one of the same name is untouched."""


class CardRefused(FieldnotesError):
    """These bytes are no key card of anybody."""


class PersonRefused(FieldnotesError):
    """This cannot be said about this person."""
