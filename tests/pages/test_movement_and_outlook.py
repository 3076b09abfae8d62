"""Why a trust moved, what would change it, its board's capability, and an ICB's system."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
import pytest

from remit.assessment.improvement.route import routes_one_better
from remit.assessment.movement.movement import every_movement
from remit.assessment.movement.two_periods import entered_scores
from remit.assessment.sensitivity.sensitivity import one_at_a_time, sensitivity
from remit.frames.figures import Figures
from remit.frames.observations import OBSERVATION_SCHEMA
from remit.model.capability import Capability
from remit.model.organisation import OrganisationType
from remit.pages.drawing.bar_charts import Amount, side_bars, waterfall
from remit.pages.standings.area_view import areas_at_hand
from remit.pages.standings.capability_view import capability_view
from remit.pages.standings.movement_view import movement_view
from remit.pages.standings.outlook_view import outlook_view
from remit.pages.standings.results import Results
from remit.pages.standings.system_section import system_section
from tests.pages.html_pages import HtmlPage


def test_a_movement_is_told_as_the_analysis_tells_it(periods: list[Results]) -> None:
    found = every_movement(periods[-2].assessment, periods[-1].assessment)
    assert found
    for code, movement in found.items():
        view = movement_view(periods[-1], code, periods)
        assert view is not None
        assert view.sentence == movement.sentence
        assert (view.starts[0], view.ends[0]) == (
            movement.score.shown_start,
            movement.score.shown_end,
        )
        moved = [part for part in movement.score.parts if part.digits]
        assert (view.chart is not None) == bool(moved)
        if view.chart is not None:
            assert len(view.chart.bands) == len(moved)
            assert movement.score.shown_end in view.chart.finding


def test_there_is_no_movement_without_the_quarter_before(periods: list[Results]) -> None:
    code = next(iter(periods[-1].standings))
    assert movement_view(periods[0], code, periods) is None
    assert movement_view(periods[-1], code, periods[-1:]) is None
    assert movement_view(periods[-1], code, [periods[0], periods[-1]]) is None


def test_periods_that_cannot_be_compared_tell_no_movement(periods: list[Results]) -> None:
    before = Results(replace(periods[-2].assessment, mode="recomputed"))
    code = next(iter(periods[-1].standings))
    assert movement_view(periods[-1], code, [before, periods[-1]]) is None


def test_a_score_said_to_be_enough_brings_the_average_to_the_cut_point(latest: Results) -> None:
    cuts = latest.assessment.cut_points.values
    rows = {
        (row["org_code"], latest.metric_link(row["metric_id"]).text): row
        for row in entered_scores(latest.assessment).iter_rows(named=True)
    }
    told = 0
    for code, standing in latest.standings.items():
        view = outlook_view(latest, standing)
        for line in view.enough if view else ():
            assert standing.segment is not None
            assert standing.average_score is not None
            row = rows[code, line.metric.text]
            average = standing.average_score + row["weight"] * (line.needed - row["entry_score"])
            # It is printed with two decimals and enough as printed; a hundredth less is not.
            cut = cuts[standing.segment - 2]
            assert line.needed == pytest.approx(round(line.needed, 2), abs=1e-12)
            assert cut - 0.01 * row["weight"] - 1e-9 < average <= cut + 1e-9
            assert 1 <= line.needed < line.score
            told += 1
    assert told


def test_an_override_is_said_to_block(latest: Results) -> None:
    held = [s for s in latest.standings.values() if s.overrides_applied and s.segment]
    assert held
    for standing in held:
        view = outlook_view(latest, standing)
        assert view is not None
        assert view.blocks
        assert "No change of a metric lifts it." in view.blocks[0]


def test_the_best_segment_has_no_route(latest: Results) -> None:
    best = next(s for s in latest.standings.values() if s.segment == 1)
    view = outlook_view(latest, best)
    assert view is not None
    assert view.enough == ()
    assert not any("remit route" in command for command in view.commands)
    assert "no better segment" in view.distance


def test_an_average_at_its_cut_point_is_told_how_near_the_next_segment_is(latest: Results) -> None:
    """A score that is above a cut point by a rounding error still is at it."""
    at_hand = latest.standings.values()
    second = next(s for s in at_hand if (s.segment, s.unadjusted_segment) == (2, 2))
    score = second.average_score or 0.0
    cuts = replace(
        latest.assessment.cut_points, values=(score - 1, score - 5e-10, score + 1), basis="given"
    )
    held = Results(replace(latest.assessment, cut_points=cuts, mode="recomputed"))
    view = outlook_view(held, second)
    assert view is not None
    assert "fall to segment 3 if its average worsened by more than 0.00" in view.distance


def test_a_gap_is_told_with_as_many_decimals_as_make_it_add_up(latest: Results) -> None:
    # 2.88 less 2.72 would read 0.16, and the gap is 0.167; with three decimals all three agree.
    second = next(s for s in latest.standings.values() if s.unadjusted_segment == 2)
    cuts = replace(latest.assessment.cut_points, values=(2.7163, 3.0, 3.5), basis="given")
    held = Results(replace(latest.assessment, cut_points=cuts, mode="recomputed"))
    view = outlook_view(held, replace(second, average_score=2.8833))
    assert view is not None
    assert view.distance.startswith(
        "Segment 1 ends at an average of 2.716. From 2.883 the average would have to improve by "
        "0.167"
    )


def test_an_effect_that_two_decimals_would_hide_has_more(latest: Results) -> None:
    # Of 2.000, 2.004 and 2.008 the mean is 2.004; without the first it is 2.006, without the
    # last 2.002.
    area = next(a for a in areas_at_hand(latest) if a.code == "ZB1")
    own = latest.assessment.standing.filter(icb_code="ZB1")["org_code"].sort().to_list()[:3]
    given = dict(zip(own, (2.0, 2.004, 2.008), strict=True))
    led = latest.assessment.register.members("ZB1", latest.on)
    score = pl.col("org_code").replace_strict(given, default=None, return_dtype=pl.Float64)
    standing = latest.assessment.standing.with_columns(
        pl.when(pl.col("icb_code") == "ZB1").then(score).otherwise("average_score")
        .alias("average_score")
    )  # fmt: skip
    section = system_section(Results(replace(latest.assessment, standing=standing)), area)
    assert section is not None
    assert section.chart is not None
    assert f"of the average scores of 3 of the {len(led)} trusts that this ICB leads on, each " in (
        section.lead
    )
    name = latest.assessment.register.get
    assert section.chart.finding == (
        f"The system score is 0.002 worse for having {name(own[2]).name} in it, and 0.002 better "
        f"for having {name(own[0]).name}."
    )


def test_a_single_metric_that_is_enough_is_named_with_its_score(latest: Results) -> None:
    view = outlook_view(latest, latest.standings["ZM5"])
    assert view is not None
    assert view.enough_words == (
        "One metric alone would be enough for segment 2, all else staying as it is: Costs against "
        "expected (100), from a score of 3.63 to 1.17 or better."
    )
    several = outlook_view(latest, latest.standings["ZA4"])
    assert several is not None
    assert several.enough_words.startswith("Any one of 3 metrics alone would be enough for ")


def test_cases_are_those_in_which_the_segment_changes(latest: Results) -> None:
    table = one_at_a_time(latest.assessment)
    for code, standing in latest.standings.items():
        view = outlook_view(latest, standing)
        if view is not None and view.robust:
            own = table.filter((pl.col("org_code") == code) & (pl.col("segment_change") != 0))
            assert {line.when for line in view.otherwise} <= set(own["label"])
            assert all(line.segment != standing.segment for line in view.otherwise)


def test_one_at_a_time_is_the_sensitivity_without_its_sample(latest: Results) -> None:
    whole = sensitivity(latest.assessment, sample=64)
    assert one_at_a_time(latest.assessment).equals(whole.results)


def test_without_cut_points_there_is_no_outlook(latest: Results) -> None:
    cuts = replace(latest.assessment.cut_points, values=(), basis="judgement")
    bare = Results(replace(latest.assessment, cut_points=cuts, mode="recomputed"))
    assert all(outlook_view(bare, standing) is None for standing in bare.standings.values())


def test_the_parts_of_a_system_sum_to_its_score(latest: Results) -> None:
    told = 0
    for area in areas_at_hand(latest):
        section = system_section(latest, area)
        if area.type is OrganisationType.REGION:
            assert section is None
        elif section is not None:
            assert sum(line.points for line in section.lines) == pytest.approx(section.score)
            assert (section.chart is not None) == (len(section.lines) > 1)
            told += 1
    assert told


def test_a_capability_rating_is_shown_and_said_not_to_enter(latest: Results) -> None:
    code = next(iter(latest.standings))
    assert capability_view(latest, code) is None
    rated = pl.when(pl.col("org_code") == code).then(pl.lit("Developing"))
    standing = latest.assessment.standing.with_columns(rated.alias("capability_rating"))
    capability = Capability.model_validate(
        {
            "name": "Provider capability",
            "kinds": ["acute"],
            "domains": [{"id": "strategy", "name": "Strategy"}],
            "effects": [{"rating": "Poor", "no_better_than": 4, "why": "The board is weak."}],
        }
    )
    framework = latest.framework.model_copy(update={"capability": capability})
    results = Results(replace(latest.assessment, standing=standing, framework=framework))
    view = capability_view(results, code)
    assert view is not None
    assert view.rating == "Developing"
    assert view.enters == "It does not enter the segment."
    poor = standing.with_columns(rated.replace("Developing", "poor").alias("capability_rating"))
    worse = Results(replace(results.assessment, standing=poor))
    entering = capability_view(worse, code)
    assert entering is not None
    assert entering.enters == "By this framework it enters the segment. The board is weak."


def test_a_waterfall_steps_from_the_first_figure_to_the_last() -> None:
    ends = Amount("Q1", 2.0, "2.00"), Amount("Q2", 2.3, "2.30")
    parts = [Amount("Own", 0.5, "+0.50"), Amount("Others", -0.2, "−0.20")]
    chart = waterfall("w", "Title", "Finding", ends, parts, axis="Score")
    worse, better = chart.bands
    first, last = chart.dots
    assert (worse.css, better.css) == ("worse", "better")
    assert worse.x == pytest.approx(first.x)
    assert worse.x + worse.width == pytest.approx(better.x + better.width, abs=0.02)
    assert better.x == pytest.approx(last.x, abs=0.02)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((0.5, -0.2), " A bar in red goes right, for the worse; one in green goes left, for the "
         "better."),
        ((0.5, 0.0), " A bar in red goes right, for the worse."),
        ((-0.5,), " A bar in green goes left, for the better."),
        ((0.0,), ""),
    ],
)  # fmt: skip
def test_a_waterfall_explains_the_bars_that_it_has(values: tuple[float, ...], words: str) -> None:
    ends = Amount("Q1", 2.0, "2.00"), Amount("Q2", 2.0 + sum(values), "")
    chart = waterfall("w", "T", "F", ends, [Amount("A", one, "") for one in values], axis="x")
    assert chart.legend == f"The diamonds are before and after.{words}"


def test_side_bars_stand_on_either_side_of_zero() -> None:
    chart = side_bars(
        "s", "T", "F", [Amount("A", 1.0, "+1.00"), Amount("B", -1.0, "−1.00")], axis="x"
    )
    right, left = chart.bands
    assert left.x + left.width == pytest.approx(right.x)


def test_pages_tell_movement_outlook_and_system(pages: list[HtmlPage]) -> None:
    found = {"/".join(page.path.parts[-3:]): page.ids() for page in pages}
    assert {"movement", "outlook", "causes"} <= set(found["2025-26-q4/trusts/ZA1.html"])
    assert "movement" not in found["2025-26-q1/trusts/ZA1.html"]
    assert "system" in found["2025-26-q4/areas/ZB1.html"]
    assert "system" not in found["2025-26-q4/areas/ZR1.html"]


def test_confirmed_routes_are_shown_where_they_were_looked_for(latest: Results) -> None:
    observations = latest.assessment.observations.select(list(OBSERVATION_SCHEMA))
    found = routes_one_better(Figures(observations), latest.assessment)
    shown = Results(latest.assessment, found)
    lines = 0
    for code, standing in latest.standings.items():
        before, view = outlook_view(latest, standing), outlook_view(shown, standing)
        if before is None or view is None:
            continue
        assert before.routes == ()
        assert before.routes_words == ""
        ways = found[code].routes if code in found else ()
        assert len(view.routes) == len(ways)
        for line, way in zip(view.routes, ways, strict=True):
            assert line.metric.page is not None
            assert line.metric.page.code == way.steps[0].metric_id
            assert line.average == way.average_after
        assert bool(view.routes_words) == (code in found)
        lines += len(view.routes)
    assert lines
