"""Sending: what is clicked is counted, what is hidden is told, and the file is what was shown."""

from __future__ import annotations

from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from fieldnotes.desktop import theme
from fieldnotes.desktop.bundles.handing_over import Hands
from fieldnotes.desktop.bundles.sending_dialog import SendingDialog
from fieldnotes.desktop.bundles.sending_words import hidden_words
from fieldnotes.desktop.runner import Runner
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.notes import Contact
from fieldnotes.domain.shapes import Shape
from fieldnotes.operations.cards import meet_by_card, save_card
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.people import accept_person
from fieldnotes.operations.reading_in import inspect_bundle
from fieldnotes.trust.sealing import Keys
from tests.builders import a_note, a_notebook, got, logged
from tests.desktop.libraries import SELLER, running, show, write

WHERE = "out.fieldnotes"
PRIVATE = "People stay with you unless you say otherwise"


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> None:
    theme.apply(qapp, "light")


@pytest.fixture
def runner(tmp_path: Path) -> Iterator[Runner]:
    with running(write(tmp_path, SELLER, seven_notes)) as made:
        yield made


@pytest.fixture
def dialog(qtbot: QtBot, runner: Runner, tmp_path: Path) -> SendingDialog:
    return opened(qtbot, runner, tmp_path)


def seven_notes(notebook: Notebook) -> None:
    logged(notebook, kind="competitor", tags=["pricing"], account="Norden", competitors=("Kolvik",))
    logged(notebook, kind="competitor", tags=["pricing", "renewal"], account="Norden")
    logged(notebook, kind="objection", tags=["pricing"], account="Halvard")
    logged(notebook, kind="win", text="Live in nine days", account="Norden")
    logged(notebook, kind="note", text="May be for sale", see="me")
    contact = Contact(id="c1", name="Una Brandt", email="una@example.com", role="CFO")
    logged(notebook, a_note("pitch", "Opening with the audit", contacts=(contact,)))
    logged(notebook, kind="problem", text="Four formats", account="Halvard")


def opened(qtbot: QtBot, runner: Runner, tmp_path: Path, query: str = "") -> SendingDialog:
    dialog = SendingDialog(runner, query, ask_path=lambda name: tmp_path / WHERE)
    show(qtbot, dialog)
    qtbot.waitUntil(lambda: bool(dialog.choosing.kinds.pills()))
    qtbot.waitUntil(lambda: dialog.foot_words.text() not in ("", "0 notes"))
    return dialog


def foot(qtbot: QtBot, dialog: SendingDialog, words: str) -> None:
    qtbot.waitUntil(lambda: dialog.foot_words.text() == words)


def checked(qtbot: QtBot, dialog: SendingDialog) -> None:
    dialog.check.click()
    qtbot.waitUntil(lambda: dialog.body.currentWidget() is dialog.checking)


def cells(dialog: SendingDialog) -> list[list[str]]:
    rows = dialog.checking.table.rows
    return [
        [str(rows.data(rows.index(row, column))) for column in range(rows.columnCount())]
        for row in range(rows.rowCount())
    ]


def test_everything_is_chosen_at_first(qtbot: QtBot, dialog: SendingDialog) -> None:
    foot(qtbot, dialog, "7 notes")


def test_numbers_follow_every_click(qtbot: QtBot, dialog: SendingDialog) -> None:
    dialog.choosing.tags.pill("pricing").click()
    foot(qtbot, dialog, "3 notes")
    assert dialog.choosing.kinds.pill("objection").notes() == 1
    dialog.choosing.kinds.pill("competitor").click()
    foot(qtbot, dialog, "2 notes")
    dialog.choosing.tags.pill("renewal").click()
    foot(qtbot, dialog, "1 note")
    dialog.choosing.tags.pill("pricing").click()
    dialog.choosing.tags.pill("renewal").click()
    foot(qtbot, dialog, "2 notes")


def test_several_kinds_are_added_up(qtbot: QtBot, dialog: SendingDialog) -> None:
    dialog.choosing.kinds.pill("win").click()
    foot(qtbot, dialog, "1 note")
    dialog.choosing.kinds.pill("objection").click()
    foot(qtbot, dialog, "2 notes")


def test_only_one_account_is_chosen(qtbot: QtBot, dialog: SendingDialog) -> None:
    dialog.choosing.accounts.pill("Norden").click()
    foot(qtbot, dialog, "3 notes")
    dialog.choosing.accounts.pill("Halvard").click()
    foot(qtbot, dialog, "2 notes")


def test_what_has_no_notes_cannot_be_clicked(qtbot: QtBot, dialog: SendingDialog) -> None:
    dialog.choosing.accounts.pill("Halvard").click()
    foot(qtbot, dialog, "2 notes")
    assert not dialog.choosing.tags.pill("renewal").isEnabled()
    assert dialog.choosing.accounts.pill("Halvard").isEnabled()


def test_arrows_go_along_the_pills(qtbot: QtBot, dialog: SendingDialog) -> None:
    first, second = dialog.choosing.kinds.pills()[:2]
    qtbot.waitUntil(first.isVisible)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Right)
    assert dialog.focusWidget() is second
    qtbot.keyClick(second, Qt.Key.Key_Space)
    assert second.isChecked()


def test_each_underlined_letter_goes_to_its_field(qtbot: QtBot, dialog: SendingDialog) -> None:
    foot(qtbot, dialog, "7 notes")
    qtbot.waitUntil(dialog.isActiveWindow)
    step = dialog.choosing
    for letter, field in (
        ("R", step.presets),
        ("K", step.kinds),
        ("T", step.tags),
        ("A", step.accounts),
        ("I", step.times),
        ("F", step.recipient),
        ("E", step.shapes),
        ("W", step.words),
    ):
        qtbot.keyClick(dialog, letter.lower(), Qt.KeyboardModifier.AltModifier)
        here = QApplication.focusWidget()
        assert here is not None
        assert here is field or field.isAncestorOf(here), letter


def test_tab_goes_down_the_page_to_the_button_that_goes_on(
    qtbot: QtBot, dialog: SendingDialog
) -> None:
    foot(qtbot, dialog, "7 notes")
    qtbot.waitUntil(dialog.isActiveWindow)
    step = dialog.choosing
    step.words.setFocus()
    seen = [QApplication.focusWidget()]
    while seen[-1] is not dialog.check and len(seen) < 20:
        qtbot.keyClick(seen[-1], Qt.Key.Key_Tab)
        seen.append(QApplication.focusWidget())
    groups = (step.kinds, step.tags, step.accounts, step.times)
    wanted = [*(group.pills()[0] for group in groups), step.recipient, dialog.check]
    assert [each for each in seen if each in wanted] == wanted


def test_a_search_begins_the_choice(qtbot: QtBot, runner: Runner, tmp_path: Path) -> None:
    dialog = opened(qtbot, runner, tmp_path, "kind:competitor tag:renewal Night*")
    assert dialog.choosing.kinds.chosen() == ("competitor",)
    assert dialog.choosing.tags.chosen() == ("renewal",)
    assert dialog.choosing.words.text() == "Night*"
    foot(qtbot, dialog, "1 note")
    dialog.choosing.kinds.pill("competitor").click()
    dialog.choosing.tags.pill("renewal").click()
    foot(qtbot, dialog, "3 notes")


def test_a_dialog_that_is_closed_while_it_counts_is_forgotten(qtbot: QtBot, runner: Runner) -> None:
    dialog = SendingDialog(runner)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
    with qtbot.waitSignal(dialog.destroyed):
        dialog.close()
    answers: list[int] = []
    runner.ask("what to send", lambda notebook: 1, answers.append)
    qtbot.waitUntil(lambda: answers == [1])


def test_exceptions_come_first_and_the_rest_is_folded(qtbot: QtBot, dialog: SendingDialog) -> None:
    checked(qtbot, dialog)
    hidden, not_sent, labelled, fold = cells(dialog)
    assert hidden[0] == "Opening with the audit"
    assert hidden[2] == "hidden Contact: e-mail, name"
    assert hidden[3] == "People stay with you unless you say otherwise"
    assert not_sent[2:] == ["not sent", "Marked “Only me”"]
    assert labelled[2] == "label ask the customer before use"
    assert fold[0] == "4 more, sent whole"
    dialog.checking.table.toggle_fold()
    assert len(cells(dialog)) == 8


def test_what_a_file_tells_of_notes_beside_their_words_is_named(
    qtbot: QtBot, dialog: SendingDialog
) -> None:
    checked(qtbot, dialog)
    assert dialog.checking.besides.isVisible()
    assert "number of their device" in dialog.checking.besides.text()


def test_the_fold_opens_with_the_keyboard(qtbot: QtBot, dialog: SendingDialog) -> None:
    checked(qtbot, dialog)
    table = dialog.checking.table
    table.setCurrentIndex(table.rows.index(table.rows.fold, 0))
    qtbot.keyClick(table, Qt.Key.Key_Return)
    assert table.rows.unfolded


def test_the_pills_count_what_happens(qtbot: QtBot, dialog: SendingDialog) -> None:
    checked(qtbot, dialog)
    pills = [chip.text() for chip in dialog.checking.pills.chips()]
    assert pills == ["1 with something hidden", "1 not sent", "5 sent whole"]


def test_it_says_how_many_of_the_chosen_notes_are_in_it(
    qtbot: QtBot, dialog: SendingDialog
) -> None:
    checked(qtbot, dialog)
    assert "6 of 7 notes" in said(dialog)


def test_it_says_who_can_read_the_file(qtbot: QtBot, dialog: SendingDialog) -> None:
    checked(qtbot, dialog)
    qtbot.waitUntil(lambda: "Anyone who has the file can read it." in said(dialog))
    dialog.back.click()
    order = list(Audience)
    button = dialog.choosing.audiences.button(order.index(Audience.MYSELF))
    assert button is not None
    button.click()
    dialog.check.click()
    qtbot.waitUntil(lambda: "Only you can open it." in said(dialog))
    assert [chip.text() for chip in dialog.checking.pills.chips()] == ["7 sent whole"]


def said(dialog: SendingDialog) -> str:
    return " ".join(label.text() for label in dialog.findChildren(QLabel) if label.isVisible())


def test_the_file_is_what_was_shown(qtbot: QtBot, dialog: SendingDialog, tmp_path: Path) -> None:
    dialog.choosing.recipient.setEditText("Marketing")
    checked(qtbot, dialog)
    dialog.checking.title.setText("Renewals, week 47")
    with qtbot.waitSignal(dialog.sent):
        dialog.create_file.click()
    told = inspect_bundle(tmp_path / WHERE).manifest
    assert (told["records"], told["title"]) == (6, "Renewals, week 47")
    assert told["recipients"] == ["Marketing"]
    assert dialog.done_step.path() == tmp_path / WHERE


def test_what_is_in_the_file_is_told_once_it_is_made(qtbot: QtBot, dialog: SendingDialog) -> None:
    foot(qtbot, dialog, "7 notes")
    checked(qtbot, dialog)
    made(qtbot, dialog)
    told = [label.text() for label in dialog.done_step.findChildren(QLabel)]
    assert "6 notes, 1 of them with something hidden, 1 not sent" in told


def test_the_file_is_copied_as_a_file(qtbot: QtBot, dialog: SendingDialog, tmp_path: Path) -> None:
    checked(qtbot, dialog)
    with qtbot.waitSignal(dialog.sent):
        dialog.create_file.click()
    dialog.done_step.copy.click()
    urls = QApplication.clipboard().mimeData().urls()
    assert [Path(url.toLocalFile()) for url in urls] == [tmp_path / WHERE]


def test_the_file_is_shown_where_it_lies(qtbot: QtBot, runner: Runner, tmp_path: Path) -> None:
    opened_folders: list[Path] = []
    hands = Hands(show_file=lambda file, failed: opened_folders.append(file))
    dialog = SendingDialog(runner, ask_path=lambda name: tmp_path / WHERE, hands=hands)
    show(qtbot, dialog)
    foot(qtbot, dialog, "7 notes")
    checked(qtbot, dialog)
    with qtbot.waitSignal(dialog.sent):
        dialog.create_file.click()
    dialog.done_step.show_file.click()
    assert opened_folders == [tmp_path / WHERE]


def test_only_what_is_new_since_last_time(qtbot: QtBot, runner: Runner, tmp_path: Path) -> None:
    dialog = opened(qtbot, runner, tmp_path)
    assert not dialog.choosing.since_last.isEnabled()
    dialog.choosing.recipient.setEditText("Marketing")
    dialog.choosing.kinds.pill("win").click()
    foot(qtbot, dialog, "1 note")
    checked(qtbot, dialog)
    with qtbot.waitSignal(dialog.sent):
        dialog.create_file.click()
    again = opened(qtbot, runner, tmp_path)
    qtbot.waitUntil(again.choosing.since_last.isEnabled)
    assert again.choosing.recipient.currentText() == "Marketing"
    again.choosing.since_last.click()
    foot(qtbot, again, "5 notes")  # the one that only its owner sees stays out


def test_a_file_that_cannot_be_written_is_told_on_the_page(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    dialog = SendingDialog(runner, ask_path=lambda name: tmp_path / "no folder" / WHERE)
    show(qtbot, dialog)
    foot(qtbot, dialog, "7 notes")
    checked(qtbot, dialog)
    dialog.create_file.click()
    qtbot.waitUntil(dialog.notice.isVisible)
    assert "could not be written" in dialog.notice.words()
    assert dialog.create_file.isVisible()


def test_changing_one_s_mind_about_the_place_makes_no_file(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    dialog = SendingDialog(runner, ask_path=lambda name: None)
    show(qtbot, dialog)
    foot(qtbot, dialog, "7 notes")
    checked(qtbot, dialog)
    dialog.create_file.click()
    assert not dialog.is_busy()
    assert list(tmp_path.glob("*.fieldnotes")) == []


def test_fields_of_one_person_stand_together() -> None:
    fields = ["Contact: email", "Contact: name", "Quote 2"]
    assert hidden_words(fields) == "Contact: e-mail, name; Quote 2"


@pytest.mark.parametrize(
    ("shape", "name"),
    [(Shape.XLSX, "out.xlsx"), (Shape.CSV, "out.csv"), (Shape.MARKDOWN, "out.zip")],
)
def test_another_shape_is_checked_and_made_as_shown(
    qtbot: QtBot, runner: Runner, tmp_path: Path, shape: Shape, name: str
) -> None:
    asked: list[str] = []

    def where(suggested: str) -> Path:
        asked.append(suggested)
        return tmp_path / name

    dialog = SendingDialog(runner, "", ask_path=where)
    show(qtbot, dialog)
    choice = dialog.choosing.shapes.shapes
    choice.setCurrentIndex(choice.findData(shape))
    foot(qtbot, dialog, "7 notes")
    checked(qtbot, dialog)
    assert not dialog.checking.title.isVisible()
    assert not dialog.checking.besides.isVisible()
    assert cells(dialog)[0][2:] == ["hidden Contact: e-mail, name", PRIVATE]
    dialog.create_file.click()
    qtbot.waitUntil(lambda: dialog.body.currentWidget() is dialog.done_step)
    assert asked[0].endswith(Path(name).suffix)
    written = (tmp_path / name).read_bytes()
    assert written.startswith(b"PK" if name != "out.csv" else b"\xef\xbb\xbfday,kind")
    assert b"Una Brandt" not in written


def test_for_myself_there_is_only_the_file_that_is_sealed(
    qtbot: QtBot, dialog: SendingDialog
) -> None:
    choice = dialog.choosing.shapes.shapes
    choice.setCurrentIndex(choice.findData(Shape.CSV))
    myself = dialog.choosing.audiences.button(list(Audience).index(Audience.MYSELF))
    myself.click()
    assert dialog.choosing.wanted().shape is Shape.BUNDLE
    assert not choice.isEnabled()


# --- who opens it, and handing it on ------------------------------------------------------------


@pytest.fixture
def marketing(tmp_path: Path) -> Iterator[Notebook]:
    """Marketing's own library; the seller has compared its words, and knows its address."""
    book = a_notebook(tmp_path, "Marketing")
    save_card(book, tmp_path / "m.fieldnotes-card", "marketing@example.com")
    seller = a_notebook(tmp_path, SELLER)
    accept_person(seller, meet_by_card(seller, tmp_path / "m.fieldnotes-card").result.author)
    seller.close()
    yield book
    book.close()


def made(qtbot: QtBot, dialog: SendingDialog) -> Path:
    with qtbot.waitSignal(dialog.sent):
        dialog.create_file.click()
    path = dialog.done_step.path()
    assert path is not None
    return path


def test_a_file_for_whom_is_known_opens_with_their_key_alone(
    qtbot: QtBot, runner: Runner, tmp_path: Path, marketing: Notebook
) -> None:
    dialog = opened(qtbot, runner, tmp_path)
    items = [dialog.choosing.recipient.itemText(at) for at in range(1)]
    assert items == ["Marketing"]
    assert dialog.choosing.recipient.currentText() == ""  # nothing ever went to them
    dialog.choosing.recipient.setEditText("Marketing")
    checked(qtbot, dialog)
    qtbot.waitUntil(lambda: "Only Marketing can open it." in said(dialog))
    path = made(qtbot, dialog)
    assert got(marketing, path).counts["new"] == 6
    qtbot.waitUntil(lambda: "Only Marketing can open it." in said(dialog))


def test_it_says_so_when_it_is_not_to_be_sealed(
    qtbot: QtBot, runner: Runner, tmp_path: Path, marketing: Notebook
) -> None:
    dialog = opened(qtbot, runner, tmp_path)
    dialog.choosing.recipient.setEditText("Marketing")
    checked(qtbot, dialog)
    dialog.checking.opening.sealed.click()
    qtbot.waitUntil(lambda: "Anyone who has the file can read it." in said(dialog))
    assert made(qtbot, dialog).read_bytes().startswith(b"PK")


def test_a_passphrase_by_chance_locks_the_file(
    qtbot: QtBot, dialog: SendingDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldnotes.trust.passphrase.WORK", 4)
    checked(qtbot, dialog)
    opening = dialog.checking.opening
    opening.locks.click()
    assert not dialog.create_file.isEnabled()
    opening.phrase.setText("kolvik")
    qtbot.waitUntil(lambda: "Easy to guess" in said(dialog))
    opening.words.click()
    qtbot.waitUntil(lambda: len(opening.phrase.text().split()) == 6)
    qtbot.waitUntil(lambda: "Hard to guess." in said(dialog))
    path = made(qtbot, dialog)
    keys = Keys(passphrase=opening.phrase.text())
    assert inspect_bundle(path, keys).manifest["records"] == 6
    qtbot.waitUntil(lambda: "Whoever knows the passphrase can open it." in said(dialog))


def test_an_e_mail_draft_has_the_file_and_the_address(
    qtbot: QtBot, runner: Runner, tmp_path: Path, marketing: Notebook
) -> None:
    drafts: list[Path] = []
    hands = Hands(open_mail=lambda path: not drafts.append(path))  # type: ignore[func-returns-value]
    dialog = SendingDialog(runner, ask_path=lambda name: tmp_path / WHERE, hands=hands)
    show(qtbot, dialog)
    foot(qtbot, dialog, "7 notes")
    dialog.choosing.recipient.setEditText("Marketing")
    checked(qtbot, dialog)
    dialog.checking.title.setText("Renewals\nBcc: all@example.com")
    path = made(qtbot, dialog)
    qtbot.keyClick(dialog.done_step.mail, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bool(drafts))
    mail = message_from_bytes(drafts[0].read_bytes(), policy=default)
    assert (mail["X-Unsent"], mail["To"]) == ("1", "marketing@example.com")
    assert mail["Bcc"] is None
    (attached,) = mail.iter_attachments()
    assert attached.get_filename() == WHERE
    assert attached.get_content() == path.read_bytes()


def test_no_e_mail_program_is_told_on_the_page(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    hands = Hands(open_mail=lambda path: False)
    dialog = SendingDialog(runner, ask_path=lambda name: tmp_path / WHERE, hands=hands)
    show(qtbot, dialog)
    foot(qtbot, dialog, "7 notes")
    checked(qtbot, dialog)
    made(qtbot, dialog)
    dialog.done_step.mail.click()
    qtbot.waitUntil(lambda: "No e-mail program opens the draft." in dialog.notice.words())


def test_what_did_not_work_is_forgotten_once_something_else_is_tried(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    hands = Hands(open_mail=lambda path: False, show_file=lambda file, failed: failed())
    dialog = SendingDialog(runner, ask_path=lambda name: tmp_path / WHERE, hands=hands)
    show(qtbot, dialog)
    foot(qtbot, dialog, "7 notes")
    checked(qtbot, dialog)
    made(qtbot, dialog)
    dialog.done_step.mail.click()
    qtbot.waitUntil(dialog.notice.isVisible)
    dialog.done_step.copy.click()
    assert not dialog.notice.isVisible()
    dialog.done_step.show_file.click()
    words = f"No program shows folders here. The file lies in {tmp_path}."
    assert dialog.notice.words() == words


def test_the_file_is_copied_in_the_flavours_of_file_managers(
    qtbot: QtBot, dialog: SendingDialog
) -> None:
    checked(qtbot, dialog)
    path = made(qtbot, dialog)
    dialog.done_step.copy.click()
    data = QApplication.clipboard().mimeData()
    url = path.as_uri().encode()
    assert bytes(data.data("x-special/gnome-copied-files").data()) == b"copy\n" + url
    assert bytes(data.data("application/x-kde-cutselection").data()) == b"0"
    assert bytes(data.data("text/uri-list").data()).strip() == url


def test_the_team_folder_is_asked_once_and_remembered(
    qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    asked: list[str] = []
    team = tmp_path / "team"
    team.mkdir()
    hands = Hands(ask_folder=lambda parent, begin: asked.append(begin) or team)  # type: ignore[func-returns-value]
    dialog = SendingDialog(runner, ask_path=lambda name: tmp_path / WHERE, hands=hands)
    show(qtbot, dialog)
    foot(qtbot, dialog, "7 notes")
    checked(qtbot, dialog)
    path = made(qtbot, dialog)
    with qtbot.waitSignal(dialog.handing.folder_chosen) as chosen:
        dialog.done_step.put.click()
    assert chosen.args == [str(team)]
    qtbot.waitUntil(lambda: (team / WHERE).exists())
    qtbot.waitUntil(lambda: f"{WHERE} lies in {team}." in said(dialog))
    dialog.done_step.put.click()
    qtbot.waitUntil(lambda: (team / "out-2.fieldnotes").exists())
    assert asked == [""]
    assert (team / "out-2.fieldnotes").read_bytes() == path.read_bytes()
    assert {each.name for each in team.iterdir()} == {WHERE, "out-2.fieldnotes"}
