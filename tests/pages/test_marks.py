"""Marks: drawn within their frame, in the order of values, and told by the figures drawn."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.pages.drawing.marks.certainty import NARROW, WIDE, Certainty, certainty_mark
from remit.pages.drawing.marks.change import ScoreChange, change_mark
from remit.pages.drawing.marks.distribution import (
    NamedLine,
    PeerDot,
    ValueDots,
    distribution_mark,
)
from remit.pages.drawing.marks.dot_strip import (
    HEIGHT,
    WIDTH,
    DotStrip,
    NamedValue,
    StripOfAll,
    dot_strip_mark,
    placed_dots,
    strip_sentence,
)
from remit.pages.drawing.marks.finding_chart import (
    NARROW as FINDING_NARROW,
)
from remit.pages.drawing.marks.finding_chart import (
    WIDE as FINDING_WIDE,
)
from remit.pages.drawing.marks.finding_chart import (
    ChartedMonth,
    FindingChart,
    finding_chart_mark,
)
from remit.pages.drawing.marks.ladder import Ladder, ladder_mark
from remit.pages.drawing.marks.mark import number, text_width
from remit.pages.drawing.marks.range_row import RangeRow, range_row_mark
from remit.pages.drawing.marks.segment_strip import (
    QuarterSegment,
    SegmentStrip,
    segment_strip_mark,
)
from remit.pages.drawing.marks.sparkline import Spark, small_multiple_mark, spark_mark
from remit.pages.drawing.marks.weight_bar import Weight, weight_mark

VALUES = st.integers(0, 10_000).map(lambda whole: whole / 100)
SCORES = st.integers(100, 400).map(lambda whole: whole / 100)
TEXT = re.compile(r'<text x="([\d.-]+)" y="([\d.-]+)"(?: text-anchor="(\w+)")?[^>]*>([^<]*)<')


def boxes(drawn: str) -> list[tuple[float, float, float, float]]:
    """Left, right, top and bottom of each text at its widest."""
    found = []
    for x, y, anchor, words in TEXT.findall(drawn):
        wide = text_width(words)
        left = float(x) - {"": 0.0, "middle": wide / 2, "end": wide}[anchor]
        found.append((left, left + wide, float(y) - 11, float(y) + 3))
    return found


def strip(values: list[float], better: str, goal: float | None = None) -> DotStrip:
    others = tuple(NamedValue(f"Trust {place}", value) for place, value in enumerate(values[1:]))
    own = NamedValue("Mine", values[0])
    return DotStrip(own, others, better, "percent", "acute trusts", goal)  # type: ignore[arg-type]


@settings(deadline=None)
@given(
    st.lists(VALUES, min_size=1, max_size=140),
    st.sampled_from(["lower", "higher", "neutral"]),
    st.none() | VALUES,
)
def test_dots_stay_in_their_frame_in_the_order_of_values(
    values: list[float], better: str, goal: float | None
) -> None:
    dots = placed_dots(strip(values, better, goal))
    assert len(dots) == len(values)
    assert all(6.4 <= dot.x <= WIDTH - 6.4 and 3.6 <= dot.y <= HEIGHT - 6.4 for dot in dots)
    for one, two in combinations(dots[:40], 2):
        if one.of.value < two.of.value:
            assert one.x > two.x if better == "higher" else one.x < two.x
        elif one.of.value == two.of.value:
            assert one.x == two.x
            assert one.y != two.y


@settings(deadline=None)
@given(st.lists(VALUES, min_size=2, max_size=30), st.sampled_from(["lower", "higher"]))
def test_the_strip_s_sentence_counts_what_is_drawn(values: list[float], better: str) -> None:
    given_strip = strip(values, better)
    dots = placed_dots(given_strip)
    own = next(dot for dot in dots if dot.own)
    left, right = (sum(sign * dot.x < sign * own.x for dot in dots) for sign in (1, -1))
    mark = dot_strip_mark(given_strip)
    assert f", {left} {'is' if left == 1 else 'are'} better and {right} worse" in mark.sentence
    assert f'aria-label="{mark.sentence}"' in mark.svg
    assert mark.svg.count("<title>") == len(values)


@settings(deadline=None)
@given(st.lists(VALUES, min_size=1, max_size=60), st.data(), st.none() | VALUES)
def test_the_strips_of_all_are_each_that_of_one(
    values: list[float], data: st.DataObject, goal: float | None
) -> None:
    own = data.draw(st.integers(0, len(values) - 1))
    every = tuple(NamedValue(f"Trust {place}", value) for place, value in enumerate(values))
    alone = DotStrip(every[own], (*every[:own], *every[own + 1 :]), "lower", "percent", "trusts")
    together = StripOfAll(replace(alone, own=None, others=every, goal=goal)).mark(own)
    placed = [(number(one.x), number(one.y)) for one in placed_dots(replace(alone, goal=goal))]
    assert re.findall(r"translate\((\S+) (\S+)\)", together.svg) == placed
    names = re.findall("<title>(.+?):", together.svg)
    assert names == [one.name for one in (*alone.others, every[own])]
    assert together.svg.count("point--mine") == 1
    assert together.sentence == strip_sentence(replace(alone, goal=goal))


def test_a_goal_far_away_does_not_press_the_dots_together() -> None:
    near = placed_dots(strip([50.0, 52.0, 51.0], "higher", 53.0))
    far = placed_dots(strip([50.0, 52.0, 51.0], "higher", 95.0))
    assert min(dot.x for dot in near) > min(dot.x for dot in far) == 9.0
    assert 'class="goal"' in dot_strip_mark(strip([50.0, 52.0], "higher", 95.0)).svg


def test_names_are_never_markup() -> None:
    given_strip = DotStrip(None, (NamedValue('<b>"', 1.0),), "lower", "", "trusts")
    assert "<b>" not in dot_strip_mark(given_strip).svg


@settings(deadline=None)
@given(SCORES, SCORES, SCORES, st.lists(SCORES, min_size=3, max_size=3, unique=True))
def test_words_of_certainty_stay_apart_and_inside(
    own: float, low: float, high: float, cuts: list[float]
) -> None:
    ends = (min(own, low, high), max(own, low, high))
    mark = certainty_mark(Certainty(own, ends, tuple(sorted(cuts)), 3, frozenset({1, 2})))
    for drawn, width in ((mark.svg, WIDE), (mark.narrow, NARROW)):
        found = boxes(drawn)
        assert all(left >= -0.1 and right <= width + 0.1 for left, right, _, _ in found)
        for a, b in combinations(found, 2):
            assert a[1] <= b[0] + 0.2 or b[1] <= a[0] + 0.2 or a[3] <= b[2] or b[3] <= a[2]
    assert f"Average score {own:.2f}" in mark.sentence
    assert f"{own:.2f}" in "".join(words for *_, words in TEXT.findall(mark.svg))


def test_the_range_reaches_over_the_segments_that_it_is_drawn_over() -> None:
    mark = certainty_mark(Certainty(2.51, (2.12, 2.9), (1.99, 2.41, 2.95), 3, frozenset({1, 2})))
    assert "The range reaches over segments 2 and 3." in mark.sentence
    assert mark.sentence.endswith("Segments 1 and 2 are hatched: a rule closes them.")
    at_the_cut = Certainty(1.99, (1.5, 1.99), (1.99, 2.41, 2.95))
    assert at_the_cut.reached == (1,)


@given(st.integers(-400, 400), st.integers(1, 400))
def test_a_weight_is_added_to_the_right_and_as_long_as_its_share(digits: int, most: int) -> None:
    amount = max(min(digits, most), -most) / 100
    mark = weight_mark(Weight("Cancer", amount, most / 100))
    x, width = (
        float(found)
        for found in re.findall(r'rect[^>]* x="([\d.]+)".*? width="([\d.]+)"', mark.svg)[0]
    )
    assert abs(width - 66 * abs(amount) / (most / 100)) < 0.06
    assert x == 75 if amount > 0 else abs(x + width - 75) < 0.11
    assert (f"{abs(amount):.2f}" in mark.sentence) == bool(amount)
    assert (f"{amount:.2f} added to the average" in mark.sentence) == (amount > 0)


@given(SCORES, SCORES)
def test_a_change_goes_right_where_it_is_worse(before: float, after: float) -> None:
    mark = change_mark(ScoreChange("A&E", before, after, ("Q2", "Q3")))
    places = [float(x) for x in re.findall(r"translate\(([\d.]+) ", mark.svg)]
    assert (places[1] > places[0]) == (after > before + 0.001)
    assert f"score {before:.2f} in Q2, {after:.2f} in Q3" in mark.sentence
    kind = "worse" if after > before else "better" if after < before else "usual"
    assert f"point--{kind}" in mark.svg


def test_a_ladder_hatches_what_a_rule_closes_and_never_the_own() -> None:
    mark = ladder_mark(Ladder((1, 2, 3, 4), 3, frozenset({1, 2, 3})))
    assert mark.sentence == "Segment 3 of 4. Segments 1 and 2 are hatched: a rule closes them."
    assert mark.svg.count('class="hatch"') == 2 * 7
    assert ladder_mark(Ladder((1, 2), None)).sentence == "No segment."


def test_a_missing_month_breaks_the_line_and_is_told() -> None:
    labels = ("Jan", "Feb", "Mar", "Apr", "May")
    mark = spark_mark(Spark("ZA2", labels, (60.0, 61.0, None, 62.0, 63.0), "percent", "better"))
    assert mark.svg.count("<polyline") == 2
    assert mark.sentence == "ZA2, Jan to May: 63% in May, better. Missing: 1."
    empty = Spark("ZA2", labels, (None,) * 5, "percent")
    assert spark_mark(empty).sentence == "ZA2: no value is known."
    assert small_multiple_mark(empty).sentence == "ZA2: no value is known."


@given(st.lists(VALUES, min_size=1, max_size=24))
def test_a_small_multiple_names_its_last_value_inside_its_frame(values: list[float]) -> None:
    labels = tuple(str(place) for place in range(len(values)))
    mark = small_multiple_mark(Spark("ZA2", labels, tuple(values), "percent"))
    ((left, right, top, bottom),) = boxes(mark.svg)
    assert left >= 0
    assert right <= 162
    assert top >= 0
    assert bottom <= 64
    found = TEXT.findall(mark.svg)[0][-1]
    assert f"{found} in {labels[-1]}" in mark.sentence


@given(VALUES, VALUES, VALUES)
def test_a_range_row_puts_the_better_left(a: float, b: float, latest: float) -> None:
    usual = (min(a, b), max(a, b))
    for better in ("lower", "higher"):
        row = RangeRow("ZA2", latest, usual, (0.0, 100.0), "percent", better)  # type: ignore[arg-type]
        x = float(re.findall(r"translate\(([\d.]+) ", range_row_mark(row).svg)[0])
        share = (x - 8) / 134
        assert abs(share - (latest / 100 if better == "lower" else 1 - latest / 100)) < 0.01


@given(st.lists(VALUES, min_size=2, max_size=24), VALUES, st.booleans())
def test_the_words_of_a_finding_stay_apart_and_inside(
    values: list[float], goal: float, with_goal: bool
) -> None:
    months = tuple(ChartedMonth(f"Apr {place}", one) for place, one in enumerate(values))
    said = f"{values[-1]:.1f}%"
    given_chart = FindingChart("Waits", months, said, "percent", goal if with_goal else None)
    mark = finding_chart_mark(given_chart)
    for drawn, (width, height) in ((mark.svg, FINDING_WIDE), (mark.narrow, FINDING_NARROW)):
        found = boxes(drawn)
        assert len(found) == 3 + with_goal
        for left, right, top, bottom in found:
            assert left >= 0
            assert right <= width
            assert top >= -1
            assert bottom <= height
        for place, one in enumerate(found):
            for other in found[place + 1 :]:
                apart = one[1] <= other[0] or other[1] <= one[0]
                assert apart or one[3] <= other[2] + 2 or other[3] <= one[2] + 2


def test_a_finding_s_chart_breaks_at_a_gap_and_names_what_is_missing() -> None:
    values = (4.0, None, 5.0, 6.0)
    months = tuple(ChartedMonth(f"Month {n}", one) for n, one in enumerate(values))
    mark = finding_chart_mark(FindingChart("Waits", months, "6.0%", "percent"))
    assert mark.svg.count("<polyline") == 1
    assert mark.sentence.endswith("Missing: 1.")


@pytest.mark.parametrize(("goal", "arrow"), [(96.0, "▲"), (10.0, "▼")])
def test_a_goal_off_the_scale_has_a_row_of_its_own(goal: float, arrow: str) -> None:
    """Its line and its words stand together, and no dot of the highest or lowest value nears it."""
    for values in ((88.0, 90.7), (90.7, 88.0)):
        months = tuple(ChartedMonth(f"Month {n}", one) for n, one in enumerate(values))
        chart = FindingChart("31 days", months, f"{values[-1]}%", "percent", goal)
        drawn = finding_chart_mark(chart).svg
        line = float(re.findall(r'class="goal" x1="[^"]*" y1="([^"]*)"', drawn)[0])
        words = float(re.findall(rf'y="([^"]*)"[^>]*>goal {goal:.0f} {arrow}<', drawn)[0])
        assert 0 <= words - line <= 8
        dots = re.findall(r'"(?:\d|\.)+,((?:\d|\.)+) (?:\d|\.)+,((?:\d|\.)+)"', drawn)[0]
        assert min(abs(float(dot) - line) for dot in dots) >= 20


def test_the_points_of_a_finding_say_what_the_rules_say_of_them() -> None:
    months = (
        ChartedMonth("Jan 2026", 9.0, "worse", (3.0, 5.0)),
        ChartedMonth("Feb 2026", 4.0, "usual", (3.0, 5.0)),
    )
    drawn = finding_chart_mark(FindingChart("Waits", months, "4.0%", "percent")).svg
    assert re.findall("<title>(.*?)</title>", drawn) == [
        "Jan 2026: 9%, worse than chance explains",
        "Feb 2026: 4%, as usual",
    ]
    one = (ChartedMonth("Jan 2026", 9.0),)
    few = finding_chart_mark(FindingChart("Waits", one, "9%", "percent"))
    assert "as usual" not in few.svg + few.sentence
    assert few.sentence == "Waits, Jan 2026 to Jan 2026: 9% in Jan 2026."


def test_segments_over_quarters_keep_their_gap() -> None:
    quarters = (
        QuarterSegment("2025/26 Q1", 1, 1.49),
        QuarterSegment("2025/26 Q2", None),
        QuarterSegment("2025/26 Q3", 3, 2.51),
    )
    mark = segment_strip_mark(SegmentStrip(quarters, "2025/26 Q3"))
    assert "<polyline" not in mark.svg
    assert "none in 2025/26 Q2" in mark.sentence
    assert mark.svg.count('class="step step--own"') == 1


@settings(deadline=None, max_examples=60)
@given(
    st.lists(VALUES, min_size=1, max_size=140),
    st.lists(VALUES, max_size=4),
    st.sampled_from(["lower", "higher", "neutral"]),
)
def test_dots_by_value_and_the_names_among_them_stay_in_their_frame_and_apart(
    values: list[float], marked: list[float], better: str
) -> None:
    dots = tuple(PeerDot(f"Trust {place}", value) for place, value in enumerate(values))
    lines = tuple(NamedLine(value, f"Upper quartile {value}", "cut") for value in marked)
    made = distribution_mark(ValueDots(dots, lines, better, "percent", "Found."))  # type: ignore[arg-type]
    for drawn, width in ((made.svg, 680), (made.narrow, 288)):
        assert f'width="{width}"' in drawn
        found = boxes(drawn)
        assert all(left >= -0.5 and right <= width + 0.5 for left, right, _, _ in found)
        for one, other in combinations(found, 2):
            apart = one[1] <= other[0] or other[1] <= one[0]
            assert apart or one[3] <= other[2] or other[3] <= one[2], (one, other)
        places = re.findall(r"translate\(([\d.]+) ([\d.]+)\)[^>]*><title>Trust (\d+):", drawn)
        assert len(places) == len(values)
        sign = -1 if better == "higher" else 1
        ordered = sorted(places, key=lambda place: sign * values[int(place[2])])
        assert [float(x) for x, _, _ in ordered] == sorted(float(x) for x, _, _ in places)
