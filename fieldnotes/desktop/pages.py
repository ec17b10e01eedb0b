"""The pages beside the notes, each loaded when somebody first goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from fieldnotes.desktop import contents
from fieldnotes.desktop.main_window import MainWindow
from fieldnotes.desktop.runner import Runner

if TYPE_CHECKING:
    from fieldnotes.desktop.commands import Commands


def make_page(key: str, window: MainWindow, runner: Runner, do: Commands) -> QWidget:
    """The page of an entry of the side bar, its wishes led to the commands that fulfil them."""
    match key:
        case contents.ACCOUNTS:
            from fieldnotes.desktop.accounts.accounts_page import AccountsPage

            accounts = AccountsPage(runner)
            accounts.note_chosen.connect(window.show_note)
            accounts.query_chosen.connect(window.show_query)
            accounts.promise_chosen.connect(lambda promise: _show_promise(window, promise))
            return accounts
        case contents.CAME_IN:
            from fieldnotes.desktop.inbox.what_came_in import WhatCameInPage

            came_in = WhatCameInPage(runner, do.sharing.reading().watch)
            came_in.look_wanted.connect(do.sharing.read_in)
            came_in.note_chosen.connect(window.show_note)
            came_in.query_chosen.connect(window.show_query)
            return came_in
        case contents.LEDGER:
            from fieldnotes.desktop.ledger.ledger_page import LedgerPage

            ledger = LedgerPage(runner)
            ledger.note_chosen.connect(window.show_note)
            ledger.batch_chosen.connect(do.sharing.show_batch)
            ledger.again_wanted.connect(do.sharing.send_again)
            ledger.show_wanted.connect(do.sharing.show_file)
            ledger.withdrawal_wanted.connect(do.sharing.withdraw)
            return ledger
        case contents.DRAFTS:
            from fieldnotes.desktop.notes.drafts_page import DraftsPage

            drafts = DraftsPage(runner)
            drafts.resume_wanted.connect(do.writing.resume)
            drafts.write_wanted.connect(do.writing.new_note)
            return drafts
        case contents.PROMISES:
            from fieldnotes.desktop.promises.promises_page import PromisesPage

            promises = PromisesPage(runner)
            promises.note_chosen.connect(window.show_note)
            promises.write_wanted.connect(do.writing.new_note)
            return promises
        case contents.NAMES:
            from fieldnotes.desktop.names.names_page import NamesPage

            names = NamesPage(runner)
            names.note_chosen.connect(window.show_note)
            names.query_chosen.connect(window.show_query)
            names.undo_wanted.connect(do.notes.undo)
            return names
        case contents.SAID_BEFORE:
            from fieldnotes.desktop.likeness.said_before_page import SaidBeforePage

            said = SaidBeforePage(runner)
            said.note_chosen.connect(window.show_note)
            said.undo_wanted.connect(do.notes.undo)
            return said
        case contents.MEETINGS:
            from fieldnotes.desktop.calendars.meetings_page import MeetingsPage

            return MeetingsPage(do.writing.meetings())
        case contents.NOT_SENT:
            from fieldnotes.desktop.notes.not_sent_page import NotSentPage

            unsent = NotSentPage(runner)
            unsent.send_wanted.connect(do.sharing.send)
            unsent.edit_wanted.connect(window.edit_wanted)
            unsent.undo_wanted.connect(do.notes.undo)
            unsent.query_chosen.connect(window.show_query)
            do.sharing.serve(unsent.reader)
            return unsent
        case contents.TRASH:
            from fieldnotes.desktop.notes.trash_page import TrashPage

            trash = TrashPage(runner)
            trash.query_chosen.connect(window.show_query)
            do.sharing.serve(trash.reader)
            return trash
        case _:
            from fieldnotes.desktop.people.people_page import PeoplePage

            people = PeoplePage(runner)
            people.query_chosen.connect(window.show_query)
            people.card_wanted.connect(do.sharing.choose_card)
            return people


def _show_promise(window: MainWindow, promise: str) -> None:
    from fieldnotes.desktop.promises.promises_page import PromisesPage

    window.go_to(contents.PROMISES)
    page = window.page
    if isinstance(page, PromisesPage):
        page.show_promise(promise)
