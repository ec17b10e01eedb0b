"""What was checked is what is sent: the bytes that lie here where nothing is hidden, or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from fieldnotes.bundle.contents import Run
from fieldnotes.bundle.lines import LONGEST_LINE
from fieldnotes.bundle.reader import open_bundle
from fieldnotes.bundle.writer import line_of
from fieldnotes.domain.markings import Audience
from fieldnotes.domain.notes import Contact, NoteDraft
from fieldnotes.domain.records import read_line
from fieldnotes.domain.selections import Selection
from fieldnotes.errors import SendingRefused
from fieldnotes.operations.going import lines
from fieldnotes.operations.leaving import shown_to
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.notes import edit_note, log_note
from fieldnotes.operations.sending import send
from fieldnotes.operations.sending_plans import SendingPlan, plan_sending
from fieldnotes.operations.went import Went
from fieldnotes.store import going as store_going
from tests.builders import Opener, a_note, a_notebook, an_exchange, got, logged, sent

MARKS = st.sampled_from(["red", "amber+strict", "green", "clear", "ultraviolet"])
FIELDS = st.sampled_from(["text", "title", "account", "tags", "kind", "contacts.1.name"])


@pytest.fixture(scope="module")
def writer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Notebook]:
    notebook = a_notebook(tmp_path_factory.mktemp("going"), "Mara Keel")
    yield notebook
    notebook.close()


def written(notebook: Notebook, plan: SendingPlan) -> list[bytes]:
    with Went() as went:
        told = [(x.lines if isinstance(x, Run) else [x.line]) for x in lines(notebook, plan, went)]
    return [line for several in told for line in several]


@settings(max_examples=150)
@given(
    marks=st.dictionaries(FIELDS, MARKS, max_size=3),
    marking=MARKS,
    audience=st.sampled_from(list(Audience)),
    title=st.text(max_size=5),
)
def test_a_line_passed_on_is_the_one_that_masking_would_write(
    writer: Notebook, marks: dict[str, str], marking: str, audience: Audience, title: str
) -> None:
    """Every note of the library, against decoding, masking and encoding it."""
    note = a_note(title=title, account="Birch", contacts=(Contact("1", "Una"),))
    log_note(writer, NoteDraft(id=writer.new_id(), note=note, marking=marking, marks=marks))
    stored = [
        line for (line,) in writer.library.connection.execute("SELECT line FROM history").fetchall()
    ]
    masked = [shown_to(read_line(line), audience) for line in stored]
    expected = sorted(
        (line_of(copy) for copy in masked if copy is not None), key=lambda each: each.id
    )
    plan = plan_sending(writer, Selection(audience=audience))
    assert written(writer, plan) == [each.line for each in expected]
    briefly = plan_sending(writer, Selection(audience=audience), listed=False)
    assert briefly == replace(plan, items=[])


def test_a_note_changed_since_the_check_is_not_sent_and_the_older_file_stays(
    notebooks: Opener, tmp_path: Path
) -> None:
    seller, path = notebooks("Mara Keel"), tmp_path / "out.fieldnotes"
    note = logged(seller, text="Nights.")
    plan = plan_sending(seller, Selection())
    edit_note(seller, note, a_note(text="Days."))
    path.write_bytes(b"older")
    with pytest.raises(SendingRefused, match="changed"):
        send(seller, plan, path)
    assert path.read_bytes() == b"older"
    assert [each.name for each in tmp_path.glob("*.part")] == []
    assert seller.library.sendings.recipients() == []


@pytest.mark.parametrize("listed", [True, False])
def test_a_letter_changed_since_the_check_is_not_sent(
    notebooks: Opener, tmp_path: Path, listed: bool
) -> None:
    """Whatever else the row says: the bytes are those that were looked at."""
    seller, path = notebooks("Mara Keel"), tmp_path / "out.fieldnotes"
    logged(seller, text="Nights.")
    plan = plan_sending(seller, Selection(), listed=listed)
    seller.library.connection.execute(
        "UPDATE history SET line = CAST(replace(CAST(line AS TEXT), 'Nights', 'Nightx') AS BLOB)"
    )
    with pytest.raises(SendingRefused, match="changed"):
        send(seller, plan, path)
    assert not path.exists()


def test_what_is_damaged_is_not_sent(notebooks: Opener, tmp_path: Path) -> None:
    """A line that nobody read is still the one that was written."""
    seller, path = notebooks("Mara Keel"), tmp_path / "out.fieldnotes"
    logged(seller, text="Nights.")
    seller.library.connection.execute(
        "UPDATE history SET line = CAST(replace(CAST(line AS TEXT), 'Nights', 'Nightx') AS BLOB)"
    )
    with pytest.raises(SendingRefused, match="changed"):
        send(seller, plan_sending(seller, Selection(), listed=False), path)


def test_it_does_not_matter_which_notes_were_looked_at_closely(notebooks: Opener) -> None:
    """Some, all or none: the same goes."""
    seller, marketer = notebooks("Mara Keel"), notebooks("Marketing")
    for number in range(24):
        contacts = (Contact("1", "Una"),) if number % 3 == 1 else ()
        see, kind = ("me", "company", "anyone")[number % 3], ("note", "win")[number % 2]
        logged(seller, text="Nights.", kind=kind, see=see, tags=("a", "b"), contacts=contacts)
    an_exchange(seller, marketer)
    for number in range(6):
        logged(marketer, text=f"Note {number}", tags=("b",))
    for notebook, audience in product((seller, marketer), Audience):
        plans = []
        for closely in ("0", "note_no % 5 = 1", "1"):
            with notebook.library.looking():
                notebook.library.connection.execute(
                    f"UPDATE facts SET plain = NULL WHERE {closely}"
                )
                selection = Selection(audience=audience)
                plans.append(plan_sending(notebook, selection, listed=False))
        assert len(plans[0].going) > 6 or audience is Audience.ANYONE
        assert plans[0] == plans[1] == plans[2]


def test_a_field_disclosed_since_the_check_is_not_sent(notebooks: Opener, tmp_path: Path) -> None:
    """The same version, of which more is known by now: nobody saw that on the screen."""
    seller, marketer = notebooks("Mara Keel"), notebooks("Marketing")
    logged(seller, text="Nights.", title="Shifts", marks={"title": "amber+strict"}, see="anyone")
    an_exchange(seller, marketer, Audience.ANYONE)
    plan = plan_sending(marketer, Selection(audience=Audience.COMPANY))
    an_exchange(seller, marketer, Audience.COMPANY)
    with pytest.raises(SendingRefused, match="changed"):
        send(marketer, plan, tmp_path / "out.fieldnotes")


def test_without_a_list_the_same_file_is_made(notebooks: Opener, tmp_path: Path) -> None:
    seller = notebooks("Mara Keel")
    for number in range(3):
        logged(seller, text=f"Note {number}", kind="win", see=("me", "company", "anyone")[number])
    told = []
    for listed in (True, False):
        plan = plan_sending(seller, Selection(), listed=listed)
        assert bool(plan.items) == listed
        path = tmp_path / f"{listed}.fieldnotes"
        sent = send(seller, plan, path).result
        with open_bundle(path) as bundle:
            records = [part.sha256 for part in bundle.manifest.entries if "records" in part.name]
        told.append((records, sent.hidden, sent.not_sent, plan.tally))
    assert told[0] == told[1]


@pytest.mark.parametrize("several", [1, 3, 5_000])
def test_what_went_is_remembered_by_number_and_revision(several: int) -> None:
    names = [number.to_bytes(32) for number in range(several)]
    with Went() as went:
        went.add(range(several), names, unsent=False)
        went.add([7], [bytes(32)], unsent=True)
        told = list(went.everything())
    assert [each for versions in told for each in versions.each()] == [
        *enumerate(names),
        (7, bytes(32)),
    ]
    assert told[-1].unsent


def test_a_note_longer_than_any_reader_takes_is_refused(notebooks: Opener, tmp_path: Path) -> None:
    seller, path = notebooks("Mara Keel"), tmp_path / "out.fieldnotes"
    logged(seller, text="x" * LONGEST_LINE, title="A long one")
    plan = plan_sending(seller, Selection(), listed=False)
    with pytest.raises(SendingRefused, match="A long one"):
        send(seller, plan, path)
    assert not path.exists()


def test_the_order_is_that_of_ids_whether_few_go_or_nearly_all(
    notebooks: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    seller = notebooks("Mara Keel")
    ids = [seller.new_id() for _ in range(8)]
    for each in reversed(ids):
        log_note(seller, NoteDraft(id=each, note=a_note(text="Nights.")))
    records = seller.library.records
    facts = [facts for each in ids if (facts := records.facts(each)) is not None]
    expected = [each.note_no for each in facts if each.note_no % 4]
    for few in (0, 1_000):
        monkeypatch.setattr(store_going, "FEW", few)
        assert list(store_going.by_id(records, sorted(expected))) == expected


@pytest.mark.parametrize("few", [0, 1_000])
@pytest.mark.parametrize("page", [1, 2, 250])
def test_notes_of_two_authors_under_one_id_both_go_in_their_order(
    notebooks: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: int, few: int
) -> None:
    """Wherever a page ends between them, sorted or walked through."""
    monkeypatch.setattr(store_going, "PAGE", page)
    monkeypatch.setattr(store_going, "FEW", few)
    seller, marketer = notebooks("Mara Keel"), notebooks("Marketing")
    for number in range(12):
        theirs = logged(seller, text=f"Note {number}", kind="win", tags=("a",))
        contacts = (Contact("1", "Una"),) if number % 3 else ()
        log_note(marketer, NoteDraft(id=theirs, note=a_note(kind="pitch", contacts=contacts)))
    an_exchange(seller, marketer)
    path = tmp_path / "out.fieldnotes"
    told = send(marketer, plan_sending(marketer, Selection()), path).result.manifest
    assert (told["records"], told["by_kind"], told["by_tag"]) == (
        24,
        {"win": 12, "pitch": 12},
        {"a": 12},
    )
    reader = notebooks("Reader")
    assert {word: n for word, n in got(reader, path).counts.items() if n} == {"new": 24}


def test_counts_and_lines_do_not_depend_on_what_is_hidden(
    notebooks: Opener, tmp_path: Path
) -> None:
    """Notes that go as they lie here are counted while looking, the others while writing."""
    seller = notebooks("Mara Keel")
    for number in range(4):
        contacts = (Contact("1", "Una"),) if number % 2 else ()
        logged(seller, text="Nights.", kind="win", tags=("a", "a", "b"), contacts=contacts)
    told = sent(seller, tmp_path / "out.fieldnotes").manifest
    assert (told["by_kind"], told["by_tag"]) == ({"win": 4}, {"a": 4, "b": 4})
