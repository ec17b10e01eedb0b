"""`names`, `rename`, `merge`, `also`, `separate`: what names mean, on the command line."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING, Any

from fieldnotes.cli import printing

if TYPE_CHECKING:
    from fieldnotes.operations.names import NameLine, NamePage
    from fieldnotes.operations.notebook import Notebook


def run(notebook: Notebook, told: Namespace) -> int:
    """Carry one of the five out. Raises NameRefused."""
    if told.command == "names":
        return _tell(notebook, told) if told.of else _list(notebook, told)
    from fieldnotes.operations import vocabulary

    verb = {
        "rename": vocabulary.rename_name,
        "merge": vocabulary.merge_names,
        "also": vocabulary.also_called,
        "separate": vocabulary.not_called,
    }[told.command]
    step = verb(notebook, told.family, told.of, told.other).result
    return _tell(notebook, Namespace(family=told.family, of=step.name, json=told.json))


def _list(notebook: Notebook, told: Namespace) -> int:
    from fieldnotes.operations.names import list_names

    for line in list_names(notebook, told.family):
        also = f"  also called {', '.join(line.also)}" if line.also else ""
        printing.emit(told.json, _line(line), [f"{line.notes:>7}  {line.name}{also}"])
    return 0


def _tell(notebook: Notebook, told: Namespace) -> int:
    from fieldnotes.operations.names import name_page

    page = name_page(notebook, told.family, told.of)
    printing.emit(told.json, _page(page), _page_lines(page))
    return 0


def _line(line: NameLine) -> dict[str, Any]:
    return {"name": line.name, "notes": line.notes, "also": list(line.also)}


def _page(page: NamePage) -> dict[str, Any]:
    return {
        "family": page.family,
        "name": page.name,
        "notes": page.notes,
        "also": [each.name for each in page.also],
        "spelt": {each.name: each.notes for each in page.spelt},
        "by_kind": dict(page.kinds),
        "by_month": {month.first.strftime("%Y-%m"): month.notes for month in page.months},
    }


def _page_lines(page: NamePage) -> list[str]:
    notes = "1 note" if page.notes == 1 else f"{page.notes} notes"
    lines = [f"{page.name}: {notes}"]
    if page.also:
        lines.append(f"Also called {', '.join(each.name for each in page.also)}")
    lines += [f"{count:>7}  {kind}" for kind, count in page.kinds]
    return lines
