"""Rough notes of a meeting → proposed notes, by small rules that the help explains.

Nothing is decided here: a person takes each proposal or does not. The rules, first match wins:

1. A heading, a blank line or a list item begins a note; deeper items belong to the one above.
2. A label in front ("Objection:", "Einwand:", "Concurrent :") says the kind, also as a heading for
   all items below it. Else the first row of `RULES` does of which a word is in the text; else a
   known competitor makes it a competitor; else it is a plain note.
3. `@account`, `#tag`, `!competitor`, `^product` and names that are known become chips.
4. Words in quotation marks, three or more, become a quote; a role beside them its speaker.
5. A heading that names a known account or a day says so for all that follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import msgspec
from msgspec.structs import replace

from fieldnotes.domain.drafts import Sign
from fieldnotes.domain.moments import Moment
from fieldnotes.domain.notes import Kind, Meeting, Note, Quote
from fieldnotes.domain.spoken_times import read_time, time_in
from fieldnotes.domain.words import fold

MOST = 300
_LONGEST_NAME = 6

LABELS: dict[Kind, str] = {
    Kind.OBJECTION: "objections? concerns? einwand einwände bedenken objection",
    Kind.COMPETITOR: "competitors? competition wettbewerb(?:er)? konkurrenz mitbewerber"
    " concurrents? concurrence",
    Kind.WIN: "wins? won success erfolg gewonnen gewinn succès gagné victoire",
    Kind.PITCH: "pitch(?:es)? tried versuch versucht essai argument",
    Kind.PROBLEM: "problems? pains? pain.points? needs? problem(?:e)? schmerz bedarf"
    " problèmes? besoins?",
    Kind.NOTE: "notes? other misc notiz(?:en)? sonstiges divers autres?",
}
"""Words that stand before a colon and say the kind, in English, German and French."""


class Rule(msgspec.Struct, frozen=True):
    """Words that tell a kind; each is the beginning of a word unless it ends in `$`."""

    kind: Kind
    words: str


RULES: tuple[Rule, ...] = (
    Rule(Kind.WIN, "we won|they signed|signed with us|chose us|renewed|thanks to us|saved them"),
    Rule(Kind.WIN, "gewonnen|unterschrieben|für uns entschieden|verlängert|begeistert"),
    Rule(Kind.WIN, "on a gagné|ont signé|a signé|nous ont choisi|renouvel|ravis?$"),
    Rule(Kind.OBJECTION, "too expensive|too dear|over budget|no budget|not now|too late|too early"),
    Rule(Kind.OBJECTION, "do not trust|don't trust|not convinced|why should we|worried|hesitat"),
    Rule(Kind.OBJECTION, "zu teuer|kein budget|zu spät|zu früh|nicht überzeugt|skeptisch|bedenken"),
    Rule(Kind.OBJECTION, "trop cher|pas de budget|trop tard|trop tôt|pas convaincu|hésit|inquiet"),
    Rule(Kind.PITCH, "we tried|i tried|i pitched|we pitched|i showed|our pitch"),
    Rule(Kind.PITCH, "wir haben versucht|ich habe .{0,40}(?:gezeigt|vorgestellt)|unser pitch"),
    Rule(Kind.PITCH, "on a essayé|j'ai essayé|j'ai présenté|j'ai montré|notre argument"),
    Rule(Kind.COMPETITOR, "competitor|switch(?:ed|ing)? from|instead of us|also talk(?:s|ing)? to"),
    Rule(Kind.COMPETITOR, "wettbewerb|konkurren|mitbewerb|wechseln? von|nutzen bisher"),
    Rule(Kind.COMPETITOR, "concurren|à la place|utilisent déjà|passer de"),
    Rule(
        Kind.PROBLEM, "problem|struggl|pain|takes? (?:them )?(?:too )?(?:long|hours|days)|manually"
    ),
    Rule(Kind.PROBLEM, "schwierig|kämpfen mit|dauert|von hand|aufwendig|aufwändig|leiden"),
    Rule(Kind.PROBLEM, "difficult|galèr|perd(?:ent)? du temps|à la main|souffr|problème"),
)
"""Tried from the top; the first that fits says the kind."""

_ROLES = (
    r"c[efit]o|cmo|coo|ciso|buyer|purchas\w+|procurement|head of \w+|director(?: of \w+)?"
    r"|(?:it|sales|plant|project|account) manager|founder|owner|engineer|champion"
    r"|einkauf\w*|it-leit\w+|geschäftsführ\w*|werkleit\w+|abteilungsleit\w+|vorstand"
    r"|dsi|daf|dg|pdg|acheteu\w+|directeur \w+|directrice \w+|responsable \w+"
)
_ROLE = re.compile(rf"\b({_ROLES})\b", re.IGNORECASE)
_BULLET = re.compile(r"^(\s*)(?:[-*+•–—▪◦‣·]|\d{1,2}[.)]|[a-z]\)|\[[ xX]?\])\s+(?=\S)")
_BOX = re.compile(r"^\[[ xX]?\]\s+")
_HASHES = re.compile(r"^#{1,6}\s+")
_UNDERLINE = re.compile(r"^\s*(?:={3,}|-{3,}|\*{3,}|_{3,})\s*$")
_QUOTED = re.compile(r"[\"“„«‟](?!\s*[\"”“»])\s*([^\"“”„«»‟\n]{8,400}?)\s*[\"”“»«]")
_SIGNED = re.compile(r"(?:^|(?<=[\s(]))([@#!^])(?:\"([^\"\n]{1,80})\"|([^\W\d_][\w&.-]*))")
_WORD = re.compile(r"[^\W_]+")
_SENTENCE_END = ".!?…:;"
_SHORT_LINE = 64


def _pattern(words: str) -> re.Pattern[str]:
    parts = (rf"{part[:-1]}\b" if part.endswith("$") else part for part in words.split("|"))
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})", re.IGNORECASE)


_COMPILED = tuple((rule, _pattern(rule.words)) for rule in RULES)
_LABELLED = tuple(
    (kind, re.compile(rf"^(?:{'|'.join(words.split())})(?![^\s:–—-])", re.IGNORECASE))
    for kind, words in LABELS.items()
)


class Proposed(msgspec.Struct, frozen=True):
    """A note that could be taken. `source`: its words as they stood; `why`: what told the kind.

    `above`: the headings right above it, which are part of `source`.
    """

    source: str
    note: Note
    why: str = ""
    above: str = ""

    def with_words(self, text: str) -> Proposed:
        """With other words; quotes stay that are still said."""
        quotes = tuple(quote for quote in self.note.quotes if quote.text in text)
        source = f"{self.above}\n{text}" if self.above else text
        return replace(self, source=source, note=replace(self.note, text=text, quotes=quotes))


class KnownMeanings:
    """Which known names a text mentions."""

    def __init__(self, names: Iterable[tuple[Sign, str]]) -> None:
        self._by_words: dict[str, tuple[Sign, str]] = {}
        for sign, name in names:
            words = " ".join(_WORD.findall(fold(name)))
            if len(words) > 2 and sign is not Sign.TAG:  # a tag is any word
                self._by_words.setdefault(words, (sign, name))

    def in_text(self, text: str) -> list[tuple[Sign, str]]:
        """Each name once, in the order of the text; the longest where several begin."""
        words = _WORD.findall(fold(text))
        found: dict[tuple[Sign, str], None] = {}
        at = 0
        while at < len(words):
            for length in range(min(_LONGEST_NAME, len(words) - at), 0, -1):
                name = self._by_words.get(" ".join(words[at : at + length]))
                if name:
                    found[name] = None
                    at += length - 1
                    break
            at += 1
        return list(found)


class _Piece(msgspec.Struct):
    """Lines that belong together; `heading` for one that stands above others."""

    text: str
    heading: bool = False


def split_notes(
    text: str, base: Note, known: KnownMeanings, now: Moment, mint: Callable[[], str]
) -> list[Proposed]:
    """Proposed notes in the order of the text, each with account, time and meeting of `base`.

    Every word of the text is in the `source` of one of them.
    """
    proposed: list[Proposed] = []
    kind: Kind | None = None
    above: list[str] = []
    for piece in _pieces(text):
        if piece.heading:
            kind, rest = _labelled(piece.text)
            base, untold = _told_above(rest, base, known, now)
            base = replace(base, title=untold or base.title)
            above.append(piece.text)
            continue
        source = "\n".join([*above, piece.text])
        told = _proposed(source, piece.text, kind, base, known, mint)
        proposed.append(replace(told, above="\n".join(above)))
        above, base = [], replace(base, title="")
    if above:
        proposed.append(_proposed("\n".join(above), "\n".join(above), None, base, known, mint))
    return _few_enough(proposed)


def rest_of(proposals: Iterable[Proposed]) -> str:
    """What is left over, as one text."""
    return "\n\n".join(each.source for each in proposals)


def _few_enough(proposed: list[Proposed]) -> list[Proposed]:
    """The last one holds what would be too many."""
    if len(proposed) <= MOST:
        return proposed
    rest = rest_of(proposed[MOST - 1 :])
    last = replace(proposed[MOST - 1].note, text=rest, kind=Kind.NOTE.value)
    return [*proposed[: MOST - 1], Proposed(rest, last)]


def _pieces(text: str) -> Iterator[_Piece]:
    """Headings, list items with what is below them, and paragraphs."""
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    held: list[str] = []
    indent = -1  # of the list item that is held, or -1
    for at, line in enumerate(lines):
        following = lines[at + 1] if at + 1 < len(lines) else ""
        bullet = _BULLET.match(line)
        if not line.strip() or _UNDERLINE.match(line):
            if indent < 0 or not following.startswith((" ", "\t")):
                yield from _held(held)
                indent = -1
        elif _is_heading(line, following, bool(held)):
            yield from _held(held)
            yield _Piece(_HASHES.sub("", line).strip(), heading=True)
            indent = -1
        elif bullet and (indent < 0 or len(bullet[1]) <= indent):
            yield from _held(held)
            held.append(_BOX.sub("", line[bullet.end() :]))
            indent = len(bullet[1])
        elif held and indent < 0 and _begins_anew(held[-1], line):
            yield from _held(held)
            held.append(line.strip())
        else:
            held.append(line.strip())
    yield from _held(held)


def _held(held: list[str]) -> Iterator[_Piece]:
    if held:
        yield _Piece("\n".join(held))
        held.clear()


def _is_heading(line: str, following: str, inside: bool) -> bool:
    """Marked or underlined, or a short line that ends in a colon above a list or a blank line."""
    if _HASHES.match(line) or (_UNDERLINE.match(following) and not inside):
        return not _BULLET.match(line)
    words = line.split()
    return (
        line.endswith(":")
        and len(words) <= 8
        and not _BULLET.match(line)
        and (
            not following.strip()
            or bool(_BULLET.match(following))
            or _labelled(line)[0] is not None
        )
    )


def _begins_anew(before: str, line: str) -> bool:
    """In a paragraph: a labelled line, or one after a short line that was a sentence."""
    if _labelled(line)[0] is not None:
        return True
    ended = before[-1:] in _SENTENCE_END or len(before) < _SHORT_LINE
    return ended and len(before) < _SHORT_LINE and (line[:1].isupper() or line[:1] in '@#!^"“„«')


def _labelled(line: str) -> tuple[Kind | None, str]:
    """The kind that a label says, and the line without the label."""
    plain = line.strip()
    for kind, label in _LABELLED:
        found = label.match(plain)
        if found:
            rest = plain[found.end() :].lstrip()
            if rest[:1] in (":", "–", "—", "-") or not rest:
                return kind, rest.lstrip(":–—- ").strip()
    return None, plain.rstrip(":").strip()


def _told_above(heading: str, base: Note, known: KnownMeanings, now: Moment) -> tuple[Note, str]:
    """`base` with the account and the day of a heading; the heading if it says anything beside."""
    named = [name for sign, name in known.in_text(heading) if sign is Sign.ACCOUNT]
    signed = [one or other for sign, one, other in _SIGNED.findall(heading) if sign == "@"]
    account = next(iter([*signed, *named]), "")
    parts = re.split(r"\s*[,–—|()]\s*|\s+-\s+", heading)
    times = (read_time(part, now) for part in parts if any(map(str.isdigit, part)))
    when = next(filter(None, times), None)
    if when is None and (spoken := time_in(heading, now)):
        when = (spoken[1], True)
    if account:
        base = replace(base, account=account, meeting=_of_account(base, account))
    if when:
        base = replace(base, happened=when[0], whole_day=when[1], meeting=_on_day(base, when[0]))
    told = {*_WORD.findall(fold(account))}
    beside = [word for word in _WORD.findall(fold(heading)) if word not in told]
    silent = all(word.isdigit() or read_time(word, now) for word in beside)
    return base, "" if silent else heading


def _of_account(base: Note, account: str) -> Meeting | None:
    meeting = base.meeting
    same = meeting and (not meeting.account or fold(meeting.account) == fold(account))
    return replace(meeting, account=account) if meeting and same else None


def _on_day(base: Note, when: Moment) -> Meeting | None:
    day = when.local().date().isoformat()
    return replace(base.meeting, day=day) if base.meeting else None


def _proposed(
    source: str,
    text: str,
    above: Kind | None,
    base: Note,
    known: KnownMeanings,
    mint: Callable[[], str],
) -> Proposed:
    label, words = _labelled(text.split("\n", 1)[0])
    if label is not None:
        text = "\n".join(filter(None, [words, *text.split("\n")[1:]])) or text
    names = _names(text, known)
    plain = _SIGNED.sub(lambda found: found[2] or found[3], text)
    kind, why = _kind(plain, label, above, names)
    accounts = names[Sign.ACCOUNT]
    note = replace(
        base,
        kind=kind.value,
        text=plain,
        account=accounts[0] if accounts else base.account,
        competitors=tuple(names[Sign.COMPETITOR]),
        products=tuple(names[Sign.PRODUCT]),
        tags=tuple(names[Sign.TAG]),
        quotes=tuple(_quotes(plain, mint)),
    )
    return Proposed(source, note, why)


def _names(text: str, known: KnownMeanings) -> dict[Sign, list[str]]:
    found: dict[Sign, dict[str, None]] = {sign: {} for sign in Sign}
    for sign, quoted, word in _SIGNED.findall(text):
        found[Sign(sign)][(quoted or word).rstrip(".-&")] = None
    have = {fold(name) for names in found.values() for name in names}
    for meant, name in known.in_text(text):
        if fold(name) not in have:
            found[meant][name] = None
    return {sign: list(names) for sign, names in found.items()}


def _kind(
    text: str, label: Kind | None, above: Kind | None, names: dict[Sign, list[str]]
) -> tuple[Kind, str]:
    if label is not None or above is not None:
        return label or above or Kind.NOTE, ""
    for rule, pattern in _COMPILED:
        if found := pattern.search(text):
            return rule.kind, found[0]
    if names[Sign.COMPETITOR]:
        return Kind.COMPETITOR, names[Sign.COMPETITOR][0]
    return Kind.NOTE, ""


def _quotes(text: str, mint: Callable[[], str]) -> Iterator[Quote]:
    for found in _QUOTED.finditer(text):
        words = found[1].strip()
        if len(words.split()) >= 3:
            beside = text[max(0, found.start() - 60) : found.start()]
            after = text[found.end() : found.end() + 60]
            roles = [*_ROLE.findall(after)[:1], *reversed(_ROLE.findall(beside)), ""]
            yield Quote(mint(), words, roles[0])
