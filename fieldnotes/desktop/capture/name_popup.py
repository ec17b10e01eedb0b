"""The list of names under the cursor of a note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from fieldnotes.desktop.widgets.completion_popup import CompletionPopup
from fieldnotes.domain.drafts import Sign

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fieldnotes.desktop.widgets.offers import Offer


class NamePopup(CompletionPopup):
    """Names with their sign, and a new one where it could be."""

    def offer_names(self, sign: Sign, offers: Sequence[Offer], row: int) -> None:
        """Fill it with names of this sign; `row` as in `offer`."""
        self.lead = sign
        self.offer(offers, row)

    def new_words(self, offer: Offer) -> str:
        words = {
            Sign.ACCOUNT: self.tr("New account “%s”"),
            Sign.TAG: self.tr("New tag “%s”"),
            Sign.COMPETITOR: self.tr("New competitor “%s”"),
            Sign.PRODUCT: self.tr("New product “%s”"),
        }
        return words[Sign(self.lead)].replace("%s", offer.name)
