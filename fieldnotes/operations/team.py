"""The team list that the owner keeps: put people on it, say more about them, take them off."""

from __future__ import annotations

from pathlib import Path

import msgspec

from fieldnotes.bundle.card_file import is_address
from fieldnotes.domain import merge, team
from fieldnotes.domain.markings import DEFAULT, Audience
from fieldnotes.domain.people import Standing
from fieldnotes.domain.records import Copy, Reason
from fieldnotes.domain.selections import Selection
from fieldnotes.domain.team import Listing, Member
from fieldnotes.errors import PersonRefused, SendingRefused
from fieldnotes.operations import revising
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.people import circle
from fieldnotes.operations.people_along import people_along
from fieldnotes.operations.sending import Sent, send
from fieldnotes.operations.sending_plans import SendingPlan, tally_of
from fieldnotes.store.others import said


def list_team(notebook: Notebook) -> list[Listing]:
    """The owner's own entries, by name."""
    told = said(notebook.library.records, team.TYPE)
    own = (each for each in told if each.author in notebook.library.records.own)
    found = ((each, team.from_fields(each.fields)) for each in own)
    entries = [Listing(each.id, each.author, member) for each, member in found if member]
    return sorted(entries, key=lambda each: (each.member.name.casefold(), each.id))


def put_on_team(
    notebook: Notebook, author: str, region: str = "", language: str = "", email: str = ""
) -> Done[str]:
    """Put somebody on the list, or say more about who is on it. Returns the name.

    Raises PersonRefused for whoever is no known sender: others will rely on it.
    """
    known = circle(notebook)
    card = known.card(author)
    if card is None or not known.lets_in(author):
        raise PersonRefused(
            "Only a known sender goes on the team list.", "Compare the six words first."
        )
    if email and not is_address(email):
        raise PersonRefused(f"{email} is no e-mail address.", "Write it like name@example.com.")
    before = _entry(notebook, author)
    email = email or notebook.library.people.addresses().get(author, "")
    said_now = Member(card.name, card, region, language, email)
    if before is not None:
        old = before.member
        said_now = msgspec.structs.replace(
            said_now,
            region=region or old.region,
            language=language or old.language,
            email=email or old.email,
        )
    return _put(notebook, before, said_now)


def withdraw_key(notebook: Notebook, author: str) -> Done[str]:
    """This key is not theirs any more: nothing new that it signs is read in where the list counts.

    Raises PersonRefused for whoever is not on the list.
    """
    entry = _need(notebook, author)
    return _put(notebook, entry, msgspec.structs.replace(entry.member, withdrawn=True))


def take_off_team(notebook: Notebook, author: str) -> Done[str]:
    """The list says nothing of this key any more. Raises PersonRefused."""
    entry = _need(notebook, author)
    history = notebook.library.records.history(entry.id, entry.keeper)
    copy = revising.removal(notebook, team.TYPE, entry.id, history, Reason.WRONG)
    return _save(notebook, copy, entry.member.name)


def send_team(notebook: Notebook, path: Path) -> Done[Sent]:
    """The list alone as a small file for everybody in the company. Raises SendingRefused."""
    items, copies = people_along(notebook, Audience.COMPANY, set(), set())
    if not list_team(notebook):
        raise SendingRefused("There is nobody on your team list.", "Put people on it first.")
    authors = {copy.revision.author for several in copies.values() for copy in several}
    chosen = Selection(audience=Audience.COMPANY)
    plan = SendingPlan(chosen, items, tally_of(items), along=copies, authors=frozenset(authors))
    return send(notebook, plan, path, title="Team list")


def lists_kept(notebook: Notebook) -> list[tuple[str, int]]:
    """(key, number of entries) of every known sender whose list nobody has trusted yet."""
    known = circle(notebook)
    fresh = (
        author
        for author, card in known.everybody().items()
        if known.standing(card) in (Standing.KNOWN, Standing.LISTED)
    )
    counted = ((author, len(known.on_list_of({author}))) for author in fresh)
    return [(author, count) for author, count in counted if count]


def _entry(notebook: Notebook, author: str) -> Listing | None:
    found = (each for each in list_team(notebook) if each.member.card.author == author)
    return next(found, None)


def _need(notebook: Notebook, author: str) -> Listing:
    entry = _entry(notebook, author)
    if entry is None:
        raise PersonRefused("This key is not on your team list.", "Look at the list.")
    return entry


def _put(notebook: Notebook, before: Listing | None, member: Member) -> Done[str]:
    if before is not None and before.member == member:
        return Done(member.name, Changes())
    record_id = before.id if before else notebook.new_id()
    history = notebook.library.records.history(record_id, before.keeper) if before else {}
    fields = team.to_fields(member)
    told = revising.Version(team.TYPE, record_id, fields, team.FIELDS.__contains__, DEFAULT.value)
    top = merge.current(history) if history else None
    return _save(notebook, revising.version(notebook, told, history, top, 0), member.name)


def _save(notebook: Notebook, copy: Copy, name: str) -> Done[str]:
    with notebook.library.transaction():
        notebook.library.records.put(copy.revision.id, [copy])
    return Done(name, Changes.of(copy.revision.id) | Changes(people=True))
