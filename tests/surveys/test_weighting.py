"""Weights as a questionnaire declares them, worked out by hand on the small survey."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from remit.cli.exit_codes import WRONG_INPUT
from remit.cli.run import run
from tests.surveys.exports import HEARD, write_small


def weighted(folder: Path, weights: str, **where: str) -> dict[str, str]:
    _, now, questionnaire = write_small(folder)
    text = questionnaire.read_text(encoding="utf-8")
    questionnaire.write_text(text + f"weights: {weights}\n", encoding="utf-8")
    out = folder / "out"
    asked = [str(now), "--questionnaire", str(questionnaire), "--by", "kind", "--out", str(out)]
    assert run(["survey", "tables", *asked]) != WRONG_INPUT
    with (out / "weighted.csv").open(encoding="utf-8", newline="") as file:
        wanted = {"item": HEARD, "group": "all", **where}
        (found,) = [
            one
            for one in csv.DictReader(file)
            if all(one[key] == value for key, value in wanted.items())
        ]
    return found


def test_one_voice_for_each_organisation(tmp_path: Path) -> None:
    found = weighted(tmp_path, "{one_voice_per: unit}")
    # In the base: ZA1 twice, both agree (half a voice each); ZA2 disagrees; ZA4 is neutral.
    assert float(found["pct_agree"]) == pytest.approx(100 / 3)
    assert (found["base"], found["organisations"]) == ("4", "3")


def test_raked_to_the_kinds_of_organisation(tmp_path: Path) -> None:
    targets = "{targets: {kind: {acute: 3, ambulance: 1, community: 6}}}"
    found = weighted(tmp_path, targets)
    # Three acute voices of weight 1, two of community of weight 3, one of them in the base:
    # 2 of 3 + 3 = 6 agree.
    assert float(found["pct_agree"]) == pytest.approx(100 / 3)


@pytest.mark.parametrize(
    ("weights", "said"),
    [
        ("{targets: {kind: {acute: 3, community: 6}}}", "no target is given for Kind of trust"),
        ("{targets: {region: {north: 3}}}", "no column has it"),
        (
            "{targets: {kind: {acute: 1, ambulance: 1, community: 1, specialist: 1}}}",
            "nobody answered for Kind of trust specialist",
        ),
    ],
)
def test_targets_that_do_not_fit_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], weights: str, said: str
) -> None:
    _, now, questionnaire = write_small(tmp_path)
    text = questionnaire.read_text(encoding="utf-8")
    questionnaire.write_text(text + f"weights: {weights}\n", encoding="utf-8")
    asked = [str(now), "--questionnaire", str(questionnaire), "--out", str(tmp_path / "out")]
    assert run(["survey", "tables", *asked]) == WRONG_INPUT
    assert said in capsys.readouterr().err
