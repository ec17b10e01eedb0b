"""Window or command line?"""

from __future__ import annotations

import sys
from pathlib import Path


class _Desktop:
    """The window, imported only when it is asked for."""

    def open(
        self, folder: Path, files: list[Path], capture: bool = False, flip: str | None = None
    ) -> int:
        from fieldnotes.desktop.display import require_display

        require_display()
        from fieldnotes.desktop.app import run

        return run(folder, files, capture, flip)

    def can_open(self) -> bool:
        from fieldnotes.desktop.display import NoDisplay, require_display

        try:
            require_display()
        except NoDisplay:
            return False
        return True

    def pictures(self, marketing: Path, selling: Path, out: Path) -> list[Path]:
        from fieldnotes.desktop.pictures import take_pictures

        return take_pictures(marketing, selling, out)


def main() -> int:
    """The entry point. Nothing at all, or a bundle or card alone (a double click): the window."""
    argv = sys.argv[1:]
    files = [Path(word) for word in argv if word.endswith((".fieldnotes", ".fieldnotes-card"))]
    if len(files) == len(argv):
        from fieldnotes import paths

        return _Desktop().open(paths.default_library(), files)
    from fieldnotes.cli.main import main as command_line

    return command_line(argv, _Desktop())


if __name__ == "__main__":
    if getattr(sys, "frozen", False):
        import multiprocessing

        multiprocessing.freeze_support()  # this may be one of the program's own processes
    sys.exit(main())
