from __future__ import annotations

import pytest

from remit.pages.drawing.charts import (
    LEFT,
    RIGHT,
    ChartRow,
    DrawnValue,
    HistoryPoint,
    Marker,
    ValueScale,
    distribution,
    history,
    rows,
    stacked_bars,
)


def test_a_scale_has_round_ticks_that_hold_all_values() -> None:
    scale = ValueScale([1.39, 3.36], LEFT, RIGHT)
    assert [label for _, label in scale.ticks()] == ["1.0", "1.5", "2.0", "2.5", "3.0", "3.5"]
    assert scale(1.0) == LEFT
    assert scale(3.5) == RIGHT


@pytest.mark.parametrize(
    "values", [[0.0], [5.0, 5.0], [-3.2, -3.2], [0.001, 0.002], [1e6, 3e6], [-2.0, 7.0]]
)
def test_a_scale_takes_any_values(values: list[float]) -> None:
    scale = ValueScale(values, LEFT, RIGHT)
    ticks = [value for value, _ in scale.ticks()]
    assert ticks[0] <= min(values)
    assert max(values) <= ticks[-1] + 1e-9
    assert 2 <= len(ticks) <= 8
    assert all(LEFT <= scale(value) <= RIGHT for value in values)


def test_equal_values_are_stacked_and_none_is_lost() -> None:
    points = [DrawnValue(2.0)] * 5 + [DrawnValue(3.0), DrawnValue(2.5, own=True)]
    chart = distribution("c", "Title", "Finding", points, [Marker(2.4, "Cut", "cut")], axis="Score")
    assert len(chart.dots) == len(points)
    assert len({dot.y for dot in chart.dots if dot.shape == "circle" and dot.x < 50}) == 5
    assert chart.dots[-1].shape == "diamond"
    assert "Cut" in [text.words for text in chart.texts]
    assert all(0 <= dot.y <= chart.height for dot in chart.dots)


def test_many_equal_values_stay_within_the_chart() -> None:
    chart = distribution(
        "c", "Title", "Finding", [DrawnValue(0.0)] * 200 + [DrawnValue(9.0)], axis="Value"
    )
    assert chart.height < 260
    assert all(dot.y >= 0 for dot in chart.dots)


def test_words_beside_a_line_are_turned_inwards() -> None:
    markers = [Marker(0.0, "Low", "quartile"), Marker(10.0, "High", "quartile")]
    chart = distribution(
        "c", "Title", "Finding", [DrawnValue(0), DrawnValue(10)], markers, axis="Value"
    )
    anchors = {text.words: text.anchor for text in chart.texts}
    assert anchors["Low"] == "start"
    assert anchors["High"] == "end"


def test_a_row_without_a_value_has_no_dot() -> None:
    entries = [ChartRow("One", 2.0, "2.00"), ChartRow("Two", None, "–")]
    chart = rows("c", "Title", "Finding", entries, [2.5], axis="Score")
    assert len(chart.dots) == 1
    assert {"One: 2.00", "Two: –"} <= {text.words for text in chart.texts}


def test_a_history_bands_only_the_periods_whose_cut_points_are_known() -> None:
    moments = [
        HistoryPoint("Q1", 2.1, "2.10", (2.0, 2.3, 2.6)),
        HistoryPoint("Q2", None, "–", ()),
        HistoryPoint("Q3", 2.4, "2.40", ()),
    ]
    chart = history("c", "Title", "Finding", moments)
    assert len(chart.bands) == 4
    assert all(band.x == 0 for band in chart.bands)
    assert len(chart.dots) == 2
    better, worse = chart.dots
    assert better.y < worse.y


def test_bars_leave_out_empty_parts_and_fill_the_width() -> None:
    chart = stacked_bars("c", "Title", "Finding", [("Acute trusts", (3, 0, 1)), ("None", (0, 0))])
    assert [band.css for band in chart.bands] == ["segment-1", "segment-3"]
    assert sum(band.width for band in chart.bands) == pytest.approx(100)
