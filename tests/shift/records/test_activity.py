"""Records are read: each is accepted, or rejected for one reason, whatever the file is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import polars as pl
import pytest

from remit.model.errors import ActivityError
from remit.shift.records import (
    cube,
    open_activity,
    patients_by_setting,
    quarter_label,
    quarter_number,
)
from tests.shift.records.rows import good, record, table

Q1, Q2 = quarter_number("2024/25 Q1"), quarter_number("2024/25 Q2")
CELLS = [
    (Q1, "ZQ1", "community", 1, 1, 0, 55),
    (Q1, "ZQ1", "hospital", 3, 3, 12, 3_000),
    (Q1, "ZQ2", "mental_health", 1, 1, 0, 1_000),
    (Q2, "ZQ1", "hospital", 1, 3, 2, 1_000),
]
PATIENTS = [(Q1, "ZQ1", 2, 2, 1, 0, 0), (Q1, "ZQ2", 1, 0, 0, 0, 1), (Q2, "ZQ1", 1, 1, 0, 0, 0)]


def written(rows: pl.DataFrame, path: Path) -> Path:
    if path.suffix == ".csv":
        rows.write_csv(path)
    else:
        rows.write_parquet(path)
    return path


@pytest.mark.parametrize("name", ["a.parquet", "a.csv"])
def test_cells_and_patients_are_as_counted_by_hand(name: str, tmp_path: Path) -> None:
    with open_activity([written(table(good()), tmp_path / name)]) as activity:
        assert (activity.counts.read, activity.counts.rejected) == (6, 0)
        assert activity.quarters == [Q1, Q2]
        assert activity.collect(cube(activity.accepted())).rows() == CELLS
        seen = activity.collect(patients_by_setting(activity.accepted()))
        assert seen.columns[:3] == ["quarter", "commissioner", "all"]
        assert seen.rows() == PATIENTS
        later = activity.collect(cube(activity.accepted([Q2])))
        assert later.rows() == CELLS[3:]


FAULTS = [
    ({"patient": None}, "no-patient"),
    ({"commissioner": None}, "no-commissioner"),
    ({"commissioner": ""}, "no-commissioner"),
    ({"setting": ""}, "no-setting"),
    ({"setting": None}, "no-setting"),
    ({"setting": "Hospital"}, "unknown-setting"),
    ({"date": None}, "no-date"),
    ({"date": date(1999, 12, 31)}, "no-such-day"),
    ({"date": date(2999, 1, 1)}, "no-such-day"),
    ({"quantity": None}, "no-quantity"),
    ({"bed_days": -1}, "below-0-bed_days"),
    ({"cost_pence": 10**15}, "too-large-cost_pence"),
    ({"deprivation_fifth": 0}, "no-fifth"),
    ({"deprivation_fifth": 6}, "no-fifth"),
]


@pytest.mark.parametrize("name", ["a.parquet", "a.csv"])
@pytest.mark.parametrize(("fault", "reason"), FAULTS)
def test_each_fault_has_its_reason_and_leaves_the_rest(
    fault: dict, reason: str, name: str, tmp_path: Path
) -> None:
    rows = table([*good(), {**record(9, date(2024, 4, 1)), **fault}])
    with open_activity([written(rows, tmp_path / name)]) as activity:
        assert (activity.counts.read, activity.counts.accepted) == (7, 6)
        assert activity.tally["reason"].drop_nulls().to_list() == [reason]
        assert activity.collect(cube(activity.accepted())).rows() == CELLS


@pytest.mark.parametrize(
    ("column", "text", "reason"),
    [
        ("date", "2024-02-30", "no-such-day"),
        ("date", "30/06/2024", "no-such-day"),
        ("quantity", "1.0", "no-number-quantity"),
        ("cost_pence", "12.34", "no-number-cost_pence"),
        ("bed_days", "9" * 30, "no-number-bed_days"),
        ("deprivation_fifth", "three", "no-number-deprivation_fifth"),
    ],
)
def test_text_that_is_no_value_is_a_reason_and_no_crash(
    column: str, text: str, reason: str, tmp_path: Path
) -> None:
    rows = table(good()).cast(pl.String)
    bad = rows.head(1).with_columns(pl.lit(text).alias(column))
    with open_activity([written(pl.concat([rows, bad]), tmp_path / "a.csv")]) as activity:
        assert activity.tally["reason"].drop_nulls().to_list() == [reason]
        assert activity.collect(cube(activity.accepted())).rows() == CELLS


def test_what_may_be_unknown_is_accepted(tmp_path: Path) -> None:
    unknown = {"deprivation_fifth": None, "need_thousandths": None, "age_band": None}
    rows = table([*good(), {**good()[0], **unknown, "provider": None, "cluster": None}])
    with open_activity([written(rows, tmp_path / "a.csv")]) as activity:
        assert activity.counts.rejected == 0


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (
            table(good()).drop("cost_pence", "pod"),
            "no column 'pod' \\(nor cost_pence\\).*--mapping",
        ),
        (table(good()).cast({"cost_pence": pl.Float64}), "'cost_pence' is .*whole pence"),
        (table(good()).cast({"date": pl.Datetime}), "'date' is .*write the day alone"),
        (table(good()).with_columns(setting=pl.lit("ward")), "none of 6 records .*setting is none"),
        (table(good()).clear(), "there are no records in it"),
    ],
)
def test_a_file_that_cannot_be_counted_is_told(
    rows: pl.DataFrame, said: str, tmp_path: Path
) -> None:
    with pytest.raises(ActivityError, match=rf"a\.parquet: .*{said}"):
        open_activity([written(rows, tmp_path / "a.parquet")])


def test_quarters_are_numbered_in_their_order_and_written_back() -> None:
    labels = [f"{year}/{year % 100 + 1:02} Q{n}" for year in (2023, 2024) for n in (1, 2, 3, 4)]
    numbers = [quarter_number(label) for label in labels]
    assert numbers == list(range(numbers[0], numbers[0] + 8))
    assert [quarter_label(number) for number in numbers] == labels
    with pytest.raises(ActivityError, match="a quarter is written as 2024/25 Q1; got '2024'"):
        quarter_number("2024")
