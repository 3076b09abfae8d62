"""Cliques and overlaps from likelihoods: what must hold whatever the likelihoods are."""

from __future__ import annotations

from datetime import date
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from remit.asks.matching import match
from remit.asks.matching.relations import Edge, LikelyRelation, relate
from remit.model.ask import Ask, AskDecision, AskRelation

IDS = tuple("ABCDEFG")
EDGES = list(combinations(IDS, 2))
share = st.floats(0, 1, allow_nan=False)
likelihoods = st.dictionaries(st.sampled_from(EDGES), st.builds(LikelyRelation, share, share))


def duplicates(found: dict[Edge, tuple[AskRelation, float]]) -> set[Edge]:
    return {edge for edge, (relation, _) in found.items() if relation is AskRelation.DUPLICATE}


@given(likelihoods)
def test_duplicates_are_closed_under_transitivity(likely: dict[Edge, LikelyRelation]) -> None:
    same = duplicates(relate(likely, [], 0.5, 0.5).pairs)
    for a, b, c in combinations(IDS, 3):
        assert len({(a, b), (b, c), (a, c)} & same) != 2


@given(likelihoods)
def test_overlaps_are_carried_across_each_clique(likely: dict[Edge, LikelyRelation]) -> None:
    found = relate(likely, [], 0.5, 0.5)
    for clique in found.cliques:
        for other in set(IDS) - set(clique):
            to_other = {tuple(sorted((ask, other))) in found.pairs for ask in clique}
            assert len(to_other) == 1


@given(likelihoods, st.sampled_from(EDGES))
def test_a_split_pair_is_never_related(likely: dict[Edge, LikelyRelation], edge: Edge) -> None:
    assert edge not in relate(likely, [AskDecision("split", edge)], 0.5, 0.5).pairs


@given(likelihoods, st.sampled_from(EDGES))
def test_a_merged_pair_is_always_a_duplicate(
    likely: dict[Edge, LikelyRelation], edge: Edge
) -> None:
    found = relate(likely, [AskDecision("merge", edge)], 0.5, 0.5)
    assert found.pairs[edge] == (AskRelation.DUPLICATE, 1.0)


@given(likelihoods, st.sampled_from(EDGES))
def test_a_confirmed_overlap_is_always_an_overlap(
    likely: dict[Edge, LikelyRelation], edge: Edge
) -> None:
    decision = AskDecision("confirm", edge, AskRelation.OVERLAP)
    assert relate(likely, [decision], 0.5, 0.5).pairs[edge] == (AskRelation.OVERLAP, 1.0)


def test_one_mistaken_pair_does_not_join_two_matters() -> None:
    sure, unsure = LikelyRelation(0.95, 0.95), LikelyRelation(0.6, 0.6)
    likely = {("A", "B"): sure, ("C", "D"): sure, ("B", "C"): unsure}
    assert relate(likely, [], 0.5, 0.5).cliques == [("A", "B"), ("C", "D")]


def test_pairs_of_a_series_are_distinct_unless_a_person_says_otherwise() -> None:
    likely = {("A", "B"): LikelyRelation(0.95, 0.95)}
    assert relate(likely, [], 0.5, 0.5, [("A", "B")]).pairs == {}
    merged = relate(likely, [AskDecision("merge", ("A", "B"))], 0.5, 0.5, [("A", "B")])
    assert list(merged.pairs) == [("A", "B")]


def test_of_pairs_as_likely_the_order_given_tells_and_not_the_identifiers() -> None:
    """A is as likely the same as B as B is as C, and A is not C: only one pair can be joined."""
    alike = LikelyRelation(0.9, 0.9)
    likely = {("A", "B"): alike, ("B", "C"): alike}
    assert relate(likely, [], 0.8, 0.8).cliques == [("A", "B")]
    order = {"C": 0, "B": 1, "A": 2}
    assert relate(likely, [], 0.8, 0.8, order=order).cliques == [("B", "C")]


def test_thirty_bodies_that_ask_the_same_are_one_clique() -> None:
    asks = [
        Ask(
            ask_id=f"A{number:02}",
            from_body=f"Body {number}",
            to_org_code="ZA1",
            title="A&E within four hours",
            text="Please send the share of patients seen within four hours in A&E in May 2025.",
            received_on=date(2025, 6, 1 + number % 20),
        )
        for number in range(30)
    ]
    found = match(asks)
    assert [len(cluster.duplicates) for cluster in found.clusters] == [30]
    assert len(found.pairs) == 30 * 29 / 2
