"""What stands behind the menus: it brings the window, its pages and the other windows together.

Everything that the first window does not need is loaded here, when somebody asks for it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox

from fieldnotes import __version__, settings
from fieldnotes.desktop import contents, theme
from fieldnotes.desktop.erasing import ErasingWatch
from fieldnotes.desktop.held_bar import HeldBar
from fieldnotes.desktop.saved_searches import SavedSearches
from fieldnotes.desktop.undoing import Undoing
from fieldnotes.desktop.word_watch import WordWatch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from PySide6.QtGui import QAction
    from PySide6.QtWidgets import QWidget

    from fieldnotes.desktop.calendars.meeting_commands import MeetingCommands
    from fieldnotes.desktop.capture.capture_window import CaptureWindow
    from fieldnotes.desktop.debrief.debriefing import Debriefing
    from fieldnotes.desktop.flip.flip_window import FlipWindow
    from fieldnotes.desktop.inbox.reading_commands import ReadingCommands
    from fieldnotes.desktop.main_window import MainWindow
    from fieldnotes.desktop.notes.copying import Copying
    from fieldnotes.desktop.runner import Runner
    from fieldnotes.desktop.tray import Tray
    from fieldnotes.desktop.widgets.command_palette import CommandPalette
    from fieldnotes.domain.notes import NoteDraft
    from fieldnotes.errors import FieldnotesError
    from fieldnotes.operations.changes import Changes
    from fieldnotes.operations.intake import TakenOver
    from fieldnotes.operations.reading_in import ReadIn
    from fieldnotes.settings import Settings

BUNDLES = ".fieldnotes"
CARDS = ".fieldnotes-card"
SHEETS = (".csv", ".jsonl", ".ndjson", ".xlsx", ".zip")
ROUGH = (".txt", ".md", ".markdown", ".text", ".eml")
CALENDARS = (".ics", ".ical", ".icalendar")
_LATER_MS = 800  # a tray is other programs' to give, calendars may lie far away: after the paint


class Commands(QObject):
    """One method for each action. `samples_wanted` and `own_notes_wanted` ask for another library.

    `state_changed` when what is possible may have changed.
    """

    samples_wanted = Signal()
    own_notes_wanted = Signal()
    state_changed = Signal()

    def __init__(
        self, window: MainWindow, runner: Runner, current: Settings, *, samples: bool = False
    ) -> None:
        super().__init__(window)
        self._window, self._runner = window, runner
        self._settings, self._samples = current, samples
        self._capture: CaptureWindow | None = None
        self._refused: FieldnotesError | None = None
        self._copying: Copying | None = None
        self._palette: CommandPalette | None = None
        self._undoing = Undoing(runner, self)
        self._held = HeldBar(runner)
        window.add_bar(self._held)
        self._erasing = ErasingWatch(runner, window.status, window.notice)
        self._saved = SavedSearches(window, runner)
        self._saved.undo_wanted.connect(self.undo)
        self._words = WordWatch(runner, self)
        self._tray: Tray | None = None
        self._meetings: MeetingCommands | None = None
        self._reading: ReadingCommands | None = None
        self._debriefing: Debriefing | None = None
        self._flip: FlipWindow | None = None
        self._offered: Callable[[], Iterable[QAction]] = list
        self._keeping = QTimer(self, singleShot=True, interval=500)
        self._keeping.timeout.connect(self.keep_settings)
        QTimer.singleShot(_LATER_MS, self, self._bring_along)
        window.write_wanted.connect(self.new_note)
        window.edit_wanted.connect(lambda note_id: self.capture().edit(note_id))
        window.page_wanted.connect(self._on_page_wanted)
        window.files_dropped.connect(self.take_files)
        window.own_notes_wanted.connect(self.own_notes_wanted)
        window.notes.reader.shown.connect(self.state_changed)
        window.notes.undo_wanted.connect(self.undo)
        window.notes.send_wanted.connect(self.send_these)
        window.notes.several_changed.connect(self.state_changed)
        window.notes.finder.query_changed.connect(self.state_changed)
        window.notes.facets_wanted.connect(self.toggle_facets)
        if current.facets:
            window.notes.show_facets(True)
        self._undoing.changed.connect(self.state_changed)
        self._undoing.ran.connect(self._on_turned)
        self._undoing.failed.connect(window.notice.tell_error)

    def come_forward(self) -> None:
        """Bring the main window to the front."""
        window = self._window
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    # --- notes ---

    def new_note(self) -> None:
        """Open the window to write in."""
        if self._refused is not None:
            self._window.notice.tell_error(self._refused)
            return
        self.capture().new_note()

    def refuse_writing(self, why: FieldnotesError) -> None:
        """Nothing can be written: say so instead of opening the window to write in."""
        self._refused = why

    def keep_typed(self) -> None:
        """The session ends: what is being typed is on disk when this returns."""
        if self._capture is not None:
            self._capture.keep_now()

    def capture(self) -> CaptureWindow:
        """The window to write in, made when it is first asked for."""
        if self._capture is None:
            from fieldnotes.desktop.capture.capture_window import CaptureWindow

            self._capture = CaptureWindow(self._runner)
            self._capture.details.follow(self._settings.one_detail)
            self._capture.before.follow(self._settings.said_before)
            self.meetings().show_in(self._capture.just_met)
            self._capture.copy_wanted.connect(self._copy_draft)
            self._capture.split_wanted.connect(lambda draft: self.debriefing().split(draft))
        return self._capture

    def _copy_draft(self, draft: NoteDraft) -> None:
        from fieldnotes.desktop.notes.copying import Copying

        window = self.capture()
        if self._copying is None:
            self._copying = Copying(self._runner, window, window)
            window.notice.acted.connect(self._copying.copy_rest)
        self._copying.copy_draft(draft)

    def meetings(self) -> MeetingCommands:
        """What can be done about meetings of the calendar, made when it is first asked for."""
        if self._meetings is None:
            from fieldnotes.desktop.calendars.meeting_commands import MeetingCommands

            self._meetings = MeetingCommands(self._window, self._runner, self.capture)
            self._meetings.changed.connect(self.state_changed)
        return self._meetings

    def debriefing(self) -> Debriefing:
        """The review of rough notes, made when it is first asked for."""
        if self._debriefing is None:
            from fieldnotes.desktop.debrief.debriefing import Debriefing

            self._debriefing = Debriefing(self._window, self._runner)
        return self._debriefing

    def split_clipboard(self) -> None:
        """Split rough notes from the clipboard into notes to take."""
        self.debriefing().paste()

    def debrief(self) -> None:
        """Write about the meeting that just ended."""
        self.meetings().debrief_latest()

    def resume(self, draft_id: str) -> None:
        """Go on with a draft."""
        self.capture().resume(draft_id)

    def edit(self) -> None:
        """Change the note that is read."""
        self._window.notes.reader.edit()

    def copy_as_text(self) -> None:
        """Put the chosen notes on the clipboard."""
        self._window.notes.copy_as_text()

    def copy_meeting(self) -> None:
        """Put every note of the meeting on the clipboard."""
        self._window.notes.reader.copy_meeting()

    def versions(self) -> None:
        """Show every saved version of the note that is read."""
        self._window.notes.reader.show_versions()

    def remove(self) -> None:
        """Ask why, then remove the notes that are chosen."""
        self._window.notes.ask_removal()

    def tag(self) -> None:
        """Ask for a tag for the chosen notes."""
        self._window.notes.ask_for_tag()

    def withdraw_consent(self) -> None:
        """The customer of the win that is read took consent back."""
        self._window.notes.reader.withdraw_consent()

    def undo(self) -> None:
        """Take back what changed notes last."""
        self._undoing.undo()

    def redo(self) -> None:
        """Do again what was undone last."""
        self._undoing.redo()

    def next_note(self) -> None:
        """One further down the list."""
        self._window.notes.finder.step(1)

    def previous_note(self) -> None:
        """One further up the list."""
        self._window.notes.finder.step(-1)

    # --- going about ---

    def go_to(self, key: str) -> None:
        """Go to a page, with the keyboard in it where it has a place for that."""
        self._window.go_to(key)
        if self._window.page.focusProxy() is not None:
            self._window.page.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def search(self) -> None:
        """Put the keyboard into the search box."""
        self._window.search()

    def flip(self, words: str = "") -> None:
        """Show what worked, in large type; with `words` typed already."""
        if self._flip is None:
            from fieldnotes.desktop.flip.flip_window import FlipWindow

            self._flip = FlipWindow(self._runner)
            self._flip.note_chosen.connect(self._show_note)
        self._flip.open(words)

    def open_palette(self) -> None:
        """Run anything by its name."""
        if self._palette is None:
            from fieldnotes.desktop.widgets.command_palette import CommandPalette

            self._palette = CommandPalette(self._window, self._offered)
            self._palette.set_recent(self._settings.recent_actions)
            self._palette.ran.connect(self._keeping.start)
        self._palette.open()

    def offer(self, actions: Callable[[], Iterable[QAction]]) -> None:
        """What the palette runs."""
        self._offered = actions

    def help(self) -> None:
        """Explain the page that is shown."""
        from fieldnotes.desktop.help_window import open_help

        searching = self._window.notes.finder.bar.box.field.hasFocus()
        open_help(self._window, "searching" if searching else self._window.page_key())

    def about(self) -> None:
        """Which program this is."""
        box = QMessageBox(self._window)
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setWindowTitle(self.tr("About Fieldnotes"))
        box.setText(f"Fieldnotes {__version__}")
        box.setInformativeText(self.tr("What the field hears, written down once and handed on."))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    # --- sharing ---

    def send(self) -> None:
        """Choose notes, check them, make a file; what is searched for begins the choice."""
        from fieldnotes.desktop.bundles.sending_dialog import SendingDialog

        on_notes = self._window.page is self._window.notes
        query = self._window.notes.finder.query() if on_notes else ""
        folder = self._settings.team_folder
        dialog = SendingDialog(
            self._runner, query, self._window, team_folder=folder, undo=self.undo
        )
        dialog.handing.folder_chosen.connect(self._on_team_folder)
        self._open(dialog)

    def _on_team_folder(self, folder: str) -> None:
        self._settings = self._settings._replace(team_folder=folder)
        self._keeping.start()

    def send_these(self, ids: list[str]) -> None:
        """Check just these notes, and make a file of them."""
        from fieldnotes.desktop.bundles.sending_dialog import SendingDialog

        ids_only = tuple(ids)
        self._open(SendingDialog(self._runner, "", self._window, notes=ids_only, undo=self.undo))

    def choose_files(self) -> None:
        """Choose files that others sent, and read them in."""
        self.reading().choose_files()

    def read_in(self, files: list[Path]) -> None:
        """Show what reading these files in would do, then do it."""
        self.reading().read_in(files)

    def reading(self) -> ReadingCommands:
        """What can be done about files of others, made when it is first asked for."""
        if self._reading is None:
            from fieldnotes.desktop.inbox.reading_commands import ReadingCommands

            folder = self._settings.watched_folder
            self._reading = ReadingCommands(self._runner, folder, self._window)
            self._reading.was_read_in.connect(self._show_what_came_in)
            self._reading.folder_chosen.connect(self._on_watched_folder)
            self._reading.watch.changed.connect(self._on_arrived)
        return self._reading

    def watch_folder(self) -> None:
        """Choose a folder in which files of others appear."""
        self.reading().choose_folder()

    def stop_watching(self) -> None:
        """Watch it no more."""
        self.reading().follow(None)

    def _on_watched_folder(self, folder: str) -> None:
        self._settings = self._settings._replace(watched_folder=folder)
        self._keeping.start()
        self.state_changed.emit()

    def _on_arrived(self) -> None:
        waiting = len(self.reading().watch.arrived)
        self._window.side_bar.set_count(contents.CAME_IN, waiting or None)

    def choose_card(self) -> None:
        """Choose somebody's key card, and get to know them."""
        names, _ = QFileDialog.getOpenFileNames(
            self._window, self.tr("Read a card"), "", f"{self.tr('Key cards')} (*{CARDS})"
        )
        if names:
            self.meet([Path(name) for name in names])

    def meet(self, cards: list[Path]) -> None:
        """Read key cards, and show whose they are: the words are still to be compared."""
        from fieldnotes.operations.cards import meet_by_card

        for card in cards:
            self._runner.do(
                lambda book, path=card: meet_by_card(book, path),  # type: ignore[misc]
                lambda met: self._show_person(met.author),
                self._window.notice.tell_error,
            )

    def _show_person(self, author: str) -> None:
        from fieldnotes.desktop.people.people_page import PeoplePage

        self._window.go_to(contents.PEOPLE)
        page = self._window.page
        if isinstance(page, PeoplePage):
            page.show_person(author)

    def choose_sheet(self) -> None:
        """Choose a file of another program, and take its notes over."""
        kinds = " ".join(f"*{suffix}" for suffix in SHEETS)
        name, _ = QFileDialog.getOpenFileName(
            self._window,
            self.tr("Take over notes"),
            "",
            f"{self.tr('Notes of other programs')} ({kinds})",
        )
        if name:
            self.take_files([Path(name)])

    def choose_folder(self) -> None:
        """Choose a folder of Markdown pages, and take its notes over."""
        name = QFileDialog.getExistingDirectory(self._window, self.tr("Take over notes"))
        if name:
            self.take_over(Path(name))

    def take_over(self, path: Path) -> None:
        """Show what taking this file or folder over would do, then do it."""
        from fieldnotes.desktop.intake.taking_over_dialog import TakingOverDialog

        dialog = TakingOverDialog(self._runner, path, self._window)
        dialog.taken.connect(self._on_taken_over)
        self._open(dialog)

    def _on_taken_over(self, taken: TakenOver) -> None:
        from fieldnotes.desktop.intake.taking_over_words import was_done

        self._window.notice.tell("warn" if taken.skipped else "success", was_done(taken))

    def _take_folders(self, folders: list[Path]) -> None:
        """Folders of bundles are read in, others are pages of notes."""
        from fieldnotes.operations.previewing import bundles_in

        def told(bundles: list[Path]) -> None:
            if bundles:
                self.read_in(bundles)
            else:
                self.take_over(folders[0])

        self._runner.ask("folders", lambda _: bundles_in(folders), told)

    def take_files(self, files: list[Path]) -> None:
        """Do with files what they are for: read notes in, or take a sheet over."""
        bundles = [file for file in files if file.suffix.lower() == BUNDLES]
        cards = [file for file in files if file.suffix.lower() == CARDS]
        calendars = [file for file in files if file.suffix.lower() in CALENDARS]
        rough = [file for file in files if file.suffix.lower() in ROUGH]
        sheets = [file for file in files if file.suffix.lower() in SHEETS]
        folders = [file for file in files if not file.suffix]
        if cards:
            self.meet(cards)
        if bundles:
            self.read_in(bundles)
        elif folders:
            self._take_folders(folders)
        elif sheets:
            self.take_over(sheets[0])
        elif calendars:
            self.meetings().drop(calendars)
        elif rough:
            self.debriefing().open_file(rough[0])
        elif files and not cards:
            self._window.notice.tell(
                "warn",
                self.tr(
                    "Drop .fieldnotes, .fieldnotes-card, .csv, .xlsx, .jsonl, .zip, .ics, .txt, .md"
                    " or .eml files."
                ),
                lead=self.tr("This file holds no notes."),
            )

    # --- libraries and looks ---

    def open_samples(self) -> None:
        """Show the sample notes in place of one's own."""
        self.samples_wanted.emit()

    def open_own_notes(self) -> None:
        """Leave the sample notes."""
        self.own_notes_wanted.emit()

    def light(self) -> None:
        """Dark words on a light ground."""
        self._set_scheme("light")

    def dark(self) -> None:
        """Light words on a dark ground."""
        self._set_scheme("dark")

    def as_system(self) -> None:
        """Light or dark, as the system is."""
        self._set_scheme("system")

    def for_selling(self) -> None:
        """The pages that who sells needs."""
        self._set_side("sell")

    def for_marketing(self) -> None:
        """What arrives comes first."""
        self._set_side("market")

    def for_both(self) -> None:
        """All pages, one's own notes first."""
        self._set_side("both")

    def toggle_details(self) -> None:
        """Whether a new note is asked for the one detail that helps."""
        self._settings = self._settings._replace(one_detail=not self._settings.one_detail)
        if self._capture is not None:
            self._capture.details.follow(self._settings.one_detail)
        self._keeping.start()

    def toggle_said_before(self) -> None:
        """Whether somebody who types is told what was logged before."""
        self._settings = self._settings._replace(said_before=not self._settings.said_before)
        if self._capture is not None:
            self._capture.before.follow(self._settings.said_before)
        self._keeping.start()

    def save_search(self) -> None:
        """Keep what is looked for in the side bar."""
        self._saved.save()

    def toggle_facets(self) -> None:
        """Whether counts stand beside the list."""
        self._settings = self._settings._replace(facets=not self._settings.facets)
        self._window.notes.show_facets(self._settings.facets)
        if self._settings.facets:
            self._window.show_notes()
        self.state_changed.emit()
        self._keeping.start()

    def quit(self) -> None:
        """Close everything; what is being typed is on disk."""
        self._window.close()

    def keep_settings(self) -> None:
        """Write down how the window looks."""
        self._settings = self._window.place(self._settings)
        if self._palette is not None:
            recent = tuple(self._palette.recent())
            self._settings = self._settings._replace(recent_actions=recent)
        settings.write_settings(self._settings)

    def possible(self) -> dict[str, bool]:
        """Which of the actions that depend on something can be run now."""
        reader = self._window.notes.reader
        here = self._window.page is self._window.notes
        return {
            "save-search": here and bool(self._window.notes.finder.query()),
            "edit": here and reader.may_change,
            "remove": here and (reader.may_change or self._window.notes.several),
            "tag": here and (reader.may_change or self._window.notes.several),
            "withdraw": here and reader.may_withdraw,
            "versions": here and reader.reading is not None,
            "copy": here and reader.reading is not None,
            "copy-meeting": here and reader.in_meeting,
            "undo": bool(self._undoing.undo_words),
            "redo": bool(self._undoing.redo_words),
            "debrief": self._meetings is not None and self._meetings.latest() is not None,
            "samples": not self._samples,
            "own-notes": self._samples,
            "watch-no-more": bool(self._settings.watched_folder),
        }

    def texts(self) -> dict[str, str]:
        """What the actions are called that say what they would do."""
        undo, redo = self._undoing.undo_words, self._undoing.redo_words
        folder = Path(self._settings.watched_folder).name
        return {
            "undo": self.tr("&Undo {what}").format(what=undo).strip(),
            "redo": self.tr("Red&o {what}").format(what=redo).strip(),
            "watch-no-more": self.tr("S&top watching {folder}").format(folder=folder).strip(),
        }

    def chosen(self) -> dict[str, bool]:
        """Which of the actions are ticked, and which may be unticked."""
        told = self._settings
        ticked = {"details": told.one_detail, "before": told.said_before, "facets": told.facets}
        return {told.scheme: True, told.side: True, **ticked}

    def close(self) -> None:
        """Close the windows beside the main one and keep the settings."""
        self._keeping.stop()
        self.keep_settings()
        if self._tray is not None:
            self._tray.take_away()
        if self._meetings is not None:
            self._meetings.stop()
        if self._reading is not None:
            self._reading.watch.stop()
        if self._debriefing is not None:
            self._debriefing.close()
        if self._flip is not None:
            self._flip.close()
            self._flip.deleteLater()
            self._flip = None
        if self._capture is not None:
            self._capture.close()
            self._capture.deleteLater()
            self._capture = self._copying = None

    def _on_turned(self, changes: Changes) -> None:
        """Show the note that was undone, where it is one."""
        if changes.notes is not None and len(changes.notes) == 1:
            self._window.notes.show_note(*changes.notes)

    def _set_scheme(self, scheme: theme.Scheme) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            theme.apply(app, scheme)
        self._settings = self._settings._replace(scheme=scheme)
        self._keeping.start()

    def _set_side(self, side: str) -> None:
        self._settings = self._settings._replace(side=side)
        self._window.set_side(side)
        self._keeping.start()

    def _open(self, dialog: QWidget) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show()

    def _show_what_came_in(self, result: ReadIn) -> None:
        """Afterwards: what it brought, by competitor, objection and win."""
        from fieldnotes.desktop.inbox.what_came_in import WhatCameInPage

        self._window.go_to(contents.CAME_IN)
        page = self._window.page
        if isinstance(page, WhatCameInPage):
            page.show_batch(result.batch)

    def _bring_along(self) -> None:
        """What the first window could do without."""
        self.meetings()
        self.reading()
        from fieldnotes.desktop.tray import Tray, has_tray

        if has_tray():
            self._tray = Tray(
                self.new_note,
                self.flip,
                self.come_forward,
                self._show_due,
                self.quit,
                self._window,
            )
            self._tray.show()

    def _show_note(self, note_id: str) -> None:
        self.come_forward()
        self._window.show_note(note_id)

    def _show_due(self) -> None:
        self.come_forward()
        self.go_to(contents.PROMISES)

    def _on_page_wanted(self, key: str) -> None:
        from fieldnotes.desktop.pages import make_page

        self._window.add_page(key, make_page(key, self._window, self._runner, self))
