"""How the seller knows and how sure they are, as the grades that analysts use."""

from __future__ import annotations

_SOURCE = {"seen": "A", "said to me": "B", "published": "C", "second-hand": "D", "a guess": "F"}
_CONTENT = {
    "confirmed": "1",
    "quite sure": "2",
    "probably": "3",
    "doubtful": "4",
    "unlikely": "5",
    "cannot say": "6",
}
UNJUDGED = "F6"


def grade(known_by: str, sureness: str) -> str:
    """The Admiralty grade, such as 'B2'; what nobody said, or in unknown words, is F or 6.

    The letter is the source: A completely, B usually, C fairly, D not usually reliable, E
    unreliable, F cannot be judged. The digit is what it says: 1 confirmed by other sources,
    2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot be judged. Each is judged
    without regard to the other (NATO AJP-2.1, annex on the evaluation of information; UK Ministry
    of Defence, JWP 2-00, Intelligence Support to Joint Operations, 2003). What a seller saw is A
    and what a customer told them B; print speaks for its publisher (C), hearsay loses its source
    (D), and a guess has none (F). E is for sources that were wrong before, which a single note
    cannot know.
    """
    return _SOURCE.get(known_by, "F") + _CONTENT.get(sureness, "6")
