"""The picture of one series says what the tables say."""

from __future__ import annotations

from datetime import date
from xml.etree import ElementTree

import polars as pl

from remit.pages.drawing.control.drawn import SpcChart
from remit.pages.drawing.funnel_chart import draw_funnel
from remit.pages.drawing.spc_chart import draw_series, standalone
from remit.signals import Rebase, Target, spc
from remit.signals.funnel import funnel
from tests.signals.frames import frame

SHIFTED = [*([70.0, 90.0] * 10), *([78.0, 79.0] * 4), 78.0]


def drawn(values: list[float | None], rebase: tuple[Rebase, ...] = (), **how: object) -> SpcChart:
    charts = spc(frame({"Elm": values}), better="higher", rebase=rebase, **how)  # type: ignore[arg-type]
    return draw_series(charts.points, charts, "Elm", better="higher", unit="percent")


def signs(chart: SpcChart) -> dict[str, str]:
    return {key.sign: key.words for key in chart.key}


def test_the_finding_the_rule_set_and_every_mark_are_told_in_words() -> None:
    chart = drawn(list(SHIFTED), target=80)
    assert chart.finding.startswith(
        "78.0% in May 2024. It has been below its process mean of 79.5% for 9 months: special"
    )
    assert "Rules: mdc-nhsr 1" in chart.legend
    assert "Target (dashed): 80%." in chart.legend
    assert "Up is better." in chart.legend
    assert list(signs(chart).values()) == [
        "usual range",
        "usual",
        "worse than chance explains",
        "target",
    ]


def test_each_point_is_a_mark_whose_shape_tells_its_kind_and_that_has_a_name() -> None:
    chart = drawn(list(SHIFTED)).wide
    assert [dot.shape for dot in chart.dots] == ["circle"] * 20 + ["triangle"] * 9
    assert sum(len(path) - 1 for path in chart.paths) == 28
    across = [dot.x for dot in chart.dots]
    assert across == sorted(across)
    highest = min(chart.dots, key=lambda dot: dot.y)
    assert SHIFTED[chart.dots.index(highest)] == 90
    assert chart.dots[1].words == "Feb 2022: 90.0%, usual"
    assert chart.dots[-1].words == (
        "May 2024: 78.0%, worse than chance explains (run below the mean)"
    )


def test_a_point_of_a_signal_that_has_ended_is_not_called_usual() -> None:
    """One value lies above the limits, fourteen of chance follow it."""
    # The mean is 348 / 31 = 11.2. Of the 30 moves 28 are 2, one is 6, one is 8; that of 8 is above
    # 3.267 times their mean of 2.33 and is screened out, so the upper limit is
    # 11.2 + 2.66 x 62 / 29 = 16.9: 18 lies above it, and 10 and 12 near the mean.
    chart = drawn([10.0, 12.0] * 8 + [18.0] + [10.0, 12.0] * 7)
    assert chart.wide.dots[16].words == (
        "May 2023: 18.0%, an earlier signal, ended (above the upper limit)"
    )
    assert chart.wide.dots[17].words == "Jun 2023: 10.0%, usual"
    assert list(signs(chart).values()) == ["usual range", "usual"]


def test_points_that_no_limits_judge_are_not_called_usual() -> None:
    chart = drawn([70.0, 90.0, 80.0])
    assert [dot.words for dot in chart.wide.dots] == [
        "Jan 2022: 70.0%",
        "Feb 2022: 90.0%",
        "Mar 2022: 80.0%",
    ]
    assert "usual" not in signs(chart).values()


def test_the_latest_value_and_its_date_are_named_on_the_chart() -> None:
    texts = {text.css: text.words for text in drawn(list(SHIFTED)).wide.texts}
    assert texts["spc-latest"] == "78.0%"
    assert texts["spc-now"] == "May 2024"


def test_a_gap_breaks_the_path_and_a_rebasing_breaks_the_levels() -> None:
    gap = drawn([*SHIFTED[:5], None, *SHIFTED[5:]])
    assert sum(len(path) - 1 for path in gap.wide.paths) == 27
    assert sum(line.css == "spc-missing" for line in gap.wide.lines) == 2  # the strokes of one ×
    assert signs(gap)["missing"] == "no figure"
    rebase = (Rebase(date(2023, 1, 1), "A new ward opened.", "Elm"),)
    chart = drawn(list(SHIFTED), rebase, target=80)
    counts = dict.fromkeys(("spc-mean", "spc-limit", "spc-aim", "spc-cut"), 0)
    for line in chart.wide.lines:
        if line.css in counts:
            counts[line.css] += 1
    assert counts == {"spc-mean": 2, "spc-limit": 4, "spc-aim": 1, "spc-cut": 1}
    assert [(note.sign, note.when, note.words) for note in chart.notes] == [
        ("A", "From 1 Jan 2023", "New limits: A new ward opened.")
    ]
    assert [badge.sign for badge in chart.wide.badges] == ["A"]


def test_limits_that_rest_on_too_few_points_are_not_drawn() -> None:
    # From September 2023 on there are 9 points; limits need 12.
    rebase = (Rebase(date(2023, 9, 1), "A new ward opened.", "Elm"),)
    chart = drawn(list(SHIFTED), rebase)
    assert sum(line.css == "spc-mean" for line in chart.wide.lines) == 1
    assert "9 months since its limits began anew; a usual range needs 12." in chart.finding
    assert chart.title == (
        "78.0% in May 2024: only 9 months since its limits began anew, so change cannot be told "
        "from chance"
    )


def test_points_of_other_members_are_hollow_and_have_no_limits() -> None:
    # Two trusts began to report in January 2023: what was before is no measure of what is now.
    rebase = (Rebase(date(2023, 1, 1), "Two trusts began.", "Elm", of_members=True),)
    chart = drawn(list(SHIFTED), rebase)
    assert [dot.css for dot in chart.wide.dots[:12]] == ["spc-other"] * 12
    assert not any(dot.css == "spc-other" for dot in chart.wide.dots[12:])
    assert sum(line.css == "spc-mean" for line in chart.wide.lines) == 1
    cut = next(line for line in chart.wide.lines if line.css == "spc-cut")
    assert chart.wide.dots[11].x < cut.x1 < chart.wide.dots[12].x
    assert all(min(x for x, _ in path) > cut.x1 or max(x for x, _ in path) < cut.x1
               for path in chart.wide.paths)  # fmt: skip
    assert signs(chart)["circle spc-other"] == "other members"
    assert chart.notes[0].words == "Other members: Two trusts began."


def test_a_target_far_off_stands_at_the_edge_with_its_number() -> None:
    steady = [78.0, 79.0] * 12
    chart = drawn(list(steady), target=95)
    words = [text.words for text in chart.wide.texts]
    assert "▲ target 95%, off the scale" in words
    assert not any(word.startswith("target") for word in words)
    near = [text.words for text in drawn(list(steady), target=80).wide.texts]
    assert "target 80%" in near
    below = [text.words for text in drawn(list(steady), target=40).wide.texts]
    assert "▼ target 40%, off the scale" in below


def test_a_target_that_changes_is_marked_where_it_changes() -> None:
    aims = [Target(95.0), Target(78.0, date(2023, 4, 1))]
    chart = drawn([78.0, 79.0] * 12, target=aims)
    assert [(note.sign, note.when, note.words) for note in chart.notes] == [
        ("A", "Apr 2023", "The target goes from 95% to 78%.")
    ]


def test_everything_lies_within_the_picture() -> None:
    for values in (SHIFTED, [100.0] * 13, [5.0], [1.0, -1.0], [1e6, 2e6, 0.0]):
        chart = drawn(list(values), target=50).wide
        wide, tall = chart.look.width, chart.look.height
        assert all(
            0 <= line.x1 <= line.x2 <= wide for line in chart.lines if "miss" not in line.css
        )
        assert all(0 <= dot.y <= tall and 0 <= dot.x <= wide for dot in chart.dots)


def test_a_series_without_figures_is_an_empty_picture_that_says_so() -> None:
    assert drawn([None, None]).finding == "No figure is held."


def test_a_file_of_its_own_is_well_formed_and_safe() -> None:
    charts = spc(frame({"<b>Elm & Oak</b>": SHIFTED}), better="higher")
    points = charts.points.filter(pl.col("value") > 0)
    text = standalone(draw_series(points, charts, "<b>Elm & Oak</b>", better="higher"))
    root = ElementTree.fromstring(text)
    space = "{http://www.w3.org/2000/svg}"
    title, told = root.find(f"{space}title"), root.find(f"{space}desc")
    assert title is not None
    assert (title.text or "").endswith("worse than chance explains – <b>Elm & Oak</b>")
    assert told is not None
    assert "has been below" in (told.text or "")


def test_a_long_title_of_a_file_is_broken_into_lines() -> None:
    charts = spc(frame({"Elm": list(SHIFTED)}), better="higher")
    name = "Waits of twelve hours or more for a bed, as a share of admissions: " + "Elm Trust " * 5
    picture = ElementTree.fromstring(
        standalone(draw_series(charts.points, charts, name, better="higher"))
    )
    lines = [text.text or "" for text in picture.iterfind("{*}text")]
    about = [line for line in lines if line.endswith(("Elm Trust", "Elm"))][:2]
    assert " ".join(about) == name.strip()
    assert all(len(line) <= 100 for line in lines)


def organisations(tops: list[int], size: int = 1000) -> pl.DataFrame:
    names = [f"ZA{place}" for place in range(len(tops))]
    return pl.DataFrame({"org_code": names, "numerator": tops, "denominator": size})


def test_a_funnel_names_only_those_beyond_the_outer_limits() -> None:
    made = funnel(organisations([500, 505, 495, 510, 490, 700]), better="lower", target=50)
    chart = draw_funnel(made, "Late letters")
    assert chart.finding == (
        "Late letters: 1 of 6 organisations lies beyond the outer limits: ZA5 (worse)."
    )
    assert [dot.shape for dot in chart.dots] == ["circle"] * 5 + ["triangle"]
    assert "Triangles: worse than the outer limits." in chart.legend
    calm = draw_funnel(funnel(organisations([500, 505, 495]), better="lower"), "Late letters")
    assert calm.finding.endswith("chance can explain how 3 organisations differ; none stands out.")


def test_a_funnel_names_five_and_counts_the_others() -> None:
    made = funnel(organisations([500] * 60 + [700] * 7), better="lower", target=50)
    assert draw_funnel(made, "Late letters").finding == (
        "Late letters: 7 of 67 organisations lie beyond the outer limits: ZA60 (worse), "
        "ZA61 (worse), ZA62 (worse), ZA63 (worse), ZA64 (worse) and 2 more."
    )


def test_a_chart_says_on_how_many_points_its_limits_rest() -> None:
    said = drawn(list(SHIFTED), baseline=20).legend
    assert "Mean and limits rest on the first 20 figures." in said
    assert "rest on the first" not in drawn(list(SHIFTED)).legend


def test_the_limits_of_a_funnel_narrow_with_size_and_stay_within_the_picture() -> None:
    sizes = [20, 100, 400, 10_000]
    frame = pl.DataFrame(
        {
            "org_code": ["ZA1", "ZA2", "ZA3", "ZA4"],
            "numerator": [10, 52, 195, 5_010],
            "denominator": sizes,
        }
    )
    chart = draw_funnel(funnel(frame, better="higher"), "Seen in time")
    outer = [line for line in chart.lines if line.css == "spc-limit"]
    lower, upper = outer[: len(outer) // 2], outer[len(outer) // 2 :]
    gaps = [down.y1 - up.y1 for down, up in zip(lower, upper, strict=True)]
    assert gaps == sorted(gaps, reverse=True)
    assert all(0 <= line.y1 <= chart.height and 0 <= line.x1 <= 100 for line in chart.lines)
    assert draw_funnel(funnel(frame[:1], better="higher", target=50), "x").dots[0].shape == "circle"
