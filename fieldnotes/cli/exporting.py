"""Make a file to send: `export`. What a program can find of people in it is told before."""

from __future__ import annotations

import sys
from argparse import Namespace
from typing import TYPE_CHECKING

from fieldnotes.cli import people, printing
from fieldnotes.cli.selecting import selected
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.shapes import Shape
from fieldnotes.errors import SendingRefused

if TYPE_CHECKING:
    from fieldnotes.operations.notebook import Notebook
    from fieldnotes.operations.personal_data import Pointed
    from fieldnotes.operations.sending import Sent
    from fieldnotes.operations.sending_plans import SendingPlan

_TOLD = 50


def export(notebook: Notebook, told: Namespace) -> int:
    """Choose, look, and make the file; nothing is made while something waits to be looked at."""
    from fieldnotes.operations.sending_plans import plan_sending

    plan = plan_sending(
        notebook, selected(notebook, told), printing.progress("Looking"), listed=False
    )
    finds = _finds(notebook, plan)
    _tell(finds)
    if finds and not told.looked_at:
        if told.json:
            printing.emit(True, {"bundle": None, "finds": list(map(_keys, finds))}, [])
        raise SendingRefused(
            f"Nothing was made: {len(finds)} in the texts may be about people.",
            "Change the notes, or say --looked-at.",
        )
    sent = _made(notebook, plan, told)
    keys = {name: sent.manifest[name] for name in ("bundle", "records", "by_kind")}
    long = f"; {sent.continued} long texts go on in a sheet beside" if sent.continued else ""
    files = f"; {len(plan.files)} attached files" if plan.files else ""
    printing.emit(
        told.json,
        keys
        | {"hidden": sent.hidden, "not_sent": sent.not_sent, "opens": sent.locked}
        | {"finds": list(map(_keys, finds))},
        [
            f"{told.file}: {keys['records']} sent, {sent.hidden} of them with something hidden,"
            f" {sent.not_sent} not sent" + files + long,
            people.who_opens(sent.locked, plan),
        ],
    )
    return 0


def _made(notebook: Notebook, plan: SendingPlan, told: Namespace) -> Sent:
    if plan.selection.shape is not Shape.BUNDLE:
        from fieldnotes.operations.other_shapes import send_as

        if told.passphrase_file is not None:
            next_step = "Leave out --as, or the passphrase."
            raise SendingRefused("Only a bundle can be locked.", next_step)
        return send_as(notebook, plan, told.file).result
    from fieldnotes.operations.sending import send

    return send(
        notebook,
        plan,
        told.file,
        told.title,
        told.note,
        unsealed=told.unsealed,
        passphrase=people.passphrase(told),
    ).result


def _finds(notebook: Notebook, plan: SendingPlan) -> list[Pointed]:
    """What the window's last look would point out; of a file for oneself others see nothing."""
    if plan.selection.audience is Audience.MYSELF:
        return []
    from fieldnotes.operations.personal_data import PersonalData

    return PersonalData(once=True).look(notebook, plan)


def _tell(finds: list[Pointed]) -> None:
    """Some of them on standard error; `--json` tells all."""
    for find in finds[:_TOLD]:
        print(printing.plain(_in_words(find)), file=sys.stderr)
    if len(finds) > _TOLD:
        print(f"… and {len(finds) - _TOLD} more", file=sys.stderr)


def _in_words(find: Pointed) -> str:
    return f"{find.id[:13]} {find.where}, {find.what.value} “{find.said}”: {find.sentence}"


def _keys(find: Pointed) -> dict[str, object]:
    return {
        "id": find.id,
        "heading": find.heading,
        "where": find.where,
        "what": find.what.value,
        "said": find.said,
        "sentence": find.sentence,
        "mine": find.mine,
    }
