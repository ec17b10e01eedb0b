"""Save a search, rename it, move it, take it away, and list the ones there are."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec.structs import replace

from fieldnotes.domain import merge, saved_searches
from fieldnotes.domain.records import Copy, Reason
from fieldnotes.domain.saved_searches import (
    GAP,
    NoSuchSearch,
    SavedSearch,
    SavedView,
    in_order,
    places_after,
)
from fieldnotes.operations import revising
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.saving import history_of, save
from fieldnotes.store import saved_searches as held


def list_searches(notebook: Notebook) -> list[SavedView]:
    """The owner's saved searches, in their order; what waits to be applied is among them."""
    found = {view.id: view for view in held.views(notebook.library.records) if view.mine}
    for copy in notebook.library.outbox.waiting():
        if copy.revision.type == saved_searches.TYPE:
            history = history_of(notebook, copy.revision.id)
            top = merge.current(history)
            found.pop(copy.revision.id, None)
            if top.revision.removed is None:
                told = saved_searches.from_fields(merge.view(history, top))
                found[copy.revision.id] = SavedView(copy.revision.id, told, True)
    return in_order(list(found.values()))


def save_search(notebook: Notebook, name: str, query: str) -> Done[str]:
    """Save a search below the others; one that is saved already keeps its name.

    Raises IncompleteDraft.
    """
    searches = list_searches(notebook)
    search = SavedSearch(name=name, query=query).finish()
    for view in searches:
        if view.search.query == search.query:
            return Done(view.id, Changes())
    order = searches[-1].search.order + GAP if searches else 0
    record_id = notebook.new_id()
    version = _version(notebook, record_id, replace(search, order=order))
    return Done(record_id, *save(notebook, [version], "saving of a search"))


def rename_search(notebook: Notebook, record_id: str, name: str) -> Done[str]:
    """Call it something else. Raises NoSuchSearch, IncompleteDraft."""
    return _change(notebook, record_id, lambda search: replace(search, name=name))


def change_query(notebook: Notebook, record_id: str, query: str) -> Done[str]:
    """Let it look for something else. Raises NoSuchSearch, IncompleteDraft."""
    return _change(notebook, record_id, lambda search: replace(search, query=query))


def move_search(notebook: Notebook, record_id: str, place: int) -> Done[str]:
    """Put it at `place` among the others, counted from 0. Raises NoSuchSearch."""
    searches = list_searches(notebook)
    now = _one_of(searches, record_id)
    place = max(0, min(place, len(searches) - 1))
    if searches.index(now) == place:
        return Done(record_id, Changes())
    by_id: Mapping[str, SavedView] = {view.id: view for view in searches}
    moved = places_after(searches, record_id, place)
    copies = [
        _version(notebook, each, replace(by_id[each].search, order=order))
        for each, order in moved.items()
    ]
    return Done(record_id, *save(notebook, copies, "move of a saved search"))


def remove_search(notebook: Notebook, record_id: str) -> Done[str]:
    """Take it away; the notes stay. Raises NoSuchSearch."""
    _one_of(list_searches(notebook), record_id)
    history = history_of(notebook, record_id)
    copy = revising.removal(notebook, saved_searches.TYPE, record_id, history, Reason.WRONG)
    return Done(record_id, *save(notebook, [copy], "delete of a saved search"))


def _change(
    notebook: Notebook, record_id: str, change: Callable[[SavedSearch], SavedSearch]
) -> Done[str]:
    before = _one_of(list_searches(notebook), record_id).search
    after = change(before).finish()
    if after == before:
        return Done(record_id, Changes())
    copy = _version(notebook, record_id, after)
    return Done(record_id, *save(notebook, [copy], "change of a saved search"))


def _version(notebook: Notebook, record_id: str, search: SavedSearch) -> Copy:
    """The next version, on top of all heads; what this program does not know is kept."""
    history = history_of(notebook, record_id)
    top = merge.current(history) if history else None
    marking = top.revision.marking if top else saved_searches.MARKING.value
    told = revising.Version(
        saved_searches.TYPE,
        record_id,
        saved_searches.to_fields(search),
        saved_searches.is_known,
        marking,
        dict(top.revision.marks) if top else {},
    )
    return revising.version(notebook, told, history, top, top.revision.restored if top else 0)


def _one_of(searches: list[SavedView], record_id: str) -> SavedView:
    for view in searches:
        if view.id == record_id:
            return view
    raise NoSuchSearch("This saved search is not there any more.", "Save it again.")
