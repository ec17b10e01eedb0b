"""Arguments in, exit status out: 0 done, 1 refused with one sentence, 2 usage."""

from __future__ import annotations

import os
import sys

from fieldnotes import paths
from fieldnotes.cli.arguments import parser, readable
from fieldnotes.cli.commands import Window, run
from fieldnotes.cli.printing import plain
from fieldnotes.errors import FieldnotesError


def main(argv: list[str], window: Window) -> int:
    """Run what was typed; without a command the window opens."""
    arguments = parser().parse_args(readable(argv))
    try:
        if arguments.command is None:
            return window.open(arguments.library or paths.default_library(), [])
        return run(arguments, window)
    except FieldnotesError as error:
        print(plain(str(error)), file=sys.stderr)
        return 1
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        print("Cancelled; nothing was left half done.", file=sys.stderr)
        return 1
