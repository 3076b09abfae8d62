"""From likelihoods of pairs to cliques of duplicates and overlaps between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations, product

from remit.asks.matching.size import NEAREST
from remit.model.ask import AskDecision, AskRelation
from remit.model.errors import AskError

Edge = tuple[str, str]


@dataclass(frozen=True, slots=True)
class LikelyRelation:
    """What the model says of one pair."""

    related: float
    duplicate: float
    """That it is a duplicate, if it is related."""

    @property
    def same(self) -> float:
        """That it is a duplicate."""
        return self.related * self.duplicate


@dataclass(slots=True)
class Related:
    """Cliques of duplicates, and the pairs with relation and confidence."""

    cliques: list[tuple[str, ...]]
    """Two or more asks each, duplicates of each other."""
    pairs: dict[Edge, tuple[AskRelation, float]]
    decided: set[Edge] = field(default_factory=set)
    """Pairs that a person decided to be duplicate or overlap."""
    settled: set[Edge] = field(default_factory=set)
    """All pairs that a person decided; those that were split too."""
    apart: set[Edge] = field(default_factory=set)
    """Pairs that are distinct whatever is likely."""


@dataclass(slots=True)
class _Decided:
    same: list[Edge] = field(default_factory=list)
    overlap: set[Edge] = field(default_factory=set)
    apart: set[Edge] = field(default_factory=set)


def relate(
    likely: dict[Edge, LikelyRelation],
    decisions: Iterable[AskDecision],
    related_threshold: float,
    duplicate_threshold: float,
    apart: Iterable[Edge] = (),
    *,
    order: Mapping[str, int] | None = None,
) -> Related:
    """Duplicates closed under transitivity, overlaps carried across each clique.

    Two cliques merge while the mean likelihood over all their cross pairs holds, so one mistaken
    pair does not join two matters. What a person decided always holds.

    Parameters
    ----------
    likely
        Candidate pairs, each with its identifiers in order.
    decisions
        Decisions of people: ``confirm``, ``merge``, ``split``.
    related_threshold, duplicate_threshold
        From the pair model.
    apart
        Pairs that are distinct whatever the model says: two of one sender's recurring return, or
        of different sorts (MRI, echo). A person's decision goes before.
    order
        Which ask goes before which where pairs are as likely; by default its identifier tells.
    """
    decided = _read(decisions)
    wanted = {*decided.same, *decided.overlap}
    settled = wanted | decided.apart
    decided.apart |= {edge for edge in apart if edge not in wanted}
    home = _cliques(likely, decided, related_threshold, duplicate_threshold, order or {})
    cliques = [tuple(asks) for asks in _members(home).values() if len(asks) > 1]
    result = Related(cliques, {}, settled=settled, apart=decided.apart)
    for clique in result.cliques:
        vouched = _mean(list(combinations(clique, 2)), likely, NEAREST * len(clique))
        for edge in combinations(clique, 2):
            if edge not in decided.apart:
                # The pair's own likelihood, or where the clique vouches for it, the clique's mean.
                own = likely[edge].same if edge in likely else 0.0
                result.pairs[edge] = (AskRelation.DUPLICATE, max(own, vouched))
    _add_overlaps(result, home, likely, decided, related_threshold)
    result.decided = {edge for edge in (*decided.same, *decided.overlap) if edge in result.pairs}
    for edge in result.decided:
        result.pairs[edge] = (result.pairs[edge][0], 1.0)
    return result


def _read(decisions: Iterable[AskDecision]) -> _Decided:
    decided = _Decided()
    for decision in decisions:
        edges = [_edge(a, b) for a, b in combinations(decision.ask_ids, 2)]
        if decision.kind == "split":
            decided.apart |= set(edges)
        elif decision.kind not in {"confirm", "merge"}:
            raise AskError(
                f"the decision {decision.kind!r} is not known; use confirm, split or merge"
            )
        elif decision.relation is AskRelation.OVERLAP:
            decided.overlap |= set(edges)
        else:
            decided.same += edges
    # The latest word counts: a pair both split and merged is split.
    decided.same = [edge for edge in decided.same if edge not in decided.apart]
    return decided


def _edge(a: str, b: str) -> Edge:
    return (a, b) if a < b else (b, a)


def _cliques(
    likely: dict[Edge, LikelyRelation],
    decided: _Decided,
    related: float,
    duplicate: float,
    order: Mapping[str, int],
) -> dict[str, str]:
    home: dict[str, str] = {}
    members: dict[str, list[str]] = {}

    def of(ask: str) -> list[str]:
        return members.setdefault(home.setdefault(ask, ask), [ask])

    def join(a: str, b: str) -> None:
        kept, moved = of(a), of(b)
        for ask in moved:
            home[ask] = home[a]
        members[home[a]] = kept + moved

    for a, b in decided.same:
        if home.get(a, a) != home.get(b, b):
            join(a, b)
    forbidden = decided.apart | decided.overlap
    edges = [e for e, p in likely.items() if p.related >= related and p.duplicate >= duplicate]
    # Two cliques that did not merge are not tried again until one of them has grown.
    refused: set[tuple[str, str, int, int]] = set()
    held = 0

    def first(edge: Edge) -> tuple[float, list[int], Edge]:
        return -likely[edge].same, sorted(order.get(ask, 0) for ask in edge), edge

    for a, b in sorted(edges, key=first):
        left, right = of(a), of(b)
        tried = (home[a], home[b], len(left), len(right))
        if home[a] == home[b] or tried in refused:
            continue
        cross = [_edge(x, y) for x, y in product(left, right)]
        most = NEAREST * min(len(left), len(right)) if held <= _MANY else len(cross)
        if forbidden.isdisjoint(cross) and _mean(cross, likely, most) >= duplicate * related:
            join(a, b)
            held += len(cross)
        else:
            refused.add(tried)
    for edge in (*likely, *decided.overlap):
        for ask in edge:
            of(ask)
    return home


def _members(home: dict[str, str]) -> dict[str, list[str]]:
    members: dict[str, list[str]] = defaultdict(list)
    for ask, head in sorted(home.items()):
        members[head].append(ask)
    return members


def _mean(edges: Sequence[Edge], likely: dict[Edge, LikelyRelation], most: int) -> float:
    """The mean likelihood of some pairs; one that was not compared speaks against them.

    Of many pairs no more than ``most`` can have been compared, and the rest say nothing.
    """
    known = [likely[edge].same for edge in edges if edge in likely]
    return sum(known) / max(min(len(edges), most), len(known))


_MANY = 100_000
"""So many pairs may cliques have of which not all were compared; beyond, all must have been."""


def _add_overlaps(
    result: Related,
    home: dict[str, str],
    likely: dict[Edge, LikelyRelation],
    decided: _Decided,
    threshold: float,
) -> None:
    members = _members(home)
    between: dict[Edge, list[float]] = defaultdict(list)
    for (a, b), pair in likely.items():
        if home[a] != home[b] and (a, b) not in decided.apart:
            between[_edge(home[a], home[b])].append(pair.related)
    sure = {_edge(home[a], home[b]) for a, b in decided.overlap}
    for heads in sure:
        between.setdefault(heads, [])
    for heads, values in between.items():
        cross = [_edge(x, y) for x, y in product(members[heads[0]], members[heads[1]])]
        open_ = [edge for edge in cross if edge not in decided.apart]
        mean = 1.0 if heads in sure else sum(values) / max(len(open_), 1)
        if mean >= threshold:
            result.pairs |= dict.fromkeys(open_, (AskRelation.OVERLAP, mean))
