"""Names and tags: rename, merge, say what else something is called. Never touches a note.

Everybody writes entries of their own (domain/vocabulary.py); what the owner says now holds.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from fieldnotes.domain import merge, vocabulary
from fieldnotes.domain.markings import DEFAULT
from fieldnotes.domain.records import Copy, Reason
from fieldnotes.domain.vocabulary import LAST_TURN, Entry, Stated, leads_of, resolve
from fieldnotes.domain.words import fold
from fieldnotes.errors import CannotUndo, FieldnotesError
from fieldnotes.operations import revising
from fieldnotes.operations.changes import Changes, Done, Undo
from fieldnotes.operations.notebook import Notebook

_LONGEST = 200
_ONE = {"account": "an account"}
_SEVERAL = {family: f"{family}s" for family in vocabulary.FAMILIES}


class NameRefused(FieldnotesError):
    """This cannot be said about these names."""


class Said(msgspec.Struct, frozen=True):
    """What was written into one record of the owner's; None where there was or is nothing."""

    id: str
    before: Entry | None
    after: Entry | None


class Step(msgspec.Struct, frozen=True):
    """What was done to names, so that it can be taken back. `name`: what it is called now.

    `words` end the sentence "Undo …".
    """

    words: str
    family: str
    name: str
    said: tuple[Said, ...]


def rename_name(notebook: Notebook, family: str, name: str, to: str) -> Done[Step]:
    """Call an account, competitor, … something else from now on, whatever notes say.

    Raises NameRefused where nothing is called `name`, or something else is called `to` already.
    """
    called, to = _known(notebook, family, name), _good(to)
    if _entity(notebook, family, to) not in (None, _entity(notebook, family, called)):
        taken = notebook.library.names.called(family, to)
        raise NameRefused(f"There is {_one(family)} {taken} already.", "Merge the two instead.")

    def renamed(entry: Entry) -> Entry:
        return _with(replace(entry, name=to), (*entry.aliases, entry.name))

    said = _say(notebook, family, called, renamed)
    return _done(Step(f"rename of {_one(family)}", family, to, said))


def merge_names(notebook: Notebook, family: str, name: str, into: str) -> Done[Step]:
    """From now on `name` and all it is called mean `into`. Raises NameRefused."""
    called, target = _known(notebook, family, name), _known(notebook, family, into)
    if _entity(notebook, family, called) == _entity(notebook, family, target):
        raise NameRefused(f"{called} and {into} are the same already.", "Nothing is left to merge.")
    said = _say(notebook, family, target, lambda entry: _with(entry, (*entry.aliases, called)))
    return _done(Step(f"merge of two {_SEVERAL[family]}", family, target, said))


def also_called(notebook: Notebook, family: str, name: str, alias: str) -> Done[Step]:
    """From now on `alias`, written anywhere yet or not, means `name`. Raises NameRefused."""
    if _is_known(notebook, family, alias):
        return merge_names(notebook, family, alias, name)
    called, alias = _known(notebook, family, name), _good(alias)
    said = _say(notebook, family, called, lambda entry: _with(entry, (*entry.aliases, alias)))
    return _done(Step("“also called”", family, called, said))


def not_called(notebook: Notebook, family: str, name: str, alias: str) -> Done[Step]:
    """`alias` does not mean `name` any more, and stands for itself again. Raises NameRefused."""
    called, key = _known(notebook, family, name), fold(alias)
    said: list[Said] = []
    with notebook.library.transaction():
        while (lead := _lead(notebook, family, called, key)) is not None:
            said += _say(notebook, family, lead, lambda entry: _apart(entry, alias))
    if not said:
        raise NameRefused(f"{called} is not called {alias}.", "Choose one of its other names.")
    return _done(Step("taking a name away", family, called, tuple(said)))


def not_the_same(notebook: Notebook, family: str, name: str, other: str) -> Done[Step]:
    """Remember that two names that look alike are not the same. Raises NameRefused."""
    called, second = _known(notebook, family, name), _known(notebook, family, other)
    if _entity(notebook, family, called) == _entity(notebook, family, second):
        raise NameRefused(f"{called} and {second} are the same.", "Take one of the names away.")
    said = _say(notebook, family, called, lambda entry: _apart(entry, second))
    return _done(Step("“not the same”", family, called, said))


def take_back(notebook: Notebook, step: Step) -> Done[Step]:
    """Undo a step; undoing what this returns does it again.

    Raises CannotUndo where something else was said in the same records since.
    """
    library = notebook.library
    now = {each.id: each.entry for _, each in library.records.vocabulary.everything()}
    if any(now.get(said.id) != said.after for said in step.said):
        raise CannotUndo("These names were changed again since.", "Change them by hand.")
    with library.transaction():
        back = [_write(notebook, said.id, said.before, said.after) for said in step.said[::-1]]
    name = library.names.called(step.family, step.name)
    return _done(Step(step.words, step.family, name, tuple(back)))


# --- saying it --------------------------------------------------------------------------------


def _say(
    notebook: Notebook, family: str, called: str, change: Callable[[Entry], Entry]
) -> tuple[Said, ...]:
    """Change what the owner says about what is `called` so; louder than anything said before."""
    words = notebook.library.records.vocabulary
    about = [each for _, each in words.about(family, called)]
    own = [
        each
        for each in about
        if each.author == notebook.owner.author and fold(each.entry.name) == fold(called)
    ]
    before = min(own, key=lambda each: each.weight) if own else None
    base = _as_it_stands(before, about) if before else Entry(family, called)
    turn = min(words.last_turn() + 1, LAST_TURN)
    after = replace(change(replace(base, name=called)), turn=turn)
    record_id = before.id if before else notebook.new_id()
    return (_write(notebook, record_id, after, before.entry if before else None),)


def _as_it_stands(mine: Stated, about: list[Stated]) -> Entry:
    """Without aliases that somebody has taken away since: saying more must not bring them back."""
    meanings = resolve(about)
    root = meanings[fold(mine.entry.name)].root
    held = (name for name in mine.entry.aliases if meanings[fold(name)].root == root)
    return replace(mine.entry, aliases=tuple(held))


def _write(notebook: Notebook, record_id: str, after: Entry | None, before: Entry | None) -> Said:
    """The next version of a record of the owner's, or its removal."""
    records = notebook.library.records
    history = records.history(record_id, notebook.owner.author)
    if after is None:
        copy = revising.removal(notebook, vocabulary.TYPE, record_id, history, Reason.WRONG)
    else:
        fields, known = vocabulary.to_fields(after), vocabulary.is_known
        told = revising.Version(vocabulary.TYPE, record_id, fields, known, DEFAULT.value)
        top = merge.current(history) if history else None
        copy = revising.version(notebook, told, history, top, _restored(top))
    with notebook.library.transaction():
        records.put(record_id, [copy])
    return Said(record_id, before, after)


def _restored(top: Copy | None) -> int:
    """Once more, where what was taken back is said again."""
    return top.revision.restored + (top.revision.removed is not None) if top else 0


def _done(step: Step) -> Done[Step]:
    return Done(step, Changes(None), Undo(step.words, lambda notebook: take_back(notebook, step)))


def _one(family: str) -> str:
    return _ONE.get(family, f"a {family}")


def _with(entry: Entry, aliases: tuple[str, ...]) -> Entry:
    """With these other names, each once and none of them apart."""
    kept = {fold(name): name for name in reversed(aliases) if fold(name) != fold(entry.name)}
    apart = (each for each in entry.apart if fold(each) not in {*kept, fold(entry.name)})
    return replace(entry, aliases=tuple(reversed(kept.values())), apart=tuple(apart))


def _apart(entry: Entry, other: str) -> Entry:
    held = (name for name in entry.aliases if fold(name) != fold(other))
    apart = {fold(name): name for name in (*entry.apart, other)}
    return replace(entry, aliases=tuple(held), apart=tuple(apart.values()))


# --- what is known ----------------------------------------------------------------------------


def _known(notebook: Notebook, family: str, name: str) -> str:
    """What `name` is called. Raises NameRefused where nothing is."""
    if family not in vocabulary.FAMILIES:
        raise NameRefused(f"There are no names for {family}.", "Names: account, competitor, …")
    if not _is_known(notebook, family, name):
        raise NameRefused(f"No {family} is called {name}.", "Look for it in the list.")
    return notebook.library.names.called(family, name)


def _is_known(notebook: Notebook, family: str, name: str) -> bool:
    return _entity(notebook, family, name) is not None


def _entity(notebook: Notebook, family: str, name: str) -> int | None:
    return notebook.library.names.entity(family, name)


def _good(name: str) -> str:
    name = " ".join(name.split())
    if not name or not name.isprintable() or len(name) > _LONGEST:
        raise NameRefused("This is not a name.", f"Write 1 to {_LONGEST} letters.")
    return name


def _lead(notebook: Notebook, family: str, called: str, key: str) -> str | None:
    """The name that `key` leads to first, on its way to what is `called` so; None: it does not."""
    stated = [each for _, each in notebook.library.records.vocabulary.about(family, called)]
    meanings = resolve(stated)
    root = fold(called)
    if key == root or key not in meanings or meanings[key].root != root:
        return None
    return leads_of(stated)[key].entry.name
