"""The rules that no single module can break alone: layers, names, folders, docstrings."""

import ast
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "fieldnotes"
MODULES = sorted(PACKAGE.rglob("*.py"))

TOP_LEVEL_FOLDERS = {"fieldnotes", "packaging", "resources", "tests"}
MADE_BY_TOOLS = {"__pycache__", "build", "dist"}
NAMES_THAT_SAY_NOTHING = {"common", "data", "helpers", "manager", "misc", "utils"}


def test_every_package_imports_only_what_its_layer_may() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    linted = subprocess.run(
        [linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert linted.returncode == 0, linted.stdout + linted.stderr


def test_every_part_of_the_program_has_a_place_in_the_layer_table() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    named = {
        name.removeprefix("fieldnotes.")
        for contract in contracts["contracts"]
        for key in ("protected_modules", "allowed_importers", "source_modules")
        for name in contract.get(key, [])
    }
    parts = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__"}
    parts |= {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert parts <= named


def test_domain_imports_nothing_but_msgspec_from_others() -> None:
    imported = {name for path in _modules_in("domain") for name in _imported(path)}
    assert imported - sys.stdlib_module_names - {"fieldnotes"} <= {"msgspec"}


def test_operations_leave_the_window_unloaded() -> None:
    script = "import sys, fieldnotes.operations; print(*sys.modules, sep='\\n')"
    loaded = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert "fieldnotes.operations" in loaded.stdout.split()
    assert not [name for name in loaded.stdout.split() if name.startswith(("PySide6", "shiboken"))]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_module_says_why_it_exists(path: Path) -> None:
    assert ast.get_docstring(ast.parse(path.read_bytes()))


def test_no_module_has_a_name_that_says_nothing() -> None:
    names = {part for path in MODULES for part in path.relative_to(ROOT).with_suffix("").parts}
    assert not names & NAMES_THAT_SAY_NOTHING


def test_the_top_level_holds_only_the_agreed_folders() -> None:
    folders = {path.name for path in ROOT.iterdir() if path.is_dir()}
    folders = {name for name in folders if not name.startswith(".")} - MADE_BY_TOOLS
    assert folders <= TOP_LEVEL_FOLDERS


def _modules_in(package: str) -> list[Path]:
    return [path for path in MODULES if PACKAGE / package in path.parents]


def _imported(path: Path) -> Iterator[str]:
    """The top-level names of all absolute imports, nested ones as well."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]
