"""Routes to a segment, worked out by hand."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from remit.assessment.improvement.plausibility import Peers
from remit.assessment.improvement.route import Routes, find_routes, routes_one_better
from remit.assessment.improvement.route_words import not_changed, route_lines, summary
from remit.assessment.run import assess
from remit.frames.figures import Figures, figures_from_frame
from remit.model.errors import AssessmentError
from remit.model.framework import Rounding

from .figures_by_hand import frame, framework

PERIOD = "2025/26 Q1"
CODES = ["RYJ", "RRV", "R1K", "RJ1", "RJ7"]
RANKED = """
metrics:
  - {id: OF0023, domain: one, kinds: [acute], rule: {type: ranked}}
"""
TWO = f"""{RANKED}
  - id: OF0003
    domain: two
    kinds: [acute]
    rule: {{type: standard_then_ranked, standard: {{at_most: 1}}}}
"""
LOOKED_UP = """
metrics:
  - id: OF0079
    domain: one
    kinds: [acute]
    counts: false
    rule: {type: bands, bands: [{above: -1, score: 1}, {score: 2}]}
  - id: OF0081
    domain: one
    kinds: [acute]
    counts: false
    rule: {type: bands, bands: [{at_least: 0, score: 1}, {score: 2}]}
  - id: OF0080
    domain: one
    kinds: [acute]
    rule: {type: lookup, rows: OF0079, columns: OF0081, table: {1: {1: 1, 2: 3}, 2: {1: 3, 2: 4}}}
"""


def figures(**more: dict[str, float]) -> Figures:
    values = {
        "OF0023": dict(zip(CODES, (90.0, 80.0, 70.0, 60.0, 50.0), strict=True)),
        "OF0003": dict(zip(CODES, (0.5, 4.0, 3.0, 2.0, 5.0), strict=True)),
    }
    return figures_from_frame(frame(values | more))


def routes(of: Figures, code: str, to: int, rules: str = TWO, **more: Any) -> Routes:
    more.setdefault("cut_points", (1.5, 2.0, 3.5))
    return find_routes(of, code, to, framework=framework(rules), period=PERIOD, **more)


def steps(found: Routes) -> list[dict[str, tuple[float, float]]]:
    return [{s.metric_id: (s.before, s.after) for s in route.steps} for route in found.routes]


def test_the_smallest_change_that_suffices() -> None:
    # RRV scores 1.75 (rank 2 of 5) and, with 4.0 the third of the four that miss the standard,
    # 2 + 2 × 2 ÷ 3 = 3.33: mean 2.54. Segment 2 ends at 2.0.
    # OF0023 alone: the best score is 1, mean 2.17: not enough.
    # OF0003 alone: equal to the best that misses (2.0), a score of 2 gives 1.875: enough. Equal
    # to R1K (3.0) would give 2.67 and 2.21.
    found = routes(figures(), "RRV", 2)
    assert found.needed == 2.0
    assert steps(found)[0] == {"OF0003": (4.0, 2.0)}
    assert found.routes[0].average_after == pytest.approx(1.875)
    # Together less of it is enough: 90 scores 1, and 3.0 scores 2.67: 1.83.
    assert {"OF0023": (80.0, 90.0), "OF0003": (4.0, 3.0)} in steps(found)
    assert found.unconfirmed == 0


def test_a_route_goes_no_further_than_peers_have_come() -> None:
    # The standard is met by RYJ only, with 0.5: that is as far as OF0003 goes.
    found = routes(figures(), "RJ7", 1, cut_points=(1.2, 2.0, 3.5))
    assert steps(found) == [{"OF0023": (50.0, 90.0), "OF0003": (5.0, 1.0)}]
    assert found.routes[0].steps[1].best_peer == 0.5
    none = routes(figures(), "RJ7", 1, cut_points=(0.9, 2.0, 3.5))
    assert none.routes == ()
    assert "No route to segment 1" in summary(none)[-1]


def test_a_look_up_is_reached_through_both_its_parts() -> None:
    of = figures_from_frame(
        frame({"OF0079": {"RYJ": -2, "RRV": 1.5}, "OF0081": {"RYJ": -2.0, "RRV": 0.5}})
    )
    found = routes(of, "RYJ", 2, LOOKED_UP)
    # Just past the open bound of -1 by the last digit that is published, 0.1.
    assert steps(found) == [{"OF0079": (-2.0, -0.9), "OF0081": (-2.0, 0.0)}]
    assert routes(of, "RYJ", 2, LOOKED_UP, max_metrics=1).routes == ()


def test_an_override_blocks_and_is_said() -> None:
    found = routes(figures(OF5004={"RRV": 1}), "RRV", 2)
    assert found.measure == "unadjusted_segment"
    assert "No change of a metric lifts it" in found.blocks[0]
    assert any(line.startswith("Blocked: Deficit") for line in summary(found))
    assert steps(found)[0] == {"OF0003": (4.0, 2.0)}
    # To segment 3 the override is no block.
    assert routes(figures(OF5004={"RJ7": 1}), "RJ7", 3, cut_points=(1.5, 2.0, 3.5)).blocks == ()


def test_metrics_that_suffice_already_need_no_route() -> None:
    found = routes(figures(OF5004={"RYJ": 1}), "RYJ", 1)
    assert found.reached
    assert found.routes == ()
    assert summary(found)[-1] == "Its metrics put it in segment 1 before overrides already."


def test_a_route_may_not_lead_where_one_stands() -> None:
    with pytest.raises(AssessmentError, match="RYJ is in segment 1 already"):
        routes(figures(), "RYJ", 2)
    with pytest.raises(AssessmentError, match="--to-segment takes 1 to 3; got 4"):
        routes(figures(), "RJ7", 4)
    with pytest.raises(AssessmentError, match="1 to 3 metrics, not 4"):
        routes(figures(), "RJ7", 1, max_metrics=4)


def test_metrics_that_are_no_lever_are_named_with_the_reason() -> None:
    rules = TWO + "  - {id: OF0067, domain: two, kinds: [acute], rule: {type: published}}\n"
    found = routes(figures(OF1067={"RRV": 2}), "RRV", 2, rules)
    assert found.cannot_change == (("OF0067", "its score is published without a value"),)
    assert not_changed(found) == ["Not changed: OF0067 (its score is published without a value)."]


def test_a_change_within_the_rounding_is_called_an_artefact() -> None:
    values = {"OF0023": dict(zip(CODES, (70.3, 70.1, 70.2, 60.0, 50.0), strict=True))}
    found = routes(
        figures_from_frame(frame(values)),
        "R1K",
        1,
        RANKED,
        cut_points=(1.5, 2, 3),
    )
    (route,) = found.routes
    assert (route.steps[0].before, route.steps[0].after) == (70.2, 70.3)
    assert route.artefact
    assert "within the rounding" in route.steps[0].warning
    assert "An artefact of ranks" in route_lines(1, route, Rounding())[0]


def test_peers_past_changes_are_the_yardstick_where_they_are_known() -> None:
    import numpy as np

    changes = np.array([-2.0, -1.0, 0.0, 0.5, 1.0, 1.0, 2.0, 3.0, 4.0, 5.0])
    peers = Peers(np.array([60.0, 70.0, 80.0, 90.0]), changes, 1, higher=True)
    # Three of ten rose by 3 or more.
    assert peers.difficulty(70.0, np.array([73.0])) == pytest.approx([0.7])
    assert peers.usual_change == 1.5
    assert "tiny beside the usual one" in peers.warning(0.3)
    assert peers.warning(0.1).startswith("the change is within the rounding")
    assert peers.warning(3.0) == ""
    # With one quarter: two of the four stand between 70 and 90, the target included.
    alone = Peers(peers.values, changes[:0], 1, higher=True)
    assert alone.difficulty(70.0, np.array([90.0])) == pytest.approx([0.5])
    assert alone.usual_change is None


def test_past_changes_are_taken_from_the_quarters_at_hand() -> None:
    codes = [*CODES, "RJ2", "R0A", "R0B", "R0D", "RA2", "RA7", "RA9"]
    quarters = {"2025/26 Q1": 0.0, "2025/26 Q2": 1.0}
    table = pl.concat(
        [
            frame(
                {"OF0023": {code: 50 + n + n * step for n, code in enumerate(codes)}}
            ).with_columns(pl.lit(quarter).alias("release"))
            for quarter, step in quarters.items()
        ]
    )
    found = routes(figures_from_frame(table), "RYJ", 1, RANKED, cut_points=(1.5, 2.5, 3.5))
    (route,) = found.routes
    # From 50 to RA7's 60 (score 1.27): the eleven peers rose by 1 to 11, two of them by 10.
    assert (route.steps[0].before, route.steps[0].after) == (50.0, 60.0)
    assert route.difficulty == pytest.approx(9 / 11)
    assert "18% of 11 past changes of peers were as large" in route.steps[0].plausibility


def test_tables_and_dictionaries() -> None:
    found = routes(figures(), "RRV", 2)
    table = found.table()
    assert table["route"].to_list() == [1, 2, 2]
    assert found.to_dict()["routes"][0]["steps"][0]["metric_id"] == "OF0003"


def test_routes_of_all_are_those_found_one_by_one() -> None:
    of, rules = figures(), framework(TWO)
    cuts = (1.5, 2.0, 3.5)
    result = assess(of, rules, PERIOD, mode="recomputed", cut_points=cuts, replicates=None)
    told: list[tuple[int, int]] = []
    found = routes_one_better(of, result, progress=lambda done, whole: told.append((done, whole)))
    below = result.standing.filter(pl.col("final_segment") > 1)["org_code"].to_list()
    assert sorted(found) == sorted(below)
    assert told == [(number, len(below)) for number in range(1, len(below) + 1)]
    for code, ways in found.items():
        alone = routes(of, code, ways.to_segment, max_metrics=1, limit=3, cut_points=cuts)
        assert steps(ways) == steps(alone)
        assert [way.average_after for way in ways.routes] == [
            way.average_after for way in alone.routes
        ]
    assert any(ways.routes for ways in found.values())
