"""A part that is larger than its whole makes no figure: it is told, and judged nowhere."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from remit.catalogue import load_computed_metrics
from remit.cli.run import run
from remit.report import build_report
from remit.series import Level, Series, series
from remit.signals.of_series import of_series
from remit.store import Store
from tests.report.stores import SEEN, frame, seen
from tests.series.counted import counts, metric
from tests.signals.four_hours import readings_of_four_hours

SHARE = metric(share=True)


def points(made: Series) -> list[tuple[object, ...]]:
    return made.frame.select("org_code", "value", "status").rows()


@pytest.mark.parametrize("late", [101, -1])
def test_a_part_beyond_its_whole_is_no_figure_and_is_told(late: int) -> None:
    """100 less 101 are -1 of 100; 100 less -1 are 101 of 100."""
    made = series(counts(("ZA1", "May 2025", 100, late), ("ZA1", "Jun 2025", 100, 10)), SHARE)
    assert points(made) == [("ZA1", None, "beyond_whole"), ("ZA1", 90.0, "reported")]
    told = " ".join(made.notes)
    assert f"ZA1, May 2025: {100 - late} of 100" in told.replace("−", "-")
    assert "Jun 2025" not in told


def test_none_and_all_of_a_whole_are_figures() -> None:
    made = series(counts(("ZA1", "May 2025", 100, 100), ("ZA2", "May 2025", 100, 0)), SHARE)
    assert points(made) == [("ZA1", 0.0, "reported"), ("ZA2", 100.0, "reported")]
    assert not any("whole" in note for note in made.notes)


def test_sums_of_fractions_are_not_beyond_by_the_last_bit() -> None:
    """0.1 + 0.2 is a little more than 0.3 in binary."""
    held = pl.DataFrame(
        [("ZA1", "Jun 2025", name, value, "reported") for name, value in
         (("test.a", 0.1), ("test.b", 0.2), ("test.all", 0.3))],
        schema=["org_code", "period_label", "metric_id", "value", "status"], orient="row",
    )  # fmt: skip
    made = series(held, metric(share=True, numerator=["test.a", "test.b"]))
    assert made.frame["value"].to_list() == pytest.approx([100.0])


def test_what_is_no_part_of_a_whole_may_exceed_it() -> None:
    """A ward can have more patients than beds."""
    assert points(series(counts(("ZA1", "May 2025", 100, -5)), metric())) == [
        ("ZA1", 105.0, "reported")
    ]


@pytest.mark.parametrize(("level", "code"), [("icb", "ZB1"), ("region", "ZR1")])
def test_a_sum_goes_without_it_and_says_so(level: Level, code: str) -> None:
    held = counts(("ZA1", "May 2025", 100, 10), ("ZA2", "May 2025", 100, 300))
    made = series(held, SHARE, level)
    assert points(made) == [(code, 90.0, "incomplete")]
    assert "without a figure of ZA2" in made.who(made.frame.row(0, named=True))
    assert any("ZA2, May 2025" in note for note in made.notes)


def test_a_printed_row_so_spoiled_gives_way_to_the_sum() -> None:
    trust = counts(("ZA1", "May 2025", 100, 10), org_kind="acute")
    icb = counts(("ZB1", "May 2025", 100, 300), org_kind="icb")
    made = series(pl.concat([trust, icb]), SHARE, "icb")
    assert made.frame.select("value", "made").rows() == [(90.0, "register")]
    assert any("ZB1, May 2025" in note for note in made.notes)


def test_it_is_no_point_of_a_chart_and_no_line_of_a_report() -> None:
    share = SEEN.model_copy(update={"share": True})
    held = frame(seen("ZA1", [80.0, 82.0] * 8 + [180.0]))
    charts = of_series(series(held, share))
    assert charts.points["kind"].to_list()[-1] is None
    view = build_report(held, "ZA1", "Jun 2025", metrics=[share]).view
    (line,) = view.own.lines
    assert (line.period, line.said) == ("May 2025", "82.0%")
    assert any("ZA1, Jun 2025: 1,800 of 1,000" in note for note in view.notes)
    (gone,) = [one for one in view.missing if one.body.code == "ZA1"]
    assert "larger than its whole" in gone.reason


def test_spc_tells_it_and_judges_the_months_before(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of 1,000 people 1,300 waited longer, in a store that was filled without a look at rows."""
    *sound, last = readings_of_four_hours(tmp_path, [*[90.0] * 16, 80.0])
    late = pl.col("metric_id") == "ae.over-4-hours-type-1"
    value = pl.when(late).then(1300.0).otherwise("value").alias("value")
    spoiled = replace(last, observations=last.observations.with_columns(value))
    with Store.open(tmp_path / "s.duckdb") as store:
        store.ingest([*sound, spoiled])
    asked = ["spc", "--metric", "ae.four-hours", "--store", str(tmp_path / "s.duckdb")]
    run(asked)
    said = " ".join("".join(capsys.readouterr()).split())
    assert "ZA1, May 2024: −300 of 1,000" in said
    assert "90.0% in Apr 2024" in said


def test_the_shares_of_the_catalogue_are_marked_and_occupancy_is_not() -> None:
    marked = {m.id for m in load_computed_metrics().values() if m.share}
    parts = {"ae.four-hours", "cancer.62-day", "rtt.over-52-weeks-share", "dm01.six-weeks-share",
             "community.within-18-weeks-share", "sickness-absence.rate"}  # fmt: skip
    assert parts <= marked
    assert not any("occupancy" in name or "hours-per-head" in name for name in marked)
