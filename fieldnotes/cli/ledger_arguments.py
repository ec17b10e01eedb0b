"""The options of what went where: `ledger`, `send-again`, `withdraw`."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path

from fieldnotes.domain.records import Reason


def add(command: Callable[[str, str], ArgumentParser]) -> None:
    """Add the three commands; `command` makes one of a name and what it does."""
    ledger = command("ledger", "what went to whom, what came, and what has not arrived")
    ledger.add_argument("id", nargs="?", metavar="ID", help="only where this note went")
    for name, told in (
        ("sent", "files that were made"),
        ("came", "files that were read in"),
        ("missing", "numbers of others' files that have not arrived"),
        ("open", "who has a copy of a removed note and was not told"),
    ):
        ledger.add_argument(f"--{name}", action="store_true", help=f"only {told}")
    again = command("send-again", "make a file again that did not arrive")
    again.add_argument("file", type=Path, metavar="FILE")
    again.add_argument("--to", default="", metavar="NAME", help="whom it was for")
    again.add_argument("--myself", action="store_true", help="it was for yourself")
    again.add_argument("--number", type=int, required=True, metavar="N")
    again.add_argument("--plan", action="store_true", help="say what it would hold, write nothing")
    withdraw = command("withdraw", "remove notes, and make a file for everybody who has a copy")
    withdraw.add_argument("ids", nargs="+", metavar="ID")
    reasons = [reason.value for reason in Reason]
    withdraw.add_argument("--because", choices=reasons, required=True)
    withdraw.add_argument(
        "--out", type=Path, default=Path(), metavar="FOLDER", help="where the files go"
    )
    withdraw.add_argument("--plan", action="store_true", help="say who is told, write nothing")
    for each in (again, withdraw):
        each.add_argument("--unsealed", action="store_true", help="anybody can open it")
    again.add_argument(
        "--passphrase-file", type=Path, metavar="F", help="lock it with the first line of this file"
    )
