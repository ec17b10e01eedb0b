"""Write down for other programs what a bundle holds."""

from __future__ import annotations

import json
from pathlib import Path

from fieldnotes.bundle.schemas import schemas
from fieldnotes.errors import SendingRefused


def write_schemas(folder: Path) -> list[Path]:
    """One JSON Schema for the manifest and for each type of record. Raises SendingRefused."""
    made = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, schema in schemas().items():
            path = folder / name
            path.write_text(json.dumps(schema, indent=2, ensure_ascii=False) + "\n", "utf-8")
            made.append(path)
    except OSError as error:
        raise SendingRefused(
            f"{folder} could not be written to.", "Choose another folder."
        ) from error
    return made
