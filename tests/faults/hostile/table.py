"""What arrives, row by row, and the one sentence that a person is told: nothing else may happen.

The rows of files that are read in all the same stand in `test_hostile_senders.py`.
"""

from __future__ import annotations

import msgspec

from tests.faults.hostile.archives import ARCHIVES
from tests.faults.hostile.bombs import BOMBS
from tests.faults.hostile.damage import DAMAGE, LOCKED, SIGNATURES
from tests.faults.hostile.forging import Attack
from tests.faults.hostile.heavy import HEAVY
from tests.faults.hostile.lines import LINES
from tests.faults.hostile.manifests import MANIFESTS
from tests.faults.hostile.names import NAMES
from tests.faults.hostile.newer import NEWER
from tests.faults.hostile.sealed import COSTLY, SEALED

AGAIN = r"Ask the sender to send it again\."
DAMAGED = rf"This file is damaged or was not made by Fieldnotes\. {AGAIN}"
UNPACKS = rf"This file unpacks to (far more than it weighs|more than it declares)\. {AGAIN}"
TOO_LONG = rf"This file holds a line that is too long to be a note\. {AGAIN}"
TOO_MANY = rf"This file holds a note in too many versions to be real\. {AGAIN}"
FORGED = rf"This file carries a forged key card\. {AGAIN}"
CHANGED = rf"This file was changed after its sender signed it\. {AGAIN}"
NEWER_NEEDED = (
    r"This file needs a newer version of Fieldnotes\."
    r" Update Fieldnotes and read it in again; nothing was changed\."
)
MEMORY = (
    r"The passphrase of this file asks for more memory than a file may\."
    r" Ask the sender for one made for your key\."
)
NOT_YOURS = r"This file was not made for you: only its recipient can open it\. .*\."
OTHER_WORDS = r"This passphrase does not open the file\. Ask its sender for the right one\."
SEALED_DAMAGED = rf"This sealed file (is damaged\. {AGAIN}|names too many recipients to be real\.)"


class Row(msgspec.Struct, frozen=True):
    """Files, and what may be said of each of them."""

    attacks: dict[str, Attack]
    sentences: tuple[str, ...] = (DAMAGED,)

    @property
    def said(self) -> str:
        """As a pattern."""
        return "|".join(f"(?:{each})" for each in self.sentences)


ROWS: dict[str, Row] = {
    "bomb": Row(BOMBS, (DAMAGED, UNPACKS, TOO_LONG)),
    "name": Row(NAMES),
    "archive": Row(ARCHIVES, (DAMAGED, UNPACKS)),
    "damage": Row(DAMAGE, (DAMAGED, UNPACKS, CHANGED)),
    "signature": Row(SIGNATURES, (DAMAGED, CHANGED)),
    "wrong words": Row(LOCKED, (OTHER_WORDS,)),
    "manifest": Row(MANIFESTS, (DAMAGED, FORGED, CHANGED)),
    "line": Row(LINES, (DAMAGED, TOO_LONG, TOO_MANY)),
    "heavy": Row(HEAVY, (DAMAGED, TOO_LONG, FORGED, UNPACKS)),
    "newer": Row(NEWER, (NEWER_NEEDED,)),
    "costly words": Row(COSTLY, (MEMORY,)),
    "sealed": Row(SEALED, (SEALED_DAMAGED, NOT_YOURS, DAMAGED)),
}
_ALL = [(f"{row}: {name}", told, name) for row, told in ROWS.items() for name in told.attacks]
ATTACKS = {key: told.attacks[name] for key, told, name in _ALL}
SENTENCES = {key: told.said for key, told, _ in _ALL}
COSTS = (  # those that are looked at in a process of their own, whose memory is measured
    *(f"heavy: {name}" for name in HEAVY),
    *(f"bomb: {name}" for name in BOMBS),
    *(f"costly words: {name}" for name in COSTLY),
    "manifest: a manifest of empty lists",
    "manifest: a manifest of 40 MB",
    "manifest: a title of 17 MB",
    "manifest: a deep manifest",
    "manifest: a hundred thousand entries",
    "line: a line of 10 MB",
    "line: a list of 2,000,000 lists",
    "line: 1,001 versions of one note",
    "line: nested 100,000 deep",
    "sealed: a header without end",
)
