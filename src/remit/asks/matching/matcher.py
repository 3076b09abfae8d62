"""Match the asks of a file: pairs, clusters, series, answers and horizons in one run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from itertools import combinations

from remit.asks.matching.chasers import as_chased, chasers
from remit.asks.matching.close_calls import JudgedPairs, close_calls
from remit.asks.matching.confirmed import gone, with_decisions
from remit.asks.matching.facets import notes
from remit.asks.matching.features import Pairs, candidate_pairs, exclusive
from remit.asks.matching.frames import Frame
from remit.asks.matching.horizon import horizons
from remit.asks.matching.pair_model import likelihoods, load_pair_model
from remit.asks.matching.portions import read_in_portions
from remit.asks.matching.reasons import reason, shared_matter
from remit.asks.matching.relations import Edge, LikelyRelation, Related, relate
from remit.asks.matching.series import alike_letters, make_series, series_pairs
from remit.asks.matching.size import collecting_seldom, refuse_copies
from remit.asks.matching.vectors import make_vectors
from remit.model.ask import (
    DECISION_KINDS,
    PAIR_KINDS,
    Ask,
    AskAnswer,
    AskCluster,
    AskDecision,
    AskHorizon,
    AskPair,
    AskRelation,
    AskSeries,
    ClosePair,
    PairState,
)
from remit.model.errors import AskError
from remit.model.learnt import NOTHING_LEARNT, Learnt
from remit.model.lexicon import PairModel
from remit.words.figures import data_number


@dataclass(frozen=True, slots=True)
class MatchedAsks:
    """All that is found out about the asks of a file; each list in the order of identifiers."""

    pairs: tuple[AskPair, ...]
    clusters: tuple[AskCluster, ...]
    series: tuple[AskSeries, ...]
    answers: tuple[AskAnswer, ...]
    horizons: tuple[AskHorizon, ...]
    matters: dict[str, tuple[str, ...]]
    """For each ask the names of the matters it is about."""
    subjects: dict[str, str]
    """For each ask the code of the organisation that it is about."""
    notes: tuple[str, ...] = ()
    """What is to be told of asks that are known by their facets only."""
    close: tuple[ClosePair, ...] = ()
    """Pairs of which it is unsure what they are, with both readings."""


def match(
    asks: Sequence[Ask],
    decisions: Iterable[AskDecision] = (),
    workers: int = 1,
    tell: Callable[[str], None] = lambda _: None,
    learnt: Learnt = NOTHING_LEARNT,
) -> MatchedAsks:
    """Which asks are duplicates, overlap, recur, are answered, and whether they serve tomorrow.

    Parameters
    ----------
    asks
        Asks with identifiers that differ. Names of organisations are learnt from all of them.
    decisions
        What people decided; it always holds.
    workers
        In how many processes texts are read; more than 1 pays from some 20,000 asks.
    tell
        Is told what is done next, for whoever waits.
    learnt
        Names and thresholds that a register has learnt from decisions.

    Raises
    ------
    AskError
        If an identifier stands twice, or a decision names an ask that is not there; or if so
        many asks are alike that the pairs of them cannot be held.

    Examples
    --------
    >>> match([])
    MatchedAsks(pairs=(), clusters=(), series=(), answers=(), horizons=(), matters={},
    subjects={}, notes=(), close=())
    """
    decisions = tuple(decisions)
    _check(asks, decisions)
    refuse_copies(asks)
    with collecting_seldom(0):
        return _matched(asks, decisions, workers, tell, learnt)


def _matched(
    asks: Sequence[Ask],
    decisions: tuple[AskDecision, ...],
    workers: int,
    tell: Callable[[str], None],
    learnt: Learnt,
) -> MatchedAsks:
    tell(f"Reading {len(asks):,} asks …")
    model = _model(learnt)
    read = read_in_portions(asks, workers, learnt)
    frames = read.frames
    tell("Looking for asks that are alike …")
    vectors = make_vectors(frames)
    pairs = candidate_pairs(frames, vectors)
    tell(f"Judging {len(pairs.first):,} pairs …")
    in_series = series_pairs(frames, pairs)
    likely = likelihoods(pairs, model)
    worth = (likely.related >= model.related_threshold / 4).nonzero()[0].tolist()
    others = exclusive(pairs, vectors)
    letters = alike_letters(pairs) & ~others
    apart = (in_series | others).nonzero()[0].tolist()
    edges = _edges(frames, pairs, {*worth, *apart, *letters.nonzero()[0].tolist()})
    ids = [frame.ask.ask_id for frame in frames]
    chased = {ids[a]: ids[b] for a, b in chasers(frames, pairs, vectors).items()}
    of_pairs, distinct = as_chased(
        {
            edges[i]: LikelyRelation(float(likely.related[i]), float(likely.duplicate[i]))
            for i in worth
        },
        [edges[i] for i in apart],
        chased,
    )
    related = relate(
        of_pairs,
        [one for one in decisions if one.kind in PAIR_KINDS],
        model.related_threshold,
        model.duplicate_threshold,
        distinct,
        order={ask.ask_id: place for place, ask in enumerate(sorted(asks, key=_as_said))},
    )
    close = close_calls(JudgedPairs(edges, of_pairs, in_series, letters, chased, related), model)
    wording = {edges[i]: float(pairs.column("words")[i]) for i in worth}
    by_id = {frame.ask.ask_id: frame for frame in frames}
    return MatchedAsks(
        _pairs(related, by_id, wording, chased, close),
        tuple(_clusters(related, by_id)),
        tuple(make_series(frames, pairs, in_series)),
        tuple(with_decisions(read.answers, decisions)),
        tuple(horizons(frames, related.cliques)),
        {frame.ask.ask_id: _matters(frame) for frame in frames},
        {frame.ask.ask_id: frame.subject for frame in frames},
        (*notes(asks), *gone(decisions)),
        tuple(close[edge] for edge in sorted(close)),
    )


def _model(learnt: Learnt) -> PairModel:
    """The pair model with the thresholds that were learnt."""
    model = load_pair_model()
    own = {
        name: value
        for name in ("related_threshold", "duplicate_threshold")
        if (value := getattr(learnt, name)) is not None
    }
    return model.model_copy(update=own)


def _check(asks: Sequence[Ask], decisions: Sequence[AskDecision]) -> None:
    known: set[str] = set()
    for ask in asks:
        if ask.ask_id in known:
            raise AskError(f"the ask {ask.ask_id!r} stands twice; give each its own identifier")
        known.add(ask.ask_id)
    for decision in decisions:
        if decision.kind not in DECISION_KINDS:
            known_kinds = f"{', '.join(DECISION_KINDS[:-1])} or {DECISION_KINDS[-1]}"
            raise AskError(f"the decision {decision.kind!r} is not known; use {known_kinds}")
        if missing := [name for name in decision.ask_ids if name not in known]:
            raise AskError(
                f"a decision to {decision.kind} names {', '.join(missing)}, which is not among "
                "the asks; correct the decision or add the ask"
            )


def _as_said(ask: Ask) -> tuple[str, ...]:
    """What an ask says; the identifier comes last, which a register may have made by its secret."""
    return tuple(str(getattr(ask, name)) for name in _SAID)


_SAID = (*(field.name for field in fields(Ask) if field.name != "ask_id"), "ask_id")


def _edges(frames: Sequence[Frame], pairs: Pairs, rows: Iterable[int]) -> dict[int, Edge]:
    """The identifiers of some candidate pairs, each in order."""
    ids = [frame.ask.ask_id for frame in frames]
    named = ((row, ids[pairs.first[row]], ids[pairs.second[row]]) for row in rows)
    return {row: (a, b) if a < b else (b, a) for row, a, b in named}


def _pairs(
    related: Related,
    by_id: dict[str, Frame],
    wording: dict[Edge, float],
    chased: dict[str, str],
    close: Mapping[Edge, ClosePair],
) -> tuple[AskPair, ...]:
    found: list[AskPair] = []
    for edge, (relation, confidence) in sorted(related.pairs.items()):
        said = reason(by_id[edge[0]], by_id[edge[1]], relation, wording.get(edge))
        for chaser, first in (edge, edge[::-1]):
            if chased.get(chaser) == first:
                said = f"{chaser} asks again for what {first} asked; {said}"
        decided = edge in related.decided
        why = f"decided by a person; {said}" if decided else said
        who = "person" if decided else "matcher"
        state, other = PairState.SURE, None
        if call := close.get(edge):
            state, other, why = PairState.UNSURE, call.other, f"{why}; {call.said}"
        rounded = data_number(confidence, 3)
        found.append(AskPair(*edge, relation, rounded, why, who, state, other))
    return tuple(found)


def _clusters(related: Related, by_id: dict[str, Frame]) -> Iterable[AskCluster]:
    """Each clique of duplicates with what overlaps it; overlaps of single asks as they are."""
    neighbours: dict[str, set[str]] = defaultdict(set)
    for (a, b), (relation, _) in related.pairs.items():
        if relation is AskRelation.OVERLAP:
            neighbours[a].add(b)
            neighbours[b].add(a)
    in_clique = {ask for clique in related.cliques for ask in clique}
    for clique in sorted(related.cliques):
        beside = sorted(set().union(*(neighbours[ask] for ask in clique)) - set(clique))
        yield AskCluster(f"C-{clique[0]}", clique, tuple(beside), _name(clique, by_id))
    for edge, (relation, _) in sorted(related.pairs.items()):
        if relation is AskRelation.OVERLAP and in_clique.isdisjoint(edge):
            yield AskCluster(f"C-{edge[0]}-{edge[1]}", edge[:1], edge[1:], _name(edge, by_id))


def _name(asks: Sequence[str], by_id: dict[str, Frame]) -> str:
    for a, b in combinations(asks, 2):
        if shared := shared_matter(by_id[a], by_id[b]):
            return shared
    return by_id[asks[0]].ask.title


def _matters(frame: Frame) -> tuple[str, ...]:
    shared = shared_matter(frame, frame)
    return (shared,) if shared else ()
