"""Meetings as a calendar tells them, which of them were just held, and with which account."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

import msgspec

from fieldnotes.domain.meetings import HeldMeeting, with_people
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import Meeting, Note
from fieldnotes.domain.words import fold

_SOON_MS = 10 * 60 * 1000  # who writes ten minutes before the end has met already
_WORDS = re.compile(r"[^\W_]+")
_LONGEST_NAME = 6  # words
_LEAST = 4  # letters that tell one account from others
_LEGAL = frozenset(
    "gmbh ag kg se co ohg ug ev inc ltd llc llp plc corp sa sas sarl srl spa bv nv ab oy as".split()
)
_PUBLIC = frozenset(
    "gmail googlemail outlook hotmail live msn yahoo ymail aol icloud me mac proton protonmail gmx"
    " web freenet posteo mailbox orange free wanadoo laposte sfr libero mail email".split()
)
_NO_COMPANY = frozenset("www mail smtp mx co com org net ac gov edu".split())


class Attendee(msgspec.Struct, frozen=True):
    """Somebody invited."""

    name: str
    email: str = ""


class CalendarEvent(msgspec.Struct, frozen=True, kw_only=True):
    """One meeting. `recurrence`: which of a series, by its planned start in UTC; '' for none."""

    uid: str
    recurrence: str = ""
    title: str = ""
    begins: Moment
    ends: Moment
    whole_day: bool = False
    place: str = ""
    people: tuple[Attendee, ...] = ()

    @property
    def key(self) -> str:
        """Tells this meeting from all others."""
        return f"{self.uid} {self.recurrence}".strip()


class Encounter(msgspec.Struct, frozen=True):
    """A meeting that was held. `account` is a guess or ''; `notes` are about it already."""

    event: CalendarEvent
    account: str = ""
    notes: int = 0
    meeting: Meeting | None = None

    def begun(self, mint: Callable[[], str]) -> Note:
        """The empty note that a debrief of it starts with."""
        event = self.event
        day = event.begins.local().date().isoformat()
        meeting = self.meeting or Meeting(
            id=mint(),
            account=self.account,
            day=day,
            people=with_people((), (person.name for person in event.people), mint),
            event=event.uid,
            recurrence=event.recurrence,
        )
        account = meeting.account or self.account
        return Note(account=account, happened=event.begins, place=event.place, meeting=meeting)


def held_lately(events: Iterable[CalendarEvent], now: Moment) -> list[CalendarEvent]:
    """The meetings of today and yesterday that are over, or nearly so, the latest first."""
    days = {now.local().date(), now.local().date() - timedelta(days=1)}
    over = [
        event
        for event in events
        if event.begins.local().date() in days
        and event.begins.ms <= now.ms
        and event.ends.ms <= now.ms + _SOON_MS
        and not event.whole_day
    ]
    return sorted(over, key=lambda event: (-event.ends.ms, event.key))


def encounters(
    events: Iterable[CalendarEvent], accounts: Accounts, held: Sequence[HeldMeeting], owner: str
) -> list[Encounter]:
    """Each with its account and the notes that are about it; `owner` is not whom one met."""
    known = {(each.meeting.event, each.meeting.recurrence): each for each in held}
    found = []
    for event in events:
        others = tuple(each for each in event.people if fold(each.name) != fold(owner))
        met = msgspec.structs.replace(event, people=others)
        noted = known.get((event.uid, event.recurrence))
        if noted is None:
            found.append(Encounter(met, accounts.guess(met)))
        else:
            account = noted.meeting.account
            found.append(Encounter(met, account, noted.notes, noted.meeting))
    return found


class Accounts:
    """Known accounts, ready to be recognised in titles and addresses."""

    def __init__(self, names: Iterable[str]) -> None:
        self._by_words: dict[str, str] = {}
        self._by_letters: dict[str, str] = {}
        self._by_first: dict[str, str] = {}
        for name in names:
            words = _words(name)
            core = [word for word in words if word not in _LEGAL] or words
            self._by_words.setdefault(" ".join(words), name)
            self._by_words.setdefault(" ".join(core), name)
            self._by_letters.setdefault("".join(core), name)
            first = core[0] if core else ""
            # a first word that two accounts share tells neither
            self._by_first[first] = "" if self._by_first.get(first, name) != name else name

    def guess(self, event: CalendarEvent) -> str:
        """The account a meeting was with: named in its title or place, else by the addresses."""
        return self._named(event.title) or self._of_addresses(event) or self._named(event.place)

    def _named(self, text: str) -> str:
        """The longest name in it; or an account whose first word is there and no other's."""
        words = _words(text)[:40]
        for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
            for at in range(len(words) - length + 1):
                said = " ".join(words[at : at + length])
                if len(said) >= _LEAST - 1 and said in self._by_words:
                    return self._by_words[said]
        first = (self._by_first.get(word, "") for word in words if len(word) >= _LEAST)
        return next(filter(None, first), "")

    def _of_addresses(self, event: CalendarEvent) -> str:
        for person in event.people:
            letters = _company(person.email)
            found = self._by_letters.get(letters) or self._by_first.get(letters, "")
            if letters and found:
                return found
        return ""


def _words(text: str) -> list[str]:
    return _WORDS.findall(fold(text))


def _company(email: str) -> str:
    """The letters of the company in an address: 'petra@mail.halden-foods.co.uk' → 'haldenfoods'."""
    labels = fold(email.rpartition("@")[2]).split(".")[:-1]
    telling = [label for label in labels if label not in _NO_COMPANY]
    name = telling[-1] if telling else ""
    letters = "".join(_WORDS.findall(name))
    return "" if name in _PUBLIC or len(letters) < _LEAST - 1 else letters
