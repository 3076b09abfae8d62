"""100 beds worked by hand: the step and the rule of payment, to the pound."""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from pathlib import Path

import pytest

from remit.cli.run import run
from remit.shift.move.model import ServiceModel
from remit.shift.move.plan import MovePlan
from remit.shift.move.steps import move_step
from tests.shift.move.models import template_model, written

# £220 × 100 beds × 365 days = £8,030,000: 20% variable, 50% four wards, 15% fixed, 15% overhead.
VECTOR = {
    # share: average, variable saved, wards closed, their cost, stranded, activity, 80/20, block
    20: (1_606_000, 321_200, 0, 0, 1_284_800, -1_284_800, 0, 321_200),
    25: (2_007_500, 401_500, 1, 1_003_750, 602_250, -602_250, 1_003_750, 1_405_250),
    100: (8_030_000, 1_606_000, 4, 4_015_000, 2_409_000, -2_409_000, 4_015_000, 5_621_000),
}


@pytest.fixture(scope="module")
def beds(tmp_path_factory: pytest.TempPathFactory) -> ServiceModel:
    return template_model(tmp_path_factory.mktemp("beds"), "beds")


def test_the_model_costs_what_the_beds_cost(beds: ServiceModel) -> None:
    assert beds.spent == 220 * 100 * 365 * 100


@pytest.mark.parametrize("share", VECTOR)
def test_a_share_of_the_beds_is_worked_by_hand(beds: ServiceModel, share: int) -> None:
    found = move_step(beds, MovePlan("beds", Fraction(0)), Fraction(share, 100))
    nets = [found.by_rule[rule].net for rule in ("activity", "urgent-80-20", "block")]
    sums = (found.average, found.variable_saved, found.units_saved, found.stranded, *nets)
    average, variable, closed, saved, stranded, *by_rule = VECTOR[share]
    assert found.units_closed == closed
    assert sums == tuple(100 * one for one in (average, variable, saved, stranded, *by_rule))


@pytest.mark.parametrize("share", VECTOR)
@pytest.mark.parametrize(("rule", "place"), [("activity", 5), ("urgent-80-20", 6), ("block", 7)])
def test_the_command_writes_the_same(tmp_path: Path, share: int, rule: str, place: int) -> None:
    folder, out = written(tmp_path / "beds", "beds"), tmp_path / "out"
    asked = ["--service", "beds", "--share", str(share), "--years", "5", "--payment", rule]
    assert run(["move", "run", str(folder), *asked, "--draws", "2", "--out", str(out)]) == 0
    with (out / "years.csv").open(encoding="utf-8") as file:
        last = list(csv.DictReader(file))[-1]
    assert int(last["stranded_pence"]) == 100 * VECTOR[share][4]
    assert int(last["trust_net_pence"]) == 100 * VECTOR[share][place]
    told = json.loads((out / "move.json").read_text("utf-8"))
    assert (told["share_percent"], told["moved"]["units_closed"]) == (share, VECTOR[share][2])
