"""The main job on the notes that ship: two sellers, two files, one marketer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fieldnotes.domain.query import parse_query
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.reading_in import Decisions, preview_import, read_in
from fieldnotes.operations.samples import sellers, write_samples
from fieldnotes.operations.search import count_notes, counts_by_kind, names_used
from fieldnotes.operations.sending import Selection, plan_sending, send

SELLERS = 2
SEARCHES = ("migration", '"too expensive"', "kind:win", "tag:pricing")


@dataclass(frozen=True, slots=True)
class Demo:
    """`library`: the marketer's folder; `lines`: the report; `ok`: everything checked."""

    library: Path
    lines: list[str]
    ok: bool


def play_demo(folder: Path, say: Callable[[str], None]) -> Demo:
    """Play the whole way in `folder`, saying each step as it is done."""
    lines: list[str] = []

    def tell(line: str) -> None:
        lines.append(line)
        say(line)

    files = [_seller(folder, place, tell) for place in range(SELLERS)]
    marketer = open_notebook(folder / "marketing", "Marketing", machine_folder=folder / "machine-m")
    try:
        plan = preview_import(marketer, files, Decisions(all_new=True))
        counts = read_in(marketer, plan).result.counts
        told = ", ".join(f"{count} {word}" for word, count in counts.items() if count)
        tell(f"Marketing read in {len(files)} files: {told}.")
        again = preview_import(marketer, files, Decisions(all_new=True)).counts
        tell(f"The same files again: {again['unchanged']} unchanged, {again['new']} new.")
        _report(marketer, tell)
        checked = check_library(marketer)
        tell(f"Checked {checked.records} records: {'all is well' if checked.ok else 'look below'}.")
        for problem in checked.problems:
            tell(problem)
        return Demo(folder / "marketing", lines, checked.ok)
    finally:
        marketer.close()


def _seller(folder: Path, place: int, tell: Callable[[str], None]) -> Path:
    seller = sellers()[place]
    notebook = open_notebook(
        folder / seller.key, seller.name, machine_folder=folder / f"machine-{place}"
    )
    try:
        written = write_samples(notebook, seller, notebook.clock().local())
        file = folder / f"{seller.key}.fieldnotes"
        plan = plan_sending(notebook, Selection(recipient="Marketing"))
        sent = send(notebook, plan, file, title=f"Notes from {seller.region}").result
        tell(
            f"{seller.name} logged {written} notes and sent {sent.manifest['records']}"
            f" ({sent.hidden} with something hidden, {sent.not_sent} not sent)"
            f" as {file.name}, {file.stat().st_size / 1024:.0f} KB."
        )
        return file
    finally:
        notebook.close()


def _report(marketer: Notebook, tell: Callable[[str], None]) -> None:
    kinds = counts_by_kind(marketer)
    tell("By kind: " + ", ".join(f"{count} {kind}" for kind, count in kinds.items()) + ".")
    for family in ("competitor", "account", "tag"):
        first = names_used(marketer, family)[:5]
        told = ", ".join(f"{name} {count}" for name, count in first)
        tell(f"Most named, {family}: {told}.")
    for query in SEARCHES:
        tell(f"Search {query}: {count_notes(marketer, parse_query(query))} notes.")
