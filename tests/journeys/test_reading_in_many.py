"""Very many notes come in as few ones do, although most of them are taken together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from fieldnotes.domain.records import Reason
from fieldnotes.domain.taking import Choice, Facet
from fieldnotes.errors import BundleRefused
from fieldnotes.operations import line_readers, weighing
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.import_plans import ImportPlan
from fieldnotes.operations.judging import Decisions
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, remove_note
from fieldnotes.operations.previewing import preview_import
from fieldnotes.operations.reading_in import read_in
from fieldnotes.operations.undoing_imports import undo_import
from fieldnotes.store.checking import digest
from tests.builders import a_note, a_notebook, got, logged, sent

MANY = 60
WELCOME = Decisions(all_new=True)


def many(book: Notebook) -> list[str]:
    return [
        logged(book, text=f"Note {n}", account=f"Account {n % 3}", tags=("even", "odd")[n % 2 :])
        for n in range(MANY)
    ]


def told(plan: ImportPlan) -> list[object]:
    """What a preview counts, file by file."""
    return [
        (file.refused, +file.counts, file.left, file.choices, file.names, file.removals)
        for file in plan.files
    ]


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """As if so many came that only few are listed; how many were taken together, each time."""
    weigh, found = weighing.Weighing.weigh_stretch, list[int]()

    def weigh_stretch(*told: object) -> bool:
        did: bool = weigh(*told)  # type: ignore[arg-type]
        found.append(told[-1].count if did else 0)  # type: ignore[attr-defined]
        return did

    monkeypatch.setattr(weighing.Weighing, "weigh_stretch", weigh_stretch)
    monkeypatch.setattr(weighing, "LISTED", 0)
    monkeypatch.setattr(weighing, "NEW", 0)
    return found


@pytest.fixture
def compare(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[object]]:
    """Looks at files twice, by processes and without, reads them in, and compares everything."""

    def compared(*paths: Path, before: Path | None = None, decided: Decisions = WELCOME) -> object:
        plans, digests = [], []
        for how, large in (("together", 0), ("singly", 1 << 30)):
            monkeypatch.setattr(line_readers, "LARGE", large)
            monkeypatch.setattr(line_readers, "MOST", 2)
            monkeypatch.setattr("os.cpu_count", lambda: 2)
            notebook = a_notebook(tmp_path / str(paths[-1].stem), "Moss Ferreira", how)
            if before is not None:
                got(notebook, before)
            plan = preview_import(notebook, list(paths), decided)
            plans.append(told(plan))
            read_in(notebook, plan)
            digests.append(digest(notebook.library))
            assert not check_library(notebook).problems
            notebook.close()
        assert plans[0] == plans[1]
        assert digests[0] == digests[1]
        return plans[0]

    return compared


def test_new_notes(
    seller: Notebook, tmp_path: Path, taken: list[int], compare: Callable[..., object]
) -> None:
    many(seller)
    sent(seller, tmp_path / "a.fieldnotes")
    compare(tmp_path / "a.fieldnotes")
    assert max(taken) >= MANY - 2


def test_known_ones_in_another_file_with_what_changed(
    seller: Notebook, tmp_path: Path, taken: list[int], compare: Callable[..., object]
) -> None:
    ids = many(seller)
    before = sent(seller, tmp_path / "before.fieldnotes").path
    edit_note(seller, ids[20], a_note(text="Otherwise"))
    remove_note(seller, ids[40], Reason.WRONG)
    many(seller)
    after = sent(seller, tmp_path / "after.fieldnotes").path
    compare(after, before=before, decided=Decisions(all_new=True, removals=True))
    assert len([count for count in taken if count]) >= 3


def test_several_files_of_one_seller(
    seller: Notebook, tmp_path: Path, taken: list[int], compare: Callable[..., object]
) -> None:
    ids = many(seller)
    first = sent(seller, tmp_path / "first.fieldnotes").path
    edit_note(seller, ids[20], a_note(text="Otherwise"))
    second = sent(seller, tmp_path / "second.fieldnotes").path
    compare(first, second)
    assert 0 in taken  # somebody may know more of it from the first file


def test_what_somebody_leaves(
    seller: Notebook, tmp_path: Path, taken: list[int], compare: Callable[..., object]
) -> None:
    many(seller)
    path = sent(seller, tmp_path / "a.fieldnotes").path
    leave = frozenset({Choice(Facet.TAG, "even")})
    compare(path, decided=Decisions(all_new=True, leave=leave))
    assert set(taken) == {0}


def test_a_sender_who_is_not_let_in(
    seller: Notebook, tmp_path: Path, taken: list[int], compare: Callable[..., object]
) -> None:
    many(seller)
    path = sent(seller, tmp_path / "a.fieldnotes").path
    compare(path, decided=Decisions())


def test_what_was_held_when_it_was_looked_at_and_is_not_any_more_is_to_be_looked_at_again(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    ids = many(seller)
    batch = got(marketer, sent(seller, tmp_path / "a.fieldnotes").path).batch
    assert batch is not None
    logged(seller, text="One more")
    plan = preview_import(marketer, [sent(seller, tmp_path / "b.fieldnotes").path], WELCOME)
    assert (plan.counts["unchanged"], plan.counts["new"]) == (len(ids), 1)
    undo_import(marketer, batch)
    before = digest(marketer.library)
    with pytest.raises(BundleRefused, match="is not as it was looked at"):
        read_in(marketer, plan)
    assert digest(marketer.library) == before


def test_what_is_held_still_is_taken_although_something_else_came(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    ids = many(seller)
    got(marketer, sent(seller, tmp_path / "a.fieldnotes").path)
    logged(seller, text="One more")
    plan = preview_import(marketer, [sent(seller, tmp_path / "b.fieldnotes").path], WELCOME)
    logged(marketer, text="Meanwhile")
    done = read_in(marketer, plan).result
    arrived = marketer.library.arrivals.bundles()[0]
    assert (done.counts["new"], arrived["notes"]) == (1, len(ids) + 1)
