"""Every form of finding over every trust and quarter of the sample, held against the figures."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import replace

import pytest

from remit.pages.standings.first_screen import first_screen, standing_facts, weights_of
from remit.pages.standings.movement_view import quarter_before
from remit.pages.standings.organisation_view import organisation_view
from remit.pages.standings.results import Results
from remit.pages.standings.trust_findings import CLAIMS, StandingFacts, cause, claim, rest
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
                if form.name in {"a rule decides", "not by its score"}:
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


def test_no_rule_is_named_where_none_in_force_gives_the_segment() -> None:
    facts = StandingFacts("Q3", 4, 2, 2.0, 3, ("A trust in deficit stands no better.",))
    assert claim(facts) == "Segment 4, where its score alone gives segment 2."


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


def facts_of(
    now: tuple[int, int | None],
    before: tuple[int, int | None],
    rules: tuple[str, ...] = ("Deficit",),
    rules_before: tuple[str, ...] = (),
) -> StandingFacts:
    """Segment, and segment by score alone, in Q3 and in Q2."""
    return StandingFacts(
        "Q3",
        now[0],
        now[1],
        None,
        floor=3 if rules else 1,
        before="Q2",
        segment_before=before[0],
        score_segment_before=before[1],
        rules=rules,
        rules_before=rules_before,
    )


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        (facts_of((3, 3), (1, 1)), "Its score alone gives segment 3, and gave 1 in Q2."),
        (facts_of((4, 4), (3, 3), ("Deficit",), ("Deficit",)),
         "Its score alone gives segment 4, and gave 3 in Q2."),
        (facts_of((3, None), (1, None)), "Whether its score or a rule moved it cannot be told."),
        (facts_of((3, 3), (1, None)), "Whether its score or a rule moved it cannot be told."),
        (facts_of((4, 3), (3, 3), ("Deficit",), ("Deficit",)),
         "Whether its score or a rule moved it cannot be told."),
        (facts_of((4, 4), (5, 4), ("Deficit",), ("Deficit", "Programme")),
         "Its score alone gives segment 4, as in Q2; rule ended since then: Programme."),
        (facts_of((3, 1), (1, 1)),
         "Its score alone gives segment 1, as in Q2; rule new since then: Deficit."),
        (facts_of((4, 4), (3, 2), ("Deficit",), ("Deficit",)),
         "Its score alone gives segment 4; in Q2 a rule set segment 3, where its score alone "
         "gave 2."),
        (facts_of((3, 3), (3, 3)), "Its score alone gives that segment too."),
        (facts_of((3, 2), (3, 3)), ""),
        (facts_of((3, 3), (2, 2), ()), ""),
    ],
)  # fmt: skip
def test_of_the_cause_only_what_is_known_is_said(facts: StandingFacts, said: str) -> None:
    assert cause(facts) == said


@pytest.mark.parametrize(
    ("before", "said"),
    [
        (("Deficit",), "That closes segments 1 and 2, as it did in Q2."),
        ((), "That closes segments 1 and 2; in Q2 it was not in force."),
    ],
)
def test_whether_a_rule_is_new_is_said(before: tuple[str, ...], said: str) -> None:
    facts = StandingFacts(
        "Q3", 3, 3, None, 3, ("No better than 3.",), "Q2", 3, None, 3, ("Deficit",), before
    )
    assert said in rest(facts)


def test_the_cause_of_each_change_in_the_sample_fits_its_figures(periods: list[Results]) -> None:
    said = 0
    for results in periods[1:]:
        before = quarter_before(results, periods)
        assert before is not None
        for code, standing in results.standings.items():
            words = cause(standing_facts(results, standing, before))
            if words.startswith("Its score alone gives segment"):
                assert f"gives segment {standing.unadjusted_segment}" in words
                said += 1
            if "and gave" in words:
                earlier = before.standings[code]
                assert (standing.segment, earlier.segment) == (
                    standing.unadjusted_segment,
                    earlier.unadjusted_segment,
                )
    assert said > 3


def test_what_is_published_is_the_same_only_where_it_reads_so(periods: list[Results]) -> None:
    results, told = copy(periods[-1]), []
    standing = replace(results.standings["ZA2"], average_score=2.074)
    for score in (2.07, 2.08):
        own = {"ZA2": replace(standing, published_average_score=score)}
        results.standings = results.standings | own
        told.append(organisation_view(results, "ZA2", periods).agreement)
    assert "an average score of 2.07; " in told[0]
    assert "but for rounding" not in told[0]
    assert told[1].endswith("2.08; what Remit recomputed is the same but for rounding (2.07).")
