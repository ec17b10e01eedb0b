"""The commands about people: cards, decisions, the team list, and who opens a file."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from fieldnotes.operations.cards import meet_by_card, save_card
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.people import accept_person
from tests.builders import Opener, a_notebook, an_exchange, got, logged, sent
from tests.cli.commands import Type

PERSON = {
    "name",
    "author",
    "words",
    "standing",
    "in_words",
    "email",
    "region",
    "language",
    "keeps",
    "former",
}


@pytest.fixture
def otto(notebooks: Opener) -> Notebook:
    return notebooks("Otto Berg")


@pytest.fixture
def card(otto: Notebook, tmp_path: Path) -> Path:
    return save_card(otto, tmp_path / "otto.fieldnotes-card", "otto@example.com").result


def test_a_card_is_told_and_written(fieldnotes: Type, tmp_path: Path) -> None:
    path = tmp_path / "me.fieldnotes-card"
    said = fieldnotes("card", "--name", "Una", "--out", path, "--email", "u@example.com", "--json")
    assert (said.status, said.json["file"], said.json["email"]) == (0, str(path), "u@example.com")
    told = fieldnotes("card")
    assert told.out == f"Una: {' '.join(said.json['words'])}\n"
    assert fieldnotes("card", "--read", path).err.startswith("This is your own card.")
    assert fieldnotes("card", "--email", "x@y").status == 1


def test_somebody_is_met_accepted_refused_and_forgotten(fieldnotes: Type, card: Path) -> None:
    met = fieldnotes("card", "--read", card, "--json").json
    assert set(met) == PERSON
    assert (met["name"], met["standing"], met["email"]) == ("Otto Berg", "met", "otto@example.com")
    assert fieldnotes("people", "--accept", "otto berg", "--json").json["standing"] == "known"
    assert fieldnotes("people", "--refuse", " ".join(met["words"])).status == 0
    assert fieldnotes("people", "--json").lines[1]["standing"] == "refused"
    assert fieldnotes("people", "--accept", "Mara").err.startswith("Nobody here is called Mara.")
    assert fieldnotes("people", "--accept", "a", "--refuse", "b").status == 2


def test_a_hostile_card_gets_one_sentence(fieldnotes: Type, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"\0" * 10)
    said = fieldnotes("card", "--read", tmp_path / "x")
    assert (said.status, said.out) == (1, "")
    assert said.err == "This file is no key card. Ask its sender for a new one.\n"


def test_a_team_list_is_kept_and_written(fieldnotes: Type, card: Path, tmp_path: Path) -> None:
    fieldnotes("card", "--read", card)
    fieldnotes("people", "--accept", "Otto Berg")
    said = fieldnotes("team", "--add", "Otto Berg", "--region", "Nordics", "--json").json
    assert (said["region"], said["email"], said["withdrawn"]) == (
        "Nordics",
        "otto@example.com",
        False,
    )
    path = tmp_path / "team.fieldnotes"
    assert fieldnotes("team", "--out", path).out == "Otto Berg  Nordics  otto@example.com\n"
    assert fieldnotes("inspect", path, "--json").json["manifest"]["by_kind"] == {"team": 1}
    assert fieldnotes("team", "--lost", "Otto Berg", "--json").json["withdrawn"]
    assert fieldnotes("people", "--json").lines[1]["standing"] == "lost"
    assert fieldnotes("team", "--remove", "Otto Berg").out == ""


def test_a_team_list_is_trusted(fieldnotes: Type, otto: Notebook, tmp_path: Path) -> None:
    from fieldnotes.operations.team import put_on_team, send_team

    keeper = a_notebook(tmp_path, "Marketing")
    author = meet_by_card(keeper, save_card(otto, tmp_path / "o").result).result.author
    accept_person(keeper, author)
    put_on_team(keeper, author)
    path = send_team(keeper, tmp_path / "team.fieldnotes").result.path
    keeper.close()
    assert fieldnotes("import", "--accept-new", path).status == 0
    trusted = fieldnotes("people", "--trust", "Marketing", "--json").json
    assert (trusted["standing"], trusted["keeps"]) == ("trusted", 1)
    shown = [each["in_words"] for each in fieldnotes("people", "--json").lines]
    assert "Known sender, from the team list of Marketing" in shown
    logged(otto)
    assert fieldnotes("import", sent(otto, tmp_path / "o.fieldnotes").path).status == 0


def test_an_old_library_is_taken_over(fieldnotes: Type, otto: Notebook) -> None:
    logged(otto)
    otto.close()
    said = fieldnotes("people", "--laptop", otto.library.folder, "--json")
    assert said.json == {"name": "Otto Berg", "records": 1}
    assert len(fieldnotes("people", "--json").lines[0]["former"]) == 1


def test_a_lost_laptop_is_confirmed(
    fieldnotes: Type, notebooks: Opener, card: Path, tmp_path: Path
) -> None:
    laptop = notebooks("Otto Berg", "new")
    fieldnotes("card", "--read", card)
    fieldnotes("people", "--accept", "Otto Berg")
    fieldnotes("card", "--read", save_card(laptop, tmp_path / "new.fieldnotes-card").result)
    assert "Several people" in fieldnotes("people", "--accept", "Otto Berg").err
    old, new = (
        each["author"]
        for each in sorted(
            fieldnotes("people", "--json").lines[1:], key=lambda each: str(each["standing"])
        )
    )
    said = fieldnotes("people", "--same", old, new, "--json").json
    assert (said["author"], said["standing"]) == (new, "known")
    assert said["former"] == [{"author": old, "lost": True}]


def test_export_seals_for_whom_is_known(
    fieldnotes: Type, card: Path, otto: Notebook, tmp_path: Path
) -> None:
    fieldnotes("log", "They ask who trains the night shift")
    path = tmp_path / "out.fieldnotes"
    open_ = fieldnotes("export", path, "--for", "Otto Berg")
    assert open_.out.endswith("Anyone who has the file can read it.\n")
    fieldnotes("card", "--read", card)
    fieldnotes("people", "--accept", "Otto Berg")
    said = fieldnotes("export", path, "--for", "otto berg")
    assert said.out.endswith("Only Otto Berg can open it.\n")
    assert got(otto, path).counts["new"] == 1
    assert fieldnotes("inspect", path).err.startswith("This file is sealed.")
    again = fieldnotes("export", path, "--for", "Otto Berg", "--unsealed", "--json").json
    assert again["opens"] == "open"


def test_a_passphrase_comes_out_of_a_file(
    fieldnotes: Type, otto: Notebook, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("fieldnotes.trust.passphrase.WORK", 4)
    words, path = tmp_path / "words", tmp_path / "out.fieldnotes"
    words.write_text("six plain words\nand more\n", "utf-8")
    fieldnotes("log", "They ask who trains the night shift")
    said = fieldnotes("export", path, "--passphrase-file", words)
    assert said.out.endswith("Whoever knows the passphrase can open it.\n")
    there = ("--library", tmp_path / "there", "--name", "Una")
    locked = fieldnotes("import", path, *there)
    assert (locked.status, "locked with a passphrase" in locked.err) == (1, True)
    known = fieldnotes("import", path, "--accept-new", "--passphrase-file", words, "--json", *there)
    assert known.json["new"] == 1
    words.write_text("\n", "utf-8")
    assert fieldnotes("export", path, "--passphrase-file", words).status == 1
    assert fieldnotes("export", path, "--passphrase-file", tmp_path / "none").status == 1


def test_a_passphrase_that_would_lock_nothing_is_refused_and_no_file_made(
    fieldnotes: Type, tmp_path: Path
) -> None:
    words = tmp_path / "words"
    words.write_text("six plain words\n", "utf-8")
    fieldnotes("log", "They ask who trains the night shift")
    locked = ("--passphrase-file", words)
    mine = fieldnotes("export", tmp_path / "mine.fieldnotes", "--audience", "myself", *locked)
    assert (mine.status, "own keys alone" in mine.err) == (1, True)
    sheet = fieldnotes("export", tmp_path / "notes.csv", "--as", "csv", *locked)
    assert (sheet.status, "can be locked" in sheet.err) == (1, True)
    assert list(tmp_path.glob("*.fieldnotes")) + list(tmp_path.glob("*.csv")) == []


def test_debian_s_age_opens_what_was_sealed_with_the_recipient_s_key(
    fieldnotes: Type, card: Path, otto: Notebook, tmp_path: Path
) -> None:
    fieldnotes("log", "They ask who trains the night shift")
    fieldnotes("card", "--read", card)
    fieldnotes("people", "--accept", "Otto Berg")
    path, key = tmp_path / "out.fieldnotes", tmp_path / "key"
    fieldnotes("export", path, "--for", "Otto Berg")
    key.write_text(otto.library.owner.secret + "\n", "ascii")
    command = ["age", "--decrypt", "--identity", str(key), str(path)]
    opened = subprocess.run(command, capture_output=True, check=True).stdout
    plain = tmp_path / "plain.fieldnotes"
    plain.write_bytes(opened)
    assert fieldnotes("inspect", plain, "--json").json["manifest"]["recipients"] == ["Otto Berg"]


def test_what_debian_s_age_sealed_is_read_in(
    fieldnotes: Type, otto: Notebook, notebooks: Opener, tmp_path: Path
) -> None:
    una = notebooks("Una Brandt")
    logged(una)
    exchange = an_exchange(una, otto)
    sealed = tmp_path / "sealed.fieldnotes"
    command = ["age", "--recipient", otto.owner.seals, "--output", str(sealed)]
    subprocess.run([*command, str(exchange.path)], check=True)
    assert got(otto, sealed).counts["unchanged"] == 1
