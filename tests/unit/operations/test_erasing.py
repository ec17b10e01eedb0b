"""What is erased goes from every file, is looked for afterwards, and takes nothing else with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldnotes.domain.drafts import OpenDraft
from fieldnotes.domain.notes import Attachment, NoteDraft
from fieldnotes.domain.promises import Promise, PromiseDraft
from fieldnotes.domain.records import Reason
from fieldnotes.domain.selections import Selection
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.drafts import keep_draft
from fieldnotes.operations.erasing import State, erasing_state, finish_erasing
from fieldnotes.operations.housekeeping import tidy
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.notes import remove_note, remove_notes
from fieldnotes.operations.promises import list_promises, make_promise
from fieldnotes.operations.promises_along import erase_notes, promises_made_with
from fieldnotes.operations.reading_in import bundles_read
from fieldnotes.operations.search import names_used
from fieldnotes.operations.sending import send
from fieldnotes.operations.sending_plans import plan_sending
from tests.builders import Opener, TickingClock, a_note, found, got, logged, sent

CANARY = "Xanthippe4711"


def files_with(notebook: Notebook, word: str = CANARY) -> set[str]:
    folder: Path = notebook.library.folder
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.name for path in files if word.lower().encode() in path.read_bytes().lower()}


def erase(notebook: Notebook, note: str) -> None:
    remove_note(notebook, note, Reason.ERASE)
    assert erasing_state(notebook) == State(1)
    assert finish_erasing(notebook)
    assert erasing_state(notebook) == State()


def test_idle_time_finishes_it_and_says_so_once(seller: Notebook) -> None:
    note = logged(seller, text=f"Of {CANARY}", tags=[CANARY])
    logged(seller)
    remove_note(seller, note, Reason.ERASE)
    assert found(seller, CANARY) == []
    told = [tidy(seller) for _ in range(20)]
    assert sum(done.changes.erasing for done in told) == 1
    assert told[-1].result
    assert files_with(seller) == set()


def test_check_says_that_it_is_not_finished(seller: Notebook) -> None:
    note = logged(seller, text=f"Of {CANARY}")
    remove_note(seller, note, Reason.ERASE)
    checked = check_library(seller)
    assert (checked.problems, checked.erasing) == ([], 1)
    finish_erasing(seller)
    assert check_library(seller).erasing == 0


def test_names_that_no_note_carries_go_and_others_stay(seller: Notebook) -> None:
    logged(seller, tags=["pricing"], account="Norden")
    erase(seller, logged(seller, tags=["pricing", CANARY], account=f"{CANARY} Ltd"))
    names = seller.library.names
    assert [name for _, name in names.all_of("tag")] == ["pricing"]
    assert [name for _, name in names.all_of("account")] == ["Norden"]
    assert names_used(seller, "tag") == [("pricing", 1)]
    assert check_library(seller).problems == []


def test_the_number_of_a_name_is_never_given_to_another(seller: Notebook) -> None:
    note = logged(seller, tags=[CANARY])
    ((number, _),) = seller.library.names.all_of("tag")
    erase(seller, note)
    logged(seller, tags=["another"])
    assert seller.library.names.all_of("tag")[0][0] > number


def test_a_window_that_knew_the_name_writes_it_anew(seller: Notebook) -> None:
    window = open_notebook(seller.library.folder, clock=TickingClock())
    try:
        logged(window, tags=["warm"])
        note = logged(window, tags=[CANARY])
        erase(seller, note)
        again = logged(window, tags=[CANARY])
        assert found(window, f"tag:{CANARY}") == [again]
        assert check_library(window).problems == []
    finally:
        window.close()


def test_files_it_travelled_in_lose_their_title_and_others_keep_it(
    seller: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    logged(seller)
    got(marketer, sent(seller, tmp_path / "before.fieldnotes").path)
    note = logged(seller, tags=[CANARY])
    plan = plan_sending(seller, Selection(tags=(CANARY,)))
    path = tmp_path / "of.fieldnotes"
    send(seller, plan, path, title=f"All of {CANARY}", note=f"Read what {CANARY} said")
    got(marketer, path)
    erase(seller, note)
    assert files_with(seller) == set()
    removal = sent(seller, tmp_path / "removal.fieldnotes").path
    got(marketer, removal)
    assert erasing_state(marketer) == State(1)
    assert finish_erasing(marketer)
    assert files_with(marketer) == set()
    assert len(bundles_read(marketer)) == 3
    assert check_library(marketer).problems == check_library(seller).problems == []


def test_what_was_being_changed_when_an_erasing_arrives_goes_as_well(
    notebooks: Opener, tmp_path: Path
) -> None:
    laptop = notebooks("Wren Tolliver")
    note = logged(laptop, text="One")
    draft = NoteDraft(id=note, note=a_note(text=f"One of {CANARY}"), settles=("00" * 32,))
    keep_draft(laptop, OpenDraft(draft=draft, text=f"One of {CANARY}"))
    laptop.library.records.erasing.begin(1, note, {})
    assert finish_erasing(laptop)
    assert files_with(laptop) == set()


def test_a_word_that_other_notes_say_does_not_keep_it_from_ending(seller: Notebook) -> None:
    logged(seller, text=f"About {CANARY.upper()} as well")
    removed = logged(seller, text=f"And in the trash {CANARY}")
    remove_note(seller, removed, Reason.WRONG)
    erase(seller, logged(seller, text=f"Of {CANARY} and of them alone"))
    assert files_with(seller) == {"library.db"}
    assert files_with(seller, "them alone") == set()


def test_what_lies_where_nobody_may_delete_is_told_and_not_called_done(seller: Notebook) -> None:
    stray = seller.library.folder / "stray.txt"
    stray.write_text(f"Somebody copied {CANARY} here")
    remove_note(seller, logged(seller, text=f"Of {CANARY}"), Reason.ERASE)
    assert not finish_erasing(seller)
    assert erasing_state(seller) == State(1, found=True)
    assert check_library(seller).erasing == 1
    assert tidy(seller).result in (True, False)
    stray.unlink()
    seller.library.records.erasing.given_up = False
    assert finish_erasing(seller)
    assert erasing_state(seller) == State()


def test_somebody_who_still_reads_delays_it(seller: Notebook) -> None:
    note = logged(seller, text=f"Of {CANARY}")
    reader = open_notebook(seller.library.folder, clock=TickingClock())
    try:
        with reader.library.looking():
            assert found(reader, CANARY) == [note]
            remove_note(seller, note, Reason.ERASE)
            assert not finish_erasing(seller)
            assert erasing_state(seller) == State(1)
        assert finish_erasing(seller)
        assert files_with(seller) == set()
    finally:
        reader.close()


def test_kept_bundles_with_it_go_and_others_stay(seller: Notebook, tmp_path: Path) -> None:
    kept = seller.library.folder / "bundles"
    kept.mkdir()
    logged(seller, tags=["other"])
    sent(seller, kept / "other.fieldnotes", Selection(tags=("other",)))
    note = logged(seller, text=f"Of {CANARY}", tags=["mine"])
    sent(seller, kept / "mine.fieldnotes", Selection(tags=("mine",)))
    (kept / "torn.fieldnotes").write_bytes(b"nobody can look into this")
    erase(seller, note)
    assert [path.name for path in kept.iterdir()] == ["other.fieldnotes"]


@pytest.mark.parametrize("count", [2, 60])
def test_many_are_erased_together(seller: Notebook, count: int) -> None:
    ids = [logged(seller, text=f"{CANARY}x{number}") for number in range(count)]
    logged(seller, text="Stays")
    remove_notes(seller, ids, Reason.ERASE)
    assert erasing_state(seller) == State(count)
    assert finish_erasing(seller)
    assert files_with(seller) == set()


def test_its_files_and_their_small_pictures_go_and_shared_ones_stay(seller: Notebook) -> None:
    library = seller.library
    own, shared = (library.blobs.put(f"{CANARY} {name}".encode()) for name in ("own", "shared"))
    for sha256 in (own, shared):
        library.thumbnails.keep(sha256, b"small " + sha256.encode())
    files = {
        sha256: Attachment(sha256[:8], "photo.png", "image/png", 20, sha256)
        for sha256 in (own, shared)
    }
    logged(seller, attachments=(files[shared],))
    erase(seller, logged(seller, attachments=tuple(files.values())))
    assert library.blobs.hashes() == [shared]
    assert library.thumbnails.get(own) is None
    assert library.thumbnails.get(shared) is not None


def test_a_name_that_stood_for_other_spellings_hands_that_on(seller: Notebook) -> None:
    first = logged(seller, tags=["KOLVIK", "kolvik"], account="NORDEN")
    other = logged(seller, tags=["Kolvik", "kolvik"], account="Norden")
    erase(seller, first)
    assert [name for _, name in seller.library.names.all_of("tag")] == ["Kolvik", "kolvik"]
    assert found(seller, "tag:kolvik") == found(seller, "account:norden") == [other]
    assert check_library(seller).problems == []


@pytest.mark.parametrize("along", [False, True])
def test_what_was_promised_with_a_note_goes_along_only_where_that_is_wanted(
    seller: Notebook, along: bool
) -> None:
    note, other = logged(seller, text=f"Of {CANARY}"), logged(seller)
    for of in (note, other):
        promise = Promise(what=f"Call {CANARY}" if of == note else "Write", note=of)
        make_promise(seller, PromiseDraft(id=seller.new_id(), promise=promise))
    assert len(promises_made_with(seller, [note])) == 1
    assert erase_notes(seller, [note], along).result == 1
    assert finish_erasing(seller)
    left = sorted(view.promise.what for view in list_promises(seller))
    assert left == (["Write"] if along else [f"Call {CANARY}", "Write"])
    assert bool(files_with(seller)) == (not along)
    assert check_library(seller).problems == []
