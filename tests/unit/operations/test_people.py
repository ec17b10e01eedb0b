"""Who is who: cards, team lists and successions, each between libraries of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from fieldnotes.domain.markings import Audience
from fieldnotes.domain.people import Standing
from fieldnotes.domain.records import Reason
from fieldnotes.domain.selections import Selection
from fieldnotes.errors import BundleRefused, CardRefused, NotYours, PersonRefused, SendingRefused
from fieldnotes.operations.cards import meet_by_card, save_card
from fieldnotes.operations.checking import check_library
from fieldnotes.operations.judging import Decisions
from fieldnotes.operations.notebook import Notebook, rename_owner
from fieldnotes.operations.notes import edit_note, remove_note, show_note
from fieldnotes.operations.people import (
    KnownPerson,
    accept_person,
    address_of,
    find_person,
    forget_person,
    people_known,
    refuse_person,
    trust_list,
)
from fieldnotes.operations.previewing import preview_import
from fieldnotes.operations.reading_in import read_in
from fieldnotes.operations.revising import removal
from fieldnotes.operations.sending import send
from fieldnotes.operations.sending_plans import plan_sending
from fieldnotes.operations.succession import (
    confirm_new_key,
    go_on_as,
    open_claims,
    take_over_laptop,
    went_on_from,
)
from fieldnotes.operations.team import (
    list_team,
    put_on_team,
    send_team,
    take_off_team,
    withdraw_key,
)
from fieldnotes.operations.undoing_imports import undo_import
from fieldnotes.store.others import said
from tests.builders import Opener, a_note, an_exchange, found, got, logged, sent


def card(holder: Notebook, tmp_path: Path, email: str = "") -> Path:
    path = tmp_path / f"{holder.owner.author[:8]}.fieldnotes-card"
    save_card(holder, path, email)
    return path


def meet(here: Notebook, holder: Notebook, tmp_path: Path, email: str = "") -> None:
    """`here` reads the card of `holder` and compares the words."""
    meet_by_card(here, card(holder, tmp_path, email))
    accept_person(here, holder.owner.author)


def person(here: Notebook, holder: Notebook) -> KnownPerson:
    return next(each for each in people_known(here) if each.author == holder.owner.author)


def refused(here: Notebook, path: Path) -> str:
    """Why nothing of a file would be read in, without saying yes to anything."""
    return preview_import(here, [path]).files[0].refused


def a_file(holder: Notebook, tmp_path: Path, **selection: object) -> Path:
    path = tmp_path / f"{holder.new_id()}.fieldnotes"
    return sent(holder, path, Selection(**selection)).path  # type: ignore[arg-type]


@pytest.fixture
def otto(notebooks: Opener) -> Notebook:
    return notebooks("Otto Berg")


@pytest.fixture
def una(notebooks: Opener) -> Notebook:
    return notebooks("Una Brandt")


# --- cards ------------------------------------------------------------------------------------


def test_a_card_makes_nobody_known_before_the_words_are_compared(
    otto: Notebook, una: Notebook, tmp_path: Path
) -> None:
    logged(otto)
    file = a_file(otto, tmp_path)
    met = meet_by_card(una, card(otto, tmp_path, "otto@example.com")).result
    assert (met.name, met.standing) == ("Otto Berg", Standing.NEW)
    assert person(una, otto).standing is Standing.MET
    assert "new sender" in refused(una, file)
    accept_person(una, otto.owner.author)
    assert refused(una, file) == ""
    assert address_of(una, "otto berg") == "otto@example.com"


def test_one_s_own_card_is_told_apart(otto: Notebook, tmp_path: Path) -> None:
    with pytest.raises(PersonRefused, match="your own card"):
        meet_by_card(otto, card(otto, tmp_path))


def test_an_address_that_is_none_makes_no_card(otto: Notebook, tmp_path: Path) -> None:
    for email in ("otto", "o@x\nBcc: all@example.com", "<o@x>", "a@b@c", "o @x"):
        with pytest.raises(PersonRefused, match="no e-mail address"):
            save_card(otto, tmp_path / "o.fieldnotes-card", email)
    assert not (tmp_path / "o.fieldnotes-card").exists()


def test_not_them_takes_nothing_any_more(otto: Notebook, una: Notebook, tmp_path: Path) -> None:
    meet(una, otto, tmp_path)
    logged(otto)
    refuse_person(una, otto.owner.author)
    file = a_file(otto, tmp_path)
    assert refused(una, file).startswith("You said that this is not Otto Berg")
    welcome = Decisions(all_new=True, senders=frozenset({otto.owner.author}))
    assert preview_import(una, [file], welcome).good == []
    assert forget_person(una, otto.owner.author).result == "Otto Berg"
    assert "new sender" in refused(una, file)


def test_the_notes_of_somebody_refused_are_not_taken_from_others_either(
    notebooks: Opener, otto: Notebook, una: Notebook, tmp_path: Path
) -> None:
    relay = notebooks("Ines Vogt")
    logged(otto)
    an_exchange(otto, relay)
    meet(una, relay, tmp_path)
    meet_by_card(una, card(otto, tmp_path))
    refuse_person(una, otto.owner.author)
    plan = preview_import(una, [a_file(relay, tmp_path)])
    assert plan.counts["not_accepted"] == 1
    assert plan.files[0].lines[0].why == "Otto Berg: not them."


def test_a_known_name_on_another_card_is_to_be_checked(
    notebooks: Opener, otto: Notebook, una: Notebook, tmp_path: Path
) -> None:
    meet(una, otto, tmp_path)
    twin = notebooks("Otto  BERG", "twin")
    assert meet_by_card(una, card(twin, tmp_path)).result.standing is Standing.OTHER_KEY
    shown = person(una, twin)
    assert shown.standing is Standing.OTHER_KEY
    assert [each.author for each in shown.namesakes] == [otto.owner.author]
    assert "known here with another key" in refused(una, a_file(twin, tmp_path))


def test_people_are_found_by_name_words_or_key(
    otto: Notebook, una: Notebook, tmp_path: Path
) -> None:
    meet(una, otto, tmp_path)
    for reference in ("otto berg", " ".join(otto.words), otto.owner.author[:12]):
        assert find_person(una, reference).author == otto.owner.author
    with pytest.raises(PersonRefused, match="Nobody here"):
        find_person(una, "Mara")


def test_forgetting_keeps_whose_notes_are_here(
    otto: Notebook, una: Notebook, tmp_path: Path
) -> None:
    logged(otto)
    an_exchange(otto, una)
    forget_person(una, otto.owner.author)
    assert person(una, otto).standing is Standing.MET
    assert check_library(una).problems == []


@pytest.mark.parametrize(
    "spoil",
    [
        lambda content: b"",
        lambda content: b"\0" * 200_000,
        lambda content: content + b"\n",
        lambda content: content.replace(b"Otto", b"Onno"),
        lambda content: content.replace(b"otto@", b"eve0@"),
        lambda content: content.replace(b'"version":1', b'"version":2'),
        lambda content: b"[" * 60_000,
        lambda content: b'{"format":"fieldnotes-card","min_reader":2}',
        lambda content: b'{"format":"fieldnotes-card","min_reader":1}',
        lambda content: b'{"format":"fieldnotes-card","min_reader":true}',
        lambda content: content[:-1],
        lambda content: content.replace(b'"email":"otto@example.com"', b'"email":[]'),
    ],
)
def test_a_hostile_card_gets_one_sentence_and_changes_nothing(
    otto: Notebook, una: Notebook, tmp_path: Path, spoil: object
) -> None:
    path = card(otto, tmp_path, "otto@example.com")
    path.write_bytes(spoil(path.read_bytes()))  # type: ignore[operator]
    before = una.library.changes()
    with pytest.raises(CardRefused) as refusal:
        meet_by_card(una, path)
    assert "\n" not in str(refusal.value)
    assert (una.library.changes(), len(people_known(una))) == (before, 1)


# --- sealing ----------------------------------------------------------------------------------


def test_a_file_for_somebody_known_opens_with_their_key_alone(
    otto: Notebook, una: Notebook, notebooks: Opener, tmp_path: Path
) -> None:
    meet(otto, una, tmp_path)
    logged(otto)
    plan = plan_sending(otto, Selection(recipient="una brandt"))
    assert [each.author for each in plan.sealed_for] == [una.owner.author]
    made = send(otto, plan, tmp_path / "sealed.fieldnotes").result
    assert made.locked == "key"
    assert got(una, made.path).counts["new"] == 1
    for other in (notebooks("Ines Vogt"), otto):
        assert refused(other, made.path).startswith("This file was not made for you")


def test_several_recipients_each_open_it(
    otto: Notebook, una: Notebook, notebooks: Opener, tmp_path: Path
) -> None:
    ines = notebooks("Ines Vogt")
    meet(otto, una, tmp_path)
    meet(otto, ines, tmp_path)
    logged(otto)
    made = sent(otto, tmp_path / "a.fieldnotes", Selection(recipient="Una Brandt; Ines Vogt"))
    assert made.manifest["recipients"] == ["Una Brandt", "Ines Vogt"]
    for taker in (una, ines):
        assert got(taker, made.path).counts["new"] == 1


@pytest.mark.parametrize("decide", [refuse_person, None])
def test_nothing_is_sealed_for_whom_nobody_confirmed(
    otto: Notebook, una: Notebook, tmp_path: Path, decide: object
) -> None:
    meet_by_card(otto, card(una, tmp_path))
    if decide is not None:
        decide(otto, una.owner.author)  # type: ignore[operator]
    logged(otto)
    assert sent(otto, tmp_path / "a.fieldnotes", Selection(recipient="Una Brandt")).locked == "open"
    one = plan_sending(otto, Selection(recipient="Una Brandt; Nobody"))
    assert one.sealed_for == ()


def test_unsealed_is_said_and_done(otto: Notebook, una: Notebook, tmp_path: Path) -> None:
    meet(otto, una, tmp_path)
    logged(otto)
    plan = plan_sending(otto, Selection(recipient="Una Brandt"))
    made = send(otto, plan, tmp_path / "a.fieldnotes", unsealed=True).result
    assert made.locked == "open"
    assert made.path.read_bytes().startswith(b"PK")


def test_a_passphrase_opens_for_anybody_who_knows_it(
    otto: Notebook, una: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldnotes.trust.passphrase.WORK", 4)
    logged(otto)
    plan = plan_sending(otto, Selection())
    path = send(otto, plan, tmp_path / "a.fieldnotes", passphrase="six words").result.path
    file = preview_import(una, [path]).files[0]
    assert file.locked
    assert file.refused.startswith("This file is locked with a passphrase.")
    wrong = preview_import(una, [path], Decisions(passphrase="seven words")).files[0]
    assert wrong.locked
    plan_in = preview_import(una, [path], Decisions(all_new=True, passphrase="six words"))
    assert read_in(una, plan_in).result.counts["new"] == 1


# --- the team list ----------------------------------------------------------------------------


@pytest.fixture
def marketer(notebooks: Opener) -> Notebook:
    return notebooks("Marketing")


def listed(marketer: Notebook, holder: Notebook, tmp_path: Path, **more: str) -> None:
    meet(marketer, holder, tmp_path)
    put_on_team(marketer, holder.owner.author, **more)


def test_whoever_is_on_a_trusted_list_is_a_known_sender(
    marketer: Notebook, otto: Notebook, una: Notebook, tmp_path: Path
) -> None:
    listed(marketer, otto, tmp_path, region="Nordics", language="sv", email="otto@example.com")
    logged(otto)
    file = a_file(otto, tmp_path)
    meet(una, marketer, tmp_path)
    got(una, send_team(marketer, tmp_path / "team.fieldnotes").result.path)
    assert "new sender" in refused(una, file)
    trust_list(una, marketer.owner.author)
    assert refused(una, file) == ""
    shown = person(una, otto)
    assert shown.in_words == "Known sender, from the team list of Marketing"
    assert (shown.region, shown.language, shown.email) == ("Nordics", "sv", "otto@example.com")
    trust_list(una, marketer.owner.author, trusted=False)
    assert "new sender" in refused(una, file)


def test_reading_in_leaves_the_list_what_makes_somebody_known(
    marketer: Notebook, otto: Notebook, una: Notebook, tmp_path: Path
) -> None:
    """Taking trust back takes it from everybody on the list, also whose files were read."""
    listed(marketer, otto, tmp_path)
    meet(una, marketer, tmp_path)
    got(una, send_team(marketer, tmp_path / "team.fieldnotes").result.path)
    trust_list(una, marketer.owner.author)
    logged(otto)
    an_exchange(otto, una)
    assert person(una, otto).standing is Standing.LISTED
    trust_list(una, marketer.owner.author, trusted=False)
    assert person(una, otto).standing is Standing.MET
    assert check_library(una).problems == []


def test_a_list_says_nothing_about_whom_somebody_knows_by_another_key(
    marketer: Notebook, otto: Notebook, una: Notebook, notebooks: Opener, tmp_path: Path
) -> None:
    twin = notebooks("Otto Berg", "twin")
    listed(marketer, twin, tmp_path)
    meet(una, otto, tmp_path)
    meet(una, marketer, tmp_path)
    got(una, send_team(marketer, tmp_path / "team.fieldnotes").result.path)
    trust_list(una, marketer.owner.author)
    assert person(una, twin).standing is Standing.OTHER_KEY
    assert person(una, otto).standing is Standing.KNOWN


def test_a_withdrawn_key_is_read_in_from_nobody_s_file(
    marketer: Notebook, otto: Notebook, una: Notebook, tmp_path: Path
) -> None:
    listed(marketer, otto, tmp_path)
    meet(una, otto, tmp_path)
    meet(una, marketer, tmp_path)
    trust_list(una, marketer.owner.author)
    withdraw_key(marketer, otto.owner.author)
    got(una, send_team(marketer, tmp_path / "team.fieldnotes").result.path)
    assert person(una, otto).standing is Standing.LOST
    assert refused(una, a_file(otto, tmp_path)).startswith("This key of Otto Berg was lost")


def test_the_list_goes_along_with_the_keeper_s_notes_and_nobody_else_s(
    marketer: Notebook, otto: Notebook, una: Notebook, tmp_path: Path
) -> None:
    listed(marketer, otto, tmp_path)
    logged(marketer)
    an_exchange(marketer, una)
    logged(una)
    types = [item.kind for item in plan_sending(una, Selection()).items]
    assert types == ["note", "note"]
    outside = plan_sending(marketer, Selection(audience=Audience.ANYONE))
    assert "team" not in [item.kind for item in outside.items]
    some = plan_sending(marketer, Selection(query="kind:note"))
    assert "team" in [item.kind for item in some.items]


def test_only_a_known_sender_goes_on_the_list(
    marketer: Notebook, otto: Notebook, tmp_path: Path
) -> None:
    meet_by_card(marketer, card(otto, tmp_path))
    with pytest.raises(PersonRefused, match="Compare the six words"):
        put_on_team(marketer, otto.owner.author)
    with pytest.raises(SendingRefused, match="nobody on your team list"):
        send_team(marketer, tmp_path / "team.fieldnotes")


def test_an_entry_is_kept_up_and_taken_off(
    marketer: Notebook, otto: Notebook, tmp_path: Path
) -> None:
    listed(marketer, otto, tmp_path, region="Nordics")
    put_on_team(marketer, otto.owner.author, language="sv")
    (entry,) = list_team(marketer)
    assert (entry.member.region, entry.member.language) == ("Nordics", "sv")
    take_off_team(marketer, otto.owner.author)
    assert list_team(marketer) == []


# --- several keys -----------------------------------------------------------------------------


@pytest.fixture
def laptop(notebooks: Opener) -> Notebook:
    """Otto's new one."""
    return notebooks("Otto Berg", "new-laptop")


def test_the_old_library_is_taken_over_with_its_notes_and_its_key(
    notebooks: Opener, laptop: Notebook, una: Notebook, tmp_path: Path
) -> None:
    old = notebooks("Otto Berg")
    note = logged(old, text="They bought it.")
    an_exchange(old, una)
    sealed = a_file(old, tmp_path, audience=Audience.MYSELF)
    old.close()
    taken = take_over_laptop(laptop, old.library.folder).result
    assert (taken.name, taken.records) == ("Otto Berg", 1)
    assert found(laptop) == [note]
    assert show_note(laptop, note).mine
    assert not show_note(laptop, note).waiting
    assert show_note(laptop, note).sent  # what the old laptop sent is not new on this one
    edit_note(laptop, note, a_note(text="They bought two."))
    assert show_note(laptop, note).author == old.owner.author
    assert check_library(laptop).problems == []
    assert refused(laptop, sealed) == ""  # sealed for the old key
    exchange = an_exchange(laptop, una)
    assert exchange.words["updated"] == 1
    (otto,) = [each for each in people_known(una) if each.name == "Otto Berg"]
    assert otto.author == laptop.owner.author
    assert [each.author for each in otto.former] == [old.owner.author]
    assert show_note(una, note).note.text == "They bought two."
    assert check_library(una).problems == []


def test_a_library_is_not_taken_over_twice_nor_by_itself(
    notebooks: Opener, laptop: Notebook
) -> None:
    old = notebooks("Otto Berg")
    old.close()
    take_over_laptop(laptop, old.library.folder)
    with pytest.raises(PersonRefused, match="has your key already"):
        take_over_laptop(laptop, old.library.folder)
    with pytest.raises(PersonRefused, match="library that is open"):
        take_over_laptop(laptop, laptop.library.folder)


def test_two_laptops_that_name_each_other_are_one_person(
    otto: Notebook, laptop: Notebook, una: Notebook, tmp_path: Path
) -> None:
    meet(una, otto, tmp_path)
    logged(otto)
    meet_by_card(otto, card(laptop, tmp_path))
    go_on_as(otto, laptop.owner.author)
    backup = a_file(otto, tmp_path, audience=Audience.MYSELF)  # opens on the new one as well
    got(laptop, backup)
    (asking,) = open_claims(laptop)
    assert asking.author == otto.owner.author
    logged(laptop)
    alone = a_file(laptop, tmp_path)
    assert "another key" in refused(una, alone)  # the old key's word alone is not here yet
    went_on_from(laptop, otto.owner.author)
    assert open_claims(laptop) == []
    got(una, a_file(otto, tmp_path))
    both = preview_import(
        una, [a_file(laptop, tmp_path)], Decisions(senders=frozenset({laptop.owner.author}))
    )
    read_in(una, both)
    assert [each.author for each in people_known(una)][1:] == [laptop.owner.author]
    assert refused(una, a_file(laptop, tmp_path)) == ""


def test_a_colleague_may_pass_on_the_new_key_s_notes_with_the_word_of_both(
    otto: Notebook, laptop: Notebook, una: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    for here in (una, marketer, laptop):
        meet(here, otto, tmp_path)
    meet(una, marketer, tmp_path)
    meet_by_card(otto, card(laptop, tmp_path))
    note = logged(laptop)
    meet(marketer, laptop, tmp_path)
    got(marketer, a_file(laptop, tmp_path))
    got(una, a_file(marketer, tmp_path))
    assert found(una) == []  # a known name with another key
    went_on_from(laptop, otto.owner.author)
    got(marketer, a_file(laptop, tmp_path))
    got(una, a_file(marketer, tmp_path))
    assert found(una) == []  # the new key alone says so
    go_on_as(otto, laptop.owner.author)
    got(marketer, a_file(otto, tmp_path))
    got(una, a_file(marketer, tmp_path))
    assert found(una) == [note]


def test_a_lost_laptop_is_settled_by_somebody_whose_word_counts(
    otto: Notebook, laptop: Notebook, una: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    for here in (una, marketer):
        meet(here, otto, tmp_path)
    meet(una, marketer, tmp_path)
    meet_by_card(marketer, card(laptop, tmp_path))
    confirm_new_key(marketer, otto.owner.author, laptop.owner.author)
    assert person(marketer, laptop).standing is Standing.KNOWN
    logged(marketer)
    got(una, a_file(marketer, tmp_path))
    fresh = a_file(laptop, tmp_path)
    assert "another key" in refused(una, fresh)  # a word that does not count here
    trust_list(una, marketer.owner.author)
    assert refused(una, fresh) == ""
    assert "was lost" in refused(una, a_file(otto, tmp_path))


def test_a_new_key_that_only_says_so_changes_nothing(
    otto: Notebook, laptop: Notebook, una: Notebook, tmp_path: Path
) -> None:
    meet(una, otto, tmp_path)
    meet_by_card(laptop, card(otto, tmp_path))
    went_on_from(laptop, otto.owner.author)
    file = a_file(laptop, tmp_path)
    assert "another key" in refused(una, file)
    read_in(una, preview_import(una, [file], Decisions(senders=frozenset({laptop.owner.author}))))
    shown = person(una, laptop)
    assert shown.former == ()
    assert shown.asks is not None
    assert shown.asks.author == otto.owner.author


def test_the_new_key_goes_on_with_what_the_old_one_wrote(
    otto: Notebook, laptop: Notebook, tmp_path: Path
) -> None:
    note = logged(otto)
    meet_by_card(otto, card(laptop, tmp_path))
    go_on_as(otto, laptop.owner.author)
    got(laptop, a_file(otto, tmp_path, audience=Audience.MYSELF))
    with pytest.raises(NotYours):
        remove_note(laptop, note, Reason.WRONG)
    went_on_from(laptop, otto.owner.author)
    edit_note(laptop, note, a_note(text="They bought two."))
    shown = show_note(laptop, note)
    assert (shown.mine, shown.rev, shown.note.text) == (True, 2, "They bought two.")
    got(otto, a_file(laptop, tmp_path, audience=Audience.MYSELF))
    assert show_note(otto, note).note.text == "They bought two."
    edit_note(otto, note, a_note(text="They bought three."))
    got(laptop, a_file(otto, tmp_path, audience=Audience.MYSELF))
    assert show_note(laptop, note).note.text == "They bought three."
    assert checked(laptop) == checked(otto)


@pytest.fixture
def lost(
    otto: Notebook, laptop: Notebook, marketer: Notebook, tmp_path: Path
) -> tuple[str, str, str]:
    """Three notes that marketing has of Otto, whose laptop is gone; they settle his new key.

    Returns their ids: one tells more than marketing may see, one names nobody.
    """
    ids = (
        logged(otto, text="They bought it.", account="Norden"),
        logged(otto, text="They pay monthly."),
        logged(otto, text="They may be named."),
    )
    meet(marketer, otto, tmp_path)
    got(marketer, a_file(otto, tmp_path))
    meet_by_card(marketer, card(laptop, tmp_path))
    meet_by_card(laptop, card(otto, tmp_path))
    meet(laptop, marketer, tmp_path)
    confirm_new_key(marketer, otto.owner.author, laptop.owner.author)
    return ids


def checked(notebook: Notebook) -> str:
    """The digest of a library in which all is well."""
    told = check_library(notebook)
    assert told.problems == []
    return told.digest


def test_whoever_lost_a_laptop_has_their_notes_back_and_goes_on(
    otto: Notebook,
    laptop: Notebook,
    marketer: Notebook,
    lost: tuple[str, str, str],
    tmp_path: Path,
) -> None:
    edited, removed, withdrawn = lost
    got(laptop, a_file(marketer, tmp_path))
    with pytest.raises(NotYours):
        remove_note(laptop, removed, Reason.WRONG)
    (asked,) = open_claims(laptop)
    assert asked.author == otto.owner.author  # marketing says so
    went_on_from(laptop, asked.author)
    assert open_claims(laptop) == []
    assert {show_note(laptop, each).mine for each in lost} == {True}
    assert {show_note(laptop, each).sent for each in lost} == {True}  # marketing has them
    edit_note(laptop, edited, a_note(text="They bought two.", account="Norden"))
    remove_note(laptop, removed, Reason.WRONG)
    remove_note(laptop, withdrawn, Reason.CONSENT)
    fresh = logged(laptop)
    assert show_note(laptop, edited).sent is False
    got(marketer, a_file(laptop, tmp_path), removals=True)
    assert show_note(marketer, edited).note.text == "They bought two."
    assert show_note(marketer, edited).versions == 1
    assert {show_note(marketer, each).removed for each in (removed, withdrawn)} == {
        "wrong",
        "consent",
    }
    assert found(marketer) == [fresh, edited]
    assert checked(laptop) == checked(marketer)


@pytest.mark.parametrize("late", [False, True])
def test_versions_of_the_new_key_count_whenever_it_is_heard_that_it_is_one(
    otto: Notebook,
    laptop: Notebook,
    una: Notebook,
    marketer: Notebook,
    lost: tuple[str, str, str],
    tmp_path: Path,
    late: bool,
) -> None:
    """Una has Otto's notes from marketing; his new key's come before the word of it, or after."""
    edited, removed, _ = lost
    meet(una, marketer, tmp_path)
    got(una, a_file(marketer, tmp_path))
    went_on_from(laptop, otto.owner.author)
    got(laptop, a_file(marketer, tmp_path))
    edit_note(laptop, edited, a_note(text="They bought two."))
    remove_note(laptop, removed, Reason.WRONG)
    if not late:
        trust_list(una, marketer.owner.author)
    accepted = Decisions(senders=frozenset({laptop.owner.author}), removals=True)
    read_in(una, preview_import(una, [a_file(laptop, tmp_path)], accepted))
    assert len(found(una)) == (4 if late else 2)  # until then they stand beside the old ones
    if late:
        trust_list(una, marketer.owner.author)
    got(marketer, a_file(laptop, tmp_path), removals=True)
    assert show_note(una, edited).note.text == "They bought two."
    assert show_note(una, removed).removed == "wrong"
    assert checked(una) == checked(marketer)
    trust_list(una, marketer.owner.author, trusted=False)
    assert sorted(found(una)) == sorted([*lost, edited])  # as if nobody had said so
    checked(una)


def test_a_backup_of_the_owner_s_lost_laptop_is_read_in_once_they_say_so(
    otto: Notebook, laptop: Notebook, una: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    """Both laptops were one person before one of them was lost, so both open the file."""
    note = logged(otto, see="me", text="They told me alone.")
    meet_by_card(otto, card(laptop, tmp_path))
    meet_by_card(laptop, card(otto, tmp_path))
    go_on_as(otto, laptop.owner.author)
    went_on_from(laptop, otto.owner.author)
    got(otto, a_file(laptop, tmp_path))
    backup = a_file(otto, tmp_path, audience=Audience.MYSELF)
    plain = a_file(otto, tmp_path)
    confirm_new_key(laptop, otto.owner.author, laptop.owner.author)
    assert "was lost" in refused(laptop, plain)
    assert "new sender" in refused(laptop, backup)
    got(laptop, backup)
    edit_note(laptop, note, a_note(text="They told me two things."))
    assert show_note(laptop, note).note.text == "They told me two things."
    checked(laptop)


@pytest.mark.parametrize("first", ["versions", "word"])
def test_undoing_versions_and_the_word_of_who_is_who_can_be_done_in_any_order(
    otto: Notebook,
    laptop: Notebook,
    una: Notebook,
    marketer: Notebook,
    lost: tuple[str, str, str],
    tmp_path: Path,
    first: str,
) -> None:
    """Una trusts marketing's list, but hears of the new key only in their second file."""
    edited = lost[0]
    meet(una, otto, tmp_path)
    trusted = a_file(otto, tmp_path)
    meet(una, marketer, tmp_path)
    trust_list(una, marketer.owner.author)
    got(una, trusted)
    before = checked(una)
    word = got(una, a_file(marketer, tmp_path)).batch
    went_on_from(laptop, otto.owner.author)
    got(laptop, a_file(marketer, tmp_path))
    edit_note(laptop, edited, a_note(text="They bought two."))
    versions = got(una, a_file(laptop, tmp_path)).batch
    assert len(found(una)) == 3
    assert word is not None
    assert versions is not None
    undo_import(una, versions if first == "versions" else word)
    checked(una)
    told = "it" if first == "versions" else "two"  # the new key's file says who it is as well
    assert show_note(una, edited).note.text == f"They bought {told}."
    undo_import(una, word if first == "versions" else versions)
    assert checked(una) == before


def test_what_the_new_key_erased_is_gone_once_it_is_known_to_be_one(
    otto: Notebook,
    laptop: Notebook,
    marketer: Notebook,
    lost: tuple[str, str, str],
    tmp_path: Path,
) -> None:
    went_on_from(laptop, otto.owner.author)
    got(laptop, a_file(marketer, tmp_path))
    remove_note(laptop, lost[0], Reason.ERASE)
    assert list(laptop.library.records.history(lost[0])) == [show_note(laptop, lost[0]).revision]
    got(marketer, a_file(laptop, tmp_path), removals=True)
    assert len(marketer.library.records.history(lost[0])) == 1
    assert show_note(marketer, lost[0]).removed == "erase"
    assert checked(laptop) == checked(marketer)


def test_a_namesake_s_removal_of_somebody_else_s_note_removes_nothing(
    otto: Notebook, laptop: Notebook, una: Notebook, tmp_path: Path
) -> None:
    """They say that the key was theirs, in their own library, and nobody else believes it."""
    note = logged(otto)
    meet(una, otto, tmp_path)
    got(una, a_file(otto, tmp_path))
    meet_by_card(laptop, card(otto, tmp_path))
    got(laptop, a_file(otto, tmp_path))
    went_on_from(laptop, otto.owner.author)
    remove_note(laptop, note, Reason.WRONG)
    accepted = Decisions(senders=frozenset({laptop.owner.author}), removals=True)
    read_in(una, preview_import(una, [a_file(laptop, tmp_path)], accepted))
    assert found(una) == [note]
    assert show_note(una, note).removed is None


def test_the_files_of_a_lost_key_are_not_its_own_any_more(
    otto: Notebook, una: Notebook, tmp_path: Path
) -> None:
    with pytest.raises(PersonRefused, match="Nobody here has this key"):
        confirm_new_key(una, otto.owner.author, una.owner.author)
    with pytest.raises(BundleRefused):
        raise BundleRefused(refused(una, a_file(otto, tmp_path)))


def test_a_known_sender_does_not_take_another_s_name(
    otto: Notebook, una: Notebook, marketer: Notebook, tmp_path: Path
) -> None:
    """Otherwise what is made for marketing would be sealed for them as well."""
    meet(una, otto, tmp_path)
    meet(una, marketer, tmp_path)
    rename_owner(otto, "MARKETING")
    logged(otto)
    file = a_file(otto, tmp_path)
    assert preview_import(una, [file]).files[0].standing is Standing.OTHER_KEY
    assert meet_by_card(una, card(otto, tmp_path)).result.standing is Standing.OTHER_KEY
    plan = plan_sending(una, Selection(recipient="Marketing"))
    assert [each.author for each in plan.sealed_for] == [marketer.owner.author]
    rename_owner(otto, "Otto Berg-Lind")
    assert refused(una, a_file(otto, tmp_path)) == ""


def test_a_claim_that_was_taken_back_lets_nobody_in(
    otto: Notebook, laptop: Notebook, una: Notebook, tmp_path: Path
) -> None:
    meet(una, otto, tmp_path)
    meet_by_card(otto, card(laptop, tmp_path))
    go_on_as(otto, laptop.owner.author)
    got(laptop, a_file(otto, tmp_path, audience=Audience.MYSELF))
    went_on_from(laptop, otto.owner.author)
    before = a_file(laptop, tmp_path)
    assert refused(una, before) == ""
    (claim,) = (each for each in said(otto.library.records, "succession"))
    history = otto.library.records.history(claim.id, claim.author)
    gone = removal(otto, "succession", claim.id, history, Reason.WRONG)
    una.library.records.put(claim.id, [*history.values(), gone])
    assert "another key" in refused(una, before)
