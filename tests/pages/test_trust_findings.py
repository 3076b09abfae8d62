"""Every form of finding over every trust and quarter of the sample, held against the figures."""

from __future__ import annotations

import re

import pytest

from remit.pages.standings.first_screen import first_screen, standing_facts, weights_of
from remit.pages.standings.movement_view import quarter_before
from remit.pages.standings.results import Results
from remit.pages.standings.trust_findings import CLAIMS, StandingFacts, claim, rest
from remit.pages.standings.trust_history import past_lines


def test_no_form_that_holds_says_what_is_false(periods: list[Results]) -> None:
    said = 0
    for results in periods:
        rows = {row["org_code"]: row for row in results.assessment.standing.iter_rows(named=True)}
        before = quarter_before(results, periods)
        for code, standing in results.standings.items():
            row = rows[code]
            own = row["final_segment"] if row["final_segment"] else row["adjusted_segment"]
            facts = standing_facts(results, standing, before)
            for form in (form for form in CLAIMS if form.holds(facts)):
                words = form.says(facts)
                said += 1
                if own is None:
                    assert "no segment" in words
                    continue
                if form.name == "a rule decides":
                    assert f"score alone gives segment {row['unadjusted_segment']}" in words
                    assert row["unadjusted_segment"] != own
                assert re.match(rf"Segment {own}\b", words), (code, words)
                earlier = before.standings.get(code) if before else None
                if form.name in {"worse", "better"}:
                    assert earlier is not None
                    assert earlier.segment is not None
                    assert (own > earlier.segment) == (form.name == "worse")
                    assert f"than segment {earlier.segment} in" in words
    assert said > 60


def test_a_rule_is_said_before_the_score() -> None:
    facts = StandingFacts("Q3", 3, 1, 1.5, 3, ("A trust in deficit stands no better.",), "Q2", 1)
    assert claim(facts) == "Segment 3, set by a rule: its score alone gives segment 1."
    assert rest(facts) == (
        "A trust in deficit stands no better. That closes segments 1 and 2. "
        "Its average score is 1.50, where 1.00 is best."
    )


def test_weights_are_the_distance_of_each_score_from_the_average(periods: list[Results]) -> None:
    for results in periods:
        for code, standing in results.standings.items():
            pulls = weights_of(results, code)
            if standing.average_score is not None and pulls:
                assert sum(pulls.values()) == pytest.approx(0, abs=1e-9)


def test_the_weight_of_one_score_by_hand(periods: list[Results]) -> None:
    """ZA2 in Q3: 16 scores, average 2.51; cancer 4.00 adds (4.00 - 2.51) / 16 = 0.09."""
    results = next(one for one in periods if one.period == "2025/26 Q3")
    standing = results.standings["ZA2"]
    screen = first_screen(results, standing, periods, past_lines("ZA2", periods))
    assert [line.amount for line in screen.against] == [0.09, 0.05, 0.05]
    assert [line.amount for line in screen.in_favour] == [-0.09, -0.07, -0.05]
    assert screen.claim == "Segment 3, worse than segment 1 in 2025/26 Q2."
    assert screen.by_rule.endswith("closes segments 1 and 2, whatever the score.")
    assert screen.ladder is not None
    assert "Segments 1 and 2 are hatched" in screen.ladder.sentence
