"""Inequality beside performance: the groups of a figure that changed, now and a year before."""

from __future__ import annotations

import csv
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from remit.annual.checks import check_assessment
from remit.annual.folder import read_assessment
from remit.annual.from_store import changed_beyond_chance, held_against
from remit.annual.gaps import gaps_of
from remit.cli.run import run
from remit.model.annual_records import FrozenFigure
from remit.store import Store
from tests.annual.region import Region
from tests.annual.test_people import text_of

METRIC = "csds.missed-appointments"


@pytest.fixture
def new(stores: Path) -> Path:
    """An assessment on a store of contacts by month and age; nobody writes to it."""
    return stores / "groups" / "new"


def frozen(folder: Path) -> list[dict[str, str]]:
    with (folder / "figures.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_groups_of_what_changed_are_frozen_with_their_bases_now_and_before(new: Path) -> None:
    """Of 100 contacts 18, 34 and 48 are of the three age groups (made so by the sample)."""
    rows = [one for one in frozen(new) if one["metric"] == METRIC]
    changed = [one for one in rows if one["signal"] in {"improved", "worsened"}]
    assert changed
    for one in changed:
        groups = [row for row in rows if row["icb"] == one["icb"] and row["cut"]]
        assert len({row["cut"] for row in groups}) == 3
        for start in (
            one["period_start"],
            f"{int(one['period_start'][:4]) - 1}{one['period_start'][4:]}",
        ):
            at = [row for row in groups if row["period_start"] == start]
            assert len(at) == 3
            assert all(row["source_file"] and row["source_line"] and row["vintage"] for row in at)
        now = [row for row in groups if row["period_start"] == one["period_start"]]
        assert sum(float(row["base"]) for row in now) == pytest.approx(float(one["base"]), rel=0.02)


def test_beside_a_change_stand_the_two_groups_that_are_furthest_apart(new: Path) -> None:
    items = yaml.safe_load((new / "evidence.yaml").read_text(encoding="utf-8"))["evidence"]
    rows = {(r["icb"], r["metric"], r["cut"], r["period_start"]): r for r in frozen(new)}
    beside = [one for one in items if one.get("cut")]
    assert beside
    for low, high in zip(beside[::2], beside[1::2], strict=True):
        assert (low["speaks"], low["icb"]) == ("neither", high["icb"])
        (mark,) = {one["id"].rpartition("-")[0] for one in (low, high)}
        assert mark in [one["id"] for one in items]
        values = [
            (float(row["value"]), row["cut"])
            for key, row in rows.items()
            if key[:2] == (low["icb"][0], METRIC) and row["cut"] and key[3] >= "2025-04-01"
        ]
        assert (low["cut"], high["cut"]) == (min(values)[1], max(values)[1])
        gap = max(values)[0] - min(values)[0]
        told = re.search(r"Gap: ([\d.]+) percentage points between", low["says"])
        assert told
        assert float(told[1]) == pytest.approx(gap, abs=0.051)
        assert "; a year before " in low["says"]


def test_a_frozen_figure_of_a_group_is_held_against_the_store_too(new: Path) -> None:
    read = read_assessment(new)
    place = next(i for i, one in enumerate(read.figures) if one.record.cut)
    placed = read.figures[place]
    with Store.open(new.parent / "store.duckdb", read_only=True) as store:
        _, differ = held_against(store, read)
        assert differ == []
        object.__setattr__(placed, "record", placed.record.model_copy(update={"value": 99.0}))
        _, differ = held_against(store, read)
    assert [one for one, _ in differ] == [placed]


def test_a_store_without_groups_is_told_once(
    stores: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    store = str(stores / "ae" / "store.duckdb")
    capsys.readouterr()
    asked = ["--year", "2025-26", "--region", "ZR1", "--store", store]
    assert run(["annual", "new", str(tmp_path / "new"), *asked]) == 0
    said = capsys.readouterr().out
    changed = changed_beyond_chance(one.record for one in read_assessment(tmp_path / "new").figures)
    assert changed
    assert said.count("no figures by deprivation, age or ethnicity") == 1


def figure(cut: str, value: float, base: float | None, year: int = 2025) -> FrozenFigure:
    return FrozenFigure(
        icb="ZB1", metric="own", name="Seen in time", unit="percent", cut=cut,
        period_start=date(year, 3, 1), period_end=date(year, 3, 31), value=value, base=base,
    )  # fmt: skip


def test_the_gap_is_of_the_same_two_groups_a_year_before() -> None:
    """Worked by hand: 80 − 60 now; of the same two groups 62 − 70, the other way round."""
    groups = [
        figure("deprivation: most", 60.0, 1000), figure("deprivation: middle", 70.0, 1000),
        figure("deprivation: least", 80.0, 2000), figure("deprivation: most", 70.0, 900, 2024),
        figure("deprivation: middle", 90.0, 1000, 2024),
        figure("deprivation: least", 62.0, 1800, 2024),
    ]  # fmt: skip
    (gap,) = gaps_of(groups, figure("", 70.0, 4000))
    assert gap.said == (
        "Gap: 20.0 percentage points between most (60% of 1,000) and least (80% of 2,000); a year "
        "before 8.0 percentage points, the other way round (70% of 900 and 62% of 1,800)."
    )


def test_a_small_base_is_marked_and_makes_no_gap() -> None:
    groups = [figure("age: young", 10.0, 9), figure("age: old", 70.0, 1000),
              figure("age: oldest", 60.0, 300)]  # fmt: skip
    (gap,) = gaps_of(groups, figure("", 65.0, 1309))
    assert "young" not in gap.said
    assert "60% of 300" in gap.said
    assert "no figures of the year before" in gap.said
    (none,) = gaps_of(groups[:2], figure("", 65.0, 1009))
    assert none.said == "No gap is told: fewer than two groups have a base of 100 or more."


def test_the_letter_has_the_groups_in_its_annex_and_on_the_page(tmp_path: Path) -> None:
    made = Region("2024-25", 0)
    made.icbs = [{"code": "ZB1", "name": "NHS Larkshire Integrated Care Board"}]
    rows: list[dict[str, Any]] = [
        {"icb": "ZB1", "metric": "own", "name": "Seen in time", "unit": "percent", "cut": cut,
         "period_start": f"{year}-03-01", "period_end": f"{year}-03-31", "value": value,
         "base": base, "source_file": "own.csv", "source_line": 2}
        for cut, value, base, year in (
            ("", 70, 3000, 2025), ("age: young", 60, 1000, 2025), ("age: old", 75, 2000, 2025),
            ("age: oldest", 12, 20, 2025), ("age: young", 66, 1000, 2024),
            ("age: old", 76, 2000, 2024),
        )
    ]  # fmt: skip
    made.figures = rows
    made.evidence = [{"id": "E1", "kind": "figure", "icb": "ZB1", "metric": "own",
                      "period": "March 2025", "value": "70%"}]  # fmt: skip
    made.findings = [
        {"id": "F1", "icb": "ZB1", "heading": "population-health", "direction": "mixed",
         "statement": "It made progress.", "phrase": "made progress", "evidence": ["E1"]},
    ]  # fmt: skip
    folder, out = made.write(tmp_path / "region"), tmp_path / "out"
    run(["annual", "letter", str(folder), "--out", str(out)])
    page = (out / "findings" / "ZB1.html").read_text(encoding="utf-8")
    document = text_of(out / "word")
    for told in (page, document):
        assert "Inequality beside performance" in told
        assert "Gap: 15.0 percentage points between young (60% of 1,000)" in told
        assert "a year before 10.0 percentage points" in told
        assert "12% of 20, a small base" in told
    made.figures = rows[:1]
    run(["annual", "letter", str(made.write(tmp_path / "bare")), "--out", str(tmp_path / "two")])
    page = (tmp_path / "two" / "findings" / "ZB1.html").read_text(encoding="utf-8")
    assert page.count("No figures of groups of people are held") == 1
    assert [one.kind for one in check_assessment(read_assessment(folder))].count("no_source") == 0
