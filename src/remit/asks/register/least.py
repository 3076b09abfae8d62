"""No more of a text is kept than matching needs: its words in order of the alphabet, and facets.

Both are made of the screened text, at the moment at which it enters the register. Where the
original is kept, so is the screened text as a whole.
"""

from __future__ import annotations

from dataclasses import replace

from remit.asks.intake.candidate import Candidate
from remit.model.ask import Ask


def least(candidate: Candidate) -> Candidate:
    """An ask with its words sorted and its facets read; as it is where its original is kept."""
    if candidate.original is not None or candidate.facets is not None:
        return candidate
    from remit.asks.matching.facets import facets_of, kept_words

    return replace(candidate, text=kept_words(candidate.text), facets=facets_of(candidate))


def least_ask(ask: Ask) -> Ask:
    """The same for an ask with its whole, screened text."""
    from remit.asks.matching import facets

    return facets.least(ask)
