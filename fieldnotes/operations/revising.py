"""New versions of the owner's records, whatever their type: on top of all heads, signed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec.structs import replace

from fieldnotes.domain import merge
from fieldnotes.domain.markings import loosest, marking
from fieldnotes.domain.merge import History
from fieldnotes.domain.people import Identity
from fieldnotes.domain.records import (
    Copy,
    Reason,
    Removal,
    Revision,
    digests_under,
)
from fieldnotes.domain.written import HIGHEST
from fieldnotes.operations.notebook import Notebook
from fieldnotes.trust.identity import signed


class Version(msgspec.Struct, frozen=True):
    """What a new version says. `fields`: leaf name → value; `known`: which names we write.

    `unsaid`: what `fields` hold where nobody said anything; that takes the place of nothing hidden.
    """

    type: str
    id: str
    fields: Mapping[str, Any]
    known: Callable[[str], bool]
    marking: str
    marks: Mapping[str, str] = {}
    unsaid: Mapping[str, Any] = {}


def version(
    notebook: Notebook,
    told: Version,
    history: History,
    base: Copy | None,
    restored: int,
    writer: Identity | None = None,
) -> Copy:
    """A fresh revision on top of all heads; it keeps what `base` hides and what we do not know.

    `writer`: which of the owner's keys signs it, where that does not follow from `history`.
    """
    writer = writer or _writer(notebook, history)
    values = _with_unknown(told, history, base)
    carried = _carried(values, history, base)
    key = notebook.random(16).hex()
    revision = replace(
        _on_top(notebook, writer, told.type, told.id, history, restored),
        marking=told.marking,
        marks={name: m for name, m in told.marks.items() if name in values or name in carried},
        digests={**carried, **digests_under(key, values)},
    )
    return signed(writer, revision, values, key)


def removal(
    notebook: Notebook, type_: str, record_id: str, history: History, reason: Reason
) -> Copy:
    """A revision that removes what `history` holds (at least one version).

    It says nothing but that, and goes wherever a version went, however the last one is marked.
    """
    top, writer = merge.current(history).revision, _writer(notebook, history)
    revision = _on_top(notebook, writer, type_, record_id, history, top.restored)
    removed = Removal(reason.value, notebook.clock())
    went = notebook.library.sendings.versions_sent(record_id) & history.keys()
    marks = [top.marking, *(history[name].revision.marking for name in went)]
    revision = replace(revision, marking=loosest(map(marking, marks)).value, removed=removed)
    return signed(writer, revision, {}, notebook.random(16).hex())


def _writer(notebook: Notebook, history: History) -> Identity:
    """The key that wrote the record goes on writing it, as long as the owner has it."""
    owner = notebook.library.owner
    author = merge.current(history).revision.author if history else owner.author
    return owner if author == owner.author else notebook.library.identities().get(author, owner)


def _on_top(
    notebook: Notebook,
    writer: Identity,
    type_: str,
    record_id: str,
    history: History,
    restored: int,
) -> Revision:
    """The envelope of a revision that descends from all heads of `history`, still empty.

    Where a faulty device of the owner's has counted to the end, the time decides from then on.
    """
    now = notebook.clock()
    heads = merge.heads(history) if history else []
    lineage = dict.fromkeys(copy.name for copy in heads)
    for copy in heads:
        lineage |= dict.fromkeys(copy.revision.lineage)
    return Revision(
        type=type_,
        id=record_id,
        author=writer.author,
        device=notebook.device,
        rev=min(HIGHEST, 1 + max((copy.revision.rev for copy in heads), default=0)),
        lineage=tuple(lineage),
        restored=min(HIGHEST, restored),
        created=heads[0].revision.created if heads else now,
        modified=now,
        removed=None,
        marking="",
        marks={},
        digests={},
    )


def _with_unknown(told: Version, history: History, base: Copy | None) -> dict[str, Any]:
    if base is None:
        return dict(told.fields)
    held = merge.view(history, base)
    hidden = base.revision.digests.keys() - held.keys()
    unknown = {name: value for name, value in held.items() if not told.known(name)}
    unsaid = told.unsaid.items()
    return unknown | {
        n: v for n, v in told.fields.items() if n not in hidden or (n, v) not in unsaid
    }


def _carried(values: Mapping[str, Any], history: History, base: Copy | None) -> dict[str, str]:
    if base is None:
        return {}
    shown = merge.view(history, base)
    digests = base.revision.digests
    return {name: digests[name] for name in digests.keys() - shown.keys() - values.keys()}
