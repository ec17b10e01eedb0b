"""JSON Schemas of what is in a bundle, made from the very types that write it.

They say how version 1 writes. A reader keeps members and fields that it does not know.
"""

from __future__ import annotations

from typing import Any

import msgspec

from fieldnotes.bundle.manifest import FORMAT, VERSION, Manifest
from fieldnotes.domain import (
    likeness,
    notes,
    promises,
    saved_searches,
    succession,
    team,
    vocabulary,
)
from fieldnotes.domain.likeness import Likeness
from fieldnotes.domain.notes import Note
from fieldnotes.domain.promises import Promise
from fieldnotes.domain.records import Reason
from fieldnotes.domain.saved_searches import SavedSearch
from fieldnotes.domain.succession import Claim
from fieldnotes.domain.team import Member
from fieldnotes.domain.vocabulary import Entry

Schema = dict[str, Any]

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_HEX32, _HEX64, _HEX128 = (f"^[0-9a-f]{{{digits}}}$" for digits in (32, 64, 128))
_UUID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$"
_WORD = "^[a-z][a-z0-9_.+-]{0,63}$"
_ID = "[A-Za-z0-9_-]+"
_FIELD: Schema = {"pattern": rf"^[a-z][a-z0-9_]*(\.{_ID})*$"}
_LARGEST = 2**53 - 1
_MOMENT: Schema = {
    "description": "Milliseconds since 1970 in UTC, and minutes east of UTC where it was told.",
    "type": "array",
    "prefixItems": [
        {"type": "integer"},
        {"type": "integer", "minimum": -1439, "maximum": 1439},
    ],
    "minItems": 2,
    "items": False,
}
_COUNT: Schema = {"type": "integer", "minimum": 0, "maximum": _LARGEST}
_TURN: Schema = {"type": "integer", "minimum": 0, "maximum": 2**31 - 1}
_TEXT: Schema = {"type": "string"}
_RECORDS: dict[str, type[msgspec.Struct]] = {
    notes.TYPE: Note,
    promises.TYPE: Promise,
    vocabulary.TYPE: Entry,
    likeness.TYPE: Likeness,
    team.TYPE: Member,
    succession.TYPE: Claim,
    saved_searches.TYPE: SavedSearch,
}
_IN_ENVELOPE = ("author", "id")
_RENAMED = {"heard_from_note": "heard_from.note", "heard_from_person": "heard_from.person"}
_APART = ("Contact",)  # each part of one is a field of its own, so that it can be hidden alone
_NAMES_ONLY = ("Person",)
_WHOLE = ("KeyCard",)
_FORMS: dict[str, Schema] = {
    "author": {"pattern": _HEX64},
    "bundle": {"pattern": _UUID},
    "device": {"pattern": _UUID},
    "seals": {"pattern": "^age1[02-9ac-hj-np-z]{58}$"},
    "sha256": {"pattern": _HEX64},
    "sig": {"pattern": _HEX128},
    "signs": {"pattern": _HEX64},
}


def schemas() -> dict[str, Schema]:
    """Name of the file → schema: one for the manifest, and one for each type of record."""
    made = {"manifest.json": _manifest()}
    for type_, shape in _RECORDS.items():
        made[f"{type_}.json"] = _record(type_, shape)
    return made


def _manifest() -> Schema:
    defs = _defs(Manifest)
    schema = _object(defs["Manifest"], defs)
    schema["properties"]["format"] = {"const": FORMAT}
    schema["properties"]["min_reader"] = {"type": "integer", "minimum": 1, "maximum": VERSION}
    schema["properties"]["made"] = _MOMENT
    return _headed("manifest.json", schema)


def _record(type_: str, shape: type[msgspec.Struct]) -> Schema:
    defs = _defs(shape)
    properties, patterns = _leaves(defs, shape.__name__)
    for name in _IN_ENVELOPE:
        properties.pop(name, None)
    if type_ == saved_searches.TYPE:  # one that went before all others stands below zero
        properties["order"] = {"type": "integer", "minimum": -_LARGEST, "maximum": _LARGEST}
    if type_ == likeness.TYPE:  # the two lie side by side, the smaller id first
        del properties["notes"]
        properties = {"one": _texts(_UUID), "other": _texts(_UUID), **properties}
    fields: Schema = {"type": "object", "propertyNames": _FIELD, "properties": properties}
    if patterns:
        fields["patternProperties"] = patterns
    line = {**_ENVELOPE, "fields": fields, "type": {"const": type_}}
    schema: Schema = {
        "description": f"One line of a records entry: a version of a {type_}.",
        "type": "object",
        "properties": dict(sorted(line.items())),
        "required": sorted(line.keys() - {"key", "salts", "tight"}),
    }
    return _headed(f"{type_}.json", schema)


def _leaves(defs: Schema, name: str, prefix: str = "") -> tuple[Schema, Schema]:
    """How the parts of a type lie as fields: (by their names, by patterns of them)."""
    properties: Schema = {}
    patterns: Schema = {}
    for field, told in defs[name]["properties"].items():
        leaf = prefix + _RENAMED.get(field, field)
        under = leaf.replace(".", r"\.")
        inner = _inner(told)
        if inner == "Moment":
            properties[leaf] = _MOMENT
        elif inner is None:
            properties[leaf] = _plain(told)
        elif inner in _WHOLE:
            properties[leaf] = _object(defs[inner], defs)
        elif told.get("type") != "array":
            more = _leaves(defs, inner, f"{leaf}.")
            properties, patterns = properties | more[0], patterns | more[1]
        elif inner in _APART:
            parts = _own(defs[inner], defs)["properties"]
            patterns |= {rf"^{under}\.{_ID}\.{part}$": parts[part] for part in parts}
        elif inner in _NAMES_ONLY:
            patterns[rf"^{under}\.{_ID}$"] = _TEXT
        else:
            patterns[rf"^{under}\.{_ID}$"] = _own(defs[inner], defs)
    return properties, patterns


def _own(told: Schema, defs: Schema) -> Schema:
    """An object without its id, which stands in the name of its field."""
    schema = _object(told, defs)
    schema["properties"].pop("id")
    schema["required"] = [name for name in schema["required"] if name != "id"]
    return schema


def _object(told: Schema, defs: Schema) -> Schema:
    """A type as it is written, every type in it written out."""
    properties = {}
    for name, each in told["properties"].items():
        inner = _inner(each)
        if inner is None:
            properties[name] = {**_plain(each), **_FORMS.get(name, {})}
        else:
            whole = _MOMENT if inner == "Moment" else _object(defs[inner], defs)
            many = each.get("type") == "array"
            properties[name] = {"type": "array", "items": whole} if many else whole
    return {
        "type": "object",
        "properties": properties,
        "required": list(told["required"]),
    }


def _inner(told: Schema) -> str | None:
    """The name of the type that this refers to, as it is, in a list, or perhaps."""
    for each in (told, told.get("items") or {}, *told.get("anyOf", ())):
        if isinstance(each, dict) and "$ref" in each:
            return str(each["$ref"]).rpartition("/")[2]
    return None


def _plain(told: Schema) -> Schema:
    """Without what it would be if it were not written: what is empty is left out."""
    kinds = [each for each in told.get("anyOf", [told]) if each != {"type": "null"}]
    schema = {name: value for name, value in kinds[0].items() if name != "default"}
    if schema == {"type": "integer"}:
        schema = dict(_COUNT)
    if schema.get("additionalProperties") == {"type": "integer"}:
        schema["additionalProperties"] = _COUNT
    return schema


def _defs(shape: type[msgspec.Struct]) -> Schema:
    defs: Schema = msgspec.json.schema_components([shape])[1]
    return defs


def _headed(name: str, schema: Schema) -> Schema:
    title = f"Fieldnotes bundle {VERSION}: {name.removesuffix('.json')}"
    return {"$schema": _DRAFT, "$id": f"urn:fieldnotes:bundle:{VERSION}:{name}", "title": title} | (
        schema
    )


def _texts(pattern: str) -> Schema:
    return {"type": "string", "pattern": pattern}


def _by_field(values: Schema) -> Schema:
    return {"type": "object", "propertyNames": _FIELD, "additionalProperties": values}


_ENVELOPE: Schema = {
    "author": _texts(_HEX64),
    "created": _MOMENT,
    "device": _texts(_UUID),
    "digests": {**_by_field(_texts(_HEX64)), "description": "Of the fields that are hidden."},
    "id": _texts(_UUID),
    "key": {**_texts(_HEX32), "description": "Gives the salt of every field without one."},
    "lineage": {"type": "array", "items": _texts(_HEX64)},
    "marking": _TEXT,
    "marks": _by_field(_TEXT),
    "modified": _MOMENT,
    "removed": {
        "anyOf": [
            {"type": "null"},
            {
                "description": f"{', '.join(Reason)}, or a word of a newer program.",
                "type": "object",
                "properties": {"at": _MOMENT, "reason": _texts(_WORD)},
                "required": ["at", "reason"],
                "additionalProperties": False,
            },
        ]
    },
    "restored": _TURN,
    "rev": _TURN,
    "salts": {**_by_field(_texts(_HEX32)), "minProperties": 1},
    "sig": _texts(_HEX128),
    "tight": {
        "type": "object",
        "propertyNames": {"anyOf": [_FIELD, {"const": "*"}]},
        "additionalProperties": _texts(_WORD),
        "minProperties": 1,
    },
}
