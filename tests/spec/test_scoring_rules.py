"""Every case of the scoring rules, by frames and by arrays; and the page that they are printed on.

By frames a case goes in as figures and comes out of an assessment. By arrays it goes through the
laws, many columns at once, or through what stands on them: likely ranges of a single score (every
draw is that score), and scores of a value put among the others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import polars as pl
import pytest
import yaml

import remit
from remit.assessment.likely.league_arrays import field_of
from remit.assessment.result.assessment import Assessment
from remit.assessment.scoring.among_peers import ranking_field
from remit.assessment.scoring.laws.league_key import league_groups, league_keys
from remit.assessment.scoring.laws.metric_score import Values, value_scores
from remit.assessment.scoring.laws.overrides import overridden
from remit.assessment.scoring.laws.quantiles import cut_points
from remit.assessment.scoring.laws.rank_to_score import looked_up
from remit.assessment.scoring.laws.ranks import ranks_within
from remit.assessment.scoring.laws.rounding import digits, rounded
from remit.assessment.scoring.laws.segments import segments_of
from remit.assessment.sensitivity.choices import Choice
from remit.assessment.sensitivity.reaggregate import Reaggregation
from remit.assessment.sensitivity.rescored import rescore
from remit.catalogue import LoadedFramework, check_framework, parse
from remit.model.framework import Rounding
from remit.words.figures import score_words

from .printing import COMMAND, PAGE, page, tables
from .printing import cases as cases_written

PERIOD = "2025/26 Q1"
KINDS = "acute, mental_health_community, ambulance, icb"
Row = dict[str, Any]


def framework(metrics: str, more: str = "", method: str = "higher") -> LoadedFramework:
    text = f"""
schema: remit/framework/1
id: by-hand
version: "1"
name: By hand
summary: For tests.
valid_from: 2025-04-01
sources: [{{title: none}}]
kinds: [{KINDS}]
coverage_minimum: 0.0001
domains: [{{id: one, name: One}}]
metrics:
{metrics}
segments:
  labels: {{1: best}}
  cut_points: {{basis: quartiles, population: [acute], quantile_method: {method}}}
  overrides:
    - {{id: deficit, name: D, flag: OF5004, no_better_than: 3, stage: adjusted, why: Because.}}
    - {{id: support, name: S, flag: OF5007, becomes: 5, stage: final, why: Because.}}
{more}
"""
    return check_framework(parse(text, "by-hand.yaml"))


def one_metric(declared: str) -> str:
    first, *rest = declared.strip().splitlines()
    return "\n".join([f"  - {first}", *(f"    {line}" for line in rest)])


PUBLISHED = one_metric(f"id: OF0023\ndomain: one\nkinds: [{KINDS}]\nrule: {{type: published}}")


def cases(kind: str) -> list[Any]:
    return [pytest.param(table, id=table["table"]) for table in tables(kind)]


def rows_of(table: Mapping[str, Any]) -> list[Row]:
    names = [*table["given"], *table["result"]]
    return [dict(zip(names, row, strict=True)) for row in table["rows"]]


def figures(rows: Sequence[Row]) -> pl.DataFrame:
    schema = {
        "org_code": str,
        "metric_id": str,
        "value": float,
        "unit": str,
        "published_rank": float,
        "source_id": str,
    }
    return pl.DataFrame([{name: row.get(name) for name in schema} for row in rows], schema=schema)


def by_code(frame: pl.DataFrame, *columns: str) -> dict[str, tuple[Any, ...]]:
    return {row[0]: row[1:] for row in frame.select("org_code", *columns).iter_rows()}


def array(rows: Sequence[Row], column: str) -> np.ndarray:
    return np.array([row.get(column) for row in rows], dtype=np.float64)


def same(found: Any, expected: Any) -> None:
    """Equal, a missing figure being None or NaN."""
    given = [np.nan if value is None else value for value in np.ravel(found).tolist()]
    wanted = [np.nan if value is None else value for value in np.ravel(expected).tolist()]
    assert given == pytest.approx(wanted, nan_ok=True, abs=1e-12)


def wanted(rows: Sequence[Row], *columns: str) -> np.ndarray:
    return np.array([[row[column] for column in columns] for row in rows], dtype=np.float64)


# From value to score


def assessed_values(table: Mapping[str, Any]) -> Assessment:
    loaded = framework(one_metric(table["metric"]))
    metric = yaml.safe_load(table["metric"])["id"]
    given = [
        {
            "org_code": row["Organisation"],
            "metric_id": metric,
            "value": row["Value"],
            "unit": row["Unit"] if row.get("Unit") == "count" else None,
            "published_rank": row.get("Rank in the file"),
            "source_id": row.get("File"),
        }
        for row in rows_of(table)
    ]
    return remit.assess(figures(given), loaded, PERIOD, mode="recomputed", cut_points=())


@pytest.mark.parametrize("table", cases("scores"))
def test_scores_of_values_by_frames(table: Mapping[str, Any]) -> None:
    scores = assessed_values(table).metric_scores
    found = by_code(scores, "rank", "population_size", "recomputed_score")
    rows = rows_of(table)
    assert len(found) == len(rows)
    same(
        np.array([found[row["Organisation"]] for row in rows], dtype=np.float64),
        wanted(rows, "Rank", "Of", "Score"),
    )


@pytest.mark.parametrize("table", cases("scores"))
def test_scores_of_values_by_arrays(table: Mapping[str, Any]) -> None:
    assessment = assessed_values(table)
    scored = assessment.framework.metrics[0]
    better = assessment.metrics[scored.id].better
    kinds = dict(assessment.metric_scores.select("org_code", "org_kind").iter_rows())
    rows = rows_of(table)
    rules = {None: scored.rule} | {other.unit: other.rule for other in scored.other_units}
    for unit, rule in rules.items():
        part = [row for row in rows if (row.get("Unit") == "count") == (unit == "count")]
        sources = [row.get("File", "") for row in part]
        given = Values(
            [kinds[row["Organisation"]] for row in part],
            array(part, "Value"),
            array(part, "Rank in the file"),
            np.unique(sources, return_inverse=True)[1],
        )
        found = value_scores(scored, rule, better, given)
        same(
            np.stack([found.ranks, found.last, found.scores], axis=1),
            wanted(part, "Rank", "Of", "Score"),
        )


# A value that is put in has no rank in a file.
@pytest.mark.parametrize("table", [one for one in cases("scores") if "order" not in str(one.id)])
def test_a_value_put_in_its_own_place_scores_as_it_did(table: Mapping[str, Any]) -> None:
    assessment = assessed_values(table)
    scored = assessment.framework.metrics[0]
    expected = {row["Organisation"]: row["Score"] for row in rows_of(table)}
    seen = set()
    for unit in assessment.metric_scores["unit"].unique():
        field = ranking_field(assessment, scored, unit)
        found = field.scores_at(range(len(field.codes)), field.values)
        same(found, [expected[code] for code in field.codes])
        seen |= set(field.codes)
    assert seen == {code for code, score in expected.items() if score is not None}


@pytest.mark.parametrize("table", cases("lookup"))
def test_looked_up_scores(table: Mapping[str, Any]) -> None:
    loaded = framework("\n".join(f"  {line}" for line in table["metrics"].splitlines()))
    metrics, rows = ("OF0079", "OF0081"), rows_of(table)
    given = [
        {"org_code": row["Organisation"], "metric_id": metric, "value": row[metric]}
        for row in rows
        for metric in metrics
    ]
    scores = remit.assess(
        figures(given), loaded, PERIOD, mode="recomputed", cut_points=()
    ).metric_scores

    def of(metric: str) -> np.ndarray:
        found = by_code(scores.filter(pl.col("metric_id") == metric), "recomputed_score")
        return np.array([found.get(r["Organisation"], (None,))[0] for r in rows], dtype=np.float64)

    expected = wanted(rows, "Score of OF0080")
    same(of("OF0080"), expected)
    rule = loaded.framework.metric("OF0080").rule
    same(looked_up(rule, of("OF0079"), of("OF0081")), expected)  # type: ignore[arg-type]


# Rounding


@pytest.mark.parametrize("table", cases("rounding"))
def test_rounded_figures(table: Mapping[str, Any]) -> None:
    for row in rows_of(table):
        figure, rounding = row["Figure"], Rounding(decimals=row["Decimals"], mode=row["Mode"])
        assert score_words(figure, rounding) == row["Shown"]
        many = rounded(np.array([[figure, np.nan], [4.0, figure]]), rounding)
        same(many, [[float(row["Shown"]), np.nan], [4.0, float(row["Shown"])]])
        early = f"""
rounding:
  decimals: {row["Decimals"]}
  mode: {row["Mode"]}
  before_mean: [{{period: {PERIOD}, metrics: [OF0023]}}]
"""
        given = [{"org_code": "ZA1", "metric_id": "OF1023", "value": figure}]
        assessment = remit.assess(
            figures(given), framework(PUBLISHED, early), PERIOD, cut_points=(), replicates=None
        )
        same(assessment.standing["average_score"].to_list(), [float(row["Shown"])])


# Cut points, segments, overrides, league


def judged(
    averages: Mapping[str, float | None],
    flags: Mapping[str, Sequence[str]],
    loaded: LoadedFramework,
    cuts: Sequence[float] | None,
) -> Assessment:
    """Organisations with one published score each, which is their average."""
    rows = [
        {"org_code": code, "metric_id": "OF1023", "value": value}
        for code, value in averages.items()
    ]
    for flag, codes in flags.items():
        rows += [{"org_code": code, "metric_id": flag, "value": 1.0} for code in codes]
    return remit.assess(figures(rows), loaded, PERIOD, cut_points=cuts, replicates=100)


@pytest.mark.parametrize("table", cases("quartiles"))
def test_quartiles(table: Mapping[str, Any]) -> None:
    averages = table["averages"]
    acute = np.array([value for code, value in averages.items() if code.startswith("ZA")])
    for row in rows_of(table):
        expected = [row[name] for name in table["result"]]
        loaded = framework(PUBLISHED, method=row["Method"])
        same(judged(averages, {}, loaded, None).cut_points.values, expected)
        with_gaps = np.stack([acute, acute], axis=1)
        with_gaps = np.concatenate([with_gaps, [[np.nan, np.nan]]])
        same(cut_points(with_gaps, row["Method"]).T, [expected, expected])


def with_flags(rows: Sequence[Row]) -> dict[str, list[str]]:
    columns = {"OF5004": "In deficit", "OF5007": "In the programme"}
    return {
        flag: [row["Organisation"] for row in rows if row.get(column)]
        for flag, column in columns.items()
    }


def check_draws(assessment: Assessment, expected: Mapping[str, tuple[Any, Any]]) -> None:
    """With one score each, every draw is that score: its segment is sure, and so is its rank."""
    columns = [f"p_segment_{segment}" for segment in range(1, 5)]
    found = by_code(assessment.standing, "likely_rank_low", "likely_rank_high", *columns)
    for code, (segment, rank) in expected.items():
        low, high, *chances = found[code]
        if segment is None:
            assert (low, chances) == (None, [None] * 4)
        else:
            assert chances == [float(segment == at) for at in range(1, 5)]
            assert rank is None or (low, high) == (rank, rank)


def check_reaggregated(assessment: Assessment, expected: Mapping[str, tuple[Any, Any]]) -> None:
    """Made again as arrays, as the analysis of sensitivity makes them."""
    field = field_of(assessment)
    kernel = Reaggregation(field, rescore(assessment, field), [], refit=False)
    made = kernel.results([Choice(), Choice()])
    assert set(field.codes) == {code for code, (segment, _) in expected.items() if segment}
    for at, code in enumerate(field.codes):
        segment, rank = expected[code]
        assert made.adjusted[at].tolist() == [segment] * 2
        assert rank is None or made.ranks[at].tolist() == [rank] * 2


@pytest.mark.parametrize("table", cases("segments"))
def test_segments(table: Mapping[str, Any]) -> None:
    rows, cuts = rows_of(table), table["cut_points"]
    expected = wanted(rows, "Segment")
    averages = {row["Organisation"]: row["Average"] for row in rows}
    assessment = judged(averages, {}, framework(PUBLISHED), cuts)
    found = by_code(assessment.standing, "unadjusted_segment")
    same([found[code][0] for code in averages], expected)
    column = array(rows, "Average")
    same(segments_of(np.stack([column, column], axis=1), cuts), np.repeat(expected, 2, axis=1))
    check_reaggregated(assessment, {row["Organisation"]: (row["Segment"], None) for row in rows})


@pytest.mark.parametrize("table", cases("overrides"))
def test_overrides(table: Mapping[str, Any]) -> None:
    rows = rows_of(table)
    loaded = framework(PUBLISHED)
    averages = {row["Organisation"]: row["Average"] for row in rows}
    assessment = judged(averages, with_flags(rows), loaded, table["cut_points"])
    found = by_code(
        assessment.standing,
        "unadjusted_segment",
        "adjusted_segment",
        "final_segment",
        "overrides_applied",
    )
    assert [found[row["Organisation"]] for row in rows] == [
        tuple(row[name] for name in table["result"]) for row in rows
    ]
    flags = np.array([[row["In deficit"], row["In the programme"]] for row in rows])
    before = np.repeat(wanted(rows, "Before"), 2, axis=1)
    after = overridden(before, flags, loaded.framework.segments.overrides)
    same(after, np.repeat(wanted(rows, "Final"), 2, axis=1))
    adjusted = {row["Organisation"]: (row["Adjusted"], None) for row in rows}
    check_draws(assessment, adjusted)
    check_reaggregated(assessment, adjusted)


@pytest.mark.parametrize("table", cases("league"))
def test_the_league_table(table: Mapping[str, Any]) -> None:
    rows = rows_of(table)
    loaded = framework(PUBLISHED, f"league: {table['league']}")
    averages = {row["Organisation"]: row["Average"] for row in rows}
    assessment = judged(averages, with_flags(rows), loaded, table["cut_points"])
    found = by_code(assessment.standing, "adjusted_segment", "rank", "kind")
    expected = {row["Organisation"]: (row["Segment"], row["Rank"]) for row in rows}
    assert {code: row[:2] for code, row in found.items()} == expected
    league = loaded.framework.league
    average = digits(array(rows, "Average"), league.decimals, Rounding())
    keys = league_keys(league, array(rows, "Segment"), average)
    groups = league_groups(league, [found[row["Organisation"]][2] for row in rows])
    same(ranks_within(keys, groups), wanted(rows, "Rank"))
    check_draws(assessment, expected)
    check_reaggregated(assessment, expected)


# The page


def test_every_table_is_run() -> None:
    kinds = {"scores", "lookup", "rounding", "quartiles", "segments", "overrides", "league"}
    written = [section for section in cases_written()["sections"] if "table" in section]
    assert {table["kind"] for table in written} == kinds


def test_the_page_says_what_the_tables_say() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), f"write it anew: {COMMAND}"
