"""Limits need as many points as the rule set declares, whoever asks for them."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

import remit
from remit.cli.run import run
from remit.signals.of_frame import UnfitChart
from tests.signals.frames import frame, months

VALUES = [70.0, 72, 71, 73, 69, 74, 72, 71, 73, 70, 71]


def _file(path: Path, values: list[float]) -> Path:
    lines = [f"{day},{value}" for day, value in zip(months(len(values)), values, strict=True)]
    path.write_text("\n".join(["date,value", *lines]), encoding="utf-8")
    return path


@pytest.mark.parametrize(("more", "shown"), [([], False), ([71.0], True)])
def test_the_table_shows_limits_of_twelve_points_and_none_of_eleven(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], more: list[float], shown: bool
) -> None:
    path = _file(tmp_path / "a.csv", [*VALUES, *more])
    assert run(["spc", str(path), "--better", "higher", "--dry-run"]) == 0
    said = capsys.readouterr().out
    row = next(line for line in said.splitlines() if line.startswith("│ a "))
    assert (" to " in row) is shown
    assert ("No limits are shown of 1 of 1 series: they need 12 points." in said) is not shown


def test_a_frame_tells_that_its_limits_rest_on_too_few_points() -> None:
    charts = remit.spc(frame({"a": VALUES, "b": [*VALUES, 71.0]}), better="higher")
    assert charts.series["trial_limits"].to_list() == [True, False]
    assert charts.notices == {"a": ("11 figures; a usual range needs 12.",)}


@pytest.mark.parametrize(
    ("values", "target", "said", "assurance", "variation"),
    [
        ([85.0, 0.86] * 7, None, "a share beside a percentage", None, None),
        ([0.85, 0.84] * 7, 95, "about a hundredfold off", None, "common_cause"),
        ([85.0, 84.5] * 7, 0.8, "about a hundredfold off", None, "common_cause"),
        ([85.0, 84.5] * 7, 80, "", "consistent_pass", "common_cause"),
        ([90.0, 91.5] * 7, 95, "", "consistent_fail", None),
    ],
)
def test_a_frame_is_told_what_its_chart_cannot_say(
    values: list[float], target: float | None, said: str, assurance: str | None, variation: str
) -> None:
    given = frame({"a": values, "b": [70.0, 71.5] * 7}).to_pandas()
    aims = None if target is None else {"a": target}
    if not said:
        charts = remit.spc(given, better="higher", target=aims)
        assert charts.series["assurance"][0] == assurance
        return
    with pytest.warns(UnfitChart, match=f"a: .*{said}"):
        charts = remit.spc(given, better="higher", target=aims)
    assert said in charts.notices["a"][0]
    assert set(charts.notices) == {"a"}
    row = pl.from_pandas(charts.series).row(0, named=True)
    assert (row["assurance"], row["variation"]) == (assurance, variation)
    kinds = charts.points.loc[charts.points["series"] == "a", "kind"]
    assert kinds.isna().all() == (variation is None)
    assert charts.series.iloc[1]["variation"] == "common_cause"


def test_what_has_a_unit_is_of_one_unit() -> None:
    """A percentage that fell below 1 is one; the catalogue knows, and so may who gives a frame."""
    given = frame({"a": [85.0, 0.86] * 7})
    charts = remit.spc(given, better="higher", unit="percent")
    assert not charts.notices
    assert charts.series["variation"].to_list() == ["common_cause"]
