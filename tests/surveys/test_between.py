"""Whether groups differ: worked by hand, by property, and through the command."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from remit.catalogue.declared import parse_own
from remit.cli.run import run
from remit.model.questionnaire import Questionnaire
from remit.surveys import load_scales, read_survey
from remit.surveys.between import adjusted, against_others, any_difference
from remit.surveys.design import ClusterSums, Design
from remit.surveys.reading.exports import export_of_frame
from remit.surveys.writing import counted
from tests.surveys.exports import (
    BURDEN,
    COLUMNS,
    HEARD,
    QUESTIONNAIRE,
    write_small,
    write_wave,
)

ROWS = tuple(
    (str(n), f"ZA{n}", kind, said, "", "", "", "")
    for n, (kind, said) in enumerate(
        [("acute", "Agree")] * 9 + [("acute", "Disagree")] * 3
        + [("community", "Agree")] * 3 + [("community", "Disagree")] * 9
    )
)  # fmt: skip
"""Of twelve acute trusts nine agree, of twelve of community three."""


def groups_of(folder: Path, rows: tuple[tuple[str, ...], ...], *more: str) -> list[dict[str, str]]:
    _, now, questionnaire = write_small(folder)
    write_wave(now, rows, COLUMNS)
    asked = ["survey", "tables", str(now), "--questionnaire", str(questionnaire), "--by", "kind"]
    run([*asked, "--out", str(folder / "out"), *more])
    with (folder / "out/groups.csv").open(encoding="utf-8", newline="") as file:
        return [one for one in csv.DictReader(file) if one["item"] == HEARD]


def test_two_groups_by_hand(tmp_path: Path) -> None:
    acute, community = groups_of(tmp_path, ROWS)
    # 9 of 12 against 3 of 12. Pearson: 24 × (9×9 − 3×3)² / 12⁴ = 6. Every respondent is an
    # organisation, so the design effect is 24/23, and F = 5.75 with 1 and 23 degrees of freedom:
    # t = 2.398, p = 0.02499. Each is the other's others: one comparison, and no correction.
    said = ("pct_agree", "pct_others", "difference")
    assert [acute[name] for name in said] == ["75.0", "25.0", "50.0"]
    for row in (acute, community):
        assert float(row["p"]) == pytest.approx(0.02499, abs=1e-5)
        assert row["p_adjusted"] == row["p"]
        assert (row["compared"], row["significant"]) == ("1", "true")
        assert row["note"] == "small base: under 30"
    assert community["difference"] == "-50.0"


def test_several_of_one_organisation_make_it_less_sure(tmp_path: Path) -> None:
    # The same answers, from organisations of three who all say the same: 3 and 1, 1 and 3.
    rows = tuple((row[0], f"ZA{int(row[0]) // 3}", *row[2:]) for row in ROWS)
    found = groups_of(tmp_path, rows)
    # Each cluster weighs three: design effect 3 × 8/7, F = 6 × 7/24 = 1.75 with 1 and 7: p 0.2275.
    assert float(found[0]["p"]) == pytest.approx(0.2275, abs=1e-4)
    assert found[0]["significant"] == "false"


def test_hidden_groups_are_in_no_comparison_and_no_family(tmp_path: Path) -> None:
    third = tuple((f"9{n}", f"ZA9{n}", "ambulance", "Agree", "", "", "", "") for n in range(4))
    found = {one["group"]: one for one in groups_of(tmp_path, (*ROWS, *third), "--min-base", "5")}
    assert found["ambulance"]["suppressed"] == "the base is under 5"
    assert (found["ambulance"]["base"], found["ambulance"]["p"]) == ("", "")
    with (tmp_path / "out/overall.csv").open(encoding="utf-8", newline="") as file:
        (row,) = [one for one in csv.DictReader(file) if one["item"] == HEARD]
    assert (row["f"], row["p"], row["groups"]) == ("", "", "")
    assert row["suppressed"]


def test_holm_by_hand() -> None:
    rows = pl.DataFrame(
        {
            "wave": ["1"] * 5,
            "group_by": ["kind"] * 5,
            "item_id": ["a"] * 3 + ["b"] * 2,
            "group": ["x", "y", "z", "x", "y"],
            "p": [0.001, 0.04, 0.03, 0.02, 0.02],
            "base": [5, 6, 7, 8, 9],
            "base_others": [13, 12, 11, 9, 8],
        }
    )
    found = adjusted(rows)
    # Item b has two groups, so one comparison: the family is 0.001, 0.02, 0.03, 0.04.
    # Times 4, 3, 2, 1: 0.004, 0.06, 0.06, 0.04; none less than the one before: 0.06 for the last.
    assert found["p_adjusted"].to_list() == pytest.approx([0.004, 0.06, 0.06, 0.06, 0.06])
    assert found["significant"].to_list() == [True, False, False, False, False]
    assert found["compared"].to_list() == [4] * 5


def test_two_shown_groups_beside_a_hidden_one_are_two_comparisons(tmp_path: Path) -> None:
    # Of twelve acute trusts nine agree, of twelve community six; of the eight that are hidden
    # half do, so that all others of the acute trusts are not the community trusts alone.
    rows = tuple((*row[:3], "Agree", *row[4:]) if 15 <= n < 18 else row
                 for n, row in enumerate(ROWS))  # fmt: skip
    more = tuple((f"9{n}", f"ZA9{n}", "ambulance" if n < 4 else "mental",
                  "Agree" if n % 2 else "Disagree", "", "", "", "") for n in range(8))  # fmt: skip
    found = {one["group"]: one for one in groups_of(tmp_path, (*rows, *more), "--min-base", "5")}
    acute, community = found["acute"], found["community"]
    assert float(acute["p"]) != pytest.approx(float(community["p"]), abs=0.01)
    least, most = sorted((acute, community), key=lambda row: float(row["p"]))
    assert [row["compared"] for row in (acute, community)] == ["2", "2"]
    assert float(least["p_adjusted"]) == pytest.approx(2 * float(least["p"]))
    assert float(most["p_adjusted"]) == max(float(most["p"]), float(least["p_adjusted"]))


KINDS = ("acute", "community", "mental", "ambulance")
answered = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 6), st.booleans(), st.booleans()),
    min_size=6, max_size=40,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(answered, answered, st.integers(0, 8))
def test_what_is_corrected_is_never_below_p(
    before: list[tuple[int, int, bool, bool]], now: list[tuple[int, int, bool, bool]], least: int
) -> None:
    frames = [
        pl.DataFrame(
            {
                "respondent_id": [str(n) for n in range(len(rows))],
                "trust_code": [f"ZA{unit}" for _, unit, _, _ in rows],
                "kind": [KINDS[kind] for kind, *_ in rows],
                HEARD: ["Agree" if yes else "Disagree" for _, _, yes, _ in rows],
                BURDEN: ["Increased" if yes else "Decreased" for *_, yes in rows],
            }
        )
        for rows in (before, now)
    ]
    asked = parse_own(QUESTIONNAIRE, "small.yaml").validate(Questionnaire)
    years = zip((2025, 2026), frames, strict=True)
    exports = [export_of_frame(one, f"{year}.csv") for year, one in years]
    tables = counted(read_survey(exports, asked, load_scales()), [["kind"]], least).frames
    for name in ("groups", "changes"):
        rows = tables[name].drop_nulls("p")
        assert (rows["p_adjusted"] >= rows["p"]).all()
        assert not rows.filter((pl.col("p") >= 0.05) & (pl.col("p_adjusted") < 0.05)).height


people = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 5), st.booleans(), st.integers(0, 3)),
    min_size=1, max_size=40,
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(people)
def test_odd_samples_have_a_p_or_none(rows: list[tuple[int, int, bool, int]]) -> None:
    groups, clusters, agree, weights = (np.array(one) for one in zip(*rows, strict=True))
    numbered = np.unique(clusters, return_inverse=True)[1].astype(np.int32)
    design = Design(weights.astype(float), numbered, np.zeros(len(rows), dtype=np.int32))
    base = np.ones(len(rows), dtype=np.bool_)
    sums = ClusterSums.of(design, groups.astype(np.int32), 4, base, agree.astype(np.bool_))
    gap, p = against_others(design, sums)
    assert np.all(np.isnan(p) | ((p >= 0) & (p <= 1)))
    assert np.all(np.isnan(gap) | (np.abs(gap) <= 1 + 1e-12))
    overall = any_difference(design, sums)[3]
    assert np.isnan(overall) or 0 <= overall <= 1
    there = np.flatnonzero(sums.heads.sum(axis=0))
    if len(there) == 2 and not np.isnan(overall):
        # Of two groups, one against the other is whether they differ at all.
        assert p[there] == pytest.approx([overall] * 2, abs=1e-9)
