"""A team's notes, sent around in any order, lost and doubled: every library ends as it should.

A thousand plays by parcels (`by_parcels.py`: real signatures, judging and libraries, but no files)
and sixty by files (`by_files.py`: real operations throughout; a thousand with --long). Each has
five authors on three devices, and is played once for all the tests that look at it.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.property.by_files import make_templates, play_by_files
from tests.property.by_parcels import play_by_parcels, readers
from tests.property.played_once import Part, PlayedOnce, shared_folder
from tests.property.watching import Seen

PARCELS, FILES, MANY_FILES = 1000, 60, 1000  # plays, the last with --long
PARTS: list[Part] = [*(("parcels", n, 4) for n in range(4)), *(("files", n, 2) for n in range(2))]
pytestmark = pytest.mark.timeout(3600)


@pytest.fixture(scope="module")
def played_once(request: pytest.FixtureRequest) -> PlayedOnce:
    """All parts, each as somebody first asks for it."""
    factory = request.getfixturevalue("tmp_path_factory")
    files = MANY_FILES if request.config.getoption("--long") else FILES
    return PlayedOnce(
        shared_folder(factory, "teams"), PARTS, lambda part: _played(part, PARCELS, files)
    )


@pytest.fixture(params=PARTS, ids=lambda part: f"{part[0]} {part[1] + 1} of {part[2]}")
def seen(request: pytest.FixtureRequest, played_once: PlayedOnce) -> Seen:
    """What one part of the plays came to."""
    return played_once.of(request.param)


def _played(part: Part, parcels: int, files: int) -> Seen:
    by, number, parts = part
    memory = Path("/dev/shm")
    with (
        TemporaryDirectory(dir=memory if memory.is_dir() else None) as temporary,
        pytest.MonkeyPatch.context() as patch,
    ):
        folder, found = Path(temporary), Seen()
        patch.setenv("FIELDNOTES_MACHINE", str(folder / "machine"))
        if by == "parcels":
            _by_parcels(found, folder, number, parts, parcels)
        else:
            _by_files(found, folder, number, parts, files)
        return found


def _by_parcels(found: Seen, folder: Path, part: int, parts: int, plays: int) -> None:
    with readers(folder) as opened:

        @settings(max_examples=plays // parts)
        @given(st.integers(0, 2**32))
        @example(0)
        def play(number: int) -> None:
            play_by_parcels(found, opened, number * parts + part)

        play()


def _by_files(found: Seen, folder: Path, part: int, parts: int, plays: int) -> None:
    make_templates(folder)

    @settings(max_examples=plays // parts)
    @given(st.integers(0, 2**32))
    @example(0)
    def play(number: int) -> None:
        play_by_files(found, folder, number * parts + part)

    play()


def test_every_library_ends_with_the_same_versions_views_and_conflicts(seen: Seen) -> None:
    assert not seen.wrong.get("same")


def test_nothing_is_kept_or_shown_that_its_author_did_not_sign(seen: Seen) -> None:
    assert not seen.wrong.get("signed")


def test_no_older_file_undoes_a_removal(seen: Seen) -> None:
    assert not seen.wrong.get("removal")


def test_a_hidden_copy_never_takes_a_value_away(seen: Seen) -> None:
    assert not seen.wrong.get("hidden")


def test_nothing_but_the_erased_is_ever_lost(seen: Seen) -> None:
    assert not seen.wrong.get("lost")


def test_each_library_is_what_it_says(seen: Seen) -> None:
    assert not seen.wrong.get("check")


def test_the_same_again_changes_no_row(seen: Seen) -> None:
    assert not seen.wrong.get("again")


def test_everything_that_can_happen_was_played(seen: Seen) -> None:
    assert not HAPPENS - (+seen.did).keys()


HAPPENS = frozenset(
    {
        "lost",
        "doubled",
        "first note",
        "first vocabulary",
        "first later.type",
        "first succession",
        "edit",
        "edit of what is hidden",
        "removal",
        "return",
        "erasure",
        "hidden",
        "passed on",
        "tightened",
        "lie: a gap",
        "lie: nobody's ancestors",
        "lie: never seen",
        "lie: twice the same",
        "lie: counts from the start",
        "lie: counts far ahead",
        "lie: came back very often",
        "lie: another time",
        "lie: made at another time",
        "lie: another type",
        "lie: removed, and says something",
        "lie: signed twice",
        "forged: altered",
        "forged: bent",
        "forged: wrong key",
        "forged: moved",
        "hostile: taken id",
        "hostile: a stranger",
        "hostile: an impostor",
    }
)
