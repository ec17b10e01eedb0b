"""What can be typed after `fieldnotes`."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from fieldnotes.cli import ledger_arguments
from fieldnotes.domain.markings import CHOICES, Audience
from fieldnotes.domain.notes import Kind
from fieldnotes.domain.records import Reason
from fieldnotes.domain.shapes import Shape
from fieldnotes.domain.taking import Choice, Facet
from fieldnotes.domain.vocabulary import FAMILIES
from fieldnotes.domain.words import fold

if TYPE_CHECKING:
    _Commands = argparse._SubParsersAction[argparse.ArgumentParser]

KINDS = [kind.value for kind in Kind]
NOTE_OPTIONS = (
    "kind account competitor product tag quote title stage outcome on meeting see attach".split()
)
"""What `log` can be told beside the text."""

_TAKES_QUERY = ("--find", "--text", "--quote", "--note", "--title")


def parser() -> argparse.ArgumentParser:
    """Every command with its options."""
    top = argparse.ArgumentParser(
        prog="fieldnotes",
        description="Without a command the window opens. Exit status: 0 done, 1 refused, 2 usage.",
        parents=[_everywhere(top=True)],
    )
    commands = top.add_subparsers(dest="command", metavar="COMMAND")
    for add in (
        _log,
        _find,
        _flip,
        _show,
        _edit,
        _remove,
        _export,
        _import,
        _batches,
        _inspect,
        _schemas,
        _intake,
        _names,
        _check,
    ):
        add(commands)
    for add in (_promise, _promises, _same, _card, _people, _team):
        add(commands)
    ledger_arguments.add(lambda name, told: _command(commands, name, told))
    demo = _command(commands, "demo", "play the main job on the notes that ship")
    demo.add_argument("--out", type=Path, metavar="DIR", help="keep libraries and pictures here")
    return top


def readable(argv: list[str]) -> list[str]:
    """`argv` with texts that begin with a dash put where argparse takes them for texts."""
    joined: list[str] = []
    for word in argv:
        if joined and joined[-1] in _TAKES_QUERY and word.startswith("-"):
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    at = _command_at(joined)
    if at is None or joined[at] != "find":
        return joined
    options, query = _split_find(joined[at + 1 :])
    return [*joined[: at + 1], *options, "--", *query]


def _command_at(words: list[str]) -> int | None:
    """Where the command stands, after options that belong to every command."""
    at = 0
    while at < len(words) and words[at].startswith("-"):
        at += 2 if words[at] in ("--library", "--name") else 1
    return at if at < len(words) else None


def _split_find(words: list[str]) -> tuple[list[str], list[str]]:
    options: list[str] = []
    query: list[str] = []
    left = iter(words)
    for word in left:
        if word in ("--limit", "--library", "--name"):
            options += [word, *[value for value in [next(left, None)] if value is not None]]
        elif word in ("--count", "--facets", "--json", "--help", "-h") or word.startswith(
            ("--limit=", "--library=", "--name=")
        ):
            options.append(word)
        elif word != "--":
            query.append(word)
    return options, query


def _everywhere(top: bool = False) -> argparse.ArgumentParser:
    """Options that may stand before or after the command."""
    default = None if top else argparse.SUPPRESS
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--library", type=Path, metavar="FOLDER", default=default)
    shared.add_argument("--name", metavar="NAME", default=default, help="owner of a new library")
    no = False if top else argparse.SUPPRESS
    over = "open a library that another machine seems to have open"
    shared.add_argument("--take-over", action="store_true", default=no, help=over)
    shared.add_argument("--json", action="store_true", default=no, help="for other programs")
    return shared


def _command(commands: _Commands, name: str, told: str) -> argparse.ArgumentParser:
    return commands.add_parser(name, help=told, description=told, parents=[_everywhere()])


def _fields(command: argparse.ArgumentParser) -> None:
    command.add_argument("--account", metavar="A")
    command.add_argument("--competitor", action="append", metavar="C")
    command.add_argument("--product", action="append", metavar="P")
    command.add_argument("--tag", action="append", metavar="T")
    command.add_argument("--quote", metavar="Q", help="the customer's words")
    command.add_argument("--title", metavar="T")
    command.add_argument("--stage", metavar="S")
    command.add_argument("--outcome", metavar="O")
    command.add_argument("--on", metavar="DATE", help="when it happened, such as 2026-03-31")
    command.add_argument("--meeting", metavar="M", help="notes of one meeting share this word")
    command.add_argument(
        "--attach",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="a picture or another file, up to 25 MB; can be given several times",
    )
    command.add_argument("--see", choices=list(CHOICES), help="who may see it")


def _log(commands: _Commands) -> None:
    log = _command(commands, "log", "write down a note")
    log.add_argument("--kind", choices=KINDS)
    _fields(log)
    log.add_argument(
        "text",
        metavar="TEXT",
        nargs="?",
        help="the note; - reads it from standard input; without it the window to write in opens",
    )


def _find(commands: _Commands) -> None:
    find = _command(commands, "find", "look for notes, the newest first")
    find.add_argument("query", nargs="*", metavar="QUERY")
    find.add_argument("--limit", type=_positive, default=50, metavar="N")
    find.add_argument("--count", action="store_true", help="print how many there are, exactly")
    find.add_argument("--facets", action="store_true", help="print how many of each kind, tag, …")


def _flip(commands: _Commands) -> None:
    flip = _command(commands, "flip", "show what worked for two words, in large type")
    told = "such as a competitor and what it is about; --json, or no display, prints the answers"
    flip.add_argument("words", nargs="*", metavar="WORDS", help=told)


def _show(commands: _Commands) -> None:
    _command(commands, "show", "print one note").add_argument("id", metavar="ID")


def _edit(commands: _Commands) -> None:
    edit = _command(commands, "edit", "save a new version of a note of yours")
    edit.add_argument("id", metavar="ID")
    edit.add_argument("--text", metavar="TEXT", help="- reads it from standard input")
    edit.add_argument("--kind", choices=KINDS)
    _fields(edit)


def _remove(commands: _Commands) -> None:
    remove = _command(commands, "remove", "remove a note of yours, everywhere it went")
    remove.add_argument("id", metavar="ID")
    remove.add_argument("--because", choices=[reason.value for reason in Reason], required=True)


def _export(commands: _Commands) -> None:
    export = _command(commands, "export", "make a file to send")
    export.add_argument("file", type=Path, metavar="FILE")
    export.add_argument("--preset", metavar="NAME", help="as it was kept in the window")
    export.add_argument("--find", metavar="QUERY", default="", help="only what this finds")
    export.add_argument(
        "--tag", action="append", default=[], metavar="T", help="only with this tag"
    )
    export.add_argument(
        "--for",
        dest="recipient",
        default="",
        metavar="NAME",
        help="only they can open it, where their key is known; several names with ; between them",
    )
    export.add_argument("--unsealed", action="store_true", help="anybody can open it all the same")
    export.add_argument(
        "--passphrase-file", type=Path, metavar="F", help="lock it with the first line of this file"
    )
    export.add_argument(
        "--audience",
        choices=[each.value for each in Audience],
        help="company unless a preset says otherwise",
    )
    export.add_argument("--promises", action="store_true", help="your promises as well")
    export.add_argument(
        "--looked-at",
        action="store_true",
        help="you looked at the names, addresses and numbers that were pointed out in texts",
    )
    export.add_argument("--since-last", action="store_true", help="only what NAME has not had yet")
    export.add_argument("--title", default="", metavar="T")
    export.add_argument("--note", default="", metavar="N", help="a line to whoever reads it in")
    export.add_argument(
        "--as",
        dest="shape",
        choices=[each.value for each in Shape],
        help="for other programs; markdown makes a folder, or a .zip where FILE ends so",
    )


def _import(commands: _Commands) -> None:
    read_in = _command(commands, "import", "read in files that others sent")
    read_in.add_argument("files", type=Path, nargs="+", metavar="FILE|FOLDER")
    read_in.add_argument("--plan", action="store_true", help="say what would happen, write nothing")
    read_in.add_argument("--accept-new", action="store_true", help="accept senders not known yet")
    read_in.add_argument("--accept-removals", action="store_true", help="also very many at once")
    read_in.add_argument(
        "--leave",
        action="append",
        type=_left,
        default=[],
        metavar="kind:K|account:A|tag:T|note:ID",
        help="not these notes; the file is kept so that they can be taken later",
    )
    read_in.add_argument(
        "--passphrase-file", type=Path, metavar="F", help="its first line opens what is locked"
    )


def _schemas(commands: _Commands) -> None:
    schemas = _command(commands, "schemas", "JSON Schemas of what is in a bundle")
    schemas.add_argument("folder", type=Path, metavar="FOLDER")


def _batches(commands: _Commands) -> None:
    """What was read in: `batches`, `undo-import`."""
    _command(commands, "batches", "list what was read in, the last first")
    undo = _command(commands, "undo-import", "take back what only this reading in brought")
    undo.add_argument("batch", metavar="BATCH")
    undo.add_argument("--plan", action="store_true", help="say what would happen, write nothing")


def _inspect(commands: _Commands) -> None:
    inspect = _command(commands, "inspect", "say what a file holds and who signed it")
    inspect.add_argument("file", type=Path, metavar="FILE")


def _intake(commands: _Commands) -> None:
    intake = _command(commands, "intake", "take over notes from another program's file")
    intake.add_argument("file", type=Path, metavar="FILE")
    intake.add_argument(
        "--as",
        dest="shape",
        choices=[each.value for each in (Shape.CSV, Shape.XLSX, Shape.MARKDOWN, Shape.JSONL)],
        help="where the name does not say it; markdown is a page, a folder or a .zip of pages",
    )
    intake.add_argument("--plan", action="store_true", help="say what would happen, write nothing")
    intake.add_argument("--map", action="append", type=_pair, default=[], metavar="FIELD=COLUMN")
    intake.add_argument("--kind-map", action="append", type=_pair, default=[], metavar="FROM=TO")


def _names(commands: _Commands) -> None:
    """What names mean: `names`, `rename`, `merge`, `also`, `separate`."""
    told = {
        "names": "list names with how many notes carry them, or say more about one",
        "rename": "call something else from now on; no note is touched",
        "merge": "from now on NAME means OTHER; no note is touched",
        "also": "say what else NAME is called, written anywhere yet or not",
        "separate": "OTHER does not mean NAME any more",
    }
    for name, words in told.items():
        command = _command(commands, name, words)
        command.add_argument("family", choices=FAMILIES)
        command.add_argument("of", metavar="NAME", nargs="?" if name == "names" else None)
        if name != "names":
            command.add_argument("other", metavar="NEW" if name == "rename" else "OTHER")


def _check(commands: _Commands) -> None:
    _command(commands, "check", "is everything in the library as it should be?")


def _promise(commands: _Commands) -> None:
    promise = _command(commands, "promise", "write down a promise, or say what became of one")
    what = promise.add_mutually_exclusive_group(required=True)
    what.add_argument("what", nargs="?", metavar="TEXT", help="what was promised")
    for state, told in (
        ("kept", "it was done"),
        ("move", "it stands for another day; --by says which"),
        ("broken", "it will not be done"),
        ("remove", "it never was a promise"),
    ):
        what.add_argument(f"--{state}", metavar="ID", help=told)
    promise.add_argument("--to", metavar="NAME", help="to whom; stays with you")
    promise.add_argument("--account", metavar="A")
    promise.add_argument("--by", metavar="WHEN", help="such as Friday, 27.11. 15:00, end of month")
    promise.add_argument("--depends-on", metavar="D", help="what must happen first")
    promise.add_argument("--note", metavar="ID", help="the note that it came from")
    promise.add_argument("--because", metavar="WHY", default="")


def _promises(commands: _Commands) -> None:
    listed = _command(commands, "promises", "list promises, the first due first")
    listed.add_argument("--account", metavar="A", help="only those of this account")
    listed.add_argument("--due", action="store_true", help="only overdue ones and those of today")
    listed.add_argument("--all", action="store_true", help="kept and broken ones as well")


def _same(commands: _Commands) -> None:
    listed = _command(commands, "same", "list notes that say the same, or link two of them")
    listed.add_argument("one", nargs="?", metavar="ID")
    listed.add_argument("other", nargs="?", metavar="OTHER", help="the two are linked")
    listed.add_argument("--limit", type=_positive, metavar="N", help="list no more pairs than that")
    apart = _command(commands, "differ", "two notes are not the same; they are not listed again")
    apart.add_argument("one", metavar="ID")
    apart.add_argument("other", metavar="OTHER")


def _card(commands: _Commands) -> None:
    card = _command(commands, "card", "your key card: a small file by which others know you")
    card.add_argument("--out", type=Path, metavar="FILE", help="write it; else only tell of it")
    card.add_argument("--email", metavar="E", help="where others write to; stands on the card")
    card.add_argument("--read", type=Path, metavar="FILE", help="get to know somebody by theirs")


def _people(commands: _Commands) -> None:
    people = _command(commands, "people", "everybody who is known here, and what is decided")
    what = people.add_mutually_exclusive_group()
    for option, told in (
        ("accept", "you have compared the six words: a known sender"),
        ("refuse", "it is not them: nothing of theirs is read in"),
        ("forget", "what was decided does not hold any more"),
        ("trust", "whoever is on their team list is a known sender"),
        ("distrust", "their team list says nothing here any more"),
        ("was-mine", "the key of an earlier laptop of yours"),
        ("my-laptop", "the key of your new laptop, on which you go on"),
    ):
        what.add_argument(f"--{option}", metavar="WHO", help=told)
    what.add_argument(
        "--same", nargs=2, metavar=("OLD", "NEW"), help="one person; their key OLD is lost"
    )
    what.add_argument("--laptop", type=Path, metavar="FOLDER", help="take over your old library")


def _team(commands: _Commands) -> None:
    team = _command(commands, "team", "the team list that you keep: who is who in the company")
    what = team.add_mutually_exclusive_group()
    what.add_argument("--add", metavar="WHO", help="put a known sender on it, or say more of them")
    what.add_argument("--lost", metavar="WHO", help="their key is not theirs any more")
    what.add_argument("--remove", metavar="WHO", help="the list says nothing of them any more")
    what.add_argument("--out", type=Path, metavar="FILE", help="the list alone, as a file to send")
    for option in ("region", "language", "email"):
        team.add_argument(f"--{option}", metavar=option[0].upper(), default="")


def _pair(text: str) -> tuple[str, str]:
    left, equals, right = text.partition("=")
    if not (left and equals and right):
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form A=B")
    return left, right


def _left(text: str) -> Choice:
    facet, colon, key = text.partition(":")
    if facet not in ("kind", "account", "tag", "note") or not (colon and key):
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form tag:T")
    return Choice(Facet(facet), key if facet in ("kind", "note") else fold(key))


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number
