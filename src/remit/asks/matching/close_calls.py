"""Pairs of which it is unsure what they are: both readings are told, and a person decides.

Two kinds of close calls are found by the likelihoods of the pair model, within distances that it
declares; two by rules: a chaser that also looks like the next of a series, and like letters of one
team of which it is not said for which periods they ask.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from remit.asks.matching.relations import Edge, LikelyRelation, Related
from remit.model.ask import AskRelation, ClosePair, PairReading
from remit.model.lexicon import PairModel
from remit.words.figures import number_words

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_MARGIN = 1e-9


@dataclass(frozen=True, slots=True)
class JudgedPairs:
    """All pairs that were compared, with what was said of each."""

    edges: Mapping[int, Edge]
    """The identifiers of the pairs that are worth a look, by their rows."""
    likely: Mapping[Edge, LikelyRelation]
    in_series: NDArray[np.bool_]
    """For each row whether the two are of one recurring return."""
    letters: NDArray[np.bool_]
    """For each row whether they are like letters of one team (see ``series.alike_letters``)."""
    chased: Mapping[str, str]
    """For each chaser the ask that it chases."""
    related: Related


def close_calls(judged: JudgedPairs, model: PairModel) -> dict[Edge, ClosePair]:
    """The pairs that may be of either of two kinds; none that a person decided.

    Parameters
    ----------
    judged
        What was found out about all pairs.
    model
        The thresholds, and how near to them a call is close.
    """
    found = {
        (one.ask_a, one.ask_b): one for one in (*_by_rules(judged), *_by_likelihood(judged, model))
    }
    return {edge: one for edge, one in found.items() if edge not in judged.related.settled}


def _by_likelihood(judged: JudgedPairs, model: PairModel) -> Iterator[ClosePair]:
    told, apart = judged.related.pairs, judged.related.apart
    for edge, likely in judged.likely.items():
        if edge in told:
            if other := _second(told[edge][0], likely, model):
                yield ClosePair(*edge, PairReading(told[edge][0]), other, _said(likely))
        elif edge not in apart and likely.related >= model.related_threshold - model.related_close:
            same = likely.duplicate >= model.duplicate_threshold
            other = PairReading.DUPLICATE if same else PairReading.OVERLAP
            yield ClosePair(*edge, PairReading.DISTINCT, other, _said(likely))


def _second(relation: AskRelation, likely: LikelyRelation, model: PairModel) -> PairReading | None:
    """What a pair that was told may be as well; None where its kind is plain."""
    if likely.related < model.related_threshold:
        return PairReading.DISTINCT
    above = likely.duplicate - model.duplicate_threshold
    if relation is AskRelation.DUPLICATE:
        return PairReading.OVERLAP if above < model.duplicate_close - _MARGIN else None
    return PairReading.DUPLICATE if above >= -model.duplicate_close - _MARGIN else None


def _said(likely: LikelyRelation) -> str:
    related, same = number_words(likely.related), number_words(likely.duplicate)
    return f"likely related {related}, and if so likely the same {same}"


def _by_rules(judged: JudgedPairs) -> Iterator[ClosePair]:
    for row, edge in judged.edges.items():
        chases = any(judged.chased.get(a) == b for a, b in (edge, edge[::-1]))
        if chases and judged.in_series[row]:
            yield ClosePair(
                *edge,
                PairReading.CHASER,
                PairReading.SERIES,
                "it says that it chases, and its period is another",
            )
        elif judged.letters[row] and not chases:
            same = judged.related.pairs.get(edge, (None,))[0] is AskRelation.DUPLICATE
            both = (PairReading.DUPLICATE, PairReading.SERIES)
            yield ClosePair(
                *edge,
                *(both if same else both[::-1]),
                "like letters of one team, and for which period is not said in both",
            )
