"""Phone numbers in free text. Which digits are one takes tables, loaded when first asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

_PERHAPS = re.compile(r"(?:\d[^\w\n]{0,3}){6,}\d")
_ABROAD = re.compile(r"\+|00")
_AT_HOME = re.compile(r"0|\(|\d{3}[-. ]\d{3}[-. ]\d{4}")
_NO_PHONE = re.compile(
    r"(?:invoice|order|ticket|case|quote|article|part|serial|po|ref|rechnung|auftrag|angebot|artikel"
    r"|vorgang|facture|commande|nr|no|id|n°|№|#)[\s.:#°-]*(?:nr|no|n°|#)?[\s.:#-]*$",
    re.IGNORECASE,
)
REGIONS = "DE AT CH GB US IE ES MX FR BE IT NL PT BR".split()


def phone_numbers(text: str) -> list[tuple[int, int]]:
    """Where numbers stand that exist: written for abroad, or as at home in one of REGIONS, whatever
    the language. Bare digits and numbers of orders are none."""
    if not _PERHAPS.search(text):
        return []
    return sorted({span for region in REGIONS for span in _in_region(text, region)})


def _in_region(text: str, region: str) -> Iterator[tuple[int, int]]:
    from phonenumbers import Leniency, PhoneNumberMatcher

    for match in PhoneNumberMatcher(text, region, leniency=Leniency.VALID, max_tries=200):
        said = match.raw_string
        written = _ABROAD.match(said) or _AT_HOME.match(said)
        if written and not _NO_PHONE.search(text[max(0, match.start - 20) : match.start]):
            yield match.start, match.end
