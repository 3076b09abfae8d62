"""The pages of areas: their finding, what weighs in a mean, what it rests on and leaves out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest

from remit.model.organisation import Membership, OrganisationType, TrustKind
from remit.pages.standings.area_findings import CLAIMS, AreaFacts, area_claim
from remit.pages.standings.area_view import area_view, areas_at_hand, areas_view
from remit.pages.standings.rests_on import area_rests_on, trust_rests_on
from remit.pages.standings.results import Results
from remit.register.register import Register


def test_no_claim_that_holds_is_false_of_the_sample(periods: list[Results]) -> None:
    said = set()
    for results in periods:
        rows = list(results.assessment.standing.iter_rows(named=True))
        every = [r["average_score"] for r in rows if r["average_score"] is not None]
        for area in areas_at_hand(results):
            view = area_view(results, area, periods)
            own = [
                r["average_score"]
                for r in rows
                if area.code in {r["icb_code"], r["region_code"]} and r["average_score"] is not None
            ]
            mean, reference = sum(own) / len(own), sum(every) / len(every)
            names = {form.name for form in CLAIMS if form.holds(view.first.facts)}
            said |= names
            assert view.first.claim.startswith(f"Its trusts average {mean:.2f}")
            assert ("worse" in names) == (round(mean, 2) > round(reference, 2))
            assert ("better" in names) == (round(mean, 2) < round(reference, 2))
    assert {"worse", "better", "the same"} <= said


@pytest.mark.parametrize(
    ("facts", "claim"),
    [
        (AreaFacts("Q1", 0, {}, None, 2.0), "No trust in Q1."),
        (AreaFacts("Q1", 2, {}, None, 2.0), "None of its trusts has a score in Q1."),
        (
            AreaFacts("Q1", 1, {2: 1}, 2.5, 2.0),
            "Its one trust has 2.50, worse than the 2.00 of all trusts at hand.",
        ),
        # Alike as printed: neither better nor worse.
        (
            AreaFacts("Q1", 3, {2: 3}, 2.0004, 2.0),
            "Its trusts average 2.00, as all trusts at hand.",
        ),
        (
            AreaFacts("Q1", 1, {2: 1}, 2.0004, 2.0),
            "Its one trust has 2.00, as all trusts at hand.",
        ),
        (
            AreaFacts("Q1", 3, {2: 3}, 2.4, 2.0, 1, 1.5),
            "Segment 1, with an average score of its own of 1.50.",
        ),
    ],
)
def test_the_other_claims(facts: AreaFacts, claim: str) -> None:
    assert area_claim(facts) == claim


def test_the_weights_of_trusts_sum_to_the_distance_of_the_mean(periods: list[Results]) -> None:
    """ZB1 in Q3: nine trusts; ZM2 with 3.27 against 2.36 weighs (3.27 - 2.36) / 9 = 0.10."""
    results = periods[2]
    view = area_view(results, results.assessment.register.get("ZB1"), periods)
    assert [(line.metric.text[:22], line.amount) for line in view.first.against[:1]] == [
        ("Quillborough and Penny", 0.10)
    ]
    assert all(line.amount < 0 for line in view.first.in_favour)
    assert {one.code for one in view.first.changes} == {"ZA2", "ZA3"}


def test_what_a_mean_rests_on_and_leaves_out(periods: list[Results]) -> None:
    results = periods[2]
    members = [s for s in results.standings.values() if s.icb_code == "ZB1"]
    assert area_rests_on(results, members, []) == (
        "It rests on 5 acute trusts, 3 mental health and community trusts and 1 ambulance trust, "
        "each counting the same. It leaves out general practice and providers that are no NHS "
        "trusts (not judged here)."
    )
    silent = [replace(members[0], average_score=None), *members[1:2]]
    said = area_rests_on(results, silent, ["Elsewhere"])
    assert ", which counts alone. It leaves out " in said
    assert " (no score), Elsewhere (led by another ICB), and also general practice" in said
    assert area_rests_on(results, [], []).startswith("It has no figure here")


def test_a_region_of_which_not_all_trusts_are_at_hand_says_of_how_many(
    periods: list[Results],
) -> None:
    every = periods[-1].assessment
    trusts = [one for one in every.register.members("ZR1", periods[-1].on)
              if one.type is OrganisationType.TRUST]  # fmt: skip
    acute = every.standing.filter(pl.col("kind") == "acute")
    some = Results(replace(every, standing=acute))
    first = area_view(some, every.register.get("ZR1")).first
    count = acute.filter(region_code="ZR1").height
    assert 1 < count < len(trusts)
    assert first.claim.startswith(f"The {count} of its {len(trusts)} trusts at hand average ")
    assert first.counts.startswith(f"{count} of {len(trusts)} trusts: ")


def test_a_partner_led_by_another_icb_is_said_to_be_left_out(periods: list[Results]) -> None:
    known = periods[-1].assessment.register
    trust = replace(known.get("ZV1"), partner_icbs=(Membership("ZB2", date(2022, 7, 1)),))
    register = Register([trust if o.code == "ZV1" else o for o in map(known.get, known.codes)])
    results = Results(replace(periods[-1].assessment, register=register))
    view = area_view(results, register.get("ZB2"))
    assert "Northfold Ambulance Service (led by another ICB)" in view.first.rests_on


def test_what_a_trust_s_rating_rests_on(periods: list[Results]) -> None:
    """Metrics for other kinds alone are left out, and named where the trust publishes them."""
    results = periods[2]
    standing = results.standings["ZA2"]
    counted = [one for one in results.framework.metrics if one.counts]
    own = [one for one in counted if TrustKind.ACUTE in one.kinds]
    have = [one for one in own if one.id in results.scored_lines("ZA2")]
    said = trust_rests_on(results, standing)
    assert said.startswith(
        f"Its rating rests on {len(have)} of the {len(own)} metrics that count for acute trusts; "
        f"{len(counted) - len(own)} metric for "
    )
    assert said.endswith("alone is left out, whatever care it gives.")
    # Seen as a mental health trust, it publishes figures of acute trusts that are left out.
    other = replace(standing, kind=TrustKind.MENTAL_HEALTH_COMMUNITY)
    assert ", though it publishes " in trust_rests_on(results, other)


def test_the_list_of_areas_begins_with_its_finding(periods: list[Results]) -> None:
    view = areas_view(periods[2])
    means = {line.area.text: line.mean or 0 for line in view.icbs}
    best, worst = min(means, key=means.__getitem__), max(means, key=means.__getitem__)
    assert view.finding == (
        f"Trusts by ICB: {best} has the best score, {means[best]:.2f}; {worst} has the worst, "
        f"{means[worst]:.2f}"
    )


def test_a_trust_in_a_segment_that_a_rule_sets_says_so_beside_its_average(
    periods: list[Results],
) -> None:
    """In Q2 ZAA averages 2.05, its score alone gives 2; ZA7 of the programme averages 3.50."""
    area = next(one for one in areas_at_hand(periods[1]) if one.code == "ZB2")
    screen = area_view(periods[1], area, periods).first
    said = {line.metric.page.code: line.said for line in (*screen.against, *screen.in_favour)
            if line.metric.page}  # fmt: skip
    assert said["ZAA"] == "average 2.05, in segment 3 by a rule (Financial override)"
    assert said["ZA7"].startswith("average 3.50, in segment 5 by a rule (")
    assert "Recovery Support Programme" in said["ZA7"]
    assert any(words.endswith(("segment 3", "segment 4")) for words in said.values())
