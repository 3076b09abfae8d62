"""What asks have in common: duplicates, overlaps, series, answers and horizon.

An ask is taken apart into its subject, matter, aspect, period and sender (``frames``), from its
text or from the ``facets`` that are kept in its stead; pairs of asks about one organisation are
weighed (``features``, ``pair_model``) and joined into cliques (``relations``). See
docs/asks-matching.md.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from remit.asks.matching.decisions import read_decisions
    from remit.asks.matching.facets import facets_of, kept_words, least
    from remit.asks.matching.figures import ReadyAnswer, answering_measures, answers
    from remit.asks.matching.matcher import MatchedAsks, match
    from remit.asks.matching.outputs import write_matched
    from remit.asks.matching.plain_file import AsksRead, RejectedAsk, read_asks

__all__ = [
    "AsksRead",
    "MatchedAsks",
    "ReadyAnswer",
    "RejectedAsk",
    "answering_measures",
    "answers",
    "facets_of",
    "kept_words",
    "least",
    "match",
    "read_asks",
    "read_decisions",
    "write_matched",
]

_HOMES = {
    "decisions": ("read_decisions",),
    "facets": ("facets_of", "kept_words", "least"),
    "figures": ("ReadyAnswer", "answering_measures", "answers"),
    "matcher": ("MatchedAsks", "match"),
    "outputs": ("write_matched",),
    "plain_file": ("AsksRead", "RejectedAsk", "read_asks"),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> object:
    """Load the public names when first used: reading a text needs none of the mathematics."""
    if name not in _HOME_OF:
        raise AttributeError(f"module 'remit.asks.matching' has no attribute {name!r}")
    return getattr(import_module(f"remit.asks.matching.{_HOME_OF[name]}"), name)
