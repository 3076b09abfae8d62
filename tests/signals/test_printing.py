"""The table of ``remit spc``: names whole, limits of what cannot be negative, metrics named."""

from __future__ import annotations

import pytest

from remit.cli.figures.spc_judged import JudgedSeries
from remit.cli.figures.spc_printing import print_table
from remit.signals.charts import spc
from tests.signals.frames import frame

JUMPY = [0.0, 40.0] * 6
"""Mean 20, mean moving range 40: the limits are 20 -/+ 106.4."""
BALANCE = [-30.0, 40.0] * 6


def judged(
    unit: str, values: list[float], name: str = "ENG · rtt.over-18-weeks-count"
) -> JudgedSeries:
    charts = spc(frame({name: values}), better="lower")
    return JudgedSeries(charts, "lower", {}, units={name: unit}, measures=(f"a.b: Waits ({unit})",))


@pytest.mark.parametrize("unit", ["count", "percent"])
def test_a_lower_limit_below_0_is_printed_as_0_with_a_note(
    unit: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    made = judged(unit, JUMPY)
    print_table(made)
    told = capsys.readouterr().out
    assert "0.00 to 126.4" in told
    assert "cannot be below 0" in told
    assert made.charts.series["lower_limit"].to_list() == [pytest.approx(-86.4)]


@pytest.mark.parametrize(
    ("unit", "values"), [("percentage points", JUMPY), ("count", BALANCE), ("count", [50.0] * 12)]
)
def test_other_limits_are_printed_as_they_are(
    unit: str,
    values: list[float],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "160")
    print_table(judged(unit, values))
    told = capsys.readouterr().out
    assert "cannot be below 0" not in told
    assert ("−" in told) == (values != [50.0] * 12)


def test_names_of_series_are_folded_and_metrics_stand_above(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    print_table(judged("count", [*JUMPY, 900.0], "ENG · rtt.over-18-weeks-count"))
    told = capsys.readouterr().out
    assert told.startswith("a.b: Waits (count)\n")
    assert "…" not in told
    cells = [line.split("│")[1].strip() for line in told.splitlines() if line.startswith("│")]
    assert "".join(cells).replace(" ", "") == "ENG·rtt.over-18-weeks-count"
