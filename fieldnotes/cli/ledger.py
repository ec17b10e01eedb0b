"""What went where: list it, send a file again, withdraw notes everywhere."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterable
from typing import Any

from fieldnotes.cli import people, printing
from fieldnotes.domain.devices import IN_WORDS
from fieldnotes.domain.ledger import Gap, Whom, gap_in_words
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.records import Reason
from fieldnotes.operations.notebook import Notebook


def say_device(notebook: Notebook) -> None:
    """Once, where the library goes on as another device."""
    why = notebook.another_device()
    if why is not None:
        print(IN_WORDS[why], file=sys.stderr)


def ledger(notebook: Notebook, told: Namespace) -> int:
    """One line, or one object, for each file, gap and open removal; or for each who has a note."""
    if told.id is not None:
        return _one_note(notebook, told)
    parts = {"sent": _sent, "came": _came, "missing": _missing, "open": _open}
    wanted = [name for name in parts if getattr(told, name)]
    count = sum(parts[name](notebook, told) for name in wanted or parts)
    if not count and not told.json:
        print("Nothing to tell" if wanted else "Nothing went anywhere, and nothing came yet")
    return 0


def gaps_of(found: Iterable[Gap]) -> list[dict[str, Any]]:
    """As the keys of a result."""
    return [
        {"sender": gap.sender, "to": list(gap.recipients), "numbers": list(gap.numbers)}
        for gap in found
    ]


def send_again(notebook: Notebook, told: Namespace) -> int:
    """Make a file again; what changed since is said."""
    from fieldnotes.operations import sending_again

    made = sending_again.find_made(notebook, told.to, told.number, own=told.myself)
    again = sending_again.plan_again(notebook, made.no, printing.progress("Looking"))
    lines = [_what_changed(again)]
    keys: dict[str, Any] = {
        "number": made.number,
        "same": again.same,
        "changed": again.changed,
        "removed": again.removed,
        "file": str(again.file) if again.file else None,
    }
    if told.plan:
        lines += [f"The file is still there: {again.file}"] if again.file else []
    else:
        words = people.passphrase(told)
        sent = sending_again.send_again(
            notebook, again, told.file, unsealed=told.unsealed, passphrase=words
        ).result
        keys |= {"number": sent.manifest["sequence"], "records": sent.manifest["records"]}
        keys |= {"stands_for": sent.manifest.get("again"), "file": str(told.file)}
        lines.append(f"{told.file}: number {keys['number']}, {keys['records']} sent")
        lines.append(people.who_opens(sent.locked, again.plan))
    printing.emit(told.json, keys, lines)
    return 0


def withdraw(notebook: Notebook, told: Namespace) -> int:
    """Remove notes and make the files that tell of it; with --plan say for whom they would be."""
    from fieldnotes.operations import withdrawing

    plan = withdrawing.plan_withdrawal(notebook, told.ids, Reason(told.because))
    keys: dict[str, Any] = {
        "removed": len(plan.removed),
        "to": [_keys(each.whom) | {"notes": len(each.plan.sent)} for each in plan.letters],
        "sheets": [_keys(each) for each in plan.sheets],
    }
    if told.plan:
        lines = [f"{len(plan.removed)} to remove"]
        lines += [
            f"for {each.whom.in_words}: {len(each.plan.sent)} removed" for each in plan.letters
        ]
    else:
        made = withdrawing.withdraw(
            notebook, plan, told.out, printing.progress("Making files"), unsealed=told.unsealed
        ).result
        keys["removed"] = made.removed
        keys["files"] = [_keys(who) | {"file": str(sent.path)} for who, sent in made.files]
        lines = [f"{made.removed} removed"]
        lines += [f"for {who.in_words}: {sent.path}" for who, sent in made.files]
        if plan.reason is Reason.ERASE:
            from fieldnotes.operations.erasing import finish_erasing

            keys["erased"] = finish_erasing(notebook)
    lines += [f"{each.in_words} has a sheet or page, which stays as it is" for each in plan.sheets]
    printing.emit(told.json, keys, lines)
    return 0


def _what_changed(again: Any) -> str:
    if again.same:
        return "Nothing changed since: it is the very same file again."
    changed, removed = again.changed, again.removed
    told = "1 note changed since" if changed == 1 else f"{changed} notes changed since"
    gone = "1 is removed" if removed == 1 else f"{removed} are removed"
    parts = ([told] if changed else []) + ([gone] if removed else [])
    words = ", ".join(parts) or "What goes along changed since"
    return f"{words}: all go as they are now, in a file with a number of its own."


def _one_note(notebook: Notebook, told: Namespace) -> int:
    from fieldnotes.operations.where_it_went import where_it_went

    found = where_it_went(notebook, told.id)
    for each in found.went:
        newest = "newest" if each.newest else "a newer one did not go there yet"
        newest = "removal told" if each.newest and found.removed else newest
        newest = "removal not told yet" if found.removed and not each.newest else newest
        printing.emit(
            told.json,
            _keys(each.whom)
            | {
                "version": each.version,
                "versions": found.versions,
                "newest": each.newest,
                "removed": found.removed,
                "at": _time(each.at),
                "number": each.number or None,
                "file": each.name,
                "sheet": each.sheet,
            },
            [
                f"{_time(each.at)}  {each.whom.in_words}:"
                f" version {each.version} of {found.versions}, {newest}"
            ],
        )
    if not found.went and not told.json:
        print("It went nowhere")
    return 0


def _sent(notebook: Notebook, told: Namespace) -> int:
    from fieldnotes.operations.ledger import files_made, unfinished

    lost = unfinished(notebook)
    for each in lost:
        keys = {"what": "unfinished", "to": [_keys(who) for who in each.whom]}
        line = f"number {each.number} to {_people(each.whom)} was never finished: nobody has it"
        printing.emit(told.json, keys | {"number": each.number}, [line])
    made = files_made(notebook)
    for file in made:
        number = f"number {file.number}" if file.number else file.shape
        again = f", stands for {file.again}" if file.again else ""
        printing.emit(
            told.json,
            {
                "what": "sent",
                "at": _time(file.at),
                "to": [_keys(who) for who in file.whom],
                "number": file.number or None,
                "again": file.again or None,
                "shape": file.shape or "bundle",
                "file": str(file.path) if file.path else None,
                "title": file.title,
                "records": file.records,
                "bundle": file.bundle,
            },
            [
                f"{_time(file.at)}  sent to {_people(file.whom)}, {number}{again}:"
                f" {file.records}  {file.name}"
            ],
        )
    return len(lost) + len(made)


def _came(notebook: Notebook, told: Namespace) -> int:
    from fieldnotes.operations.ledger import files_came

    found = files_came(notebook)
    for each in found:
        again = f", stands for {each.again}" if each.again else ""
        printing.emit(
            told.json,
            {
                "what": "came",
                "at": _time(each.at),
                "from": each.sender,
                "to": list(each.recipients),
                "number": each.number,
                "again": each.again or None,
                "title": each.title,
                "records": each.records,
                "batch": each.batch,
            },
            [
                f"{_time(each.at)}  came from {each.sender}, number {each.number}{again}:"
                f" {each.records}  {each.title}".rstrip()
            ],
        )
    return len(found)


def _missing(notebook: Notebook, told: Namespace) -> int:
    from fieldnotes.operations.ledger import gaps

    found = gaps(notebook)
    for gap, keys in zip(found, gaps_of(found), strict=True):
        printing.emit(told.json, {"what": "missing"} | keys, [gap_in_words(gap)])
    return len(found)


def _open(notebook: Notebook, told: Namespace) -> int:
    from fieldnotes.operations.where_it_went import open_removals

    found = open_removals(notebook)
    for each in found:
        notes = [{"id": note.id, "title": note.heading} for note in each.notes]
        line = f"{each.whom.in_words} was not told yet of {len(notes)} removed"
        printing.emit(told.json, {"what": "open"} | _keys(each.whom) | {"notes": notes}, [line])
    return len(found)


def _keys(whom: Whom) -> dict[str, Any]:
    return {"name": whom.name, "myself": whom.own}


def _people(several: Iterable[Whom]) -> str:
    return ", ".join(each.in_words for each in several)


def _time(moment: Moment) -> str:
    return moment.local().isoformat(timespec="seconds")
