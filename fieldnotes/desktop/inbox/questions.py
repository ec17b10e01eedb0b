"""What a preview asks of a person before anything is read in, and what it only tells."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec

from fieldnotes.domain.ledger import Gap, numbers_in_words
from fieldnotes.domain.merge import Word
from fieldnotes.domain.people import KEPT_OUT, Standing
from fieldnotes.domain.team import TYPE as TEAM
from fieldnotes.operations.arrivals import Namesake
from fieldnotes.operations.arriving_alike import AlreadySaid
from fieldnotes.operations.import_plans import FilePlan, ImportPlan, Lacking, Line, Twice
from fieldnotes.operations.new_names import SameName

TOLD = 8  # single notes that are told one by one before they are only counted


class NewSender(msgspec.Struct, frozen=True):
    """Somebody nobody here knows yet."""

    author: str
    name: str
    words: tuple[str, ...]
    notes: int
    files: int
    accepted: bool


class OtherKey(msgspec.Struct, frozen=True):
    """A known name, but not the key that is known for it."""

    author: str
    name: str
    words: tuple[str, ...]
    known: tuple[Namesake, ...]
    notes: int
    accepted: bool


class ManyRemovals(msgspec.Struct, frozen=True):
    """More removals at once than anybody makes by hand."""

    names: tuple[str, ...]
    count: int
    allowed: bool = False


class LeftOut(msgspec.Struct, frozen=True):
    """A file of which nothing can be read in, whatever anybody decides."""

    file: str
    why: str
    unsigned: bool


class Locked(msgspec.Struct, frozen=True):
    """Files that open with a passphrase. `wrong`: one was typed, and did not open them."""

    files: tuple[str, ...]
    wrong: bool


class Spelling(msgspec.Struct, frozen=True):
    """New names that look like one that is known here."""

    same: SameName
    agreed: bool


Question = NewSender | OtherKey | ManyRemovals | LeftOut | Locked | Spelling


class Told(msgspec.Struct, frozen=True):
    """Something to know. `what`: 'gap', 'gap_or_others', 'cover', 'team_list', 'edited_twice',
    'said_before', 'said_before_or_more', 'lacking', 'late' or 'not_accepted'."""

    what: str
    heading: str
    detail: str = ""
    count: int = 1
    twice: Twice | None = None  # both versions


class Removed(msgspec.Struct, frozen=True):
    """What an author removed of their own: `count` of all, (heading, reason) of some."""

    author: str
    count: int
    some: tuple[tuple[str, str], ...]


class Preview(msgspec.Struct, frozen=True):
    """A plan with what is known of people who share a name with its senders."""

    plan: ImportPlan
    known: dict[str, tuple[Namesake, ...]] = {}
    names: tuple[SameName, ...] = ()
    agreed: frozenset[SameName] = frozenset()
    said: AlreadySaid = AlreadySaid()
    gaps: tuple[Gap, ...] = ()  # numbers that are lacking once this is read in

    def lines(self, word: Word) -> Iterator[tuple[Line, FilePlan]]:
        """What this would happen to, in the files that would be read in."""
        for file in self.plan.good:
            for line in file.lines:
                if line.word is word and not line.left:
                    yield line, file

    def left(self) -> Iterator[Line]:
        """What somebody chose to leave, as far as it is listed."""
        return (line for file in self.plan.good for line in file.lines if line.left)


def questions(preview: Preview) -> list[Question]:
    """What needs a decision, the most dangerous first."""
    plan = preview.plan
    spelt = (Spelling(each, each in preview.agreed) for each in preview.names)
    return [*_senders(preview), *_locked(plan), *_removals(plan), *spelt, *_left_out(plan)]


def is_open(question: Question) -> bool:
    """Whether it still waits for an answer."""
    match question:
        case NewSender() | OtherKey():
            return not question.accepted
        case Spelling():
            return not question.agreed
        case ManyRemovals():
            return not question.allowed
        case LeftOut() | Locked():
            return True


def told(preview: Preview) -> list[Told]:
    """What nobody has to decide."""
    return [
        *map(_gap, preview.gaps[:TOLD]),
        *_covers(preview.plan),
        *_team_lists(preview.plan),
        *_edited_twice(preview),
        *_said_before(preview.said),
        *_files(preview.plan),
        *_not_accepted(preview),
    ]


def removed(preview: Preview) -> list[Removed]:
    """Removals that apply with the rest, author by author."""
    counts: Counter[str] = Counter()
    for file in preview.plan.good:
        held = file.too_many_removals
        counts.update({name: n for name, n in file.removals.items() if name not in held})
    listed: dict[str, list[tuple[str, str]]] = {}
    for line, _ in preview.lines(Word.REMOVED):
        some = listed.setdefault(line.author, [])
        if len(some) < TOLD:
            some.append((line.heading, line.removed))
    return [Removed(name, n, tuple(listed.get(name, ()))) for name, n in counts.items() if n]


def without_controls(name: str) -> str:
    """A name without the signs that turn the direction of what is read (Unicode TR 9)."""
    return name.translate(_TURNS)


_TURNS = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))


def _senders(preview: Preview) -> list[NewSender | OtherKey]:
    by_author: dict[str, list[FilePlan]] = {}
    for file in preview.plan.files:
        asked = (Standing.NEW, Standing.MET, Standing.OTHER_KEY)
        if file.manifest and file.signed and file.standing in asked:
            by_author.setdefault(file.manifest.author.author, []).append(file)
    found = [_sender(preview, author, files) for author, files in by_author.items()]
    return sorted(found, key=lambda each: isinstance(each, NewSender))


def _sender(preview: Preview, author: str, files: list[FilePlan]) -> NewSender | OtherKey:
    first = files[0]
    assert first.manifest is not None
    name = without_controls(first.manifest.author.name)
    notes = sum(file.records for file in files)
    accepted = author in preview.plan.decisions.senders
    if first.standing is Standing.OTHER_KEY:
        known = preview.known.get(author, ())
        return OtherKey(author, name, first.sender_words, known, notes, accepted)
    return NewSender(author, name, first.sender_words, notes, len(files), accepted)


def _removals(plan: ImportPlan) -> Iterator[ManyRemovals]:
    names = sorted({name for file in plan.good for name in file.mass_removals})
    if names:
        count = sum(file.removals[name] for file in plan.good for name in names)
        yield ManyRemovals(tuple(names), count, plan.decisions.removals)


def _locked(plan: ImportPlan) -> Iterator[Locked]:
    files = [file for file in plan.files if file.locked]
    if files:
        names = tuple(without_controls(file.path.name) for file in files)
        yield Locked(names, bool(plan.decisions.passphrase))


def _left_out(plan: ImportPlan) -> Iterator[LeftOut]:
    for file in plan.files:
        decided = file.manifest and file.signed and file.standing not in KEPT_OUT
        if file.refused and not (decided or file.locked):
            unsigned = file.manifest is not None and not file.signed
            yield LeftOut(without_controls(file.path.name), file.refused, unsigned)


def _gap(gap: Gap) -> Told:
    """Which numbers from whom; in files for nobody others may have them."""
    what = "gap" if gap.recipients else "gap_or_others"
    sender = without_controls(gap.sender)
    return Told(what, numbers_in_words(gap.numbers), sender, len(gap.numbers))


def _covers(plan: ImportPlan) -> Iterator[Told]:
    for file in plan.good[:TOLD]:
        if file.manifest and (file.manifest.note or file.manifest.title):
            words = file.manifest.note or file.manifest.title
            yield Told("cover", words, file.manifest.author.name)


def _team_lists(plan: ImportPlan) -> Iterator[Told]:
    """Lists that count for nothing before somebody trusts them."""
    counts: Counter[str] = Counter()
    for file in plan.good:
        if file.manifest and file.standing not in (Standing.TRUSTED, Standing.MYSELF):
            entries = file.manifest.by_kind.get(TEAM, 0)
            counts[without_controls(file.manifest.author.name)] += entries
    for name, count in counts.items():
        if count:
            yield Told("team_list", name, count=count)


def _edited_twice(preview: Preview) -> Iterator[Told]:
    shown = [each for file in preview.plan.good for each in file.twice][:TOLD]
    for each in shown:
        yield Told("edited_twice", each.heading, each.author, twice=each)
    more = preview.plan.counts[Word.EDITED_TWICE.value] - len(shown)
    if more > 0:
        yield Told("edited_twice", "", "", more)


def _said_before(said: AlreadySaid) -> Iterator[Told]:
    if said.notes:
        yield Told("said_before_or_more" if said.more else "said_before", "", "", said.notes)


def _files(plan: ImportPlan) -> Iterator[Told]:
    """Attached files that are missing, note by note in one row, and those that come after all."""
    lacking = plan.lacking
    if lacking:
        parts = [_with_files(each) for each in lacking[:TOLD]]
        more = len(lacking) - len(parts) + plan.lacking_more
        files = len({sha256 for each in lacking for sha256 in each.files})
        yield Told("lacking", "\n".join(parts), str(more) if more else "", files)
    if plan.late_files:
        yield Told("late", "", "", len(plan.late_files))


def _with_files(told: Lacking) -> str:
    """'Norden visit: offer.pdf, shelf.jpg'."""
    names = ", ".join(sorted(map(without_controls, told.files.values())))
    return f"{told.heading}: {names}" if told.heading else names


def _not_accepted(preview: Preview) -> Iterator[Told]:
    reasons = sum((file.reasons for file in preview.plan.good), Counter[str]())
    for why, count in reasons.most_common(TOLD):
        yield Told("not_accepted", "", why, count)
