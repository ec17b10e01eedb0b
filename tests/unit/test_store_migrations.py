"""A library of an earlier version is brought up to date, with a copy of it beside."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest
from sqlcipher3 import dbapi2

from fieldnotes.operations.checking import check_library
from fieldnotes.operations.housekeeping import tidy
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.notes import show_note
from fieldnotes.operations.search import names_used
from fieldnotes.operations.succession import went_on_from
from fieldnotes.store.migrations import STEPS
from tests.builders import Opener, an_exchange, at, found, logged

BEFORE_MEANINGS = (
    "DROP INDEX names_entity",
    "ALTER TABLE names DROP COLUMN entity",
    "ALTER TABLE names DROP COLUMN stated",
    "DROP TABLE entries",
    "DROP TABLE entry_names",
    "DROP TABLE doubles",
    "DELETE FROM _sqlite_migrations WHERE name = 'names_mean_entities'",
    "DELETE FROM _sqlite_migrations WHERE name = 'words_are_cut_by_rules'",
)


@pytest.fixture
def before_meanings(seller: Notebook) -> Path:
    """A library as it was before names had meanings, with spellings that fold to the same."""
    logged(seller, tags=["Pricing", "pricing", "PRICING"], account="Norden")
    logged(seller, tags=["pricing", "Pricing"], account="norden", happened=at("1999-12-31"))
    logged(seller, tags=["support"])
    seller.close()
    path = seller.library.folder / "library.db"
    connection = dbapi2.connect(str(path), isolation_level=None)
    for statement in BEFORE_MEANINGS:
        connection.execute(statement)
    _cut_as_before(connection)
    step = [each.__name__ for each in STEPS["library.db"]].index("names_mean_entities")
    connection.execute(f"PRAGMA user_version={step}")
    connection.close()
    return seller.library.folder


def _cut_as_before(connection: dbapi2.Connection) -> None:
    """Filter words without the sign that sets them apart."""
    connection.execute("CREATE VIRTUAL TABLE temp.held USING fts5vocab(main, words, instance)")
    told = "SELECT doc, group_concat(substr(term, 2), ' ') FROM temp.held WHERE col = 'filters'"
    held = connection.execute(f"{told} GROUP BY doc").fetchall()
    connection.execute("DROP TABLE temp.held")
    connection.execute("INSERT INTO words (words) VALUES ('delete-all')")
    connection.executemany("INSERT INTO words (rowid, filters) VALUES (?, ?)", held)


def test_spellings_become_one_name_and_notes_with_both_count_once(
    before_meanings: Path, tmp_path: Path
) -> None:
    notebook = open_notebook(before_meanings, machine_folder=tmp_path / "machine")
    assert names_used(notebook, "tag") == [("Pricing", 2), ("support", 1)]
    assert names_used(notebook, "account") == [("Norden", 2)]
    assert check_library(notebook).problems == []
    assert len(found(notebook, "tag:pricing")) == len(found(notebook, "kind:note")) - 1
    notebook.close()
    assert list(before_meanings.glob("*.backup"))


def test_everybody_who_opens_it_at_once_finds_it_up_to_date(
    before_meanings: Path, tmp_path: Path
) -> None:
    """As the window does: it writes on one thread and reads on several."""
    together = Barrier(4)

    def open_it(_: int) -> list[tuple[str, int]]:
        together.wait()
        notebook = open_notebook(before_meanings, machine_folder=tmp_path / "machine")
        try:
            return names_used(notebook, "tag")
        finally:
            notebook.close()

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(open_it, range(4))) == [[("Pricing", 2), ("support", 1)]] * 4


def test_the_copy_beside_it_is_as_it_was_before(before_meanings: Path, tmp_path: Path) -> None:
    open_notebook(before_meanings, machine_folder=tmp_path / "machine").close()
    [backup] = before_meanings.glob("library-before-*.backup")
    connection = dbapi2.connect(str(backup))
    columns = [row[1] for row in connection.execute("PRAGMA table_info(names)")]
    connection.close()
    assert "entity" not in columns


def taken_back_before(step: str, folder: Path, *statements: str) -> None:
    """Make a library what it was before a step of its schema, which these undo."""
    connection = dbapi2.connect(str(folder / "library.db"), isolation_level=None)
    for statement in statements:
        connection.execute(statement)
    connection.execute("DELETE FROM _sqlite_migrations WHERE name = ?", (step,))
    number = [each.__name__ for each in STEPS["library.db"]].index(step)
    connection.execute(f"PRAGMA user_version={number}")
    connection.close()


def test_notes_of_a_library_that_knew_nothing_of_it_are_looked_at_when_nobody_types(
    seller: Notebook, tmp_path: Path
) -> None:
    logged(seller, tags=["pricing"])
    logged(seller, marks={"text": "red"})
    sql = "SELECT plain FROM facts ORDER BY note_no"
    before = seller.library.connection.execute(sql).fetchall()
    seller.close()
    taken_back_before(
        "notes_may_go_plainly",
        seller.library.folder,
        "DROP INDEX facts_not_looked_at",
        "ALTER TABLE facts DROP COLUMN plain",
    )
    notebook = open_notebook(seller.library.folder, machine_folder=tmp_path / "machine")
    assert notebook.library.connection.execute(sql).fetchall() == [(None,), (None,)]
    assert check_library(notebook).problems == []
    while not tidy(notebook).result:
        pass
    assert notebook.library.connection.execute(sql).fetchall() == before
    notebook.close()


def test_a_library_that_knew_no_persons_joins_what_their_keys_wrote(
    notebooks: Opener, tmp_path: Path
) -> None:
    old, new = notebooks("Otto Berg"), notebooks("Otto Berg", "new-laptop")
    note = logged(old)
    an_exchange(old, new)
    old.close()
    new.close()
    taken_back_before(
        "persons_write_records",
        new.library.folder,
        "DROP INDEX people_person",
        "ALTER TABLE people DROP COLUMN person",
    )
    notebook = open_notebook(new.library.folder, machine_folder=tmp_path / "machine")
    went_on_from(notebook, old.owner.author)
    assert show_note(notebook, note).mine
    assert check_library(notebook).problems == []
    notebook.close()
