"""After reading in: which files were not read in, why, and where they are."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication

from fieldnotes.desktop.inbox.questions import without_controls
from fieldnotes.desktop.widgets.side_bar_model import grouped
from fieldnotes.operations.import_plans import FilePlan, ImportPlan
from fieldnotes.operations.watching import refused_to

_NAMED = 3  # files told one by one


def not_read_words(plan: ImportPlan, watched: Path | None) -> tuple[str, str]:
    """(how many of the files, each with the reason and the folder it lies in); '' where all were.

    `watched`: the folder out of which what cannot be read in is moved.
    """
    left = [file for file in plan.files if file.refused]
    if not left:
        return "", ""
    one, many = (
        _tr("1 of {all} files was not read in."),
        _tr("{n} of {all} files were not read in."),
    )
    lead = (one if len(left) == 1 else many).format(n=grouped(len(left)), all=len(plan.files))
    if len(plan.files) == 1:
        lead = _tr("The file was not read in.")
    lines = [f"{without_controls(file.path.name)}: {file.refused}" for file in left[:_NAMED]]
    if (more := len(left) - _NAMED) > 0:
        lines.append(_tr("… and {n} more").format(n=grouped(more)))
    folders = dict.fromkeys(_folder(file, watched) for file in left)
    where = _tr("They lie in {folders}.") if len(left) > 1 else _tr("It lies in {folders}.")
    lines.append(where.format(folders=_tr(" and ").join(map(str, folders))))
    return lead, "\n".join(lines)


def _folder(file: FilePlan, watched: Path | None) -> Path:
    moved = refused_to(watched, file) if watched is not None else None
    return moved or file.path.parent


def _tr(words: str) -> str:
    return QCoreApplication.translate("NotReadWords", words)
