"""The rules by which one detail is asked for: those that ship and a company's own."""

from __future__ import annotations

import msgspec

from fieldnotes import paths
from fieldnotes.domain.one_detail import Rules, RulesRefused, parse_rules, together
from fieldnotes.operations.notebook import Notebook

FILE = "one-detail.toml"


class DetailRules(msgspec.Struct, frozen=True):
    """`refused`: why the company's own rules are not among them, if they are not."""

    rules: Rules
    refused: RulesRefused | None = None


def built_in_rules() -> Rules:
    """The rules that ship."""
    return parse_rules((paths.resources() / FILE).read_text("utf-8"), FILE)


def detail_rules(notebook: Notebook) -> DetailRules:
    """All rules for this library; a file of its own that cannot be read stops no other rule."""
    built_in = built_in_rules()
    own = notebook.library.folder / FILE
    try:
        table = own.read_text("utf-8")
    except FileNotFoundError:
        return DetailRules(built_in)
    except (OSError, UnicodeDecodeError) as error:
        refused = RulesRefused(f"{FILE} in the library cannot be read.", "The other rules ask on.")
        refused.__cause__ = error
        return DetailRules(built_in, refused)
    try:
        return DetailRules(together(parse_rules(table, f"{FILE} in the library"), built_in))
    except RulesRefused as refused:
        return DetailRules(built_in, refused)
