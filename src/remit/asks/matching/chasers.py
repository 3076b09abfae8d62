"""Asks that chase an earlier one: the same thing of the same sender, asked for once more.

A chaser belongs to its return. It says little of its own, so what the return is to other asks it
is too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from remit.asks.matching.features import Pairs, exclusive
from remit.asks.matching.frames import Frame
from remit.asks.matching.relations import Edge, LikelyRelation
from remit.asks.matching.vectors import Vectors
from remit.asks.senders.chasing import bare_subject

_OF_TITLE, _OF_WORDS, _OF_MATTER = 0.5, 0.2, 0.6
"""How alike titles must be, or else words together with what is asked about."""
_OF_TEAM = 0.3
"""How alike titles or words must be where it is the same team that chases."""
_CHASED = LikelyRelation(0.97, 0.97)
_TEAM, _A_MONTH = 1.0, 0.1
"""What one team counts beside one body, and each month that lies between."""


def chasers(frames: Sequence[Frame], pairs: Pairs, vectors: Vectors) -> dict[int, int]:
    """The rows of chasers, each with the row of the ask that it chases.

    Parameters
    ----------
    frames, pairs, vectors
        The asks, and the pairs of them that are compared.
    """
    title, words, profile = (pairs.column(name) for name in ("title", "words", "profile"))
    same_body = vectors.body[pairs.first] == vectors.body[pairs.second]
    same_team = pairs.column("same_sender_team")
    alike = (title >= _OF_TITLE) | ((words >= _OF_WORDS) & (profile >= _OF_MATTER))
    alike |= (same_team > 0) & ((title >= _OF_TEAM) | (words >= _OF_TEAM) | (profile >= _OF_MATTER))
    possible = same_body & alike & (pairs.column("told_apart") == 0) & ~exclusive(pairs, vectors)
    likeness = title + words + profile + _TEAM * same_team
    likeness -= _A_MONTH * pairs.column("gap_months")
    best: dict[int, tuple[float, int]] = {}
    for at in possible.nonzero()[0].tolist():
        earlier, later = int(pairs.first[at]), int(pairs.second[at])
        if _chases(frames[later], frames[earlier]):
            best[later] = max(best.get(later, (0.0, -1)), (float(likeness[at]), earlier))
    return {later: _first(earlier, best) for later, (_, earlier) in best.items()}


def _chases(later: Frame, earlier: Frame) -> bool:
    """Whether an ask says that it chases, or answers the letter of the earlier one."""
    if later.wants.chases > earlier.wants.chases:
        return True
    bare = bare_subject(later.ask.title)
    answers = bare != later.ask.title.strip()
    return answers and bare.lower() == bare_subject(earlier.ask.title).lower()


def _first(row: int, best: Mapping[int, tuple[float, int]]) -> int:
    """The ask that is chased in the end: a chaser may chase a chaser."""
    while row in best:
        row = best[row][1]
    return row


def as_chased(
    likely: Mapping[Edge, LikelyRelation], apart: Iterable[Edge], chased: Mapping[str, str]
) -> tuple[dict[Edge, LikelyRelation], set[Edge]]:
    """Pairs and distinct pairs in which each chaser is to others what its return is.

    Parameters
    ----------
    likely
        What the model says of each pair.
    apart
        Pairs that are distinct.
    chased
        For each chaser the ask that it chases.
    """
    own: dict[str, list[str]] = {}
    for chaser, ask in chased.items():
        own.setdefault(ask, [ask]).append(chaser)

    def carried(edge: Edge) -> Iterable[Edge]:
        if any(ask in chased for ask in edge):
            return ()
        pairs = ((a, b) for a in own.get(edge[0], [edge[0]]) for b in own.get(edge[1], [edge[1]]))
        return [(a, b) if a < b else (b, a) for a, b in pairs]

    found = {one: relation for edge, relation in likely.items() for one in carried(edge)}
    for asks in own.values():
        found |= {
            (min(a, b), max(a, b)): _CHASED for at, a in enumerate(asks) for b in asks[at + 1 :]
        }
    return found, {one for edge in apart for one in carried(edge)}
