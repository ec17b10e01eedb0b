"""What `export` selects: as a preset says, as the options say, or as both say together."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from fieldnotes.domain.markings import Audience
from fieldnotes.domain.shapes import Shape

if TYPE_CHECKING:
    from fieldnotes.domain.selections import Selection
    from fieldnotes.operations.notebook import Notebook


def selected(notebook: Notebook, told: Namespace) -> Selection:
    """What a preset says where one is named, narrowed or changed by what is said beside it."""
    from fieldnotes.domain.selections import Selection

    kept, query = Selection(), told.find
    if told.preset is not None:
        from fieldnotes.operations.presets import find_preset

        today = notebook.clock().local().date()
        kept = find_preset(notebook, told.preset).wanted.selection(today)
        query = " ".join(filter(None, (_closed(told.find), kept.query)))
    return Selection(
        query,
        (*kept.tags, *told.tag),
        Audience(told.audience) if told.audience else kept.audience,
        told.recipient or kept.recipient,
        told.since_last or kept.since_last,
        told.promises or kept.promises,
        Shape(told.shape) if told.shape else kept.shape,
    )


def _closed(query: str) -> str:
    """A quotation mark left open would swallow what follows."""
    return query + '"' if query.count('"') % 2 else query
