"""LibreOffice opens our sheets: every cell is a text, whatever it begins with.

Needs `soffice`, as in Debian's libreoffice-calc.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from fieldnotes.domain.notes import Note
from fieldnotes.operations.intake import TakenOver, take_over
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import show_note
from tests.builders import Opener, exported, found, logged

pytestmark = pytest.mark.long
OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
XLINK = "{http://www.w3.org/1999/xlink}"
COMPUTES = "CSV:44,34,76,1,,0,false,true,false,false,false,-1,true"  # formulas in it are evaluated
FORMULAS = (
    *("=1+1", "+1+1", "-1+1", "@SUM(1;1)", "\t=1+1", "\r=1+1", "\n=1+1", "\uff1d1+1", " =1+1"),
    *('=HYPERLINK("http://example.com";"here")', "='file:///etc/passwd'#$A.A1", "'=1+1", "'x"),
    *("plain", "two\nlines", "- a list", 'a "quote"; and, more', "x" * 40_000),
)


@pytest.fixture
def office(tmp_path: Path) -> str:
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("there is no soffice; Debian has it in libreoffice-calc")
    return program


def opened(office: str, path: Path, out: str, *options: str) -> Path:
    """The file as the office program saves it again. `out`: in which format."""
    folder = path.parent / "saved"
    profile = f"-env:UserInstallation={(path.parent / 'profile').as_uri()}"
    words = [office, "--headless", profile, *options, "--convert-to", out, "--outdir", folder, path]
    subprocess.run(words, check=True, capture_output=True, timeout=100)
    return folder / f"{path.stem}.{out.partition(':')[0]}"


def cells(path: Path) -> list[ElementTree.Element]:
    return list(ElementTree.parse(path).iter(f"{TABLE}table-cell"))


@pytest.fixture
def written(seller: Notebook) -> Notebook:
    for text in FORMULAS:
        logged(seller, Note(text=text, title=text, account=text[:30]))
    return seller


@pytest.mark.parametrize("options", [(), (f"--infilter={COMPUTES}",)])
@pytest.mark.parametrize("shape", ["csv", "xlsx"])
def test_every_cell_opens_as_text(
    office: str, tmp_path: Path, written: Notebook, shape: str, options: tuple[str, ...]
) -> None:
    exported(written, tmp_path / f"n.{shape}", shape)
    found_cells = cells(
        opened(office, tmp_path / f"n.{shape}", "fods", *(options if shape == "csv" else ()))
    )
    assert not [cell for cell in found_cells if f"{TABLE}formula" in cell.attrib]
    assert not [
        each for cell in found_cells for each in cell.iter() if f"{XLINK}href" in each.attrib
    ]
    kinds = {cell.get(f"{OFFICE}value-type") for cell in found_cells}
    assert kinds <= {"string", "date", None}  # a day may well be one


def test_the_office_would_have_computed_what_is_not_defused(office: str, tmp_path: Path) -> None:
    (tmp_path / "raw.csv").write_text("text\n=1+1\n")
    saved = opened(office, tmp_path / "raw.csv", "fods", f"--infilter={COMPUTES}")
    assert [cell for cell in cells(saved) if f"{TABLE}formula" in cell.attrib]


def test_a_workbook_saved_there_comes_back(
    office: str, tmp_path: Path, written: Notebook, notebooks: Opener
) -> None:
    exported(written, tmp_path / "n.xlsx", "xlsx")
    saved = opened(office, tmp_path / "n.xlsx", "xlsx")
    back = notebooks("Wren Tolliver", "back")
    assert take_over(back, saved).result == TakenOver(len(FORMULAS), 0, [])

    def texts(notebook: Notebook) -> list[str]:
        notes = [show_note(notebook, each).note for each in found(notebook)]
        return sorted(note.text.replace("\r", "\n").strip() for note in notes)

    assert texts(back) == texts(written)
