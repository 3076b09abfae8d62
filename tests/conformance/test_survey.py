"""The simulated survey of two waves: every figure of its expected results."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from remit.cli.exit_codes import DONE, DONE_WITH_FINDINGS
from remit.cli.run import run

pytestmark = pytest.mark.conformance

WAVES = ("2023", "2024")


@pytest.fixture(scope="module")
def expected(shared_data: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((shared_data / "survey/survey_expected.json").read_text())
    return found


@pytest.fixture(scope="module")
def counted(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, pl.DataFrame]:
    folder = tmp_path_factory.mktemp("survey")
    files = [str(shared_data / f"survey/survey_{wave}.csv") for wave in WAVES]
    draft = str(folder / "draft.yaml")
    assert run(["survey", "new", *files, "--out", draft]) == DONE
    asked = ["survey", "tables", *files, "--questionnaire", draft, "--by", "trust_type"]
    assert run([*asked, "--out", str(folder)]) == DONE_WITH_FINDINGS
    return {path.stem: pl.read_csv(path) for path in folder.glob("*.csv")}


def one(frame: pl.DataFrame, **wanted: str) -> dict[str, Any]:
    found = frame.filter(pl.col(key).cast(pl.String) == value for key, value in wanted.items())
    assert len(found) == 1, wanted
    return found.row(0, named=True)


def items(expected: dict[str, Any]) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    for wave in WAVES:
        for item, told in expected["waves"][wave]["items"].items():
            yield wave, item, "all", told
            for group, part in told["by_trust_type"].items():
                yield wave, item, group, part


def test_every_item_of_every_group(
    counted: dict[str, pl.DataFrame], expected: dict[str, Any]
) -> None:
    tried = 0
    for wave, item, group, told in items(expected):
        found = one(counted["items"], wave=wave, item=item, group=group)
        for name in ("base", "n_agree", "n_neutral", "n_disagree", "dont_know", "blank"):
            assert found[name] == told.get(name, found[name]), (wave, item, group, name)
        for name in ("pct_agree", "pct_neutral", "pct_disagree", "weighted_pct_agree"):
            if name in told:
                assert found[name] == pytest.approx(told[name], abs=0.0501)
        ends = (found["low"], found["high"])
        assert ends == pytest.approx(tuple(told["wilson95_agree"]), abs=0.0501)
        tried += 1
    assert tried == (9 + 6) * 8


def test_several_answers_and_numbers(
    counted: dict[str, pl.DataFrame], expected: dict[str, Any]
) -> None:
    for wave in WAVES:
        told = expected["waves"][wave]
        for item, question in told["multi_select"].items():
            for option, part in question["options"].items():
                found = one(counted["multi"], wave=wave, item=item, option=option, group="all")
                assert (found["base"], found["n"]) == (question["base"], part["n"])
        for item, number in told["numeric"].items():
            found = one(counted["numeric"], wave=wave, item=item, group="all")
            assert (found["base"], found["blank"]) == (number["base"], number["blank"])
            assert found["invalid"] == len(number["excluded_impossible"])
            assert found["mean"] == pytest.approx(number["mean"], abs=0.005)
            assert (found["median"], found["max"]) == (number["median"], number["max"])


def test_every_change(counted: dict[str, pl.DataFrame], expected: dict[str, Any]) -> None:
    for item, told in expected["change_2024_vs_2023"].items():
        name = item.removeprefix("(earlier wave only) ")
        found = one(counted["changes"], item=name, group="all")
        assert found["comparable"] == told["comparable"], item
        if told["comparable"]:
            assert found["change"] == pytest.approx(told["change_pp"], abs=0.0501)
            assert found["p"] == pytest.approx(told["p"], abs=0.00006)
            assert found["significant"] == told["significant_5pct"]
        else:
            assert found["change"] is None
            assert found["reason"]


def test_the_respondent_who_answered_twice_is_told(
    counted: dict[str, pl.DataFrame], expected: dict[str, Any]
) -> None:
    told = counted["rejections"].filter(pl.col("column") == "respondent_id")
    assert told["value"].to_list() == expected["waves"]["2024"]["repeated_ids"]
