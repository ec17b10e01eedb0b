"""Two words in, what worked out: answers of the owner and of colleagues, with how often."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from functools import cache

from msgspec.structs import replace

from fieldnotes.domain import meetings
from fieldnotes.domain.flip import Answer, Flip, Given, How, answer_in, together
from fieldnotes.domain.notes import WORKED, Kind, Note
from fieldnotes.domain.query import Named, Query, Some, Term, Words, leaves
from fieldnotes.domain.query_text import as_typed
from fieldnotes.domain.views import NoteView
from fieldnotes.domain.words import fold, words_of
from fieldnotes.operations.names_meant import SHORTEST, Read, read_names
from fieldnotes.operations.notebook import Notebook
from fieldnotes.operations.search import find_notes

LOOKED_AT = 200  # newest notes that tell how something went: read within a blink at any size
AT_FIRST = 50  # while a word has only begun: any word may still come of it
SHOWN, FAILED = 5, 3  # answers; more is not read at arm's length
SAME = 88  # of 100, by rapidfuzz
EXAMPLES = 2
_WORKED = Named("worked", "yes")
_TELLS: Term = Some((*(Named("worked", each) for each in WORKED), Named("kind", Kind.WIN.value)))
_AGAINST = Some((Named("kind", Kind.COMPETITOR.value), Named("kind", Kind.OBJECTION.value)))
_PASSED_ON = 5  # notes from one to the other, at most


def flip(notebook: Notebook, text: str) -> Flip:
    """What worked for these words: for all of them, else as they are nearly written, else for some.

    What did not work is told of the best of these. The last word may be a beginning. Nothing
    typed, nothing found.
    """
    query = as_typed(text)
    if not query.terms:
        return Flip()
    failed: tuple[Answer, ...] = ()
    for how, read in _readings(notebook, query):
        card = _card(notebook, how, read)
        failed = failed or card.failed
        if card.answers:
            return replace(card, failed=failed)
    return Flip(meant=read_names(notebook, query).meant, failed=failed)


def examples(notebook: Notebook) -> list[str]:
    """Words that find something: competitors against whom something worked lately, and on what."""
    called = notebook.library.names.called
    found: dict[str, Counter[str]] = {}
    for view in find_notes(notebook, Query((_WORKED, _AGAINST)), LOOKED_AT).notes:
        if answer_in(view.note)[0]:
            about = _topic(view.note)
            for name in view.note.competitors:
                found.setdefault(called("competitor", name), Counter()).update([about])
    often = sorted(found, key=lambda name: -found[name].total())
    return [_example(name, found[name]) for name in often[:EXAMPLES]]


def _topic(note: Note) -> str:
    """The concern behind it, else a tag, where it is one word."""
    return next((each for each in (note.concern, *note.tags) if each.isalpha()), "")


def _example(name: str, topics: Counter[str]) -> str:
    topic = max(topics, key=lambda each: (each != "", topics[each]))
    return f"{name.split()[0]} {topic}".strip()


def _readings(notebook: Notebook, query: Query) -> Iterator[tuple[How, Read]]:
    """From what was typed to what is left of it."""
    exact = read_names(notebook, query)
    yield How.ALL, exact
    alike = read_names(notebook, query, alike=True)
    if alike.meant != exact.meant:
        yield How.LIKE, alike
    words = [each for each in alike.query.terms if isinstance(each, Words | Some)]
    if len(words) > 1:
        others = [each for each in alike.query.terms if each not in words]
        yield How.SOME, Read(Query((Some(tuple(words)), *others)), alike.meant)


def _card(notebook: Notebook, how: How, read: Read) -> Flip:
    query = replace(read.query, terms=(*read.query.terms, _TELLS))
    limit = AT_FIRST if _has_begun(read.query) else LOOKED_AT
    views = find_notes(notebook, query, limit).notes
    answers = together(_given(notebook, views), _Sayings())
    worked = [each for each in answers if each.worked]
    return Flip(
        how=how,
        meant=read.meant,
        answers=tuple(worked[:SHOWN]),
        failed=tuple(each for each in answers if not each.worked)[:FAILED],
        more=max(0, len(worked) - SHOWN),
        looked_at=len(views),
        capped=len(views) >= limit,
    )


def _has_begun(query: Query) -> bool:
    asked = (leaf for term in query.terms for leaf in leaves(term))
    return any(
        isinstance(leaf, Words) and leaf.prefix and len(fold(leaf.text)) < SHORTEST
        for leaf in asked
    )


def _given(notebook: Notebook, views: list[NoteView]) -> Iterator[Given]:
    means = cache(lambda account: str(notebook.library.names.entity("account", account)))
    for view in views:
        note = view.note
        words, worked = answer_in(note)
        if words:
            yield Given(
                note=view.id,
                words=words,
                worked=worked,
                voice=_voice(notebook, view, means),
                who="" if view.mine else view.author_name,
                day=view.happened.local().date(),
                kind=note.kind,
                account=note.account,
                stage=note.stage,
                outcome=note.outcome,
                quote=next((each for each in note.quotes if each.text), None),
            )


def _voice(notebook: Notebook, view: NoteView, means: Callable[[str], str]) -> meetings.Voice:
    """What was passed on counts with the note that it was heard from, where that one is here."""
    for _ in range(_PASSED_ON):
        source = _source(notebook, view.note.heard_from_note)
        if source is None:
            break
        view = source
    if view.note.heard_from_note:
        return "heard from", view.note.heard_from_note
    return meetings.voice(view.note, view.happened, means)


def _source(notebook: Notebook, note_id: str) -> NoteView | None:
    try:
        return notebook.library.records.view(note_id) if note_id else None
    except ValueError:  # what others wrote there is no id
        return None


class _Sayings:
    """Finds the words that stand for all that say the same, or nearly."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def __call__(self, words: str) -> str:
        from rapidfuzz import fuzz, process

        plain = " ".join(words_of(words))
        if plain not in self._first:
            close = process.extractOne(
                plain, self._first.keys(), scorer=fuzz.ratio, score_cutoff=SAME
            )
            self._first[plain] = self._first[close[0]] if close else words
        return self._first[plain]
