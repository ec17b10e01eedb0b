"""What a batch brought, counted from columns: no note is read but the wins that are shown."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec

from fieldnotes.domain import consent
from fieldnotes.domain.notes import WORKED, Kind
from fieldnotes.domain.query_text import quoted
from fieldnotes.domain.views import NoteView
from fieldnotes.domain.words import fold
from fieldnotes.operations.arrivals import SHOWN, BatchRead, CameIn, ConcernCame, Counted, WinCame
from fieldnotes.operations.notebook import Notebook
from fieldnotes.store.came_in import NOTHING, Rows, both, came_with, either, without


class Spelt(msgspec.Struct, frozen=True):
    """Names that fold to the same, as most notes spell it, and the notes that carry one."""

    name: str
    rows: Rows


def count(notebook: Notebook, here: BatchRead, batches: tuple[BatchRead, ...]) -> CameIn:
    """Everything about a batch, as its notes are now."""
    within = f"bundle:{here.batch}"
    records, names = notebook.library.records, notebook.library.names
    came = came_with(records, here.batch)
    wins = came.places[came.by_kind.get(Kind.WIN.value, NOTHING)].tolist()
    competitors = _together(
        came.by_name(records, "competitor"), lambda name: names.called("competitor", name)
    )
    objections = came.by_kind.get(Kind.OBJECTION.value, NOTHING)
    concerns = {
        name: both(rows, objections) for name, rows in came.by_name(records, "concern").items()
    }
    worked = came.by_name(records, "worked")
    return CameIn(
        here=here,
        batches=batches,
        query=within,
        notes=len(came.places),
        kinds=_by(within, "kind", _together(came.by_kind)),
        competitors=_by(within, "competitor", competitors),
        concerns=_concerns(within, objections, _together(concerns), worked),
        wins=tuple(_win(notebook, view) for view in records.views(wins[: -SHOWN - 1 : -1])),
        more_wins=max(0, len(wins) - SHOWN),
        senders=_by(within, "author", _together(came.by_author)),
    )


def _together(by_name: Mapping[str, Rows], called: Callable[[str], str] = str) -> list[Spelt]:
    """The most first. What folds to nothing, such as a blank, is no name: no search finds it."""
    found: dict[str, Spelt] = {}
    for name in sorted(by_name, key=lambda each: (-len(by_name[each]), each)):
        spelt, rows = called(name), by_name[name]
        if (key := fold(spelt)) and len(rows):
            held = found.get(key, Spelt(spelt, NOTHING))
            found[key] = Spelt(held.name, either(held.rows, rows))
    return [found[key] for key in sorted(found, key=lambda key: (-len(found[key].rows), key))]


def _by(within: str, family: str, names: list[Spelt]) -> tuple[Counted, ...]:
    return tuple(
        Counted(each.name, len(each.rows), f"{within} {family}:{quoted(each.name)}")
        for each in names
    )


def _concerns(
    within: str, objections: Rows, concerns: list[Spelt], worked: Mapping[str, Rows]
) -> tuple[ConcernCame, ...]:
    """Objections by concern; those without one last, found by leaving out all others."""
    query, others, found = f"{within} kind:objection", "", []

    def concern(name: str, query: str, rows: Rows) -> ConcernCame:
        answers = (len(both(rows, worked.get(answer, NOTHING))) for answer in WORKED)
        return ConcernCame(name, len(rows), query, *answers)

    rest = objections
    for each in concerns:
        found.append(concern(each.name, f"{query} concern:{quoted(each.name)}", each.rows))
        others += f" -concern:{quoted(each.name)}"
        rest = without(rest, each.rows)
    if len(rest):
        found.append(concern("", query + others, rest))
    return tuple(found)


def _win(notebook: Notebook, view: NoteView) -> WinCame:
    today = notebook.clock().local().date()
    note = view.note
    return WinCame(
        id=view.id,
        heading=note.heading,
        account=note.account,
        why_us=note.why_us,
        use=consent.in_words(note.consent, today),
        usable=consent.may_tell(note.consent, today),
    )
