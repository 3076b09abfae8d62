"""The first pages: what stands out, what changed, and that no title is false."""

from __future__ import annotations

from dataclasses import replace

import pytest

from remit.model.organisation import TrustKind
from remit.pages.standings.home_findings import (
    FINDINGS,
    PeriodFacts,
    period_title,
)
from remit.pages.standings.home_view import home_view, leagues_view
from remit.pages.standings.period_changes import period_facts, segment_changes
from remit.pages.standings.results import Results


def segments(results: Results) -> dict[str, int]:
    rows = results.assessment.standing.iter_rows(named=True)
    found = {row["org_code"]: row["final_segment"] or row["adjusted_segment"] for row in rows}
    return {code: segment for code, segment in found.items() if segment is not None}


def test_no_title_that_holds_is_false_of_the_sample(periods: list[Results]) -> None:
    said = set()
    for place, results in enumerate(periods):
        facts = period_facts(results, results.kinds, periods)
        now = segments(results)
        then = segments(periods[place - 1]) if place else {}
        worse = sum(now[code] > then[code] for code in now.keys() & then.keys())
        better = sum(now[code] < then[code] for code in now.keys() & then.keys())
        names = {form.name for form in FINDINGS if form.holds(facts)}
        said |= names
        assert ("both ways" in names) == (worse > 0 and better > 0)
        assert "no segment" not in names
        if place:
            both = len(now.keys() & then.keys())
            assert period_title(facts).startswith(f"{worse} of {both} trusts stand")
            assert period_title(facts).endswith(f", {better} in a better one")
        else:
            assert period_title(facts).startswith("Trusts in 2025/26 Q1: ")
    assert {"both ways", "counts"} <= said


@pytest.mark.parametrize(
    ("worse", "better", "title"),
    [
        (2, 0, "2 of 9 trusts stand in a worse segment than in Q1, none in a better one"),
        (0, 1, "1 of 9 trusts stands in a better segment than in Q1, none in a worse one"),
        (0, 0, "No segment has changed since Q1"),
    ],
)
def test_the_other_forms(worse: int, better: int, title: str) -> None:
    assert period_title(PeriodFacts("Q2", "trusts", {1: 9}, "Q1", 9, worse, better)) == title
    nothing = PeriodFacts("Q2", "trusts", {1: 0})
    assert period_title(nothing) == "Trusts: no segment follows from the figures of Q2"


def test_a_change_is_noise_where_the_likely_score_reaches_both(periods: list[Results]) -> None:
    """ZA2 in Q3: segment 1 to 3, likely 2.12 to 2.90; segment 1 ends at 1.99."""
    results = periods[2]
    changes = {one.code: one for one in segment_changes(results, results.kinds, periods)}
    assert not changes["ZA2"].noise
    assert (changes["ZA2"].before, changes["ZA2"].after, changes["ZA2"].worse) == (1, 3, True)
    # ZA8: segment 2 to 3, likely 2.02 to 2.84; segment 2 lies between 1.99 and 2.41.
    assert changes["ZA8"].noise
    told = list(changes.values())
    assert [one.noise is True for one in told] == sorted(one.noise is True for one in told)


def test_a_segment_that_a_rule_sets_is_no_noise(periods: list[Results]) -> None:
    for results in periods:
        for one in segment_changes(results, results.kinds, periods):
            standing = results.standings[one.code]
            if standing.segment != standing.unadjusted_segment:
                assert not one.noise
                assert one.rule


def test_the_home_page_begins_with_the_newest_period(periods: list[Results]) -> None:
    view = home_view(periods)
    newest = view.latest[0]
    assert newest.period == "2025/26 Q4"
    assert newest.finding == leagues_view(periods[-1], None, periods).finding
    assert len(newest.stands_out) == len(periods[-1].kinds)
    assert newest.before == "2025/26 Q3"


def test_one_quarter_alone_compares_with_nothing(periods: list[Results]) -> None:
    view = home_view(periods[1:2]).latest[0]
    assert (view.before, view.changes, view.chance) == ("", (), "")
    assert period_facts(periods[1], [TrustKind.ACUTE], periods[1:2]).compared == 0


def placed(results: Results, code: str, segment: int, by_score: int) -> Results:
    """The same results with another segment for one trust, and that of its score alone."""
    found = Results(results.assessment)
    found.standings[code] = replace(
        found.standings[code],
        final_segment=None,
        adjusted_segment=segment,
        unadjusted_segment=by_score,
    )
    return found


def test_a_change_that_follows_the_end_of_a_rule_is_no_noise(periods: list[Results]) -> None:
    """ZV2 was in deficit in Q2 and is not in Q3, where its likely score is 2.07 to 3.60.

    That reaches from segment 2 (up to 2.41) to segment 4. Were it held in segment 3 in Q2, the
    rule's end, and not its score, would have made it segment 2.
    """
    held = placed(periods[1], "ZV2", 3, 1)
    freed, worse = placed(periods[2], "ZV2", 2, 2), placed(periods[2], "ZV2", 4, 4)
    one = next(c for c in segment_changes(freed, freed.kinds, [held, freed]) if c.code == "ZV2")
    assert (one.before, one.after, one.noise, one.ended) == (3, 2, False, "Financial override")
    # By its own score it had the segment that the rule left it: the score moved.
    own = placed(periods[1], "ZV2", 3, 3)
    one = next(c for c in segment_changes(freed, freed.kinds, [own, freed]) if c.code == "ZV2")
    assert (one.noise, one.ended) == (True, "")
    # The end of a rule makes nothing worse.
    one = next(c for c in segment_changes(worse, worse.kinds, [held, worse]) if c.code == "ZV2")
    assert (one.noise, one.ended) == (True, "")


def test_what_is_said_of_the_changes_names_those_of_rules(periods: list[Results]) -> None:
    """Q3: ZA7 left the programme (5 to 4); ZA2 moved beyond its likely score; six within theirs.

    Of ZA3, ZA8, ZA9, ZC2, ZM4 and ZV2 the likely score reaches the segment of Q2 as well.
    """
    view = leagues_view(periods[2], None, periods)
    assert {one.code: one.ended for one in view.changes if one.ended} == {
        "ZA7": "Recovery Support Programme"
    }
    assert view.chance == (
        "Of the 8 changes one follows the end of a rule; chance may explain six, and does not "
        "explain one."
    )


def test_a_change_is_not_put_down_to_chance_where_that_is_not_known(
    periods: list[Results],
) -> None:
    """Without a likely score of ZA8 chance is neither said to explain its change nor not to."""
    results = Results(periods[2].assessment)
    results.__dict__["likely"] = {c: r for c, r in results.likely.items() if c != "ZA8"}
    view = leagues_view(results, None, [periods[1], results])
    assert view.chance == (
        "Of the 8 changes one follows the end of a rule; chance may explain five, and does not "
        "explain one; of one it is not known."
    )


def test_the_first_page_says_how_many_are_in_the_figures(periods: list[Results]) -> None:
    """Ten acute, eight and then seven mental health and community, and two ambulance trusts."""
    assert home_view(periods).held == (
        "20 in 2025/26 Q1 and 2025/26 Q2; 19 in 2025/26 Q3 and 2025/26 Q4"
    )
    cuts = replace(periods[0].assessment.cut_points, expected=25)
    fewer = Results(replace(periods[0].assessment, cut_points=cuts))
    assert home_view([fewer]).held == "20 of 25 in 2025/26 Q1"


def test_a_finding_on_some_kinds_of_several_names_them(periods: list[Results]) -> None:
    """The pages hold acute and other trusts: what is of one kind must not read as of all."""
    newest = periods[-1]
    assert len(newest.kinds) > 1
    assert period_facts(newest, newest.kinds, periods).whom == "trusts"
    assert period_facts(newest, [TrustKind.ACUTE], periods).whom == "acute trusts"
    assert period_facts(newest, [TrustKind.ACUTE], []).whom == "acute trusts"
