"""A framework that is known in outline only, judged by what its own files print."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

import remit
from remit.assessment.movement.movement import movement
from remit.assessment.sensitivity.sensitivity import sensitivity
from remit.model.errors import AssessmentError
from remit.model.organisation import Organisation, OrganisationType, Succession
from remit.register import Register, load_register
from tests.publications.nof_later import (
    ICBS,
    PERIOD,
    TRUSTS,
    file_of,
    icb_rows,
    league_file,
    line,
    scored,
    trust_rows,
)

LATER = "nof-2026-27"


def judged(*paths: Path, period: str = PERIOD, **how: object) -> remit.api.Assessment:
    how = {"replicates": None} | how
    return remit.assess(list(paths), LATER, period, **how)


def test_segments_and_ranks_are_as_published_without_cut_points(tmp_path: Path) -> None:
    result = judged(file_of(tmp_path))
    assert result.mode == "published"
    columns = ("org_code", "average_score", "unadjusted_segment", "adjusted_segment", "rank")
    found = {row[0]: row[1:] for row in result.standing.select(columns).iter_rows()}
    for code, average, unadjusted, adjusted, rank in (*TRUSTS, *ICBS):
        assert found[code] == (pytest.approx(average), unadjusted, adjusted, rank), code
    assert result.standing.equals(result.standing.with_columns(final_segment="adjusted_segment"))


def test_icbs_have_a_league_of_their_own(tmp_path: Path) -> None:
    both = judged(file_of(tmp_path)).standing.filter(kind="icb")
    alone = judged(file_of(tmp_path, icb_rows(), name="icbs.csv")).standing
    columns = ["org_code", "adjusted_segment", "rank", "n_metrics"]
    assert both.select(columns).rows() == [("ZB1", 2, 1, 2), ("ZB2", 4, 2, 2)]
    assert alone.select(columns).equals(both.select(columns))


def test_thresholds_are_implied_where_segments_fit_the_averages(tmp_path: Path) -> None:
    cuts = judged(file_of(tmp_path)).cut_points
    # Segment 1 ends at 2.05 and 2 begins at 2.10; 2 ends at 2.20, 3 is 2.50, 4 begins at 2.80.
    assert cuts.values == pytest.approx((2.075, 2.35, 2.65))
    assert cuts.basis == "published"


def test_thresholds_are_not_made_up_where_segments_overlap(tmp_path: Path) -> None:
    average = "Average metric score,Jun-26,score,"
    overlapping = [row.replace(f"{average}2.10", f"{average}1.90") for row in icb_rows()]
    result = judged(file_of(tmp_path, trust_rows(), overlapping))
    assert result.cut_points.values == ()
    assert "an average of 2.05 is in segment 1 or better and one of 1.90 is in a worse one" in (
        result.cut_points.origin
    )
    assert result.standing["adjusted_segment"].null_count() == 0


@pytest.mark.parametrize("only", [1, 4])
def test_one_segment_alone_says_where_a_threshold_cannot_be(tmp_path: Path, only: int) -> None:
    rows = scored("ZA1", "OF0207", 5, 2.5, name="Same day care", units="days")
    rows += [
        line("ZA1", "OF5002", "2.50", name="Average metric score", units="score", domain="Summary"),
        line("ZA1", "OF5003", only, name="Unadjusted segment", units="segment", domain="Summary"),
    ]
    result = judged(file_of(tmp_path, rows))
    assert result.standing["final_segment"].to_list() == [only]
    assert all((value >= 2.5) == (only == 1) for value in result.cut_points.values)


def test_the_metrics_are_those_of_the_file_for_whom_it_has_them(tmp_path: Path) -> None:
    result = judged(file_of(tmp_path))
    kinds = {one.id: [kind.value for kind in one.kinds] for one in result.framework.metrics}
    assert kinds == {
        "OF0023": ["acute"],
        "OF0207": ["acute"],
        "OF0210": ["acute"],
        "OF0301": ["icb"],
        "OF0302": ["icb"],
        "OF0303": ["icb"],
    }
    metric = result.metrics["OF0207"]
    assert (metric.name, metric.unit) == ("Same day care", "per 1000 attendances")
    notes = "\n".join(result.notes)
    assert "Scores taken as published, since Remit does not know the metrics or their rules: " in (
        notes
    )
    assert "Published without a score, and not scored: OF0303 (Context)." in notes
    assert "Taken as published, since its rule is not known: the fourth step" in notes


def test_an_explanation_leads_to_the_line_of_a_metric_that_is_not_known(tmp_path: Path) -> None:
    path = file_of(tmp_path)
    said = str(judged(path).explain("ZA2").to_dict())
    assert "It ranks 3 of 6 acute trusts" in said
    assert "It was moved by a step whose rule is not known to Remit" in said
    assert "Same day care (OF0207)" in said
    assert "Remit does not know how the score is made of the value" in said
    assert "not scored" not in said
    board = str(judged(path).explain("ZB1").to_dict())
    assert "It ranks 1 of 2 integrated care boards" in board
    # A domain that only the file names has a place of its own.
    assert "'Prevention'" in said


def test_a_metric_in_some_rows_only_counts_for_those(tmp_path: Path) -> None:
    more = scored("ZA1", "OF0400", 1, 3.0, name="New in one trust", units="percent")
    result = judged(file_of(tmp_path, trust_rows(), more))
    numbers = dict(result.standing.select("org_code", "n_metrics").iter_rows())
    assert numbers == {"ZA1": 4} | dict.fromkeys(("ZA2", "ZA3", "ZA4", "ZA6", "ZA7"), 3)
    # (1.3 + 1.7 + 1.5 + 3) / 4 is not the published 1.50, by which segment and rank go.
    assert result.record("ZA1")["average_score"] == pytest.approx(1.50)
    said = str(result.explain("ZA1").to_dict())
    assert "As published. The mean of its 4 scores is 1.88: how they count is not known" in said
    (told,) = [note for note in result.notes if "is not the published average" in note]
    assert "ZA1 (1.88, published 1.50): how scores count" in told
    assert not any("published average" in note for note in judged(file_of(tmp_path)).notes)
    # The league goes by the published one.
    assert dict(result.standing.select("org_code", "rank").iter_rows())["ZA1"] == 1


def quarter(folder: Path, when: str, average: str, segment: int) -> Path:
    """Trusts that no step moved; ZA1's scores have the mean 1.50, whatever average is printed."""
    rows = [row.replace("Q1 2026/27", when) for row in trust_rows() if ",ZA2," not in row]
    own = {"OF5002": average, "OF5003": segment, "OF5000": segment}
    for place, row in enumerate(rows):
        cells = row.split(",")
        if cells[4] == "ZA1" and cells[8] in own:
            cells[12] = str(own[cells[8]])
            rows[place] = ",".join(cells)
    return file_of(folder, rows, name=f"{when[:2]}.csv")


def test_a_change_of_an_average_that_is_no_mean_is_told_and_not_split(tmp_path: Path) -> None:
    files = quarter(tmp_path, "Q1 2026/27", "1.67", 1), quarter(tmp_path, "Q2 2026/27", "2.10", 2)
    before, after = (judged(*files, period=period) for period in (PERIOD, "2026/27 Q2"))
    with pytest.raises(
        AssessmentError,
        match=r"is not the mean of its own metric scores, so its movement cannot be split: its "
        r"average score went from 1\.67 to 2\.10 and its segment went from 1 to 2\.",
    ):
        movement(before, after, "ZA1")
    assert "stayed at" in movement(before, after, "ZA3").sentence


def test_no_likely_rank_is_drawn_among_averages_that_are_no_means(tmp_path: Path) -> None:
    apart = judged(quarter(tmp_path, "Q1 2026/27", "1.67", 1), replicates=200)
    drawn = {row["org_code"]: row for row in apart.standing.to_dicts()}
    # Nobody was moved by an unknown step: without ZA1's average all would have a likely rank.
    assert [drawn[code]["likely_score_low"] is None for code in ("ZA1", "ZA3")] == [True, False]
    assert apart.standing["likely_rank_low"].null_count() == apart.standing.height
    told = judged(quarter(tmp_path, "Q2 2026/27", "1.50", 1), period="2026/27 Q2", replicates=200)
    assert told.standing["likely_rank_low"].null_count() == 0
    said = "Left out, since their average is not the mean of their own scores: ZA1."
    assert said in sensitivity(apart).notes
    assert said not in sensitivity(told).notes


def test_an_identifier_with_another_meaning_is_taken_as_the_file_has_it(tmp_path: Path) -> None:
    rows = scored("ZA1", "OF0023", 50, 2.0, name="Home births", units="percent")
    result = judged(file_of(tmp_path, rows, icb_rows()))
    assert result.metrics["OF0023"].name == "Home births"
    assert not result.metrics["OF0023"].better_known
    assert result.framework.metric("OF0023").takes_published


def test_a_blank_segment_is_told_and_not_made_up(tmp_path: Path) -> None:
    blank = [
        row.replace(
            "Unadjusted segment,Jun-26,segment,3,", "Unadjusted segment,Jun-26,segment,,"
        ).replace("Adjusted segment,Jun-26,segment,3,,,,4", "Adjusted segment,Jun-26,segment,,,,,")
        if ",ZA4," in row
        else row
        for row in trust_rows()
    ]
    result = judged(file_of(tmp_path, blank))
    row = result.record("ZA4")
    # Thresholds that the others imply are for comparison: they give it no segment.
    assert (row["published_segment"], row["unadjusted_segment"]) == (None, None)
    assert (row["adjusted_segment"], row["final_segment"]) == (None, None)
    assert "The files print no segment for ZA4: none is given." in result.notes
    assert result.standing["final_segment"].null_count() == 1


@pytest.mark.parametrize(
    ("how", "missing", "not_missing"),
    [
        ({}, ["the thresholds between segments (--cut-points)", "OF0207 (Same day care)"], []),
        ({"cut_points": [2, 2.3, 2.6]}, ["OF0301 (Seen by a practice)"], ["thresholds"]),
    ],
)
def test_recomputing_is_refused_with_what_is_missing(
    tmp_path: Path, how: dict[str, object], missing: list[str], not_missing: list[str]
) -> None:
    with pytest.raises(AssessmentError) as refused:
        judged(file_of(tmp_path), mode="recomputed", **how)
    said = str(refused.value)
    assert "cannot be recomputed" in said
    assert all(part in said for part in missing)
    assert not any(part in said for part in not_missing)
    assert "OF0303" not in said  # without a score there is nothing to recompute


def test_a_framework_of_another_year_does_not_take_them(tmp_path: Path) -> None:
    with pytest.raises(AssessmentError, match="go with --framework nof-2026-27"):
        remit.assess(file_of(tmp_path), "nof-2025-26", PERIOD, mode="published")


def test_no_draw_gives_a_rank_that_an_unknown_step_decides(tmp_path: Path) -> None:
    """ZA2 was moved from 1 to 3 by a step that nobody knows, which no draw can make."""
    drawn = judged(file_of(tmp_path), replicates=500).standing
    assert drawn["likely_score_low"].null_count() == 0
    ranked = drawn.filter(pl.col("likely_rank_low").is_not_null())
    assert ranked["org_code"].to_list() == ["ZB1", "ZB2"]
    chances = drawn.filter(pl.col("p_segment_1").is_null())
    assert chances["org_code"].to_list() == ["ZA2"]


def test_an_icb_that_was_closed_by_then_is_judged_and_told(tmp_path: Path) -> None:
    closed = Organisation(
        code="ZB8",
        name="NHS Marrowdale Integrated Care Board",
        type=OrganisationType.ICB,
        opened=date(2022, 7, 1),
        closed=date(2026, 3, 31),
        source="invented",
        succession=Succession(date(2026, 4, 1), ("ZB1",)),
        fictional=True,
    )
    known = load_register()
    register = Register([*map(known.get, known.codes), closed])
    rows = [row.replace(",ZB2,", ",ZB8,") for row in icb_rows()]
    figures = remit.read(file_of(tmp_path, rows), register=register)
    result = remit.assess(figures, LATER, register=register, replicates=None)
    assert result.record("ZB8")["rank"] == 2
    (told,) = [note for note in result.notes if "not open then" in note]
    assert "ZB8 (NHS Marrowdale Integrated Care Board), which closed on 31 March 2026 (its" in told
    assert not any("not open then" in note for note in judged(file_of(tmp_path)).notes)


def test_a_league_table_alone_gives_segments_and_ranks(tmp_path: Path) -> None:
    result = judged(league_file(tmp_path))
    found = result.standing.select("org_code", "adjusted_segment", "rank", "average_score")
    wanted = [(code, adjusted, rank, average) for code, average, _, adjusted, rank in TRUSTS + ICBS]
    assert found.sort("org_code").rows() == sorted(wanted)
    assert "The files give the segment after all steps only." in str(result.explain("ZB1"))
