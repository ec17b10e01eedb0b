"""What was written to the tables that notes live in: rows by triggers, the index by its bytes."""

from __future__ import annotations

import hashlib

from fieldnotes.operations.notebook import Notebook

ROWS = ("facts", "history", "rollups", "names")
INDEX = ("words_data", "words_idx", "words_docsize", "words_config")


class Writes:
    """Counts rows inserted, changed and deleted on the notebook's own connection."""

    def __init__(self, notebook: Notebook) -> None:
        self._run = notebook.library.connection.execute
        self._run("CREATE TEMP TABLE counted (one INTEGER)")
        for table in ROWS:
            for verb in ("INSERT", "UPDATE", "DELETE"):
                self._run(
                    f"CREATE TEMP TRIGGER counts_{table}_{verb} AFTER {verb} ON main.{table}"
                    " BEGIN INSERT INTO counted VALUES (1); END"
                )

    @property
    def rows(self) -> int:
        """How many so far."""
        return int(self._run("SELECT count(*) FROM counted").fetchone()[0])

    @property
    def index(self) -> str:
        """The bytes of the index, in short. FTS5 takes no triggers on its own tables."""
        total = hashlib.sha256()
        for table in INDEX:
            for row in self._run(f"SELECT * FROM {table} ORDER BY 1, 2"):
                total.update(repr(tuple(row)).encode())
        return total.hexdigest()

    @property
    def sizes(self) -> dict[str, int]:
        """How many rows each table has."""
        tables = (*ROWS, *INDEX, "arrivals", "people")
        return {t: int(self._run(f"SELECT count(*) FROM {t}").fetchone()[0]) for t in tables}

    def all(self) -> tuple[int, str, dict[str, int]]:
        """To be compared with later."""
        return self.rows, self.index, self.sizes
