"""Which language a note is written in: a guess by its common words, or none."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

NAMES = {
    "en": ("English",),
    "de": ("German", "Deutsch"),
    "fr": ("French", "Français"),
    "es": ("Spanish", "Español"),
    "it": ("Italian", "Italiano"),
    "nl": ("Dutch", "Nederlands"),
    "pt": ("Portuguese", "Português"),
}
"""ISO 639-1 code → its names, the English one first."""

_COMMON = {
    "en": "the and is are was were they that this with for have has had not but from you your we "
    "our it he she his her their will would can could of to in on at if about which what when "
    "who why than then there been because says said wants needs too very them us my me be do does "
    "did an or by as so no yes all more only",
    "de": "der die das und ist sind war waren nicht sie wir ihr ich du er es ein eine einen einem "
    "einer mit für von zu zum zur auf im ist dass weil aber oder wenn wie was wer warum hat haben "
    "hatte wird werden würde kann können will wollen auch noch nur schon sehr mehr als bei aus "
    "nach den dem des uns unser unsere sich kein keine sagt sagen gegen über ab bis doch mal",
    "fr": "le la les un une des du de et est sont était pas ne nous vous ils elles il elle je tu "
    "que qui quoi dans pour avec sur par plus mais ou où si au aux ce cette ces son sa ses leur "
    "leurs notre nos votre très aussi trop déjà encore être avoir ont a dit veut peut parce",
    "es": "el la los las un una unos unas y es son era eran no nos que quien en por para con sin "
    "sobre más pero o si su sus nuestro nuestra se le les lo del al este esta esto muy también "
    "ya todavía porque como cuando hay ha han dice quiere puede está están ser tener demasiado",
    "it": "il lo la i gli le un uno una e è sono era non che chi di da in con su per tra fra ma o "
    "se come quando perché più molto anche ancora già del della dei delle al alla nel nella loro "
    "noi voi ci si ha hanno dice vuole può questo questa nostro nostra troppo essere avere",
    "nl": "de het een en is zijn was waren niet wij we ze zij hij ik jij u dat die dit met voor "
    "van op te naar bij aan uit om maar of als wat wie waarom hoe heeft hebben had wordt worden "
    "kan kunnen wil willen ook nog alleen al heel meer dan onze ons hun geen zegt te veel omdat",
    "pt": "o a os as um uma uns umas e é são era não que quem em no na nos nas por para com sem "
    "sobre mais mas ou se seu sua seus suas nosso nossa do da dos das ao à este esta isto muito "
    "também já ainda porque como quando há tem têm diz quer pode está estão ser ter demais eles",
}
_WORDS = {
    language: frozenset(unicodedata.normalize("NFC", words).split())
    for language, words in _COMMON.items()
}
_SHARED = {
    word: tuple(language for language, words in _WORDS.items() if word in words)
    for word in frozenset().union(*_WORDS.values())
}
_LEAST = 2
_LEAD = 1.25
_A_WORD = re.compile(r"[^\W\d_]+")
_MOST = 400  # words that are looked at, in so many letters
_LETTERS = 8_000


def guess_language(text: str) -> str:
    """The ISO 639-1 code, '' when the words do not say it clearly enough."""
    words = _A_WORD.findall(unicodedata.normalize("NFC", text[:_LETTERS]).lower())[:_MOST]
    scores = dict.fromkeys(_WORDS, 0.0)
    for word, times in Counter(words).items():
        shared = _SHARED.get(word, ())
        for language in shared:  # a word that several share counts less
            scores[language] += times / len(shared)
    best, second = sorted(scores, key=lambda each: scores[each], reverse=True)[:2]
    clear = scores[best] >= _LEAST and scores[best] >= _LEAD * scores[second]
    return best if clear else ""


def language_code(written: str) -> str:
    """What somebody wrote for a language as its code: 'de', 'DE', 'German', 'Deutsch'."""
    wanted = written.strip().casefold()
    for code, names in NAMES.items():
        if wanted == code or wanted in (name.casefold() for name in names):
            return code
    return written.strip().lower()


def language_name(code: str) -> str:
    """The English name of a code; the code itself where it is not known."""
    return NAMES[code][0] if code in NAMES else code
