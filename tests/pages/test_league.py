"""The league table: its finding, what moved and what is noise, and where neighbours differ."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import polars as pl
import pytest

from remit.model.organisation import TrustKind
from remit.pages.frame.links import PageKind, PageLinks
from remit.pages.frame.rendering import Site, render
from remit.pages.standings.league_findings import (
    TITLES,
    LeagueFacts,
    league_title,
    moved_words,
    step_words,
)
from remit.pages.standings.league_view import league_facts, league_view
from remit.pages.standings.rank_moves import RankMove, comparable_before, rank_move
from remit.pages.standings.results import Results

PAIR = frozenset[str]


def facts(
    scores: list[float | None], apart: set[tuple[str, str]] | None = frozenset()
) -> LeagueFacts:
    """Organisations A, B, C … in order of rank."""
    codes = tuple("ABCDEFGHIJ"[: len(scores)])
    pairs = None if apart is None else frozenset(frozenset(pair) for pair in apart)
    return LeagueFacts(
        "acute trusts", "acute trust", "acute trusts", "Q3", codes, tuple(scores), pairs
    )


def told(results: Results) -> set[PAIR]:
    """The pairs told apart, straight from the drawing."""
    assert results.apart is not None
    rows = results.apart.pairs.filter(pl.col("told_apart"))
    return {frozenset(pair) for pair in rows.select("org_code", "other_code").iter_rows()}


def test_no_title_that_holds_is_false_of_the_sample(periods: list[Results]) -> None:
    said = set()
    for results in periods:
        for kind in results.kinds:
            found = league_facts(results, kind)
            names = {form.name for form in TITLES if form.holds(found)}
            said.add(league_title(found))
            ranked = [s for s in results.by_kind[kind] if s.rank is not None]
            codes = [s.org_code for s in ranked]
            steps = sum({*pair} in told(results) for pair in pairwise(codes))
            assert ("no neighbours apart" in names) <= (steps == 0)
            assert ("some neighbours apart" in names) == (steps > 0)
            assert bool(names & {"ahead", "behind", "halves"}) == bool(found.clear_cuts)
            for cut in found.clear_cuts:
                above, below = ranked[:cut], ranked[cut:]
                worst = max(s.average_score or 9 for s in above)
                assert worst < min(s.average_score or 0 for s in below)
                assert all({a.org_code, b.org_code} in told(results) for a in above for b in below)
    assert len(said) >= 5


@pytest.mark.parametrize(
    ("scores", "apart", "title"),
    [
        ([], set(), "Acute trusts: no rank follows from the figures of Q3"),
        ([1.5], set(), "Acute trusts: one is ranked, so there is none to compare it with"),
        ([1.5, 2, 3], None, "Acute trusts: 3 ranked; how much of the order is chance is not known"),
        ([1.5, 2, 3], set(), "Acute trusts: none can be told from any other by its score"),
        (
            [1.5, 2, 3, 3.1],
            {("A", "C"), ("A", "D")},
            "Acute trusts: none can be told from the next in rank, though some further apart can",
        ),
        (
            [1.5, 2, 3],
            {("A", "B"), ("A", "C")},
            "Acute trusts: one stands clearly ahead of the other two",
        ),
        (
            [1.5, 2, 3],
            {("A", "C"), ("B", "C")},
            "Acute trusts: one stands clearly behind the other two",
        ),
        # The step is there, yet A cannot be told from C: nobody is clearly ahead.
        (
            [1.5, 2, 3, 3.1],
            {("B", "C"), ("B", "D")},
            "Acute trusts: the only clear difference between neighbours is that of ranks 2 and 3",
        ),
        (
            [1, 2, 3, 4, 5, 6],
            {("A", "B"), ("E", "F")},
            "Acute trusts: most neighbours in rank are too close to call",
        ),
        (
            [1, 2, 3, 4],
            {("A", "B"), ("C", "D")},
            "Acute trusts: two of three steps in rank are a clear difference",
        ),
        ([1.5, 3], {("A", "B")}, "Acute trusts: one half stands clearly ahead of the other"),
        # A rule ranks the better score lower: it is apart, and not behind.
        (
            [2.5, 2.6, 1.5],
            {("A", "C"), ("B", "C")},
            "Acute trusts: the only clear difference between neighbours is that of ranks 2 and 3",
        ),
        (
            [1, 2, 3],
            {("A", "B"), ("A", "C"), ("B", "C")},
            "Acute trusts: one stands clearly ahead, one clearly behind",
        ),
    ],
)
def test_a_title_says_no_more_than_the_pairs(
    scores: list[float | None], apart: set[tuple[str, str]] | None, title: str
) -> None:
    assert league_title(facts(scores, apart)) == title


def test_a_line_says_which_of_the_two_is_better() -> None:
    plain = facts([1.5, 2.5, 2.6], {("A", "B")})
    assert step_words(plain, 1) == (
        "Above and below this line: a difference that chance does not explain. Between all other "
        "neighbours: none shown."
    )
    ruled = facts([2.5, 1.5, 2.6], {("A", "B"), ("B", "C")})
    assert step_words(ruled, 1).startswith("The one below this line has the better score")
    assert step_words(ruled, 2) == (
        "Above and below this line: a difference that chance does not explain."
    )


@pytest.mark.parametrize(
    ("before", "after", "noise", "words", "telling"),
    [
        (3, 7, False, "down 4", True),
        (5, 3, True, "up 2", False),
        (4, 4, False, "same", False),
        (9, 1, None, "up 8", False),
    ],
)
def test_a_move_is_told_only_where_chance_does_not_explain_it(
    before: int, after: int, noise: bool | None, words: str, telling: bool
) -> None:
    move = RankMove(before, after, noise)
    assert (move.words, move.telling) == (words, telling)


def test_a_rank_that_moved_inside_its_likely_range_is_noise(periods: list[Results]) -> None:
    """ZA2 was third and is seventh, likely 5 to 8; ZA4 was fifth and is third, likely 3 to 7."""
    results = periods[2]
    before = comparable_before(results, periods)
    assert rank_move(results, results.standings["ZA2"], before) == RankMove(3, 7, noise=False)
    assert rank_move(results, results.standings["ZA4"], before) == RankMove(5, 3, noise=True)
    view = league_view(results, TrustKind.ACUTE, periods)
    assert view.moved == (
        "One acute trust has moved in rank by more than chance explains since 2025/26 Q2: "
        "Quillborough Hospitals, down 4."
    )


def test_where_more_are_ranked_a_move_has_as_many_places_to_spare(periods: list[Results]) -> None:
    """ZA2 was third and its range begins with 5: with two more ranked that is noise."""
    results, before = periods[2], Results(periods[1].assessment)
    left_out = [s.org_code for s in before.by_kind[TrustKind.ACUTE] if s.rank in {9, 10}]
    for code in left_out:
        before.standings[code] = replace(before.standings[code], rank=None)
    before.__dict__.pop("by_kind")
    assert rank_move(results, results.standings["ZA2"], before) == RankMove(3, 7, noise=True)
    view = league_view(results, TrustKind.ACUTE, [before, results])
    assert view.counted_anew.startswith("8 were ranked in 2025/26 Q2 and 10 in 2025/26 Q3; ")


def test_quarters_of_two_frameworks_are_not_compared(periods: list[Results]) -> None:
    before = Results(periods[1].assessment)
    before.framework = before.framework.model_copy(update={"id": "another"})
    assert comparable_before(periods[2], [before, periods[2]]) is None


def test_without_a_quarter_before_nothing_is_said_to_have_moved(periods: list[Results]) -> None:
    view = league_view(periods[0], TrustKind.ACUTE, periods)
    assert (view.before, view.moved) == ("", "")
    assert all(row.move is None for row in view.rows)
    assert moved_words([], "Q1", "ICB", "ICBs") == (
        "No rank moved by more than chance explains since Q1."
    )
    many = [("A", "up 1")] * 12
    assert moved_words(many, "Q1", "ICB", "ICBs") == (
        "12 ICBs have moved in rank by more than chance explains since Q1."
    )


def test_a_row_shows_the_segments_so_far_and_none_of_later_quarters(
    periods: list[Results],
) -> None:
    """ZA2: segments 1, 1 and 3 up to Q3."""
    view = league_view(periods[2], TrustKind.ACUTE, periods)
    row = next(row for row in view.rows if row.code == "ZA2")
    assert row.quarters is not None
    assert row.quarters.sentence == (
        "Quillborough Hospitals: segment 1 in 2025/26 Q1, segment 1 in 2025/26 Q2, and segment 3 "
        "in 2025/26 Q3."
    )
    assert row.ladder is not None
    assert "Segments 1 and 2 are hatched" in row.ladder.sentence


def test_a_long_table_has_a_head_for_each_segment(
    periods: list[Results], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("remit.pages.standings.league_rows.LONG", 5)
    view = league_view(periods[2], TrustKind.ACUTE, periods)
    assert [row.head for row in view.rows if row.head] == [
        "Segment 1: 2 organisations",
        "Segment 2: 1 organisation",
        "Segment 3: 5 organisations",
        "Segment 4: 2 organisations",
    ]


def test_each_row_can_be_linked_to_and_belongs_to_a_choice(periods: list[Results]) -> None:
    view = league_view(periods[2], TrustKind.ACUTE, periods)
    assert [(one.value, one.count) for one in view.choices] == [("ZB2", 5), ("ZB1", 5)]
    assert {row.choice for row in view.rows if row.icb_code == "ZB1"} == {2}
    page = periods[2].page(PageKind.LEAGUE, "acute")
    site = Site(tuple(one.period for one in periods), fictional=True, version="1")
    html = render(site, PageLinks([page]), page, view)
    assert all(f'id="{row.code}"' in html for row in view.rows)


def test_ranks_that_a_later_rule_does_not_move_are_explained(periods: list[Results]) -> None:
    """In Q2 ZA7 is put in segment 5 and keeps the rank of segment 4; in Q4 none is."""
    told = league_view(periods[1], TrustKind.ACUTE).lead
    assert told.endswith(
        "The one put in segment 5 (Recovery Support Programme) keeps the rank that it would have "
        "without that."
    )
    assert "put in segment" not in league_view(periods[3], TrustKind.ACUTE).lead
