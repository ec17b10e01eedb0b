"""The JSON Schemas in the help follow from the types, and what is written follows the schemas."""

from __future__ import annotations

import pkgutil
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from fieldnotes import domain
from fieldnotes.bundle.schemas import schemas
from fieldnotes.domain import likeness, promises, saved_searches, succession, team, vocabulary
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.note_fields import KNOWN_FIELDS, is_known
from fieldnotes.domain.promises import Promise, PromiseDraft
from fieldnotes.domain.selections import Selection
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.promises import keep_promise, make_promise, move_promise
from fieldnotes.operations.schemas import write_schemas
from fieldnotes.operations.vocabulary import also_called
from tests import second_reader
from tests.builders import a_note, logged, sent
from tests.property.test_canaries import Aviary, export

ROOT = Path(__file__).parents[3]
KEPT = ROOT / "resources/help/schemas"
GOLDEN = sorted((ROOT / "tests/golden").glob("*.fieldnotes"))
ADDED = {"revision", "accepted"}  # by the second reader


def problems(name: str, told: Mapping[str, Any]) -> list[str]:
    validator = Draft202012Validator(schemas()[name])
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(told)]


def problems_of(path: Path) -> tuple[set[str], list[str]]:
    """The types in a bundle, and what its manifest and lines say against their schemas."""
    manifest, records = second_reader.read(path)
    found = problems("manifest.json", manifest)
    for record in records:
        line = {name: record[name] for name in record.keys() - ADDED}
        found += problems(f"{line['type']}.json", line)
    return {record["type"] for record in records}, found


def test_what_is_kept_in_the_help_is_what_the_types_say(tmp_path: Path) -> None:
    write_schemas(tmp_path)
    made = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    kept = {path.name: path.read_text("utf-8") for path in KEPT.iterdir()}
    assert kept == made, "run: python -m fieldnotes schemas resources/help/schemas"


def test_every_type_of_record_has_one() -> None:
    modules = [module.name for module in pkgutil.iter_modules(domain.__path__)]
    types = {getattr(import_module(f"fieldnotes.domain.{m}"), "TYPE", None) for m in modules}
    assert {f"{type_}.json" for type_ in types - {None}} | {"manifest.json"} == schemas().keys()


@pytest.mark.parametrize("name", schemas())
def test_every_one_is_a_schema(name: str) -> None:
    Draft202012Validator.check_schema(schemas()[name])


def test_the_specification_names_every_one() -> None:
    told = (ROOT / "resources/help/bundle-format.md").read_text("utf-8")
    assert all(f"schemas/{name}" in told for name in schemas())


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.name)
def test_a_bundle_of_every_version_follows_them(path: Path) -> None:
    types, found = problems_of(path)
    assert "note" in types
    assert found == []


def test_a_bundle_with_everything_in_it_follows_them(seller: Notebook, tmp_path: Path) -> None:
    note = logged(seller, account="Halden Foods", tags=["pricing"], see="anyone")
    logged(seller, a_note(), marks={"text": "red"})
    logged(seller, see="me")
    also_called(seller, "account", "Halden Foods", "Halden")
    promise = Promise(what="Send it", to="Una Brandt", until="2026-03-09", note=note)
    made = make_promise(seller, PromiseDraft(id=seller.new_id(), promise=promise)).result
    move_promise(seller, made, "2026-03-12", "They asked for it")
    keep_promise(seller, made)
    path = tmp_path / "out.fieldnotes"
    sent(seller, path, Selection(recipient="Marketing", promises=True, tags=()))
    types, found = problems_of(path)
    assert types == {"note", promises.TYPE, vocabulary.TYPE}
    assert found == []
    sent(seller, path, Selection(audience=Audience.ANYONE))
    assert problems_of(path)[1] == []


def test_random_bundles_follow_them(tmp_path: Path) -> None:
    aviary = Aviary(tmp_path, 7)
    for number in range(20):
        aviary.change()
        audience = (Audience.COMPANY, Audience.ANYONE)[number % 2]
        path = tmp_path / f"{number}.fieldnotes"
        export(aviary, path, Selection(audience=audience, promises=not number % 4), "", "")
        assert problems_of(path)[1] == []
    aviary.notebook.close()


def test_every_field_that_is_known_has_a_place_in_the_schema() -> None:
    fields = schemas()["note.json"]["properties"]["fields"]
    assert fields["properties"].keys() == KNOWN_FIELDS
    assert all(is_known(name) for name in fields["properties"])
    named = {pattern.strip("^").partition("\\")[0] for pattern in fields["patternProperties"]}
    assert named == {"quotes", "attachments", "contacts", "meeting"}
    for type_ in (vocabulary, likeness, team, succession, saved_searches):
        told = schemas()[f"{type_.TYPE}.json"]["properties"]["fields"]["properties"]
        assert told.keys() == type_.FIELDS


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("note.json", {"author": "wren"}),
        ("note.json", {"created": [1, 2000]}),
        ("note.json", {"fields": {"tags": "pricing"}}),
        ("note.json", {"fields": {"quotes.01": {"role": "CFO"}}}),
        ("note.json", {"salts": {}}),
        ("note.json", {"type": "promise"}),
        ("manifest.json", {"records": -1}),
        ("manifest.json", {"min_reader": 2}),
    ],
)
def test_what_is_written_otherwise_is_told(
    seller: Notebook, tmp_path: Path, name: str, change: dict[str, Any]
) -> None:
    logged(seller)
    sent(seller, tmp_path / "out.fieldnotes")
    manifest, records = second_reader.read(tmp_path / "out.fieldnotes")
    told = manifest if name == "manifest.json" else records[0]
    assert problems(name, {n: told[n] for n in told.keys() - ADDED}) == []
    assert len(problems(name, {n: told[n] for n in told.keys() - ADDED} | change)) >= 1
