"""Who is who: everybody with the words of their key, and what the owner decided about them."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from fieldnotes.domain import succession, team
from fieldnotes.domain.people import IN_WORDS, KeyCard, Standing
from fieldnotes.domain.succession import Claim
from fieldnotes.domain.words import fold
from fieldnotes.errors import PersonRefused
from fieldnotes.operations.changes import Changes, Done
from fieldnotes.operations.notebook import Notebook
from fieldnotes.store import persons
from fieldnotes.store.others import said
from fieldnotes.trust.identity import six_words
from fieldnotes.trust.people import Circle

_ORDER = (
    Standing.OTHER_KEY,
    Standing.MET,
    Standing.TRUSTED,
    Standing.KNOWN,
    Standing.LISTED,
    Standing.LOST,
    Standing.REFUSED,
)


class FormerKey(msgspec.Struct, frozen=True):
    """Another key of somebody's, and the six words of it."""

    author: str
    words: tuple[str, ...]
    lost: bool = False


class KnownPerson(msgspec.Struct, frozen=True):
    """Somebody by name, the six words of their key, and how well they are known.

    `listed_by`: whose team list says so; `keeps`: how many people their own team list has.
    `former`: other keys of the same person; `asks`: a key that this one claims to go on from,
    which nobody confirmed yet; `namesakes`: keys of others whose names look like this one.
    """

    author: str
    name: str
    words: tuple[str, ...]
    standing: Standing
    email: str = ""
    region: str = ""
    language: str = ""
    listed_by: str = ""
    keeps: int = 0
    former: tuple[FormerKey, ...] = ()
    namesakes: tuple[FormerKey, ...] = ()
    asks: FormerKey | None = None
    on_my_list: bool = False

    @property
    def in_words(self) -> str:
        """How well they are known."""
        if self.standing is Standing.LISTED:
            whose = f"the team list of {self.listed_by}" if self.listed_by else "your team list"
            return f"Known sender, from {whose}"
        if self.standing is Standing.TRUSTED:
            return "Known sender, whose team list you trust"
        return IN_WORDS[self.standing]


def circle(notebook: Notebook, beside: Iterable[Claim] = ()) -> Circle:
    """Everybody who is known here, one way or another. `beside`: claims that are not held yet."""
    records = notebook.library.records
    claims = (
        succession.from_fields(each.fields, each.author, each.id)
        for each in said(records, succession.TYPE)
    )
    members = ((each, team.from_fields(each.fields)) for each in said(records, team.TYPE))
    listed = (team.Listing(each.id, each.author, member) for each, member in members if member)
    return Circle(notebook.library.people.everybody(), [*filter(None, claims), *beside], listed)


def people_known(notebook: Notebook) -> list[KnownPerson]:
    """The owner first, then whoever needs a look, then everybody by name; each person once."""
    known, addresses = circle(notebook), notebook.library.people.addresses()
    shown = dict.fromkeys(known.persons.present(author) for author in known.everybody())
    shown = {notebook.owner.author: None} | {
        author: None for author in shown if author not in known.persons.keys(notebook.owner.author)
    }
    people = [_person(known, author, addresses) for author in shown if known.card(author)]
    return [people[0], *sorted(people[1:], key=_place)]


def address_of(notebook: Notebook, recipient: str) -> str:
    """The e-mail address of whoever is called so, as far as it is known."""
    found = [
        each.email
        for name in recipient.split(";")
        for each in people_known(notebook)
        if each.email and fold(each.name) == fold(name)
    ]
    return ", ".join(dict.fromkeys(found))


def find_person(notebook: Notebook, reference: str) -> KnownPerson:
    """Somebody by name, six words, or the beginning of the hash of their key.

    Raises PersonRefused where nobody or more than one is called so.
    """
    wanted = fold(reference)
    found = [
        person
        for person in people_known(notebook)
        if wanted in (fold(person.name), " ".join(person.words))
        or (len(wanted) >= 8 and person.author.startswith(wanted))
    ]
    if not found:
        raise PersonRefused(f"Nobody here is called {reference}.", "Look at the list of people.")
    if len(found) > 1:
        raise PersonRefused(
            f"Several people here are called {reference}.", "Say which by the six words."
        )
    return found[0]


def the_person(notebook: Notebook, author: str) -> KnownPerson:
    """Whoever has this key, by the key that they go by now. Raises PersonRefused."""
    known = circle(notebook)
    author = known.persons.present(author)
    if known.card(author) is None:
        raise PersonRefused("Nobody here has this key.", "Look at the list of people.")
    return _person(known, author, notebook.library.people.addresses())


def accept_person(notebook: Notebook, author: str) -> Done[str]:
    """The owner compared the six words: this key is whose it says. Returns the name."""
    return _decide(notebook, author, Standing.KNOWN)


def refuse_person(notebook: Notebook, author: str) -> Done[str]:
    """It is not them: nothing that this key signs is taken any more. Returns the name."""
    return _decide(notebook, author, Standing.REFUSED)


def trust_list(notebook: Notebook, author: str, trusted: bool = True) -> Done[str]:
    """Whoever is in this person's team list is a known sender from now on. Returns the name.

    Raises PersonRefused for somebody who is no known sender themselves.
    """
    person = _find(notebook, author)
    if person.standing not in (Standing.KNOWN, Standing.TRUSTED, Standing.LISTED):
        raise PersonRefused(f"{person.name} is no known sender.", "Compare the six words first.")
    return _decide(notebook, author, Standing.TRUSTED if trusted else Standing.KNOWN)


def forget_person(notebook: Notebook, author: str) -> Done[str]:
    """What was decided about a key does not hold any more. Returns the name."""
    person = _find(notebook, author)
    people = notebook.library.people
    with notebook.library.transaction():
        if not people.remove(author):
            people.put(_card(notebook, author), Standing.MET)
        changes = _changed(notebook)
    return Done(person.name, changes)


def settle_persons(notebook: Notebook) -> bool:
    """Let what the keys of one person wrote be one record, and no more than that.

    To be called wherever keys, claims of them or trust in people changed, at the end of the
    caller's transaction. True: records look different from now on.
    """
    library = notebook.library
    done = persons.settle(library.records, circle(notebook).persons.keys)
    if done.let_go:  # housekeeping finds them; what something else still refers to stays
        library.blobs.loosen(dict.fromkeys(done.let_go, notebook.clock().ms))
    return bool(done)


def _changed(notebook: Notebook) -> Changes:
    return Changes.many() if settle_persons(notebook) else Changes(people=True)


def _decide(notebook: Notebook, author: str, standing: Standing) -> Done[str]:
    person = _find(notebook, author)
    with notebook.library.transaction():
        notebook.library.people.put(_card(notebook, author), standing)
        changes = _changed(notebook)
    return Done(person.name, changes)


def _find(notebook: Notebook, author: str) -> KnownPerson:
    known = circle(notebook)
    if author in known.persons.keys(notebook.owner.author) or known.card(author) is None:
        raise PersonRefused("Nothing is decided about this key.", "Choose somebody else.")
    return _person(known, author, {})


def _card(notebook: Notebook, author: str) -> KeyCard:
    card = circle(notebook).card(author)
    assert card is not None  # it was just found
    return card


def _person(known: Circle, author: str, addresses: dict[str, str]) -> KnownPerson:
    card = known.card(author)
    assert card is not None
    keys = known.persons.keys(author)
    listing = next(
        (known.listed[key] for key in (author, *sorted(keys)) if key in known.listed), None
    )
    member = listing.member if listing else None
    keeper = known.card(listing.keeper) if listing else None
    standing = known.standing(card)
    email = next((addresses[key] for key in (author, *sorted(keys)) if key in addresses), "")
    return KnownPerson(
        author=author,
        name=card.name,
        words=six_words(author),
        standing=Standing.MET if standing is Standing.NEW else standing,
        email=email or (member.email if member else ""),
        region=member.region if member else "",
        language=member.language if member else "",
        listed_by=keeper.name if keeper and keeper.author not in known.owner else "",
        keeps=len(known.on_list_of(keys)),
        on_my_list=author in known.on_list_of(known.owner),
        former=tuple(_key(known, key) for key in sorted(keys - {author})),
        namesakes=tuple(_key(known, key) for key in known.namesakes(card)),
        asks=_asked(known, author),
    )


def _key(known: Circle, author: str) -> FormerKey:
    return FormerKey(author, six_words(author), known.is_lost(author))


def _asked(known: Circle, author: str) -> FormerKey | None:
    """A known key that this new one claims to go on from, without anybody having confirmed it."""
    for each in known.claims:
        open_ = each.old not in known.persons.keys(author) and known.card(each.old) is not None
        if each.card.author == author and each.author in each.edge and open_:
            return _key(known, each.old)
    return None


def _place(person: KnownPerson) -> tuple[int, str]:
    return _ORDER.index(person.standing), fold(person.name)
