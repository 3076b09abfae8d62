"""What asks have in common: duplicates, overlaps, series, answers and horizon.

An ask is taken apart into its subject, matter, aspect, period and sender (``frames``); pairs of
asks about one organisation are weighed (``features``, ``pair_model``) and joined into cliques
(``relations``). See docs/asks-matching.md.
"""

from remit.asks.matching.decisions import read_decisions
from remit.asks.matching.figures import ReadyAnswer, answering_measures, answers
from remit.asks.matching.matcher import Matched, match
from remit.asks.matching.outputs import write_matched
from remit.asks.matching.plain_file import AsksRead, RejectedAsk, read_asks

__all__ = [
    "AsksRead",
    "Matched",
    "ReadyAnswer",
    "RejectedAsk",
    "answering_measures",
    "answers",
    "match",
    "read_asks",
    "read_decisions",
    "write_matched",
]
