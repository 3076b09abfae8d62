"""What the models say of asks on which people decided, with no decision laid over it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from remit.asks.matching.answered import candidates, likely_first, load_answer_model
from remit.asks.matching.features import candidate_pairs
from remit.asks.matching.frames import Frame, make_frames
from remit.asks.matching.learnt_names import learnt_names
from remit.asks.matching.pair_model import likelihoods, load_pair_model
from remit.asks.matching.relations import Edge, LikelyRelation
from remit.asks.matching.vectors import make_vectors
from remit.model.ask import Ask

NEVER = LikelyRelation(0.0, 0.0)
"""What is said of two asks that are not even held against each other."""


def judged_pairs(
    asks: Sequence[Ask], wanted: Collection[Edge], names: Mapping[str, Sequence[str]]
) -> dict[Edge, LikelyRelation]:
    """What the pair model says of some pairs; each names its asks in order.

    Parameters
    ----------
    asks
        All asks: how telling a word is hangs on all of them.
    wanted
        The pairs.
    names
        Learnt names of entries.

    Examples
    --------
    >>> judged_pairs([], [], {})
    {}
    """
    if not wanted:
        return {}
    frames = make_frames(asks, names=learnt_names(names))
    pairs = candidate_pairs(frames, make_vectors(frames))
    likely = likelihoods(pairs, load_pair_model())
    ids = [frame.ask.ask_id for frame in frames]
    found = dict.fromkeys(wanted, NEVER)
    for row, (first, second) in enumerate(zip(pairs.first, pairs.second, strict=True)):
        a, b = sorted((ids[first], ids[second]))
        if (a, b) in found:
            found[a, b] = LikelyRelation(float(likely.related[row]), float(likely.duplicate[row]))
    return found


def judged_answers(
    asks: Sequence[Ask], names: Mapping[str, Sequence[str]]
) -> dict[str, tuple[str, float]]:
    """The first publication for each ask that could be sure, and how likely it answers it."""
    frames = make_frames(asks, names=learnt_names(names))
    found = {frame.ask.ask_id: _first(frame) for frame in frames}
    return {ask_id: first for ask_id, first in found.items() if first is not None}


def _first(frame: Frame) -> tuple[str, float] | None:
    found = candidates(frame)
    if not found or not found[0].facts.allow_sure:
        return None
    return found[0].entry.id, likely_first(frame, found, load_answer_model())
