"""The main job on the notes that ship: two sellers, two files, one marketer."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from fieldnotes.domain.query_text import parse_query
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.judging import Decisions
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.previewing import preview_import
from fieldnotes.operations.reading_in import read_in
from fieldnotes.operations.samples import SampleFile, send_samples
from fieldnotes.operations.search import count_notes, counts_by_kind, names_used

SELLERS = 2
SEARCHES = ("migration", '"too expensive"', "kind:win", "tag:pricing")


class Demo(msgspec.Struct, frozen=True):
    """`marketing`, `selling`: library folders; `lines`: the report; `ok`: everything checked."""

    marketing: Path
    selling: Path
    lines: list[str]
    ok: bool


def play_demo(folder: Path, say: Callable[[str], None]) -> Demo:
    """Play the whole way in `folder`, saying each step as it is done."""
    lines: list[str] = []

    def tell(line: str) -> None:
        lines.append(line)
        say(line)

    sent = [send_samples(folder, place) for place in range(SELLERS)]
    files = [file.path for file in sent]
    for file in sent:
        tell(_told(file))
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
        marketer.pass_on()
        return Demo(folder / "marketing", sent[-1].library, lines, checked.ok)
    finally:
        marketer.close()


def _told(file: SampleFile) -> str:
    sent = file.sent
    return (
        f"{file.seller.name} logged {file.written} notes and sent {sent.manifest['records']}"
        f" ({sent.hidden} with something hidden, {sent.not_sent} not sent)"
        f" as {file.path.name}, {file.path.stat().st_size / 1024:.0f} KB."
    )


def _report(marketer: Notebook, tell: Callable[[str], None]) -> None:
    kinds = counts_by_kind(marketer)
    tell("By kind: " + ", ".join(f"{count} {kind}" for kind, count in kinds.items()) + ".")
    for family in ("competitor", "account", "tag"):
        first = names_used(marketer, family)[:5]
        told = ", ".join(f"{name} {count}" for name, count in first)
        tell(f"Most named, {family}: {told}.")
    for query in SEARCHES:
        tell(f"Search {query}: {count_notes(marketer, parse_query(query))} notes.")
