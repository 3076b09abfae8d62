"""Routes and changed figures on the published acute file."""

from __future__ import annotations

from pathlib import Path

import pytest

import remit
from remit.assessment.improvement.changes import ChangedFigure
from remit.assessment.improvement.levers import find_levers
from remit.assessment.improvement.route import find_routes
from remit.assessment.improvement.starting_point import CutChoice, Ground, lay_ground
from remit.frames.figures import Figures

Q1 = "2025/26 Q1"
NOF = "nof-2025-26"


@pytest.fixture(scope="module")
def acute(shared_data: Path) -> Figures:
    return remit.read(shared_data / "nof" / "nhs-oversight-framework-acute-trust-data.csv")


def segment_with(ground: Ground, code: str, metric_id: str, unit: str, value: float) -> int:
    changed = ChangedFigure(metric_id, metric_id, unit, None, value)
    return int(ground.changed(code, [changed]).record(code)["final_segment"])


@pytest.mark.parametrize(
    ("code", "to", "cuts"), [("R0A", 2, "fixed"), ("R0A", 2, "recomputed"), ("RJ7", 1, "fixed")]
)
def test_one_metric_routes_are_the_smallest(
    acute: Figures, code: str, to: int, cuts: CutChoice
) -> None:
    found = find_routes(acute, code, to, period=Q1, max_metrics=1, limit=100, cut_points=cuts)
    assert found.unconfirmed == 0
    ground = lay_ground(
        acute, code, framework=NOF, period=Q1, cut_points=cuts, register=None, records=None
    )
    levers = find_levers(acute, ground.before, code, every_step=True).usable
    by_metric = {route.steps[0].metric_id: route.steps[0] for route in found.routes}
    for lever in levers:
        step = by_metric.get(lever.metric_id)
        if step is None:
            best = lever.peers.best
            assert segment_with(ground, code, lever.metric_id, lever.unit, best) > to
            continue
        # One published digit less of improvement does not suffice.
        back = -lever.peers.last_digit if lever.peers.higher else lever.peers.last_digit
        short = round(step.after + back, lever.peers.decimals)
        if short != lever.value:
            assert segment_with(ground, code, lever.metric_id, lever.unit, short) > to


def test_larger_routes_are_confirmed_and_less_hard(acute: Figures) -> None:
    found = find_routes(acute, "R0A", 2, period=Q1, max_metrics=3)
    assert found.unconfirmed == 0
    assert {len(route.steps) for route in found.routes} == {1, 2, 3}
    easiest = {
        size: min(r.difficulty for r in found.routes if len(r.steps) == size) for size in (1, 2, 3)
    }
    assert easiest[3] < easiest[2] < easiest[1]


def test_a_trust_in_deficit_is_told_what_blocks_it(acute: Figures) -> None:
    found = find_routes(acute, "RA2", 2, period=Q1)
    assert found.reached
    assert found.routes == ()
    assert "Financial override (OF5004)" in found.blocks[0]
