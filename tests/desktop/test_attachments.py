"""Files beside a note: pasted, dropped, seen, opened only when somebody asks, taken out."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import file_desk, theme
from fieldnotes.desktop.bundles import sending_words
from fieldnotes.desktop.capture.capture_window import CaptureWindow
from fieldnotes.desktop.drawing import LARGEST_SIDE, draw_small, filling
from fieldnotes.desktop.file_desk import FileDesk, tile_of
from fieldnotes.desktop.main_window import MainWindow
from fieldnotes.desktop.runner import Runner
from fieldnotes.desktop.widgets.file_tiles import FileTiles
from fieldnotes.domain.attachments import LARGEST
from fieldnotes.domain.markings import Marking
from fieldnotes.domain.notes import Attachment
from fieldnotes.domain.selections import Selection
from fieldnotes.domain.views import NoteView
from fieldnotes.operations.attachments import Held, Source, attach
from fieldnotes.operations.drafts import list_drafts, read_draft
from fieldnotes.operations.notebook import Notebook, open_notebook
from fieldnotes.operations.notes import draft_of, show_note
from fieldnotes.operations.sending_plans import plan_sending
from tests.builders import TickingClock, a_note, logged
from tests.desktop.conftest import Opened
from tests.desktop.libraries import running, show
from tests.photos import PLACE, a_photo, a_picture

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier
Opens = Callable[[], CaptureWindow]


@pytest.fixture(autouse=True)
def _dressed(qapp: QApplication) -> Iterator[None]:
    theme.apply(qapp, "light")
    yield
    qapp.clipboard().clear()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def library(tmp_path: Path) -> Path:
    notebook = open_notebook(tmp_path / "library", "Wren Tolliver", TickingClock())
    logged(notebook, account="Halden Foods")
    notebook.close()
    return tmp_path / "library"


@pytest.fixture
def opens(library: Path, qtbot: QtBot) -> Iterator[Opens]:
    """Starts the window to write in; each start ends the one before."""
    begun: list[tuple[CaptureWindow, Runner]] = []

    def end() -> None:
        for window, runner in begun:
            window.close()
            runner.close()
            window.deleteLater()
        begun.clear()

    def start() -> CaptureWindow:
        end()
        runner = Runner(library, TickingClock())
        runner.crashed.connect(lambda error: pytest.fail(repr(error)))
        window = CaptureWindow(runner, clock=TickingClock())
        begun.append((window, runner))
        return window

    yield start
    end()


@pytest.fixture
def window(opens: Opens, qtbot: QtBot) -> CaptureWindow:
    made = opens()
    made.new_note()
    qtbot.waitExposed(made)
    QApplication.processEvents()
    return made


def a_path(tmp_path: Path, name: str = "shelf.jpg", content: bytes | None = None) -> Path:
    path = tmp_path / name
    path.write_bytes(a_photo() if content is None else content)
    return path


def files(*paths: Path) -> QMimeData:
    """As a file manager copies or drags them: with their paths as words besides."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    data.setText("\n".join(map(str, paths)))
    return data


def paste(window: CaptureWindow, data: QMimeData) -> None:
    QApplication.clipboard().setMimeData(data)
    window.form.text.paste()


def names(window: CaptureWindow) -> list[str]:
    return [tile.name for tile in window.form.files.tiles.files.tiles()]


def arrived(window: CaptureWindow, qtbot: QtBot, *expected: str) -> None:
    qtbot.waitUntil(lambda: names(window) == list(expected) and not window.attaching.busy)


def saved_note(window: CaptureWindow, library: Path, qtbot: QtBot) -> tuple[NoteView, Notebook]:
    with qtbot.waitSignal(window.saved) as told:
        qtbot.keyClick(window.form.text, KEY.Key_Return, CTRL)
    notebook = open_notebook(library)
    return show_note(notebook, str(told.args[0])), notebook


# --- attaching --------------------------------------------------------------------------------


def test_a_pasted_screenshot_is_attached_as_a_picture(
    window: CaptureWindow, library: Path, qtbot: QtBot
) -> None:
    shot = QImage(640, 400, QImage.Format.Format_RGB32)
    shot.fill(QColor("teal"))
    data = QMimeData()
    data.setImageData(shot)
    qtbot.keyClicks(window.form.text, "Their new price page")
    paste(window, data)
    arrived(window, qtbot, "Picture.png")
    view, notebook = saved_note(window, library, qtbot)
    [file] = view.note.attachments
    kept = QImage.fromData(notebook.library.blobs.get(file.sha256) or b"")
    assert (kept.width(), kept.height(), kept.pixelColor(9, 9)) == (640, 400, QColor("teal"))
    assert view.note.text == "Their new price page"
    notebook.close()


def test_cells_of_a_sheet_are_pasted_as_words_although_they_come_with_a_picture(
    window: CaptureWindow,
) -> None:
    data = QMimeData()
    data.setImageData(QImage(9, 9, QImage.Format.Format_RGB32))
    data.setText("3\t4")
    paste(window, data)
    assert window.form.text.text() == "3\t4"
    assert names(window) == []


def test_a_dropped_photo_is_saved_without_its_place(
    window: CaptureWindow, library: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    data = files(a_path(tmp_path))
    spot, actions = QPointF(9, 9), Qt.DropAction.CopyAction
    button, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    comes = QDragEnterEvent(spot.toPoint(), actions, data, button, held)
    QCoreApplication.sendEvent(window, comes)
    assert comes.isAccepted()
    QCoreApplication.sendEvent(window, QDropEvent(spot, actions, data, button, held))
    arrived(window, qtbot, "shelf.jpg")
    view, notebook = saved_note(window, library, qtbot)
    content = notebook.library.blobs.get(view.note.attachments[0].sha256)
    notebook.close()
    assert content is not None
    assert PLACE not in content
    assert view.note.heading == "shelf.jpg"
    assert names(window) == []  # the next note begins without it


def test_files_are_chosen_in_a_dialog(
    window: CaptureWindow, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = [str(a_path(tmp_path, name, name.encode())) for name in ("a.txt", "b.txt")]
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (chosen, ""))
    qtbot.keyClick(window.form.text, KEY.Key_A, Qt.KeyboardModifier.AltModifier)
    arrived(window, qtbot, "a.txt", "b.txt")


def test_what_is_too_large_is_refused_in_one_sentence_and_the_others_come(
    window: CaptureWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    film = a_path(tmp_path, "film.mp4", b"")
    with film.open("wb") as file:
        file.truncate(LARGEST + 1)
    paste(window, files(film, a_path(tmp_path, "a.txt", b"a")))
    arrived(window, qtbot, "a.txt")
    qtbot.waitUntil(lambda: window.notice.isVisible())
    assert "film.mp4 is larger than 25 MB" in window.notice.words()


def test_a_file_whose_place_stays_is_named_in_the_window(
    window: CaptureWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    paste(window, files(a_path(tmp_path), a_path(tmp_path, "offer.pdf", b"%PDF-1.7")))
    arrived(window, qtbot, "shelf.jpg", "offer.pdf")
    said = window.form.files.place_words()
    assert said == "We cannot take out where it was made, if it says so: offer.pdf"


def test_the_same_file_twice_is_attached_once(
    window: CaptureWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    path = a_path(tmp_path)
    paste(window, files(path, path))
    arrived(window, qtbot, "shelf.jpg")


def test_saving_at_once_waits_for_what_is_on_its_way(
    window: CaptureWindow, library: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    paths = [a_path(tmp_path, f"{number}.txt", b"%d" % number) for number in range(4)]
    qtbot.keyClicks(window.form.text, "Four files")
    paste(window, files(*paths))
    assert window.attaching.busy
    view, notebook = saved_note(window, library, qtbot)
    assert [file.name for file in view.note.attachments] == [path.name for path in paths]
    notebook.close()


def test_a_window_closed_at_once_leaves_the_files_in_the_draft(
    window: CaptureWindow, library: Path, tmp_path: Path, opens: Opens, qtbot: QtBot
) -> None:
    paths = [a_path(tmp_path, f"{number}.txt", b"%d" % number) for number in range(3)]
    paste(window, files(*paths))
    qtbot.keyClick(window, KEY.Key_Escape)
    opens()  # ends the program, and what it still wrote
    notebook = open_notebook(library)
    [draft] = list_drafts(notebook)
    kept = read_draft(notebook, draft.id).draft.note.attachments
    assert [file.name for file in kept] == [path.name for path in paths]
    assert all(notebook.library.blobs.get(file.sha256) for file in kept)
    notebook.close()


def test_the_program_that_comes_back_has_text_and_files(
    window: CaptureWindow, tmp_path: Path, opens: Opens, qtbot: QtBot
) -> None:
    qtbot.keyClicks(window.form.text, "Before the battery went")
    with qtbot.waitSignal(window.draft_kept):
        paste(window, files(a_path(tmp_path)))
    arrived(window, qtbot, "shelf.jpg")
    again = opens()
    again.restore_open()
    qtbot.waitUntil(lambda: names(again) == ["shelf.jpg"])
    assert again.form.text.text() == "Before the battery went"


# --- editing ----------------------------------------------------------------------------------


def test_a_file_taken_out_comes_back_with_ctrl_z(
    window: CaptureWindow, tmp_path: Path, qtbot: QtBot
) -> None:
    paste(window, files(*(a_path(tmp_path, name, name.encode()) for name in ("a.txt", "b.txt"))))
    arrived(window, qtbot, "a.txt", "b.txt")
    tiles = window.form.files.tiles
    tiles.setFocus()
    qtbot.keyClick(tiles, KEY.Key_Delete)
    assert names(window) == ["b.txt"]
    assert window.form.files.undo_button.isVisible()
    qtbot.keyClick(tiles, KEY.Key_Z, CTRL)
    arrived(window, qtbot, "a.txt", "b.txt")
    assert not window.form.files.undo_button.isVisible()


def test_a_new_version_without_a_file_keeps_it_in_the_history(
    window: CaptureWindow, library: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    qtbot.keyClicks(window.form.text, "With a plan")
    paste(window, files(a_path(tmp_path, "plan.txt", b"plan")))
    arrived(window, qtbot, "plan.txt")
    view, notebook = saved_note(window, library, qtbot)
    window.edit(view.id)
    qtbot.waitUntil(lambda: names(window) == ["plan.txt"])
    window.form.files.take_out(view.note.attachments[0].id)
    view, again = saved_note(window, library, qtbot)
    assert view.note.attachments == ()
    assert notebook.library.blobs.hashes()
    notebook.close()
    again.close()


def test_only_me_keeps_a_file_at_home(
    window: CaptureWindow, library: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    paste(window, files(*(a_path(tmp_path, name, name.encode()) for name in ("a.txt", "b.txt"))))
    arrived(window, qtbot, "a.txt", "b.txt")
    kept = window.form.files.files()[0]
    window.form.files.keep_private(kept.id, True)
    assert window.form.files.tiles.files.tile(0).read == "a.txt, 5 bytes, Only me"
    view, notebook = saved_note(window, library, qtbot)
    assert draft_of(notebook, view.id).marks == {f"attachments.{kept.id}": Marking.RED.value}
    plan = plan_sending(notebook, Selection())
    assert sending_words.files(plan) == "1 attached file, 5 bytes"
    notebook.close()


# --- seeing and opening -----------------------------------------------------------------------


def with_files(*made: tuple[str, bytes]) -> Callable[[Notebook], None]:
    def write(notebook: Notebook) -> None:
        kept = [attach(notebook, Source(n, lambda c=c: c)).attachment for n, c in made]  # type: ignore[misc]
        logged(notebook, a_note(title="With files", attachments=tuple(kept)))

    return write


def shown_tiles(window: object, qtbot: QtBot) -> FileTiles:
    reader = window.notes.reader  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: bool(reader.findChildren(FileTiles)))
    return reader.findChildren(FileTiles)[0]  # type: ignore[no-any-return]


def test_the_reader_shows_pictures_names_and_sizes(opened: Opened, qtbot: QtBot) -> None:
    window = opened(with_files(("shelf.jpg", a_photo()), ("offer.pdf", b"%PDF" * 300)))
    tiles = shown_tiles(window, qtbot)
    photo, offer = tiles.files.tiles()
    qtbot.waitUntil(lambda: tiles.files.picture(photo.key) is not None)
    assert (offer.name, offer.size) == ("offer.pdf", "1 kB")
    assert tiles.files.picture(offer.key) is None
    folder = window.notes.reader._runner._folder / "thumbnails"
    assert len(list(folder.iterdir())) == 1


def test_the_next_note_shows_its_pictures_too(opened: Opened, qtbot: QtBot) -> None:
    def write(notebook: Notebook) -> None:
        with_files(("one.jpg", a_photo(seed=1)))(notebook)
        with_files(("two.jpg", a_photo(seed=2)))(notebook)

    window = opened(write)
    for name in ("two.jpg", "one.jpg"):
        qtbot.waitUntil(lambda name=name: _drawn(window, name))
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        window.notes.finder.step(1)


def _drawn(window: MainWindow, name: str) -> bool:
    every = [tiles.files for tiles in window.notes.reader.findChildren(FileTiles)]
    return any(
        tile.name == name and files.picture(tile.key) is not None
        for files in every
        for tile in files.tiles()
    )


def test_a_file_is_opened_by_enter_as_a_copy_that_nobody_changes(
    opened: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[Path] = []
    window = opened(with_files(("plan.txt", b"The plan")))
    tiles = shown_tiles(window, qtbot)
    desk = window.notes.reader.findChildren(FileDesk)[0]
    monkeypatch.setattr(desk, "_opener", lambda path: shown.append(path) or True)
    assert shown == []
    tiles.setFocus()
    qtbot.keyClick(tiles, KEY.Key_Return)
    qtbot.waitUntil(lambda: bool(shown))
    assert shown[0].name == "plan.txt"
    assert shown[0].read_bytes() == b"The plan"
    assert not shown[0].stat().st_mode & 0o222


def test_a_program_is_marked_and_refused_and_can_only_be_saved(
    opened: Opened, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = opened(with_files(("holiday.jpg", b"MZ" + bytes(90))))
    tiles = shown_tiles(window, qtbot)
    reader = window.notes.reader
    desk = reader.findChildren(FileDesk)[0]
    monkeypatch.setattr(desk, "_opener", lambda path: pytest.fail("it was opened"))
    assert tiles.files.tile(0).read == "holiday.jpg, 92 bytes, Program"
    tiles.opened.emit(tiles.key())
    qtbot.waitUntil(lambda: "is a program or a script" in reader._notice.words())
    target = tmp_path / "kept.jpg"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    desk.save_as(tiles.key())
    qtbot.waitUntil(target.exists)
    qtbot.waitUntil(lambda: reader._notice.words() == "Saved as kept.jpg.")


def test_a_name_that_hides_its_ending_shows_it() -> None:
    file = Attachment("1", "offer\u202efdp.exe", "application/pdf", 9, "0" * 64)
    assert tile_of(Held(file, True, True)).name == "offerfdp.exe"


# --- drawing ----------------------------------------------------------------------------------


def png(width: int, height: int) -> bytes:
    made = io.BytesIO()
    a_picture(8, 8).resize((width, height)).save(made, "PNG")
    return made.getvalue()


def test_a_picture_is_drawn_small_and_upright() -> None:
    small = QImage.fromData(draw_small(a_photo("JPEG", 6, width=900, height=600), "image/jpeg"))
    assert (small.height(), small.width()) == (LARGEST_SIDE, round(LARGEST_SIDE * 2 / 3))


def test_a_picture_of_a_billion_pixels_is_not_drawn() -> None:
    """A PNG of 30,000 × 30,000 weighs a megabyte and would take four gigabytes."""
    head = bytearray(png(8, 8))
    head[16:24] = (30_000).to_bytes(4) + (30_000).to_bytes(4)
    begun = time.thread_time()
    assert draw_small(bytes(head), "image/png") == b""
    assert time.thread_time() - begun < 1


@pytest.mark.qt_log_ignore("JPEG")  # what the decoder says of it
@pytest.mark.parametrize(
    ("content", "media"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "image/png"),
        (b"\xff\xd8\xff\xe0" + bytes(99), "image/jpeg"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "image/svg+xml"),
        (b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>', "image/png"),
        (b"%PDF-1.7", "application/pdf"),
        (b"", "image/png"),
    ],
)
def test_what_is_no_picture_is_not_drawn(content: bytes, media: str) -> None:
    assert draw_small(content, media) == b""


def test_a_kept_picture_fills_its_tile_exactly() -> None:
    for size in ((512, 128), (128, 512), (512, 512), (200, 90)):
        picture = filling(draw_small(png(*size), "image/png"), 256, 168, 2.0)
        assert picture.width() <= 256
        assert picture.height() <= 168
        assert picture.devicePixelRatio() == 2.0


def test_twenty_photos_are_drawn_beside_the_window_and_cost_it_next_to_nothing(
    library: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No photo is decoded on the thread of the window, and each arrival repaints one tile."""
    notebook = open_notebook(library)
    photos = [a_photo(width=1600, height=1200, seed=seed) for seed in range(20)]
    held = [
        Held(attach(notebook, Source(f"{n}.jpg", lambda p=p: p)).attachment, True, False)  # type: ignore[misc]
        for n, p in enumerate(photos)
    ]
    notebook.close()
    threads: set[int] = set()
    spent: list[float] = []

    def watched(content: bytes, media: str) -> bytes:
        begun = time.thread_time()
        threads.add(threading.get_ident())
        small = draw_small(content, media)
        spent.append(time.thread_time() - begun)
        return small

    monkeypatch.setattr(file_desk, "draw_small", watched)
    with running(library) as runner:
        tiles = FileTiles("Files")
        show(qtbot, tiles)
        desk = FileDesk(runner, "files", tiles)
        changed: list[tuple[int, int]] = []
        tiles.files.dataChanged.connect(lambda a, b: changed.append((a.row(), b.row())))
        begun = time.thread_time()
        tiles.set_tiles(tile_of(each) for each in held)
        desk.serve(tiles, held)
        qtbot.waitUntil(lambda: len(changed) == 20, timeout=60_000)
        on_screen = time.thread_time() - begun
    assert threading.get_ident() not in threads
    assert sorted(changed) == [(row, row) for row in range(20)]
    assert on_screen < sum(spent)
