"""No more of a text is kept than matching needs: its words, without their order.

The words are those of the screened text. What hangs on their order (numbers with their unit, the
period, who is meant) is read before, and kept as facets.
"""

from __future__ import annotations

import re
from dataclasses import replace

from remit.asks.intake.candidate import Candidate
from remit.model.ask import Ask

_WORD = re.compile(r"\[\w+\]|[^\W_]+(?:[-'’./&+%][^\W_]+)*%?")


def least(candidate: Candidate) -> Candidate:
    """An ask with its words sorted and its facets read; as it came where its original is kept."""
    if candidate.original is not None:
        return candidate
    return replace(candidate, text=least_text(candidate.text), facets=read_facets(candidate))


def least_text(text: str) -> str:
    """The words of a text in the order of the alphabet, each as often as it stands there.

    >>> least_text("Please send the falls, and the falls by ward, to [name].")
    '[name] Please and by falls falls send the the to ward'
    """
    return " ".join(sorted(_WORD.findall(text)))


def read_facets(ask: Candidate | Ask) -> str | None:
    """What the text says beyond its words; it is read while the text is still in order."""
    return ask.facets
